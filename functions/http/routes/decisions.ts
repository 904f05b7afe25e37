import * as z from 'zod'
import { approvalId } from '../../../shared/contracts/fields.ts'
import { CodeView, DecisionBody, DossierView, ReceiptView, SecretBody } from '../../../shared/contracts/decisions.ts'
import type { ApprovalId } from '../../../shared/domain/ids.ts'
import type { Locale } from '../../../shared/domain/organisation.ts'
import { refuse } from '../../../shared/domain/refusal.ts'
import { isAnnulled, type StageRecord } from '../../../shared/domain/stage.ts'
import { localTime } from '../../../shared/text/time.ts'
import type { System } from '../../adapters/system.ts'
import { answer, codeSubject, show, type Shown } from '../../answering.ts'
import { type Api, mount, routes } from '../operations.ts'
import { deadLink, jsonReply, problemOfRefusal, problemReply, type Reply } from '../problem.ts'
import { replyWithCode, wrongCode } from '../codes.ts'
import { dossierView } from '../dossier-view.ts'
import { whileAnswerable } from '../links.ts'
import { receiptView } from '../views.ts'

/** Who decided what and when, for someone who comes too late. */
const alreadyDecided = async (system: System, id: ApprovalId, stage: StageRecord, locale: Locale): Promise<Reply> => {
  const receipt = isAnnulled(stage) ? null : receiptView(id, stage)
  if (receipt === null) return deadLink(locale)
  const { decision, decidedBy, onBehalfOf, decidedAt, channel } = receipt
  const name = (await system.directory.person(decidedBy))?.name ?? decidedBy
  const facts = { decision, decidedBy: name, decidedAt: localTime(decidedAt, system.zone) }
  const known = { decision, decidedBy, onBehalfOf, decidedAt, channel }
  return problemReply(problemOfRefusal(refuse('already-decided', facts), locale, known))
}

const tag = 'Decisions'
const identified = { params: z.object({ approvalId }) }

/** What an approver's page calls. A call without the secret of the mail learns and changes nothing. */
export const decisionRoutes = (api: Api) => {
  const { system } = api
  const mounted = routes()

  /** What the link leads to; null where it is none, or is for the page of a hand-over, where nothing is decided. */
  const shownOf = async (id: ApprovalId, secret: string): Promise<Shown | null> => {
    const shown = await show(system, id, secret)
    return shown?.stage.stage === 'hand-over' ? null : shown
  }

  /** Replies by what a link leads to, as long as it can be answered. */
  const whileAlive = async (
    id: ApprovalId,
    secret: string,
    locale: Locale,
    reply: (shown: Shown) => Promise<Reply>,
  ): Promise<Reply> => {
    const shown = await shownOf(id, secret)
    if (shown === null) return deadLink(locale)
    if (shown.stage.status !== 'open') return alreadyDecided(system, id, shown.stage, locale)
    return whileAnswerable(system, shown, locale, reply)
  }

  mount(mounted, api, {
    method: 'post',
    path: '/decide/{approvalId}/dossier',
    tag,
    summary: 'Read what an approver is asked to decide; changes nothing',
    scope: null,
    ...identified,
    body: SecretBody,
    answers: { 200: { description: 'The dossier.', schema: DossierView } },
    problems: [404, 409],
    handle: ({ params, body: { secret }, locale }) =>
      whileAlive(params.approvalId, secret, locale, async (shown) =>
        jsonReply(200, dossierView(shown, system, await shown.organisation(), locale)),
      ),
  })

  mount(mounted, api, {
    method: 'post',
    path: '/decide/{approvalId}/code',
    tag,
    summary: "Mail a six-digit code to the approver's registered address: ten minutes, five tries, five an hour",
    scope: null,
    ...identified,
    body: SecretBody,
    answers: { 200: { description: 'The code is on its way.', schema: CodeView } },
    problems: [404, 409, 429],
    handle: ({ params, body: { secret }, locale }) =>
      whileAlive(params.approvalId, secret, locale, (shown) => replyWithCode(system, codeSubject(shown), locale)),
  })

  mount(mounted, api, {
    method: 'post',
    path: '/decide/{approvalId}',
    tag,
    summary: 'Decide (art. 4, 7, 9); the same decision again gets the same receipt',
    scope: null,
    ...identified,
    body: DecisionBody,
    answers: { 200: { description: 'The receipt.', schema: ReceiptView } },
    problems: [404, 409, 422],
    handle: async ({ params, body, locale }) => {
      const { secret, code = null, decision, reason = null, dossierHash } = body
      const id = params.approvalId
      const shown = await shownOf(id, secret)
      if (shown === null) return deadLink(locale)
      const read = dossierHash === undefined ? {} : { dossierHash }
      const given = { decision, reason, channel: 'page', ...read } as const
      let answered = await answer(system, shown, { ...given, stepUp: 'none' })
      if (answered.type === 'refused' && answered.refusal.refused === 'code-required' && code !== null) {
        if (!(await system.codes.accept(codeSubject(shown), code, system.now()))) return wrongCode(locale)
        answered = await answer(system, shown, { ...given, stepUp: 'mail-code' })
      }
      const { stage } = answered
      if (answered.type === 'refused') {
        return answered.refusal.refused === 'already-decided'
          ? alreadyDecided(system, id, stage, locale)
          : problemReply(problemOfRefusal(answered.refusal, locale))
      }
      const receipt = receiptView(id, stage)
      return receipt === null ? deadLink(locale) : jsonReply(200, receipt)
    },
  })
  return mounted
}
