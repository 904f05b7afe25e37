import { workflowErrors, type WorkflowInput } from '../shared/contracts/workflow.ts'
import { type AssistantCase, openStageOf } from '../shared/domain/assistant.ts'
import type { Duty, ReduceCase, ResumeWorkflow, SendCode } from '../shared/domain/duty.ts'
import type { AssistantId } from '../shared/domain/ids.ts'
import { isSameStep, type NextStep, nextStep } from '../shared/domain/next-step.ts'
import type { SendAnswer } from '../shared/domain/send-answer.ts'
import { dayOf } from '../shared/domain/time.ts'
import type { Correspondence } from './adapters/correspondence.ts'
import { errorName } from './adapters/log.ts'
import type { Done } from './adapters/duties.ts'
import type { CodeSubject } from './adapters/items.ts'
import type { System } from './adapters/system.ts'
import type { Workflow } from './adapters/workflow.ts'
import { historyOf } from './as-of.ts'
import { doneBy, type DutyResult, type Look, type World } from './duty-result.ts'
import { publishEvents } from './publish.ts'
import { sendDigest } from './remind.ts'
import { sendAnswer, sendCode, sendMail } from './send-mails.ts'
import { strikeOff } from './strike-off.ts'

/** Whether the case still waits for the workflow to take this very step. */
const isAwaited = (state: AssistantCase, step: NextStep): boolean => {
  const next = nextStep(state)
  return next !== null && isSameStep(next, step) && openStageOf(state) === null
}

export const workflowInput = (assistantId: AssistantId, { applicationId, begin, round }: NextStep): WorkflowInput => ({
  assistantId,
  applicationId,
  begin,
  round,
})

/** Names an execution by where it begins and which try this is: the same try, made twice, starts one execution. */
export const executionName = (
  assistantId: AssistantId,
  { applicationId, begin, round }: NextStep,
  attempt: number | string,
): string => `${applicationId ?? assistantId}-${begin}-${round}-${attempt}`

/** Lets the first execution that still waits go on; whichever else waits too has nothing left to do. */
const goOn = async (workflow: Workflow, tokens: readonly string[], input: WorkflowInput): Promise<boolean> => {
  let goesOn = false
  for (const token of tokens) {
    if (goesOn) await workflow.fail(token, workflowErrors.superseded)
    else goesOn = await workflow.succeed(token, input)
  }
  return goesOn
}

/**
 * Answers the tasks that wait for the stage that ended: one goes on. Where none does, starts an execution at the next
 * step. Either way the duty stays open until the record shows the step taken: an execution can die in between.
 */
const resumeWorkflow = async (
  system: System,
  { assistantId, ended, setback, next }: ResumeWorkflow,
  { state }: World,
  attempts: number,
): Promise<DutyResult> => {
  const { workflow } = system
  if (workflow === null) return 'open'
  const tokens = ended === null ? [] : await system.record.tokens(assistantId, ended)
  // Another execution has taken the step; those that wait here, if any still do, have nothing left to do.
  const ending = next !== null && !isAwaited(state, next) ? 'superseded' : setback
  if (ending !== null) {
    for (const token of tokens) await workflow.fail(token, workflowErrors[ending])
    return 'done'
  }
  if (next === null) return 'done'
  const input = workflowInput(assistantId, next)
  if (!(await goOn(workflow, tokens, input))) await workflow.start(executionName(assistantId, next, attempts), input)
  return 'open'
}

/**
 * Gives up the words of the mails; that they were sent, to whom and about what, stays. A case that has gone on since, as
 * what ended it was annulled, keeps all: its next end has a time of its own.
 */
const reduceCase = async (
  { outcomes, record }: System,
  { assistantId, endedWith }: ReduceCase,
): Promise<DutyResult> => {
  const since = (await historyOf({ record }, assistantId)).slice(endedWith)
  if (!since.some(({ type }) => type === 'decision-annulled')) await outcomes.reduceMails(assistantId)
  return 'done'
}

/** Does a duty; `attempts` counts the tries of the sweep so far. */
export const perform = async (system: System, duty: Duty, look: Look, attempts: number): Promise<DutyResult> => {
  switch (duty.kind) {
    case 'send-mail':
      return sendMail(system, duty, look)
    case 'send-code':
      return sendCode(system, duty)
    case 'send-answer':
      return sendAnswer(system, duty, look, attempts)
    case 'send-digest':
      return sendDigest(system, duty)
    case 'reduce-case':
      return reduceCase(system, duty)
    case 'anchor-head':
      throw new Error('Heads of chains are kept by a function of its own.')
    case 'publish-events':
      return publishEvents(system, duty, look, attempts)
    case 'resume-workflow':
      return resumeWorkflow(system, duty, await look(), attempts)
  }
}

/**
 * Issues a code and tries at once to mail it; null after too many within an hour. `cause` is the mail that answered,
 * where one did: delivered twice, it has one code mailed.
 */
export const mailCode = async (
  system: System,
  code: CodeSubject,
  answer: SendCode['answer'],
  cause: string | null = null,
): Promise<SendCode | null> => {
  const issued = await system.codes.issue(code, answer, cause, system.now())
  if (issued === null) return null
  if (issued.isNew) await attempt(system, [issued.duty], () => Promise.reject(new Error('A code is about no case.')))
  return issued.duty
}

/** Puts the answer to a mail on record, once, and tries at once to mail it; tells whether it may be mailed. */
export const mailAnswer = async (system: System, duty: SendAnswer, look: Look): ReturnType<Correspondence['put']> => {
  const now = system.now()
  const outcome = await system.correspondence.put(duty, dayOf(now, system.zone), now)
  if (outcome === 'put') await attempt(system, [duty], look)
  return outcome
}

/** What has a time of its own. */
export const isLeftToSweep: ReadonlySet<Duty['kind']> = new Set(['send-digest', 'anchor-head', 'reduce-case'])

/**
 * Tries the duties just committed, each for itself, and strikes off together what was done: what fails or crashes here
 * is left to the sweep.
 */
export const attempt = async (system: System, duties: readonly Duty[], look: Look): Promise<void> => {
  const left = ({ assistantId, id }: Duty, error: unknown): null => {
    system.log.warn('Left a duty to the sweep.', { case: assistantId, duty: id, error: errorName(error) })
    return null
  }
  const tryOne = async (duty: Duty): Promise<Done | null> => {
    try {
      return doneBy(duty, await perform(system, duty, look, 0))
    } catch (error) {
      return left(duty, error)
    }
  }
  const tried = await Promise.all(duties.filter(({ kind }) => !isLeftToSweep.has(kind)).map(tryOne))
  const done = tried.filter((one) => one !== null)
  try {
    await strikeOff(system, done)
  } catch (error) {
    for (const { duty } of done) left(duty, error)
  }
}
