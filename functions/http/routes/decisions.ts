import * as z from 'zod'
import { approvalId } from '../../../shared/contracts/fields.ts'
import { DecisionBody, DossierView, ReceiptView, SecretBody } from '../../../shared/contracts/resources.ts'
import { type AssistantCase, stageOfApproval } from '../../../shared/domain/assistant.ts'
import type { Approval } from '../../../shared/domain/events.ts'
import { type ApprovalId, assistantIdOf } from '../../../shared/domain/ids.ts'
import type { Locale } from '../../../shared/domain/organisation.ts'
import { refuse } from '../../../shared/domain/refusal.ts'
import type { StageRecord } from '../../../shared/domain/stage.ts'
import { localTime } from '../../../shared/text/time.ts'
import type { System } from '../../adapters/system.ts'
import { execute, organisationOf } from '../../execute.ts'
import { type Api, mount, routes } from '../operations.ts'
import { jsonReply, problemOfRefusal, problemReply, type Reply } from '../problem.ts'
import { dossierView, receiptView } from '../views.ts'

/** An approval whose secret was shown, with the case and the stage that it belongs to. */
interface Shown {
  readonly state: AssistantCase
  readonly stage: StageRecord
  readonly approval: Approval
}

/**
 * Finds what a link leads to. Null alike for an approval that does not exist and for a wrong secret, and after the
 * same work, so that nobody can find out which approvals exist.
 */
const show = async (system: System, id: ApprovalId, secret: string): Promise<Shown | null> => {
  const [isRight, state] = await Promise.all([
    system.secrets.matches('approval-link', id, secret),
    system.record.load(assistantIdOf(id)),
  ])
  const stage = state === null ? null : stageOfApproval(state, id)
  const approval = stage?.asked.find((asked) => asked.id === id)
  return isRight && state !== null && stage !== null && approval !== undefined ? { state, stage, approval } : null
}

const deadLink = (locale: Locale): Reply => problemReply(problemOfRefusal(refuse('unknown-approval'), locale))

/** Who decided what and when, for someone who comes too late. */
const alreadyDecided = (system: System, id: ApprovalId, stage: StageRecord, locale: Locale): Reply => {
  const receipt = receiptView(id, stage)
  if (receipt === null) return deadLink(locale)
  const { decision, decidedBy, onBehalfOf, decidedAt, channel } = receipt
  const facts = { decision, decidedBy, decidedAt: localTime(decidedAt, system.zone) }
  const known = { decision, decidedBy, onBehalfOf, decidedAt, channel }
  return problemReply(problemOfRefusal(refuse('already-decided', facts), locale, known))
}

const tag = 'Decisions'
const identified = { params: z.object({ approvalId }) }

/** What an approver's page calls. A call without the secret of the mail learns and changes nothing. */
export const decisionRoutes = (api: Api) => {
  const { system } = api
  const app = routes()

  mount(app, api, {
    method: 'post',
    path: '/decide/{approvalId}/dossier',
    tag,
    summary: 'Read what an approver is asked to decide; changes nothing',
    scope: null,
    ...identified,
    body: SecretBody,
    answers: { 200: { description: 'The dossier.', schema: DossierView } },
    problems: [404, 409],
    handle: async ({ params, body: { secret }, locale }) => {
      const shown = await show(system, params.approvalId, secret)
      if (shown === null) return deadLink(locale)
      const { state, stage } = shown
      if (stage.status !== 'open') return alreadyDecided(system, params.approvalId, stage, locale)
      const organisation = await organisationOf(system, state)
      const present = { now: system.now(), zone: system.zone, policies: system.policies }
      return jsonReply(200, dossierView(params.approvalId, stage, state, organisation, locale, present))
    },
  })

  mount(app, api, {
    method: 'post',
    path: '/decide/{approvalId}',
    tag,
    summary: 'Decide (art. 4, 7, 9); the same decision again gets the same receipt',
    scope: null,
    ...identified,
    body: DecisionBody,
    answers: { 200: { description: 'The receipt.', schema: ReceiptView } },
    problems: [404, 409, 422],
    handle: async ({ params, body: { secret, decision, reason = null }, locale }) => {
      const id = params.approvalId
      const shown = await show(system, id, secret)
      if (shown === null) return deadLink(locale)
      const { approver, onBehalfOf } = shown.approval
      const outcome = await execute(system, {
        assistantId: shown.state.id,
        command: { type: 'decide-stage', approvalId: id, decision, reason },
        origin: { by: approver, onBehalfOf, channel: 'page', client: null },
      })
      if (outcome.type === 'answered-meanwhile') throw new Error('A decision carries no idempotency key.')
      const stage = outcome.state === null ? null : stageOfApproval(outcome.state, id)
      if (stage === null) return deadLink(locale)
      if (outcome.type === 'refused') {
        const isRepeated = stage.decision === decision && stage.decidedBy === approver
        if (!isRepeated && outcome.refusal.refused === 'already-decided')
          return alreadyDecided(system, id, stage, locale)
        if (!isRepeated) return problemReply(problemOfRefusal(outcome.refusal, locale))
      }
      const receipt = receiptView(id, stage)
      return receipt === null ? deadLink(locale) : jsonReply(200, receipt)
    },
  })
  return app
}
