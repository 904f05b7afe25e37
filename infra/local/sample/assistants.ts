import { centres } from './organisation.ts'
import { lastDay, scenarios, type Step } from './scenarios.ts'

/** One assistant of the sample: who it is, where, and what happens on which day after the sample's first. */
export interface SampleAssistant {
  readonly employeeNo: string
  readonly name: string
  readonly track: 'private-bank' | 'diamond'
  readonly source: 'graduate-programme' | 'sub-branch-transfer' | 'external-hire' | 'other'
  readonly centre: (typeof centres)[number]
  readonly teamId?: string
  readonly steps: readonly Step[]
}

const surnames = Array.from('赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛')
const givenNames = ['晓明', '子涵', '雨桐', '浩然', '思琪', '嘉怡', '俊杰', '欣妍', '博文', '佳宁', '宇轩']
const sources = ['graduate-programme', 'sub-branch-transfer', 'external-hire', 'other'] as const

const pick = <Value>(values: readonly Value[], index: number): Value => {
  const value = values[index % values.length]
  if (value === undefined) throw new Error('Nothing to pick from.')
  return value
}

const courses = scenarios.flatMap(({ count, from, apart, steps }) =>
  Array.from({ length: count }, (_, index) =>
    steps
      .map(({ day, action }) => ({ day: from + index * apart + day, action }))
      // What would lie after the sample's end has not happened yet.
      .filter(({ day }) => day <= lastDay)
      .toSorted((a, b) => a.day - b.day),
  ),
)

/** Always the same people in the same places, so that loading the sample again changes nothing. */
export const assistants: readonly SampleAssistant[] = courses.map((steps, index) => {
  const centre = pick(centres, index)
  const team = centre.teams.length === 0 ? undefined : pick(centre.teams, Math.floor(index / centres.length))
  return {
    employeeNo: `S${String(index + 1).padStart(3, '0')}`,
    name: pick(surnames, index) + pick(givenNames, index),
    track: index % 3 === 0 ? 'diamond' : 'private-bank',
    source: pick(sources, index),
    centre,
    ...(team === undefined ? {} : { teamId: team.id }),
    steps,
  }
})
