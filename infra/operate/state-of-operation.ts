import { CloudWatchClient, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch'
import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn'
import { isDuty } from '../../functions/adapters/duties.ts'
import type { System } from '../../functions/adapters/system.ts'
import { longestPause } from '../../shared/contracts/metrics.ts'
import { openStageOf } from '../../shared/domain/assistant.ts'
import type { AssistantId } from '../../shared/domain/ids.ts'
import { nextStep } from '../../shared/domain/next-step.ts'
import { addMinutes, type Instant } from '../../shared/domain/time.ts'
import { countDeadLetters } from './dead-letters.ts'
import { type DeployedStack, OperationError } from './deployed-stack.ts'

/** How much of each list is shown: whoever is called needs the first of them. */
const shown = 10

const raisedAlarms = async (stack: DeployedStack): Promise<readonly string[]> => {
  const names = new Set(stack.all('AWS::CloudWatch::Alarm').map(({ name }) => name))
  const raised: string[] = []
  for await (const page of paginateDescribeAlarms({ client: new CloudWatchClient({}) }, { StateValue: 'ALARM' }))
    for (const { AlarmName = '', AlarmDescription = '' } of page.MetricAlarms ?? [])
      if (names.has(AlarmName)) raised.push(AlarmDescription)
  return raised
}

/** Of each of them the alarm on failed executions is raised; a list is of one. */
const failures = ['FAILED', 'TIMED_OUT', 'ABORTED'] as const

/** The last ones, the newest first. */
export const failedExecutions = async (stack: DeployedStack): Promise<readonly string[]> => {
  const stateMachineArn = stack.one('AWS::StepFunctions::StateMachine')
  const sfn = new SFNClient({})
  const lists = await Promise.all(
    failures.map((statusFilter) =>
      sfn.send(new ListExecutionsCommand({ stateMachineArn, statusFilter, maxResults: shown })),
    ),
  )
  return lists
    .flatMap(({ executions = [] }) => executions)
    .map(({ name = '', status = '', stopDate }) => ({ name, status, at: stopDate?.toISOString() ?? '' }))
    .toSorted((a, b) => b.at.localeCompare(a.at))
    .slice(0, shown)
    .map(({ name, status, at }) => `${name} ${status} ${at}`)
}

/** Entries that are looked through for the oldest. */
const lookedThrough = 1000

/** What is due, what was put off among it, and since when it is owed: the oldest first. */
const owed = async ({ duties, anchorings }: System, now: Instant) => {
  // What was put off is due within that time; the alarms of cases that come by then are not owed yet.
  const until = addMinutes(now, longestPause)
  const soon = await Promise.all([duties, anchorings].map((each) => each.due(until, lookedThrough)))
  const items = soon.flat().filter((item) => isDuty(item) || item.dueAt <= now)
  const open = await duties.read(items)
  return items
    .map((item) => ({
      item: `${item.key['pk']?.S} ${item.key['sk']?.S}`,
      owedSince: open.get(item)?.owedSince ?? item.dueAt,
      attempts: open.get(item)?.attempts ?? 0,
    }))
    .toSorted((a, b) => a.owedSince.localeCompare(b.owedSince))
    .slice(0, shown)
}

/** What whoever is called looks at first. */
export const stateOfOperation = async (stack: DeployedStack) => {
  const system = await stack.system()
  return {
    alarms: await raisedAlarms(stack),
    deadLetters: await countDeadLetters(stack),
    failedExecutions: await failedExecutions(stack),
    owed: await owed(system, system.now()),
  }
}

/** Where a case stands, without what is personal in it. @throws OperationError where there is none */
export const stateOfCase = async (stack: DeployedStack, id: AssistantId) => {
  const system = await stack.system()
  const state = await system.record.load(id)
  if (state === null) throw new OperationError(`There is no case ${id}.`)
  const stage = openStageOf(state)
  return {
    id,
    status: state.status,
    version: state.version,
    openStage: stage && { stage: stage.stage, round: stage.round, asked: stage.asked.map((approval) => approval.id) },
    workflowIsToTake: nextStep(state),
    waitingTasks: stage && (await system.record.tokens(id, { ...stage, applicationId: stage.applicationId })).length,
  }
}
