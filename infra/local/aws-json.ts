import { Hono } from 'hono'
import * as z from 'zod'

/** An error by the name under which the SDK's clients know it. */
export class AwsError extends Error {
  constructor(name: string, message: string) {
    super(message)
    this.name = name
  }
}

type Operation = (input: unknown) => object

const failureOf = (error: unknown): AwsError => {
  if (error instanceof AwsError) return error
  if (error instanceof z.ZodError) return new AwsError('ValidationException', z.prettifyError(error))
  throw error
}

/** A front that speaks AWS's JSON protocol: the operation's name comes in `X-Amz-Target`. */
export const awsJson = (
  service: string,
  version: '1.0' | '1.1',
  operations: Readonly<Record<string, Operation>>,
): Hono => {
  const app = new Hono({ strict: false })
  app.post('/', async (c) => {
    const headers = { 'content-type': `application/x-amz-json-${version}` }
    try {
      const [target, name] = (c.req.header('x-amz-target') ?? '').split('.')
      const operation = target === service && name !== undefined ? operations[name] : undefined
      if (!operation) throw new AwsError('UnknownOperationException', `Not served here: ${service}.${name ?? ''}`)
      return c.body(JSON.stringify(operation(await c.req.json())), 200, headers)
    } catch (error) {
      const { name, message } = failureOf(error)
      return c.body(JSON.stringify({ __type: name, message }), 400, headers)
    }
  })
  return app
}
