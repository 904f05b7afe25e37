/** What a part of a case took. */
export interface Cost {
  readonly transitions: number
  readonly writeUnits: number
  readonly readUnits: number
  /** Calls of DynamoDB, a transaction counted once. */
  readonly writes: number
  readonly reads: number
  readonly invocations: number
  /** Of those, calls of the API. */
  readonly calls: number
  readonly mails: number
  /** Secrets that KMS derived. */
  readonly macs: number
  /** Events that HR systems hear. */
  readonly events: number
}
