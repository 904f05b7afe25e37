import { readEnvironment } from '../../functions/adapters/environment.ts'
import { createSystem } from '../../functions/adapters/system.ts'
import { createWorkflow } from '../../functions/adapters/workflow.ts'
import { createApp } from '../../functions/http/app.ts'
import { authenticator } from '../../functions/http/auth.ts'
import { overFetch } from '../../infra/local/over-fetch.ts'
import { serve } from '../../infra/local/server.ts'
import { TokenEnvironment } from '../../shared/contracts/environment.ts'
import { startedClock } from './clock.ts'

// The API's function, in a process of its own; it says where it listens.

const tokens = readEnvironment(TokenEnvironment, process.env)
const app = createApp({
  system: createSystem({ variables: process.env, workflow: createWorkflow(process.env), now: startedClock() }),
  authenticate: authenticator(tokens),
  issuer: tokens.TOKEN_ISSUER,
})
const { url, close } = await serve(overFetch(app), 0)
process.on('disconnect', () => void close())
process.send?.(url)
