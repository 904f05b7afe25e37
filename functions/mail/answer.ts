import type { Decision } from '../../shared/domain/events.ts'
import { ownLines, trimMargins } from './own-words.ts'

export interface Decided {
  readonly type: 'decision'
  readonly decision: Extract<Decision, 'approve' | 'reject' | 'return'>
  readonly reason: string | null
}

export type Answer = Decided | { readonly type: 'none' } | { readonly type: 'several' }

const decisions: Readonly<Record<string, Decided['decision']>> = {
  同意: 'approve',
  approve: 'approve',
  不同意: 'reject',
  reject: 'reject',
  退回: 'return',
  return: 'return',
}

const bare = /^(同意|approve|不同意|reject|退回|return)[.。!]?$/iu
const reasoned = /^(不同意|reject|退回|return)([\s:,、‐-―-]+)/iu

/** `Return-to-office plan` is a word of its own. */
const compound = /^[a-z]+-\p{L}/iu

/** What stands for the reason in the answers that a request names, sent back as it stands. */
const placeholder = /^\((?:理由|the reason)\)$/iu

/** Longer reasons are not taken, in characters. */
const longestReason = 1000

/** No answer takes a longer line, in characters: a word, what separates it, a reason. */
const longestLine = longestReason + 50

/** Half-width, character by character, so that positions stay those of the text as written. */
const halfWidth = (text: string): string =>
  Array.from(text, (character) => {
    const normal = character.normalize('NFKC')
    return Array.from(normal).length === 1 ? normal : character
  }).join('')

/** A reason on one line that can be shown and mailed as it is; margins dropped. */
const cleaned = (reason: string): string => trimMargins(reason.replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, ' '))

const decided = (word: string, reason: string | null): Decided | null => {
  const decision = decisions[word.toLowerCase()]
  return decision === undefined ? null : { type: 'decision', decision, reason }
}

/** The answer that one line is, null where it is none. */
const readLine = (line: string): Decided | null => {
  if (line.length > longestLine) return null
  const text = halfWidth(line)
  const word = bare.exec(text)?.[1]
  if (word !== undefined) return decided(word, null)
  const [beginning, wordBefore = ''] = reasoned.exec(text) ?? []
  if (beginning === undefined || compound.test(text)) return null
  const reason = cleaned(Array.from(line).slice(Array.from(beginning).length).join(''))
  if (reason.length > longestReason) return null
  if (placeholder.test(halfWidth(reason))) return decided(wordBefore, null)
  const words = halfWidth(reason).replaceAll(/[吗嗎么呢吧]/g, '?')
  if (/[\p{L}\p{N}]/u.test(words)) return decided(wordBefore, reason)
  return words.includes('?') ? null : decided(wordBefore, null)
}

/** Columns that a line takes in a fixed-width font. */
const columnsOf = (line: string): number => Array.from(line).reduce((sum, char) => sum + (char >= '⺀' ? 2 : 1), 0)

/** Whether a client broke the line, rather than its author: the next word would not have fitted. */
const isWrapped = (line: string, next: string): boolean => {
  const [word = ''] = next.split(' ', 1)
  const columns = columnsOf(line)
  return next !== '' && columns >= 60 && columns <= 80 && columns + 1 + columnsOf(word) > 72
}

/** Scripts that are written without spaces. */
const isUnspaced = (character: string | undefined): boolean => character !== undefined && character >= '⺀'

/** The first line that is not blank, together with what a client broke off it. */
const firstLineOf = (lines: readonly string[]): string => {
  const first = lines.findIndex((line) => line !== '')
  if (first === -1) return ''
  let whole = lines[first] ?? ''
  for (let at = first; isWrapped(lines[at] ?? '', lines[at + 1] ?? ''); at++) {
    const next = lines[at + 1] ?? ''
    whole += isUnspaced(whole.at(-1)) && isUnspaced(next[0]) ? next : ` ${next}`
  }
  return whole
}

/**
 * The answer that a mail's text gives: its first line that is not blank must be exactly one. Another line above the
 * quotation that decides otherwise, or a reason that is itself another answer, leaves open which is meant.
 */
export const readAnswer = (text: string): Answer => {
  const lines = ownLines(text)
  const answer = readLine(firstLineOf(lines))
  if (answer === null) return { type: 'none' }
  const isOtherwise = [...lines, answer.reason ?? '']
    .map((line) => readLine(line))
    .some((other) => other !== null && other.decision !== answer.decision)
  return isOtherwise ? { type: 'several' } : answer
}
