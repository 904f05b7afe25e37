import type { DeployedStack } from '../../infra/operate/deployed-stack.ts'

/** Takes a mail as it was delivered; without recipients of an envelope, those of the headers count. */
export type TakeMail = (raw: Uint8Array, recipients: readonly string[]) => Promise<void>

/** A queue into which all goes that the bus hears. */
export interface Hearing {
  readonly url: string
  /** For how long to wait for more of it. */
  readonly waitSeconds: number
}

/** Where a stack is tried: what the emulator and an account have differently. */
export interface Place {
  readonly stackName: string
  /** Origin and stage of the REST API. */
  readonly apiUrl: (stack: DeployedStack) => Promise<string> | string
  /** Sets the functions' clock beside that of the machine. */
  readonly setClock: (stack: DeployedStack, offsetMs: number) => Promise<void>
  readonly hearing: (stack: DeployedStack) => Promise<Hearing> | Hearing
  /** Hands over each mail from now on. */
  readonly deliver: (take: TakeMail) => Promise<void> | void
  /** How many mails were sent, as far as the place can tell beside those that came. */
  readonly mailCount: () => Promise<number>
  /** For how long nothing has to change once the record is at rest, and how often to look. */
  readonly rest: { readonly ms: number; readonly lookEveryMs: number }
  /** Names of the bank as the place has them, and back; each in a text of any kind. */
  readonly there: (text: string) => string
  readonly here: (text: string) => string
}
