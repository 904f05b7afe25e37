import * as z from 'zod/mini'
import { readEnvironment } from '../../functions/adapters/environment.ts'

/** What `run.sh` and whoever starts it tell the parts of the trial in an account. */
const Variables = z.object({
  STACK: z.string(),
  /** Origin of the front. */
  BANK_URL: z.url(),
  /** Folder for what the front keeps. */
  FRONT_FOLDER: z.string(),
  /** Verified in SES; the bank and its people have their addresses at it and below. */
  E2E_MAIL_DOMAIN: z.string(),
  /** Where the account's receipt rule puts the mails to it. */
  E2E_MAIL_BUCKET: z.string(),
  /** Seconds without a mail after which none is thought to be under way. */
  E2E_QUIET_SECONDS: z.prefault(z.coerce.number(), 5),
  /** Origin of an emulator that stands for AWS, where this is rehearsed. */
  AWS_ENDPOINT_URL: z.optional(z.url()),
})

export const readVariables = () => readEnvironment(Variables, process.env)

/** The domain of the embedded system's bank, which the journeys speak of. */
const spoken = 'bank.example'

/** Names in a text as the account has them, and back. */
export const naming = (domain: string) => ({
  there: (text: string): string => text.replaceAll(spoken, domain),
  here: (text: string): string => text.replaceAll(domain, spoken),
})
