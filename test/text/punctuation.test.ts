import { expect, test } from 'vitest'
import { mistakeTexts } from '../../shared/text/mistakes.ts'
import { callProblemTexts } from '../../shared/text/problems.ts'
import { refusalTexts } from '../../shared/text/refusals.ts'

test('Chinese sentences have no comma of another script', () => {
  const problems = [...Object.values(refusalTexts['zh-CN']), ...Object.values(callProblemTexts['zh-CN'])]
  const sentences = [
    ...problems.flatMap(({ title, detail }) => [title, detail]),
    ...Object.values(mistakeTexts['zh-CN']),
  ]
  expect(sentences.filter((sentence) => sentence.includes(','))).toEqual([])
})
