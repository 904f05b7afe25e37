/**
 * Works on so many at a time, in their order, until all are done.
 * @throws the first error, once nothing of it goes on any more: a function's work ends with its answer
 */
export const inLanes = async <One>(
  all: Iterable<One>,
  lanes: number,
  work: (one: One) => Promise<unknown>,
): Promise<void> => {
  const queue = [...all]
  const errors: unknown[] = []
  const lane = async (): Promise<void> => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
      try {
        await work(one)
      } catch (error) {
        errors.push(error)
      }
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  if (errors.length > 0) throw errors[0]
}
