import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { digest } from '../../functions/adapters/digest.ts'
import { AnchorView, EvidenceView } from '../../shared/contracts/evidence.ts'
import { type Anchor, type Evidence, type Misfit, misfitsIn } from '../../shared/domain/evidence.ts'

const usage = `npm run verify -- FILE-OR-FOLDER [--anchors FILE-OR-FOLDER]

  FILE-OR-FOLDER  an archive of GET /v1/assistants/{id}/evidence; or those of all cases, below a folder
  --anchors       anchors from the bucket in which they are kept; all below a folder

Exits with 0 where everything fits, with 1 where something does not, with 2 where a file can't be read. Of a folder of
archives no case may be missing that was anchored.
`

const isFolder = (path: string): boolean => statSync(path).isDirectory()

/** A file, or all files below a folder. */
const filesBelow = (path: string): readonly string[] =>
  isFolder(path)
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

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const sentence = ({ seq, detail }: Misfit): string => (seq === null ? `${detail}.` : `event ${seq}: ${detail}.`)

/** Checks one archive and says what it found. @returns whether all of it fits */
const fits = (evidence: Evidence, allAnchors: readonly Anchor[]): boolean => {
  const { assistantId, events, decisions, mails, head } = evidence
  const anchors = allAnchors.filter((anchor) => anchor.assistantId === assistantId)
  const [first, ...others] = misfitsIn(evidence, anchors, digest)
  say(
    `Case ${assistantId}: ${events.length} events, ${decisions.length} decisions, ${mails.length} mails, ` +
      `${evidence.anchors.length} anchors of its own, ${anchors.length} from elsewhere.`,
  )
  if (first === undefined) {
    say(`Everything fits. The head is event ${head.seq}, ${head.hash}.`)
    if (anchors.length === 0)
      say(`Compared with no anchors but its own: fetch all below anchors/${assistantId}/ to exclude a forged trail.`)
    return true
  }
  say(`It does NOT fit. First misfit: ${sentence(first)}`)
  for (const other of others) say(`  also: ${sentence(other)}`)
  return false
}

/** Says which cases were anchored and have no archive. @returns whether there is none */
const areComplete = (archives: readonly Evidence[], anchors: readonly Anchor[]): boolean => {
  const ids = new Set(archives.map(({ assistantId }) => assistantId))
  const missing = new Map(anchors.filter((anchor) => !ids.has(anchor.assistantId)).map((one) => [one.assistantId, one]))
  for (const [id, { day, seq }] of missing)
    say(`Case ${id} was anchored on ${day} with ${seq} events, and has no archive here: is it gone?`)
  return missing.size === 0
}

/** Checks archives and says what it found. @returns the exit code */
const verify = (path: string, anchorPath: string | undefined): number => {
  const archives = filesBelow(path).map(readEvidence)
  if (archives.length === 0) throw new Error(`There is no archive in ${path}.`)
  const anchors = anchorPath === undefined ? [] : readAnchors(anchorPath)
  const found = archives.map((evidence) => fits(evidence, anchors))
  if (isFolder(path)) found.push(areComplete(archives, anchors))
  return found.every(Boolean) ? 0 : 1
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
