import { expect, test } from 'vitest'
import type { Report } from '../../functions/undeliverable.ts'
import { createActivity } from '../../infra/local/activity.ts'
import { createMailEvents } from '../../infra/local/mail-events.ts'
import { shareBank, useEngines } from '../support/engines.ts'

const bank = shareBank(useEngines())

/** The handler, and what it reports. */
const setUp = async () => {
  const { called, logged } = bank()
  // Loaded only now: the module reads the variables of the process.
  const { heedMailEvent } = await import('../../functions/report-undeliverable.ts')
  const reported: Report[] = []
  const handler = heedMailEvent(called, async (_, undeliverable) => void reported.push(undeliverable))
  return { handler, reported, logged, loggedBefore: logged.length }
}

const mail = {
  messageId: 'ses-1',
  tags: { 'ses:configuration-set': ['zhuli'], duty: ['00000001-2-m1'] },
  destination: ['wang@bank.test'],
}
const timestamp = '2025-03-03T01:00:00.000Z'

const bounce = (bounceType: string, recipient: object = { action: 'failed', status: '5.1.1' }) => ({
  'detail-type': 'Email Bounced',
  source: 'aws.ses',
  detail: {
    eventType: 'Bounce',
    mail,
    bounce: {
      bounceType,
      bounceSubType: 'General',
      timestamp,
      bouncedRecipients: [{ emailAddress: 'wang@bank.test', ...recipient }],
    },
  },
})
const complaint = {
  eventType: 'Complaint',
  mail,
  complaint: { complainedRecipients: [{ emailAddress: 'wang@bank.test' }], timestamp },
}

test.each([
  ['came back for good', bounce('Permanent'), 'bounce'],
  ['came back without a notice why', bounce('Permanent', {}), 'bounce'],
  ['came back for whatever reason', bounce('Undetermined', {}), 'bounce'],
  ['was given up after many tries', bounce('Transient'), 'bounce'],
  ['was called spam', { detail: complaint }, 'complaint'],
  [
    'was called spam, with a report',
    { detail: { ...complaint, complaint: { ...complaint.complaint, complaintFeedbackType: 'abuse' } } },
    'complaint',
  ],
  ['had a virus', { detail: { eventType: 'Reject', mail, reject: { reason: 'Bad content' } } }, 'bounce'],
])('a mail that %s is reported with its duty', async (_, event, kind) => {
  const { handler, reported } = await setUp()
  await handler(event)
  expect(reported).toEqual([{ dutyId: '00000001-2-m1', kind }])
})

test.each([
  ['that someone on leave answered by machine', bounce('Transient', {})],
  ['of nobody’s duty', { detail: { ...complaint, mail: { ...mail, tags: {} } } }],
])('nothing follows from a mail %s; the log says so without naming anyone', async (_, event) => {
  const { handler, reported, logged, loggedBefore } = await setUp()
  await handler(event)
  expect(reported).toEqual([])
  expect(logged.slice(loggedBefore)).toEqual([
    { message: 'Nothing follows from a mail event.', mail: 'ses-1', type: event.detail.eventType },
  ])
})

test.each([
  [{}],
  [{ detail: { eventType: 'Delivery', mail } }],
  [{ detail: { eventType: 'Bounce', mail } }],
  [{ detail: { ...complaint, mail: { messageId: 'ses-1' } } }],
  [bounce('permanent')],
])('the event %j is refused, so that it ends among the dead letters', async (event) => {
  const { handler } = await setUp()
  await expect(handler(event)).rejects.toMatchObject({ name: '$ZodError' })
})

test.each([
  ['bounce@simulator.amazonses.com', 'bounce'],
  ['bounce+wang@simulator.amazonses.com', 'bounce'],
  ['Complaint+2@simulator.amazonses.com', 'complaint'],
])('the simulator’s event about %s is one that the handler reads', async (address, kind) => {
  const { handler, reported } = await setUp()
  const activity = createActivity()
  const failures: unknown[] = []
  const sent = createMailEvents({
    activity,
    invoke: (_, event) => handler(event),
    failed: (error) => failures.push(error),
  })
  sent({ id: 'ses-1', at: timestamp, from: 'zhuli@bank.test', to: [address], tags: { duty: '00000001-2-m1' } })
  expect(reported).toEqual([])
  await activity.idle()
  expect([failures, reported]).toEqual([[], [{ dutyId: '00000001-2-m1', kind }]])
})

test('of somebody whose number has a dot, which no tag may have', async () => {
  const { handler, reported } = await setUp()
  const tags = { duty: ['absence-zhang_2esan-c1'] }
  await handler({ ...bounce('Permanent'), detail: { ...bounce('Permanent').detail, mail: { ...mail, tags } } })
  expect(reported).toEqual([{ dutyId: 'absence-zhang.san-c1', kind: 'bounce' }])
})
