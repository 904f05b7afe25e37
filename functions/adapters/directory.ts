import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { marshall } from '@aws-sdk/util-dynamodb'
import type { BranchId, CentreId, EmployeeNo, TeamId } from '../../shared/domain/ids.ts'
import type { Delegation, Organisation, Person, Team } from '../../shared/domain/organisation.ts'
import { readBatch } from './batch.ts'
import { type Item, organisationKey } from './items.ts'

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

/** The bank's people and units as HR registers them. Each put says whether it made something new. */
export interface Directory {
  readonly putPerson: (person: RegisteredPerson) => Promise<'created' | 'replaced'>
  readonly person: (employeeNo: EmployeeNo) => Promise<Person | null>
  /** Someone as HR registered them, with post, centre and team. */
  readonly registered: (employeeNo: EmployeeNo) => Promise<RegisteredPerson | null>
  readonly centre: (centreId: CentreId) => Promise<Centre | null>
  /** Names the delegate for an absence, in place of any named before; null ends it. */
  readonly delegate: (
    employeeNo: EmployeeNo,
    delegation: Delegation | null,
  ) => Promise<'created' | 'replaced' | 'unknown-person'>
  readonly putHq: (hq: Hq) => Promise<'created' | 'replaced'>
  readonly putBranch: (branch: Branch) => Promise<'created' | 'replaced'>
  readonly putCentre: (centre: Centre) => Promise<'created' | 'replaced'>
  /** The branch that a centre belongs to; null where there is no such centre. */
  readonly branchOf: (centreId: CentreId) => Promise<BranchId | null>
  /**
   * The bank around a centre, with `others` among its people; null where there is no such centre. `branchId` is where
   * the centre most likely belongs, which saves a round trip where it does.
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

/** HQ is one. */
const hqId = 'HQ'

export const directory = (client: DynamoDBClient, table: string): Directory => {
  const put = async (key: Item, body: object): Promise<'created' | 'replaced'> => {
    const { Attributes } = await client.send(
      new PutItemCommand({
        TableName: table,
        Item: { ...key, ...marshall({ body: JSON.stringify(body) }) },
        ReturnValues: 'ALL_OLD',
      }),
    )
    return Attributes === undefined ? 'created' : 'replaced'
  }

  /** What stands under each key, or undefined; in the order of the keys. */
  const read = async (keys: readonly Item[]): Promise<readonly unknown[]> => {
    const items = await readBatch(client, table, keys)
    const found = new Map(items.map((item) => [item['pk']?.S, JSON.parse(String(item['body']?.S)) as unknown]))
    return keys.map((key) => found.get(key['pk']?.S))
  }

  const readPeople = async (numbers: readonly EmployeeNo[]): Promise<Map<EmployeeNo, Person>> => {
    const items = await readBatch(
      client,
      table,
      numbers.map((employeeNo) => organisationKey('PERSON', employeeNo)),
    )
    return new Map(items.map(personOf).map((person) => [person.employeeNo, person]))
  }

  return {
    putPerson: async (person) => {
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: organisationKey('PERSON', person.employeeNo),
          // A delegation stays as it is.
          UpdateExpression: 'SET body = :body',
          ExpressionAttributeValues: marshall({ ':body': JSON.stringify(person) }),
          ReturnValues: 'ALL_OLD',
        }),
      )
      return Attributes?.['body'] === undefined ? 'created' : 'replaced'
    },

    registered: async (employeeNo) => {
      const [person] = (await read([organisationKey('PERSON', employeeNo)])) as [RegisteredPerson | undefined]
      return person ?? null
    },

    centre: async (centreId) => {
      const [centre] = (await read([organisationKey('CENTRE', centreId)])) as [Centre | undefined]
      return centre ?? null
    },

    person: async (employeeNo) => (await readPeople([employeeNo])).get(employeeNo) ?? null,

    delegate: async (employeeNo, delegation) => {
      try {
        const { Attributes } = await client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: organisationKey('PERSON', employeeNo),
            ConditionExpression: 'attribute_exists(pk)',
            ReturnValues: 'ALL_OLD',
            ...(delegation === null
              ? { UpdateExpression: 'REMOVE delegation' }
              : {
                  UpdateExpression: 'SET delegation = :delegation',
                  ExpressionAttributeValues: marshall({ ':delegation': JSON.stringify(delegation) }),
                }),
          }),
        )
        return Attributes?.['delegation'] === undefined ? 'created' : 'replaced'
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return 'unknown-person'
        throw error
      }
    },

    putHq: (hq) => put(organisationKey('HQ', hqId), hq),
    putBranch: (branch) => put(organisationKey('BRANCH', branch.id), branch),
    putCentre: (centre) => put(organisationKey('CENTRE', centre.id), centre),

    branchOf: async (centreId) => {
      const [centre] = (await read([organisationKey('CENTRE', centreId)])) as [Centre | undefined]
      return centre?.branchId ?? null
    },

    around: async (centreId, others, branchId) => {
      const [centre, hq, likely] = (await read([
        organisationKey('CENTRE', centreId),
        organisationKey('HQ', hqId),
        ...(branchId === undefined ? [] : [organisationKey('BRANCH', branchId)]),
      ])) as [Centre | undefined, Hq | undefined, Branch | undefined]
      if (centre === undefined) return null
      const [branch] =
        centre.branchId === branchId
          ? [likely]
          : ((await read([organisationKey('BRANCH', centre.branchId)])) as [Branch | undefined])
      const named = [centre.head, ...(branch?.approvers ?? []), ...(hq?.approvers ?? []), ...others]
      const people = await readPeople(named)
      const delegates = [...people.values()].flatMap(({ delegation }) => delegation?.delegate ?? [])
      for (const [no, person] of await readPeople(delegates.filter((delegate) => !people.has(delegate))))
        people.set(no, person)
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
