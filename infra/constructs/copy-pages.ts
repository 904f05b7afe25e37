import { cpSync, existsSync } from 'node:fs'
import { extname } from 'node:path'

const [, , from = '', to = ''] = process.argv
const served = ['', '.css', '.js']

if (existsSync(from)) cpSync(from, to, { recursive: true, filter: (path) => served.includes(extname(path)) })
