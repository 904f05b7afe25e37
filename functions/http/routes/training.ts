import * as z from 'zod'
import { assistantId } from '../../../shared/contracts/fields.ts'
import { AssistantView } from '../../../shared/contracts/resources.ts'
import {
  AssessmentBody,
  AssessmentView,
  AttendanceBody,
  AttendanceView,
  MentorBody,
  TrainingPlanBody,
  TrainingPlanView,
} from '../../../shared/contracts/year.ts'
import type { AssistantCase } from '../../../shared/domain/assistant.ts'
import type { SetTrainingPlan } from '../../../shared/domain/commands.ts'
import { AsOf, replyAsOf } from '../as-of.ts'
import { type Api, mount, routes } from '../operations.ts'
import { byClient, byClientItself, carryOut } from '../orders.ts'
import { jsonReply, problemOfCall, problemReply } from '../problem.ts'
import { assistantView, presentOf, trainingPlanView } from '../views.ts'

const shared = { tag: 'Training', scope: 'cases:write', params: z.object({ id: assistantId }) } as const

/** What HR and the centre record of the training (art. 5). */
export const trainingRoutes = (api: Api) => {
  const { system } = api
  const viewed = (state: AssistantCase) => assistantView(state, presentOf(system))
  const mounted = routes()

  mount(mounted, api, {
    ...shared,
    method: 'put',
    path: '/v1/assistants/{id}/mentor',
    summary: 'Name the person responsible for the training (art. 5)',
    body: MentorBody,
    answers: { 200: { description: 'The assistant.', schema: AssistantView } },
    problems: [404, 409, 422],
    handle: (call) => {
      const { employeeNo: mentor, by } = call.body
      const command = { type: 'name-mentor', mentor } as const
      return carryOut(
        system,
        call,
        { assistantId: call.params.id, command, origin: byClient(by, call.client) },
        (state) => jsonReply(200, viewed(state)),
      )
    },
  })

  mount(mounted, api, {
    ...shared,
    method: 'get',
    path: '/v1/assistants/{id}/training-plan',
    summary: 'Read the training plan, as of now or of any moment before: earlier versions stay readable',
    scope: 'cases:read',
    query: AsOf,
    answers: { 200: { description: 'The plan, with what came of each item.', schema: TrainingPlanView } },
    problems: [400, 404],
    handle: ({ params: { id }, query, locale }) =>
      replyAsOf(system, id, query, locale, ({ training }) => {
        const plan = trainingPlanView(training)
        return plan === null ? problemReply(problemOfCall('unknown-resource', locale)) : jsonReply(200, plan)
      }),
  })

  mount(mounted, api, {
    ...shared,
    method: 'put',
    path: '/v1/assistants/{id}/training-plan',
    summary: 'Make the training plan, or revise it; earlier versions stay readable (art. 5)',
    body: TrainingPlanBody,
    answers: { 200: { description: 'The plan as it stands now.', schema: TrainingPlanView } },
    problems: [404, 409, 422],
    handle: (call) => {
      const { by, items } = call.body
      const command: SetTrainingPlan = {
        type: 'set-training-plan',
        items: items.map(({ dueOn = null, assessment, ...item }) => ({
          ...item,
          dueOn,
          assessment: assessment ? { kind: assessment.kind, passMark: assessment.passMark ?? null } : null,
        })),
      }
      return carryOut(
        system,
        call,
        { assistantId: call.params.id, command, origin: byClient(by, call.client) },
        ({ training }) => jsonReply(200, trainingPlanView(training) ?? {}),
      )
    },
  })

  mount(mounted, api, {
    ...shared,
    method: 'post',
    path: '/v1/assistants/{id}/assessments',
    summary: 'Record a try at the assessment of an item of the plan; every try stays on record (art. 5)',
    body: AssessmentBody,
    idempotencyKey: 'required',
    answers: { 201: { description: 'The try.', schema: AssessmentView } },
    problems: [404, 422],
    handle: (call) => {
      const { score = null, ...assessment } = call.body
      const command = { type: 'record-assessment', ...assessment, score } as const
      const origin = byClient(assessment.assessor, call.client)
      return carryOut(system, call, { assistantId: call.params.id, command, origin }, ({ training }) =>
        jsonReply(201, training.assessments.at(-1) ?? {}),
      )
    },
  })

  mount(mounted, api, {
    ...shared,
    method: 'post',
    path: '/v1/assistants/{id}/attendances',
    summary: 'Record that the assistant took part in a meeting, a general training or a coaching (art. 5)',
    body: AttendanceBody,
    idempotencyKey: 'required',
    answers: { 201: { description: 'How often, in all.', schema: AttendanceView } },
    problems: [404],
    handle: (call) => {
      const { minutes = null, ...attendance } = call.body
      const command = { type: 'record-attendance', ...attendance, minutes } as const
      return carryOut(
        system,
        call,
        { assistantId: call.params.id, command, origin: byClientItself(call.client) },
        ({ training }) => jsonReply(201, training.attendance),
      )
    },
  })
  return mounted
}
