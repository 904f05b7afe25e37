/** The middle one; of an even number the upper of the two. */
export const median = (values: readonly number[]): number => percentile(values, 0.5)

/** The value below which a share of the others lies. */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const found = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  if (found === undefined) throw new Error('Nothing was measured.')
  return found
}

/** Of two figures, to the third digit. */
export const ratio = (ours: number, other: number): number => Math.round((ours / other) * 1000) / 1000
