import { onboardingBody } from './client.ts'

/** A call that takes a body, with one in which every member is given. */
export interface Resource {
  readonly name: string
  readonly method: 'PUT' | 'POST'
  readonly path: string
  readonly body: object
  /** Pointers of members that may be left out. */
  readonly optional: readonly string[]
  /** Pointers of texts that nobody reads, so that any characters will do. */
  readonly opaque?: readonly string[]
}

const approvers = { name: '分行', approvers: ['B1', 'B2'] }

export const resources: readonly Resource[] = [
  {
    name: 'a person',
    method: 'PUT',
    path: '/v1/people/A9',
    body: { name: '陈晓明', email: 'a9@bank.test', post: 'staff', centreId: 'C1', teamId: 'T1', locale: 'en' },
    optional: ['/centreId', '/teamId', '/locale'],
  },
  {
    name: 'a delegation',
    method: 'PUT',
    path: '/v1/people/B1/delegation',
    body: { delegate: 'X1', from: '2025-03-03', until: '2025-03-07', reason: '休假' },
    optional: [],
  },
  { name: 'HQ', method: 'PUT', path: '/v1/hq', body: approvers, optional: [] },
  { name: 'a branch', method: 'PUT', path: '/v1/branches/BR1', body: approvers, optional: [] },
  {
    name: 'a centre',
    method: 'PUT',
    path: '/v1/centres/C1',
    body: { name: '中心', branchId: 'BR1', head: 'H1', teams: [{ id: 'T1', name: '一队', leader: 'H1' }] },
    optional: [],
  },
  {
    name: 'an onboarding',
    method: 'POST',
    path: '/v1/applications',
    body: {
      ...onboardingBody('A9'),
      assistant: { ...onboardingBody('A9').assistant, sourceNote: '说明', teamId: 'T1' },
      note: '备注',
    },
    optional: ['/assistant/sourceNote', '/assistant/teamId', '/note'],
  },
  {
    name: 'a transfer',
    method: 'POST',
    path: '/v1/applications',
    body: { procedure: 'transfer', assistantId: '00000001', early: true, grounds: '优秀', filedBy: 'F1', note: '备注' },
    optional: ['/early', '/grounds', '/note'],
  },
  {
    name: 'a withdrawal',
    method: 'POST',
    path: '/v1/applications/00000001-1/withdrawal',
    body: { by: 'F1', reason: '不再需要' },
    optional: [],
  },
  {
    name: 'an amendment',
    method: 'POST',
    path: '/v1/applications/00000001-1/amendment',
    body: {
      by: 'F1',
      changes: {
        name: '陈晓明',
        email: 'a9@bank.test',
        track: 'diamond',
        source: 'other',
        sourceNote: '说明',
        teamId: 'T1',
        purpose: '培养',
        grounds: '优秀',
      },
      note: '备注',
    },
    optional: [
      '/changes/name',
      '/changes/email',
      '/changes/track',
      '/changes/source',
      '/changes/sourceNote',
      '/changes/teamId',
      '/changes/purpose',
      '/changes/grounds',
      '/note',
    ],
  },
  {
    name: 'an exit',
    method: 'POST',
    path: '/v1/assistants/00000001/exits',
    body: {
      ground: 'unfit',
      decidedBy: { body: 'branch', employeeNo: 'B1' },
      decidedOn: '2025-03-03',
      reasons: '不适任',
      evidence: '附件',
    },
    optional: ['/evidence'],
  },
  {
    name: 'a secret',
    method: 'POST',
    path: '/decide/00000001001/dossier',
    body: { secret: 's' },
    optional: [],
    opaque: ['/secret'],
  },
  {
    name: 'a decision',
    method: 'POST',
    path: '/decide/00000001001',
    body: { secret: 's', code: '123456', decision: 'approve', reason: '同意' },
    optional: ['/code', '/reason'],
    opaque: ['/secret', '/code'],
  },
]

type Tree = Readonly<Record<string, unknown>>

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null

/** Every member of a body by its pointer, objects and lists before what is in them. */
export const members = (value: unknown, at = ''): readonly (readonly [string, unknown])[] =>
  isTree(value)
    ? Object.entries(value).flatMap(([name, member]) => [
        [`${at}/${name}`, member] as const,
        ...members(member, `${at}/${name}`),
      ])
    : []

/** The body with the member at a pointer put to something else, or taken out. */
export const changed = (body: unknown, pointer: string, put: { readonly to: unknown } | 'out'): unknown => {
  const copy: unknown = structuredClone(body)
  const steps = pointer.split('/').slice(1)
  const last = steps.pop() ?? ''
  const parent = steps.reduce<Record<string, unknown>>((here, step) => here[step] as typeof here, copy as never)
  if (put === 'out') delete parent[last]
  else parent[last] = put.to
  return copy
}

/** The pointers of every object of a body, the whole included. */
export const objects = (body: unknown): readonly string[] => [
  '',
  ...members(body).flatMap(([pointer, value]) => (isTree(value) && !Array.isArray(value) ? [pointer] : [])),
]
