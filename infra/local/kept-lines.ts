import { closeSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'

/**
 * What is kept for good, one a line of a file. In memory is only the label of each: whoever looks for some reads no
 * others, however many there are.
 */
export interface KeptLines<Entry, Label> {
  /** Oldest first: the place of a label is that of its entry. */
  readonly labels: () => readonly Label[]
  readonly at: (place: number) => Entry | undefined
  /** Reads every one. */
  readonly all: () => readonly Entry[]
  readonly append: (entry: Entry) => void
  readonly close: () => void
}

const lineEnd = 0x0a

/** The lines that have an end, without it. */
function* wholeLines(file: number): Generator<Buffer> {
  const chunk = Buffer.alloc(2 ** 20)
  let rest = Buffer.alloc(0)
  for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
    rest = Buffer.concat([rest, chunk.subarray(0, read)])
    for (let end = rest.indexOf(lineEnd); end >= 0; end = rest.indexOf(lineEnd)) {
      yield rest.subarray(0, end)
      rest = rest.subarray(end + 1)
    }
  }
}

/** Entries as JSON, one a line in `path`, so that a second start finds them again. */
export const keptLines = <Entry, Label>(
  path: string,
  parse: (line: unknown) => Entry,
  labelOf: (entry: Entry) => Label,
): KeptLines<Entry, Label> => {
  const file = openSync(path, 'a+')
  const labels: Label[] = []
  /** Where each line begins, and where the next one will. */
  const begins = [0]
  const note = (entry: Entry, bytes: number): void => {
    labels.push(labelOf(entry))
    begins.push((begins.at(-1) ?? 0) + bytes + 1)
  }
  for (const line of wholeLines(file)) note(parse(JSON.parse(line.toString())), line.length)
  // The last line has no end when the process was killed while it wrote: that entry was never acknowledged.
  ftruncateSync(file, begins.at(-1))
  const at = (place: number): Entry | undefined => {
    const [begin, next] = begins.slice(place, place + 2)
    if (begin === undefined || next === undefined) return undefined
    const line = Buffer.alloc(next - begin)
    readSync(file, line, { position: begin })
    return parse(JSON.parse(line.toString()))
  }
  return {
    labels: () => labels,
    at,
    all: () => labels.flatMap((_, place) => at(place) ?? []),
    append: (entry) => {
      const line = Buffer.from(`${JSON.stringify(entry)}\n`)
      writeSync(file, line)
      note(entry, line.length - 1)
    },
    close: () => closeSync(file),
  }
}
