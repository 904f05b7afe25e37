import canonicalize from 'canonicalize'
import { createHash } from 'node:crypto'
import type { Digest } from '../../shared/domain/digest.ts'

/** @see Digest */
export const digest: Digest = (value) =>
  createHash('sha256')
    .update(canonicalize(value) ?? '')
    .digest('hex')
