import type { AssistantCase } from './assistant.ts'
import { type Context, governingPolicy } from './context.ts'
import type { Stage, StepUp } from './events.ts'

type Present = Pick<Context, 'now' | 'zone' | 'policies'>

/** Whether a decision on the case needs a code mailed to the approver. */
export const codeNeeded = (state: AssistantCase, present: Present): boolean =>
  governingPolicy(state, present).stepUp === 'mail-code'

/** Whether what an approver has shown is enough, by the policy of the case, to decide a stage. */
export const isSteppedUp = (state: AssistantCase, stage: Stage, shown: StepUp, present: Present): boolean =>
  !codeNeeded(state, present) ||
  shown === 'mail-code' ||
  (shown === 'reply' && governingPolicy(state, present).replySuffices[stage])
