import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { absencePageTexts } from '../../../shared/text/absence-page.ts'
import { decidePageTexts } from '../../../shared/text/decide-page.ts'
import { disputePageTexts } from '../../../shared/text/dispute-page.ts'
import { useSharedApi } from './client.ts'

const shared = useSharedApi()

const get = (at: string, language = 'zh-CN') => shared().call('GET', at, undefined, { 'accept-language': language })

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** What stands between the tags of every element of a kind that is no data. */
const contents = (page: string, tag: 'script' | 'style'): readonly string[] =>
  [...page.matchAll(new RegExp(`<${tag}>([^]*?)</${tag}>`, 'g'))].map(([, text]) => text ?? '')

describe.each([
  ['/decide', '/00000001001', decidePageTexts],
  ['/dispute', '/00000001001', disputePageTexts],
  ['/absence', '/B1', absencePageTexts],
] as const)('the page at %s', (folder, file, texts) => {
  const path = folder + file

  test('lets nothing run and nothing style it but what its policy names by hash', async () => {
    const { headers, text } = await get(path)
    const policy = new Map(
      (headers.get('content-security-policy') ?? '').split('; ').map((rule) => {
        const [name = '', ...sources] = rule.split(' ')
        return [name, sources.join(' ')]
      }),
    )
    const [scripts, styles] = [contents(text, 'script'), contents(text, 'style')]
    expect([scripts.length, styles.length]).toEqual([1, 1])
    expect(Object.fromEntries(policy)).toEqual({
      'default-src': "'none'",
      'script-src': hashOf(scripts[0]!),
      'style-src': hashOf(styles[0]!),
      'connect-src': "'self'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
    })
    // The policy would stop these, so the page must do without.
    expect(text).not.toMatch(/\s(style|on\w+)=/)
    expect(text).not.toMatch(/(src|href)=|@import|url\(/)
  })

  test('can not be framed, indexed, kept, or told to others', async () => {
    const { headers } = await get(path)
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-frame-options': 'DENY',
      'x-robots-tag': 'noindex',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-type': expect.stringMatching(/^text\/html; charset=utf-8/i),
    })
  })

  test('is the same for every link, so that it tells nobody which exist', async () => {
    const { text } = await get(path)
    const others = [`${folder}/00000099zzz`, `${folder}/x`, `${folder}/%3Cscript%3E`, `${path}?x=%3Cscript%3E`]
    for (const other of others) expect((await get(other)).text, other).toBe(text)
  })

  test.each([
    ['zh-CN', '', 'zh-CN'],
    ['en', '', 'en'],
    ['', '', 'zh-CN'],
    ['zh-CN', '?lang=en', 'en'],
    ['en', '?lang=zh-CN', 'zh-CN'],
    ['en', '?lang=%22%3E%3Cscript%3E', 'zh-CN'],
  ] as const)('speaks the language of the reader: %s, and asked for %s', async (accepted, query, expected) => {
    const { text } = await get(path + query, accepted)
    expect(text).toContain(`<html lang="${expected}">`)
    expect(text).toContain(texts[expected].title)
    const data = text.match(/<script type="application\/json" id="texts">([^]*?)<\/script>/)?.[1] ?? ''
    expect(JSON.parse(data)).toEqual(texts[expected])
  })

  test('says what it needs where scripts do not run', async () => {
    expect((await get(path)).text).toMatch(/<noscript><p>[^<]+<\/p><\/noscript>/)
  })
})
