import * as fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { DossierView } from '../../shared/contracts/decisions.ts'
import type { ApplicationView } from '../../shared/contracts/resources.ts'
import { type Answer, bringOnPost, file, linkTo, registerOrganisation, useBank } from '../support/bank-client.ts'
import { hasBrowser } from '../support/browser.ts'
import { placesIn, type Stage, type ValidCall, validCalls, withText } from '../support/hostile-calls.ts'
import { hostileMarkup, hostileString } from '../support/hostile-strings.ts'
import { usePages } from '../support/pages.ts'

const bank = useBank()
const runs = Number(process.env['HOSTILE_RUNS'] ?? 600)
const seed = Number(process.env['HOSTILE_SEED'] ?? 20_261_123)

let stage: Stage

beforeAll(async () => {
  const { id } = await bringOnPost(bank, 'HA1')
  const open = await file(bank, 'HA2')
  const link = await linkTo(bank, 'B1', open.id)
  let number = 0
  const nextNumber = () => `HN${(number += 1)}`
  const approvalId = link.pathname.split('/').at(-1) ?? ''
  stage = { assistantId: id, applicationId: open.id, approvalId, nextNumber }
})

const urlOf = ({ path, params = {}, query }: ValidCall): string => {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params[name]?.toWellFormed() ?? ''),
  )
  const asked = query === undefined ? '' : `?${new URLSearchParams(query).toString()}`
  return filled + asked
}

let keys = 0
const send = (call: ValidCall): Promise<Answer<Record<string, unknown>>> => {
  keys += 1
  const key = call.method === 'POST' ? { 'idempotency-key': `hostile-${keys}` } : {}
  const once = (): Promise<Answer<Record<string, unknown>>> => bank.call(call.method, urlOf(call), call.body, key)
  // Behind a body that is too large the connection is closed, and the next call may have been on its way in it.
  return once().catch((error: unknown) => {
    if (error instanceof TypeError && error.message === 'fetch failed') return once()
    throw error
  })
}

const longestInAddress = 1000

const wellKnown = new Set([200, 201, 204, 400, 404, 409, 413, 422, 429])

