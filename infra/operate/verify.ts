import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { digest } from '../../functions/adapters/digest.ts'
import { AnchorView, EvidenceView } from '../../shared/contracts/evidence.ts'
import { type Anchor, type Evidence, type Misfit, misfitsIn } from '../../shared/domain/evidence.ts'

const usage = `npm run verify -- FILE [--anchors FILE-OR-FOLDER]

  FILE       an archive of GET /v1/assistants/{id}/evidence
  --anchors  anchors of the case, from the bucket in which they are kept; all below a folder

Exits with 0 where everything fits, with 1 where something does not, with 2 where a file can't be read.
`

/** A file, or all files below a folder. */
const filesBelow = (path: string): readonly string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path, { withFileTypes: true }).flatMap(({ name }) => filesBelow(join(path, name)))
    : [path]

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))

const readAnchors = (path: string): readonly Anchor[] =>
  filesBelow(path).map((file) => ({ ...AnchorView.parse(readJson(file)), key: file }))

const readEvidence = (file: string): Evidence => {
  const read = readJson(file)
  EvidenceView.parse(read)
  // The schema leaves out what it does not know, and the hashes are of all that is there.
  return read as Evidence
}

const sentence = ({ seq, detail }: Misfit): string => (seq === null ? `${detail}.` : `event ${seq}: ${detail}.`)

/** Checks an archive and says what it found. @returns the exit code */
const verify = (file: string, anchorPath: string | undefined): number => {
  const evidence = readEvidence(file)
  const anchors = anchorPath === undefined ? [] : readAnchors(anchorPath)
  const [first, ...others] = misfitsIn(evidence, anchors, digest)
  const { assistantId, events, decisions, mails, head } = evidence
  process.stdout.write(
    `Case ${assistantId}: ${events.length} events, ${decisions.length} decisions, ${mails.length} mails, ` +
      `${anchors.length + evidence.anchors.length} anchors.\n`,
  )
  if (first === undefined) {
    process.stdout.write(`Everything fits. The head is event ${head.seq}, ${head.hash}.\n`)
    if (anchors.length === 0)
      process.stdout.write(
        'Compared with no anchors but its own: fetch them by their keys to exclude a rewritten trail.\n',
      )
    return 0
  }
  process.stdout.write(`It does NOT fit. First misfit: ${sentence(first)}\n`)
  for (const other of others) process.stdout.write(`  also: ${sentence(other)}\n`)
  return 1
}

const argumentsOf = (): { readonly file: string; readonly anchors: string | undefined } | null => {
  try {
    const { positionals, values } = parseArgs({ allowPositionals: true, options: { anchors: { type: 'string' } } })
    const [file, ...more] = positionals
    return file === undefined || more.length > 0 ? null : { file, anchors: values.anchors }
  } catch {
    return null
  }
}

const given = argumentsOf()
if (given === null) {
  process.stderr.write(usage)
  process.exitCode = 2
} else {
  try {
    process.exitCode = verify(given.file, given.anchors)
  } catch (error) {
    process.stderr.write(`Can't be read: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 2
  }
}
