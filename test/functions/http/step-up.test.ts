import { describe, expect, test } from 'vitest'
import type { DossierView } from '../../../shared/contracts/decisions.ts'
import { openStageOf } from '../../../shared/domain/assistant.ts'
import { digest } from '../../../functions/adapters/digest.ts'
import { createApp } from '../../../functions/http/app.ts'
import type { Policy } from '../../../shared/domain/policy.ts'
import { policiesOf } from '../../../shared/policy/policies.ts'
import { organisation, people } from '../../support/bank.ts'
import { branchAsked, caseId, load } from '../support.ts'
import { useApi, fetchFrom, issuer } from './client.ts'

const openApi = useApi()

const id = caseId(1)

/** A case that waits for the branch, and the link of its first approver. */
const setUp = async () => {
  const bank = await openApi()
  await branchAsked(bank, 1)
  const [approval] = openStageOf(await load(bank.system, id))!.asked
  const path = `/decide/${approval!.id}`
  const secret = await bank.system.secrets.of('approval-link', approval!.id)
  const code = async () => {
    await bank.call('POST', `${path}/code`, { secret })
    return bank.mails.at(-1)?.text.match(/\b\d{6}\b/)?.[0] ?? ''
  }
  const decide = (given: object) => bank.call('POST', path, { secret, decision: 'approve', ...given })
  return { bank, path, secret, code, decide }
}

const stageNow = async ({ bank }: Awaited<ReturnType<typeof setUp>>) => openStageOf(await load(bank.system, id))?.stage

describe('a decision', () => {
  test('needs the code that was mailed to the registered address', async () => {
    const all = await setUp()
    const { bank, path, secret, decide } = all
    expect(await decide({})).toMatchObject({
      status: 400,
      body: { code: 'code-required', errors: [{ pointer: '/code' }] },
    })
    expect(await bank.call('POST', `${path}/code`, { secret })).toMatchObject({
      status: 200,
      body: { validUntil: '2025-03-03T01:10:00.000Z' },
    })
    const mail = bank.mails.at(-1)
    expect(mail).toMatchObject({ to: ['b1@bank.test'] })
    const [digits] = mail!.text.match(/\b\d{6}\b/) ?? []
    expect(mail?.subject).not.toContain(digits)
    expect(await decide({ code: digits })).toMatchObject({ status: 200 })
    const [event] = (await bank.system.record.events(id, 2, 1)) ?? []
    expect(event).toMatchObject({ type: 'stage-decided', data: { stepUp: 'mail-code' } })
  })

  test('by a wrong, an old or no code changes nothing, and is answered alike', async () => {
    const all = await setUp()
    const { bank, code, decide } = all
    const first = await code()
    await code()
    const answers = [await decide({ code: first }), await decide({ code: 'abc' }), await decide({ code: '' })]
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 400, body: { code: 'wrong-code', errors: [{ pointer: '/code' }] } })
    }
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    bank.clock.pass(10)
    const late = bank.mails.at(-1)?.text.match(/\b\d{6}\b/)?.[0]
    expect(await decide({ code: late })).toMatchObject({ status: 400, body: { code: 'wrong-code' } })
    expect(await stageNow(all)).toBe('branch')
  })

  test('that would be refused anyway uses up no try of the code', async () => {
    const { code, decide } = await setUp()
    const digits = await code()
    for (const _ of [1, 2, 3, 4, 5, 6]) {
      expect(await decide({ code: digits, decision: 'reject' })).toMatchObject({ body: { code: 'reason-required' } })
    }
    expect(await decide({ code: digits })).toMatchObject({ status: 200 })
  })

  test('records the hash of the dossier as it stood when the approver was asked', async () => {
    const { bank, path, secret, code, decide } = await setUp()
    const read = async () => (await bank.call<DossierView>('POST', `${path}/dossier`, { secret })).body
    const before = await read()
    await bank.system.directory.putBranch({ ...organisation.branch, name: 'Renamed branch' })
    expect(await read()).toMatchObject({ facts: before.facts, dossierHash: before.dossierHash })
    await decide({ code: await code() })
    const events = await bank.system.record.events(id, 0, 10)
    const opened = events.find(({ type }) => type === 'stage-opened')
    const decided = events.find(({ type }) => type === 'stage-decided')
    expect(decided).toMatchObject({ data: { dossierHash: before.dossierHash } })
    expect(opened?.type === 'stage-opened' && digest(opened.data.dossier)).toBe(before.dossierHash)
  })

  test('where policy asks for no code may be made without one', async () => {
    const { bank, path, secret } = await setUp()
    const none = (policy: Policy): Policy => ({ ...policy, stepUp: 'none' })
    const { policies } = bank.system
    const system = { ...bank.system, policies: policiesOf(policies.all.map(none)) }
    const app = createApp({ system, authenticate: async () => null, issuer })
    const post = (way: string, body: object) =>
      fetchFrom(app, way, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    expect(await (await post(`${path}/dossier`, { secret })).json()).toMatchObject({ codeNeeded: false })
    expect((await post(path, { secret, decision: 'approve' })).status).toBe(200)
  })
})

