import { expect, test } from 'vitest'
import { execute } from '../../functions/execute.ts'
import { handOver } from '../../functions/hand-over.ts'
import { assignClients } from '../../functions/portfolio.ts'
import { sweepDue } from '../../functions/sweep-due.ts'
import { liveDispute, openStageOf, stagesOf } from '../../shared/domain/assistant.ts'
import { ClientId, EmployeeNo } from '../../shared/domain/ids.ts'
import { organisation, people } from '../support/bank.ts'
import { foundUnfit } from '../support/cases.ts'
import { type TestBank, useEngines } from '../support/engines.ts'
import { branchAsked, caseId, command, decide, done, employee, load, register } from './support.ts'

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

test('DynamoDB takes the last hand-over of an exit that everyone was told of, to an assistant who comes near the cap', async () => {
  const bank = await crowded()
  const { system } = bank
  const onPost = async (number: number) => {
    await branchAsked(bank, number)
    done(await decide(system, caseId(number), branchApprovers[0]!, 'approve'))
    await bank.states.idle()
    done(await decide(system, caseId(number), hqApprovers[0]!, 'approve'))
    await bank.states.idle()
  }
  await onPost(1)
  await onPost(2)
  const origin = { by: people.head, onBehalfOf: null, channel: 'api', client: 'hr-demo' } as const
  const clients = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => ClientId.parse(`K${from + index}`))
  const assigned = { mode: 'all-or-nothing', origin } as const
  await assignClients(system, { assistantId: id, clientIds: clients(1, 20), ...assigned })
  await assignClients(system, { assistantId: caseId(2), clientIds: clients(101, 115), ...assigned })
  done(await command(system, id, foundUnfit, people.branch))
  await bank.states.idle()
  // It goes up to the branch, and to HQ.
  for (const day of ['2025-03-11', '2025-03-18']) {
    bank.clock.moveTo(`${day}T01:00:00.000Z`)
    await sweepDue(system, () => true)
  }
  expect(openStageOf(await load(system, id))?.told).toHaveLength(30)
  const namings = clients(1, 20).map((clientId) => ({ clientId, to: employee(2) }))
  expect(await handOver(system, { assistantId: id, namings, approvalId: null, origin })).toMatchObject({
    type: 'done',
    state: { status: 'exited' },
  })
  expect((await load(system, caseId(2))).portfolio).toHaveLength(35)
})
