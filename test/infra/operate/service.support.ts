import type { Hono } from 'hono'
import { onTestFinished, vi } from 'vitest'
import { serve } from '../../../infra/local/server.ts'

/** Serves what stands in for an AWS service, where the SDK finds it, until the test is over. @returns its URL */
export const standIn = async (endpointVariable: `AWS_ENDPOINT_URL_${string}`, app: Hono): Promise<string> => {
  const { url, close } = await serve(app.fetch, 0)
  onTestFinished(close)
  for (const [name, value] of Object.entries({
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    [endpointVariable]: url,
  }))
    vi.stubEnv(name, value)
  onTestFinished(() => void vi.unstubAllEnvs())
  return url
}
