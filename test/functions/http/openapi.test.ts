import { beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import type { System } from '../../../functions/adapters/system.ts'
import { createApp } from '../../../functions/http/app.ts'
import { scopes } from '../../../functions/http/auth.ts'
import { ApplicationView, AssistantView, EventView, ProblemView } from '../../../shared/contracts/resources.ts'
import { organisation, people } from '../../support/bank.ts'
import { branchAsked, caseId, onPost } from '../support.ts'
import { bearer, fetchFrom, key, onboardingBody, useApi, useSharedApi } from './client.ts'

const shared = useSharedApi()
const openApi = useApi()

const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace'] as const

const Schema = z.looseObject({})
const Content = z.record(z.string().regex(/^application\/(problem\+)?json$/), z.strictObject({ schema: Schema }))
const Operation = z.strictObject({
  tags: z.array(z.string()).length(1),
  summary: z.string().min(1),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
  parameters: z
    .array(
      z.looseObject({
        name: z.string(),
        in: z.enum(['path', 'query', 'header']),
        required: z.boolean().optional(),
        schema: Schema,
      }),
    )
    .optional(),
  requestBody: z.strictObject({ required: z.boolean(), content: Content }).optional(),
  responses: z.record(
    z.string().regex(/^[2-5]\d\d$/),
    z.strictObject({
      description: z.string().min(1),
      headers: z
        .record(z.string(), z.strictObject({ description: z.string().min(1), required: z.boolean(), schema: Schema }))
        .optional(),
      content: Content.optional(),
    }),
  ),
})
const Document = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string() }),
  paths: z.record(z.string().startsWith('/'), z.partialRecord(z.enum(methods), Operation)),
  components: z.strictObject({
    schemas: z.record(z.string().regex(/^[\w.-]+$/), Schema),
    parameters: z.record(z.string(), Schema).optional(),
    securitySchemes: z.record(z.string(), z.looseObject({ type: z.string() })),
  }),
  webhooks: z.strictObject({}).optional(),
})

let document: z.output<typeof Document>
let raw: unknown

beforeAll(async () => {
  raw = (await shared().call<unknown>('GET', '/openapi.json', undefined, { authorization: '' })).body
  document = Document.parse(raw)
})

const operations = () =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ call: `${method.toUpperCase()} ${path}`, path, operation })),
  )

/** Every value in a document, with the name of the member that it stands under. */
const everything = (value: unknown, name = ''): readonly (readonly [string, unknown])[] => [
  [name, value],
  ...(typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([at, member]) => everything(member, at))
    : []),
]

test('describes every call that HR systems and approvers are promised, and no other', () => {
  expect(
    operations()
      .map(({ call }) => call)
      .toSorted(),
  ).toEqual([
    'DELETE /v1/assistants/{id}/clients/{clientId}',
    'DELETE /v1/people/{employeeNo}/clients/{clientId}',
    'DELETE /v1/people/{employeeNo}/delegation',
    'GET /healthz',
    'GET /v1/applications',
    'GET /v1/applications/{id}',
    'GET /v1/assistants',
    'GET /v1/assistants/{id}',
    'GET /v1/assistants/{id}/clients',
    'GET /v1/assistants/{id}/events',
    'GET /v1/assistants/{id}/evidence',
    'GET /v1/assistants/{id}/training-plan',
    'GET /v1/centres/{centreId}/performance/{period}',
    'GET /v1/clients/{clientId}',
    'GET /v1/people/{employeeNo}/delegations',
    'GET /v1/policy/moves',
    'POST /absence/{employeeNo}',
    'POST /absence/{employeeNo}/code',
    'POST /absence/{employeeNo}/delegation',
    'POST /decide/{approvalId}',
    'POST /decide/{approvalId}/code',
    'POST /decide/{approvalId}/dossier',
    'POST /dispute/{approvalId}',
    'POST /dispute/{approvalId}/decision',
    'POST /hand-over/{approvalId}',
    'POST /hand-over/{approvalId}/clients',
    'POST /hand-over/{approvalId}/code',
    'POST /v1/applications',
    'POST /v1/applications/{id}/amendment',
    'POST /v1/applications/{id}/withdrawal',
    'POST /v1/assistants/{id}/assessments',
    'POST /v1/assistants/{id}/attendances',
    'POST /v1/assistants/{id}/clients',
    'POST /v1/assistants/{id}/exits',
    'POST /v1/assistants/{id}/hand-overs',
    'POST /v1/assistants/{id}/policy-adoptions',
    'POST /v1/assistants/{id}/violations',
    'PUT /v1/assistants/{id}/clients/{clientId}',
    'PUT /v1/assistants/{id}/mentor',
    'PUT /v1/assistants/{id}/qualifications',
    'PUT /v1/assistants/{id}/training-plan',
    'PUT /v1/branches/{branchId}',
    'PUT /v1/centres/{centreId}',
    'PUT /v1/hq',
    'PUT /v1/people/{employeeNo}',
    'PUT /v1/people/{employeeNo}/delegation',
    'PUT /v1/performance/{period}/results/{employeeNo}',
    'PUT /v1/performance/{period}/rules',
  ])
})

