import * as z from 'zod/mini'
import { EmployeeNo } from './ids.ts'
import { Day, type Instant } from './time.ts'

/** What a training plan covers; the first four it can't lack (art. 5). */
export const Topic = z.enum([
  'private-banking-business',
  'professional-systems',
  'compliance-and-service',
  'knowledge-and-marketing',
  'other',
])
export type Topic = z.infer<typeof Topic>

export const requiredTopics: readonly Topic[] = Topic.options.filter((topic) => topic !== 'other')

/** One thing to learn, with the day by which it is to be assessed and how (art. 5). */
export const PlanItem = z.object({
  /** Chosen by HR; stays the same when the plan is revised. */
  id: z.string(),
  topic: Topic,
  title: z.string(),
  dueOn: Day,
  assessment: z.object({ kind: z.string(), passMark: z.nullable(z.number()) }),
})
export type PlanItem = z.infer<typeof PlanItem>

/** The training plan (专项培训方案) as it stands. */
export interface TrainingPlan {
  /** Counted from 1; each revision is the next. */
  readonly version: number
  readonly items: readonly PlanItem[]
  readonly setAt: Instant
}

/** One try at an item's assessment. */
export const Assessment = z.object({
  itemId: z.string(),
  /** Which try at this item it was, counted from 1. */
  attempt: z.number(),
  takenOn: Day,
  assessor: EmployeeNo,
  score: z.nullable(z.number()),
  passed: z.boolean(),
})
export type Assessment = z.infer<typeof Assessment>

/** What assistants take part in besides the plan (art. 5). */
export const AttendanceKind = z.enum(['meeting', 'training', 'coaching'])
export type AttendanceKind = z.infer<typeof AttendanceKind>

/** How often, and for how many minutes in all as far as minutes were stated. */
const AttendanceTotal = z.object({ count: z.number(), minutes: z.number() })

export const Attendance = z.record(AttendanceKind, AttendanceTotal)
export type Attendance = z.infer<typeof Attendance>

/** The training of one assistant (art. 5). */
export interface Training {
  /** The person responsible for it (落实培训的专人). */
  readonly mentor: EmployeeNo | null
  readonly plan: TrainingPlan | null
  /** Every try, in the order of recording. */
  readonly assessments: readonly Assessment[]
  readonly attendance: Attendance
  /** When someone is next reminded of what is missing, due or overdue; null while nothing is. */
  readonly remindAt: Instant | null
}

export const noTraining: Training = {
  mentor: null,
  plan: null,
  assessments: [],
  attendance: {
    meeting: { count: 0, minutes: 0 },
    training: { count: 0, minutes: 0 },
    coaching: { count: 0, minutes: 0 },
  },
  remindAt: null,
}

/** Without a plan or a mentor an assistant shows as "without a plan" (art. 5). */
export const lacksPlan = ({ mentor, plan }: Training): boolean => mentor === null || plan === null

export const attemptsAt = ({ assessments }: Training, itemId: string): readonly Assessment[] =>
  assessments.filter((assessment) => assessment.itemId === itemId)

/** An item is passed once any try at it was. */
export const isPassed = (training: Training, { id }: Pick<PlanItem, 'id'>): boolean =>
  attemptsAt(training, id).some(({ passed }) => passed)

/** The plan's items that are still to be passed; only those who pass them all may transfer (art. 5). */
export const itemsToPass = (training: Training): readonly PlanItem[] =>
  training.plan?.items.filter((item) => !isPassed(training, item)) ?? []

export const hasPassedTraining = (training: Training): boolean =>
  training.plan !== null && itemsToPass(training).length === 0
