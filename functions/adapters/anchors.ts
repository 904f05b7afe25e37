import { AnchorsEnvironment } from '../../shared/contracts/environment.ts'
import type { Anchor } from '../../shared/domain/evidence.ts'
import { readEnvironment, type Variables } from './environment.ts'
import { late } from './late.ts'

/** Where the heads of the chains are kept outside the table, where nobody can change them any more. */
export interface Anchors {
  /** Keeps a head for its day, once: what was kept for the day before stays. @returns what is kept */
  readonly keep: (anchor: Omit<Anchor, 'key'>) => Promise<Anchor>
}

/** The bucket that a function's environment variables name. */
export const createAnchors = (variables: Variables): Anchors => {
  const bucket = readEnvironment(AnchorsEnvironment, variables).ANCHOR_BUCKET
  const there = late(async () => (await import('./s3-anchors.ts')).bucketAnchors(bucket))
  return { keep: async (anchor) => (await there()).keep(anchor) }
}
