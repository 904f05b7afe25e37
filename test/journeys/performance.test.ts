import { beforeAll, expect, test } from 'vitest'
import {
  assistantOf,
  bringOnPost,
  bringTrained,
  decide,
  onboardingOf,
  trailOf,
  useBank,
} from '../support/bank-client.ts'

const bank = useBank()

interface Report {
  readonly members: readonly {
    employeeNo: string
    post: string
    teamId: string | null
    score: number
    rank: number | null
  }[]
  readonly teams: readonly { id: string; name: string; score: number; average: number | null; members: string[] }[]
}

const rules = {
  metrics: [
    { id: 'satisfaction', name: '客户满意度', weight: 0.3, target: 90 },
    { id: 'completed', name: '业务完成', weight: 0.4, target: 50, cap: 150 },
    { id: 'expansion', name: '业务拓展', weight: 0.2, target: 10 },
    { id: 'teamwork', name: '团队协作', weight: 0.1, target: 5 },
  ],
}
const figures = (completed: number) => ({ satisfaction: 90, completed, expansion: 10, teamwork: 5 })

const state = (employeeNo: string, completed: number, period = '2024-Q1') =>
  bank.call('PUT', `/v1/performance/${period}/results/${employeeNo}`, { metrics: figures(completed) })

const reportOf = async (period = '2024-Q1', centre = 'SH-1') =>
  (await bank.call<Report>('GET', `/v1/centres/${centre}/performance/${period}`)).body

beforeAll(async () => {
  await bank.call('PUT', '/v1/performance/2024-Q1/rules', rules)
})

test('rules are stated with weights that are 1 in sum, and read back', async () => {
  const wrong = await bank.call('PUT', '/v1/performance/2024-Q2/rules', {
    metrics: [{ id: 'a', weight: 0.5, target: 1 }],
  })
  expect(wrong).toMatchObject({ status: 400, body: { errors: [{ pointer: '/metrics' }] } })
  expect(await bank.call('PUT', '/v1/performance/2024-Q2/rules', rules)).toMatchObject({ status: 201 })
  expect(await bank.call('PUT', '/v1/performance/2024-Q2/rules', rules)).toMatchObject({ status: 200 })
  expect(await bank.call('PUT', '/v1/performance/2024-Q7/rules', rules)).toMatchObject({ status: 400 })
})

test('a result has the metrics of the period, all of them and no others, and there must be rules', async () => {
  expect(await state('RM1', 50, '2023-Q4')).toMatchObject({ status: 409, body: { code: 'no-scoring-rules' } })
  await bank.call('PUT', '/v1/performance/2024-Q4/rules', rules)
  expect(await state('RM1', 50, '2024-Q4')).toMatchObject({ status: 400 })
  const other = { satisfaction: 90, completed: 50, expansion: 10, golf: 18 }
  const { status, body } = await bank.call('PUT', '/v1/performance/2024-Q1/results/RM1', { metrics: other })
  expect(status).toBe(400)
  expect(body.errors?.map(({ pointer }) => pointer)).toEqual(['/metrics/golf', '/metrics/teamwork'])
})

test('art. 8: everyone is scored alike, relationship managers are ranked, assistants are not', async () => {
  const { id } = await bringOnPost(bank, 'P1')
  expect(await state('RM1', 50)).toMatchObject({ status: 201, body: { score: 100 } })
  expect(await state('RM2', 25)).toMatchObject({ status: 201, body: { score: 80 } })
  expect(await state('P1', 50)).toMatchObject({ status: 201, body: { score: 100 } })
  const before = await reportOf()
  expect(before.members).toMatchObject([
    { employeeNo: 'P1', post: 'assistant', score: 100, rank: null },
    { employeeNo: 'RM1', post: 'relationship-manager', score: 100, rank: 1 },
    { employeeNo: 'RM2', post: 'relationship-manager', score: 80, rank: 2 },
  ])
  // Above everyone, and at the cap; nobody else's rank or place in the list changes.
  expect(await state('P1', 5000)).toMatchObject({ status: 200, body: { score: 120 } })
  const after = await reportOf()
  expect(after.members.slice(1)).toEqual(before.members.slice(1))
  expect(after.members[0]).toMatchObject({ employeeNo: 'P1', score: 120, rank: null })
  expect(await state('RM2', 50)).toMatchObject({ status: 200 })
  expect((await reportOf()).members.map(({ rank }) => rank)).toEqual([null, 1, 1])
  const recorded = (await trailOf(bank, id)).filter(({ type }) => type === 'performance-recorded')
  expect(recorded.map(({ data }) => data['figures'])).toEqual([figures(50), figures(5000)])
})

