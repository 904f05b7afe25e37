/** Facts for whoever runs the system: codes and ids, never a secret, a token, a name or an address. */
export type LogFacts = Readonly<Record<string, string | number | boolean | null>>

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

/** One JSON object a line, as CloudWatch Logs takes them apart. */
export const jsonLog = (write: (line: string) => void): Log => {
  const at =
    (level: string) =>
    (message: string, facts: LogFacts): void => {
      const shown = Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, masked(fact)]))
      write(`${JSON.stringify({ level, message, ...shown })}\n`)
    }
  return { info: at('INFO'), warn: at('WARN'), error: at('ERROR') }
}

/** What went wrong, without the message: SDK and parser messages can quote what people typed. */
export const errorName = (error: unknown): string => (error instanceof Error ? error.name : typeof error)
