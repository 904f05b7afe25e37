import { GatewayCall } from '../../shared/contracts/gateway.ts'
import type { App, HttpCall } from './call.ts'

/** What API Gateway answers its caller. */
export interface GatewayReply {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

type Values = Readonly<Record<string, readonly string[]>>

/** Every value by its name. API Gateway itself says everything twice; what stands in for it may say a single value once. */
const valuesIn = (single: Readonly<Record<string, string>>, multiple: Values): Values => ({
  ...Object.fromEntries(Object.entries(single).map(([name, value]) => [name, [value]])),
  ...multiple,
})

const headersIn = ({ headers, multiValueHeaders }: GatewayCall): HttpCall['headers'] =>
  Object.fromEntries(
    Object.entries(valuesIn(headers ?? {}, multiValueHeaders ?? {})).map(([name, values]) => [
      name.toLowerCase(),
      values.join(', '),
    ]),
  )

/** UTF-8, without the mark that may stand before it. */
const textOf = ({ body, isBase64Encoded }: GatewayCall): string =>
  new TextDecoder().decode(Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8'))

/** Answers what API Gateway hands to the function of a REST API. */
export const behindGateway =
  (app: App) =>
  async (given: unknown): Promise<GatewayReply> => {
    const event = GatewayCall.parse(given)
    const { status, headers, body } = await app({
      method: event.httpMethod,
      path: event.path,
      query: valuesIn(event.queryStringParameters ?? {}, event.multiValueQueryStringParameters ?? {}),
      headers: headersIn(event),
      body: textOf(event),
    })
    return { statusCode: status, headers, body }
  }
