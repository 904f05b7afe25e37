import { expect, test } from 'vitest'
import { factsOf } from '../../../functions/http/dossier-facts.ts'
import type { Dossier } from '../../../shared/domain/events.ts'
import { reviewOpen } from '../../support/cases.ts'

const item = {
  id: 'pb',
  topic: 'private-banking-business',
  title: '产品体系',
  dueOn: '2025-06-30',
  assessment: { kind: '考试', passMark: null },
}
const year = {
  mentor: null,
  trainingPlan: { version: 1, items: [item] },
  assessments: [],
  toPass: ['pb'],
  attendance: {
    meeting: { count: 1, minutes: 60 },
    training: { count: 0, minutes: 0 },
    coaching: { count: 0, minutes: 0 },
  },
  performance: [{ period: '2025-Q1', score: 83.5 }],
  clients: { count: 3, cap: 35 },
  standard: [{ criterion: 'training', standing: 'not-met', from: { planVersion: 1, toPass: 'pb' } }],
}
const earlier = {
  stage: 'branch',
  round: 2,
  decision: 'return',
  decidedBy: { employeeNo: 'B1', name: '王芳' },
  reason: '请补充材料',
  annulled: false,
}
const dossier = { ...reviewOpen().state!.reviews[0]!.stage!.dossier, year, earlier: [earlier] } as unknown as Dossier

test('a dossier names what is still to be passed by its title, and is punctuated as its language is', () => {
  const rowsIn = (locale: 'zh-CN' | 'en') => factsOf(dossier, locale).map(({ label, value }) => [label, value])
  expect(rowsIn('zh-CN')).toEqual(
    expect.arrayContaining([
      ['培训：产品体系', '私人银行业务 · 应于 2025-06-30 前（含当日）完成 · 尚未考核'],
      ['客户经理标准：培训考核', '不符合 · 方案版本：1 · 未通过项目：产品体系'],
      ['分行审批（第 2 轮）', '退回补正 · 王芳 · 请补充材料'],
    ]),
  )
  expect(rowsIn('en')).toEqual(
    expect.arrayContaining([
      ['Standard: training', 'not met · version of the plan: 1 · to be passed: 产品体系'],
      ['branch approval (2)', 'return for amendment · 王芳 · 请补充材料'],
    ]),
  )
})
