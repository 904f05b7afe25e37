import * as z from 'zod'
import type { Locale } from '../../shared/domain/organisation.ts'
import { readCursor, writeCursor } from './cursor.ts'
import type { Position } from '../adapters/lists.ts'
import type { Mistake } from '../../shared/text/mistakes.ts'
import { oneMistake } from './mistakes.ts'
import { jsonReply, type Reply } from './problem.ts'

/** What every list takes. */
export const paging = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .default(50)
    .meta({ description: 'Of large entries a page has fewer: `next` tells whether there are more.' }),
  /** As `writeCursor` writes it: base64url. */
  cursor: z
    .string()
    .regex(/^[\w-]{1,2000}$/, { error: 'cursor' satisfies Mistake })
    .optional(),
}

/** A page of a list: its items, and the cursor of the next page. */
export const listOf = <Schema extends z.ZodType>(schema: Schema) =>
  z.object({ items: z.array(schema), next: z.string().nullable() })

/** What a list shows from a position on, and where it goes on. */
export interface Listed<Entry> {
  readonly items: readonly Entry[]
  readonly next: Position | null
}

/**
 * Bytes of a page: Lambda takes six megabytes, in which the body stands as a text of JSON, and every quotation mark in it
 * as two.
 */
const mostBytes = 3 * 1024 * 1024

/** Whether the position was refused: by DynamoDB, or because the list has no such range. */
const isOutside = (error: unknown): boolean =>
  error instanceof RangeError || (error instanceof Error && error.name === 'ValidationException')

/** Answers one page, of fewer than `limit` where they are large; filters without a value don't count. */
export const listReply = async <Entry>(
  list: 'applications' | 'assistants' | 'policy-moves',
  query: { readonly limit: number; readonly cursor?: string | undefined } & Readonly<Record<string, unknown>>,
  locale: Locale,
  page: (from: Position | null, limit: number) => Promise<Listed<Entry>>,
): Promise<Reply> => {
  const { limit, cursor, ...given } = query
  const filters = { list, ...given }
  const from = cursor === undefined ? null : readCursor(filters, cursor)
  const wrongCursor = () => oneMistake('/query/cursor', 'cursor', locale)
  if (from === null && cursor !== undefined) return wrongCursor()
  try {
    for (let most = limit; ; most = Math.ceil(most / 2)) {
      const { items, next } = await page(from, most)
      const reply = jsonReply(200, { items, next: writeCursor(filters, next) })
      if (most === 1 || Buffer.byteLength(reply.body) <= mostBytes) return reply
    }
  } catch (error) {
    // A position that does not lie within the list: someone made the cursor up.
    if (cursor !== undefined && isOutside(error)) return wrongCursor()
    throw error
  }
}
