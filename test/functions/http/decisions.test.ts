import { describe, expect, test } from 'vitest'
import type { DossierView, ReceiptView } from '../../../shared/contracts/decisions.ts'
import { openStageOf } from '../../../shared/domain/assistant.ts'
import { applicationIdOf, type EmployeeNo } from '../../../shared/domain/ids.ts'
import { sweepDue } from '../../../functions/sweep-due.ts'
import { organisation, people } from '../../support/bank.ts'
import { branchAsked, caseId, command, done, load, trail, trainedOnPost } from '../support.ts'
import { type ApiBank, useApi } from './client.ts'

const openApi = useApi()

const id = caseId(1)

/** The way of an approver's link, and the secret behind it. */
const linkOf = async ({ system }: ApiBank, approver: EmployeeNo, number = 1) => {
  const asked = openStageOf(await load(system, caseId(number)))?.asked.find(
    (approval) => approval.approver === approver,
  )
  if (asked === undefined) throw new Error(`${approver} was not asked.`)
  return {
    approvalId: asked.id,
    path: `/decide/${asked.id}`,
    secret: await system.secrets.of('approval-link', asked.id),
  }
}

/** Has a code mailed, and reads it. */
const codeFor = async (bank: ApiBank, { path, secret }: { readonly path: string; readonly secret: string }) => {
  const { status } = await bank.call('POST', `${path}/code`, { secret })
  if (status !== 200) throw new Error(`Asking for a code was answered ${status}.`)
  return bank.mails.at(-1)?.text.match(/\b\d{6}\b/)?.[0] ?? ''
}

const setUp = async () => {
  const bank = await openApi()
  await branchAsked(bank, 1)
  const first = await linkOf(bank, people.branch)
  const second = await linkOf(bank, people.secondBranch)
  const post = <Body>(path: string, body: object) => bank.call<Body>('POST', path, body, { authorization: '' })
  /** Decides as the page does: with a code from the mailbox, where one is asked for. */
  const decide = async ({ path, secret }: typeof first, decision: string, more: object = {}) => {
    const given = { secret, decision, ...more }
    const answer = await post<ReceiptView & { readonly code: string }>(path, given)
    return answer.body.code === 'code-required'
      ? post<ReceiptView & { readonly code: string }>(path, { ...given, code: await codeFor(bank, { path, secret }) })
      : answer
  }
  return { bank, first, second, decide }
}

describe('the dossier', () => {
  test('shows what is asked, in the language of the reader, and changes nothing', async () => {
    const { bank, first } = await setUp()
    const before = await bank.items()
    const answer = await bank.call<DossierView>(
      'POST',
      `${first.path}/dossier`,
      { secret: first.secret },
      { authorization: '' },
    )
    expect(answer).toMatchObject({
      status: 200,
      body: {
        approvalId: first.approvalId,
        stage: 'branch',
        applicationId: `${id}-1`,
        assistant: { id, employeeNo: 'A1', name: 'Assistant A1', centreId: 'C1', branchId: 'BR1' },
        allowed: ['approve', 'reject', 'return'],
        reasonNeeded: ['reject', 'return'],
        dueOn: '2025-03-17',
        article: '7',
      },
    })
    expect(answer.body.facts).toContainEqual({ label: 'Filed by', value: 'Person F1' })
    const chinese = await bank.call<DossierView>(
      'POST',
      `${first.path}/dossier`,
      { secret: first.secret },
      { 'accept-language': 'zh-CN' },
    )
    expect(chinese.body.facts).toContainEqual({ label: '来源', value: '大学生定向培养' })
    expect(await bank.items()).toEqual(before)
  })

  test('of HQ shows what the branch decided, and why', async () => {
    const { bank, first, decide } = await setUp()
    await decide(first, 'approve', { reason: '人岗相宜' })
    await bank.states.idle()
    const { path, secret } = await linkOf(bank, people.hq)
    const { body } = await bank.call<DossierView>('POST', `${path}/dossier`, { secret })
    expect(body.stage).toBe('hq')
    const value = 'approve · Person B1 · 人岗相宜'
    expect(body.facts).toContainEqual({ label: 'branch approval (1)', value })
  })

  test('of a decided stage says who decided what and when', async () => {
    const { bank, first, second, decide } = await setUp()
    await decide(first, 'reject', { reason: '编制已满' })
    const known = { decision: 'reject', decidedBy: 'B1', decidedAt: '2025-03-03T01:00:00.000Z', channel: 'page' }
    expect(await bank.call('POST', `${second.path}/dossier`, { secret: second.secret })).toMatchObject({
      status: 409,
      body: { code: 'already-decided', ...known },
    })
  })
})

