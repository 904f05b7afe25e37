import { Temporal } from 'temporal-polyfill'
import { bank } from '../environment.ts'
import { assistants, type SampleAssistant } from './assistants.ts'
import { type SampleClient, SampleError } from './client.ts'
import { branches, centres, emailOf, hq, people } from './organisation.ts'
import { loadPerformance } from './performance.ts'
import { type Action, lastDay } from './scenarios.ts'
import { type SampleCase, spendYear } from './year.ts'

/** The last day to which the clock may be turned: deadlines after it must still lie in the published calendar. */
const latestEnd = '2026-10-31'

interface DayStep {
  readonly day: number
  readonly assistant: SampleAssistant
  readonly action: Action
  /** Makes each call's idempotency key, the same whenever the sample is loaded. */
  readonly key: string
}

const steps: readonly DayStep[] = assistants
  .flatMap((assistant) =>
    assistant.steps.map(({ day, action }, index) => ({
      day,
      assistant,
      action,
      key: `sample-${assistant.employeeNo}-${index}`,
    })),
  )
  .toSorted((a, b) => a.day - b.day)

/** Registers the sample's people and where they work. */
export const registerOrganisation = async ({
  call,
}: {
  readonly call: (method: string, path: string, content: object) => Promise<unknown>
}): Promise<void> => {
  for (const { no, locale = 'zh-CN', ...person } of people) {
    await call('PUT', `/v1/people/${no}`, { ...person, email: emailOf(no), locale })
  }
  await call('PUT', '/v1/hq', hq)
  for (const { id, ...branch } of branches) await call('PUT', `/v1/branches/${id}`, branch)
  for (const { id, ...centre } of centres) await call('PUT', `/v1/centres/${id}`, centre)
}

/** When the sample was first loaded into this bank; null where it never was. */
const firstFiled = async ({ call }: SampleClient): Promise<string | null> => {
  const [first] = steps
  if (first === undefined) throw new Error('The sample is empty.')
  const { items } = (await call('GET', `/v1/assistants?employeeNo=${first.assistant.employeeNo}`)).body as {
    items: readonly { applications: readonly string[] }[]
  }
  const application = items[0]?.applications[0]
  return application === undefined
    ? null
    : String((await call('GET', `/v1/applications/${application}`)).body['filedAt'])
}

/** The day that is counted from, if step one happens at `at`. */
const firstDay = (at: string): Temporal.PlainDate => {
  const begin = Temporal.Instant.from(at)
    .toZonedDateTimeISO(bank.zone)
    .toPlainDate()
    .subtract({ days: steps[0]?.day ?? 0 })
  if (begin.add({ days: lastDay }).toString() > latestEnd) {
    throw new SampleError(
      `The sample takes ${lastDay} days of the bank's clock, past the published calendar: begin anew with npm start -- --fresh.`,
    )
  }
  return begin
}

/** How many events the cases of the sample have in all. */
const eventsInAll = async ({ call }: SampleClient): Promise<number> => {
  let events = 0
  for (const { employeeNo } of assistants) {
    const { items } = (await call('GET', `/v1/assistants?employeeNo=${employeeNo}`)).body as {
      items: readonly { id: string }[]
    }
    for (const { id } of items) {
      const trail = (await call('GET', `/v1/assistants/${id}/events?limit=200`)).body as { items: readonly unknown[] }
      events += trail.items.length
    }
  }
  return events
}

const filing = ({ employeeNo, name, track, source, centre, teamId }: SampleAssistant) => ({
  procedure: 'onboarding',
  assistant: {
    employeeNo,
    name,
    email: emailOf(employeeNo),
    track,
    source,
    centreId: centre.id,
    ...(source === 'other' ? { sourceNote: '总行交流干部' } : {}),
    ...(teamId === undefined ? {} : { teamId }),
  },
  purpose: track === 'diamond' ? '培养为钻石客户经理' : '培养为私人银行客户经理',
  filedBy: 'HR100',
})

const reasons: Readonly<Record<string, string>> = {
  reject: '本期编制已满，建议下期再行申请',
  return: '请补充培养方案与来源说明',
  'below-standard': '在岗满一年，考核仍未达到客户经理标准',
}

/** The post that the sample filed for an assistant, and its applications in order. */
const caseOf = async ({ call }: SampleClient, employeeNo: string) => {
  const { items } = (await call('GET', `/v1/assistants?employeeNo=${employeeNo}`)).body as {
    items: readonly SampleCase[]
  }
  const [found] = items
  if (found === undefined) throw new SampleError(`Assistant ${employeeNo} of the sample is missing.`)
  return found
}

const approverOf = ({ centre }: SampleAssistant, stage: 'branch' | 'hq' | 'centre-review'): string => {
  if (stage === 'centre-review') return centre.head
  return String((stage === 'hq' ? hq : branches.find(({ id }) => id === centre.branchId))?.approvers[0])
}

