import type { Locale } from '../../shared/domain/organisation.ts'
import { callProblemTexts } from '../../shared/text/problems.ts'
import type { CodeSubject } from '../adapters/items.ts'
import type { System } from '../adapters/system.ts'
import { mailCode } from '../perform.ts'
import { jsonReply, problemOfCall, problemReply, type Reply } from './problem.ts'

/** Mails a code and says until when it is valid. */
export const replyWithCode = async (system: System, code: CodeSubject, locale: Locale): Promise<Reply> => {
  const duty = await mailCode(system, code, null)
  return duty === null
    ? problemReply(problemOfCall('too-many-codes', locale), { 'retry-after': '3600' })
    : jsonReply(200, { validUntil: duty.validUntil })
}

/** Alike for every code that does not count: wrong, old, or tried too often. */
export const wrongCode = (locale: Locale): Reply => {
  const { detail } = callProblemTexts[locale]['wrong-code']
  return problemReply(problemOfCall('wrong-code', locale, {}, { errors: [{ pointer: '/code', detail }] }))
}
