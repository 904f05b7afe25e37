import * as z from 'zod/mini'

const single = z.nullish(z.record(z.string(), z.string()))
const multiple = z.nullish(z.record(z.string(), z.array(z.string())))

/** A call as API Gateway hands it to the function behind a REST API: what of it we read. */
export const GatewayCall = z.object({
  httpMethod: z.string(),
  /** As it came, without the stage. */
  path: z.string(),
  headers: single,
  multiValueHeaders: multiple,
  /** Decoded. */
  queryStringParameters: single,
  multiValueQueryStringParameters: multiple,
  body: z.nullish(z.string()),
  isBase64Encoded: z.optional(z.boolean()),
})
export type GatewayCall = z.infer<typeof GatewayCall>
