import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { readFileSync } from 'node:fs'

/** An event as a listener gets it, of which nothing is known but where its schema is. */
export interface HeardEvent {
  readonly id: string
  readonly type: string
  readonly [member: string]: unknown
}

/** Checks events as HR systems may: by the schema files in docs/events, with a validator that is none of ours. */
export const eventValidator = (): ((event: HeardEvent) => readonly string[]) => {
  const ajv = new Ajv2020({ allErrors: true })
  formats.default(ajv)
  return (event) => {
    const file = `docs/events/${event.type}.v1.json`
    const { $id, ...schema } = JSON.parse(readFileSync(file, 'utf8')) as { $id: string }
    if (ajv.getSchema($id) === undefined) ajv.addSchema({ $id, ...schema })
    ajv.validate($id, event)
    return (ajv.errors ?? []).map(({ instancePath, message }) => `${file} ${instancePath} ${message ?? ''}`)
  }
}
