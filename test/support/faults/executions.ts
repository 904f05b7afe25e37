import type { Workflow } from '../../../functions/adapters/workflow.ts'
import type { WorkflowError, WorkflowInput } from '../../../shared/contracts/workflow.ts'
import { workflowErrors } from '../../../shared/contracts/workflow.ts'

/** How an execution stands: on its way, waiting under a token, or over. */
export interface Execution {
  readonly name: string
  readonly status: 'running' | 'waiting' | 'ended' | 'failed'
}

/** Calls the functions as the state machine does; what they throw is for its retry. */
export interface Called {
  readonly openStage: (input: WorkflowInput & { readonly taskToken: string }) => Promise<void>
  readonly takeEffect: (input: WorkflowInput) => Promise<void>
}

/** As often as the state machine tries a task that fails in a way that the record did not decide. */
const tries = 4

const isCaught = (error: unknown): boolean =>
  error instanceof Error && (Object.values(workflowErrors) as string[]).includes(error.name)

type Outcome = { readonly next: WorkflowInput } | { readonly error: WorkflowError | 'lost' }

/**
 * The state machine of the stack as the functions see it: an execution for a name, tasks that wait under a token,
 * retries, and ends for each error that the record gives.
 */
export class Executions implements Workflow {
  readonly #called: Called
  readonly #executions = new Map<string, Execution>()
  readonly #waiting = new Map<string, (outcome: Outcome) => void>()
  #tokens = 0

  constructor(called: Called) {
    this.#called = called
  }

  get all(): readonly Execution[] {
    return [...this.#executions.values()]
  }

  start = async (name: string, input: WorkflowInput): Promise<void> => {
    if (this.#executions.has(name)) return
    this.#set(name, 'running')
    void this.#run(name, input).then(
      () => this.#set(name, 'ended'),
      () => this.#set(name, 'failed'),
    )
  }

  succeed = async (token: string, next: WorkflowInput): Promise<boolean> => this.#answer(token, { next })
  fail = async (token: string, error: WorkflowError): Promise<boolean> => this.#answer(token, { error })

  /** Ends every execution that waits, as an engine does that has lost its state. */
  loseAll(): void {
    for (const token of this.#waiting.keys()) this.#answer(token, { error: 'lost' })
  }

  #set(name: string, status: Execution['status']): void {
    this.#executions.set(name, { name, status })
  }

  #answer(token: string, outcome: Outcome): boolean {
    const resume = this.#waiting.get(token)
    this.#waiting.delete(token)
    resume?.(outcome)
    return resume !== undefined
  }

  async #run(name: string, input: WorkflowInput): Promise<void> {
    if (input.begin === 'effect') {
      await this.#try(() => this.#called.takeEffect(input))
      return
    }
    const outcome = await this.#wait(name, input)
    if (outcome !== null && 'next' in outcome) await this.#run(name, outcome.next)
  }

  /** Null where the task ended by an error that is caught. Each try has a token of its own. */
  async #wait(name: string, input: WorkflowInput): Promise<Outcome | null> {
    const { promise, resolve } = Promise.withResolvers<Outcome>()
    const hasOpened = await this.#try(async () => {
      this.#tokens += 1
      const taskToken = `token-${this.#tokens}`
      this.#waiting.set(taskToken, resolve)
      try {
        await this.#called.openStage({ ...input, taskToken })
      } catch (error) {
        this.#waiting.delete(taskToken)
        throw error
      }
    })
    if (!hasOpened) return null
    this.#set(name, 'waiting')
    const outcome = await promise
    this.#set(name, 'running')
    return outcome
  }

  /** False where the record decided against it; throws after the last try. */
  async #try(task: () => Promise<void>): Promise<boolean> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await task()
        return true
      } catch (error) {
        if (isCaught(error)) return false
        if (attempt === tries) throw error
      }
    }
  }
}
