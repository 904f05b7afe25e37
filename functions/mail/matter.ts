import { type AssistantCase, findApplication } from '../../shared/domain/assistant.ts'
import type { Stage } from '../../shared/domain/events.ts'
import type { ApplicationId } from '../../shared/domain/ids.ts'
import type { Locale } from '../../shared/domain/organisation.ts'
import type { StageRecord } from '../../shared/domain/stage.ts'
import { fill } from '../../shared/text/locale.ts'
import { mailPhrases } from '../../shared/text/mails.ts'
import { terms } from '../../shared/text/terms.ts'

/** What is about no application: the review, its dispute, or the hand-over. */
const matterOfPost = (stage: Stage | null, track: string, locale: Locale): string => {
  const phrases = mailPhrases[locale]
  switch (stage) {
    case 'hand-over':
      return fill(phrases.handOver, { track })
    case 'dispute':
      return fill(phrases.reviewDispute, { track })
    case 'branch':
    case 'hq':
    case 'centre-review':
    case null:
      return fill(phrases.review, { track })
  }
}

/** What was asked of someone, in words: as it stood then, whatever the application has come to since. */
export const matterOfStage = (state: AssistantCase, { dossier, stage }: StageRecord, locale: Locale): string => {
  const words = terms[locale]
  const track = words.track[state.particulars.track]
  return dossier.procedure === null
    ? matterOfPost(stage, track, locale)
    : fill(mailPhrases[locale].matter, {
        track,
        procedure: words.procedure[dossier.procedure],
        stage: words.stage[stage],
      })
}

/**
 * What a mail is about, in words: the application and a stage of it (null for the one that it has come to), or the
 * application alone once its stages are over, or the review where there is no application.
 */
export const matterOf = (
  state: AssistantCase,
  applicationId: ApplicationId | null,
  stage: Stage | null,
  phrase: 'matter' | 'application',
  locale: Locale,
): string => {
  const words = terms[locale]
  const track = words.track[state.particulars.track]
  const application = applicationId === null ? null : findApplication(state, applicationId)
  if (application === null) return matterOfPost(stage, track, locale)
  return fill(mailPhrases[locale][phrase], {
    track,
    procedure: words.procedure[application.procedure],
    stage: words.stage[stage ?? application.stage],
  })
}
