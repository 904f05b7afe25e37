import { expect, test } from 'vitest'
import { execute } from '../../functions/execute.ts'
import { liveDispute, openStageOf, stagesOf } from '../../shared/domain/assistant.ts'
import { EmployeeNo } from '../../shared/domain/ids.ts'
import { organisation } from '../support/bank.ts'
import { type TestBank, useEngines } from '../support/engines.ts'
import { branchAsked, caseId, decide, done, load, register } from './support.ts'

const openBank = useEngines()

const id = caseId(1)
const numbers = (letter: string) => Array.from({ length: 15 }, (_, index) => EmployeeNo.parse(`${letter}${index}`))
const [branchApprovers, hqApprovers] = [numbers('BB'), numbers('QQ')]

/** A bank whose branch and HQ have as many approvers as they can. */
const crowded = async (): Promise<TestBank> => {
  const bank = await openBank()
  const { directory } = bank.system
  await register(directory)
  for (const employeeNo of [...branchApprovers, ...hqApprovers]) {
    const email = `${employeeNo.toLowerCase()}@bank.test`
    await directory.putPerson({
      employeeNo,
      name: employeeNo,
      email,
      locale: 'en',
      post: 'staff',
      centreId: null,
      teamId: null,
    })
  }
  await directory.putBranch({ ...organisation.branch, approvers: branchApprovers })
  await directory.putHq({ ...organisation.hq, approvers: hqApprovers })
  return bank
}

test('DynamoDB takes every step of the largest bank there can be, the settlement of a dispute among them', async () => {
  const bank = await crowded()
  await branchAsked(bank, 1)
  done(await decide(bank.system, id, branchApprovers[0]!, 'approve'))
  await bank.states.idle()
  const decided = stagesOf(await load(bank.system, id))[0]!
  const { id: approvalId } = decided.asked.find(({ approver }) => approver === decided.decidedBy)!
  done(
    await execute(bank.system, {
      assistantId: id,
      command: { type: 'dispute-decision', approvalId, reason: null },
      origin: { by: branchApprovers[0]!, onBehalfOf: null, channel: 'page', client: null },
    }),
  )
  expect(openStageOf(await load(bank.system, id))?.asked).toHaveLength(15)
  // It takes everyone's waiting list back to HQ's own stage, and tells both units.
  done(await decide(bank.system, id, hqApprovers[1]!, 'uphold'))
  const state = await load(bank.system, id)
  expect(liveDispute(state)).toBeNull()
  expect(openStageOf(state)).toMatchObject({ stage: 'hq', asked: { length: 15 } })
})
