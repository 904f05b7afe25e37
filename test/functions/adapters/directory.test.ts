import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { describe, expect, onTestFinished, test } from 'vitest'
import { directory as createDirectory } from '../../../functions/adapters/directory.ts'
import { BranchId, CentreId, EmployeeNo } from '../../../shared/domain/ids.ts'
import { organisation, people } from '../../support/bank.ts'
import { useEngines } from '../../support/engines.ts'
import { register } from '../support.ts'

const openBank = useEngines()

const { centre, branch, hq } = organisation
const centreOnRecord = { id: centre.id, name: centre.name, branchId: branch.id, head: people.head, teams: [] }
const nobody = EmployeeNo.parse('NOBODY')

describe('registering', () => {
  test('says what it took the place of, and the newest stands', async () => {
    const { system } = await openBank()
    const { directory } = system
    expect(await directory.putHq(hq)).toBeNull()
    expect(await directory.putHq({ ...hq, name: '总行' })).toEqual(hq)
    expect(await directory.putBranch(branch)).toBeNull()
    expect(await directory.putCentre(centreOnRecord)).toBeNull()
    expect(await directory.putCentre({ ...centreOnRecord, head: people.outsider })).toEqual(centreOnRecord)
    expect((await directory.around(centre.id, []))?.hq.name).toBe('总行')
  })

  test('keeps a person, a branch and a centre of one id apart', async () => {
    const { system } = await openBank()
    const { directory } = system
    await directory.putBranch({ id: BranchId.parse('X'), name: 'Branch X', approvers: [] })
    await directory.putCentre({
      ...centreOnRecord,
      id: CentreId.parse('X'),
      name: 'Centre X',
      branchId: BranchId.parse('X'),
    })
    const found = await directory.around(CentreId.parse('X'), [])
    expect(found).toMatchObject({ centre: { name: 'Centre X' }, branch: { name: 'Branch X' } })
  })
})

describe('the bank around a centre', () => {
  test('is its centre, branch, HQ and the people who are named', async () => {
    const { system } = await openBank()
    await register(system.directory)
    const found = await system.directory.around(centre.id, [people.filer])
    expect(found).toMatchObject({ centre, branch, hq })
    expect([...found!.people.keys()].toSorted()).toEqual(
      [people.filer, people.branch, people.secondBranch, people.hq, people.secondHq, people.head].toSorted(),
    )
    expect(found!.people.get(people.head)).toMatchObject(organisation.people.get(people.head)!)
  })

  test('is read at once where it was looked at before, as it is now', async () => {
    const { system, variables } = await openBank()
    await register(system.directory)
    const client = new DynamoDBClient({})
    onTestFinished(() => client.destroy())
    let calls = 0
    client.middlewareStack.add(
      (next) => (call) => {
        calls += 1
        return next(call)
      },
      { step: 'initialize' },
    )
    const counted = createDirectory(client, variables['TABLE_NAME']!)
    const around = async () => {
      calls = 0
      return counted.around(centre.id, [people.filer])
    }
    const first = await around()
    expect(calls).toBeGreaterThan(1)
    expect(await around()).toEqual(first)
    expect(calls).toBe(1)
    await counted.putBranch({ ...branch, approvers: [people.mentor] })
    const changed = await around()
    expect(changed?.branch.approvers).toEqual([people.mentor])
    expect([...changed!.people.keys()]).not.toContain(people.branch)
    const renamed = { ...organisation.people.get(people.mentor)!, name: '新名' }
    await counted.putPerson({ ...renamed, centreId: null, teamId: null })
    expect((await around())?.people.get(people.mentor)?.name).toBe('新名')
    expect(calls).toBe(1)
  })

  test('leaves out approvers and a head who are not on record, so that nobody is asked who can not be mailed', async () => {
    const { system } = await openBank()
    await register(system.directory)
    await system.directory.putBranch({ ...branch, approvers: [nobody, people.branch] })
    await system.directory.putCentre({ ...centreOnRecord, head: nobody })
    const found = await system.directory.around(centre.id, [nobody])
    expect(found).toMatchObject({ centre: { head: null }, branch: { approvers: [people.branch] } })
    expect(found!.people.has(nobody)).toBe(false)
  })

  test('has nobody to ask where branch and HQ are not registered yet', async () => {
    const { system } = await openBank()
    await system.directory.putCentre(centreOnRecord)
    expect(await system.directory.around(centre.id, [])).toMatchObject({
      branch: { id: branch.id, approvers: [] },
      hq: { approvers: [] },
    })
  })

  test('is nothing where there is no such centre', async () => {
    const { system } = await openBank()
    expect(await system.directory.around(centre.id, [])).toBeNull()
    expect(await system.directory.branchesOf(centre.id)).toEqual([])
    await register(system.directory)
    expect(await system.directory.branchesOf(centre.id)).toEqual([branch.id])
  })
})
