import { describe, expect, test } from 'vitest'
import type { System } from '../../functions/adapters/system.ts'
import { executionName, perform } from '../../functions/perform.ts'
import { type AssistantCase, openStageOf, stagesOf } from '../../shared/domain/assistant.ts'
import type { Duty, ResumeWorkflow, SendMail } from '../../shared/domain/duty.ts'
import { applicationIdOf, EmployeeNo } from '../../shared/domain/ids.ts'
import { nextStep } from '../../shared/domain/next-step.ts'
import { organisation, people } from '../support/bank.ts'
import { foundUnfit } from '../support/cases.ts'
import { type TestBank, useEngines } from '../support/engines.ts'
import { branchAsked, caseId, command, decide, done, dutiesAmong, file, load, register } from './support.ts'

const openBank = useEngines()

const id = caseId(1)

/** Someone's approval on the newest stage. */
const approvalOf = (state: AssistantCase, approver: EmployeeNo) =>
  stagesOf(state)
    .at(-1)!
    .asked.find((asked) => asked.approver === approver)!.id

const around = async () => organisation

const setUp = async () => {
  const bank = await openBank()
  await register(bank.system.directory)
  const state = await branchAsked(bank, 1)
  const approval = openStageOf(state)!.asked[0]!
  const request: SendMail = {
    kind: 'send-mail',
    id: 'duty-1',
    assistantId: id,
    notice: 'decision-request',
    to: approval.approver,
    applicationId: applicationIdOf(id, 1),
    approvalId: approval.id,
  }
  return { bank, state, request, sent: bank.mails.length }
}

describe('a mail', () => {
  test('goes to the address on record, with a link that holds the secret in its fragment', async () => {
    const { bank, state, request } = await setUp()
    expect(await perform(bank.system, request, async () => ({ state, organisation: around }), 0)).toMatchObject({
      outcome: { type: 'mailed', mail: { to: { employeeNo: people.branch }, text: expect.stringMatching(/#…$/m) } },
    })
    const secret = await bank.system.secrets.of('approval-link', request.approvalId!)
    expect(bank.mails.at(-1)).toMatchObject({ to: ['b1@bank.test'], headers: { 'x-zhuli-duty': 'duty-1' } })
    expect(bank.mails.at(-1)?.text).toContain(`https://zhuli.bank.test/decide/${request.approvalId}#${secret}\n`)
  })

  test('to the assistant goes to the address that HR filed', async () => {
    const { bank, state, request } = await setUp()
    const notice: SendMail = { ...request, notice: 'took-effect', to: 'assistant', approvalId: null }
    await perform(bank.system, notice, async () => ({ state, organisation: around }), 0)
    expect(bank.mails.at(-1)?.to).toEqual(['a1@bank.test'])
  })

  test('that asks for a decision is not sent any more once there is one', async () => {
    const { bank, request } = await setUp()
    const state = done(await decide(bank.called, id, people.secondBranch, 'approve'))
    const before = bank.mails.length
    expect(await perform(bank.system, request, async () => ({ state, organisation: around }), 0)).toBe('done')
    expect(bank.mails).toHaveLength(before)
  })

  test('to somebody who is not on record is struck off and logged', async () => {
    const { bank, state, request, sent } = await setUp()
    const astray: SendMail = { ...request, to: EmployeeNo.parse('GONE') }
    expect(await perform(bank.system, astray, async () => ({ state, organisation: around }), 0)).toBe('done')
    expect(bank.mails).toHaveLength(sent)
    expect(bank.logged.at(-1)).toEqual({
      message: 'Nobody to mail: the person is not on record.',
      case: caseId(1),
      duty: 'duty-1',
    })
  })
})

describe('resuming the workflow', () => {
  /** A filed case, no execution, and the duty to start one. */
  const filed = async () => {
    const bank = await openBank()
    await register(bank.system.directory)
    const state = await file(bank.called, 1)
    const duty: ResumeWorkflow = {
      kind: 'resume-workflow',
      id: 'duty-1',
      assistantId: id,
      ended: null,
      setback: null,
      next: nextStep(state),
    }
    return { bank, duty, world: async () => ({ state, organisation: around }) }
  }

  test('starts an execution, and stays open until the record shows that it came to its step', async () => {
    const { bank, duty, world } = await filed()
    expect(await perform(bank.system, duty, world, 0)).toBe('open')
    await bank.states.idle()
    const state = await load(bank.system, id)
    expect(openStageOf(state)).not.toBeNull()
    expect(await perform(bank.system, duty, async () => ({ state, organisation: around }), 1)).toBe('done')
    expect(bank.states.executions().map(({ name }) => name)).toEqual([`${id}-1-branch-1-0`])
  })

  test('starts one execution for one try, however often and by however many', async () => {
    const { bank, duty, world } = await filed()
    await Promise.all(Array.from({ length: 5 }, () => perform(bank.system, duty, world, 1)))
    await bank.states.idle()
    await perform(bank.system, duty, world, 1)
    expect(bank.states.executions()).toHaveLength(1)
  })

  test('is left open where there is no workflow to turn to', async () => {
    const { bank, duty, world } = await filed()
    expect(await perform(bank.called, duty, world, 0)).toBe('open')
    expect(bank.states.executions()).toEqual([])
  })

  test('throws what Step Functions throws, so that the duty stays', async () => {
    const { bank, duty, world } = await filed()
    const start = () => Promise.reject(new Error('Step Functions is out of reach.'))
    const faulty: System = { ...bank.system, workflow: { ...bank.system.workflow!, start } }
    await expect(perform(faulty, duty, world, 0)).rejects.toThrow('out of reach')
  })
})

test('the name of an execution fits Step Functions, whatever the case', () => {
  const longest = executionName(id, { applicationId: applicationIdOf(id, 9999), begin: 'branch', round: 999 }, 9999)
  const review = executionName(id, { applicationId: null, begin: 'centre-review', round: 999 }, 'restart')
  for (const name of [longest, review]) expect(name).toMatch(/^[\w-]{1,80}$/)
  expect(review).toBe(`${id}-centre-review-999-restart`)
})

describe('what the audit does not need', () => {
  const isKept = async (bank: TestBank) =>
    (await bank.system.outcomes.of(id)).every((one) => one.type !== 'mailed' || one.mail.text !== null)

  test('is given up by the end that lasted: a case that went on after an earlier one keeps all until then', async () => {
    const { bank } = await setUp()
    const { system, states, clock } = bank
    done(await decide(system, id, people.branch, 'reject', 'No vacancy.'))
    const rejected = approvalOf(await load(system, id), people.branch)
    done(await command(system, id, { type: 'dispute-decision', approvalId: rejected, reason: null }, people.branch))
    done(await decide(system, id, people.hq, 'annul', 'Not theirs.'))
    await states.idle()
    for (const approver of [people.branch, people.hq]) {
      done(await decide(system, id, approver, 'approve'))
      await states.idle()
    }
    clock.moveTo('2025-08-01T01:00:00.000Z')
    done(await command(system, id, foundUnfit, people.branch))
    const [first, last] = dutiesAmong(await bank.items())
      .map(({ duty }) => JSON.parse(String(duty)) as Duty)
      .filter((duty) => duty.kind === 'reduce-case')
      .toSorted((a, b) => a.dueAt.localeCompare(b.dueAt))
    const look = () => Promise.reject(new Error('Nothing is to be looked at.'))
    expect(await perform(system, first!, look, 1)).toBe('done')
    expect(await isKept(bank)).toBe(true)
    expect(await perform(system, last!, look, 1)).toBe('done')
    expect(await isKept(bank)).toBe(false)
  })
})
