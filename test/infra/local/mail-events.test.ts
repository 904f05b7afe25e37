import { SendRawEmailCommand, SESClient } from '@aws-sdk/client-ses'
import { expect, it, onTestFinished } from 'vitest'
import { createActivity } from '../../../infra/local/activity.ts'
import { createMailEvents } from '../../../infra/local/mail-events.ts'
import { serve } from '../../../infra/local/server.ts'
import { createSes } from '../../../infra/local/ses.ts'
import { client, noon } from './support.ts'

const setUp = async (answer: () => Promise<unknown> = async () => undefined) => {
  const called: unknown[] = []
  const failures: unknown[] = []
  const activity = createActivity()
  const sent = createMailEvents({
    activity,
    invoke: (name, event) => {
      called.push([name, event])
      return answer()
    },
    failed: (error) => failures.push(error),
  })
  const mailbox = { append: () => undefined }
  const front = await serve(createSes({ mailbox, now: () => noon, sent }).front.fetch, 0)
  const sdk = new SESClient(client(front.url))
  onTestFinished(async () => {
    sdk.destroy()
    await front.close()
  })
  const send = async (...to: readonly string[]) => {
    const raw = 'From: zhuli@bank.example\r\nTo: someone@bank.example\r\n\r\nx'
    const Tags = [
      { Name: 'duty', Value: 'd-1' },
      { Name: 'other', Value: 'o' },
    ]
    await sdk.send(new SendRawEmailCommand({ RawMessage: { Data: Buffer.from(raw) }, Destinations: [...to], Tags }))
    await activity.idle()
  }
  return { called, failures, send }
}

it('tells nothing of mail to anybody else', async () => {
  const { called, send } = await setUp()
  await send('bounce@bank.example', 'success@simulator.amazonses.com', 'bounces@simulator.amazonses.com')
  await send('bounce@simulator.amazonses.com.example')
  expect(called).toEqual([])
})

it('tells of a mail that comes back, with the tags that it was sent with', async () => {
  const { called, send } = await setUp()
  await send('wang@bank.example', 'bounce+wang@simulator.amazonses.com')
  expect(called).toEqual([
    [
      'report-undeliverable',
      expect.objectContaining({
        source: 'aws.ses',
        'detail-type': 'Email Bounced',
        detail: {
          eventType: 'Bounce',
          bounce: expect.objectContaining({
            bounceType: 'Permanent',
            bouncedRecipients: [expect.objectContaining({ emailAddress: 'bounce+wang@simulator.amazonses.com' })],
          }),
          mail: expect.objectContaining({
            tags: { 'ses:configuration-set': ['local'], duty: ['d-1'], other: ['o'] },
          }),
        },
      }),
    ],
  ])
})

it('tells of a mail that someone complains of', async () => {
  const { called, send } = await setUp()
  await send('complaint@simulator.amazonses.com')
  expect(called).toEqual([
    [
      'report-undeliverable',
      expect.objectContaining({
        'detail-type': 'Email Complaint Received',
        detail: expect.objectContaining({
          eventType: 'Complaint',
          complaint: expect.objectContaining({ complaintFeedbackType: 'abuse' }),
        }),
      }),
    ],
  ])
})

it('lets the sender have its answer although the function fails', async () => {
  const broken = new Error('No.')
  const { failures, send } = await setUp(async () => {
    throw broken
  })
  await send('bounce@simulator.amazonses.com')
  expect(failures).toEqual([broken])
})
