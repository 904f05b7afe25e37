import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { scopes } from '../../../functions/http/auth.ts'
import { type Answer, bearer, fetchFrom, key, useSharedApi } from './client.ts'
import { changed, members, objects, type Resource, resources } from './resources.ts'
import type { ProblemView } from '../../../shared/contracts/resources.ts'

const shared = useSharedApi()

const send = ({ method, path }: Resource, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  shared().call(method, path, body, { ...key('k1'), ...headers })

/** Whether the answer is a problem that points at a member, and at nothing that is right. */
const pointsAt = (answer: Answer<ProblemView>, pointer: string, what: string): void => {
  expect(answer, what).toMatchObject({ status: 400, body: { status: 400, code: 'invalid-request' } })
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  const errors = answer.body.errors ?? []
  expect(errors.length, what).toBeGreaterThan(0)
  for (const error of errors) {
    expect(error.pointer, what).toBe(pointer)
    expect(error.detail, what).not.toBe('')
  }
}

/** Something of another type than what stands there. */
const otherTypes = (value: unknown): readonly unknown[] =>
  [1, true, 'x', {}, []].filter(
    (other) =>
      typeof other !== typeof value || (typeof value === 'object' && Array.isArray(other) !== Array.isArray(value)),
  )

const unreadable: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['spaces', '   '],
  ['a control character', 'x\u0000y'],
  ['an escape', 'x\u001b[31my'],
  ['a lone surrogate', 'x\ud800y'],
  ['a character that turns the direction', 'x\u202ey'],
  ['a character that separates lines', 'x\u2028y'],
  ['what stands for bytes that are no UTF-8', 'x\ufffdy'],
  ['far too much', 'x'.repeat(5000)],
]

describe.each(resources)('$name', (resource) => {
  const { body, optional, opaque = [] } = resource

  test('is refused where a member is missing, of another type, or unknown: the problem points at it', async () => {
    const before = await shared().items()
    for (const [pointer, value] of members(body)) {
      const isItem = /\/\d+$/.test(pointer)
      if (!optional.includes(pointer) && !isItem) {
        pointsAt(await send(resource, changed(body, pointer, 'out')), pointer, `without ${pointer}`)
      }
      for (const other of otherTypes(value)) {
        const what = `${pointer} = ${JSON.stringify(other)}`
        // An empty object in the place of an object lacks members, each of which is named.
        if (JSON.stringify(other) === '{}' && typeof value === 'object') continue
        pointsAt(await send(resource, changed(body, pointer, { to: other })), pointer, what)
      }
    }
    for (const pointer of objects(body)) {
      const extended = changed(body, `${pointer}/surplus`, { to: 1 })
      pointsAt(await send(resource, extended), `${pointer}/surplus`, `a surplus member in ${pointer}`)
    }
    expect(await shared().items()).toEqual(before)
  })

  test('is refused where a text can not be read by people: the problem points at it', async () => {
    const before = await shared().items()
    for (const [pointer, value] of members(body)) {
      if (typeof value !== 'string' || opaque.includes(pointer)) continue
      for (const [what, text] of unreadable) {
        // Leaving the field of a form empty is to give no reason.
        if (pointer === '/reason' && resource.path.startsWith('/decide/') && text === '') continue
        pointsAt(await send(resource, changed(body, pointer, { to: text })), pointer, `${pointer}: ${what}`)
      }
    }
    for (const pointer of opaque) {
      pointsAt(await send(resource, changed(body, pointer, { to: 'x'.repeat(5000) })), pointer, `${pointer}: too long`)
    }
    expect(await shared().items()).toEqual(before)
  })

  test.each([
    ['nothing', ''],
    ['half a text', '{"name":'],
    ['more than one text', '{}{}'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a text', '"x"'],
    ['a number', '1'],
    ['deeply nested lists', '['.repeat(50_000)],
    ['a prototype', '{"__proto__":{"surplus":1}}'],
  ])('is refused as %s', async (_, text) => {
    const before = await shared().items()
    expect(await send(resource, text)).toMatchObject({ status: 400, body: { code: 'invalid-request' } })
    expect(await shared().items()).toEqual(before)
  })

  test.each([
    ['of another type', { 'content-type': 'text/plain' }],
    ['from a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['of no type', { 'content-type': '' }],
  ])('is refused as a body %s', async (_, headers) => {
    const before = await shared().items()
    expect(await send(resource, body, headers)).toMatchObject({ status: 400, body: { code: 'invalid-request' } })
    expect(await shared().items()).toEqual(before)
  })

  test('is refused where it is too large', async () => {
    const before = await shared().items()
    const large = { ...body, surplus: 'x'.repeat(1_000_000) }
    expect(await send(resource, large)).toMatchObject({ status: 413, body: { status: 413, code: 'too-large' } })
    expect(await shared().items()).toEqual(before)
  })
})

test('a body in another encoding is refused where it can not be read, and not put on record as something else', async () => {
  const { app, items } = shared()
  const before = await items()
  const person = { name: '王芳', email: 'wang@bank.test', post: 'staff' }
  const response = await fetchFrom(app, '/v1/people/GBK1', {
    method: 'PUT',
    headers: { authorization: bearer('hr-demo', ...scopes), 'content-type': 'application/json; charset=gbk' },
    body: new Uint8Array(iconv.encode(JSON.stringify(person), 'gbk')),
  })
  expect([response.status, await response.json()]).toMatchObject([400, { errors: [{ pointer: '/name' }] }])
  expect(await items()).toEqual(before)
})
