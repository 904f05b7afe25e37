import { expect, test } from 'vitest'
import type { DossierView } from '../../shared/contracts/decisions.ts'
import type { ApplicationView, AssistantView } from '../../shared/contracts/resources.ts'
import {
  assistantOf,
  bringOnPost,
  bringTrained,
  codeIn,
  decide,
  heardOf,
  linkTo,
  planFor,
  trailOf,
  useBank,
} from '../support/bank-client.ts'

// One bank and one clock for all of them: each begins in the year in which the one before ended.
const bank = useBank()

const post = (path: string, body: object, key: string) => bank.call('POST', path, body, { 'idempotency-key': key })
const mailsTo = async (person: string, words: string) =>
  (await bank.mails()).filter(({ to, subject }) => to.includes(`${person}@bank.example`) && subject.includes(words))
const today = async () => new Date(Date.parse(await bank.now()) + 8 * 3_600_000).toISOString().slice(0, 10)

const exitMails = async (name: string) =>
  (await bank.mails()).filter(
    ({ subject }) => subject.includes('退出岗位') && subject.includes(name) && !subject.includes('移交'),
  )

test('a full year ends in the transfer: training, clients, performance, an absence, a violation, the review', async () => {
  const { id, onPostSince, reviewDueOn } = await bringOnPost(bank, 'Y1')
  const path = `/v1/assistants/${id}`
  expect(await assistantOf(bank, id)).toMatchObject({ withoutPlan: true, mentor: null, trainingPlan: null })

  // Art. 5: the centre head is reminded until there are a plan and a mentor.
  await bank.turn({ advance: 'P20D' })
  expect(await mailsTo('h1', '待制定培训方案')).toHaveLength(1)
  expect(await bank.call('PUT', `${path}/mentor`, { employeeNo: 'M1', by: 'H1' })).toMatchObject({ status: 200 })
  const plan = planFor({ onPostSince })
  const threeTopics = { ...plan, items: plan.items.slice(1) }
  expect(await bank.call('PUT', `${path}/training-plan`, threeTopics)).toMatchObject({
    status: 422,
    body: { code: 'topics-lacking', article: '5', detail: expect.stringContaining('private-banking business') },
  })
  expect(await bank.call('PUT', `${path}/training-plan`, plan)).toMatchObject({ status: 200, body: { version: 1 } })
  const assess = async (itemId: string, score: number) =>
    post(
      `${path}/assessments`,
      { itemId, takenOn: await today(), assessor: 'M1', score, passed: score >= 60 },
      `Y1-${itemId}-${score}`,
    )
  expect(await assess('T1', 55)).toMatchObject({ status: 201, body: { attempt: 1, passed: false } })
  for (const itemId of ['T1', 'T2', 'T3']) expect(await assess(itemId, 85)).toMatchObject({ status: 201 })
  for (const kind of ['meeting', 'training', 'coaching']) {
    const attendance = { kind, on: await today(), title: '例会', minutes: 60 }
    expect((await post(`${path}/attendances`, attendance, `Y1-${kind}`)).status).toBe(201)
  }

  // Art. 6: the cap, with the article, and everything else of a portfolio.
  const clientIds = Array.from({ length: 35 }, (_, index) => `Y1-K${index + 1}`)
  expect(await post(`${path}/clients`, { clientIds: clientIds.slice(0, 34) }, 'Y1-bulk')).toMatchObject({
    status: 200,
    body: { clientCount: 34, clientCap: 35 },
  })
  expect(await mailsTo('h1', '管户将满')).toHaveLength(1)
  expect(await bank.call('PUT', `${path}/clients/Y1-K35`)).toMatchObject({ status: 201, body: { clientCount: 35 } })
  expect(await bank.call('PUT', `${path}/clients/Y1-K35`)).toMatchObject({ status: 200 })
  expect(await bank.call('PUT', `${path}/clients/Y1-K36`)).toMatchObject({
    status: 422,
    body: { code: 'client-cap', article: '6' },
  })
  expect(await bank.call('DELETE', `${path}/clients/Y1-K1?by=H1`)).toMatchObject({ status: 204 })

  // Art. 4, 5: the excellent transfer early, but not before the last item is passed.
  const early = { procedure: 'transfer', assistantId: id, early: true, grounds: '业绩突出', filedBy: 'F1' }
  expect(await post('/v1/applications', early, 'Y1-early')).toMatchObject({
    status: 422,
    body: { code: 'training-not-passed', article: '5', detail: expect.stringContaining('培训4 (T4)') },
  })
  // The item is due after eight months: mentor and assistant are reminded a week before.
  await bank.turn({ to: `${plan.items[3]!.dueOn}T02:00:00.000Z` })
  expect(await mailsTo('m1', '培训考核提醒')).toHaveLength(1)
  expect(await mailsTo('y1', '培训考核提醒')).toHaveLength(1)
  expect(await assess('T4', 90)).toMatchObject({ status: 201 })

  // Art. 8, the standard and a violation that was not serious.
  const metrics = [{ id: 'business', name: '业务完成', weight: 1, target: 100 }]
  await bank.call('PUT', '/v1/performance/2024-Q3/rules', { metrics })
  await bank.call('PUT', '/v1/performance/2024-Q3/results/Y1', { metrics: { business: 130 } })
  const violation = { reportedBy: 'X1', on: '2024-05-06', severity: 'minor', sanctioned: false }
  expect(
    await post(`${path}/violations`, { ...violation, description: '资料不全', evidence: '记录1' }, 'Y1-v'),
  ).toMatchObject({
    status: 201,
    body: { status: 'on-post' },
  })
  const qualifications = {
    by: 'F1',
    yearsInFinance: 3,
    education: 'master',
    lendingQualification: true,
    examination: { passed: true, takenOn: '2024-08-01' },
  }
  expect(await bank.call('PUT', `${path}/qualifications`, qualifications)).toMatchObject({
    status: 200,
    body: { standard: Array.from({ length: 6 }, () => ({ standing: 'met' })) },
  })

  // The centre head is away when the review is due: the delegate is asked, and sees all of it.
  const absence = { delegate: 'X1', from: '2024-10-01', until: '2025-03-01', reason: '学习' }
  await bank.call('PUT', '/v1/people/H1/delegation', absence)
  await bank.turn({ to: `${reviewDueOn}T02:00:00.000Z` })
  const link = await linkTo(bank, 'X1', id)
  const dossier = await bank.call<DossierView>('POST', `${link.pathname}/dossier`, { secret: link.hash.slice(1) })
  const facts = Object.fromEntries(dossier.body.facts.map(({ label, value }) => [label, value]))
  expect(facts).toMatchObject({
    'Responsible for the training': '员工M1',
    'Training: 培训1': expect.stringContaining('passed · try 2'),
    'Took part in': expect.stringContaining('1 meetings (60 minutes)'),
    'Performance in 2024-Q3': 'score 130',
    Clients: '34 (cap 35)',
    'Violation (2024-05-06)': 'minor · not punished · 资料不全',
    'Standard: examination or deposits': expect.stringContaining('met'),
  })
  // A decision on facts that have changed since is refused.
  const stale = { secret: link.hash.slice(1), decision: 'qualified', dossierHash: '0'.repeat(64) }
  expect(await bank.call('POST', link.pathname, stale)).toMatchObject({
    status: 409,
    body: { code: 'dossier-changed' },
  })
  expect(await decide(bank, 'X1', id, 'qualified')).toMatchObject({ body: { decidedBy: 'X1', onBehalfOf: 'H1' } })
  await bank.call('DELETE', '/v1/people/H1/delegation')

  const { applications } = await assistantOf(bank, id)
  const transfer = applications.at(-1) ?? ''
  await decide(bank, 'B1', transfer, 'approve')
  await decide(bank, 'Q1', transfer, 'approve')
  expect(await assistantOf(bank, id)).toMatchObject({ status: 'transferred', grade: 'junior', clientCount: 34 })
  const review = (await trailOf(bank, id)).find(({ data }) => data['decision'] === 'qualified')
  expect(review).toMatchObject({ by: 'X1', onBehalfOf: 'H1', data: { standard: [{}, {}, {}, {}, {}, {}] } })

  // The relationship manager keeps the clients, and can give one up.
  expect((await bank.call('GET', '/v1/clients/Y1-K2')).body).toMatchObject({
    responsible: { employeeNo: 'Y1', assistantId: id },
  })
  expect((await bank.call('DELETE', '/v1/people/Y1/clients/Y1-K2')).status).toBe(204)
  expect((await bank.call('GET', '/v1/clients/Y1-K2')).body).toMatchObject({
    responsible: null,
    history: [{ employeeNo: 'Y1', until: expect.any(String) }],
  })
  // The case that is over gives away nobody's clients.
  const taking = { by: 'H1', clients: [{ clientId: 'Y1-K3', to: 'RM1' }] }
  expect(await post(`${path}/hand-overs`, taking, 'Y1-late')).toMatchObject({
    status: 409,
    body: { code: 'not-on-post' },
  })
  expect(await bank.call('DELETE', `${path}/clients/Y1-K3`)).toMatchObject({ status: 409 })
  const heard = await heardOf(bank, id)
  expect(heard.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['training-plan-set', 'clients-assigned', 'violation-recorded', 'transfer-took-effect']),
  )
}, 60_000)

