import { type Anchor, decisionsIn, type Evidence, type SentMail } from '../shared/domain/evidence.ts'
import type { AssistantId } from '../shared/domain/ids.ts'
import type { System } from './adapters/system.ts'
import { historyOf } from './as-of.ts'

const byTime = (a: { readonly at: string }, b: { readonly at: string }): number => a.at.localeCompare(b.at)

/** Gathers what proves a case; null where there is no such case. */
export const evidenceOf = async (system: System, id: AssistantId): Promise<Evidence | null> => {
  const state = await system.record.load(id)
  if (state === null) return null
  const [history, outcomes] = await Promise.all([historyOf(system, id), system.outcomes.of(id)])
  // What was recorded since the head was read is left to the next archive.
  const events = history.slice(0, state.version)
  const versions = [...new Set(events.map(({ policyVersion }) => policyVersion))]
  return {
    format: 'zhuli-evidence',
    version: 1,
    assistantId: id,
    madeAt: system.now(),
    head: { seq: state.version, hash: state.hash },
    events,
    decisions: decisionsIn(events),
    mails: outcomes.flatMap((one): readonly SentMail[] => (one.type === 'mailed' ? [one.mail] : [])).toSorted(byTime),
    policies: versions.map((version) => system.policies.version(version)),
    anchors: outcomes
      .flatMap((one): readonly Anchor[] => (one.type === 'anchored' ? [one.anchor] : []))
      .toSorted((a, b) => a.seq - b.seq || byTime(a, b)),
  }
}
