import { expect, test } from 'vitest'
import type { ResponsibilityView } from '../../../shared/contracts/year.ts'
import { ClientId } from '../../../shared/domain/ids.ts'
import { standingsOf } from '../../../functions/portfolio.ts'
import { caseId, employee, onPost } from '../support.ts'
import { useApi } from './client.ts'

const openApi = useApi()

test('however often a client changes hands, the item stays small and the whole history is told', async () => {
  const bank = await openApi()
  await onPost(bank, 1)
  const path = `/v1/assistants/${caseId(1)}/clients/K1`
  for (let times = 0; times < 105; times += 1) {
    expect((await bank.call('PUT', path)).status).toBe(201)
    expect((await bank.call('DELETE', path)).status).toBe(204)
  }
  expect((await bank.call('PUT', path)).status).toBe(201)

  const id = ClientId.parse('K1')
  const stored = async () => (await standingsOf(bank.system, [id])).get(id)?.client
  const kept = await stored()
  expect(kept?.history.length).toBeLessThanOrEqual(100)
  const { body } = await bank.call<ResponsibilityView>('GET', '/v1/clients/K1')
  expect(body.responsible?.employeeNo).toBe(employee(1))
  expect(body.history).toHaveLength(106)
  expect(body.history.slice(0, -1).every(({ until }) => until !== null)).toBe(true)
  expect(body.history.at(-1)?.until).toBeNull()

  // Whoever read the client before a history was put away sees none of it twice.
  for (let times = 0; times < 50; times += 1) {
    await bank.call('DELETE', path)
    await bank.call('PUT', path)
  }
  expect((await stored())?.history.length).toBeLessThan(100)
  expect(await bank.system.responsibilities.history(kept!)).toHaveLength(211)
}, 120_000)