test('art. 9 (2): below the standard after the year; the page hands the clients over, and the last one completes the exit', async () => {
  const { id } = await bringTrained(bank, 'Y2')
  await post(`/v1/assistants/${id}/clients`, { clientIds: ['Y2-A', 'Y2-B', 'Y2-C'] }, 'Y2-bulk')
  await bank.turn({ advance: 'P1Y' })
  expect(await decide(bank, 'H1', id, 'below-standard', '考核未达标')).toMatchObject({ status: 200 })
  expect(await assistantOf(bank, id)).toMatchObject({ status: 'exiting', exit: { ground: 'below-standard' } })
  expect(await exitMails('Y2')).toEqual([])

  const [request] = await mailsTo('h1', '【请移交客户】助理Y2')
  const link = new URL(/http\S+\/hand-over\/\S+/.exec(request?.text ?? '')?.[0] ?? '')
  const secret = link.hash.slice(1)
  const asked = await bank.call<{ clients: string[]; codeNeeded: boolean }>('POST', `${link.pathname}/clients`, {
    secret,
  })
  expect(asked.body).toMatchObject({
    clients: ['Y2-A', 'Y2-B', 'Y2-C'],
    codeNeeded: true,
    ground: 'short of the standard after a year',
  })
  expect(await bank.call('POST', `${link.pathname}/clients`, { secret: 'wrong' })).toMatchObject({ status: 404 })
  const byNewestCode = async (clients: object[]) => {
    const mail = (await bank.mails()).findLast(
      ({ to, subject }) => to.includes('h1@bank.example') && /验证码/.test(subject),
    )
    return bank.call('POST', link.pathname, { secret, code: codeIn(mail), clients })
  }
  const handOver = async (clients: object[]) => {
    await bank.call('POST', `${link.pathname}/code`, { secret })
    return byNewestCode(clients)
  }
  expect(await bank.call('POST', link.pathname, { secret, clients: [{ clientId: 'Y2-A', to: 'RM1' }] })).toMatchObject({
    status: 400,
    body: { code: 'code-required' },
  })
  expect(await handOver([{ clientId: 'Y2-A', to: 'NOBODY' }])).toMatchObject({
    status: 422,
    body: { code: 'unable-to-take', article: '9', errors: [{ pointer: '/clients/0' }] },
  })
  expect(await handOver([{ clientId: 'Y2-A', to: 'RM1' }])).toMatchObject({ status: 200, body: { left: 2 } })
  const rest = ['Y2-B', 'Y2-C'].map((clientId) => ({ clientId, to: 'RM2' }))
  expect(await byNewestCode(rest)).toMatchObject({ status: 400, body: { code: 'wrong-code' } })
  expect(await handOver(rest)).toMatchObject({ status: 200, body: { left: 0 } })
  expect(await assistantOf(bank, id)).toMatchObject({
    status: 'exited',
    clientCount: 0,
    exit: { handOver: { status: 'completed' } },
  })
  expect(await bank.call('POST', `${link.pathname}/clients`, { secret })).toMatchObject({ status: 404 })
  // Branch, HQ and centre hear of the end; HR's systems of the beginning, too.
  expect((await exitMails('Y2')).flatMap(({ to }) => to).toSorted()).toEqual(
    ['b1', 'b2', 'h1', 'q1'].map((person) => `${person}@bank.example`),
  )
  const types = (await heardOf(bank, id)).map(({ type }) => type)
  expect(types.slice(-5)).toEqual([
    'exit-begun',
    'stage-opened',
    'clients-handed-over',
    'clients-handed-over',
    'exit-completed',
  ])
}, 60_000)