describe('the dossier', () => {
  test('tells the working days left, whether a code is needed, and who else was asked', async () => {
    const { bank, path, secret } = await setUp()
    const { body } = await bank.call<DossierView>('POST', `${path}/dossier`, { secret })
    // Monday, and ten working days after it.
    expect(body).toMatchObject({ dueOn: '2025-03-17', workingDaysLeft: 11, codeNeeded: true })
    expect(body.alsoAsked).toEqual([
      { employeeNo: people.secondBranch, name: 'Person B2', onBehalfOf: null, onBehalfOfName: null },
    ])
  })
})

describe('codes', () => {
  test('are mailed five times an hour at most, over HTTP as well', async () => {
    const { bank, path, secret } = await setUp()
    const answers = []
    for (const _ of [1, 2, 3, 4, 5, 6]) answers.push(await bank.call('POST', `${path}/code`, { secret }))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429])
    expect(answers.at(-1)?.headers.get('retry-after')).toBe('3600')
  })

  test('are mailed to nobody without the secret, nor once it is decided', async () => {
    const { bank, path, secret, code, decide } = await setUp()
    const before = bank.mails.length
    for (const wrong of ['x', 'A'.repeat(43)]) {
      expect(await bank.call('POST', `${path}/code`, { secret: wrong })).toMatchObject({
        status: 404,
        body: { code: 'unknown-approval' },
      })
    }
    expect(bank.mails).toHaveLength(before)
    await decide({ code: await code() })
    expect(await bank.call('POST', `${path}/code`, { secret })).toMatchObject({
      status: 409,
      body: { code: 'already-decided', decision: 'approve' },
    })
  })

  test('a thousand wrong secrets and codes change nothing and are answered alike', async () => {
    const all = await setUp()
    const { bank, path, code, decide } = all
    const digits = await code()
    const before = (await bank.items()).filter(({ sk }) => !sk.startsWith('CODE#'))
    const secrets = Array.from({ length: 500 }, (_, index) =>
      Buffer.alloc(32, index).toString('base64url').slice(0, 43),
    )
    const guesses = Array.from({ length: 500 }, (_, index) =>
      String((Number(digits) + 1 + index) % 1_000_000).padStart(6, '0'),
    )
    const shapes = new Set<string>()
    for (const secret of secrets) {
      const { status, text } = await bank.call('POST', path, { secret, decision: 'approve', code: digits })
      shapes.add(`${status} ${text}`)
    }
    expect([...shapes]).toEqual([expect.stringContaining('unknown-approval')])
    shapes.clear()
    for (let at = 0; at < guesses.length; at += 50) {
      const answers = await Promise.all(guesses.slice(at, at + 50).map((guess) => decide({ code: guess })))
      for (const { status, text } of answers) shapes.add(`${status} ${text}`)
    }
    expect([...shapes]).toEqual([expect.stringContaining('wrong-code')])
    expect((await bank.items()).filter(({ sk }) => !sk.startsWith('CODE#'))).toEqual(before)
    // By now the right one is worth nothing either.
    expect(await decide({ code: digits })).toMatchObject({ status: 400, body: { code: 'wrong-code' } })
    expect(await stageNow(all)).toBe('branch')
  })
})
