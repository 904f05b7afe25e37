import type { Translated } from './locale.ts'

type Fact =
  | 'procedure'
  | 'track'
  | 'source'
  | 'sourceNote'
  | 'centre'
  | 'team'
  | 'branch'
  | 'purpose'
  | 'grounds'
  | 'note'
  | 'filedBy'
  | 'onPostSince'
  | 'reviewDueOn'
  | 'onBehalfOf'
  | 'disputedBy'
  | 'disputeReason'
  | 'annulled'

/** What the facts of a dossier are called. */
export const dossierLabels: Translated<Readonly<Record<Fact, string>>> = {
  'zh-CN': {
    procedure: '事项',
    track: '类别',
    source: '来源',
    sourceNote: '来源说明',
    centre: '私钻中心',
    team: '团队',
    branch: '分行',
    purpose: '培养目的',
    grounds: '提前转岗依据',
    note: '备注',
    filedBy: '申请人',
    onPostSince: '上岗日期',
    reviewDueOn: '满一年日期',
    onBehalfOf: '您代理的审批人',
    disputedBy: '否认决定的人',
    disputeReason: '否认的说明',
    annulled: '已撤销',
  },
  en: {
    procedure: 'Procedure',
    track: 'Track',
    source: 'Source',
    sourceNote: 'Explanation of the source',
    centre: 'Centre',
    team: 'Team',
    branch: 'Branch',
    purpose: 'Aim of the training',
    grounds: 'Grounds of the early transfer',
    note: 'Note',
    filedBy: 'Filed by',
    onPostSince: 'On the post since',
    reviewDueOn: 'Year ends on',
    onBehalfOf: 'You decide on behalf of',
    disputedBy: 'Denied by',
    disputeReason: 'What they say',
    annulled: 'annulled',
  },
}
