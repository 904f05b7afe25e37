import type { Temporal } from 'temporal-polyfill'
import { assistants } from './assistants.ts'
import type { SampleClient } from './client.ts'
import { people } from './organisation.ts'

const metrics = [
  { id: 'satisfaction', name: '客户满意度', weight: 0.3, target: 90, cap: 120 },
  { id: 'completed', name: '业务完成', weight: 0.4, target: 40, cap: 150 },
  { id: 'expansion', name: '业务拓展', weight: 0.2, target: 8, cap: 150 },
  { id: 'teamwork', name: '团队协作', weight: 0.1, target: 5, cap: 120 },
] as const

/** Days after the sample's first in whose quarters everyone has results. */
const quarters = [200, 300] as const

/** Some figures, always the same ones, and different for everyone. */
const figuresOf = (index: number, quarter: number) => ({
  satisfaction: 78 + ((index * 7 + quarter) % 20),
  completed: 22 + ((index * 11 + quarter * 5) % 30),
  expansion: 4 + ((index * 3 + quarter) % 8),
  teamwork: 3 + ((index + quarter) % 3),
})

/** States two quarters' rules, and the results of everyone who was assessed in them. */
export const loadPerformance = async ({ call }: SampleClient, begin: Temporal.PlainDate): Promise<void> => {
  const managers = people.filter(({ post }) => post === 'relationship-manager').map(({ no }) => no)
  const everyone = [...managers, ...assistants.map(({ employeeNo }) => employeeNo)]
  for (const [quarter, days] of quarters.entries()) {
    const { year, month } = begin.add({ days })
    const period = `/v1/performance/${year}-Q${Math.ceil(month / 3)}`
    await call('PUT', `${period}/rules`, { metrics })
    // Whoever was not on the post is not assessed.
    for (const [index, no] of everyone.entries())
      await call('PUT', `${period}/results/${no}`, { metrics: figuresOf(index, quarter) }, undefined, [422])
  }
}
