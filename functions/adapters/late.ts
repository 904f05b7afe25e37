/**
 * Loads something when it is first needed, and then keeps it: what only some calls need is no part of a function's
 * start. One that could not be loaded is tried again.
 */
export const late = <Part>(load: () => Promise<Part>): (() => Promise<Part>) => {
  let loaded: Promise<Part> | undefined
  return async () => {
    loaded ??= load()
    try {
      return await loaded
    } catch (error) {
      loaded = undefined
      throw error
    }
  }
}
