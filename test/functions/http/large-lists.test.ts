import { PutItemCommand } from '@aws-sdk/client-dynamodb'
import { expect, test } from 'vitest'
import { caseItem } from '../../../functions/adapters/items.ts'
import { behindGateway } from '../../../functions/http/gateway.ts'
import { scopes } from '../../../functions/http/auth.ts'
import type { AssistantView } from '../../../shared/contracts/resources.ts'
import { Day } from '../../../shared/domain/time.ts'
import type { Violation } from '../../../shared/domain/violation.ts'
import { people } from '../../support/bank.ts'
import { branchAsked, caseId, employee } from '../support.ts'
import { bearer, useApi } from './client.ts'

const openApi = useApi()

/** The most bytes that Lambda lets a function answer. */
const mostOfLambda = 6 * 1024 * 1024

/** As much as HR can report, of characters that take most where JSON stands in JSON. */
const violation: Violation = {
  reportedBy: people.head,
  on: Day.parse('2025-03-03'),
  severity: 'minor',
  sanctioned: false,
  sanctionLiftedOn: null,
  description: '"'.repeat(1000),
  evidence: '"'.repeat(1000),
}

test('a page of the largest cases is one that Lambda lets through; the next ones have the rest', async () => {
  const bank = await openApi()
  const { app, client, variables } = bank
  const state = await branchAsked(bank, 1)
  const numbers = Array.from({ length: 60 }, (_, index) => index + 2)
  for (const number of numbers) {
    const particulars = { ...state.particulars, employeeNo: employee(number) }
    const full = { ...state, id: caseId(number), particulars, violations: Array.from({ length: 20 }, () => violation) }
    await client.send(new PutItemCommand({ TableName: variables['TABLE_NAME'], Item: caseItem(full) }))
  }
  const answer = behindGateway(app)
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const replied = await answer({
      httpMethod: 'GET',
      path: '/v1/assistants',
      headers: { authorization: bearer('hr-demo', ...scopes) },
      queryStringParameters: { limit: '200', ...(cursor === null ? {} : { cursor }) },
    })
    expect(replied.statusCode).toBe(200)
    expect(Buffer.byteLength(JSON.stringify(replied))).toBeLessThan(mostOfLambda)
    const page = JSON.parse(replied.body) as { items: readonly AssistantView[]; next: string | null }
    expect(page.items.length).toBeGreaterThan(0)
    seen.push(...page.items.map(({ id }) => id))
    cursor = page.next
  } while (cursor !== null)
  expect(seen.toSorted()).toEqual([1, ...numbers].map(caseId).toSorted())
})
