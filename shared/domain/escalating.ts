import type { EventOf, Step } from './events.ts'
import { membersOf, type Organisation } from './organisation.ts'
import type { StageRecord } from './stage.ts'

/** Tells the next level at which somebody is, out of turn, because nobody is there who could answer. */
export const escalateAtOnce = (
  { applicationId, stage, round }: Pick<StageRecord, 'applicationId' | 'stage' | 'round'>,
  timetable: readonly Step[],
  organisation: Organisation,
): EventOf<'stage-escalated'> => {
  const levels = timetable.flatMap(({ act, to }) => (act === 'escalate' ? [to] : []))
  const to = levels.find((level) => membersOf(organisation, level).length > 0) ?? 'hq'
  const told = [...membersOf(organisation, to)]
  return {
    type: 'stage-escalated',
    data: { applicationId, stage, round, to, told, asked: [], atOnce: true, next: null },
  }
}
