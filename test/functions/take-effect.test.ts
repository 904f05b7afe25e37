import { expect, test } from 'vitest'
import { applicationIdOf } from '../../shared/domain/ids.ts'
import { people } from '../support/bank.ts'
import { foundUnfit } from '../support/cases.ts'
import { useEngines } from '../support/engines.ts'
import {
  branchAsked,
  caseId,
  command,
  decide,
  done,
  hqAsked,
  load,
  recipients,
  register,
  trail,
  train,
} from './support.ts'

const openBank = useEngines()

const assistantId = caseId(1)
const applicationId = applicationIdOf(assistantId, 1)

/** A bank in which both have consented and the effect is still to come. */
const consented = async () => {
  const bank = await openBank()
  await register(bank.system.directory)
  await hqAsked(bank, 1)
  bank.clock.pass(30)
  done(await decide(bank.called, assistantId, people.hq, 'approve'))
  return { bank, takeEffect: bank.functions.takeEffect(bank.called) }
}

test('art. 7: what was consented to takes effect at the moment of the consent, however late the workflow comes', async () => {
  const { bank, takeEffect } = await consented()
  bank.clock.pass(3 * 24 * 60)
  await takeEffect({ assistantId, applicationId })
  const state = await load(bank.system, assistantId)
  expect(state).toMatchObject({ status: 'on-post', onPostSince: '2025-03-03', reviewDueOn: '2026-03-03' })
  expect(state.applications[0]?.effectiveAt).toBe('2025-03-03T01:30:00.000Z')
  const told = bank.mails.filter(({ subject }) => subject.startsWith('【已生效】'))
  expect(recipients(told)).toEqual(['a1@bank.test', 'f1@bank.test', 'h1@bank.test'])
})

test('called again, or many times at once, it takes effect once', async () => {
  const { bank, takeEffect } = await consented()
  await Promise.all(Array.from({ length: 5 }, () => takeEffect({ assistantId, applicationId })))
  await takeEffect({ assistantId, applicationId })
  const effects = (await trail(bank.system, assistantId)).filter((type) => type === 'onboarding-took-effect')
  expect(effects).toHaveLength(1)
  expect(bank.mails.filter(({ subject }) => subject.startsWith('【已生效】'))).toHaveLength(3)
})

test('nothing takes effect before both have consented', async () => {
  const bank = await openBank()
  await register(bank.system.directory)
  await branchAsked(bank, 1)
  const before = await bank.items()
  await expect(bank.functions.takeEffect(bank.called)({ assistantId, applicationId })).rejects.toMatchObject({
    name: 'ExitedOtherwise',
  })
  expect(await bank.items()).toEqual(before)
})

test('a transfer whose assistant has left the post takes no effect', async () => {
  const { bank, takeEffect } = await consented()
  await takeEffect({ assistantId, applicationId })
  await train(bank, 1)
  const grounds = 'Best of the year.'
  const transfer = { type: 'file-transfer', early: true, grounds, filedBy: people.filer, note: null } as const
  done(await command(bank.system, assistantId, transfer))
  await bank.states.idle()
  done(await decide(bank.system, assistantId, people.branch, 'approve'))
  await bank.states.idle()
  done(await decide(bank.called, assistantId, people.hq, 'approve'))
  done(await command(bank.system, assistantId, foundUnfit, people.branch))
  const second = { assistantId, applicationId: applicationIdOf(assistantId, 2) }
  await expect(takeEffect(second)).rejects.toMatchObject({ name: 'ExitedOtherwise' })
  expect((await load(bank.system, assistantId)).status).toBe('exited')
})

test.each([
  ['a case', { assistantId: caseId(9), applicationId: applicationIdOf(caseId(9), 1) }, 'ExitedOtherwise'],
  ['an application', { assistantId, applicationId: applicationIdOf(assistantId, 9) }, 'ExitedOtherwise'],
])('%s that is not on record ends the task', async (_, event, name) => {
  const { takeEffect } = await consented()
  await expect(takeEffect(event)).rejects.toMatchObject({ name })
})

test('throws for what the workflow never hands over', async () => {
  const { takeEffect } = await consented()
  await expect(takeEffect({ assistantId })).rejects.toThrow('applicationId')
})
