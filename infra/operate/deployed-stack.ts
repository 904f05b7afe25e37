import {
  CloudFormationClient,
  paginateListStackResources,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation'
import { GetFunctionConfigurationCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { createSystem, type System } from '../../functions/adapters/system.ts'
import { createWorkflow } from '../../functions/adapters/workflow.ts'

/** Functions by the ids that the stack gives them. */
export type FunctionId = 'SweepFunction' | 'KeepAnchors' | 'ReceiveMail' | 'ReportUndeliverable'

/** What the operator asked for can't be had; the message says why. */
export class OperationError extends Error {
  override readonly name = 'OperationError'
}

/** A stack in an account, as its resources are named there. */
export interface DeployedStack {
  /** Physical names of the resources of a type whose logical id begins so, with their logical ids. */
  readonly all: (type: string, prefix?: string) => readonly { readonly id: string; readonly name: string }[]
  /** The physical name of the only one. */
  readonly one: (type: string, prefix?: string) => string
  /** Calls a function and waits for it. @throws OperationError where the function fails */
  readonly invoke: (functionId: FunctionId, payload: unknown) => Promise<void>
  /** The record and the workflow, as the sweep has them. */
  readonly system: () => Promise<System>
}

const resourcesOf = async (StackName: string): Promise<readonly StackResourceSummary[]> => {
  const found: StackResourceSummary[] = []
  try {
    for await (const page of paginateListStackResources({ client: new CloudFormationClient({}) }, { StackName }))
      found.push(...(page.StackResourceSummaries ?? []))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new OperationError(`The stack ${StackName} can't be read: ${why}`, { cause: error })
  }
  return found
}

/** @throws OperationError where there is no such stack, or no credentials for it */
export const findStack = async (stackName: string): Promise<DeployedStack> => {
  const resources = await resourcesOf(stackName)
  const lambda = new LambdaClient({})

  const all: DeployedStack['all'] = (type, prefix = '') =>
    resources.flatMap(({ ResourceType, LogicalResourceId: id = '', PhysicalResourceId: name }) =>
      ResourceType === type && id.startsWith(prefix) && name !== undefined ? [{ id, name }] : [],
    )
  const one: DeployedStack['one'] = (type, prefix) => {
    const [found, ...more] = all(type, prefix)
    if (found === undefined || more.length > 0)
      throw new OperationError(`The stack ${stackName} does not have one ${type} ${prefix ?? ''}.`)
    return found.name
  }
  const functionName = (functionId: FunctionId): string => one('AWS::Lambda::Function', functionId)

  return {
    all,
    one,
    invoke: async (functionId, payload) => {
      const { FunctionError, Payload } = await lambda.send(
        new InvokeCommand({ FunctionName: functionName(functionId), Payload: JSON.stringify(payload) }),
      )
      if (FunctionError !== undefined)
        throw new OperationError(`${functionId} failed: ${Payload?.transformToString() ?? FunctionError}`)
    },
    system: async () => {
      const { Environment } = await lambda.send(
        new GetFunctionConfigurationCommand({ FunctionName: functionName('SweepFunction') }),
      )
      const variables = Environment?.Variables ?? {}
      return createSystem({ variables, workflow: createWorkflow(variables) })
    },
  }
}
