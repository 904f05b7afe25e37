import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs'

/** What is kept for good, one a line. */
export interface KeptLines<Entry> {
  /** Oldest first. */
  readonly all: () => readonly Entry[]
  readonly append: (entry: Entry) => void
}

const readLines = (file: string): readonly unknown[] => {
  if (!existsSync(file)) return []
  const bytes = readFileSync(file)
  // The last line has no end when the process was killed while it wrote: that entry was never acknowledged.
  const whole = bytes.subarray(0, bytes.lastIndexOf('\n') + 1)
  truncateSync(file, whole.length)
  const lines = whole.toString('utf8').split('\n').slice(0, -1)
  return lines.map((line): unknown => JSON.parse(line))
}

/** Entries as JSON, one a line in `file`, so that a second start finds them again. */
export const keptLines = <Entry>(file: string, parse: (line: unknown) => Entry): KeptLines<Entry> => {
  const entries = readLines(file).map(parse)
  return {
    all: () => entries,
    append: (entry) => {
      appendFileSync(file, `${JSON.stringify(entry)}\n`)
      entries.push(entry)
    },
  }
}
