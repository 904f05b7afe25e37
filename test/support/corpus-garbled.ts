import { type Facts, html, multipart, rawMail, received, text } from './raw-mails.ts'
import type { CorpusMail, Reply } from './reply-corpus.ts'

const none: Partial<Reply> = { answer: { type: 'none' } }

const garbled = (name: string, bytes: (facts: Facts) => Uint8Array, expected: Partial<Reply>): CorpusMail => ({
  name,
  kind: 'polite',
  mail: (facts) => received(facts, bytes(facts)),
  expected: () => expected,
})

const nobody: Partial<Reply> = { ...none, from: null, isAuthentic: false, messageId: null }
const noise = Uint8Array.from({ length: 20_000 }, (_, index) => (index * index * 31 + index * 7) % 256)

export const garbledMails: readonly CorpusMail[] = [
  garbled('no bytes', () => new Uint8Array(), nobody),
  garbled('noise', () => noise, nobody),
  garbled('zeros', () => new Uint8Array(5000), nobody),
  garbled('a head without end', () => Buffer.from(`X: ${'y'.repeat(1_500_000)}`), nobody),
  garbled(
    'noise for a text',
    (facts) => rawMail(facts, { headers: [['Content-Type', 'text/plain; charset=utf-16']], body: noise }),
    none,
  ),
  garbled(
    'base64 that is none',
    (facts) => rawMail(facts, { headers: [['Content-Transfer-Encoding', 'base64']], body: Buffer.from('同意 %%%') }),
    none,
  ),
  garbled(
    'too many parts to read',
    (facts) => rawMail(facts, multipart('mixed', ...Array.from({ length: 1100 }, () => text('同意')))),
    none,
  ),
  garbled(
    'parts within parts without end',
    (facts) =>
      rawMail(
        facts,
        Array.from({ length: 300 }).reduce<ReturnType<typeof text>>((inner) => multipart('mixed', inner), text('')),
      ),
    none,
  ),
  garbled('HTML nested without end', (facts) => rawMail(facts, html(`${'<b>'.repeat(200_000)}同意`)), none),
  garbled('HTML of too many elements', (facts) => rawMail(facts, html(`<p>同意</p>${'<i></i>'.repeat(50_000)}`)), none),
  garbled('a line of a million blanks', (facts) => rawMail(facts, text(`x${' '.repeat(1_000_000)}x`)), none),
]