test('names every parameter of its paths, and leads from each reference to something', () => {
  for (const { path, call, operation } of operations()) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    const described = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path')
    expect(
      described.map(({ name }) => name),
      call,
    ).toEqual(inPath)
    expect(
      described.every(({ required }) => required === true),
      call,
    ).toBe(true)
  }
  const references = everything(raw).flatMap(([name, value]) => (name === '$ref' ? [String(value)] : []))
  expect(references.length).toBeGreaterThan(10)
  for (const reference of references) {
    const target = reference
      .replace('#/', '')
      .split('/')
      .reduce<unknown>((here, step) => Object(here)[step], raw)
    expect(target, reference).toBeTypeOf('object')
  }
})

test('is of the dialect that it says: nothing left of OpenAPI 3.0, no schema that allows anything by mistake', () => {
  const names = new Set(everything(raw).map(([name]) => name))
  expect([...names].filter((name) => ['nullable', 'example'].includes(name))).toEqual([])
  const bounds = everything(raw).filter(([name]) => name.startsWith('exclusive'))
  expect(bounds.filter(([, bound]) => typeof bound !== 'number')).toEqual([])
  for (const { call, operation } of operations()) {
    const bodies = [operation.requestBody?.content, ...Object.values(operation.responses).map(({ content }) => content)]
    for (const { schema } of bodies.flatMap((content) => Object.values(content ?? {}))) {
      expect(Object.keys(schema).length, call).toBeGreaterThan(0)
    }
  }
})

test('says nowhere that something is a thing and nothing at once', () => {
  const both = everything(raw).filter(([name, value]) => name === 'allOf' && JSON.stringify(value).includes('null'))
  expect(both).toEqual([])
})

test('says of each call what it needs and how it can be refused', () => {
  const isOpen = ({ path }: { path: string }) =>
    path === '/healthz' || /^\/(decide|absence|dispute|hand-over)\//.test(path)
  for (const described of operations()) {
    const { call, operation } = described
    const statuses = Object.keys(operation.responses)
    expect(operation.security === undefined, call).toBe(isOpen(described))
    expect(statuses.includes('401') && statuses.includes('403'), call).toBe(!isOpen(described))
    expect(statuses.includes('400'), call).toBe(
      operation.requestBody !== undefined ||
        (/\/v1\/(a|clients|policy|centres\/.*performance|people\/.*delegations)/.test(call) &&
          call !== 'GET /v1/applications/{id}'),
    )
    expect(statuses.includes('413'), call).toBe(operation.requestBody !== undefined)
    expect(statuses, call).toContain('503')
    for (const [status, { content }] of Object.entries(operation.responses)) {
      expect(status === '204' ? ['application/json'] : Object.keys(content ?? {}), `${call} ${status}`).toEqual([
        Number(status) < 400 ? 'application/json' : 'application/problem+json',
      ])
    }
    const keyed = (operation.parameters ?? []).find(({ name }) => name.toLowerCase() === 'idempotency-key')
    expect(keyed?.required ?? false, call).toBe(/POST \/v1\/(applications|assistants\/\{id\}\/[a-z-]+)$/.test(call))
  }
})

