import * as z from 'zod/mini'

/** The tag under which SES is told the duty that a mail fulfils, and under which it gives it back. */
export const dutyTag = 'duty'

/** A duty's id as the value of a tag, in which SES takes letters, digits, dashes and underscores: an id has dots too. */
export const tagOfDuty = (dutyId: string): string =>
  dutyId.replaceAll(/[^A-Za-z0-9-]/g, (character) => `_${character.charCodeAt(0).toString(16).padStart(2, '0')}`)

export const dutyOfTag = (tag: string): string =>
  tag.replaceAll(/_([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))

/** As SES sends them, each tag with a list of values. */
const mail = z.object({ messageId: z.string(), tags: z.record(z.string(), z.array(z.string())) })

const Bounce = z.object({
  eventType: z.literal('Bounce'),
  mail,
  bounce: z.object({
    bounceType: z.enum(['Undetermined', 'Permanent', 'Transient']),
    bounceSubType: z.string(),
    timestamp: z.string(),
    bouncedRecipients: z.array(
      z.object({
        emailAddress: z.string(),
        /** What the recipient's mail server says it did (RFC 3464); missing where it sent no such notice. */
        action: z.optional(z.string()),
      }),
    ),
  }),
})

const Complaint = z.object({
  eventType: z.literal('Complaint'),
  mail,
  complaint: z.object({
    complainedRecipients: z.array(z.object({ emailAddress: z.string() })),
    /** RFC 5965, such as `abuse`; missing where the complaint came without a report. */
    complaintFeedbackType: z.optional(z.nullable(z.string())),
    timestamp: z.string(),
  }),
})

/** SES took a mail, found a virus in it and didn't deliver it. */
const Reject = z.object({ eventType: z.literal('Reject'), mail })

/** What EventBridge tells of a mail after SES took it. No `Rendering Failure`: that is about templates only. */
export const MailEvent = z.object({ detail: z.discriminatedUnion('eventType', [Bounce, Complaint, Reject]) })
export type MailEvent = z.infer<typeof MailEvent>

/** The detail types under which EventBridge has them. */
export const mailEventTypes = ['Email Bounced', 'Email Complaint Received', 'Email Rejected'] as const
