import { describe, expect, test } from 'vitest'
import type { DisputableView } from '../../../shared/contracts/decisions.ts'
import type { ApplicationView, AssistantView } from '../../../shared/contracts/resources.ts'
import { openStageOf, stagesOf } from '../../../shared/domain/assistant.ts'
import type { EmployeeNo } from '../../../shared/domain/ids.ts'
import { Day } from '../../../shared/domain/time.ts'
import { delegate } from '../../../functions/absence.ts'
import { answer, show } from '../../../functions/answering.ts'
import { createApp } from '../../../functions/http/app.ts'
import { disputeLink } from '../../../functions/mail/links.ts'
import { people } from '../../support/bank.ts'
import { branchAsked, byHr, caseId, decide, done, load, overtakenOnce, trail } from '../support.ts'
import { type ApiBank, fetchFrom, useApi } from './client.ts'

const openApi = useApi()

const id = caseId(1)

/** The way and the body of someone's dispute link about the newest decision. */
const linkOf = async ({ system }: ApiBank, person: EmployeeNo) => {
  const decided = stagesOf(await load(system, id)).findLast(({ decidedBy }) => decidedBy !== null)
  const approval = decided?.asked.find(({ approver }) => approver === decided.decidedBy)
  const { pathname: path, hash } = new URL(await disputeLink(system, approval!.id, person))
  const at = hash.lastIndexOf('.')
  return { path, body: { employeeNo: hash.slice(1, at), secret: hash.slice(at + 1) } }
}

/** A case that the branch has just approved. */
const approved = async () => {
  const bank = await openApi()
  await branchAsked(bank, 1)
  done(await decide(bank.system, id, people.branch, 'approve'))
  await bank.states.idle()
  return bank
}

const post = <Body>(bank: ApiBank, path: string, body: object) =>
  bank.call<Body>('POST', path, body, { authorization: '' })

