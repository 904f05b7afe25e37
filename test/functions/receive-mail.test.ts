import { expect, test } from 'vitest'
import { createInbox } from '../../functions/adapters/inbox.ts'
import type { receive } from '../../functions/mail/receive.ts'
import { type Arrival, createInbound } from '../../infra/local/inbound.ts'
import { InboundMailEvent } from '../../shared/contracts/inbound-mail.ts'
import { shareBank, useEngines } from '../support/engines.ts'

const bank = shareBank(useEngines())

const arrival: Arrival = {
  raw: Buffer.from('Subject: 同意\r\n\r\n\xff', 'latin1'),
  returnPath: 'wang@bank.test',
  recipients: ['approval+a.s@reply.bank.test'],
  verdicts: { spf: 'PASS', dkim: 'GRAY', dmarc: 'FAIL', spam: 'FAIL', virus: 'PASS' },
}

/** Lets a mail arrive, and gives what the handler read, and the event that it was called with. */
const arrive = async (mail: Arrival) => {
  const { system, s3, clock, variables } = bank()
  // Loaded only now: the module reads the variables of the process.
  const { receiveMail } = await import('../../functions/receive-mail.ts')
  const taken: Parameters<typeof receive>[1][] = []
  const events: unknown[] = []
  const handler = receiveMail(system, createInbox(variables), async (_, received) => void taken.push(received))
  const inbound = createInbound({
    s3,
    now: clock.now,
    invoke: async (name, event) => {
      events.push([name, event])
      await handler(event)
    },
  })
  const id = await inbound.arrive(mail)
  return { id, taken, events, handler }
}

test('a mail is read from the inbox and handed on with its envelope and what SES found', async () => {
  const { id, taken, events } = await arrive(arrival)
  expect(taken).toEqual([
    {
      id,
      raw: new Uint8Array(arrival.raw),
      returnPath: 'wang@bank.test',
      recipients: ['approval+a.s@reply.bank.test'],
      verdicts: { spf: 'PASS', dkim: 'GRAY', dmarc: 'FAIL' },
    },
  ])
  expect(events).toEqual([['receive-mail', expect.objectContaining({ Records: [expect.anything()] })]])
})

test('a mail with a virus is dropped, and only its id is logged', async () => {
  const { logged } = bank()
  const before = logged.length
  const { id, taken } = await arrive({ ...arrival, verdicts: { ...arrival.verdicts, virus: 'FAIL' } })
  expect(taken).toEqual([])
  expect(logged.slice(before)).toEqual([{ message: 'Dropped a mail with a virus.', mail: id }])
})

test('a mail whose virus check did not end is read all the same', async () => {
  const { taken } = await arrive({ ...arrival, verdicts: { ...arrival.verdicts, virus: 'PROCESSING_FAILED' } })
  expect(taken).toHaveLength(1)
})

test('a mail that is not in the inbox throws, so that Lambda tries again', async () => {
  const { events, handler } = await arrive(arrival)
  const event = JSON.parse(JSON.stringify(events).replaceAll(/"messageId":"[^"]+"/g, '"messageId":"gone"'))[0][1]
  await expect(handler(event)).rejects.toMatchObject({ name: 'NoSuchKey' })
})

const verdict = { status: 'PASS' }
const receipt = {
  recipients: [],
  spfVerdict: verdict,
  dkimVerdict: verdict,
  dmarcVerdict: verdict,
  spamVerdict: verdict,
  virusVerdict: verdict,
}
const mail = { messageId: 'm1', source: '' }

test('the event may have no sender', () => {
  const event = { Records: [{ ses: { mail, receipt } }] }
  expect(InboundMailEvent.parse(event)).toEqual(event)
})

test.each([
  [{}],
  [{ Records: [] }],
  [{ Records: [{ ses: { mail: { ...mail, messageId: '' }, receipt } }] }],
  [{ Records: [{ ses: { mail: { messageId: 'm1' }, receipt } }] }],
  [{ Records: [{ ses: { mail, receipt: { ...receipt, recipients: undefined } } }] }],
  [{ Records: [{ ses: { mail, receipt: { ...receipt, dmarcVerdict: { status: 'pass' } } } }] }],
  [{ Records: [{ ses: { mail, receipt: { ...receipt, virusVerdict: undefined } } }] }],
])('the event %j is refused', async (event) => {
  const { handler } = await arrive(arrival)
  await expect(handler(event)).rejects.toMatchObject({ name: '$ZodError' })
})
