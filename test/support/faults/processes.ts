import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { createHmac } from 'node:crypto'
import type { Anchor } from '../../../shared/domain/evidence.ts'
import type { Anchors } from '../../../functions/adapters/anchors.ts'
import type { Mail } from '../../../functions/adapters/mailer.ts'
import { createSystem, type System } from '../../../functions/adapters/system.ts'
import type { Workflow } from '../../../functions/adapters/workflow.ts'
import { variablesOf } from '../../../infra/local/environment.ts'
import type { PublishedEvent } from '../../../shared/domain/publishing.ts'
import type { Instant } from '../../../shared/domain/time.ts'
import { conflictOf, type MemoryTable } from './memory-table.ts'

/** What happens to a call to the outside. */
export type Fault =
  | 'none'
  /** The process dies before the call has its effect. */
  | 'dies-before'
  /** It dies after, and never learns of it. */
  | 'dies-after'
  /** The call had its effect, and the caller is told that it failed. */
  | 'reply-lost'
  /** The call failed and had no effect. */
  | 'fails'
  /** A write met a transaction on the same item, and had no effect. */
  | 'conflicts'

/** What decides about the calls: when each is made, and what happens to it. */
export interface Fate {
  /** Resolves when it is this call's turn. */
  readonly turn: (label: string) => Promise<void>
  readonly next: () => Fault
}

/** One run of a function, which may die at any of its calls. */
export interface Process {
  readonly system: System
  readonly anchors: Anchors
  /** Rejects when the process dies. */
  readonly death: Promise<never>
  readonly isHit: () => boolean
}

/** A mail, as the outside got it, and the process that sent it. */
export interface Sent {
  readonly dutyId: string
  readonly process: Process
  readonly isReplyLost: boolean
}

export interface World {
  readonly table: MemoryTable
  /** Ids of the events that the bus took, in order, repetitions among them. */
  readonly published: string[]
  readonly sent: Sent[]
  /** The heads of chains that were kept, by case and day. */
  readonly anchors: Map<string, Anchor>
  readonly workflow: Workflow
  readonly now: () => Instant
}

export const variables = variablesOf({
  url: 'https://zhuli.bank.test',
  stateMachineArn: 'arn:aws:states:local:0:stateMachine:lifecycle',
  endpoints: {},
})

/** Under a key that never leaves this process. */
const mac = async (message: string) => createHmac('sha256', 'key').update(message).digest()

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

const never = (): Promise<never> => new Promise(() => undefined)

/** Starts a process whose every call to the table, to mail, to the bus and to the workflow is subject to fate. */
export const startProcess = (
  { table, published, sent, anchors, workflow, now }: World,
  fate: Fate,
  hasWorkflow = true,
): Process => {
  let isDead = false
  let isHit = false
  const { promise: death, reject: die } = Promise.withResolvers<never>()
  death.catch(() => undefined)

  const call = async <Result>(
    label: string,
    effect: (fault: Fault) => Result | Promise<Result>,
    conflict: Error | null = null,
  ): Promise<Result> => {
    if (isDead) return never()
    await fate.turn(label)
    if (isDead) return never()
    const drawn = fate.next()
    const fault = drawn === 'conflicts' && conflict === null ? 'none' : drawn
    if (fault !== 'none') isHit = true
    if (fault === 'dies-before' || fault === 'dies-after') isDead = true
    try {
      if (fault === 'fails') throw new Error(`${label} failed.`)
      if (fault === 'conflicts') throw conflict
      const result = fault === 'dies-before' ? undefined : await effect(fault)
      if (fault === 'reply-lost') throw new Error(`The reply to ${label} was lost.`)
      if (fault === 'none') return result as Result
    } finally {
      if (isDead) die(new Error(`The process died at ${label}.`))
    }
    return never()
  }

  const client = {
    send: (command: object) => call(command.constructor.name, () => table.send(command), conflictOf(command)),
  } as unknown as DynamoDBClient
  const told = hasWorkflow
    ? {
        start: (...given: Parameters<Workflow['start']>) => call('start', () => workflow.start(...given)),
        succeed: (...given: Parameters<Workflow['succeed']>) => call('succeed', () => workflow.succeed(...given)),
        fail: (...given: Parameters<Workflow['fail']>) => call('fail', () => workflow.fail(...given)),
      }
    : null
  const send = ({ dutyId }: Mail) =>
    call('send', (fault) => {
      sent.push({ dutyId, process: started, isReplyLost: fault !== 'none' })
    })
  const put = ({ id }: PublishedEvent) =>
    call('put', () => {
      published.push(id)
    })
  const keep = (head: Omit<Anchor, 'key'>) =>
    call('keep', (): Anchor => {
      const key = `${head.assistantId}/${head.day}`
      const kept = anchors.get(key) ?? { ...head, key }
      anchors.set(key, kept)
      return kept
    })
  const system = createSystem({
    variables,
    workflow: told,
    now,
    log: silent,
    // To wait is to let others go first.
    pause: () => call('pause', () => undefined),
    dynamoDb: client,
    mac,
    mailer: { send },
    bus: { put },
  })
  const started: Process = { system, anchors: { keep }, death, isHit: () => isHit }
  return started
}
