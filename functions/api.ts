import { TokenEnvironment } from '../shared/contracts/environment.ts'
import { readEnvironment } from './adapters/environment.ts'
import { createSystem } from './adapters/system.ts'
import { createWorkflow } from './adapters/workflow.ts'
import { createApp } from './http/app.ts'
import { authenticator } from './http/auth.ts'
import { behindGateway } from './http/gateway.ts'

const tokens = readEnvironment(TokenEnvironment, process.env)

/** The HTTP API behind API Gateway. */
export const handler = behindGateway(
  createApp({
    system: createSystem({ variables: process.env, workflow: createWorkflow(process.env) }),
    authenticate: authenticator(tokens),
    issuer: tokens.TOKEN_ISSUER,
  }),
)
