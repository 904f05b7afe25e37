import { describe, expect, test } from 'vitest'
import { paramsIn, type Route, routeOf } from '../../../functions/http/call.ts'

describe('a path of a template', () => {
  test.each([
    ['/healthz', '/healthz', {}],
    ['/v1/people/{employeeNo}', '/v1/people/B1', { employeeNo: 'B1' }],
    [
      '/v1/assistants/{id}/clients/{clientId}',
      '/v1/assistants/7k3m9q2d/clients/K%2F1',
      { id: '7k3m9q2d', clientId: 'K/1' },
    ],
    ['/v1/people/{employeeNo}', '/v1/people/%E7%8E%8B', { employeeNo: '王' }],
    ['/v1/people/{employeeNo}', '/v1/people/%2525', { employeeNo: '%25' }],
    ['/v1/people/{employeeNo}', '/v1/people/100%', { employeeNo: '100%' }],
  ])('%s: %s', (template, path, params) => {
    expect(paramsIn(template, path)).toEqual(params)
  })

  test.each([
    ['/v1/people/{employeeNo}', '/v1/people'],
    ['/v1/people/{employeeNo}', '/v1/people/'],
    ['/v1/people/{employeeNo}', '/v1/people/B1/'],
    ['/v1/people/{employeeNo}', '/v1/people/B1/delegation'],
    ['/v1/people/{employeeNo}', '/V1/people/B1'],
    ['/v1/people/{employeeNo}/delegation', '/v1/people//delegation'],
  ])('is not another: %s, %s', (template, path) => {
    expect(paramsIn(template, path)).toBeNull()
  })
})

test.each([
  ['GET', '/v1/hq', 'get'],
  ['HEAD', '/v1/hq', 'get'],
  ['PUT', '/v1/hq', 'put'],
  ['put', '/v1/hq', undefined],
  ['OPTIONS', '/v1/hq', undefined],
  ['GET', '/v1', undefined],
])('%s %s leads to %s', (method, path, expected) => {
  const answer: Route['answer'] = async () => ({ status: 200, headers: {}, body: '' })
  const routes = (['get', 'put'] as const).map((known) => ({ method: known, path: '/v1/hq', answer }))
  expect(routeOf(routes, { method, path, query: {}, headers: {}, body: '' })?.route.method).toBe(expected)
})
