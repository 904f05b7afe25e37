import { Ajv2020 } from 'ajv/dist/2020.js'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { eventSchemas, withList } from '../../../infra/operate/event-schemas.ts'
import { eventValidator } from '../../support/event-validator.ts'

const folder = 'docs/events'
const schemas = eventSchemas()
const outdated = 'docs/events is out of date: npm run schemas'

describe('the schemas in docs/events', () => {
  test('are those that events are published by', () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
    expect(files.toSorted(), outdated).toEqual([...schemas.keys()].toSorted())
    for (const [file, schema] of schemas)
      expect(JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')), outdated).toEqual(schema)
  })

  test('are listed in the README, each with a sentence', () => {
    const readme = readFileSync(`${folder}/README.md`, 'utf8')
    for (const [file, { title, description }] of schemas) {
      expect(description, title).toMatch(/^[A-Z].*\.$/)
      expect(readme, outdated).toContain(`- [\`${title}\`](${file}): ${description}\n`)
    }
    expect(readme.match(/\.v\d+\.json\)/g), outdated).toHaveLength(schemas.size)
  })

  test('are JSON schemas of draft 2020-12 that nothing else is named like', () => {
    const ajv = new Ajv2020()
    for (const { $schema, ...schema } of schemas.values()) {
      expect($schema).toBe('https://json-schema.org/draft/2020-12/schema')
      expect(ajv.validateSchema(schema as object), ajv.errorsText()).toBe(true)
    }
    expect(new Set([...schemas.values()].map(({ $id }) => $id)).size).toBe(schemas.size)
  })
})

describe('an event, to a listener that checks it', () => {
  const mistakes = eventValidator()
  const reviewCalled = {
    id: '7k3m9q2d-9',
    type: 'review-called',
    version: 1,
    assistantId: '7k3m9q2d',
    employeeNo: 'A1',
    seq: 9,
    previousSeq: 6,
    at: '2026-01-02T01:00:00.000Z',
    data: { round: 1 },
  }

  test('may have members that were added later', () => {
    expect(mistakes(reviewCalled)).toEqual([])
    expect(mistakes({ ...reviewCalled, more: 1, data: { round: 1, more: 1 } })).toEqual([])
  })

  test.each([
    ['no data', { data: undefined }],
    ['other data', { data: { round: '1' } }],
    ['an id that is none', { assistantId: 'O' }],
    ['another version', { version: 2 }],
    ['a moment that is none', { at: '2026-01-02' }],
    ['a number that is none', { seq: 0 }],
  ])('has not %s', (_, change) => {
    expect(mistakes({ ...reviewCalled, ...change })).not.toEqual([])
  })
})

test('a README without a place for the list is refused', () => {
  expect(() => withList('# Events\n')).toThrow('no <!-- events -->')
})
