interface Client {
  readonly middlewareStack: { readonly remove: (middleware: string) => boolean }
}

/** A client that does not copy every call and its answer for a logger, which by default drops them. */
export const unlogged = <Made extends Client>(client: Made): Made => {
  client.middlewareStack.remove('loggerMiddleware')
  return client
}