test('names the headers that tell a client what to do next', async () => {
  const { call } = shared()
  const leadingTo = operations().flatMap((described) =>
    described.operation.responses['201']?.headers?.['Location'] === undefined ? [] : [described.call],
  )
  expect(leadingTo.toSorted()).toEqual([
    'POST /v1/applications',
    'POST /v1/assistants/{id}/exits',
    'POST /v1/assistants/{id}/policy-adoptions',
    'POST /v1/assistants/{id}/violations',
  ])
  const filed = await call('POST', '/v1/applications', onboardingBody('A900'), key('headers'))
  const at = `/v1/assistants/${filed.headers.get('location')?.slice(-10, -2)}`
  const violation = { on: '2025-03-03', severity: 'minor', sanctioned: false, description: 'x', evidence: 'y' }
  const answers = [
    ['POST /v1/applications', filed],
    [
      'POST /v1/assistants/{id}/violations',
      await call('POST', `${at}/violations`, { reportedBy: people.head, ...violation }, key('violation')),
    ],
    ['POST /v1/assistants/{id}/attendances', await call('POST', `${at}/attendances`, { kind: 'x' }, key('attendance'))],
    ['GET /v1/assistants', await call('GET', '/v1/assistants', undefined, { authorization: '' })],
    ['GET /v1/assistants', await call('GET', '/v1/assistants', undefined, { authorization: bearer('hr-demo', 'x') })],
  ] as const
  expect(answers.map(([, { status }]) => status)).toEqual([201, 201, 400, 401, 403])
  for (const [name, { status, headers }] of answers) {
    const described = operations().find((one) => one.call === name)?.operation.responses[status]?.headers ?? {}
    for (const header of ['Location', 'WWW-Authenticate', 'Retry-After'])
      expect(described[header]?.required ?? false, `${name} ${status} ${header}`).toBe(headers.has(header))
  }
})

test('says that whatever can be asked for too often, or held up, may say when to try again', () => {
  const silent = operations().flatMap(({ call, operation: { responses } }) =>
    ['409', '429', '503'].flatMap((status) =>
      status in responses && responses[status]?.headers?.['Retry-After'] === undefined ? [`${call} ${status}`] : [],
    ),
  )
  expect(silent).toEqual([])
})

test('says that no reason may be given as null, as the pages do', () => {
  for (const path of ['/decide/{approvalId}', '/dispute/{approvalId}']) {
    const { schema } = document.paths[path]!.post!.requestBody!.content['application/json']!
    expect(schema, path).toMatchObject({ properties: { reason: { type: ['string', 'null'] } } })
  }
})

test('knows the answer of whatever goes on to a case that changes all the time', async () => {
  const bank = await openApi()
  const { system } = bank
  await branchAsked(bank, 1)
  const commit: System['record']['commit'] = async () => 'version-conflict'
  const app = createApp({
    system: { ...system, record: { ...system.record, commit }, pause: async () => undefined },
    authenticate: async () => ({ client: 'hr-demo', scopes: new Set(scopes) }),
  })
  const put = (path: string, body: object) =>
    fetchFrom(app, path, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const absence = { delegate: people.outsider, from: '2025-03-03', until: '2025-03-03', reason: 'Away' }
  const answers = [
    ['PUT /v1/people/{employeeNo}/delegation', await put(`/v1/people/${people.branch}/delegation`, absence)],
    [
      'PUT /v1/branches/{branchId}',
      await put(`/v1/branches/${organisation.branch.id}`, { name: 'B', approvers: ['X1'] }),
    ],
  ] as const
  for (const [name, { status }] of answers) {
    expect(status, name).toBe(409)
    expect(Object.keys(operations().find(({ call }) => call === name)!.operation.responses), name).toContain('409')
  }
})

describe('an answer has every member that is described and none that is not', () => {
  test.each([
    [`/v1/assistants/${caseId(1)}`, AssistantView],
    [`/v1/assistants/${caseId(2)}`, AssistantView],
    [`/v1/applications/${caseId(1)}-1`, ApplicationView],
    [`/v1/applications/${caseId(2)}-1`, ApplicationView],
    ['/v1/applications/nothing', ProblemView],
  ])('%s', async (path, view) => {
    const bank = shared()
    if ((await bank.system.record.load(caseId(1))) === null) {
      await onPost(bank, 1)
      await branchAsked(bank, 2)
    }
    const { body } = await bank.call<unknown>('GET', path)
    const parsed: unknown = z.strictObject(view.shape).parse(body)
    expect(parsed).toEqual(body)
  })

  test('the events of a case', async () => {
    const { body } = await shared().call<{ items: unknown[] }>('GET', `/v1/assistants/${caseId(1)}/events`)
    expect(z.array(z.strictObject(EventView.shape)).parse(body.items)).toEqual(body.items)
  })
})

test('says where tokens come from, and what API Gateway makes of the header that asks for one', () => {
  const { description } = z.object({ description: z.string() }).parse(document.components.securitySchemes['oauth2'])
  expect(description).toContain("the bank's token issuer")
  expect(description).toContain('`x-amzn-Remapped-WWW-Authenticate`')
})
