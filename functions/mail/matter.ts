import { type AssistantCase, findApplication } from '../../shared/domain/assistant.ts'
import type { Stage } from '../../shared/domain/events.ts'
import type { ApplicationId } from '../../shared/domain/ids.ts'
import type { Locale } from '../../shared/domain/organisation.ts'
import type { StageRecord } from '../../shared/domain/stage.ts'
import { fill } from '../../shared/text/locale.ts'
import { mailPhrases } from '../../shared/text/mails.ts'
import { terms } from '../../shared/text/terms.ts'

/** What was asked of someone, in words: as it stood then, whatever the application has come to since. */
export const matterOfStage = (state: AssistantCase, { dossier, stage }: StageRecord, locale: Locale): string => {
  const words = terms[locale]
  const track = words.track[state.particulars.track]
  return dossier.procedure === null
    ? fill(mailPhrases[locale][stage === 'hand-over' ? 'handOver' : 'review'], { track })
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
  if (application === null) return fill(mailPhrases[locale][stage === 'hand-over' ? 'handOver' : 'review'], { track })
  return fill(mailPhrases[locale][phrase], {
    track,
    procedure: words.procedure[application.procedure],
    stage: words.stage[stage ?? application.stage],
  })
}
