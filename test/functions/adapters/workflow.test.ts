import { describe, expect, test } from 'vitest'
import { createWorkflow, type Workflow } from '../../../functions/adapters/workflow.ts'
import { workflowErrors } from '../../../shared/contracts/workflow.ts'
import { openStageOf } from '../../../shared/domain/assistant.ts'
import { nextStep } from '../../../shared/domain/next-step.ts'
import { workflowInput } from '../../../functions/perform.ts'
import { type TestBank, useEngines } from '../../support/engines.ts'
import { branchAsked, caseId, load, register } from '../support.ts'

const openBank = useEngines()

/** A bank in which a branch has been asked, the conductor, and the token that waits. */
const setUp = async () => {
  const bank = await openBank()
  await register(bank.system.directory)
  const state = await branchAsked(bank, 1)
  const { applicationId, stage, round } = openStageOf(state)!
  const [token] = await bank.system.record.tokens(state.id, { applicationId, stage, round })
  return { bank, token: token!, input: workflowInput(state.id, nextStep(state)!), workflow: bank.system.workflow! }
}

const running = ({ states }: TestBank) => states.executions().filter(({ status }) => status === 'RUNNING')

describe('starting', () => {
  test('an execution under a name that was used before leaves that one alone', async () => {
    const { bank, input, workflow } = await setUp()
    await workflow.start('again', input)
    await bank.states.idle()
    await workflow.start('again', input)
    await workflow.start('again', { ...input, begin: 'hq' })
    expect(running(bank).filter(({ name }) => name === 'again')).toHaveLength(1)
  })

  test('an execution of a state machine that does not exist throws', async () => {
    const { input, bank } = await setUp()
    const astray = createWorkflow({
      ...bank.variables,
      STATE_MACHINE_ARN: 'arn:local:states:local:0:stateMachine:none',
    })
    await expect(astray.start('one', input)).rejects.toThrow('Does Not Exist')
  })
})

describe('answering a task', () => {
  test('lets the execution go on to the next step, once', async () => {
    const { bank, token, input, workflow } = await setUp()
    const { name } = running(bank)[0]!
    expect(await workflow.succeed(token, { ...input, begin: 'hq' })).toBe(true)
    expect(await workflow.succeed(token, { ...input, begin: 'hq' })).toBe(false)
    await bank.states.idle()
    expect(bank.states.history(name)).toContain('HqApproval')
  })

  test.each(Object.values(workflowErrors).filter((name) => name !== 'BelowStandard'))(
    'by %s ends the execution as the regulation provides, not as a failure',
    async (error) => {
      const { bank, token, workflow } = await setUp()
      const { name } = running(bank)[0]!
      expect(await workflow.fail(token, error)).toBe(true)
      await bank.states.idle()
      expect(running(bank)).toEqual([])
      expect(bank.states.executions()[0]?.status).toBe('SUCCEEDED')
      expect(bank.states.history(name)).toHaveLength(3)
    },
  )

  const gone: readonly (readonly [string, (parts: { bank: TestBank; token: string }) => Promise<string>])[] = [
    ['that nobody gave out', async () => 'A'.repeat(43)],
    ['that is none', async () => 'no token'],
    [
      'of an execution that was stopped',
      async ({ bank, token }) => {
        await bank.states.stopAll()
        return token
      },
    ],
  ]
  test.each(gone)('under a token %s says that nothing waits', async (_, tokenOf) => {
    const { bank, token, input, workflow } = await setUp()
    const dead = await tokenOf({ bank, token })
    const answers: readonly ((flow: Workflow) => Promise<boolean>)[] = [
      (flow) => flow.succeed(dead, input),
      (flow) => flow.fail(dead, 'Rejected'),
    ]
    for (const answer of answers) expect(await answer(workflow)).toBe(false)
  })
})

test('the token of a waiting stage is kept with the case', async () => {
  const { bank, token } = await setUp()
  expect(token).toMatch(/^[\w-]{43}$/)
  expect((await load(bank.system, caseId(1))).status).toBe('candidate')
})
