import * as z from 'zod'
import { assistantId, day, instant } from './fields.ts'
import { EventView } from './resources.ts'

const link = { seq: z.int(), hash: z.string() }

export const AnchorView = z.object({ assistantId, day, ...link, at: instant })

/** An archive by which an auditor checks a case without the system; docs/evidence.md says how. */
export const EvidenceView = z
  .object({
    format: z.literal('zhuli-evidence'),
    version: z.literal(1),
    assistantId,
    madeAt: instant,
    head: z.object(link),
    events: z.array(EventView),
    decisions: z.array(z.record(z.string(), z.unknown())),
    mails: z.array(
      z.object({
        at: instant,
        to: z.object({ employeeNo: z.string(), address: z.string().nullable() }),
        subject: z.string(),
        text: z.string().nullable(),
      }),
    ),
    policies: z.array(z.record(z.string(), z.unknown())),
    anchors: z.array(AnchorView.extend({ key: z.string() })),
  })
  .meta({ id: 'Evidence' })
