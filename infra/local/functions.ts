import { anchoringOf } from '../../functions/adapters/anchoring.ts'
import { createAnchors } from '../../functions/adapters/anchors.ts'
import { readEnvironment, type Variables } from '../../functions/adapters/environment.ts'
import { createInbox } from '../../functions/adapters/inbox.ts'
import { jsonLog } from '../../functions/adapters/log.ts'
import { createSystem, type System } from '../../functions/adapters/system.ts'
import { createWorkflow } from '../../functions/adapters/workflow.ts'
import { createApp } from '../../functions/http/app.ts'
import type { App } from '../../functions/http/call.ts'
import { authenticator } from '../../functions/http/auth.ts'
import { TokenEnvironment } from '../../shared/contracts/environment.ts'
import type { Clock } from './clock.ts'
import type { Invoke } from './states-run.ts'

export interface Functions {
  readonly system: System
  readonly api: App
  /** Does what is due, by each of the functions that are run for it. */
  readonly sweep: () => Promise<void>
  readonly invoke: Invoke
}

interface FunctionOptions {
  readonly variables: Variables
  readonly clock: Clock
  /** Takes the functions' log, line by line. */
  readonly write: (line: string) => void
}

/** The Lambda functions, each as it would run by itself, but by the bank's own clock. */
export const createFunctions = async ({ variables, clock, write }: FunctionOptions): Promise<Functions> => {
  // Each module makes its own handler as it is loaded, from the variables of the process: those must be set by now.
  const [{ openStage }, { takeEffect }, { sweep }, { keepAnchors }, { receiveMail }, { heedMailEvent }] =
    await Promise.all([
      import('../../functions/open-stage.ts'),
      import('../../functions/take-effect.ts'),
      import('../../functions/sweep.ts'),
      import('../../functions/keep-anchors.ts'),
      import('../../functions/receive-mail.ts'),
      import('../../functions/report-undeliverable.ts'),
    ])
  const parts = { variables, now: clock.now, log: jsonLog(write) }
  const system = createSystem({ ...parts, workflow: createWorkflow(variables) })
  const called = createSystem({ ...parts, workflow: null })
  const handlers = new Map<string, (event: unknown) => Promise<void>>([
    ['open-stage', openStage(called)],
    ['take-effect', takeEffect(called)],
    ['receive-mail', receiveMail(system, createInbox(variables))],
    ['report-undeliverable', heedMailEvent(called)],
  ])
  const tokens = readEnvironment(TokenEnvironment, variables)
  const sweepNow = sweep(system)
  const anchorNow = keepAnchors(anchoringOf(system, createAnchors(variables)))
  return {
    system,
    api: createApp({ system, authenticate: authenticator(tokens), issuer: tokens.TOKEN_ISSUER }),
    sweep: async () => {
      await sweepNow({})
      await anchorNow({})
    },
    invoke: (name, payload) => {
      const handler = handlers.get(name)
      if (!handler) throw new Error(`No event and no step of the workflow calls a function ${name}.`)
      return handler(payload)
    },
  }
}
