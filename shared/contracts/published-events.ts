import * as z from 'zod/mini'
import { Actor, ApplicationStage, Body, Decision, ExitGround, Source, Stage, Track } from '../domain/kinds.ts'
import { ApplicationId, AssistantId, BranchId, CentreId, ClientId, EmployeeNo, TeamId } from '../domain/ids.ts'
import type { PublishedEvent, PublishedType } from '../domain/publishing.ts'
import { Grade } from '../domain/standard.ts'
import { Day, Instant } from '../domain/time.ts'
import { Topic } from '../domain/training.ts'
import { Severity } from '../domain/violation.ts'

/** Who publishes, as rules on the bus know it. */
export const eventSource = 'zhuli'

/** The detail type on the bus, and the name of the schema. */
export const detailTypeOf = ({ type, version }: Pick<PublishedEvent, 'type' | 'version'>): string =>
  `${type}.v${version}`

const described = <Schema extends z.ZodMiniType>(schema: Schema, description: string): Schema => {
  z.globalRegistry.add(schema, { description })
  return schema
}

const number = () => z.int().check(z.minimum(1))

/** One event, version 1: a sentence for whoever reads its JSON schema, and its data. */
const event = <Type extends PublishedType, Shape extends z.core.$ZodLooseShape>(
  type: Type,
  sentence: string,
  data: Shape,
) =>
  described(
    z.object({
      id: described(z.string(), 'The same whenever the event is handed over again: leave out what you have had.'),
      type: z.literal(type),
      version: z.literal(1),
      assistantId: AssistantId,
      employeeNo: described(z.clone(EmployeeNo), "The assistant's number in the bank's HR records."),
      seq: described(number(), 'Number of the event in the case: rises, with gaps where nothing is published.'),
      previousSeq: described(
        z.nullable(number()),
        'The `seq` of the event of this case that was published before; null for the first.',
      ),
      at: Instant,
      data: z.object(data),
    }),
    sentence,
  )

const application = { applicationId: ApplicationId }
const stage = { applicationId: z.nullable(ApplicationId), stage: Stage, round: number() }
const applicationStage = { ...application, stage: ApplicationStage, round: number() }
/** How many clients the assistant has then, and may have. */
const portfolio = { clientIds: z.array(ClientId), count: number(), cap: number() }
/** Last days that were set anew; null where nothing is open, or nothing is with the filer. */
const times = { dueOn: z.nullable(Day), amendBy: z.nullable(Day) }

/**
 * What HR systems get, by type. A schema here is kept: members may be added to it, and whatever else changes makes
 * another version. `npm run schemas` writes them to docs/events.
 */
export const publishedEvents: {
  readonly [Type in PublishedType]: z.ZodMiniType<Extract<PublishedEvent, { readonly type: Type }>>
} = {
  'onboarding-filed': event('onboarding-filed', 'An application for the post was filed.', {
    ...application,
    filedBy: EmployeeNo,
    track: Track,
    source: Source,
    branchId: BranchId,
    centreId: CentreId,
    teamId: z.nullable(TeamId),
  }),
  'transfer-filed': event('transfer-filed', 'An application for the transfer to relationship manager was filed.', {
    ...application,
    filedBy: EmployeeNo,
    early: z.boolean(),
  }),
  'stage-opened': event('stage-opened', 'Someone is asked to decide, by the day `dueOn`.', { ...stage, dueOn: Day }),
  'stage-decided': event('stage-decided', 'A stage was decided; what was returned is to be amended by `amendBy`.', {
    ...stage,
    decision: Decision,
    decidedBy: Actor,
    onBehalfOf: z.nullable(EmployeeNo),
    amendBy: z.nullable(Day),
  }),
  'application-withdrawn': event('application-withdrawn', 'Who filed the application withdrew it.', {
    ...application,
    withdrawnBy: Actor,
  }),
  'application-amended': event('application-amended', 'A returned application was amended and is asked about again.', {
    ...applicationStage,
    amendedBy: Actor,
    changes: described(
      z.object({
        track: z.exactOptional(Track),
        source: z.exactOptional(Source),
        teamId: z.exactOptional(z.nullable(TeamId)),
      }),
      'The codes that changed; texts that changed are in the API.',
    ),
  }),
  'application-expired': event('application-expired', 'Nobody decided or amended in time: the application ended.', {
    ...applicationStage,
  }),
  'onboarding-took-effect': event('onboarding-took-effect', 'HQ consented: the assistant is on the post.', {
    ...application,
    effectiveAt: Instant,
    onPostSince: Day,
    reviewDueOn: Day,
  }),
  'transfer-took-effect': event('transfer-took-effect', 'HQ consented: the assistant is a relationship manager.', {
    ...application,
    effectiveAt: Instant,
    grade: described(z.nullable(Grade), 'As far as the facts on file tell.'),
  }),
  'review-called': event('review-called', 'The review of the year has begun.', { round: number() }),
  'decision-disputed': event(
    'decision-disputed',
    'Someone denied a decision: the case stands still until HQ settles it.',
    {
      ...stage,
      disputedBy: Actor,
      effect: z.enum(['held-back', 'begun']),
    },
  ),
  'decision-upheld': event('decision-upheld', 'HQ upheld a disputed decision: the case goes on, with new last days.', {
    ...stage,
    ...times,
  }),
  'decision-annulled': event(
    'decision-annulled',
    'HQ annulled a disputed decision: it counts no more, nor does what was built upon it.',
    stage,
  ),
  'policy-adopted': event('policy-adopted', 'The case was moved to another version of the policy.', {
    applicationId: z.nullable(ApplicationId),
    policyVersion: z.string(),
    ...times,
  }),
  'assistant-exited': event('assistant-exited', 'The assistant left the post otherwise than by transfer.', {
    ground: ExitGround,
    body: Body,
    decidedBy: EmployeeNo,
    decidedOn: Day,
  }),
  'exit-begun': event(
    'exit-begun',
    'The assistant leaves the post; the exit waits for the clients to be handed over.',
    {
      ground: ExitGround,
      body: Body,
      decidedBy: EmployeeNo,
      decidedOn: Day,
    },
  ),
  'exit-completed': event('exit-completed', 'All clients are handed over: the assistant has left the post.', {}),
  'mentor-named': event('mentor-named', 'Someone was made responsible for the training.', { mentor: EmployeeNo }),
  'training-plan-set': event('training-plan-set', 'The training plan was made, or revised.', {
    planVersion: number(),
    items: z.array(z.object({ id: z.string(), topic: Topic, dueOn: Day })),
  }),
  'assessment-recorded': event('assessment-recorded', 'The assistant was assessed in an item of the plan.', {
    itemId: z.string(),
    attempt: number(),
    takenOn: Day,
    passed: z.boolean(),
  }),
  'clients-assigned': event('clients-assigned', 'The assistant became responsible for clients.', portfolio),
  'clients-received': event('clients-received', 'The assistant took over clients from a colleague.', {
    ...portfolio,
    from: EmployeeNo,
  }),
  'clients-released': event('clients-released', 'The assistant is responsible for clients no more.', {
    clientIds: z.array(ClientId),
  }),
  'clients-handed-over': event('clients-handed-over', 'A colleague took over clients of the assistant.', {
    clientIds: z.array(ClientId),
    to: EmployeeNo,
  }),
  'violation-recorded': event('violation-recorded', 'A violation was reported.', {
    on: Day,
    severity: Severity,
    sanctioned: z.boolean(),
    sanctionLiftedOn: z.nullable(Day),
  }),
}