test('art. 8: whoever is neither an assistant on the post nor a relationship manager of a centre is not assessed', async () => {
  expect(await state('H1', 50)).toMatchObject({ status: 422, body: { code: 'not-assessed', article: '8' } })
  expect(await state('NOBODY', 50)).toMatchObject({ status: 422, body: { code: 'not-assessed', article: '8' } })
})

test('art. 8: in a centre with team leaders assistants count in their team, and none is without one', async () => {
  const { call } = bank
  const team = { id: 'SH-2-A', name: '一队', leader: 'RM9' }
  await call('PUT', '/v1/centres/SH-2', { name: '徐汇', branchId: 'SH', head: 'H1', teams: [team] })
  const manager = {
    name: '经理',
    email: 'rm9@bank.example',
    post: 'relationship-manager',
    centreId: 'SH-2',
    teamId: team.id,
  }
  await call('PUT', '/v1/people/RM9', manager)
  const { assistant, ...filing } = onboardingOf('P2')
  const file = (employeeNo: string, teamId?: string) =>
    call<{ id: string; assistantId: string }>(
      'POST',
      '/v1/applications',
      { ...filing, assistant: { ...assistant, employeeNo, centreId: 'SH-2', ...(teamId && { teamId }) } },
      { 'idempotency-key': `${employeeNo}-${teamId}` },
    )
  expect(await file('P2')).toMatchObject({ status: 422, body: { code: 'team-required', article: '8' } })
  const { body } = await file('P2', team.id)
  await decide(bank, 'B1', body.id, 'approve')
  await decide(bank, 'Q1', body.id, 'approve')
  expect(await assistantOf(bank, body.assistantId)).toMatchObject({ status: 'on-post' })
  expect(await state('RM9', 50)).toMatchObject({ status: 201 })
  expect(await state('P2', 25)).toMatchObject({ status: 201 })
  expect((await reportOf('2024-Q1', 'SH-2')).teams).toEqual([
    { id: team.id, name: '一队', score: 180, average: 90, members: ['P2', 'RM9'] },
  ])
  // Team leaders come to a centre whose assistants have no team yet.
  await bringOnPost(bank, 'P3')
  await call('PUT', '/v1/centres/SH-1', {
    name: '上海私钻中心',
    branchId: 'SH',
    head: 'H1',
    teams: [{ ...team, id: 'T' }],
  })
  expect(await state('P3', 50)).toMatchObject({ status: 422, body: { code: 'team-required', article: '8' } })
  await call('PUT', '/v1/centres/SH-1', { name: '上海私钻中心', branchId: 'SH', head: 'H1', teams: [] })
})

test('art. 8: whoever transfers is ranked from then on, and stays an assistant in the periods before', async () => {
  const { id } = await bringTrained(bank, 'P4')
  await bank.turn({ to: '2024-04-10T02:00:00.000Z' })
  const request = { procedure: 'transfer', assistantId: id, early: true, grounds: '优秀', filedBy: 'F1' }
  const { body } = await bank.call<{ id: string }>('POST', '/v1/applications', request, { 'idempotency-key': 'P4' })
  await decide(bank, 'B1', body.id, 'approve')
  await decide(bank, 'Q1', body.id, 'approve')
  const person = { name: '新经理', email: 'p4@bank.example', post: 'relationship-manager', centreId: 'SH-1' }
  await bank.call('PUT', '/v1/people/P4', person)
  for (const period of ['2024-Q1', '2024-Q2']) expect(await state('P4', 50, period)).toMatchObject({ status: 201 })
  const standing = async (period: string) =>
    (await reportOf(period)).members.find(({ employeeNo }) => employeeNo === 'P4')
  expect(await standing('2024-Q1')).toMatchObject({ post: 'assistant', rank: null })
  expect(await standing('2024-Q2')).toMatchObject({ post: 'relationship-manager', rank: 1 })
})

test('art. 8: no list of assistants can be ordered or filtered by what they score', async () => {
  for (const query of ['sort=score', 'orderBy=score', 'score=100', 'minScore=1'])
    for (const path of ['/v1/assistants', '/v1/centres/SH-1/performance/2024-Q1'])
      expect(await bank.call('GET', `${path}?${query}`)).toMatchObject({ status: 400 })
})
