import { readEnvironment } from '../../functions/adapters/environment.ts'
import * as z from 'zod/mini'

/** What `run.sh` tells the parts of the emulator of each other. */
const Variables = z.object({
  /** Origin of the emulator, for every service. */
  AWS_ENDPOINT_URL: z.url(),
  /** Origin of the front. */
  BANK_URL: z.url(),
  /** Port at which the emulator's SES hands mails on. */
  SMTP_PORT: z.coerce.number(),
  CLOCK_FILE: z.string(),
  /** Folder for what the front keeps. */
  FRONT_FOLDER: z.string(),
})

export const readVariables = () => {
  const { AWS_ENDPOINT_URL, BANK_URL, SMTP_PORT, CLOCK_FILE, FRONT_FOLDER } = readEnvironment(Variables, process.env)
  return {
    emulatorUrl: AWS_ENDPOINT_URL,
    frontUrl: BANK_URL,
    smtpPort: SMTP_PORT,
    clockFile: CLOCK_FILE,
    folder: FRONT_FOLDER,
  }
}
