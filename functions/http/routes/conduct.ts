import * as z from 'zod'
import { assistantId } from '../../../shared/contracts/fields.ts'
import { AssistantView } from '../../../shared/contracts/resources.ts'
import { QualificationsBody, ViolationBody } from '../../../shared/contracts/year.ts'
import type { AssistantCase } from '../../../shared/domain/assistant.ts'
import type { RecordQualifications, RecordViolation } from '../../../shared/domain/commands.ts'
import { type Api, mount, routes } from '../operations.ts'
import { byClient, byWhoever, carryOut } from '../orders.ts'
import { jsonReply } from '../problem.ts'
import { assistantView, presentOf } from '../views.ts'

const shared = { tag: 'Standard', scope: 'cases:write', params: z.object({ id: assistantId }) } as const
const assistant = { description: 'The assistant.', schema: AssistantView }

/** What the risk department and HR report for the relationship-manager standard, and for exits (art. 9). */
export const conductRoutes = (api: Api) => {
  const { system } = api
  const viewed = (state: AssistantCase) => assistantView(state, presentOf(system))
  const mounted = routes()

  mount(mounted, api, {
    ...shared,
    method: 'post',
    path: '/v1/assistants/{id}/violations',
    summary: 'Report a violation; a serious one that was punished ends the post at once (art. 9)',
    body: ViolationBody,
    idempotencyKey: 'required',
    answers: { 201: { ...assistant, location: 'The assistant.' } },
    problems: [404, 422],
    handle: (call) => {
      const { sanctionLiftedOn = null, ...violation } = call.body
      const command: RecordViolation = { type: 'record-violation', violation: { ...violation, sanctionLiftedOn } }
      const origin = byClient(violation.reportedBy, call.client)
      return carryOut(system, call, { assistantId: call.params.id, command, origin }, (state) =>
        jsonReply(201, viewed(state), { location: `/v1/assistants/${state.id}` }),
      )
    },
  })

  mount(mounted, api, {
    ...shared,
    method: 'put',
    path: '/v1/assistants/{id}/qualifications',
    summary: 'State what HR knows for the relationship-manager standard, in place of what it stated before',
    body: QualificationsBody,
    answers: { 200: assistant },
    problems: [404, 409],
    handle: (call) => {
      const { by, examination, ...facts } = call.body
      const command: RecordQualifications = {
        type: 'record-qualifications',
        qualifications: {
          yearsInFinance: facts.yearsInFinance ?? null,
          yearsInBank: facts.yearsInBank ?? null,
          education: facts.education ?? null,
          lendingQualification: facts.lendingQualification ?? null,
          examination: examination ? { ...examination, grade: examination.grade ?? null } : null,
          averageDailyDeposits: facts.averageDailyDeposits ?? null,
        },
      }
      const origin = byWhoever(by, call.client)
      return carryOut(system, call, { assistantId: call.params.id, command, origin }, (state) =>
        jsonReply(200, viewed(state)),
      )
    },
  })
  return mounted
}
