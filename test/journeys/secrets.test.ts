import { inflateRawSync } from 'node:zlib'
import { type AttributeValue, DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { resources } from '../../infra/local/environment.ts'
import {
  applicationOf,
  type Bank,
  bringOnPost,
  decide,
  file,
  registerOrganisation,
  startBank,
  trailOf,
} from '../support/bank-client.ts'

/** Everything that the functions logged. */
const logged: string[] = []

let bank: Bank

beforeAll(async () => {
  bank = await startBank((line) => logged.push(line))
  await registerOrganisation(bank)
})
afterAll(() => bank?.stop())

/** An item as text, with what is deflated in it laid open. */
const readable = (item: Record<string, AttributeValue>): string =>
  Object.values(item).reduce(
    (text, { B }) => (B === undefined ? text : `${text}\n${inflateRawSync(B).toString()}`),
    JSON.stringify(item),
  )

const everyItem = async (): Promise<string> => {
  const texts: string[] = []
  const pages = paginateScan({ client: new DynamoDBClient({}) }, { TableName: resources.table })
  for await (const { Items = [] } of pages) texts.push(...Items.map(readable))
  return texts.join('\n')
}

/** A secret as it may be written down somewhere. */
const forms = (secret: string): readonly string[] => {
  const bytes = Buffer.from(secret, 'base64url')
  return [secret, bytes.toString('hex'), bytes.toString('base64'), secret.toLowerCase()]
}

test('after journeys with links, codes, replies, disputes and absences, nothing but the mails holds a secret or a code', async () => {
  const { assistantId } = await file(bank, 'S1')
  const onPost = await bringOnPost(bank, 'S2')
  const returned = await file(bank, 'S3')
  await decide(bank, 'B1', returned.id, 'return', '请补充')
  await bank.call('PUT', '/v1/people/B1/delegation', {
    delegate: 'X1',
    from: '2024-01-02',
    until: '2024-01-31',
    reason: '休假',
  })
  const request = (await bank.mails()).findLast(
    ({ to, headers }) => to.includes('x1@bank.example') && headers['reply-to'],
  )
  const raw = [
    'From: <x1@bank.example>',
    `To: ${request?.headers['reply-to']}`,
    'Subject: Re: request',
    'Message-ID: <1@bank.example>',
    'Content-Type: text/plain; charset=utf-8',
    '',
    '同意',
    '',
  ].join('\r\n')
  const verdicts = { spf: 'pass', dkim: 'pass', dmarc: 'pass' }
  expect((await bank.call('POST', '/local/mail', { raw, verdicts })).status).toBeLessThan(300)
  expect((await applicationOf(bank, `${assistantId}-1`)).stages[0]).toMatchObject({ decidedBy: 'X1', channel: 'reply' })
  const denial = (await bank.mails()).findLast(({ text }) => text.includes('/dispute/'))
  const link = new URL(denial?.text.match(/https?:\/\/\S+\/dispute\/\S+/)?.[0] ?? 'missing:')
  const [employeeNo, secret] = link.hash.slice(1).split('.')
  await bank.call('POST', link.pathname, { employeeNo, secret, reason: '不是我' })
  await bank.turn({ advance: 'P10D' })

  const mails = await bank.mails()
  const texts = mails.flatMap(({ text, headers }) => [text, headers['reply-to'] ?? ''])
  const secrets = new Set(texts.flatMap((text) => text.match(/(?<=[#.])[\w-]{43}(?=[@\n&]|$)/gm) ?? []))
  const codes = new Set(
    mails.filter(({ subject }) => subject.includes('验证码')).flatMap(({ text }) => text.match(/\b\d{6}\b/g) ?? []),
  )
  expect(secrets.size).toBeGreaterThan(20)
  expect(codes.size).toBeGreaterThan(2)

  const trails = await Promise.all([assistantId, onPost.id, returned.assistantId].map((id) => trailOf(bank, id)))
  const kept = [await everyItem(), JSON.stringify(trails), logged.join('')]
  expect(logged.length).toBeGreaterThan(0)
  for (const text of kept) {
    expect([...secrets].filter((one) => forms(one).some((form) => text.includes(form)))).toEqual([])
    // Codes are short: as words of their own, and not as a part of a number or of a hash.
    expect([...codes].filter((code) => new RegExp(`(?<![\\w.-])${code}(?![\\w.-])`).test(text))).toEqual([])
  }
})