test('whoever lacks the secret learns nothing: not whether the approval exists, and not whether it is decided', async () => {
  const { bank, first, second, decide } = await setUp()
  const before = await bank.items()
  const guesses = async () => {
    const answers = []
    for (const path of [first.path, '/decide/00000001zzz', '/decide/00000099001']) {
      for (const secret of ['x', second.secret, 'A'.repeat(43)]) {
        answers.push(await bank.call('POST', `${path}/dossier`, { secret }))
        answers.push(await bank.call('POST', path, { secret, decision: 'approve' }))
      }
    }
    return new Set(answers.map(({ status, text, headers }) => JSON.stringify([status, text, [...headers]])))
  }
  const [open] = [...(await guesses())]
  expect(await guesses()).toEqual(new Set([open]))
  expect(open).toContain('404')
  expect(await bank.items()).toEqual(before)
  await decide(first, 'approve')
  expect(await guesses()).toEqual(new Set([open]))
})

describe('deciding', () => {
  test('answers with a receipt; the same decision again gets the same one and no other effect', async () => {
    const { bank, first, decide } = await setUp()
    const receipt = await decide(first, 'return', { reason: '来源不清' })
    expect(receipt).toMatchObject({ status: 200 })
    expect(receipt.body).toEqual({
      approvalId: first.approvalId,
      decision: 'return',
      decidedBy: 'B1',
      onBehalfOf: null,
      decidedAt: '2025-03-03T01:00:00.000Z',
      channel: 'page',
    })
    await bank.states.idle()
    const before = await bank.items()
    bank.clock.pass(60)
    for (const reason of ['来源不清', '别的理由', null]) {
      const again = await decide(first, 'return', { reason })
      expect([again.status, again.text]).toEqual([200, receipt.text])
    }
    expect(await bank.items()).toEqual(before)
  })

  test('by two clicks at once gets the same receipt twice', async () => {
    const { bank, first, decide } = await setUp()
    const code = await codeFor(bank, first)
    const answers = await Promise.all([1, 2, 3, 4].map(() => decide(first, 'approve', { code })))
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect((await trail(bank.system, id)).filter((type) => type === 'stage-decided')).toHaveLength(1)
  })

  test('otherwise, or after a colleague, is told who decided what and when', async () => {
    const { first, second, decide } = await setUp()
    await decide(first, 'approve')
    const known = {
      decision: 'approve',
      decidedBy: 'B1',
      onBehalfOf: null,
      decidedAt: '2025-03-03T01:00:00.000Z',
      channel: 'page',
    }
    const tries = [
      await decide(first, 'reject', { reason: '反悔' }),
      await decide(second, 'reject', { reason: '编制已满' }),
      await decide(second, 'approve'),
    ]
    for (const late of tries) expect(late).toMatchObject({ status: 409, body: { code: 'already-decided', ...known } })
    expect(tries[0]?.text).toContain('Person B1')
    expect(tries[0]?.text).toContain('2025-03-03 09:00')
  })

  test.each([
    ['reject', {}, 400, 'reason-required', '/reason'],
    ['return', { reason: '' }, 400, 'reason-required', '/reason'],
    ['reject', { reason: null }, 400, 'reason-required', '/reason'],
    ['qualified', {}, 400, 'decision-not-allowed', '/decision'],
  ])('%s with %j is refused and nothing is decided', async (decision, more, status, code, pointer) => {
    const { bank, first, decide } = await setUp()
    const before = await bank.items()
    expect(await decide(first, decision, more)).toMatchObject({ status, body: { code, errors: [{ pointer }] } })
    expect(await bank.items()).toEqual(before)
  })

  test('by a link whose application was withdrawn leads nowhere', async () => {
    const { bank, first, decide } = await setUp()
    const withdrawal = { type: 'withdraw', applicationId: applicationIdOf(id, 1), reason: '不再需要' } as const
    done(await command(bank.system, id, withdrawal))
    expect(await decide(first, 'approve')).toMatchObject({ status: 404, body: { code: 'unknown-approval' } })
    const dossier = await bank.call('POST', `${first.path}/dossier`, { secret: first.secret })
    expect(dossier).toMatchObject({ status: 404, body: { code: 'unknown-approval' } })
  })

  test('by a link of an earlier round is told of that round', async () => {
    const { bank, first, decide } = await setUp()
    await decide(first, 'return', { reason: '来源不清' })
    const amendment = { by: 'F1', changes: { purpose: '培养为私钻客户经理' } }
    await bank.call('POST', `/v1/applications/${id}-1/amendment`, amendment)
    await bank.states.idle()
    expect(await decide(first, 'approve')).toMatchObject({ status: 409, body: { decision: 'return' } })
    expect(openStageOf(await load(bank.system, id))).toMatchObject({ round: 2, decision: null })
  })

  test('is for those alone who are approvers at that moment', async () => {
    const { bank, first, decide } = await setUp()
    await bank.system.directory.putBranch({ ...organisation.branch, approvers: [people.secondBranch] })
    expect(await decide(first, 'approve')).toMatchObject({
      status: 404,
      body: { code: 'unknown-approval' },
    })
    for (const way of ['dossier', 'code']) {
      const answer = await bank.call('POST', `${first.path}/${way}`, { secret: first.secret })
      expect(answer, way).toMatchObject({ status: 404, body: { code: 'unknown-approval' } })
    }
    expect(bank.mails.filter(({ text }) => /\b\d{6}\b/.test(text))).toEqual([])
  })

  test('for someone who is absent names both on the receipt', async () => {
    const bank = await openApi()
    const delegation = { delegate: 'X1', from: '2025-03-03', until: '2025-03-07', reason: '休假' }
    await bank.call('PUT', '/v1/people/B1/delegation', delegation)
    await branchAsked(bank, 1)
    const { path, secret } = await linkOf(bank, people.outsider)
    const { body } = await bank.call<DossierView>('POST', `${path}/dossier`, { secret })
    expect(body.facts.map(({ value }) => value)).toContain('Person B1')
    const code = await codeFor(bank, { path, secret })
    const receipt = await bank.call('POST', path, { secret, code, decision: 'approve' })
    expect(receipt).toMatchObject({ status: 200, body: { decidedBy: 'X1', onBehalfOf: 'B1' } })
    const again = await bank.call('POST', path, { secret, decision: 'approve' })
    expect(again.text).toBe(receipt.text)
  })

  test('the review: below the standard only once the year is over, qualified leads to the transfer', async () => {
    const bank = await openApi()
    const { reviewCallAt } = await trainedOnPost(bank, 1)
    bank.clock.moveTo(reviewCallAt!)
    await sweepDue(bank.system, () => true)
    await bank.states.idle()
    const { path, secret } = await linkOf(bank, people.head)
    const dossier = await bank.call<DossierView>('POST', `${path}/dossier`, { secret })
    expect(dossier.body).toMatchObject({
      stage: 'centre-review',
      allowed: ['qualified'],
      article: '4',
      dueOn: '2026-03-03',
    })
    expect(dossier.body).not.toHaveProperty('applicationId')
    const early = { secret, decision: 'below-standard', reason: '未达标' }
    expect(await bank.call('POST', path, early)).toMatchObject({
      status: 422,
      body: { code: 'review-not-due', article: '9' },
    })
    const code = await codeFor(bank, { path, secret })
    expect(await bank.call('POST', path, { secret, code, decision: 'qualified' })).toMatchObject({ status: 200 })
    await bank.states.idle()
    expect((await load(bank.system, id)).applications[1]).toMatchObject({ procedure: 'transfer', filedBy: 'H1' })
  })
})
