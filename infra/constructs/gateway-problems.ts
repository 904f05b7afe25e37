import * as apigateway from 'aws-cdk-lib/aws-apigateway'

/** A code of the API's problems, and what it says. Both languages at once: API Gateway can't choose by `Accept-Language`. */
interface Kind {
  readonly code: string
  readonly title: string
  readonly detail: string
}

const unavailable: Kind = {
  code: 'unavailable',
  title: '服务暂不可用 / Not available',
  detail: '暂时无法处理，请稍后重试。 / This can not be served at the moment: try again later.',
}
const tooMany: Kind = {
  code: 'too-many-calls',
  title: '请求过于频繁 / Too many calls',
  detail: '请求过于频繁，请放慢后重试。 / Calls come too often: slow down and try again.',
}
const tooLarge: Kind = {
  code: 'too-large',
  title: '请求过大 / Request too large',
  detail: '请求内容超过了允许的大小。 / The request is larger than any that is taken.',
}
const invalid: Kind = {
  code: 'invalid-request',
  title: '请求内容有误 / Invalid request',
  detail: '该请求无法读取。 / The request can not be read.',
}

const { ResponseType: type } = apigateway

/** What API Gateway answers by itself, by its name for it. Its own status, wherever it has one name for one status. */
const answers: Readonly<Record<string, readonly [apigateway.ResponseType, number, Kind]>> = {
  Throttled: [type.THROTTLED, 429, tooMany],
  // Of the firewall, which lets the address in again once it calls less.
  Blocked: [type.WAF_FILTERED, 403, tooMany],
  TooLarge: [type.REQUEST_TOO_LARGE, 413, tooLarge],
  UnsupportedMedia: [type.UNSUPPORTED_MEDIA_TYPE, 415, invalid],
  Failed: [type.INTEGRATION_FAILURE, 504, unavailable],
  TimedOut: [type.INTEGRATION_TIMEOUT, 504, unavailable],
  // Whatever else there is gets one status, since the body has to name it: that of a function that was killed.
  Default4xx: [type.DEFAULT_4XX, 400, invalid],
  Default5xx: [type.DEFAULT_5XX, 502, unavailable],
}

/** Has API Gateway answer with the API's own problems where a call never comes to the function, or nothing comes back. */
export function answerWithProblems(restApi: apigateway.RestApi): void {
  for (const [id, [responseType, status, { code, title, detail }]] of Object.entries(answers)) {
    restApi.addGatewayResponse(id, {
      type: responseType,
      statusCode: String(status),
      responseHeaders: { 'Content-Type': "'application/problem+json; charset=utf-8'" },
      // The key under which API Gateway looks for the template, whatever type the header gives it.
      templates: {
        'application/json': JSON.stringify({ type: `urn:zhuli:problem:${code}`, title, status, detail, code }),
      },
    })
  }
}
