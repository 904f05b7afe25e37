import { ListQueuesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { execFile } from 'node:child_process'
import { beforeAll, describe, expect, test } from 'vitest'
import { applicationOf, decide, file, useBank } from '../support/bank-client.ts'

/** There is a deployed stack only where `npm run e2e:emulator` made one. */
describe.skipIf(process.env['BANK_URL'] === undefined)('npm run ops', () => {
  const bank = useBank()
  /** Runs beside: a process that stands still does not see that its connections are closed meanwhile. */
  const ops = (...given: readonly string[]): Promise<{ readonly status: number; readonly said: string }> =>
    new Promise((resolve) => {
      const child = execFile(process.execPath, ['infra/operate/ops.ts', ...given], (_, stdout, stderr) =>
        resolve({ status: child.exitCode ?? -1, said: `${stdout}${stderr}` }),
      )
    })
  const sqs = new SQSClient({ region: 'eu-west-1' })
  let queues: readonly string[] = []
  beforeAll(async () => {
    queues = (await sqs.send(new ListQueuesCommand({}))).QueueUrls ?? []
  })
  const leave = async (owner: string, body: unknown): Promise<void> => {
    const url = queues.find((queue) => queue.includes(owner))
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify(body) }))
  }

  test.each([[[]], [['redo']], [['case']], [['status', 'x']], [['compare', 'HQ#hq']], [['status', '--from', 'x']]])(
    '%j says how it is used',
    async (given) => {
      expect(await ops(...given)).toMatchObject({ status: 2, said: expect.stringContaining('Usage: npm run ops') })
    },
  )

  test('says what it can not find', async () => {
    expect(await ops('status', '--stack', 'Other')).toMatchObject({
      status: 1,
      said: expect.stringMatching(/^The stack Other can't be read: .+/),
    })
    expect(await ops('case', 'zzzzzzzz')).toEqual({
      status: 1,
      said: expect.stringMatching(/There is no case|is not the id/),
    })
    expect(await ops('replay', '1')).toMatchObject({
      status: 1,
      said: expect.stringContaining('give eight characters'),
    })
  })

  test('redrive hands a bounce to its function again, drops what the clock calls again, and keeps what fails again', async () => {
    const bounce = {
      version: '0',
      id: 'e1',
      source: 'aws.ses',
      'detail-type': 'Email Bounced',
      detail: {
        eventType: 'Bounce',
        bounce: {
          bounceType: 'Permanent',
          bounceSubType: 'General',
          timestamp: '2024-01-02T01:00:00Z',
          bouncedRecipients: [],
        },
        mail: { messageId: 'm1', tags: {} },
      },
    }
    await leave('MailEvents', bounce)
    await leave('Sweep', {})
    await leave('Anchoring', {})
    await leave('InboundMail', {
      requestContext: { condition: 'RetriesExhausted' },
      requestPayload: { Records: 'none' },
    })
    const { deadLetters } = JSON.parse((await ops('status')).said) as { deadLetters: Readonly<Record<string, number>> }
    expect(Object.values(deadLetters).toSorted((a, b) => a - b)).toEqual([1, 1, 1, 1])
    const { said } = await ops('redrive')
    expect(said).toMatch(/"queue": "MailEvents\w+",\s+"outcome": "taken"/)
    expect(said).toMatch(/"queue": "Sweep\w+",\s+"outcome": "dropped"/)
    expect(said).toMatch(/"queue": "Anchoring\w+",\s+"outcome": "dropped"/)
    expect(said).toMatch(/"queue": "InboundMail\w+",\s+"outcome": "failed again"/)
    expect(said).toMatch(/4 dead letters/)
    expect((await ops('redrive')).said).toBe('0 dead letters.\n')
  })

  test('replay starts a case again, which goes on once', async () => {
    const { id, assistantId } = await file(bank, 'O1')
    await applicationOf(bank, id)
    const before = JSON.parse((await ops('case', assistantId)).said) as { readonly waitingTasks: number }
    expect(before).toMatchObject({ status: 'candidate', openStage: { stage: 'branch', round: 1 }, waitingTasks: 1 })
    expect((await ops('replay', assistantId)).said).toBe('Started.\n')
    await bank.turn({ advance: 'PT1M' })
    expect(JSON.parse((await ops('case', assistantId)).said)).toMatchObject({ waitingTasks: 2 })
    await decide(bank, 'B1', id, 'approve')
    expect(await applicationOf(bank, id)).toMatchObject({ status: 'open', stage: 'hq' })
    expect(JSON.parse((await ops('case', assistantId)).said)).toMatchObject({
      openStage: { stage: 'hq' },
      waitingTasks: 1,
    })
    expect(await ops('sweep')).toEqual({ status: 0, said: 'Swept.\n' })
  })
})
