import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { ApplicationView, AssistantView } from '../../../shared/contracts/resources.ts'
import { BranchId, CentreId } from '../../../shared/domain/ids.ts'
import { people } from '../../support/bank.ts'
import { branchAsked, caseId, decide, done, employee, filing, hqAsked, onPost } from '../support.ts'
import { execute } from '../../../functions/execute.ts'
import { useSharedApi } from './client.ts'

const shared = useSharedApi()

interface Page<Item> {
  readonly items: readonly Item[]
  readonly next: string | null
}

const get = async <Item>(path: string): Promise<Page<Item>> => {
  const { status, body, text } = await shared().call<Page<Item>>('GET', path)
  if (status !== 200) throw new Error(`${path}: ${text}`)
  return body
}

/** Every item of a list, page by page. */
const walk = async <Item>(path: string, limit: number): Promise<readonly Item[]> => {
  const items: Item[] = []
  const join = path.includes('?') ? '&' : '?'
  let next: string | null = ''
  while (next !== null) {
    const page: Page<Item> = await get(`${path}${join}limit=${limit}${next === '' ? '' : `&cursor=${next}`}`)
    expect(page.items.length).toBeLessThanOrEqual(limit)
    items.push(...page.items)
    next = page.next
  }
  return items
}

const idsOf = async (path: string, limit = 50) =>
  (await walk<{ readonly id: string }>(path, limit)).map(({ id }) => id).toSorted()

const cases = (...numbers: readonly number[]) => numbers.map(caseId)
const applications = (...numbers: readonly number[]) => numbers.map((number) => `${caseId(number)}-1`)

// Cases 1 and 2 wait for the branch, 3 for HQ, 4 was returned, 5 rejected, 6 and 7 are on the post (7 elsewhere), 8 left it.
beforeAll(async () => {
  const bank = shared()
  const { system } = bank
  const elsewhere = { id: BranchId.parse('BR2'), name: 'Branch 2', approvers: [people.branch] }
  await system.directory.putBranch(elsewhere)
  const centre = { id: CentreId.parse('C2'), name: 'Centre 2', branchId: elsewhere.id, head: people.head, teams: [] }
  await system.directory.putCentre(centre)
  await branchAsked(bank, 1)
  await branchAsked(bank, 2)
  await hqAsked(bank, 3)
  for (const [number, decision] of [
    [4, 'return'],
    [5, 'reject'],
  ] as const) {
    await branchAsked(bank, number)
    done(await decide(system, caseId(number), people.branch, decision, 'Not yet.'))
  }
  await onPost(bank, 6)
  bank.clock.pass(3 * 24 * 60)
  const order = filing(caseId(7), employee(7))
  const particulars = { ...order.command.particulars, centreId: centre.id, branchId: elsewhere.id }
  done(await execute(system, { ...order, command: { ...order.command, particulars } }))
  await bank.states.idle()
  for (const approver of [people.branch, people.hq]) {
    done(await decide(system, caseId(7), approver, 'approve'))
    await bank.states.idle()
  }
  await onPost(bank, 8)
  const exit = {
    ground: 'unfit',
    decidedBy: { body: 'branch', employeeNo: 'B1' },
    decidedOn: '2025-03-06',
    reasons: 'x',
  }
  await bank.call('POST', `/v1/assistants/${caseId(8)}/exits`, exit, { 'idempotency-key': 'k8' })
})

describe.each(['/v1/applications', '/v1/assistants'])('the list %s', (path) => {
  const read = (query: string) => shared().call('GET', `${path}?${query}`)
  const refused = { status: 400, body: { errors: [{ pointer: '/query/cursor' }] } }

  test('is walked whole, each item once, whatever the limit', async () => {
    const all = path === '/v1/assistants' ? cases(1, 2, 3, 4, 5, 6, 7, 8) : applications(1, 2, 3, 4, 5, 6, 7, 8)
    for (const limit of [1, 2, 3, 4, 7, 8, 9, 200]) expect(await idsOf(path, limit), `limit ${limit}`).toEqual(all)
  })

  const forged: readonly (readonly [string, object])[] = [
    ['in a range that is none', { range: 'assistant#none ' }],
    ['in a range that is no name', { range: 0 }],
    ['after an entry without keys', { after: { key: '', pk: '', sk: '' } }],
    ['after an entry whose keys are none', { after: { key: 1, pk: 2, sk: 3 } }],
    ['of no list', { list: '' }],
  ]
  test.each(forged)('takes no cursor that was made up %s', async (_, changes) => {
    const { next } = await get(`${path}?limit=2`)
    const decoded: object = JSON.parse(Buffer.from(next!, 'base64url').toString())
    const cursor = Buffer.from(JSON.stringify({ ...decoded, ...changes })).toString('base64url')
    expect(await read(`limit=2&cursor=${cursor}`)).toMatchObject(refused)
  })

  test('takes no cursor of the other list, or of one with other filters', async () => {
    const other = path === '/v1/assistants' ? '/v1/applications' : '/v1/assistants'
    expect(await read(`limit=2&cursor=${(await get(`${path}?limit=2`)).next}&branchId=BR1`)).toMatchObject(refused)
    expect(await read(`limit=2&cursor=${(await get(`${other}?limit=2`)).next}`)).toMatchObject(refused)
  })

  test('names a filter that it does not have, rather than showing what it does not filter', async () => {
    expect(await shared().call('GET', `${path}?stauts=open`)).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/query/stauts' }] },
    })
  })

  test.each(['cursor=', 'cursor=bnVsbA', 'cursor=%00', `cursor=${'x'.repeat(3000)}`, 'cursor=a&cursor=b'])(
    'takes no text that is no cursor: %s',
    async (query) => {
      expect(await read(query)).toMatchObject(refused)
    },
  )
})

