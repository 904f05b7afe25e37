/**
 * One of Node's own modules, taken when something of it is used. Some, such as node:events, are themselves a class. What
 * esbuild makes of an import by names inherits from what stands here, hence the prototype.
 */
export const lateBuiltin = (name: string): object => {
  const builtin = (): never => process.getBuiltinModule(name) as never
  const late: object = new Proxy(function unused() {}, {
    get: (_, key): unknown => (key === '__esModule' ? false : Reflect.get(builtin(), key)),
    construct: (_, given, made) => Reflect.construct(builtin(), given, made),
    apply: (_, self, given): unknown => Reflect.apply(builtin(), self, given),
    getPrototypeOf: () => late,
  })
  return late
}
