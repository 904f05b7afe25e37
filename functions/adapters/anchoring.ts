import { TableEnvironment } from '../../shared/contracts/environment.ts'
import { type Anchors, createAnchors } from './anchors.ts'
import { duties } from './duties.ts'
import { createDynamoDb } from './dynamodb.ts'
import { readEnvironment, type Variables } from './environment.ts'
import { jsonLog } from './log.ts'
import { realNow, realPause } from './real-time.ts'
import { type CaseRecord, caseRecord } from './record.ts'
import type { System } from './system.ts'

/** What keeping the heads of the chains takes; `duties` are the heads that are to be kept. */
export interface Anchoring extends Pick<System, 'duties' | 'now' | 'pause' | 'log'> {
  readonly record: Pick<CaseRecord, 'load'>
  readonly anchors: Anchors
}

/** What of a system keeps the heads. */
export const anchoringOf = ({ anchorings, now, pause, log, record }: System, anchors: Anchors): Anchoring => ({
  duties: anchorings,
  now,
  pause,
  log,
  record,
  anchors,
})

/** What the function's environment variables describe; the SDK finds region and endpoints there too. */
export const createAnchoring = (variables: Variables): Anchoring => {
  const client = createDynamoDb()
  const { TABLE_NAME: table } = readEnvironment(TableEnvironment, variables)
  return {
    now: realNow,
    pause: realPause,
    log: jsonLog(),
    duties: duties(client, table, 'anchors'),
    record: caseRecord(client, table),
    anchors: createAnchors(variables),
  }
}