describe('applications', () => {
  test.each([
    ['status=open', applications(1, 2, 3)],
    ['status=open&stage=branch', applications(1, 2)],
    ['stage=hq', applications(3)],
    ['stage=branch', applications(1, 2, 4)],
    ['status=returned', applications(4)],
    ['status=rejected', applications(5)],
    ['status=approved', applications(6, 7, 8)],
    ['status=approved&stage=hq', []],
    ['status=withdrawn', []],
    ['branchId=BR2', applications(7)],
    ['centreId=C1&status=approved', applications(6, 8)],
    ['branchId=BR2&centreId=C1', []],
    ['centreId=NONE', []],
    ['branchId=BR', []],
    [`assistantId=${caseId(3)}`, applications(3)],
    [`assistantId=${caseId(3)}&status=returned`, []],
    [`assistantId=${caseId(3)}&centreId=C2`, []],
    [`assistantId=${caseId(99)}`, []],
  ])('are found by %s', async (query, expected) => {
    expect(await idsOf(`/v1/applications?${query}`, 1)).toEqual(expected)
  })

  test('are shown as they are read one by one', async () => {
    for (const item of await walk<ApplicationView>('/v1/applications', 3)) {
      expect(item).toEqual((await shared().call('GET', `/v1/applications/${item.id}`)).body)
    }
  })
})

describe('assistants', () => {
  test.each([
    ['status=candidate', cases(1, 2, 3, 4)],
    ['status=not-appointed', cases(5)],
    ['status=on-post', cases(6, 7)],
    ['status=exited', cases(8)],
    ['status=transferred', []],
    ['status=on-post&branchId=BR1', cases(6)],
    ['centreId=C2', cases(7)],
    ['branchId=BR2&centreId=C1', []],
    ['employeeNo=A6', cases(6)],
    ['employeeNo=A6&status=candidate', []],
    ['employeeNo=A', []],
    ['employeeNo=A6&reviewDueBefore=2026-03-03', []],
    ['employeeNo=A6&reviewDueBefore=2026-03-04', cases(6)],
    ['reviewDueBefore=2026-03-03', []],
    ['reviewDueBefore=2026-03-04', cases(6)],
    ['reviewDueBefore=2026-03-06', cases(6)],
    ['reviewDueBefore=2026-03-07', cases(6, 7)],
    ['reviewDueBefore=2026-03-07&branchId=BR2', cases(7)],
    ['reviewDueBefore=2026-03-07&status=candidate', []],
  ])('are found by %s', async (query, expected) => {
    expect(await idsOf(`/v1/assistants?${query}`, 1)).toEqual(expected)
  })

  test('are shown as they are read one by one', async () => {
    for (const item of await walk<AssistantView>('/v1/assistants', 3)) {
      expect(item).toEqual((await shared().call('GET', `/v1/assistants/${item.id}`)).body)
    }
  })
})

test.each([
  ['as long as the limit', Infinity],
  ['shorter, since its events are large', 2],
])('the audit trail is walked whole, in order and linked, with pages that are %s', async (_, most) => {
  const { record } = shared().system
  const { events: read } = record
  vi.spyOn(record, 'events').mockImplementation((id, after, limit) => read(id, after, Math.min(limit, most)))
  onTestFinished(() => void vi.restoreAllMocks())
  const path = `/v1/assistants/${caseId(6)}/events`
  for (const limit of [1, 2, 3, 5, 6, 7]) {
    const events = await walk<{ seq: number; hash: string; previousHash: string }>(path, limit)
    expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6])
    for (const [index, event] of events.entries()) {
      expect(event.previousHash).toBe(events[index - 1]?.hash ?? '0'.repeat(64))
    }
  }
})

test('whoever pages while a centre comes to another branch goes on where the last page ended', async () => {
  const { call, system } = shared()
  const centre = { name: 'Centre 3', head: people.head, teams: [] }
  await call('PUT', '/v1/centres/C3', { ...centre, branchId: 'BR2' })
  for (const number of [10, 11, 12]) {
    const order = filing(caseId(number), employee(number))
    const particulars = {
      ...order.command.particulars,
      branchId: BranchId.parse('BR2'),
      centreId: CentreId.parse('C3'),
    }
    done(await execute(system, { ...order, command: { ...order.command, particulars } }))
  }
  const path = '/v1/assistants?centreId=C3'
  const { items, next } = await get<AssistantView>(`${path}&limit=1`)
  await call('PUT', '/v1/centres/C3', { ...centre, branchId: 'BR1' })
  const rest = await get<AssistantView>(`${path}&limit=50&cursor=${next}`)
  expect([...items, ...rest.items].map(({ id }) => id)).toEqual(cases(10, 11, 12))
})

test('a centre that has come to another branch has those of before still, beside those who come after', async () => {
  const bank = shared()
  const { system } = bank
  const moved = { name: 'Centre 2', branchId: 'BR1', head: people.head, teams: [] }
  for (let again = 0; again < 2; again += 1) await bank.call('PUT', '/v1/centres/C2', moved)
  const order = filing(caseId(9), employee(9))
  const particulars = { ...order.command.particulars, centreId: CentreId.parse('C2') }
  done(await execute(system, { ...order, command: { ...order.command, particulars } }))
  expect(await idsOf('/v1/assistants?centreId=C2', 1)).toEqual(cases(7, 9))
  expect(await idsOf('/v1/assistants?centreId=C2&branchId=BR2', 1)).toEqual(cases(7))
  expect(await idsOf('/v1/applications?centreId=C2', 1)).toEqual(applications(7, 9))
  expect(await idsOf('/v1/applications?centreId=C2&branchId=BR1', 1)).toEqual(applications(9))
})
