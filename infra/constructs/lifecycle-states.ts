import { Duration } from 'aws-cdk-lib'
import * as sfn from 'aws-cdk-lib/aws-stepfunctions'
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks'
import type { Construct } from 'constructs'
import type { OpenStageTask, TakeEffectTask, WorkflowError } from '../../shared/contracts/workflow.ts'
import { workflowErrors } from '../../shared/contracts/workflow.ts'
import type { ServiceFunction } from './function.ts'

export type LifecycleEnds = ReturnType<typeof lifecycleEnds>
type Stage = OpenStageTask['begin']

/** The ends. All but the last are what the regulation provides for, so an execution that reaches one has succeeded. */
export function lifecycleEnds(scope: Construct) {
  const end = (id: string, comment: string) => new sfn.Succeed(scope, id, { comment })
  return {
    tookEffect: end('TookEffect', 'Branch and HQ agreed, and the procedure took effect (article 7)'),
    rejected: end('Rejected', 'The branch or HQ refused'),
    returned: end('ReturnedForAmendment', 'Sent back to the filer; the amendment starts an execution of its own'),
    withdrawn: end('Withdrawn', 'The filer took the application back'),
    expired: end('Expired', 'Nobody answered in time; silence is not consent'),
    exited: end('Exited', 'The assistant left the post (article 9)'),
    disputed: end('Disputed', 'A decision is disputed; once it is settled, another execution goes on'),
    superseded: end('Superseded', 'Another execution has gone on with the case from here'),
    unknownBeginning: new sfn.Fail(scope, 'UnknownBeginning', {
      comment: 'A defect: nothing in the record begins like this',
      error: 'UnknownBeginning',
      cause: 'The input names no beginning that the lifecycle knows',
    }),
  }
}

/** How a stage ends when it doesn't end well. The names are those that the functions answer a task with. */
function endsOf(stage: Stage, ends: LifecycleEnds): ReadonlyMap<WorkflowError, sfn.Succeed> {
  const always: readonly (readonly [WorkflowError, sfn.Succeed])[] = [
    [workflowErrors.exited, ends.exited],
    [workflowErrors.superseded, ends.superseded],
    [workflowErrors.disputed, ends.disputed],
  ]
  switch (stage) {
    case 'branch':
    case 'hq':
      return new Map([
        [workflowErrors.rejected, ends.rejected],
        [workflowErrors.returned, ends.returned],
        [workflowErrors.withdrawn, ends.withdrawn],
        [workflowErrors.expired, ends.expired],
        ...always,
      ])
    case 'centre-review':
      return new Map([[workflowErrors.belowStandard, ends.exited], ...always])
    case 'hand-over':
      // The last client who is handed over completes the exit.
      return new Map(always)
  }
}

// The last resort only, and constant: the record reminds, escalates and expires by policy long before.
// A review or a hand-over is never let go, so it may be overdue by most of a year before its task gives up.
const lastResort: Readonly<Record<Stage, Duration>> = {
  branch: Duration.days(180),
  hq: Duration.days(180),
  'centre-review': Duration.days(300),
  'hand-over': Duration.days(300),
}

interface StageProps {
  readonly stage: Stage
  readonly opener: ServiceFunction<'open-stage'>
  readonly ends: LifecycleEnds
}

/** Opens a stage and waits until somebody has decided it. What the decision answers is the input of the next state. */
export function openStage(scope: Construct, id: string, { stage, opener, ends }: StageProps): tasks.LambdaInvoke {
  const payload: Record<keyof OpenStageTask, unknown> = {
    taskToken: sfn.JsonPath.taskToken,
    assistantId: sfn.JsonPath.stringAt('$.assistantId'),
    applicationId: sfn.JsonPath.stringAt('$.applicationId'),
    begin: stage,
    round: sfn.JsonPath.numberAt('$.round'),
  }
  const task = new tasks.LambdaInvoke(scope, id, {
    lambdaFunction: opener.lambda,
    integrationPattern: sfn.IntegrationPattern.WAIT_FOR_TASK_TOKEN,
    payload: sfn.TaskInput.fromObject(payload),
    taskTimeout: sfn.Timeout.duration(lastResort[stage]),
    retryOnServiceExceptions: false,
  })
  retry(task)
  for (const [error, end] of endsOf(stage, ends)) {
    // The input stays, so that the end still says whose case it was.
    task.addCatch(end, { errors: [error], resultPath: '$.outcome' })
  }
  return task
}

/** Lets both consents take effect, unless the assistant has left the post since the second. */
export function takeEffect(
  scope: Construct,
  { handler, ends }: { readonly handler: ServiceFunction<'take-effect'>; readonly ends: LifecycleEnds },
): tasks.LambdaInvoke {
  const payload: Record<keyof TakeEffectTask, unknown> = {
    assistantId: sfn.JsonPath.stringAt('$.assistantId'),
    applicationId: sfn.JsonPath.stringAt('$.applicationId'),
  }
  const task = new tasks.LambdaInvoke(scope, 'TakeEffect', {
    lambdaFunction: handler.lambda,
    payload: sfn.TaskInput.fromObject(payload),
    taskTimeout: sfn.Timeout.duration(Duration.minutes(5)),
    retryOnServiceExceptions: false,
    // What took effect is in the record; the input goes on as it is.
    resultPath: sfn.JsonPath.DISCARD,
  })
  retry(task)
  task.addCatch(ends.exited, { errors: [workflowErrors.exited], resultPath: '$.outcome' })
  task.addCatch(ends.disputed, { errors: [workflowErrors.disputed], resultPath: '$.outcome' })
  return task
}

/** Both functions find out from the record what is done already, so calling one again does no harm. */
function retry(task: tasks.LambdaInvoke): void {
  // What the record has decided is final. Without this the retries below would come before the catch and try it anew.
  task.addRetry({ errors: Object.values(workflowErrors), maxAttempts: 0 })
  // Lambda's own trouble: throttled, or a fault in the service. Up to half an hour, spread out, outlasts most of it.
  task.addRetry({
    errors: [
      'Lambda.ServiceException',
      'Lambda.AWSLambdaException',
      'Lambda.SdkClientException',
      'Lambda.TooManyRequestsException',
      'Lambda.ClientExecutionTimeoutException',
    ],
    interval: Duration.seconds(2),
    backoffRate: 2,
    maxDelay: Duration.minutes(5),
    maxAttempts: 12,
    jitterStrategy: sfn.JitterType.FULL,
  })
  // Anything else that the function threw: a conflict of versions, the table or the mail out of reach.
  // What three more tries don't mend is a defect: the execution fails, and the sweep starts it again from the record.
  task.addRetry({
    errors: [sfn.Errors.TASKS_FAILED],
    interval: Duration.seconds(5),
    backoffRate: 3,
    maxAttempts: 3,
    jitterStrategy: sfn.JitterType.FULL,
  })
}
