import { describe, expect, test } from 'vitest'
import { readAnswer } from '../../../functions/mail/answer.ts'
import { composeDigest } from '../../../functions/mail/compose-digest.ts'
import { composeMail, type Ways } from '../../../functions/mail/compose.ts'
import type { AssistantCase } from '../../../shared/domain/assistant.ts'
import type { Notice, SendMail } from '../../../shared/domain/duty.ts'
import { EmployeeNo } from '../../../shared/domain/ids.ts'
import type { Locale } from '../../../shared/domain/organisation.ts'
import { addDays, Instant } from '../../../shared/domain/time.ts'
import { mailPhrases } from '../../../shared/text/mails.ts'
import { replyTexts } from '../../../shared/text/reply.ts'
import { mainlandCalendar } from '../../../shared/policy/mainland-calendar.ts'
import { policies } from '../../../shared/policy/policies.ts'
import { type Bench, monday, organisation } from '../../support/bank.ts'
import { branchOpen, exited, notAppointed, onPost, returnedByBranch, reviewOpen } from '../../support/cases.ts'

const desk = {
  bankName: '招商银行',
  zone: 'Asia/Shanghai',
  now: () => monday,
  baseUrl: 'https://zhuli.bank.test',
  calendar: mainlandCalendar,
  policies,
  // What secrets are worth is tried elsewhere; here any will do.
  secrets: {
    of: async () => 'S'.repeat(43),
    matches: async () => false,
    matchesFolded: async () => false,
    code: async () => '123456',
  },
}
const link = 'https://zhuli.bank.test/decide/7k3m9q2d001#secret'
const ways = { link, replyTo: 'approval+7k3m9q2d001.secret@reply.bank.test' }

const dutyOf = ({ state }: Bench, notice: Notice, isReview = false): SendMail => {
  const stage = isReview ? state!.reviews[0]?.stage : state!.applications[0]?.stages.at(-1)
  return {
    kind: 'send-mail',
    id: 'duty-1',
    assistantId: state!.id,
    notice,
    to: EmployeeNo.parse('B1'),
    applicationId: isReview || notice === 'exited' ? null : (state!.applications[0]?.id ?? null),
    approvalId: notice.startsWith('decision-') ? (stage?.asked[0]?.id ?? null) : null,
  }
}

const compose = (
  bench: Bench,
  notice: Notice,
  locale: Locale,
  isReview = false,
  state: AssistantCase = bench.state!,
  reply: Ways['reply'] = 'decides',
) => {
  const duty = dutyOf(bench, notice, isReview)
  const recipient = { employeeNo: EmployeeNo.parse('B1'), name: '王芳', address: 'wang@bank.test', locale }
  return composeMail(duty, recipient, state, organisation, desk, duty.approvalId === null ? null : { ...ways, reply })
}

const renamed = (bench: Bench, name: string): AssistantCase => ({
  ...bench.state!,
  particulars: { ...bench.state!.particulars, name },
})

const notices: readonly { notice: Notice; bench: () => Bench; isReview?: boolean }[] = [
  { notice: 'decision-request', bench: branchOpen },
  { notice: 'decision-request', bench: reviewOpen, isReview: true },
  { notice: 'escalation', bench: branchOpen },
  { notice: 'escalation', bench: reviewOpen, isReview: true },
  { notice: 'returned', bench: returnedByBranch },
  { notice: 'rejected', bench: notAppointed },
  { notice: 'withdrawn', bench: branchOpen },
  { notice: 'expired', bench: branchOpen },
  { notice: 'took-effect', bench: onPost },
  { notice: 'exited', bench: exited },
]

describe.each(notices)('the mail $notice', ({ notice, bench, isReview = false }) => {
  test.each(['zh-CN', 'en'] as const)('is whole in %s, with the number of the case in its subject', async (locale) => {
    const mail = await compose(bench(), notice, locale, isReview)
    const number = isReview || notice === 'exited' ? '7k3m9q2d' : '7k3m9q2d-1'
    expect(mail).toMatchObject({ dutyId: 'duty-1', language: locale, to: { name: '王芳', address: 'wang@bank.test' } })
    expect(mail.subject.endsWith(` [${number}]`)).toBe(true)
    expect(mail.subject).not.toMatch(/[\r\n]/)
    for (const part of [mail.subject, mail.text]) expect(part).not.toMatch(/\{\w+\}|undefined|null/)
    for (const label of Object.values(mailPhrases[locale].facts))
      expect(mail.text).not.toMatch(new RegExp(`^${label}(?:：|: )$`, 'm'))
    expect(mail.html).toContain(`<html lang="${locale}">`)
    expect(mail.text).toMatch(locale === 'en' ? /^[A-Z]/ : /^[^A-Za-z]*[\u4e00-\u9fff]|^Assistant A1/)
    expect([mail.text.includes(link), mail.html.includes(link)]).toEqual(
      notice.startsWith('decision-') ? [true, true] : [false, false],
    )
  })
})

