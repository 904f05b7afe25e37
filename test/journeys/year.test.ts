import { expect, test } from 'vitest'
import type { ApplicationView } from '../../shared/contracts/resources.ts'
import { applicationOf, assistantOf, bringTrained, decide, linkTo, useBank } from '../support/bank-client.ts'

const bank = useBank()

const newestApplication = async (id: string): Promise<ApplicationView> => {
  const { applications } = await assistantOf(bank, id)
  return applicationOf(bank, applications.at(-1) ?? '')
}

test('art. 4: the excellent transfer early, on written grounds and through both stages', async () => {
  const { id, employeeNo } = await bringTrained(bank, 'E1')
  const request = { procedure: 'transfer', assistantId: id, early: true, filedBy: 'F1' }
  const key = { 'idempotency-key': 'early-E1' }
  const groundless = await bank.call('POST', '/v1/applications', request, { 'idempotency-key': 'early-E1-0' })
  expect(groundless).toMatchObject({ status: 422, body: { code: 'grounds-required', article: '4' } })
  const ordinary = await bank.call(
    'POST',
    '/v1/applications',
    { ...request, early: false },
    { 'idempotency-key': 'early-E1-1' },
  )
  expect(ordinary).toMatchObject({ status: 422, body: { code: 'year-not-over', article: '4' } })

  const { status, body } = await bank.call<ApplicationView>(
    'POST',
    '/v1/applications',
    { ...request, grounds: '业绩突出' },
    key,
  )
  expect(status).toBe(201)
  await decide(bank, 'B1', body.id, 'approve')
  await decide(bank, 'Q1', body.id, 'approve')
  expect(await assistantOf(bank, id)).toMatchObject({ status: 'transferred', employeeNo })
})

test('art. 4: the year passes, the centre head finds the assistant qualified, branch and HQ consent: transferred', async () => {
  const { id, reviewDueOn } = await bringTrained(bank, 'T1')
  expect(reviewDueOn).toBe('2025-01-02')
  await bank.turn({ to: '2024-11-03T00:59:00.000Z' })
  await expect(linkTo(bank, 'H1', id)).rejects.toThrow('not mailed')
  // Sixty days before the anniversary, when the office opens.
  await bank.turn({ advance: 'PT2M' })
  const { pathname, hash } = await linkTo(bank, 'H1', id)
  const dossier = await bank.call<{ allowed: string[]; stage: string }>('POST', `${pathname}/dossier`, {
    secret: hash.slice(1),
  })
  expect(dossier.body).toMatchObject({ stage: 'centre-review', allowed: ['qualified'], dueOn: '2025-01-02' })

  await bank.turn({ to: '2025-01-02T02:00:00.000Z' })
  expect(await assistantOf(bank, id)).toMatchObject({ reviewOverdue: false, review: { status: 'open' } })
  const receipt = await decide(bank, 'H1', id, 'qualified')
  expect(receipt).toMatchObject({ status: 200, body: { decision: 'qualified', decidedBy: 'H1' } })

  const transfer = await newestApplication(id)
  expect(transfer).toMatchObject({
    procedure: 'transfer',
    status: 'open',
    stage: 'branch',
    filedBy: 'H1',
    early: false,
  })
  await decide(bank, 'B2', transfer.id, 'approve')
  await decide(bank, 'Q2', transfer.id, 'approve')
  expect(await assistantOf(bank, id)).toMatchObject({ status: 'transferred' })
  const reminders = (await bank.mails()).filter(
    ({ to, text }) => to.includes('h1@bank.example') && text.includes('提请时间') && text.includes(id),
  )
  expect(reminders.map(({ at }) => at.slice(0, 10))).toEqual(['2024-12-03', '2024-12-26'])
})

test('art. 4: a transfer that HQ refuses after the anniversary goes back to the review', async () => {
  const { id } = await bringTrained(bank, 'T2')
  await bank.turn({ advance: 'P1Y' })
  await decide(bank, 'H1', id, 'qualified')
  const transfer = await newestApplication(id)
  await decide(bank, 'B1', transfer.id, 'approve')
  await decide(bank, 'Q1', transfer.id, 'reject', '考核材料不足')
  expect(await assistantOf(bank, id)).toMatchObject({ status: 'on-post', review: { round: 2, status: 'open' } })
  await decide(bank, 'H1', id, 'below-standard', '经复核仍未达标')
  expect(await assistantOf(bank, id)).toMatchObject({ status: 'exited', exit: { ground: 'below-standard' } })
})
