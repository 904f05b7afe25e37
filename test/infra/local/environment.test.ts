import { afterEach, expect, it, vi } from 'vitest'
import { setEnvironment, variablesOf } from '../../../infra/local/environment.ts'
import { functionEnvironments } from '../../../shared/contracts/environment.ts'

const variables = variablesOf({
  url: 'http://127.0.0.1:3000',
  stateMachineArn: 'arn:local:states:local:000000000000:stateMachine:lifecycle',
  endpoints: { AWS_ENDPOINT_URL_SES: 'http://127.0.0.1:4000/ses' },
})

afterEach(() => vi.unstubAllEnvs())

it.each(Object.entries(functionEnvironments))('has what %s reads', (_, schema) => {
  expect(schema.safeParse(variables).success).toBe(true)
})

it('keeps out whatever else the process was told about AWS, and puts it back', () => {
  vi.stubEnv('AWS_PROFILE', 'production')
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'real')
  vi.stubEnv('AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', 'true')
  vi.stubEnv('UNRELATED', 'kept')
  const before = { ...process.env }

  const restore = setEnvironment(variables)

  const told = Object.entries(process.env).filter(([name]) => name.startsWith('AWS_'))
  expect(Object.fromEntries(told)).toEqual(
    Object.fromEntries(Object.entries(variables).filter(([name]) => name.startsWith('AWS_'))),
  )
  expect(process.env['AWS_ACCESS_KEY_ID']).toBe('local')
  expect(process.env['UNRELATED']).toBe('kept')
  restore()
  expect(process.env).toEqual(before)
})
