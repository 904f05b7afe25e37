import { PutItemCommand } from '@aws-sdk/client-dynamodb'
import { expect } from 'vitest'
import type { Directory } from '../../functions/adapters/directory.ts'
import { dutyItem } from '../../functions/adapters/items.ts'
import type { System } from '../../functions/adapters/system.ts'
import { execute, type Outcome } from '../../functions/execute.ts'
import { type AssistantCase, openStageOf } from '../../shared/domain/assistant.ts'
import type { Origin } from '../../shared/domain/context.ts'
import type { Duty } from '../../shared/domain/duty.ts'
import { type Day, dayOf, type Instant } from '../../shared/domain/time.ts'
import type { Command } from '../../shared/domain/commands.ts'
import type { Actor, Channel, Decision } from '../../shared/domain/events.ts'
import { AssistantId, EmployeeNo } from '../../shared/domain/ids.ts'
import { onboarding, organisation, particulars, people } from '../support/bank.ts'
import { passing, planning } from '../support/cases.ts'
import type { Mail } from '../../infra/local/mailbox.ts'
import type { StoredItem, TestBank } from '../support/engines.ts'

/** Registers the made-up bank as HR would. */
export const register = async (directory: Directory): Promise<void> => {
  const { centre, branch, hq } = organisation
  await Promise.all([
    ...[...organisation.people.values()].map((person) =>
      directory.putPerson({ ...person, post: 'staff', centreId: null, teamId: null }),
    ),
    directory.putHq(hq),
    directory.putBranch(branch),
    directory.putCentre({ id: centre.id, name: centre.name, branchId: branch.id, head: people.head, teams: [] }),
  ])
}

/** Puts a duty on record as a commit does, due at a time of the test's. */
export const putDuty = async ({ client, variables }: TestBank, duty: Duty, dueAt: Instant): Promise<void> => {
  await client.send(new PutItemCommand({ TableName: variables['TABLE_NAME'], Item: dutyItem(duty, dueAt) }))
}

/** A fixed id of a case: the number, in the alphabet of ids. */
export const caseId = (number: number): AssistantId => AssistantId.parse(String(number).padStart(8, '0'))

export const employee = (number: number): EmployeeNo => EmployeeNo.parse(`A${number}`)

const by = (actor: Actor, channel: Channel) => ({
  by: actor,
  onBehalfOf: null,
  channel,
  client: channel === 'api' ? 'hr-demo' : null,
})

export const filing = (assistantId: AssistantId, employeeNo: EmployeeNo) => ({
  assistantId,
  command: { ...onboarding, assistantId, particulars: { ...particulars, employeeNo } },
  origin: by(people.filer, 'api'),
})

/** Files an onboarding; the workflow is started with it. */
export const file = async (system: System, number: number): Promise<AssistantCase> =>
  done(await execute(system, filing(caseId(number), employee(number))))

/** What an order came to. @throws where it was refused */
export const done = (outcome: Outcome): AssistantCase => {
  if (outcome.type !== 'done') throw new Error(`Not done: ${JSON.stringify(outcome)}`)
  return outcome.state
}

export const command = (system: System, assistantId: AssistantId, given: Command, actor: Actor = people.filer) =>
  execute(system, {
    assistantId,
    command: given,
    origin: by(actor, given.type === 'decide-stage' ? 'page' : actor === 'system' ? 'workflow' : 'api'),
  })

export const load = async (system: System, assistantId: AssistantId): Promise<AssistantCase> => {
  const state = await system.record.load(assistantId)
  if (state === null) throw new Error(`There is no case ${assistantId}.`)
  return state
}

/** Answers the open stage of a case for one of its approvers. */
export const decide = async (
  system: System,
  assistantId: AssistantId,
  approver: EmployeeNo,
  decision: Decision,
  reason: string | null = null,
): Promise<Outcome> => {
  const asked = openStageOf(await load(system, assistantId))?.asked.find((approval) => approval.approver === approver)
  if (asked === undefined) throw new Error(`${approver} was not asked.`)
  return command(
    system,
    assistantId,
    { type: 'decide-stage', stepUp: 'mail-code', approvalId: asked.id, decision, reason },
    approver,
  )
}

/** Files an application and waits until the branch has been asked. */
export const branchAsked = async ({ system, states }: TestBank, number: number): Promise<AssistantCase> => {
  await file(system, number)
  await states.idle()
  return load(system, caseId(number))
}

export const hqAsked = async (bank: TestBank, number: number): Promise<AssistantCase> => {
  await branchAsked(bank, number)
  done(await decide(bank.system, caseId(number), people.branch, 'approve'))
  await bank.states.idle()
  return load(bank.system, caseId(number))
}

export const onPost = async (bank: TestBank, number: number): Promise<AssistantCase> => {
  await hqAsked(bank, number)
  done(await decide(bank.system, caseId(number), people.hq, 'approve'))
  await bank.states.idle()
  const state = await load(bank.system, caseId(number))
  expect(state.status).toBe('on-post')
  return state
}

/** Makes a plan for someone on the post, and every item of it passed. */
export const train = async ({ system }: TestBank, number: number): Promise<AssistantCase> => {
  const { onPostSince } = await load(system, caseId(number))
  const since = onPostSince as Day
  for (const given of [...planning(since), ...passing(since, dayOf(system.now(), system.zone))])
    done(await command(system, caseId(number), given, people.head))
  return load(system, caseId(number))
}

export const trainedOnPost = async (bank: TestBank, number: number): Promise<AssistantCase> => {
  await onPost(bank, number)
  return train(bank, number)
}

/** The addresses that mails went to, in alphabetical order. */
export const recipients = (mails: readonly Mail[]): readonly string[] => mails.flatMap(({ to }) => to).toSorted()

/** The duties among the items of the table that are still to be done. */
export const dutiesAmong = (items: readonly StoredItem[]): readonly StoredItem[] =>
  items.filter(({ sk, duePartition }) => sk.startsWith('DUTY#') && duePartition !== undefined)

/** The types of the events of a case, in order. */
export const trail = async (system: System, assistantId: AssistantId): Promise<readonly string[]> =>
  (await system.record.events(assistantId, 0, 200)).map(({ type }) => type)

/** The system with something else that comes before its first commit. */
export const overtakenOnce = (system: System, overtake: () => Promise<unknown>): System => {
  let first: Promise<unknown> | null = null
  const commit: System['record']['commit'] = async (...commits) => {
    first ??= overtake()
    await first
    return system.record.commit(...commits)
  }
  return { ...system, record: { ...system.record, commit } }
}

/** Done by HR's system, which names nobody. */
export const byHr: Origin = { by: 'system', onBehalfOf: null, channel: 'api', client: 'hr-demo' }
