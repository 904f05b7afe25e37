import { addDays } from '../../shared/domain/time.ts'
import { at, type Bench, emptyBench } from './bank.ts'
import {
  branchOpen,
  consented,
  exited,
  filed,
  hqOpen,
  hqPending,
  notAppointed,
  onPost,
  returnedByBranch,
  returnedByHq,
  reviewCalled,
  reviewOpen,
  transferBranchOpen,
  transferConsented,
  trained,
  transferFiled,
  transferHqOpen,
  transferred,
  transferReturned,
} from './cases.ts'

/** Every state that a case can be in, as commands tell it from the others. */
export const states = {
  'not begun': () => emptyBench,
  'branch pending': filed,
  'branch open': branchOpen,
  'HQ pending': hqPending,
  'HQ open': hqOpen,
  'effect pending': consented,
  'returned by branch': returnedByBranch,
  'returned by HQ': returnedByHq,
  'not appointed': notAppointed,
  'on post': onPost,
  trained: () => trained(),
  'review pending': reviewCalled,
  'review open': reviewOpen,
  'review open, year over': () => yearOver(reviewOpen()),
  'transfer branch pending': transferFiled,
  'transfer branch open': transferBranchOpen,
  'transfer HQ open': transferHqOpen,
  'transfer effect pending': transferConsented,
  'transfer returned': transferReturned,
  transferred,
  exited,
} as const satisfies Record<string, () => Bench>

export type StateName = keyof typeof states

const yearOver = (bench: Bench): Bench => {
  const dueOn = bench.state?.reviewDueOn
  if (!dueOn) throw new Error('The case has no anniversary.')
  return at(bench, `${addDays(dueOn, 0)}T02:00:00.000Z`)
}
