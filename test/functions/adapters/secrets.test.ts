import { expect, test } from 'vitest'
import { approvalIdOf } from '../../../shared/domain/ids.ts'
import { stagesOf } from '../../../shared/domain/assistant.ts'
import { shareBank, useEngines } from '../../support/engines.ts'
import { caseId, load, onPost, register } from '../support.ts'

const bank = shareBank(useEngines())

const approval = approvalIdOf(caseId(1), 1)

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
  expect(await Promise.all(ids.map((id) => system.secrets.of('approval-link', id)))).toEqual(first)
  expect(new Set(first).size).toBe(ids.length)
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
  const secrets = await Promise.all(asked.map(({ id }) => system.secrets.of('approval-link', id)))
  const mailed = mails.map(({ text }) => text).join('\n')
  expect(secrets).toHaveLength(4)
  expect(secrets.filter((secret) => !mailed.includes(`#${secret}`))).toEqual([])

  const kept = JSON.stringify([await items(), logged])
  const hexadecimal = (secret: string) => Buffer.from(secret, 'base64url').toString('hex')
  const base64 = (secret: string) => Buffer.from(secret, 'base64url').toString('base64')
  for (const secret of secrets) {
    for (const form of [secret, hexadecimal(secret), base64(secret)]) expect(kept).not.toContain(form)
  }
})
