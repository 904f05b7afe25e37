/** A made-up bank: nobody in it exists. */

interface SamplePerson {
  readonly no: string
  readonly name: string
  readonly post: 'staff' | 'relationship-manager'
  readonly locale?: 'en'
  readonly centreId?: string
  readonly teamId?: string
}

interface SampleTeam {
  readonly id: string
  readonly name: string
  readonly leader: string
}

interface SampleCentre {
  readonly id: string
  readonly name: string
  readonly branchId: string
  readonly head: string
  readonly teams: readonly SampleTeam[]
}

const staff = (no: string, name: string): SamplePerson => ({ no, name, post: 'staff' })
const manager = (no: string, name: string, centreId: string, teamId?: string): SamplePerson => ({
  no,
  name,
  post: 'relationship-manager',
  centreId,
  ...(teamId === undefined ? {} : { teamId }),
})

export const people: readonly SamplePerson[] = [
  staff('HR100', '周敏'),
  staff('HR200', '郑凯'),
  staff('ZH001', '王芳'),
  { ...staff('ZH002', '孙杰'), locale: 'en' },
  staff('ZH003', '高岚'),
  staff('SH001', '陈立'),
  staff('SH002', '沈怡'),
  staff('HZ001', '吴桐'),
  staff('HZ002', '徐宁'),
  staff('CD001', '何川'),
  staff('CD002', '罗琴'),
  staff('SH101', '刘洋'),
  staff('SH201', '朱琳'),
  staff('HZ101', '马骏'),
  staff('HZ201', '胡蓉'),
  staff('CD101', '林涛'),
  staff('CD201', '谢颖'),
  manager('SH111', '郭强', 'SH-1', 'SH-1-A'),
  manager('SH112', '唐雪', 'SH-1', 'SH-1-B'),
  manager('SH113', '袁静', 'SH-1', 'SH-1-A'),
  manager('SH211', '顾峰', 'SH-2'),
  manager('SH212', '邵丽', 'SH-2'),
  manager('HZ111', '曹磊', 'HZ-1', 'HZ-1-A'),
  manager('HZ112', '汪洁', 'HZ-1', 'HZ-1-A'),
  manager('HZ211', '方超', 'HZ-2'),
  manager('CD111', '邓婷', 'CD-1', 'CD-1-A'),
  manager('CD112', '冯伟', 'CD-1', 'CD-1-B'),
  manager('CD211', '蒋薇', 'CD-2'),
]

export const hq = { name: '总行私人银行部', approvers: ['ZH001', 'ZH002', 'ZH003'] } as const

export const branches = [
  { id: 'SH', name: '上海分行', approvers: ['SH001', 'SH002'] },
  { id: 'HZ', name: '杭州分行', approvers: ['HZ001', 'HZ002'] },
  { id: 'CD', name: '成都分行', approvers: ['CD001', 'CD002'] },
] as const

export const centres: readonly SampleCentre[] = [
  {
    id: 'SH-1',
    name: '上海陆家嘴私钻中心',
    branchId: 'SH',
    head: 'SH101',
    teams: [
      { id: 'SH-1-A', name: '一队', leader: 'SH111' },
      { id: 'SH-1-B', name: '二队', leader: 'SH112' },
    ],
  },
  { id: 'SH-2', name: '上海徐汇私钻中心', branchId: 'SH', head: 'SH201', teams: [] },
  {
    id: 'HZ-1',
    name: '杭州西湖私钻中心',
    branchId: 'HZ',
    head: 'HZ101',
    teams: [{ id: 'HZ-1-A', name: '一队', leader: 'HZ111' }],
  },
  { id: 'HZ-2', name: '杭州滨江私钻中心', branchId: 'HZ', head: 'HZ201', teams: [] },
  {
    id: 'CD-1',
    name: '成都锦江私钻中心',
    branchId: 'CD',
    head: 'CD101',
    teams: [
      { id: 'CD-1-A', name: '一队', leader: 'CD111' },
      { id: 'CD-1-B', name: '二队', leader: 'CD112' },
    ],
  },
  { id: 'CD-2', name: '成都高新私钻中心', branchId: 'CD', head: 'CD201', teams: [] },
]

export const emailOf = (employeeNo: string): string => `${employeeNo.toLowerCase()}@bank.example`
