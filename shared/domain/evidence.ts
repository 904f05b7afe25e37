import { brokenLink, noHash } from './chain.ts'
import type { Digest } from './digest.ts'
import type { Actor, Channel, Dossier, EventOf, RecordedEvent, Stage, StepUp } from './events.ts'
import type { AssistantId, EmployeeNo } from './ids.ts'
import type { Policy } from './policy.ts'
import { addMinutes, type Day, type Instant } from './time.ts'

/** The head of a case's chain as it was kept outside the table. */
export interface Anchor {
  readonly assistantId: AssistantId
  readonly day: Day
  readonly seq: number
  readonly hash: string
  readonly at: Instant
  /** Where it lies in the bucket of the anchors. */
  readonly key: string
}

/** A mail as it was sent, its secrets blanked. */
export interface SentMail {
  readonly at: Instant
  /** Without the address once the time for which mails are kept is over. */
  readonly to: { readonly employeeNo: EmployeeNo | 'assistant'; readonly address: string | null }
  readonly subject: string
  /** Null for a list of what waits on its reader, which tells of other people's cases too, and once that time is over. */
  readonly text: string | null
}

/** One decision, as a reader wants it: who, what, by which way and on which dossier. */
export interface DecisionMade {
  readonly seq: number
  readonly at: Instant
  readonly stage: Stage
  readonly round: number
  readonly decision: EventOf<'stage-decided'>['data']['decision']
  readonly by: Actor
  readonly onBehalfOf: EmployeeNo | null
  readonly channel: Channel
  readonly stepUp: StepUp
  readonly policyVersion: string
  readonly dossierHash: string
}

/** Everything that an auditor needs of a case, to be checked without the system. */
export interface Evidence {
  readonly format: 'zhuli-evidence'
  readonly version: 1
  readonly assistantId: AssistantId
  readonly madeAt: Instant
  /** Number and hash of the last event, as the record has them. */
  readonly head: { readonly seq: number; readonly hash: string }
  readonly events: readonly RecordedEvent[]
  readonly decisions: readonly DecisionMade[]
  readonly mails: readonly SentMail[]
  readonly policies: readonly Policy[]
  readonly anchors: readonly Anchor[]
}

/** The decisions among the events. */
export const decisionsIn = (events: readonly RecordedEvent[]): readonly DecisionMade[] =>
  events.flatMap((event) => {
    if (event.type !== 'stage-decided') return []
    const { seq, at, by, onBehalfOf, channel, policyVersion } = event
    const { stage, round, decision, stepUp, dossierHash } = event.data
    return [{ seq, at, stage, round, decision, by, onBehalfOf, channel, stepUp, policyVersion, dossierHash }]
  })

/** Something that does not fit; `seq` is the first event concerned, null where it is about none. */
export interface Misfit {
  readonly seq: number | null
  readonly because: 'event' | 'head' | 'anchor' | 'dossier' | 'decisions' | 'policy' | 'assistant'
  readonly detail: string
}

const misfit = (because: Misfit['because'], seq: number | null, detail: string): Misfit => ({ because, seq, detail })

/** What one event must be, given the one before it. */
const eventMisfit = (event: RecordedEvent | undefined, number: number, previous: string, digest: Digest): string => {
  if (event === undefined) return 'it is missing'
  const { hash, ...hashed } = event
  if (event.seq !== number) return `it is numbered ${event.seq} and stands where ${number} belongs`
  if (event.previousHash !== previous) return 'it does not name the hash of the event before it'
  return digest(hashed) === hash ? 'it fits' : 'its contents are not those that its hash was made of'
}

const chainMisfits = ({ events, head }: Evidence, digest: Digest): readonly Misfit[] => {
  const broken = brokenLink(events, digest)
  if (broken !== null) {
    const previous = events[broken - 2]?.hash ?? noHash
    return [misfit('event', broken, eventMisfit(events[broken - 1], broken, previous, digest))]
  }
  const last = events.at(-1)
  if (last?.seq === head.seq && last.hash === head.hash) return []
  const first = Math.min(events.length, head.seq) + 1
  return [misfit('head', first, `the head is event ${head.seq}, and ${events.length} events are there`)]
}

