import * as z from 'zod/mini'
import { ClientId, EmployeeNo } from './ids.ts'
import { Period } from './performance.ts'
import { Qualifications } from './standard.ts'
import { Day, Instant } from './time.ts'
import { Assessment, AttendanceKind, PlanItem } from './training.ts'
import { Violation } from './violation.ts'

/** The schema of an event. */
export const event = <Type extends string, Shape extends z.core.$ZodLooseShape>(type: Type, data: Shape) =>
  z.object({ type: z.literal(type), data: z.object(data) })

/** How the portfolio stands after clients came to it. */
const PortfolioFacts = {
  clientIds: z.array(ClientId),
  count: z.number(),
  cap: z.number(),
  /** Whether the part of the cap was reached at which the centre head is warned. */
  nearCap: z.boolean(),
  client: z.nullable(z.string()),
}

/** When someone is next reminded of the training; null while nothing is missing or due. */
const remindAt = z.nullable(Instant)
const client = z.nullable(z.string())

/** What can happen in the year on the post, beside the procedures. */
export const yearEvents = [
  event('mentor-named', { mentor: EmployeeNo, remindAt, client }),
  event('training-plan-set', { version: z.number(), items: z.array(PlanItem), remindAt, client }),
  event('assessment-recorded', { ...Assessment.shape, remindAt, client }),
  event('attendance-recorded', {
    kind: AttendanceKind,
    on: Day,
    title: z.string(),
    minutes: z.nullable(z.number()),
    client,
  }),
  event('training-reminded', {
    missing: z.array(z.enum(['plan', 'mentor'])),
    /** Items to be passed soon, and those whose day has passed. */
    due: z.array(z.string()),
    overdue: z.array(z.string()),
    told: z.array(z.union([EmployeeNo, z.literal('assistant')])),
    remindAt,
  }),
  event('clients-assigned', PortfolioFacts),
  event('clients-released', { clientIds: z.array(ClientId), client }),
  event('clients-handed-over', { clientIds: z.array(ClientId), to: EmployeeNo, client }),
  event('clients-received', { ...PortfolioFacts, from: EmployeeNo }),
  event('violation-recorded', { ...Violation.shape, client }),
  event('performance-recorded', { period: Period, figures: z.record(z.string(), z.number()), client }),
  event('qualifications-recorded', { qualifications: Qualifications, client }),
] as const
export type YearEvent = z.infer<(typeof yearEvents)[number]>
