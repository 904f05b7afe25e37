import { type DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import { marshall } from '@aws-sdk/util-dynamodb'
import type { BranchId, CentreId, EmployeeNo, TeamId } from '../../shared/domain/ids.ts'
import type { Instant } from '../../shared/domain/time.ts'
import type { Delegation, Organisation, Person, Team } from '../../shared/domain/organisation.ts'
import { lookUp, readBatch } from './batch.ts'
import { written } from './conditional.ts'
import { duePartition, type Item, organisationKey } from './items.ts'

/** Someone as HR registers them. */
export interface RegisteredPerson extends Omit<Person, 'delegation'> {
  readonly centreId: CentreId | null
  readonly teamId: TeamId | null
}

export interface Hq {
  readonly name: string
  readonly approvers: readonly EmployeeNo[]
}

export interface Branch extends Hq {
  readonly id: BranchId
}

export interface Centre {
  readonly id: CentreId
  readonly name: string
  readonly branchId: BranchId
  readonly head: EmployeeNo
  readonly teams: readonly Team[]
}

/** The bank's people and units as HR registers them. */
export interface Directory {
  readonly putPerson: (person: RegisteredPerson) => Promise<'created' | 'replaced'>
  readonly person: (employeeNo: EmployeeNo) => Promise<Person | null>
  /** Someone as HR registered them, with post, centre and team. */
  readonly registered: (employeeNo: EmployeeNo) => Promise<RegisteredPerson | null>
  readonly centre: (centreId: CentreId) => Promise<Centre | null>
  /**
   * Names the delegate for an absence, in place of any named before; null ends it. At `turn`, when time begins or ends it,
   * the person is among what is due.
   */
  readonly delegate: (
    employeeNo: EmployeeNo,
    absence: { readonly delegation: Delegation; readonly turn: Instant } | null,
  ) => Promise<'created' | 'replaced' | 'unknown-person'>
  /** Each put of a unit answers with what it took the place of; null where there was nothing. */
  readonly putHq: (hq: Hq) => Promise<Hq | null>
  readonly putBranch: (branch: Branch) => Promise<Branch | null>
  readonly putCentre: (centre: Centre) => Promise<Centre | null>
  /** The branches that a centre has belonged to, in the order of their ids; none where there is no such centre. */
  readonly branchesOf: (centreId: CentreId) => Promise<readonly BranchId[]>
  /**
   * The bank around a centre, with `others` among its people; null where there is no such centre. `branchId` is where
   * the centre most likely belongs, which saves a round trip where it does and the centre has not been looked at before.
   */
  readonly around: (
    centreId: CentreId,
    others: readonly EmployeeNo[],
    branchId?: BranchId,
  ) => Promise<Organisation | null>
}

const personOf = ({ body, delegation }: Item): Person => {
  const { employeeNo, name, email, locale, post } = JSON.parse(String(body?.S)) as RegisteredPerson
  return {
    employeeNo,
    name,
    email,
    locale,
    post,
    delegation: delegation?.S === undefined ? null : (JSON.parse(delegation.S) as Delegation),
  }
}

const bodyOf = (item: Item | undefined): unknown =>
  item?.['body']?.S === undefined ? undefined : JSON.parse(item['body'].S)

const personKey = (employeeNo: EmployeeNo): Item => organisationKey('PERSON', employeeNo)

/** HQ is one. */
const hqId = 'HQ'
const hqKey = organisationKey('HQ', hqId)

export const directory = (client: DynamoDBClient, table: string): Directory => {
  const put = async <Body extends object>(key: Item, body: Body): Promise<Body | null> => {
    const { Attributes } = await client.send(
      new PutItemCommand({
        TableName: table,
        Item: { ...key, ...marshall({ body: JSON.stringify(body) }) },
        ReturnValues: 'ALL_OLD',
      }),
    )
    return (bodyOf(Attributes) as Body | undefined) ?? null
  }

  /** What stands under a key, or null. */
  const read = async (key: Item): Promise<unknown> => {
    const [item] = await readBatch(client, table, [key])
    return bodyOf(item) ?? null
  }

  /** By centre, the keys of the branch and the people around it when it was looked at last. */
  const lastAround = new Map<CentreId, readonly Item[]>()

  return {
    putPerson: async (person) => {
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: personKey(person.employeeNo),
          // A delegation stays as it is.
          UpdateExpression: 'SET body = :body',
          ExpressionAttributeValues: marshall({ ':body': JSON.stringify(person) }),
          ReturnValues: 'ALL_OLD',
        }),
      )
      return Attributes?.['body'] === undefined ? 'created' : 'replaced'
    },

    registered: async (employeeNo) => (await read(personKey(employeeNo))) as RegisteredPerson | null,

    centre: async (centreId) => (await read(organisationKey('CENTRE', centreId))) as Centre | null,

    person: async (employeeNo) => {
      const [item] = await readBatch(client, table, [personKey(employeeNo)])
      return item === undefined ? null : personOf(item)
    },

    delegate: async (employeeNo, absence) => {
      const update = new UpdateItemCommand({
        TableName: table,
        Key: personKey(employeeNo),
        ConditionExpression: 'attribute_exists(pk)',
        ReturnValues: 'ALL_OLD',
        ...(absence === null
          ? { UpdateExpression: 'REMOVE delegation, duePartition, dueAt' }
          : {
              UpdateExpression: 'SET delegation = :delegation, duePartition = :due, dueAt = :turn',
              ExpressionAttributeValues: marshall({
                ':delegation': JSON.stringify(absence.delegation),
                ':due': duePartition,
                ':turn': absence.turn,
              }),
            }),
      })
      const answered = await written(client.send(update))
      if (answered === null) return 'unknown-person'
      return answered.Attributes?.['delegation'] === undefined ? 'created' : 'replaced'
    },

    putHq: (hq) => put(hqKey, hq),
    putBranch: (branch) => put(organisationKey('BRANCH', branch.id), branch),

    putCentre: async (centre) => {
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: organisationKey('CENTRE', centre.id),
          // Cases keep the branch under which they were filed.
          UpdateExpression: 'SET body = :body ADD branches :branch',
          ExpressionAttributeValues: {
            ...marshall({ ':body': JSON.stringify(centre) }),
            ':branch': { SS: [centre.branchId] },
          },
          ReturnValues: 'ALL_OLD',
        }),
      )
      return (bodyOf(Attributes) as Centre | undefined) ?? null
    },

    branchesOf: async (centreId) => {
      const [item] = await readBatch(client, table, [organisationKey('CENTRE', centreId)])
      const centre = bodyOf(item) as Centre | undefined
      const all = [
        ...((item?.['branches']?.SS ?? []) as BranchId[]),
        ...(centre === undefined ? [] : [centre.branchId]),
      ]
      return [...new Set(all)].toSorted()
    },

    around: async (centreId, others, branchId) => {
      const look = lookUp(client, table)
      const lookAtPeople = async (numbers: readonly EmployeeNo[]): Promise<readonly Person[]> =>
        (await look(numbers.map(personKey))).flatMap((item) => (item === undefined ? [] : [personOf(item)]))
      const centreKey = organisationKey('CENTRE', centreId)
      const likely = branchId === undefined ? [] : [organisationKey('BRANCH', branchId)]
      // Whoever was around most likely still is, and is read with the units that say so; the others after them.
      await look([centreKey, hqKey, ...likely, ...(lastAround.get(centreId) ?? []), ...others.map(personKey)])
      const [centreItem, hqItem] = await look([centreKey, hqKey])
      const [centre, hq] = [bodyOf(centreItem) as Centre | undefined, bodyOf(hqItem) as Hq | undefined]
      if (centre === undefined) return null
      const branchKey = organisationKey('BRANCH', centre.branchId)
      const [branchItem] = await look([branchKey])
      const branch = bodyOf(branchItem) as Branch | undefined
      const inOffice = [centre.head, ...(branch?.approvers ?? []), ...(hq?.approvers ?? [])]
      const named = await lookAtPeople([...inOffice, ...others])
      const delegates = named.flatMap(({ delegation }) => delegation?.delegate ?? [])
      const people = new Map([...named, ...(await lookAtPeople(delegates))].map((one) => [one.employeeNo, one]))
      lastAround.set(centreId, [branchKey, ...[...inOffice, ...delegates].map(personKey)])
      const onRecord = (approvers: readonly EmployeeNo[] = []) => approvers.filter((person) => people.has(person))
      return {
        centre: {
          id: centre.id,
          name: centre.name,
          head: people.has(centre.head) ? centre.head : null,
          teams: centre.teams,
        },
        branch: {
          id: centre.branchId,
          name: branch?.name ?? centre.branchId,
          approvers: onRecord(branch?.approvers),
        },
        hq: { name: hq?.name ?? hqId, approvers: onRecord(hq?.approvers) },
        people,
        scoring: new Map(),
      }
    },
  }
}