test('art. 9 (1): a serious violation that was punished starts the exit at once; it goes up while clients have nobody', async () => {
  const { id } = await bringTrained(bank, 'Y3')
  const taker = await bringTrained(bank, 'Y4')
  const path = `/v1/assistants/${id}`
  await post(`${path}/clients`, { clientIds: ['Y3-A', 'Y3-B'] }, 'Y3-bulk')
  const violation = {
    reportedBy: 'X1',
    on: await today(),
    severity: 'serious',
    sanctioned: true,
    description: '违规代客操作',
    evidence: '处分决定书',
  }
  expect(await post(`${path}/violations`, violation, 'Y3-violation')).toMatchObject({
    status: 201,
    body: { status: 'exiting', exit: { ground: 'discipline', decidedBy: { body: 'hq', employeeNo: 'X1' } } },
  })
  expect(await bank.call('DELETE', `${path}/clients/Y3-A`)).toMatchObject({
    status: 422,
    body: { code: 'hand-over-needed', article: '9' },
  })
  await bank.turn({ advance: 'P30D' })
  const escalations = (await trailOf(bank, id)).filter(({ type }) => type === 'stage-escalated')
  expect(escalations.map(({ data }) => data['to']).slice(0, 2)).toEqual(['branch', 'hq'])
  const handOvers = {
    by: 'H1',
    clients: [
      { clientId: 'Y3-A', to: 'RM1' },
      { clientId: 'Y3-B', to: 'Y4' },
    ],
  }
  expect(await post(`${path}/hand-overs`, handOvers, 'Y3-hand-over')).toMatchObject({
    status: 201,
    body: { status: 'exited', clientCount: 0 },
  })
  // The same key, the same answer.
  expect((await post(`${path}/hand-overs`, handOvers, 'Y3-hand-over')).status).toBe(201)
  expect(await assistantOf(bank, taker.id)).toMatchObject({ clientCount: 1 })
  expect((await bank.call('GET', '/v1/clients/Y3-B')).body).toMatchObject({
    responsible: { employeeNo: 'Y4', assistantId: taker.id },
    history: [{ employeeNo: 'Y3' }, { employeeNo: 'Y4', until: null }],
  })
}, 60_000)

