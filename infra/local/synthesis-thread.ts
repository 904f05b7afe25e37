import { parentPort } from 'node:worker_threads'
import { synthesisedParts } from '../synthesise.ts'

parentPort?.postMessage(synthesisedParts())
