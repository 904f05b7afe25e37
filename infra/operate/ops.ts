import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { restartCase, restartWorkflows } from '../../functions/restart.ts'
import { AssistantId } from '../../shared/domain/ids.ts'
import { copyBack } from './copy-back.ts'
import { redrive } from './dead-letters.ts'
import { type DeployedStack, findStack, OperationError } from './deployed-stack.ts'
import { stateOfCase, stateOfOperation } from './state-of-operation.ts'

// What docs/runbook.md has done to a deployed stack: npm run ops -- status

const usage = `Usage: npm run ops -- status            alarms that are raised, dead letters, failed executions, what is owed
       npm run ops -- case <id>         where a case stands
       npm run ops -- replay <id>|all   starts the workflow again from the record; twice does no harm
       npm run ops -- redrive           hands dead letters to their functions again
       npm run ops -- sweep             does what is due now
       npm run ops -- compare <partition> --from <table>    how it stands in a table that was restored, and in the stack's
       npm run ops -- copy-back <partition> --from <table>  puts back what is missing of it; touches nothing that is there
--stack <name> names the stack, Zhuli if left out. Region and credentials are those of the AWS CLI.
`

const say = (what: unknown): void =>
  void process.stdout.write(`${typeof what === 'string' ? what : JSON.stringify(what, null, 2)}\n`)

const caseIn = (text: string): AssistantId => {
  const id = AssistantId.safeParse(text)
  if (!id.success)
    throw new OperationError(`"${text}" is not the id of a case: give eight characters such as 7k3m9q2d.`)
  return id.data
}

const replay = async (stack: DeployedStack, which: string): Promise<void> => {
  const system = await stack.system()
  const label = `ops-${randomUUID().slice(0, 8)}`
  if (which === 'all') return say(`Started ${await restartWorkflows(system, label)}.`)
  const state = await system.record.load(caseIn(which))
  if (state === null) throw new OperationError(`There is no case ${which}.`)
  const isStarted = await restartCase(system, state, label)
  say(isStarted ? 'Started.' : 'The case does not wait for the workflow: nothing was started.')
}

const redriveAll = async (stack: DeployedStack): Promise<void> => {
  let count = 0
  for await (const letter of redrive(stack)) {
    count += 1
    say(letter)
  }
  say(`${count} dead letters.`)
}

const copying =
  (isCopied: boolean) =>
  async (stack: DeployedStack, partition: string, from: string): Promise<void> => {
    for await (const { item, outcome } of copyBack(stack, { partition, from }, isCopied)) say(`${outcome} ${item}`)
  }

const operations: Readonly<Record<string, (stack: DeployedStack, argument: string, from: string) => Promise<void>>> = {
  status: async (stack) => say(await stateOfOperation(stack)),
  case: async (stack, id) => say(await stateOfCase(stack, caseIn(id))),
  replay,
  redrive: redriveAll,
  sweep: async (stack) => {
    await stack.invoke('SweepFunction', {})
    await stack.invoke('KeepAnchors', {})
    say('Swept.')
  },
  compare: copying(false),
  'copy-back': copying(true),
}
const needsTable = new Set(['compare', 'copy-back'])
const needsArgument = new Set(['case', 'replay', ...needsTable])

const orderOf = () => {
  try {
    const { values, positionals } = parseArgs({
      options: { stack: { type: 'string', default: 'Zhuli' }, from: { type: 'string', default: '' } },
      allowPositionals: true,
    })
    const [name = '', argument = '', ...more] = positionals
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined
    const { stack, from } = values
    const fits =
      more.length === 0 && (argument !== '') === needsArgument.has(name) && (from !== '') === needsTable.has(name)
    return operation === undefined || !fits ? null : { operation, argument, stack, from }
  } catch {
    return null
  }
}

const order = orderOf()
if (order === null) {
  process.stderr.write(usage)
  process.exitCode = 2
} else {
  try {
    await order.operation(await findStack(order.stack), order.argument, order.from)
  } catch (error) {
    if (!(error instanceof OperationError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}
