import type { FunctionName } from '../../shared/contracts/environment.ts'
import type { MailSettings } from '../config.ts'
import { bundleFunction } from './bundle.ts'

// Bundles one function: node infra/bundle/main.ts <name> <ses|smtp> <folder>. A process of its own: synthesis can't wait.
const [, , name, transport, folder = ''] = process.argv
await bundleFunction(name as FunctionName, transport as MailSettings['transport'], folder)