/** Every error is one that its reader can use, and tells nothing of the inside. */
const expectClear = ({ status, body, text, headers }: Answer<Record<string, unknown>>): void => {
  if (status < 400) return
  expect(headers.get('content-type')).toContain('application/problem+json')
  expect(body).toMatchObject({
    type: expect.stringMatching(/^urn:zhuli:problem:/),
    title: expect.any(String),
    status,
    detail: expect.any(String),
    code: expect.stringMatching(/^[a-z-]+$/),
  })
  expect(text).not.toMatch(/node_modules|\.ts:\d|at \w+ \(|ConditionExpression|ValidationException/)
  expect(String(body['detail']).length).toBeGreaterThan(5)
}

test('every call of the API is put to the test', async () => {
  const { body } = await bank.call<{ paths: Record<string, object> }>('GET', '/openapi.json')
  const operations = Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const covered = new Set(validCalls(stage).map(({ method, path }) => `${method} ${path}`))
  expect(operations.filter((operation) => !covered.has(operation) && operation !== 'GET /healthz')).toEqual([])
})

test('the calls are fine as they stand, so that what is refused is refused for its text', async () => {
  // Those that can't be done twice, or need a secret that nobody else knows.
  for (const call of validCalls(stage)) {
    const { status, text } = await send(call)
    expect(wellKnown, `${call.method} ${call.path}: ${text}`).toContain(status)
    expect(status, `${call.method} ${call.path}: ${text}`).not.toBe(413)
  }
  await registerOrganisation(bank)
})

test(`${runs} hostile strings through every text: no 500, and whatever is refused says why`, async () => {
  const counts = { accepted: 0, refused: 0 }
  let index = 0
  await fc.assert(
    fc.asyncProperty(hostileString, fc.nat(), async (text, which) => {
      const calls = validCalls(stage)
      const call = calls[index % calls.length]!
      index += 1
      const places = placesIn(call)
      const place = places[which % places.length]!
      // An address that is longer than a server takes never comes to the system.
      const given = place[0] === 'body' ? text : text.slice(0, longestInAddress)
      const answer = await send(withText(call, place, given))
      const where = `${call.method} ${call.path} at ${place.join('/')}: ${answer.text.slice(0, 300)}`
      expect(wellKnown, where).toContain(answer.status)
      expectClear(answer)
      const pointed = (answer.body?.['errors'] ?? []) as readonly { pointer: string; detail: string }[]
      expect(answer.body?.['code'] !== 'invalid-request' || pointed.length > 0, where).toBe(true)
      if (answer.status >= 400) counts.refused += 1
      else counts.accepted += 1
      // Whoever is to be asked next must be there.
      if (answer.status < 400 && call.path.startsWith('/v1/hq')) await registerOrganisation(bank)
    }),
    { numRuns: runs, seed, endOnFailure: true },
  )
  expect(counts.accepted).toBeGreaterThan(runs / 50)
  expect(counts.refused).toBeGreaterThan(runs / 4)
}, 900_000)

test('whatever was accepted is in no header, no markup and no direction of any mail', async () => {
  const messages = await bank.mails()
  expect(messages.length).toBeGreaterThan(10)
  const known = new Set<string>()
  for (const { headers } of messages.slice(0, 10)) for (const name of Object.keys(headers)) known.add(name)
  for (const { to, subject, html, text, headers } of messages) {
    expect(to).toHaveLength(1)
    expect(subject).not.toMatch(/[\r\n]/)
    expect(Object.keys(headers).filter((name) => !known.has(name))).toEqual([])
    expect(html).not.toMatch(/<(script|img|svg|iframe|object|math|form|input)\b/i)
    expect(html.match(/<style/gi)).toBeNull()
    expect(subject + text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/)
    expect(Array.from(text).every((character) => character >= ' ' || character === '\n')).toBe(true)
  }
})

test('whatever was accepted is read as it was typed', async () => {
  for (const text of hostileMarkup) {
    const { assistant, ...filing } = {
      procedure: 'onboarding',
      assistant: {
        employeeNo: stage.nextNumber(),
        name: text.slice(0, 100),
        email: 'y@bank.example',
        track: 'diamond',
        source: 'other',
        sourceNote: text,
        centreId: 'SH-1',
      },
      purpose: `培养 ${text}`,
      filedBy: 'F1',
      note: text,
    }
    const filed = await bank.call<ApplicationView>(
      'POST',
      '/v1/applications',
      { ...filing, assistant },
      { 'idempotency-key': assistant.employeeNo },
    )
    expect(filed.status, filed.text).toBe(201)
    expect(filed.body).toMatchObject({ note: text, purpose: `培养 ${text}` })
    const read = await bank.call('GET', `/v1/assistants/${filed.body.assistantId}`)
    expect(read.body).toMatchObject({ name: assistant.name, sourceNote: text })
  }
})

describe.skipIf(!hasBrowser)('in a real browser', () => {
  const { open, errors } = usePages()

  test('a dossier full of markup is text', async () => {
    const all = hostileMarkup.join(' ').slice(0, 900)
    const employeeNo = stage.nextNumber()
    const { body } = await bank.call<ApplicationView>(
      'POST',
      '/v1/applications',
      {
        procedure: 'onboarding',
        assistant: {
          employeeNo,
          name: hostileMarkup[1],
          email: 'z@bank.example',
          track: 'diamond',
          source: 'other',
          sourceNote: all,
          centreId: 'SH-1',
        },
        purpose: all,
        filedBy: 'F1',
        note: all,
      },
      { 'idempotency-key': employeeNo },
    )
    const link = await linkTo(bank, 'B1', body.id)
    const plain = await linkTo(bank, 'B1', stage.applicationId)
    const shown = async (url: URL) => {
      const page = await open(url.href, 'en')
      await page.locator('#facts dt').first().waitFor()
      const elements = await page.evaluate<number>(
        'document.querySelectorAll("script,img,svg,iframe,style,object,math").length',
      )
      return { page, elements, pwned: await page.evaluate<unknown>('globalThis.pwned ?? null') }
    }
    const [hostile, usual] = [await shown(link), await shown(plain)]
    expect(hostile.pwned).toBeNull()
    expect(hostile.elements).toBe(usual.elements)
    expect(await hostile.page.locator('#facts').innerText()).toContain('<script>globalThis.pwned=1</script>')
    const dossier = await bank.call<DossierView>('POST', `${link.pathname}/dossier`, { secret: link.hash.slice(1) })
    expect(dossier.body.facts.map(({ value }) => value)).toContain(all)
    expect(errors).toEqual([])
  })
})