describe('the receipt of a decision', () => {
  test('leads the decider to what was decided in their name; reading changes nothing', async () => {
    const bank = await approved()
    const receipt = bank.mails.find(({ subject }) => subject.startsWith('【决定回执】'))
    const { path, body } = await linkOf(bank, people.branch)
    expect(receipt?.to).toEqual(['b1@bank.test'])
    expect(receipt?.text).toContain(`https://zhuli.bank.test${path}#B1.${body.secret}\n`)
    const before = await bank.items()
    expect(await post<DisputableView>(bank, `${path}/decision`, body)).toMatchObject({
      status: 200,
      body: {
        decision: 'approve',
        decidedBy: 'B1',
        stage: 'branch',
        disputableUntil: '2025-03-04T01:00:00.000Z',
        dispute: null,
      },
    })
    expect(await bank.items()).toEqual(before)
  })

  test('tells everyone else who was asked, and leads them nowhere', async () => {
    const bank = await approved()
    const told = bank.mails.filter(({ subject }) => subject.startsWith('【已有决定】'))
    expect(told.map(({ to }) => to)).toEqual([['b2@bank.test']])
    expect(told[0]?.text).toContain('Person B1')
    expect(told[0]?.text).not.toMatch(/\/(dispute|decide)\//)
  })

  test('goes to the absent approver too for whom a delegate decided, and both can deny it', async () => {
    const bank = await openApi()
    const absence = { delegate: 'X1', from: '2025-03-03', until: '2025-03-07', reason: '休假' }
    await bank.call('PUT', '/v1/people/B1/delegation', absence)
    await branchAsked(bank, 1)
    const asked = stagesOf(await load(bank.system, id))[0]!.asked.find(({ approver }) => approver === people.outsider)
    const path = `/decide/${asked!.id}`
    const secret = await bank.system.secrets.of('approval-link', asked!.id)
    await post(bank, `${path}/code`, { secret })
    const [code] = bank.mails.at(-1)!.text.match(/\b\d{6}\b/) ?? []
    expect(await post(bank, path, { secret, code, decision: 'approve' })).toMatchObject({ status: 200 })
    const receipts = bank.mails.filter(({ subject }) => subject.startsWith('【决定回执】'))
    expect(receipts.flatMap(({ to }) => to)).toEqual(['x1@bank.test', 'b1@bank.test'])
    for (const person of [people.outsider, people.branch]) {
      const link = await linkOf(bank, person)
      expect((await post(bank, `${link.path}/decision`, link.body)).status).toBe(200)
    }
    const { path: way, body } = await linkOf(bank, people.branch)
    expect(await post(bank, way, body)).toMatchObject({ status: 200, body: { dispute: { disputedBy: 'B1' } } })
  })
})

describe('a dispute', () => {
  test('freezes the case, shows on it, and is told to those concerned; the same again is answered alike', async () => {
    const bank = await approved()
    const { path, body } = await linkOf(bank, people.branch)
    const first = await post<DisputableView>(bank, path, { ...body, reason: '我当时在休假' })
    expect(first).toMatchObject({
      status: 200,
      body: { dispute: { disputedBy: 'B1', effect: 'held-back', status: 'open' } },
    })
    expect((await post(bank, path, body)).text).toBe(first.text)
    await bank.states.idle()
    expect(await trail(bank.system, id)).toEqual([
      'onboarding-filed',
      'stage-opened',
      'stage-decided',
      'stage-opened',
      'decision-disputed',
      'stage-opened',
    ])
    expect((await bank.call<ApplicationView>('GET', `/v1/applications/${id}-1`)).body.disputed).toBe(true)
    expect((await bank.call<AssistantView>('GET', `/v1/assistants/${id}`)).body.disputed).toBe(true)
    const told = bank.mails.filter(({ subject }) => subject.startsWith('【决定有争议】'))
    expect(told.flatMap(({ to }) => to).toSorted((a, b) => a.localeCompare(b))).toEqual(
      ['b1', 'b2', 'f1', 'h1'].map((name) => `${name}@bank.test`),
    )
    const asked = bank.mails.filter(({ subject }) => subject.includes('争议处理'))
    expect(asked.flatMap(({ to }) => to)).toEqual(['q1@bank.test', 'q2@bank.test'])
    // The execution that waited for HQ has ended; nothing is lost with it.
    expect(bank.states.executions().map(({ status }) => status)).toEqual(['SUCCEEDED'])
  })

  test('takes as long a reason as its page lets people write', async () => {
    const bank = await approved()
    const { path, body } = await linkOf(bank, people.branch)
    const [, most] = /<textarea id="reason"[^>]* maxlength="(\d+)"/.exec((await bank.call('GET', path)).text) ?? []
    expect(await post(bank, path, { ...body, reason: '我'.repeat(Number(most)) })).toMatchObject({ status: 200 })
  })

  test('holds up whoever is asked meanwhile: their link says so, and no code is mailed for nothing', async () => {
    const bank = await approved()
    const { asked } = openStageOf(await load(bank.system, id))!
    const [approval] = asked
    const secret = await bank.system.secrets.of('approval-link', approval!.id)
    const { path, body } = await linkOf(bank, people.branch)
    await post(bank, path, body)
    const before = await bank.items()
    for (const way of ['/dossier', '/code', '']) {
      const decision = way === '' ? { decision: 'approve' } : {}
      expect(await post(bank, `/decide/${approval!.id}${way}`, { secret, ...decision }), way).toMatchObject({
        status: 409,
        body: { code: 'frozen' },
      })
    }
    expect(await bank.items()).toEqual(before)
  })

  test.each([
    ['upheld', 'uphold', ['branch 1 approved', 'hq 1 approved']],
    ['annulled', 'annul', ['branch 1 annulled', 'hq 1 closed', 'branch 2 approved', 'hq 2 approved']],
  ] as const)('that is %s: the case goes on to its effect', async (_, settlement, stages) => {
    const bank = await approved()
    const { path, body } = await linkOf(bank, people.branch)
    await post(bank, path, body)
    await bank.states.idle()
    done(await decide(bank.system, id, people.secondHq, settlement, 'Looked into it.'))
    await bank.states.idle()
    if (settlement === 'annul') {
      done(await decide(bank.system, id, people.secondBranch, 'approve'))
      await bank.states.idle()
    }
    done(await decide(bank.system, id, people.hq, 'approve'))
    await bank.states.idle()
    const state = await load(bank.system, id)
    expect(state.status).toBe('on-post')
    expect(state.applications[0]?.stages.map(({ stage, round, status }) => `${stage} ${round} ${status}`)).toEqual(
      stages,
    )
  })

  test('after the effect takes the assistant off the post when it is annulled', async () => {
    const bank = await approved()
    done(await decide(bank.system, id, people.hq, 'approve'))
    await bank.states.idle()
    const { path, body } = await linkOf(bank, people.hq)
    expect(await post(bank, path, body)).toMatchObject({ status: 200, body: { dispute: { effect: 'begun' } } })
    done(await decide(bank.system, id, people.secondHq, 'annul', 'Not theirs.'))
    await bank.states.idle()
    expect(await load(bank.system, id)).toMatchObject({
      status: 'candidate',
      applications: [{ stage: 'hq', round: 2 }],
    })
    expect((await bank.items()).filter(({ sk }) => sk === 'REVIEW')).toEqual([])
    expect((await bank.call<{ items: unknown[] }>('GET', '/v1/assistants?status=candidate')).body.items).toHaveLength(1)
  })

  test('of a rejection can not bring back a case while another one has the post', async () => {
    const bank = await openApi()
    await branchAsked(bank, 1)
    done(await decide(bank.system, id, people.branch, 'reject', 'No vacancy.'))
    const { path, body } = await linkOf(bank, people.branch)
    await post(bank, path, body)
    const { particulars } = await load(bank.system, id)
    await bank.call(
      'POST',
      '/v1/applications',
      {
        procedure: 'onboarding',
        assistant: {
          employeeNo: particulars.employeeNo,
          name: 'Again',
          email: 'again@bank.test',
          track: 'diamond',
          source: 'sub-branch-transfer',
          centreId: 'C1',
        },
        purpose: '培养为钻石客户经理',
        filedBy: 'F1',
      },
      { 'idempotency-key': 'again' },
    )
    const before = await load(bank.system, id)
    expect(await decide(bank.system, id, people.hq, 'annul', 'Not theirs.')).toMatchObject({
      type: 'refused',
      refusal: { refused: 'already-live' },
    })
    // On the page, too, the approver hears why.
    const asked = openStageOf(before)!.asked.find(({ approver }) => approver === people.hq)!.id
    const shown = await show(bank.system, asked, await bank.system.secrets.of('approval-link', asked))
    const annulment = { decision: 'annul', reason: 'Not theirs.', stepUp: 'mail-code', channel: 'page' } as const
    expect(await answer(bank.system, shown!, annulment)).toMatchObject({ refusal: { refused: 'already-live' } })
    expect(await load(bank.system, id)).toEqual(before)
    done(await decide(bank.system, id, people.hq, 'uphold'))
    expect((await load(bank.system, id)).status).toBe('not-appointed')
  })

  test('asks the delegate of an approver who says meanwhile that they are away', async () => {
    const bank = await approved()
    done(await decide(bank.system, id, people.hq, 'approve'))
    await bank.states.idle()
    const { path, body } = await linkOf(bank, people.hq)
    const days = { from: Day.parse('2025-03-03'), until: Day.parse('2025-03-07') }
    const slow = overtakenOnce(bank.system, () =>
      delegate(bank.system, people.secondHq, { delegate: people.outsider, reason: 'Away', ...days }, byHr),
    )
    const app = createApp({ system: slow, authenticate: async () => null })
    const given = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    expect((await fetchFrom(app, path, given)).status).toBe(200)
    expect(openStageOf(await load(bank.system, id))).toMatchObject({
      stage: 'dispute',
      asked: [{ approver: people.secondHq }, { approver: people.outsider }],
    })
  })

  test('comes too late after a day', async () => {
    const bank = await approved()
    const { path, body } = await linkOf(bank, people.branch)
    bank.clock.pass(24 * 60 + 1)
    expect(await post(bank, path, body)).toMatchObject({ status: 409, body: { code: 'dispute-too-late' } })
  })

  test('by whoever lacks the secret learns and changes nothing', async () => {
    const bank = await approved()
    const { path, body } = await linkOf(bank, people.branch)
    const other = await linkOf(bank, people.hq)
    const before = await bank.items()
    const answers = []
    for (const wrong of [
      { ...body, secret: 'x' },
      { ...body, employeeNo: 'B2' },
      { ...other.body, employeeNo: 'B1' },
    ]) {
      for (const way of [path, `${path}/decision`, '/dispute/00000001zzz', '/dispute/00000099001']) {
        answers.push(await post(bank, way, wrong))
      }
    }
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(answers[0]).toMatchObject({ status: 404, body: { code: 'unknown-approval' } })
    // A link that is right but for someone in whose name nothing was decided.
    expect(await post(bank, other.path, other.body)).toMatchObject({ status: 404 })
    expect(await bank.items()).toEqual(before)
  })
})
