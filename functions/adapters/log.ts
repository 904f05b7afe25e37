import { Logger } from '@aws-lambda-powertools/logger'
import { Console } from 'node:console'
import { Writable } from 'node:stream'

/**
 * Facts for whoever runs the system: codes and ids, never a secret, a token, a name or an address. `case` is the
 * assistant's id, by which all that concerns a case is found together.
 */
export type LogFacts = Readonly<Record<string, string | number | boolean | null>> & { readonly case?: string | null }

export interface Log {
  readonly info: (message: string, facts: LogFacts) => void
  /** Something failed that will be tried again. */
  readonly warn: (message: string, facts: LogFacts) => void
  /** Something needs a hand: raises the alarm. */
  readonly error: (message: string, facts: LogFacts) => void
}

/** Ids of duties to mail someone about their absence name the person; a log has no use for the number. */
const masked = (fact: LogFacts[string]): LogFacts[string] =>
  typeof fact === 'string' ? fact.replace(/absence-.+-(c\d+)$/, 'absence-***-$1') : fact

const shown = (facts: LogFacts): LogFacts =>
  Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, masked(fact)]))

/** A logger that writes elsewhere than to the process's own output, for which the library has no option. */
const loggerTo = (write: (line: string) => void): Logger => {
  const lines = new Writable({
    decodeStrings: false,
    write: (chunk: string, _, done) => {
      write(chunk)
      done()
    },
  })
  const logger = new Logger()
  Reflect.set(logger, 'console', new Console(lines, lines))
  return logger
}

/** One JSON object a line, with the function's name and its trace, as CloudWatch Logs takes them apart. */
export const jsonLog = (write?: (line: string) => void): Log => {
  const logger = write === undefined ? new Logger() : loggerTo(write)
  return {
    info: (message, facts) => logger.info(message, shown(facts)),
    warn: (message, facts) => logger.warn(message, shown(facts)),
    error: (message, facts) => logger.error(message, shown(facts)),
  }
}

/** What went wrong, without the message: SDK and parser messages can quote what people typed. */
export const errorName = (error: unknown): string => (error instanceof Error ? error.name : typeof error)
