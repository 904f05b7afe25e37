/** Works on so many at a time, in their order, until all are done. @throws the first error; what is begun goes on */
export const inLanes = async <One>(
  all: Iterable<One>,
  lanes: number,
  work: (one: One) => Promise<unknown>,
): Promise<void> => {
  const queue = [...all]
  const lane = async (): Promise<void> => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) await work(one)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}
