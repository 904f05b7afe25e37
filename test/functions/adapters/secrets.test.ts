import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { kmsMac } from '../../../functions/adapters/kms-mac.ts'
import { secrets } from '../../../functions/adapters/secrets.ts'
import { resources } from '../../../infra/local/environment.ts'
import { approvalIdOf } from '../../../shared/domain/ids.ts'
import { stagesOf } from '../../../shared/domain/assistant.ts'
import { shareBank, useEngines } from '../../support/engines.ts'
import { caseId, load, onPost, register } from '../support.ts'

const bank = shareBank(useEngines())

const approval = approvalIdOf(caseId(1), 1)
const digestOf = (text: string) => createHash('sha256').update(text).digest()

test('a secret has 256 bits, in base64url, and fits the address of a reply', async () => {
  const { system } = bank()
  const secret = await system.secrets.of('approval-link', approval)
  expect(secret).toMatch(/^[\w-]{43}$/)
  expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
  // RFC 5321 grants the local part of an address 64 characters.
  expect(`approval+${approval}.${secret}`).toHaveLength(64)
})

test('a secret is the same each time, and another for every approval', async () => {
  const { system } = bank()
  const ids = Array.from({ length: 20 }, (_, index) => approvalIdOf(caseId(1 + (index % 2)), 1 + index))
  const first = await Promise.all(ids.map((id) => system.secrets.of('approval-link', id)))
  const elsewhere = secrets(kmsMac(resources.secretKey))
  expect(await Promise.all(ids.map((id) => elsewhere.of('approval-link', id)))).toEqual(first)
  expect(new Set(first).size).toBe(ids.length)
})

test("a case's key is asked for once, unless asking failed or it is long ago", async () => {
  const asked: string[] = []
  let fails = true
  const { of, matches, code } = secrets(async (message) => {
    asked.push(message)
    if (fails) throw new Error('KMS is away.')
    return digestOf(message)
  })
  const reused = () => of('approval-link', approval)
  await expect(Promise.all([reused(), reused()])).rejects.toThrow('KMS is away.')
  expect(asked).toEqual([`key/${caseId(1)}`])
  fails = false
  const secret = await reused()
  expect(await matches('approval-link', approval, secret)).toBe(true)
  await of('dispute-link', `${approvalIdOf(caseId(1), 2)}/B1`)
  await code(approval, 1)
  expect(asked).toHaveLength(2)
  for (let other = 0; other < 1000; other += 1) await of('absence-link', `${other}/2024-01`)
  expect(await reused()).toBe(secret)
  expect(asked).toHaveLength(1003)
})

test('a key is kept apart from the buffer that it came in, which may be a slice of a larger one', async () => {
  const answer = Buffer.alloc(64 * 1024, 'key')
  const { of } = secrets(async () => answer.subarray(0, 32))
  const first = await of('approval-link', approval)
  answer.fill('something else')
  expect(await of('approval-link', approval)).toBe(first)
})

test('what is about no case has a key of its own, and under another key everything is another', async () => {
  const asked: string[] = []
  const under = (root: string) =>
    secrets(async (message) => {
      asked.push(message)
      return digestOf(`${root}/${message}`)
    })
  const [one, other] = [under('one'), under('other')]
  await Promise.all([one.of('absence-link', 'B1/2024-01'), one.code('absence-B1', 1), one.code('absence-B2', 1)])
  expect(asked).toEqual(['key/B1/2024-01', 'key/absence-B1', 'key/absence-B2'])
  expect(await one.of('approval-link', approval)).not.toBe(await other.of('approval-link', approval))
  // The key itself is mailed to nobody, whatever is asked for.
  expect(await one.of('approval-link', approval)).not.toBe(digestOf(`one/key/${caseId(1)}`).toString('base64url'))
})

test('the secret of an approval matches it alone, and to the letter', async () => {
  const { system } = bank()
  const { of, matches } = system.secrets
  const secret = await of('approval-link', approval)
  expect(await matches('approval-link', approval, secret)).toBe(true)
  const wrong = [
    await of('approval-link', approvalIdOf(caseId(1), 2)),
    await of('dispute-link', approval),
    secret.slice(0, -1),
    `${secret}=`,
    secret.toLowerCase(),
    ` ${secret}`,
    '',
    '\uD800',
    'x'.repeat(200),
  ]
  expect(await Promise.all(wrong.map((text) => matches('approval-link', approval, text)))).toEqual(
    wrong.map(() => false),
  )
})

test('whatever a gateway did to the case of a secret, it matches where that is allowed for, and no other does', async () => {
  const { of, matches, matchesFolded } = bank().system.secrets
  const secret = await of('approval-link', approval)
  const folded = [secret, secret.toLowerCase(), secret.toUpperCase()]
  for (const form of folded) expect(await matchesFolded('approval-link', approval, form)).toBe(true)
  expect(await matches('approval-link', approval, secret.toUpperCase())).toBe(false)
  const wrong = [await of('approval-link', approvalIdOf(caseId(1), 2)), await of('dispute-link', approval), '']
  for (const text of [...wrong, secret.slice(1), `${secret}a`])
    expect(await matchesFolded('approval-link', approval, text)).toBe(false)
})

test('a code has six digits and is another for every issue and every subject', async () => {
  const { code } = bank().system.secrets
  const issues = Array.from({ length: 20 }, (_, index) => index + 1)
  const of = (subject: string) => Promise.all(issues.map((issue) => code(subject, issue)))
  const [first, second] = [await of('a'), await of('b')]
  for (const digits of [...first, ...second]) expect(digits).toMatch(/^\d{6}$/)
  expect(new Set([...first, ...second]).size).toBe(40)
  expect(await of('a')).toEqual(first)
})

test('after a whole approval, nothing on record and nothing logged holds a secret that was mailed', async () => {
  const { system, mails, items, logged } = bank()
  await register(system.directory)
  await onPost(bank(), 1)
  const asked = stagesOf(await load(system, caseId(1))).flatMap((stage) => stage.asked)
  const mailedSecrets = await Promise.all(asked.map(({ id }) => system.secrets.of('approval-link', id)))
  const mailed = mails.map(({ text }) => text).join('\n')
  expect(mailedSecrets).toHaveLength(4)
  expect(mailedSecrets.filter((secret) => !mailed.includes(`#${secret}`))).toEqual([])

  const kept = JSON.stringify([await items(), logged])
  const hexadecimal = (secret: string) => Buffer.from(secret, 'base64url').toString('hex')
  const base64 = (secret: string) => Buffer.from(secret, 'base64url').toString('base64')
  for (const secret of mailedSecrets) {
    for (const form of [secret, hexadecimal(secret), base64(secret)]) expect(kept).not.toContain(form)
  }
})
