import { SingleBar } from 'cli-progress'
import { assistants } from './assistants.ts'
import { connect, SampleError } from './client.ts'
import { loadSample } from './load.ts'
import { branches, centres } from './organisation.ts'

const url = `http://127.0.0.1:${process.env['PORT'] || '3000'}`
const bar = new SingleBar({ format: 'Sample bank [{bar}] {value}/{total} steps', hideCursor: true })

try {
  const client = await connect(url)
  bar.start(0, 0)
  const isNew = await loadSample(client, (done, of) => {
    bar.setTotal(of)
    bar.update(done)
  })
  bar.stop()
  if (!isNew) process.stdout.write('Everything was there already: nothing was changed.\n')
  process.stdout.write(
    `${assistants.length} assistants in ${centres.length} centres of ${branches.length} branches. It is ${await client.now()} there now.\n`,
  )
} catch (error) {
  bar.stop()
  if (!(error instanceof SampleError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
