import { describe, expect, test } from 'vitest'
import { actors, atAlarm, impersonal, outcomeOf, personal } from '../support/actors.ts'
import { people } from '../support/bank.ts'
import { type StateName, states } from '../support/states.ts'
import { type ByActor, commandTable } from './commands.table.ts'

type Actor = keyof typeof actors

const expectedOf = (cell: ByActor, actor: Actor): string =>
  typeof cell === 'string' ? cell : (cell[actor] ?? cell.others)

const names = <Name extends string>(record: Readonly<Record<Name, unknown>>) => Object.keys(record) as Name[]

test('the table has every state and every command, and no other', () => {
  expect(names(commandTable)).toEqual(names(states))
  for (const state of names(states)) {
    expect(names(commandTable[state])).toEqual([...names(personal), ...names(impersonal)])
  }
})

describe.each(names(states))('%s', (state: StateName) => {
  const bench = states[state]()

  test.each(names(personal))('%s', (command) => {
    const cell = commandTable[state][command]
    const outcomes = names(actors).map((actor) => {
      const by = actors[actor]
      return [actor, outcomeOf(bench, personal[command](bench, by), by)]
    })
    expect(outcomes).toEqual(names(actors).map((actor) => [actor, expectedOf(cell, actor)]))
  })

  test.each(names(impersonal))('%s', (command) => {
    const moment = command === 'pass time at the alarm' ? atAlarm(bench) : bench
    expect(outcomeOf(moment, impersonal[command](moment), people.outsider)).toBe(commandTable[state][command])
  })
})
