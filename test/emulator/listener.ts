import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge'
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { eventSource } from '../../shared/contracts/published-events.ts'

/** Makes a queue that hears what the bus does, beside the stack: what operators find in that stays as it is. @returns its URL */
export const listenTo = async (bus: string): Promise<string> => {
  const sqs = new SQSClient({})
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'hr' }))
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }))
  const events = new EventBridgeClient({})
  const rule = { Name: 'hr', EventBusName: bus }
  await events.send(new PutRuleCommand({ ...rule, EventPattern: JSON.stringify({ source: [eventSource] }) }))
  await events.send(
    new PutTargetsCommand({
      Rule: rule.Name,
      EventBusName: bus,
      Targets: [{ Id: 'hr', Arn: Attributes?.QueueArn }],
    }),
  )
  return QueueUrl
}
