// Loaded before a function on the emulator: its clock shows the bank's time instead of the machine's.
import { readFileSync } from 'node:fs'

const RealDate = Date
const file = process.env.CLOCK_FILE
const now = () => RealDate.now() + Number(readFileSync(file, 'utf8'))

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(now())
    else super(...given)
  }
  static now() {
    return now()
  }
}
