import * as z from 'zod/mini'
import { detailTypeOf, publishedEvents } from '../../shared/contracts/published-events.ts'
import type { PublishedType } from '../../shared/domain/publishing.ts'
import { Day, Instant } from '../../shared/domain/time.ts'

/** Checked by code of ours, which JSON schema has a word for. */
const formats = new Map<unknown, string>([
  [Instant, 'date-time'],
  [Day, 'date'],
])

const schemaOf = (type: PublishedType) => {
  const name = detailTypeOf({ type, version: 1 })
  const { $schema, ...schema } = z.toJSONSchema(publishedEvents[type], {
    target: 'draft-2020-12',
    // As listeners are to read it: what they don't know may be there.
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      const format = formats.get(zodSchema)
      if (format !== undefined) Object.assign(jsonSchema, { format })
    },
  })
  return { $schema, $id: `urn:zhuli:event:${name}`, title: name, ...schema }
}

/** The JSON schema of every published event, by the name of its file. */
export const eventSchemas = (): ReadonlyMap<string, ReturnType<typeof schemaOf>> =>
  new Map(
    (Object.keys(publishedEvents) as PublishedType[]).map((type) => {
      const schema = schemaOf(type)
      return [`${schema.title}.json`, schema]
    }),
  )

/** Marks in the README of the schemas between which they are listed. */
const [begin, end] = ['<!-- events -->', '<!-- end of events -->']

/** The README with every schema in its list. @throws Error where it has no place for the list */
export const withList = (readme: string): string => {
  const [before, , after] = readme.split(new RegExp(`(?<=${begin})([^]*)(?=${end})`))
  if (before === undefined || after === undefined) throw new Error(`The README has no ${begin} and ${end}.`)
  const lines = [...eventSchemas()].map(
    ([file, { title, description }]) => `- [\`${title}\`](${file}): ${description ?? ''}`,
  )
  return `${before}\n\n${lines.join('\n')}\n\n${after}`
}
