import { describe, expect, test } from 'vitest'
import type { ApplicationView } from '../../../shared/contracts/resources.ts'
import { people } from '../../support/bank.ts'
import { shareBank } from '../../support/engines.ts'
import { branchAsked, caseId, decide, done, trainedOnPost } from '../support.ts'
import { type ApiBank, type ApiOptions, key, onboardingBody, useApi } from './client.ts'

const openApi = useApi()
const shared = shareBank((atEnd) => returned({ atEnd }))

const path = `/v1/applications/${caseId(1)}-1`

const returned = async (options?: ApiOptions): Promise<ApiBank> => {
  const bank = await openApi(options)
  await branchAsked(bank, 1)
  done(await decide(bank.system, caseId(1), people.branch, 'return', '来源不清'))
  return bank
}

describe('filing', () => {
  test('answers with the application as it is read from then on', async () => {
    const bank = await openApi()
    const body = { ...onboardingBody('A9'), note: '备注' }
    const filed = await bank.call<ApplicationView>('POST', '/v1/applications', body, key('k1'))
    expect(filed.body).toMatchObject({
      procedure: 'onboarding',
      status: 'open',
      stage: 'branch',
      filedBy: 'F1',
      filedAt: '2025-03-03T01:00:00.000Z',
      effectiveAt: null,
      policyVersion: '2024-1',
      purpose: '培养为私钻客户经理',
      note: '备注',
      stages: [],
    })
    const read = await bank.call<ApplicationView>('GET', filed.headers.get('location')!)
    await bank.states.idle()
    expect({ ...read.body, stages: [] }).toEqual(filed.body)
    const stage = (await bank.call<ApplicationView>('GET', filed.headers.get('location')!)).body.stages[0]
    expect(stage).toEqual({
      stage: 'branch',
      status: 'open',
      round: 1,
      openedAt: '2025-03-03T01:00:00.000Z',
      dueOn: '2025-03-17',
      decision: null,
      decidedBy: null,
      onBehalfOf: null,
      decidedAt: null,
      channel: null,
      reason: null,
    })
  })

  const { assistant, ...others } = onboardingBody('A9')
  const refused: readonly (readonly [string, object, number, string, string | undefined, string | undefined])[] = [
    ['for a clerk', { ...others, assistant, purpose: '行政助理' }, 422, 'clerical-purpose', '2', '/purpose'],
    [
      'from a source that is not explained',
      { ...others, assistant: { ...assistant, source: 'other' } },
      422,
      'source-unexplained',
      '3',
      '/assistant/sourceNote',
    ],
    [
      'for a team that does not exist',
      { ...others, assistant: { ...assistant, teamId: 'T9' } },
      422,
      'unknown-team',
      '8',
      '/assistant/teamId',
    ],
    [
      'for a centre that does not exist',
      { ...others, assistant: { ...assistant, centreId: 'C9' } },
      400,
      'unknown-centre',
      undefined,
      '/assistant/centreId',
    ],
    [
      'of a transfer of nobody',
      { procedure: 'transfer', assistantId: '00000099', filedBy: 'F1' },
      404,
      'unknown-assistant',
      undefined,
      undefined,
    ],
  ]
  test.each(refused)('%s is refused, with the article and the member where there is one', async (...row) => {
    const [name, body, status, code, article, pointer] = row
    const { call } = shared()
    for (const [language, script] of [
      ['en', /^[ -~]+$/],
      ['zh-CN', /[\u4e00-\u9fff]/],
    ] as const) {
      const headers = { ...key(`${encodeURIComponent(name)}-${language}`), 'accept-language': language }
      const answer = await call('POST', '/v1/applications', body, headers)
      expect(answer).toMatchObject({ status, body: { status, code, type: expect.stringContaining(code) } })
      expect(answer.body.article).toBe(article)
      expect(answer.body.errors?.map((error) => error.pointer)).toEqual(pointer === undefined ? undefined : [pointer])
      expect(
        [answer.body.title, answer.body.detail].every((text) => script.test(text)),
        answer.text,
      ).toBe(true)
      expect(answer.body.detail).not.toMatch(/\{\w+\}/)
    }
  })

  test('of an early transfer goes its way, with its grounds', async () => {
    const bank = await openApi()
    await trainedOnPost(bank, 1)
    const body = { procedure: 'transfer', assistantId: caseId(1), filedBy: 'F1' }
    expect(await bank.call('POST', '/v1/applications', body, key('k1'))).toMatchObject({
      status: 422,
      body: { code: 'year-not-over', article: '4' },
    })
    const early = { ...body, early: true, grounds: '业绩优秀' }
    expect(await bank.call('POST', '/v1/applications', early, key('k2'))).toMatchObject({
      status: 201,
      body: { id: `${caseId(1)}-2`, procedure: 'transfer', early: true, grounds: '业绩优秀' },
    })
  })
})

