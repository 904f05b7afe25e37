import { expect, test } from 'vitest'
import { pageTexts } from '../../infra/local/page/texts.ts'
import { absencePageTexts } from '../../shared/text/absence-page.ts'
import { answerMailTexts } from '../../shared/text/answer-mail.ts'
import { answerReasonTexts } from '../../shared/text/answer-reasons.ts'
import { codeMailTexts } from '../../shared/text/code-mail.ts'
import { decidePageTexts } from '../../shared/text/decide-page.ts'
import { digestMailTexts } from '../../shared/text/digest-mail.ts'
import { disputePageTexts } from '../../shared/text/dispute-page.ts'
import { dossierLabels, yearLabels } from '../../shared/text/dossier.ts'
import { explain } from '../../shared/text/explain.ts'
import { handOverPageTexts } from '../../shared/text/hand-over-page.ts'
import { mailPhrases, mailTexts } from '../../shared/text/mails.ts'
import { mistakeTexts } from '../../shared/text/mistakes.ts'
import { callProblemTexts } from '../../shared/text/problems.ts'
import { refusalTexts } from '../../shared/text/refusals.ts'
import { replyTexts } from '../../shared/text/reply.ts'
import { terms } from '../../shared/text/terms.ts'

const everywhere = {
  absencePageTexts,
  answerMailTexts,
  answerReasonTexts,
  callProblemTexts,
  codeMailTexts,
  decidePageTexts,
  digestMailTexts,
  disputePageTexts,
  dossierLabels,
  handOverPageTexts,
  mailPhrases,
  mailTexts,
  mistakeTexts,
  pageTexts,
  refusalTexts,
  replyTexts,
  terms,
  yearLabels,
}

const sentencesIn = (text: unknown): readonly string[] =>
  typeof text === 'string' ? [text] : Object.values(text as object).flatMap(sentencesIn)

const ofAnotherScript = /[,;?!()]|\p{Script=Han}[:.]|[:.]\p{Script=Han}/u

test.each(Object.entries(everywhere))('the Chinese of %s has no punctuation of another script', (_, texts) => {
  const sentences = sentencesIn(texts['zh-CN']).filter((sentence) => /\p{Script=Han}/u.test(sentence))
  expect(sentences.filter((sentence) => ofAnotherScript.test(sentence))).toEqual([])
})

test('codes of a refusal are listed as words, as each language lists them; what people wrote stays', () => {
  const refusal = { refused: 'topics-lacking', facts: { topics: 'professional-systems, other' } } as const
  expect(explain(refusal, 'zh-CN').detail).toContain('专业系统、其他（')
  expect(explain(refusal, 'en').detail).toContain('professional systems, other')
  const written = { refused: 'day-lacking', facts: { title: 'other, Excel' } } as const
  expect(explain(written, 'zh-CN').detail).toContain('“other, Excel”')
})
