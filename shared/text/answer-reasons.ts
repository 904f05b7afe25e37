import { type RefusalCode, refusals } from '../domain/refusal.ts'
import type { Locale } from '../domain/organisation.ts'
import type { ReasonForApprover } from '../domain/send-answer.ts'
import { explain } from './explain.ts'
import { fill, type Translated } from './locale.ts'
import { type CallProblem, callProblemTexts } from './problems.ts'

/** Reasons whose sentence stands with the refusals, or with the problems of a call. */
type Elsewhere = RefusalCode | Extract<ReasonForApprover, CallProblem>

/** Why a mail decided nothing. */
export const answerReasonTexts: Translated<{
  /** `{matter}` is what was asked. */
  readonly reasons: Readonly<Record<Exclude<ReasonForApprover, Elsewhere>, string>>
  /** Around a sentence that stands elsewhere. */
  readonly elsewhere: string
}> = {
  'zh-CN': {
    reasons: {
      'not-authentic':
        '收到一封以您的名义作出的回复，因无法确认由您本人发出，未予受理，不会有任何改动。如需作出决定，请打开下列链接；如非您本人操作，请告知系统管理员。',
      'no-answer':
        '已收到您的回复，但其第一行不是系统能够识别的答复，尚未生效。请按下列方式重新回复，或打开页面作出决定。',
      'several-answers':
        '已收到您的回复，但其中有几种不同的答复，无法确定以哪一种为准，尚未生效。请按下列方式重新回复，或打开页面作出决定。',
      'page-only': '已收到您的回复，但该事项只能在页面上作出决定，回复尚未生效。请打开下列链接。',
      withdrawn: '已收到您的回复，但{matter}已由申请方撤回，回复未生效，您无需再处理。',
      expired: '已收到您的回复，但{matter}已逾期失效，回复未生效，您无需再处理。',
      closed: '已收到您的回复，但{matter}已经终止，回复未生效，您无需再处理。',
      reassigned: '已收到您的回复，但{matter}已改由他人审批，回复未生效，您无需再处理。',
    },
    elsewhere: '已收到您的回复，但未生效。{detail}',
  },
  en: {
    reasons: {
      'not-authentic':
        'A reply came in your name and was not accepted, because it is not certain that you sent it. Nothing is changed. To decide, open the link; if it was not you who wrote, please tell whoever runs the system.',
      'no-answer':
        'Your reply has arrived and does not count, because its first line is none of the answers that are read. Please reply again as below, or decide on the page.',
      'several-answers':
        'Your reply has arrived and does not count, because it gives several answers and leaves open which is meant. Please reply again as below, or decide on the page.',
      'page-only':
        'Your reply has arrived and does not count, because this is decided on its page alone: please open the link.',
      withdrawn:
        'Your reply has arrived and does not count, because the filer has withdrawn this: {matter}. You need do nothing more.',
      expired:
        'Your reply has arrived and does not count, because this has expired: {matter}. You need do nothing more.',
      closed: 'Your reply has arrived and does not count, because this has ended: {matter}. You need do nothing more.',
      reassigned:
        'Your reply has arrived and does not count, because somebody else is asked by now: {matter}. You need do nothing more.',
    },
    elsewhere: 'Your reply has arrived and does not count. {detail}',
  },
}

const isRefusalCode = (reason: ReasonForApprover): reason is RefusalCode => reason in refusals

/** The sentence that says why a mail decided nothing; `matter` is what was asked. */
export const explainReason = (
  reason: ReasonForApprover,
  facts: Readonly<Record<string, string>>,
  matter: string,
  locale: Locale,
): string => {
  const words = answerReasonTexts[locale]
  if (isRefusalCode(reason))
    return fill(words.elsewhere, { detail: explain({ refused: reason, facts }, locale).detail })
  if (reason === 'too-many-codes' || reason === 'calendar-not-published')
    return fill(words.elsewhere, { detail: fill(callProblemTexts[locale][reason].detail, facts) })
  return fill(words.reasons[reason], { matter })
}
