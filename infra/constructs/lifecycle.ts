import { Aws, Duration, Fn } from 'aws-cdk-lib'
import * as logs from 'aws-cdk-lib/aws-logs'
import * as sfn from 'aws-cdk-lib/aws-stepfunctions'
import type * as iam from 'aws-cdk-lib/aws-iam'
import { Construct } from 'constructs'
import type { WorkflowInput } from '../../shared/contracts/workflow.ts'
import { acknowledge } from './acknowledge.ts'
import { invocationOf, type ServiceFunction } from './function.ts'
import { lifecycleEnds, openStage, takeEffect } from './lifecycle-states.ts'

export interface LifecycleProps {
  readonly openStage: ServiceFunction<'open-stage'>
  readonly takeEffect: ServiceFunction<'take-effect'>
  readonly logRetentionDays: number
}

/**
 * A service that delivers logs enters each group in a policy of the account's, which takes 5120 characters; once it is full
 * no state machine with a log can be made. Before that, CloudWatch lets in all groups under this prefix at once. The end is
 * the stack's id: the group outlives its stack, and another of the same name would come upon it.
 */
const logGroupName = `/aws/vendedlogs/states/${Aws.STACK_NAME}-${Fn.select(2, Fn.split('/', Aws.STACK_ID))}`

const begins = (at: WorkflowInput['begin']) => sfn.Condition.stringEquals('$.begin', at)

/** The conductor: an execution takes one procedure from where the record stands to its end. */
export class Lifecycle extends Construct {
  readonly stateMachine: sfn.StateMachine
  readonly environment: { readonly STATE_MACHINE_ARN: string }

  constructor(scope: Construct, id: string, props: LifecycleProps) {
    super(scope, id)
    this.stateMachine = new sfn.StateMachine(this, 'StateMachine', {
      comment: 'Application, review or hand-over of a relationship-manager assistant, up to its effect or other end',
      stateMachineType: sfn.StateMachineType.STANDARD,
      definitionBody: sfn.DefinitionBody.fromChainable(this.#definition(props)),
      // Step Functions itself allows a year; the record ends every stage long before.
      timeout: Duration.days(364),
      tracingEnabled: true,
      logs: {
        level: sfn.LogLevel.ALL,
        // The data of a waiting task holds its token, with which anyone could answer it.
        includeExecutionData: false,
        destination: new logs.LogGroup(this, 'Logs', { logGroupName, retention: props.logRetentionDays }),
      },
    })
    this.environment = { STATE_MACHINE_ARN: this.stateMachine.stateMachineArn }
    acknowledge(this.stateMachine, {
      'IAM5[Resource::*]': 'X-Ray and the delivery of vended logs take no resource other than "*".',
      ...invocationOf(props.openStage),
      ...invocationOf(props.takeEffect),
    })
  }

  /** Start executions, and answer the tasks that wait in them. */
  grantConduct(grantee: iam.IGrantable): void {
    this.stateMachine.grantStartExecution(grantee)
    this.stateMachine.grant(grantee, 'states:SendTaskSuccess', 'states:SendTaskFailure')
  }

  #definition(props: LifecycleProps): sfn.IChainable {
    const ends = lifecycleEnds(this)
    const effect = takeEffect(this, { handler: props.takeEffect, ends }).next(ends.tookEffect)
    const hq = openStage(this, 'HqApproval', { stage: 'hq', opener: props.openStage, ends }).next(effect)
    const branch = openStage(this, 'BranchApproval', { stage: 'branch', opener: props.openStage, ends }).next(hq)
    // Whoever is found qualified transfers at once: the review's answer is the input of the transfer application.
    const review = openStage(this, 'CentreReview', { stage: 'centre-review', opener: props.openStage, ends }).next(
      branch,
    )
    const handOver = openStage(this, 'HandOver', { stage: 'hand-over', opener: props.openStage, ends }).next(
      ends.exited,
    )
    return new sfn.Choice(this, 'Begin', { comment: 'The first thing that the record lacks' })
      .when(begins('branch'), branch)
      .when(begins('hq'), hq)
      .when(begins('effect'), effect)
      .when(begins('centre-review'), review)
      .when(begins('hand-over'), handOver)
      .otherwise(ends.unknownBeginning)
  }
}
