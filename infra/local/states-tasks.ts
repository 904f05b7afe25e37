import { randomBytes } from 'node:crypto'
import type * as z from 'zod'
import { AwsError } from './aws-json.ts'

const tokenBytes = 32
const tokenPattern = /^[\w-]{43}$/

export const newTaskToken = (): string => randomBytes(tokenBytes).toString('base64url')

export type Json = z.infer<ReturnType<typeof z.json>>

/** How a task ended that was not a success: by the name that Retry and Catch know. */
export class TaskFailure extends Error {
  constructor(name: string, cause: string) {
    super(cause)
    this.name = name
  }
}

/** A state that is parked until somebody answers its token. */
export interface OpenTask {
  readonly execution: string
  /** To be called first: from then on the execution moves again. */
  readonly moveOn: () => void
  readonly succeed: (output: Json) => void
  readonly fail: (failure: TaskFailure) => void
}

/** The task tokens that were handed out, and the tasks that wait for them. */
export interface TaskTokens {
  readonly open: (token: string, task: OpenTask) => void
  readonly isOpen: (token: string) => boolean
  /** Takes the task from its token: nobody can answer it again. */
  readonly take: (token: string) => OpenTask
  readonly takeAll: (execution: string) => readonly OpenTask[]
  /** Lets the tokens that an execution had be as if they had never been given. */
  readonly forgetAll: (execution: string) => void
}

export const createTaskTokens = (): TaskTokens => {
  const open = new Map<string, OpenTask>()
  /** The execution of each. */
  const closed = new Map<string, string>()

  const close = (token: string, { execution }: OpenTask): void => {
    open.delete(token)
    closed.set(token, execution)
  }

  return {
    open: (token, task) => {
      open.set(token, task)
    },
    isOpen: (token) => open.has(token),
    take: (token) => {
      const task = open.get(token)
      if (task) {
        close(token, task)
        return task
      }
      if (closed.has(token)) throw new AwsError('TaskTimedOut', 'Provided task does not exist anymore')
      if (!tokenPattern.test(token)) throw new AwsError('InvalidToken', 'Invalid token')
      throw new AwsError('TaskDoesNotExist', 'Provided task does not exist')
    },
    takeAll: (execution) => {
      const tasks = [...open].filter(([, task]) => task.execution === execution)
      for (const [token, task] of tasks) close(token, task)
      return tasks.map(([, task]) => task)
    },
    forgetAll: (execution) => {
      for (const [token, of] of closed) if (of === execution) closed.delete(token)
    },
  }
}