/** Asks for a code and finds it in the mailbox; null where the decision has been made, and none is needed. */
const codeFor = async (client: SampleClient, to: string, path: string, secret: string): Promise<string | null> => {
  const { status } = await client.call('POST', `${path}/code`, { secret }, undefined, [409])
  if (status === 409) return null
  const approval = path.slice('/decide/'.length)
  const mail = (await client.mails(to)).findLast(({ headers }) => headers['x-zhuli-duty']?.startsWith(`${approval}-c`))
  return mail?.text.match(/\b\d{6}\b/)?.[0] ?? null
}

/** Follows the link that was mailed for the round: an approver's page makes this very call. */
const decide = async (
  client: SampleClient,
  assistant: SampleAssistant,
  action: Extract<Action, { type: 'decide' }>,
) => {
  const { id, applications } = await caseOf(client, assistant.employeeNo)
  const { stage, decision, round = 1, of } = action
  const number = stage === 'centre-review' ? id : of === 'transfer' ? applications.at(-1) : applications[0]
  const to = emailOf(approverOf(assistant, stage))
  const links = (await client.mails(to))
    .filter((mail) => mail.subject.endsWith(`[${number}]`))
    .flatMap(({ text }) => text.match(/http\S+\/decide\/\S+/)?.[0] ?? [])
  const link = [...new Set(links)][round - 1]
  if (link === undefined) throw new SampleError(`No link about ${number} was mailed to ${to}.`)
  const { pathname, hash } = new URL(link)
  const secret = hash.slice(1)
  const code = await codeFor(client, to, pathname, secret)
  await client.call('POST', pathname, { secret, code, decision, reason: reasons[decision] ?? null })
}

const perform = async (client: SampleClient, { assistant, action, key }: DayStep, today: string): Promise<void> => {
  switch (action.type) {
    case 'file':
      await client.call('POST', '/v1/applications', filing(assistant), key)
      return
    case 'decide':
      return decide(client, assistant, action)
    case 'transfer-early': {
      const { id } = await caseOf(client, assistant.employeeNo)
      const transfer = {
        procedure: 'transfer',
        assistantId: id,
        early: true,
        grounds: action.grounds,
        filedBy: 'HR100',
      }
      await client.call('POST', '/v1/applications', transfer, key)
      return
    }
    case 'withdraw':
    case 'amend': {
      const { applications } = await caseOf(client, assistant.employeeNo)
      const path = `/v1/applications/${applications[0]}`
      await (action.type === 'withdraw'
        ? client.call('POST', `${path}/withdrawal`, { by: 'HR100', reason: '人选另有安排' }, key)
        : client.call('POST', `${path}/amendment`, { by: 'HR100', changes: {}, note: '已补充培养方案' }, key))
      return
    }
    case 'exit': {
      const { id } = await caseOf(client, assistant.employeeNo)
      const { ground, body } = action
      const employeeNo = approverOf(assistant, body === 'centre' ? 'centre-review' : body)
      const exit = {
        ground,
        decidedBy: { body, employeeNo },
        decidedOn: today,
        reasons: '详见所附决定',
        evidence: '示例银发〔2024〕1号',
      }
      await client.call('POST', `/v1/assistants/${id}/exits`, exit, key)
      return
    }
    case 'plan':
    case 'assess':
    case 'attend':
    case 'clients':
    case 'qualify':
    case 'violation':
    case 'hand-over':
    case 'register-manager':
      return spendYear(client, assistant, await caseOf(client, assistant.employeeNo), { action, key, today })
  }
}

/**
 * Loads the sample through the public API, turning the clock from its first day to its last; `progress` is told how
 * many of its steps are done. What an earlier load did is found done, by idempotency keys and repeated decisions.
 * @returns whether anything happened that was not on record before
 */
export const loadSample = async (
  client: SampleClient,
  progress: (done: number, of: number) => void,
): Promise<boolean> => {
  const filedAt = await firstFiled(client)
  const begin = firstDay(filedAt ?? (await client.now()))
  const before = filedAt === null ? 0 : await eventsInAll(client)
  // Registered before the first case was filed; what has been changed in it since is not the sample's to undo.
  if (filedAt === null) await registerOrganisation(client)
  // At ten in the morning, so that whatever the day's opening brings has happened.
  const at = (day: number): string =>
    begin.add({ days: day }).toZonedDateTime({ timeZone: bank.zone, plainTime: '10:00' }).toInstant().toString()
  const moveTo = async (day: number): Promise<void> => {
    if (Temporal.Instant.compare(at(day), await client.now()) > 0) await client.turnTo(at(day))
  }
  let today = -1
  for (const [index, step] of steps.entries()) {
    if (step.day > today) await moveTo(step.day)
    today = step.day
    await perform(client, step, begin.add({ days: step.day }).toString())
    progress(index + 1, steps.length)
  }
  await moveTo(lastDay)
  await loadPerformance(client, begin)
  return (await eventsInAll(client)) > before
}
