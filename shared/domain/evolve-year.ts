import type { AssistantCase } from './assistant.ts'
import { withStage } from './changing.ts'
import type { EventOf, RecordedEvent } from './events.ts'
import { withClients, withoutClients } from './portfolio.ts'
import { endedStage } from './stage.ts'
import type { Training } from './training.ts'
import type { YearEvent } from './year-events.ts'

const withTraining = (state: AssistantCase, training: Partial<Training>): AssistantCase => ({
  ...state,
  training: { ...state.training, ...training },
})

const withMentor = (state: AssistantCase, { data }: EventOf<'mentor-named'>): AssistantCase =>
  withTraining(state, { mentor: data.mentor, remindAt: data.remindAt })

const withPlan = (state: AssistantCase, { at, data }: RecordedEvent & EventOf<'training-plan-set'>): AssistantCase =>
  withTraining(state, { plan: { version: data.version, items: data.items, setAt: at }, remindAt: data.remindAt })

const withAssessment = (state: AssistantCase, { data }: EventOf<'assessment-recorded'>): AssistantCase => {
  const { itemId, attempt, takenOn, assessor, score, passed, remindAt } = data
  const assessment = { itemId, attempt, takenOn, assessor, score, passed }
  return withTraining(state, { assessments: [...state.training.assessments, assessment], remindAt })
}

const withAttendance = (state: AssistantCase, { data }: EventOf<'attendance-recorded'>): AssistantCase => {
  const { attendance } = state.training
  const { count, minutes } = attendance[data.kind]
  const total = { count: count + 1, minutes: minutes + (data.minutes ?? 0) }
  return withTraining(state, { attendance: { ...attendance, [data.kind]: total } })
}

const withTrainingReminded = (state: AssistantCase, { data }: EventOf<'training-reminded'>): AssistantCase =>
  withTraining(state, { remindAt: data.remindAt })

const withMoreClients = (
  state: AssistantCase,
  { at, data }: RecordedEvent & EventOf<'clients-assigned' | 'clients-received'>,
): AssistantCase => ({ ...state, portfolio: withClients(state.portfolio, data.clientIds, at) })

const withFewerClients = (
  state: AssistantCase,
  { data }: EventOf<'clients-released' | 'clients-handed-over'>,
): AssistantCase => {
  const fewer = { ...state, portfolio: withoutClients(state.portfolio, data.clientIds) }
  // That an exit is complete, an event of its own says.
  return state.status === 'not-appointed' && fewer.portfolio.length === 0
    ? withStage(fewer, { applicationId: null, stage: 'hand-over' }, (stage) => endedStage(stage, 'completed'))
    : fewer
}

const withViolation = (state: AssistantCase, { data }: EventOf<'violation-recorded'>): AssistantCase => {
  const { reportedBy, on, severity, sanctioned, sanctionLiftedOn, description, evidence } = data
  const violation = { reportedBy, on, severity, sanctioned, sanctionLiftedOn, description, evidence }
  return { ...state, violations: [...state.violations, violation] }
}

/** The case after something that happened in the year on the post. */
export const withYearEvent = (state: AssistantCase, event: RecordedEvent & YearEvent): AssistantCase => {
  switch (event.type) {
    case 'mentor-named':
      return withMentor(state, event)
    case 'training-plan-set':
      return withPlan(state, event)
    case 'assessment-recorded':
      return withAssessment(state, event)
    case 'attendance-recorded':
      return withAttendance(state, event)
    case 'training-reminded':
      return withTrainingReminded(state, event)
    case 'clients-assigned':
    case 'clients-received':
      return withMoreClients(state, event)
    case 'clients-released':
    case 'clients-handed-over':
      return withFewerClients(state, event)
    case 'violation-recorded':
      return withViolation(state, event)
    case 'performance-recorded': {
      const { period, figures } = event.data
      return { ...state, performance: { ...state.performance, [period]: figures } }
    }
    case 'qualifications-recorded':
      return { ...state, qualifications: event.data.qualifications }
  }
}
