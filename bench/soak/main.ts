import { soak } from './soak.ts'

// npm run soak [-- <assistants>]: exits with 1 where anything was lost, doubled or stuck.

const assistants = Number(process.argv[2] ?? 500)
const result = await soak(assistants, (line) => {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`)
})
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
if (result.lost + result.doubled + result.stuck + result.serverErrors > 0) process.exitCode = 1
