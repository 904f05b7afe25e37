import type { AnchorHead, Duty } from '../shared/domain/duty.ts'
import type { Anchoring } from './adapters/anchoring.ts'
import type { DutyResult } from './duty-result.ts'
import { discharge, type Tally, workOff } from './work-off.ts'

/** Keeps the head of the chain as it is now, which is that of the day or a newer one. */
const keepHead = async ({ anchors, record, now }: Anchoring, { assistantId, day }: AnchorHead): Promise<DutyResult> => {
  const state = await record.load(assistantId)
  if (state === null) throw new Error('A head is of a case that is not on record.')
  const anchor = await anchors.keep({ assistantId, day, seq: state.version, hash: state.hash, at: now() })
  return { outcome: { type: 'anchored', anchor } }
}

/** Keeps the heads of the days that are over, while `mayGoOn` says there is time. */
export const anchorDue = (anchoring: Anchoring, mayGoOn: () => boolean): Promise<Tally> => {
  const keep = async (duty: Duty): Promise<DutyResult> => {
    if (duty.kind !== 'anchor-head') throw new Error(`Another function does ${duty.kind}.`)
    return keepHead(anchoring, duty)
  }
  return workOff(
    anchoring,
    async (item, open) => (open === undefined ? null : discharge(anchoring, item, open, keep)),
    mayGoOn,
  )
}
