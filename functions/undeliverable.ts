import { bySystem } from '../shared/domain/context.ts'
import type { MailDuty } from '../shared/domain/duty.ts'
import type { Undeliverable } from '../shared/domain/events.ts'
import { ApprovalId, type AssistantId } from '../shared/domain/ids.ts'
import { isMail } from './adapters/duties.ts'
import type { System } from './adapters/system.ts'
import { execute } from './execute.ts'
import { inLanes } from './lanes.ts'

/** That the mail of a duty came back or was complained of. */
export type Report = Pick<Undeliverable, 'dutyId' | 'kind'>

type Affected = Omit<Undeliverable, 'dutyId' | 'kind'> & { readonly assistantId: AssistantId }

/** What the mail was about: a digest is about everything that waits on its reader. */
const affectedBy = async (system: System, duty: MailDuty): Promise<readonly Affected[]> => {
  switch (duty.kind) {
    case 'send-mail':
      return [duty]
    case 'send-code': {
      const { assistantId, to, subject } = duty
      return assistantId === null
        ? []
        : [{ assistantId, to, applicationId: null, approvalId: ApprovalId.parse(subject) }]
    }
    case 'send-answer':
      return duty.assistantId === null ? [] : [{ ...duty, applicationId: null }]
    case 'send-digest': {
      const waiting = await system.waiting.of(duty.to, 100)
      return waiting.map((one) => ({ ...one, to: duty.to, applicationId: null }))
    }
  }
}

/** Cases of one digest at a time. */
const atOnce = 10

/**
 * Stores that a mail did not reach its reader, with its duty and in the cases that it was about; whoever was asked by
 * it counts as absent. A report about a mail that is not remembered any more is logged and left.
 */
export const reportUndeliverable = async (system: System, { dutyId, kind }: Report): Promise<void> => {
  const duty = await system.duties.find(dutyId)
  if (duty === null || !isMail(duty)) {
    system.log.warn('A mail came back that nobody remembers.', { duty: dutyId })
    return
  }
  await system.duties.note(duty, kind, system.now())
  await inLanes(await affectedBy(system, duty), atOnce, ({ assistantId, to, applicationId, approvalId }) =>
    execute(system, {
      assistantId,
      command: { type: 'report-undeliverable', undeliverable: { dutyId, kind, to, applicationId, approvalId } },
      origin: bySystem('mail'),
    }),
  )
}
