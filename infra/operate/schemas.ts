import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { eventSchemas, withList } from './event-schemas.ts'

// Writes the JSON schemas of the events for HR systems, and their list: npm run schemas

const folder = new URL('../../docs/events/', import.meta.url)
const readme = new URL('README.md', folder)

mkdirSync(folder, { recursive: true })
for (const file of readdirSync(folder)) if (file.endsWith('.json')) rmSync(new URL(file, folder))
for (const [file, schema] of eventSchemas())
  writeFileSync(new URL(file, folder), `${JSON.stringify(schema, null, 2)}\n`)
writeFileSync(readme, withList(readFileSync(readme, 'utf8')))