describe('withdrawing', () => {
  test('ends the application, whether it is open or returned', async () => {
    const bank = await returned()
    await branchAsked(bank, 2)
    for (const number of [1, 2]) {
      const at = `/v1/applications/${caseId(number)}-1/withdrawal`
      const answer = await bank.call('POST', at, { by: 'F1', reason: '不再需要' })
      expect(answer).toMatchObject({ status: 200, body: { status: 'withdrawn', stage: null } })
    }
  })

  test('is for the filer alone', async () => {
    const bank = await openApi()
    await branchAsked(bank, 1)
    const answer = await bank.call('POST', `${path}/withdrawal`, { by: 'X1', reason: '不再需要' })
    expect(answer).toMatchObject({ status: 422, body: { code: 'not-the-filer', errors: [{ pointer: '/by' }] } })
  })
})

describe('amending', () => {
  test('opens the stage that returned the application again, with what was changed', async () => {
    const bank = await returned()
    expect((await bank.call<ApplicationView>('GET', path)).body).toMatchObject({
      status: 'returned',
      stage: 'branch',
      amendBy: '2025-03-31',
      stages: [{ status: 'returned', reason: '来源不清', decidedBy: 'B1', channel: 'page' }],
    })
    const changes = { source: 'other', sourceNote: '子公司调入', purpose: '培养为钻石客户经理', track: 'diamond' }
    const answer = await bank.call('POST', `${path}/amendment`, { by: 'F1', changes, note: '已补正' })
    expect(answer).toMatchObject({ status: 200, body: { status: 'open', stage: 'branch', note: '已补正' } })
    await bank.states.idle()
    expect(
      (await bank.call<ApplicationView>('GET', path)).body.stages.map(({ round, status }) => [round, status]),
    ).toEqual([
      [1, 'returned'],
      [2, 'open'],
    ])
    expect((await bank.call('GET', `/v1/assistants/${caseId(1)}`)).body).toMatchObject({
      track: 'diamond',
      source: 'other',
      sourceNote: '子公司调入',
      name: 'Assistant A1',
    })
  })

  test.each([
    [{ by: 'X1', changes: {} }, 422, 'not-the-filer', '/by'],
    [{ by: 'F1', changes: { grounds: '优秀' } }, 400, 'not-amendable', '/changes/grounds'],
    [{ by: 'F1', changes: { purpose: '文员' } }, 422, 'clerical-purpose', '/changes/purpose'],
    [{ by: 'F1', changes: { source: 'other' } }, 422, 'source-unexplained', '/changes/sourceNote'],
    [{ by: 'F1', changes: { teamId: 'T9' } }, 422, 'unknown-team', '/changes/teamId'],
    [{ by: 'F1', changes: { centreId: 'C2' } }, 400, 'invalid-request', '/changes/centreId'],
  ])('by %j is refused and changes nothing', async (body, status, code, pointer) => {
    const bank = shared()
    const before = await bank.items()
    const answer = await bank.call('POST', `${path}/amendment`, body)
    expect(answer).toMatchObject({ status, body: { code, errors: [{ pointer }] } })
    expect(await bank.items()).toEqual(before)
  })

  test('what was not returned is refused', async () => {
    const bank = await openApi()
    await branchAsked(bank, 1)
    const answer = await bank.call('POST', `${path}/amendment`, { by: 'F1', changes: {} })
    expect(answer).toMatchObject({ status: 409, body: { code: 'not-returned' } })
  })
})
