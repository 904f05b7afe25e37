import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Evidence } from '../../shared/domain/evidence.ts'
import { assistantOf, type Bank, bringTrained, registerOrganisation, startBank } from '../support/bank-client.ts'

const logged: string[] = []
let bank: Bank
beforeAll(async () => {
  bank = await startBank((line) => logged.push(line))
  await registerOrganisation(bank)
})
afterAll(() => bank.stop())

/** A number that would be found wherever it stood. */
const employeeNo = 'SECRETIVE-77'

const left = async (): Promise<string> => {
  const { id } = await bringTrained(bank, employeeNo)
  const post = (path: string, body: object) =>
    bank.call('POST', `/v1/assistants/${id}/${path}`, body, { 'idempotency-key': path })
  await post('clients', { clientIds: ['CLIENT-4711', 'CLIENT-4712'] })
  const exit = {
    ground: 'unfit',
    decidedBy: { body: 'branch', employeeNo: 'B1' },
    decidedOn: '2024-01-02',
    reasons: '不再具备履职资格',
  }
  await post('exits', exit)
  await bank.turn({ advance: 'P7D' })
  const clients = ['CLIENT-4711', 'CLIENT-4712'].map((clientId) => ({ clientId, to: 'RM1' }))
  await post('hand-overs', { by: 'H1', clients })
  expect(await assistantOf(bank, id)).toMatchObject({ status: 'exited' })
  return id
}

test('mails name no client, logs nobody, and years later only what the audit must keep is left', async () => {
  const id = await left()
  const mails = JSON.stringify(await bank.mails())
  expect(mails).toContain('H1')
  expect(mails).not.toContain('CLIENT-')

  const evidence = async () => (await bank.call<Evidence>('GET', `/v1/assistants/${id}/evidence`)).body
  const before = await evidence()
  expect(before.mails.length).toBeGreaterThan(10)
  expect(before.mails.some(({ text }) => text?.includes('助理'))).toBe(true)
  await bank.turn({ advance: 'P4Y' })
  expect((await evidence()).mails).toEqual(before.mails)
  await bank.turn({ advance: 'P13M' })
  const after = await evidence()
  expect(after.mails).toEqual(before.mails.map((mail) => ({ ...mail, text: null, to: { ...mail.to, address: null } })))
  expect(after.events).toEqual(before.events)

  const log = logged.join('')
  for (const secret of [employeeNo, '助理SECRETIVE', '@bank.example', 'CLIENT-']) expect(log).not.toContain(secret)
}, 60_000)
