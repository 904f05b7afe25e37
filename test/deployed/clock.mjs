// Loaded before a function of a stack that is tried: what it takes for now is the bank's time instead of the machine's.
// Date.now() stays as it is, by which the SDK signs its calls: AWS refuses those of another time.
import { readFileSync } from 'node:fs'

const RealDate = Date
const { CLOCK_FILE: file, CLOCK_OFFSET_MS: told } = process.env
const offset = () => Number(file === undefined ? told : readFileSync(file, 'utf8'))

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + offset())
    else super(...given)
  }
}
