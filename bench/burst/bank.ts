import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { caseItem, dutyItem } from '../../functions/adapters/items.ts'
import type { System } from '../../functions/adapters/system.ts'
import { type Engines, startEngines } from '../../infra/local/engines.ts'
import { createFunctions, type Functions } from '../../infra/local/functions.ts'
import { createUndo, type Undo } from '../../infra/local/undo.ts'
import type { AnchorHead, SendMail } from '../../shared/domain/duty.ts'
import { addDays, addMinutes, dayOf } from '../../shared/domain/time.ts'
import { register } from '../../test/functions/support.ts'
import type { Deliveries } from '../results.ts'
import { copies, idOf, noon, noticeTo, putAll } from '../written.ts'

/** A part of what is due. */
type Owed = SendMail | AnchorHead

/** The services that the functions work on, in this process, with so many people on the post. */
export interface BurstBank extends Pick<Engines, 'clock' | 'mailbox'> {
  /** As the functions have it that the workflow calls. */
  readonly system: System
  /** Puts so many duties on record, due now: mails, and a tenth of them heads to be anchored. */
  readonly owe: (count: number) => Promise<readonly Owed[]>
  readonly deliveriesOf: (owed: readonly Owed[]) => Deliveries
  readonly turn: (minutes: number) => void
  readonly stop: () => Promise<void>
}

const startServices = async (undo: Undo) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'zhuli-burst-'))
  undo.push(() => rmSync(dataDir, { recursive: true, force: true }))
  const late = Promise.withResolvers<Functions>()
  const engines = await startEngines(
    {
      url: 'https://zhuli.bank.example',
      dataDir,
      fresh: false,
      invoke: async (name, payload) => (await late.promise).invoke(name, payload),
      failed: (error) => process.stderr.write(`${String(error)}\n`),
      write: () => undefined,
    },
    undo,
  )
  engines.clock.moveTo(noon)
  const functions = await createFunctions({ ...engines, write: () => undefined })
  late.resolve(functions)
  return { engines, system: functions.system }
}

const countOf = (ids: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1)
  return counts
}

/** Starts the bank with so many people on the post. */
export const startBurstBank = async (onPost: number): Promise<BurstBank> => {
  const undo = createUndo()
  const { engines, system } = await startServices(undo)
  const { clock, mailbox, files } = engines
  const client = new DynamoDBClient({})
  undo.push(() => client.destroy())
  await register(system.directory)
  await putAll(client, copies(onPost).map(caseItem))

  let bursts = 0
  const owedBy = (number: number): Owed => {
    const assistantId = idOf(number)
    if (number % 10 !== 0) return noticeTo(assistantId, 100 + bursts)
    const day = addDays(dayOf(noon, system.zone), -bursts)
    return { kind: 'anchor-head', id: `${assistantId}-${day}-a`, assistantId, day, dueAt: clock.now() }
  }
  const isAnchored = ({ assistantId, day }: AnchorHead): boolean =>
    existsSync(join(files.anchors, 'anchors', assistantId, `${day}.json`))

  return {
    clock,
    mailbox,
    system,
    owe: async (count) => {
      bursts += 1
      const owed = Array.from({ length: count }, (_, number) => owedBy(number))
      const dueAt = clock.now()
      await putAll(
        client,
        owed.map((duty) => dutyItem(duty, dueAt)),
      )
      return owed
    },
    deliveriesOf: (owed) => {
      const came = countOf(mailbox.all().map(({ headers }) => headers['x-zhuli-duty'] ?? ''))
      const times = owed.map((duty) =>
        duty.kind === 'send-mail' ? (came.get(duty.id) ?? 0) : Number(isAnchored(duty)),
      )
      return {
        lost: times.filter((count) => count === 0).length,
        twice: times.reduce((sum, count) => sum + Math.max(0, count - 1), 0),
      }
    },
    turn: (minutes) => clock.moveTo(addMinutes(clock.now(), minutes)),
    stop: undo.all,
  }
}