test('a mail of a decision gives its reason, one of a return its last day', async () => {
  const { text } = await compose(returnedByBranch(), 'returned', 'en')
  expect(text).toContain('The source is unclear.')
  expect(text).toContain(returnedByBranch().state!.applications[0]!.amendBy!)
  expect((await compose(notAppointed(), 'rejected', 'zh-CN')).text).toContain('No vacancy.')
})

test('the moment of effect is told on the clocks of the bank', async () => {
  expect((await compose(onPost(), 'took-effect', 'en')).text).toContain('2025-03-03 09:00')
})

describe('a request', () => {
  const request = (reply: Ways['reply'], locale: Locale) =>
    compose(branchOpen(), 'decision-request', locale, false, undefined, reply)

  test.each(['zh-CN', 'en'] as const)('says in %s how to answer it by mail, where that can be done', async (locale) => {
    const [decides, needsCode, neither] = await Promise.all(
      (['decides', 'needsCode', null] as const).map((reply) => request(reply, locale)),
    )
    const { answers } = replyTexts[locale]
    for (const [, words] of answers) {
      expect([decides!.text.includes(words), needsCode!.text.includes(words)]).toEqual([true, true])
      expect(neither!.text.match(/(?<=：|: ).+$/gm)).not.toContain(words)
    }
    expect([decides, needsCode, neither].map((mail) => /验证码|code/.test(mail!.text))).toEqual([false, true, false])
    for (const mail of [decides, needsCode, neither]) expect(mail).toMatchObject({ replyTo: ways.replyTo })
  })

  test.each(['zh-CN', 'en'] as const)(
    'answers itself nowhere in %s, but each answer that it names is read',
    async (locale) => {
      const { text } = await request('decides', locale)
      for (const line of text.split('\n')) expect(readAnswer(line)).toEqual({ type: 'none' })
      const read = replyTexts[locale].answers.map(([, words]) => readAnswer(words))
      expect(read).toMatchObject([{ decision: 'approve' }, { decision: 'reject' }, { decision: 'return' }])
    },
  )
})

test('a mail that asks nothing has no address for answers', async () => {
  expect(await compose(returnedByBranch(), 'returned', 'en')).toMatchObject({ replyTo: null, isReply: false })
})

describe('what someone typed', () => {
  const markup = `<img src=x onerror=alert(1)>"'&</title><script>`

  test('makes no markup in a mail', async () => {
    const state = renamed(branchOpen(), markup)
    const { html, text } = await compose(branchOpen(), 'decision-request', 'en', false, state)
    expect(html).not.toContain('<img')
    expect(html).not.toContain('<script')
    expect(html.match(/<\/title>/g)).toHaveLength(1)
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;')
    expect(text).toContain(markup)
  })

  test('is not read as a place for a fact', async () => {
    const state = renamed(returnedByBranch(), '{reason} {bank} $& $1')
    const { subject } = await compose(returnedByBranch(), 'returned', 'en', false, state)
    expect(subject).toContain('{reason} {bank} $& $1')
  })
})

describe('a digest', () => {
  const reader = { ...organisation.people.get(EmployeeNo.parse('B1'))!, locale: 'zh-CN' } as const
  const digestOf = (state: AssistantCase, now = monday) =>
    composeDigest('duty-1', reader, [{ state, link }], true, { ...desk, now: () => now })

  test('says that the last day of a review has passed', async () => {
    const state = reviewOpen().state!
    const dueOn = state.reviewDueOn!
    expect((await digestOf(state)).text).toContain(`截止日期：${dueOn}`)
    const late = await digestOf(state, Instant.parse(`${addDays(dueOn, 3)}T02:00:00.000Z`))
    expect(late.text).toContain(`截止日期：${dueOn}（已逾期）`)
  })

  test('asks of a hand-over who takes the clients, and of all else a decision', async () => {
    const state = reviewOpen().state!
    const stage = { ...state.reviews[0]!.stage!, stage: 'hand-over' } as const
    const exit = { handOver: { round: 1, stage } } as unknown as AssistantCase['exit']
    expect((await digestOf(state)).text).toContain(`查看并决定\n${link}`)
    expect((await digestOf({ ...state, reviews: [], exit })).text).toContain(`指定接手人\n${link}`)
  })
})
