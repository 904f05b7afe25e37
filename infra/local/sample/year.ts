import { Temporal } from 'temporal-polyfill'
import type { SampleAssistant } from './assistants.ts'
import { type SampleClient, SampleError } from './client.ts'
import { emailOf, people } from './organisation.ts'
import { type Action, qualifications } from './scenarios.ts'

/** What the sample reads of a case. */
export interface SampleCase {
  readonly id: string
  readonly applications: readonly string[]
  readonly onPostSince: string | null
}

/** What happens in the year on the post, as the calls that HR makes. */
type YearAction = Exclude<
  Action,
  { readonly type: 'file' | 'transfer-early' | 'decide' | 'withdraw' | 'amend' | 'exit' }
>

/** Loading the sample again finds someone who has left the post since: nothing is to be done. */
const hasLeft = [409]

const plan = [
  ['T1', 'private-banking-business', '私人银行业务与产品体系', 90],
  ['T2', 'professional-systems', '财富管理系统操作', 150],
  ['T3', 'compliance-and-service', '内控合规与服务规范', 240],
  ['T4', 'knowledge-and-marketing', '资产配置与客户经营', 300],
] as const

/** The head of the centre speaks for it. */
const headOf = ({ centre }: SampleAssistant): string => centre.head

const planFor = ({ onPostSince }: SampleCase) => {
  if (onPostSince === null) throw new SampleError('A training plan is for someone on the post.')
  const begin = Temporal.PlainDate.from(onPostSince)
  return plan.map(([id, topic, title, days]) => ({
    id,
    topic,
    title,
    dueOn: begin.add({ days }).toString(),
    assessment: { kind: '考试', passMark: 60 },
  }))
}

/** Relationship managers of the assistant's centre, whoever leads a team first. */
const managersOf = ({ centre }: SampleAssistant): readonly string[] =>
  people.flatMap(({ no, centreId }) => (centreId === centre.id ? [no] : []))

const assess = async (
  { call }: SampleClient,
  path: string,
  { items, retry }: Extract<Action, { type: 'assess' }>,
  { assessor, takenOn, key }: { readonly assessor: string; readonly takenOn: string; readonly key: string },
) => {
  const attempt = (itemId: string, score: number) =>
    call(
      'POST',
      `${path}/assessments`,
      { itemId, takenOn, assessor, score, passed: score >= 60 },
      `${key}-${itemId}-${score}`,
    )
  if (retry) await attempt(plan[0][0], 54)
  for (const [index, [itemId]] of plan.slice(0, items).entries()) await attempt(itemId, 72 + 6 * index)
}

const handOver = async (
  { call }: SampleClient,
  assistant: SampleAssistant,
  path: string,
  { left, key }: { readonly left: number; readonly key: string },
) => {
  const { items } = (await call('GET', `${path}/clients`)).body as { items: readonly { clientId: string }[] }
  const [manager = '', other = manager] = managersOf(assistant)
  const clients = items.slice(left).map(({ clientId }, index) => ({ clientId, to: index % 2 === 0 ? manager : other }))
  // All of them are with somebody else already.
  if (clients.length === 0) return
  await call('POST', `${path}/hand-overs`, { by: headOf(assistant), clients }, key)
}

/** Does what happens in the year of one assistant. */
export const spendYear = async (
  client: SampleClient,
  assistant: SampleAssistant,
  state: SampleCase,
  { action, key, today }: { readonly action: YearAction; readonly key: string; readonly today: string },
): Promise<void> => {
  const { call } = client
  const { employeeNo, name, centre, teamId } = assistant
  const path = `/v1/assistants/${state.id}`
  const by = headOf(assistant)
  const [mentor = by] = managersOf(assistant)
  switch (action.type) {
    case 'plan':
      await call('PUT', `${path}/mentor`, { employeeNo: mentor, by }, undefined, hasLeft)
      await call('PUT', `${path}/training-plan`, { by, items: planFor(state) }, undefined, hasLeft)
      return
    case 'assess':
      return assess(client, path, action, { assessor: mentor, takenOn: today, key })
    case 'attend':
      for (const [kind, title] of [
        ['meeting', '中心例会'],
        ['training', '季度集中培训'],
        ['coaching', '一对一辅导'],
      ] as const)
        await call('POST', `${path}/attendances`, { kind, on: today, title, minutes: 60 }, `${key}-${kind}`)
      return
    case 'clients': {
      // Their cap is 65 clients higher.
      const count = assistant.track === 'diamond' && action.count > 30 ? action.count + 65 : action.count
      const clientIds = Array.from(
        { length: count },
        (_, index) => `K${employeeNo}${String(index + 1).padStart(3, '0')}`,
      )
      await call('POST', `${path}/clients`, { by, clientIds }, key)
      return
    }
    case 'qualify':
      await call('PUT', `${path}/qualifications`, { by: 'HR100', ...qualifications[action.as] }, undefined, hasLeft)
      return
    case 'violation': {
      const isSerious = action.severity === 'serious'
      const violation = {
        reportedBy: 'HR200',
        on: today,
        severity: action.severity,
        sanctioned: isSerious,
        description: isSerious ? '代客操作，情节严重' : '客户资料登记不完整',
        evidence: '示例合规〔2024〕8号',
      }
      await call('POST', `${path}/violations`, violation, key)
      return
    }
    case 'hand-over':
      return handOver(client, assistant, path, { left: action.left, key })
    case 'register-manager': {
      const person = { name, email: emailOf(employeeNo), post: 'relationship-manager', centreId: centre.id }
      await call('PUT', `/v1/people/${employeeNo}`, { ...person, ...(teamId === undefined ? {} : { teamId }) })
    }
  }
}
