import { join } from 'node:path'
import { expect, it } from 'vitest'
import { keptLines } from '../../../infra/local/kept-lines.ts'
import { temporaryFolder } from './support.ts'

interface Note {
  readonly by: string
  readonly text: string
}

const open = (path: string) =>
  keptLines(
    path,
    (line) => line as Note,
    ({ by }) => by,
  )

it('reads each line where it is, however long the lines before it are, and after a restart too', () => {
  const path = join(temporaryFolder(), 'notes.jsonl')
  const notes = [
    { by: 'a', text: '助理'.repeat(400_000) },
    { by: 'b', text: 'two\nlines\u2028of one' },
    { by: 'c', text: '' },
  ]
  const first = open(path)
  for (const note of notes) first.append(note)
  first.close()

  const second = open(path)
  expect(second.labels()).toEqual(['a', 'b', 'c'])
  expect(second.at(1)).toEqual(notes[1])
  second.append({ by: 'd', text: 'last' })
  expect(second.all()).toEqual([...notes, { by: 'd', text: 'last' }])
  expect(second.labels()).toHaveLength(4)
  expect([second.at(4), second.at(-1)]).toEqual([undefined, undefined])
})
