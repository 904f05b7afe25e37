import { Hono } from 'hono'
import type { S3 } from './s3.ts'
import type { Ses } from './ses.ts'
import { serve, type Listening } from './server.ts'
import { statesFront } from './states-front.ts'
import type { States } from './states.ts'

export interface AwsFronts {
  readonly states: States
  readonly ses: Ses
  readonly kms: Hono
  readonly s3: S3
  readonly eventBridge: Hono
}

/** The variables by which the SDK's clients find the fronts. */
export const endpointsOf = (url: string) => ({
  AWS_ENDPOINT_URL_SFN: `${url}/states`,
  AWS_ENDPOINT_URL_SES: `${url}/ses`,
  AWS_ENDPOINT_URL_KMS: `${url}/kms`,
  AWS_ENDPOINT_URL_S3: `${url}/s3`,
  AWS_ENDPOINT_URL_EVENTBRIDGE: `${url}/events`,
})

/** The AWS services that are played here, on one port of their own. */
export const serveAws = ({ states, ses, kms, s3, eventBridge }: AwsFronts): Promise<Listening> => {
  // Clients add a slash to an endpoint's path.
  const app = new Hono({ strict: false })
  app.route('/states', statesFront(states))
  app.route('/ses', ses.front)
  app.route('/kms', kms)
  app.route('/s3', s3.front)
  app.route('/events', eventBridge)
  return serve(app.fetch, 0)
}
