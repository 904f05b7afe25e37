import type * as z from 'zod/mini'

/** Environment variables as a process has them. */
export type Variables = Readonly<Record<string, string | undefined>>

/** The settings of a schema. @throws Error that names the variables that are missing or wrong. */
export const readEnvironment = <Settings>(schema: z.ZodMiniType<Settings>, variables: Variables): Settings => {
  const parsed = schema.safeParse(variables)
  if (parsed.success) return parsed.data
  const wrong = parsed.error.issues.map(({ path }) => path.join('.')).join(', ')
  throw new Error(`Environment variables are missing or wrong: ${wrong}.`)
}
