import { hq, people } from '../sample/organisation.ts'

const approvers: readonly string[] = hq.approvers

/**
 * Who takes part in the newcomer's case. HQ is the sample bank's to the letter: there is one HQ, registering it replaces
 * its approvers, and links that were mailed to others before would be dead.
 */
export const demoBank = {
  people: [
    { no: 'HR01', name: '周敏' },
    { no: 'BR01', name: '陈立' },
    { no: 'HD01', name: '刘洋' },
    ...people.filter(({ no }) => approvers.includes(no)).map(({ no, name, locale }) => ({ no, name, locale })),
  ],
  hq,
  branch: { id: 'DEMO', name: '示范分行', approvers: ['BR01'] },
  centre: { id: 'DEMO-1', name: '示范私钻中心', branchId: 'DEMO', head: 'HD01', teams: [] },
  filer: 'HR01',
  /** Whose mail the page follows at each stage. */
  decides: { branch: 'BR01', hq: hq.approvers[0], 'centre-review': 'HD01' },
} as const
