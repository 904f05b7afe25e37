import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { connect, type Connection, ConnectionError } from './connection.ts'

// Moves what is open to the policy in force, or shows what would move: npm run policy -- --dry-run

interface Times {
  readonly policyVersion: string | null
  readonly dueOn: string | null
  readonly nextStep: { readonly at: string; readonly act: string; readonly to: string } | null
  readonly amendBy: string | null
  readonly reviewCallAt: string | null
}

interface Move {
  readonly assistantId: string
  readonly applicationId: string | null
  readonly stage: string | null
  readonly from: Times
  readonly to: Times
}

const usage = `Usage: npm run policy -- --dry-run          shows which cases would move under the policy in force
       npm run policy -- --by <employeeNo>  moves them, on that person's word
ZHULI_URL, TOKEN_URL, CLIENT_ID and CLIENT_SECRET name the system; without them it is the one of npm start.
`

const optionsOf = (): { readonly by: string | null } | null => {
  try {
    const { values } = parseArgs({
      options: { 'dry-run': { type: 'boolean', default: false }, by: { type: 'string' } },
    })
    if (values['dry-run']) return values.by === undefined ? { by: null } : null
    return values.by === undefined ? null : { by: values.by }
  } catch {
    return null
  }
}

/** Every case that would move, page by page. */
async function* moves({ call }: Connection): AsyncGenerator<Move> {
  for (let cursor: string | null = ''; cursor !== null;) {
    const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const body = await call('GET', `/v1/policy/moves?limit=100${query}`)
    yield* body['items'] as readonly Move[]
    cursor = body['next'] as string | null
  }
}

const step = ({ nextStep }: Times): string | null => nextStep && `${nextStep.act} ${nextStep.at}`

/** What of a case changes, in words; what stays is left out. */
const changes = ({ from, to }: Move): string =>
  (
    [
      ['policy', from.policyVersion, to.policyVersion],
      ['last day', from.dueOn, to.dueOn],
      ['next', step(from), step(to)],
      ['amend by', from.amendBy, to.amendBy],
      ['review asked', from.reviewCallAt, to.reviewCallAt],
    ] as const
  )
    .filter(([, before, after]) => before !== after)
    .map(([what, before, after]) => `${what} ${before ?? '-'} → ${after ?? '-'}`)
    .join(', ')

const run = async ({ by }: { readonly by: string | null }): Promise<void> => {
  const connection = await connect()
  // All are read before the first is moved: moving changes the list that is being read.
  const found: Move[] = []
  for await (const move of moves(connection)) found.push(move)
  for (const move of found) {
    if (by !== null) {
      await connection.call('POST', `/v1/assistants/${move.assistantId}/policy-adoptions`, { by }, randomUUID())
    }
    const { assistantId, applicationId, stage } = move
    process.stdout.write(`${applicationId ?? assistantId} ${stage ?? 'on the post'}: ${changes(move)}\n`)
  }
  process.stdout.write(`${found.length} ${by === null ? 'would move; nothing was changed' : 'moved'}.\n`)
}

const options = optionsOf()
if (options === null) {
  process.stderr.write(usage)
  process.exitCode = 2
} else {
  try {
    await run(options)
  } catch (error) {
    if (!(error instanceof ConnectionError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}
