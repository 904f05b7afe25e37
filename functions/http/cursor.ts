import * as z from 'zod'
import { digest } from '../adapters/digest.ts'
import type { Position } from '../adapters/lists.ts'

const key = z.string().min(1)

const Cursor = z.object({
  /** Digest of the filters: a cursor goes on with the list that it came from, and with no other. */
  list: z.string(),
  range: z.string(),
  after: z.object({ key, pk: key, sk: key }).nullable(),
})

export const writeCursor = (filters: object, position: Position | null): string | null =>
  position === null ? null : Buffer.from(JSON.stringify({ list: digest(filters), ...position })).toString('base64url')

/** The position that a cursor names; null for a text that is none, or belongs to a list with other filters. */
export const readCursor = (filters: object, text: string): Position | null => {
  try {
    const { list, range, after } = Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
    return list === digest(filters) ? { range, after } : null
  } catch {
    return null
  }
}
