import * as z from 'zod/mini'

/** How SES's check of a mail ended: `GRAY` where there was nothing to check, such as no signature. */
export const Verdict = z.enum(['PASS', 'FAIL', 'GRAY', 'PROCESSING_FAILED'])
export type Verdict = z.infer<typeof Verdict>

const verdict = z.object({ status: Verdict })

/** What SES hands to a function for each mail that arrived; the mail itself lies in the bucket by then. */
export const InboundMailEvent = z.object({
  Records: z
    .array(
      z.object({
        ses: z.object({
          mail: z.object({
            messageId: z.string().check(z.minLength(1)),
            /** The envelope's sender; empty in a notice of another mail's fate. */
            source: z.string(),
          }),
          receipt: z.object({
            /** Of the envelope's recipients those that the rule is for. */
            recipients: z.array(z.string()),
            spfVerdict: verdict,
            dkimVerdict: verdict,
            dmarcVerdict: verdict,
            spamVerdict: verdict,
            virusVerdict: verdict,
          }),
        }),
      }),
    )
    .check(z.minLength(1)),
})
export type InboundMailEvent = z.infer<typeof InboundMailEvent>