test('one person is responsible for a client; a batch says which one it was about', async () => {
  const [one, other] = [await bringOnPost(bank, 'Y5'), await bringOnPost(bank, 'Y6')]
  expect((await bank.call('PUT', `/v1/assistants/${one.id}/clients/Y5-A`)).status).toBe(201)
  expect(await bank.call('PUT', `/v1/assistants/${other.id}/clients/Y5-A`)).toMatchObject({
    status: 409,
    body: { code: 'client-taken' },
  })
  const path = `/v1/assistants/${other.id}/clients`
  const clientIds = ['Y6-A', 'Y5-A', 'Y6-B']
  expect(await post(path, { clientIds }, 'Y6-all')).toMatchObject({
    status: 409,
    body: { code: 'client-taken', errors: [{ pointer: '/clientIds/1' }] },
  })
  const each = { clientIds, mode: 'each' }
  const answer = await post(path, each, 'Y6-each')
  expect(answer).toMatchObject({
    status: 200,
    body: {
      clients: [
        { clientId: 'Y6-A', outcome: 'assigned', code: null },
        { clientId: 'Y5-A', outcome: 'refused', code: 'client-taken' },
        { clientId: 'Y6-B', outcome: 'assigned', code: null },
      ],
      clientCount: 2,
    },
  })
  expect((await post(path, each, 'Y6-each')).text).toBe(answer.text)
  const listed = await bank.call<{ items: { clientId: string }[] }>('GET', path)
  expect(listed.body.items.map(({ clientId }) => clientId)).toEqual(['Y6-A', 'Y6-B'])
})

test('an early transfer shows branch and HQ the same dossier', async () => {
  const { id } = await bringTrained(bank, 'Y7')
  await bank.call('PUT', `/v1/assistants/${id}/clients/Y7-A`)
  const early = { procedure: 'transfer', assistantId: id, early: true, grounds: '业绩突出', filedBy: 'F1' }
  const { body } = await bank.call<ApplicationView>('POST', '/v1/applications', early, { 'idempotency-key': 'Y7' })
  const labels = async (person: string) => {
    const link = await linkTo(bank, person, body.id)
    const { facts } = (await bank.call<DossierView>('POST', `${link.pathname}/dossier`, { secret: link.hash.slice(1) }))
      .body
    return facts.map(({ label }) => label)
  }
  const branch = await labels('B1')
  expect(branch).toEqual(
    expect.arrayContaining(['Responsible for the training', 'Training: 培训1', 'Clients', 'Standard: experience']),
  )
  await decide(bank, 'B1', body.id, 'approve')
  expect((await labels('Q1')).filter((label) => !label.startsWith('branch approval'))).toEqual(branch)
  await decide(bank, 'Q1', body.id, 'approve')
  const view: AssistantView = await assistantOf(bank, id)
  expect(view).toMatchObject({ status: 'transferred', grade: null })
})