/** Within a case time never goes back. */
const orderMisfits = ({ events }: Evidence): readonly Misfit[] =>
  events
    .filter(({ at }, index) => at < (events[index - 1]?.at ?? at))
    .map(({ seq }) => misfit('event', seq, 'it is dated before the event before it'))

/** Minutes before an anchor was made in which an event can have been decided that was not on record then. */
const underWay = 15

const anchorMisfits = ({ events, assistantId, madeAt }: Evidence, anchors: readonly Anchor[]): readonly Misfit[] =>
  anchors
    .filter((anchor) => anchor.assistantId === assistantId)
    .flatMap(({ seq, hash, day, at }) => {
      const [event, next] = [events[seq - 1], events[seq]]
      if (event === undefined) {
        const why = at > madeAt ? 'since this archive was made: take a newer archive' : 'and is missing'
        return [misfit('anchor', events.length + 1, `event ${seq} was anchored on ${day}, ${why}`)]
      }
      if (event.hash !== hash) return [misfit('anchor', seq, `another event ${seq} was anchored on ${day}`)]
      return next === undefined || next.at >= addMinutes(at, -underWay)
        ? []
        : [misfit('anchor', seq + 1, `it is dated before ${at}, when event ${seq} was anchored as the last`)]
    })

/** Each decision was made on a dossier that is in the trail: its own, or that of the opening of its stage. */
const dossierMisfits = ({ events }: Evidence, digest: Digest): readonly Misfit[] => {
  const opened = new Map<string, Dossier>()
  const keyOf = ({ applicationId, stage, round }: EventOf<'stage-opened' | 'stage-decided'>['data']): string =>
    `${applicationId}/${stage}/${round}`
  return events.flatMap((event) => {
    if (event.type === 'stage-opened') opened.set(keyOf(event.data), event.data.dossier)
    if (event.type !== 'stage-decided') return []
    const dossier = event.data.dossier ?? opened.get(keyOf(event.data))
    if (dossier !== undefined && digest(dossier) === event.data.dossierHash) return []
    return [misfit('dossier', event.seq, 'the dossier that was decided on is not the one that is kept')]
  })
}

const summaryMisfits = ({ events, decisions, policies, assistantId }: Evidence, digest: Digest): readonly Misfit[] => {
  const versions = new Set(policies.map(({ version }) => version))
  const unknown = events.find(({ policyVersion }) => !versions.has(policyVersion))
  const [first] = events
  const isOfCase = first?.type === 'onboarding-filed' && first.data.assistantId === assistantId
  return [
    ...(digest(decisions) === digest(decisionsIn(events))
      ? []
      : [misfit('decisions', null, 'the summary of the decisions is not that of the events')]),
    ...(unknown === undefined
      ? []
      : [misfit('policy', unknown.seq, `its policy ${unknown.policyVersion} is not in the archive`)]),
    ...(isOfCase ? [] : [misfit('assistant', 1, `the trail is not that of ${assistantId}`)]),
  ]
}

/**
 * What does not fit in an archive, the first event first; nothing where all fits. `anchors` are those that the auditor
 * got from where they are kept; the ones in the archive are checked too, but whoever rewrote it may have rewritten them.
 */
export const misfitsIn = (evidence: Evidence, anchors: readonly Anchor[], digest: Digest): readonly Misfit[] =>
  [
    ...chainMisfits(evidence, digest),
    ...orderMisfits(evidence),
    ...anchorMisfits(evidence, [...evidence.anchors, ...anchors]),
    ...dossierMisfits(evidence, digest),
    ...summaryMisfits(evidence, digest),
  ].toSorted((a, b) => (a.seq ?? Infinity) - (b.seq ?? Infinity))
