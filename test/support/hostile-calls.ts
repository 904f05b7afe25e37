/** A call that is fine as it stands; each of its texts is put to the test in turn. */
export interface ValidCall {
  readonly method: string
  /** As OpenAPI has it. */
  readonly path: string
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: object
}

/** What calls are about: two assistants on the post, one for facts, one who leaves; and what their mails led to. */
export interface Stage {
  readonly assistantId: string
  readonly applicationId: string
  readonly approvalId: string
  /** Someone new for each filing. */
  readonly nextNumber: () => string
}

const assistant = (employeeNo: string) => ({
  employeeNo,
  name: '李晓明',
  email: 'x@bank.example',
  track: 'private-bank',
  source: 'other',
  sourceNote: '说明',
  centreId: 'SH-1',
})

const item = (topic: string, index: number) => ({
  id: `T${index}`,
  topic,
  title: '培训',
  dueOn: '2024-06-03',
  assessment: { kind: '考试', passMark: 60 },
})

const topics = ['private-banking-business', 'professional-systems', 'compliance-and-service', 'knowledge-and-marketing']

/** Every call that takes a text; a call of the API that is not here fails the test. */
export const validCalls = ({ assistantId: id, applicationId, approvalId, nextNumber }: Stage): readonly ValidCall[] => {
  const units = { name: '名称', approvers: ['B1', 'B2'] }
  const absence = { delegate: 'X1', from: '2024-03-01', until: '2024-03-02', reason: '出差' }
  const secret = 'secret'
  return [
    {
      method: 'PUT',
      path: '/v1/people/{employeeNo}',
      params: { employeeNo: 'HX1' },
      body: { name: '王', email: 'hx1@bank.example', post: 'staff', centreId: 'SH-1', teamId: 'T' },
    },
    { method: 'PUT', path: '/v1/people/{employeeNo}/delegation', params: { employeeNo: 'HX2' }, body: absence },
    { method: 'DELETE', path: '/v1/people/{employeeNo}/delegation', params: { employeeNo: 'HX2' } },
    {
      method: 'GET',
      path: '/v1/people/{employeeNo}/delegations',
      params: { employeeNo: 'HX2' },
      query: { limit: '5', cursor: '1' },
    },
    {
      method: 'DELETE',
      path: '/v1/people/{employeeNo}/clients/{clientId}',
      params: { employeeNo: 'RM1', clientId: 'K9' },
    },
    { method: 'PUT', path: '/v1/hq', body: { name: '总行', approvers: ['Q1', 'Q2'] } },
    { method: 'PUT', path: '/v1/branches/{branchId}', params: { branchId: 'HX' }, body: units },
    {
      method: 'PUT',
      path: '/v1/centres/{centreId}',
      params: { centreId: 'HX-1' },
      body: { name: '中心', branchId: 'SH', head: 'H1', teams: [{ id: 'T1', name: '一队', leader: 'RM1' }] },
    },
    {
      method: 'GET',
      path: '/v1/centres/{centreId}/performance/{period}',
      params: { centreId: 'SH-1', period: '2024-Q1' },
    },
    {
      method: 'POST',
      path: '/v1/applications',
      body: {
        procedure: 'onboarding',
        assistant: assistant(nextNumber()),
        purpose: '培养为客户经理',
        filedBy: 'F1',
        note: '备注',
      },
    },
    {
      method: 'POST',
      path: '/v1/applications',
      body: { procedure: 'transfer', assistantId: id, early: true, grounds: '优秀', filedBy: 'F1', note: '备注' },
    },
    {
      method: 'GET',
      path: '/v1/applications',
      query: {
        status: 'open',
        stage: 'hq',
        branchId: 'SH',
        centreId: 'SH-1',
        assistantId: id,
        cursor: 'x',
        limit: '5',
      },
    },
    { method: 'GET', path: '/v1/applications/{id}', params: { id: applicationId } },
    {
      method: 'POST',
      path: '/v1/applications/{id}/withdrawal',
      params: { id: applicationId },
      body: { by: 'X1', reason: '不再需要' },
    },
    {
      method: 'POST',
      path: '/v1/applications/{id}/amendment',
      params: { id: applicationId },
      body: {
        by: 'X1',
        changes: { name: '李', email: 'x@bank.example', sourceNote: '说明', purpose: '培养' },
        note: '已补',
      },
    },
    {
      method: 'GET',
      path: '/v1/assistants',
      query: {
        status: 'on-post',
        branchId: 'SH',
        centreId: 'SH-1',
        employeeNo: 'A1',
        reviewDueBefore: '2025-01-01',
        cursor: 'x',
        limit: '5',
      },
    },
    { method: 'GET', path: '/v1/assistants/{id}', params: { id }, query: { asOf: '2024-01-02T00:00:00Z' } },
    { method: 'GET', path: '/v1/assistants/{id}/events', params: { id }, query: { limit: '5', cursor: '1' } },
    { method: 'GET', path: '/v1/assistants/{id}/evidence', params: { id } },
    { method: 'GET', path: '/v1/assistants/{id}/clients', params: { id }, query: { asOf: '2024-01-02T00:00:00Z' } },
    {
      method: 'GET',
      path: '/v1/assistants/{id}/training-plan',
      params: { id },
      query: { asOf: '2024-01-02T00:00:00Z' },
    },
    { method: 'PUT', path: '/v1/assistants/{id}/mentor', params: { id }, body: { employeeNo: 'M1', by: 'H1' } },
    {
      method: 'PUT',
      path: '/v1/assistants/{id}/training-plan',
      params: { id },
      body: { by: 'H1', items: topics.map(item) },
    },
    {
      method: 'POST',
      path: '/v1/assistants/{id}/assessments',
      params: { id },
      body: { itemId: 'T1', takenOn: '2024-01-02', assessor: 'M1', passed: true },
    },
    {
      method: 'POST',
      path: '/v1/assistants/{id}/attendances',
      params: { id },
      body: { kind: 'meeting', on: '2024-01-02', title: '例会', minutes: 30 },
    },
    {
      method: 'PUT',
      path: '/v1/assistants/{id}/clients/{clientId}',
      params: { id, clientId: 'K1' },
      body: { by: 'F1' },
    },
    {
      method: 'DELETE',
      path: '/v1/assistants/{id}/clients/{clientId}',
      params: { id, clientId: 'K1' },
      query: { by: 'F1' },
    },
    {
      method: 'POST',
      path: '/v1/assistants/{id}/clients',
      params: { id },
      body: { by: 'F1', clientIds: ['K2'], mode: 'each' },
    },
    {
      method: 'POST',
      path: '/v1/assistants/{id}/hand-overs',
      params: { id },
      body: { by: 'H1', clients: [{ clientId: 'K2', to: 'RM1' }] },
    },
    { method: 'GET', path: '/v1/clients/{clientId}', params: { clientId: 'K1' } },
    {
      method: 'PUT',
      path: '/v1/assistants/{id}/qualifications',
      params: { id },
      body: { by: 'F1', education: 'master', examination: { passed: true, takenOn: '2024-01-02', grade: 'junior' } },
    },
    {
      method: 'POST',
      path: '/v1/assistants/{id}/violations',
      params: { id },
      body: {
        reportedBy: 'X1',
        on: '2024-01-02',
        severity: 'minor',
        sanctioned: false,
        description: '迟到',
        evidence: '记录',
      },
    },
    {
      method: 'POST',
      path: '/v1/assistants/{id}/exits',
      params: { id: 'zzzzzzzz' },
      body: {
        ground: 'unfit',
        decidedBy: { body: 'branch', employeeNo: 'B1' },
        decidedOn: '2024-01-02',
        reasons: '理由',
        evidence: '材料',
      },
    },
    { method: 'POST', path: '/v1/assistants/{id}/policy-adoptions', params: { id }, body: { by: 'F1' } },
    { method: 'GET', path: '/v1/policy/moves', query: { limit: '5', cursor: 'x' } },
    {
      method: 'PUT',
      path: '/v1/performance/{period}/rules',
      params: { period: '2024-Q1' },
      body: { metrics: [{ id: 'a', name: '指标', weight: 1, target: 10 }] },
    },
    {
      method: 'PUT',
      path: '/v1/performance/{period}/results/{employeeNo}',
      params: { period: '2024-Q1', employeeNo: 'RM1' },
      body: { by: 'F1', metrics: { a: 1 } },
    },
    { method: 'POST', path: '/decide/{approvalId}/dossier', params: { approvalId }, body: { secret } },
    { method: 'POST', path: '/decide/{approvalId}/code', params: { approvalId }, body: { secret } },
    {
      method: 'POST',
      path: '/decide/{approvalId}',
      params: { approvalId },
      body: { secret, code: '123456', decision: 'reject', reason: '理由', dossierHash: 'x' },
    },
    { method: 'POST', path: '/hand-over/{approvalId}/clients', params: { approvalId }, body: { secret } },
    { method: 'POST', path: '/hand-over/{approvalId}/code', params: { approvalId }, body: { secret } },
    {
      method: 'POST',
      path: '/hand-over/{approvalId}',
      params: { approvalId },
      body: { secret, code: '123456', clients: [{ clientId: 'K1', to: 'RM1' }] },
    },
    {
      method: 'POST',
      path: '/dispute/{approvalId}/decision',
      params: { approvalId },
      body: { employeeNo: 'B1', secret },
    },
    {
      method: 'POST',
      path: '/dispute/{approvalId}',
      params: { approvalId },
      body: { employeeNo: 'B1', secret, reason: '不是我' },
    },
    { method: 'POST', path: '/absence/{employeeNo}/delegation', params: { employeeNo: 'B1' }, body: { secret } },
    { method: 'POST', path: '/absence/{employeeNo}/code', params: { employeeNo: 'B1' }, body: { secret } },
    {
      method: 'POST',
      path: '/absence/{employeeNo}',
      params: { employeeNo: 'B1' },
      body: { secret, code: '123456', delegation: absence },
    },
  ]
}

type Place = readonly (string | number)[]

/** Where the texts of a value stand. */
const textsIn = (value: unknown, at: Place = []): readonly Place[] => {
  if (typeof value === 'string') return [at]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => textsIn(member, [...at, name]))
}

const put = (value: unknown, [step, ...rest]: Place, text: string): unknown => {
  if (step === undefined) return text
  if (Array.isArray(value)) return value.with(Number(step), put(value[Number(step)], rest, text))
  const members = value as Record<string, unknown>
  return { ...members, [step]: put(members[step], rest, text) }
}

/** Every place of a call that takes a text: in its path, in its query and in its body. */
export const placesIn = ({ params, query, body }: ValidCall): readonly Place[] => textsIn({ params, query, body })

export const withText = (call: ValidCall, place: Place, text: string): ValidCall => put(call, place, text) as ValidCall
