import { DeleteObjectsCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3'
import { paginateListExecutions, SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn'
import { findStack } from '../../infra/operate/deployed-stack.ts'
import { readVariables } from './variables.ts'

// Takes out of the trial's stack what would keep it from being deleted: objects in its buckets, and executions that wait.

const stack = await findStack(readVariables().STACK)
const s3 = new S3Client({})
const sfn = new SFNClient({})

for (const { name: Bucket } of stack.all('AWS::S3::Bucket'))
  for (;;) {
    // Always the first page: what stood on it is gone by the next time.
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }))
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }))
    if (Objects.length === 0) break
    await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))
  }

const stateMachineArn = stack.one('AWS::StepFunctions::StateMachine')
const running = { stateMachineArn, statusFilter: 'RUNNING' } as const
for await (const { executions = [] } of paginateListExecutions({ client: sfn }, running))
  for (const { executionArn } of executions) await sfn.send(new StopExecutionCommand({ executionArn }))
