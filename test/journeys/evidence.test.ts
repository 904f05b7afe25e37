import { execFile, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import type { Evidence } from '../../shared/domain/evidence.ts'
import { assistantOf, bringTrained, decide, useBank } from '../support/bank-client.ts'

const bank = useBank()
const folder = mkdtempSync(join(tmpdir(), 'zhuli-evidence-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What the script says of files, and its exit code. */
const verifyFiles = async (...given: readonly string[]): Promise<{ code: number; said: string }> => {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ['infra/operate/verify.ts', ...given])
    return { code: 0, said: stdout }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { code, said: stdout + stderr }
  }
}

const verify = async (archive: unknown, anchors?: object): Promise<{ code: number; said: string }> => {
  const file = join(folder, 'evidence.json')
  writeFileSync(file, typeof archive === 'string' ? archive : JSON.stringify(archive))
  const anchorFile = join(folder, 'anchor.json')
  if (anchors !== undefined) writeFileSync(anchorFile, JSON.stringify(anchors))
  return verifyFiles(file, ...(anchors === undefined ? [] : ['--anchors', anchorFile]))
}

/** A whole year with an early transfer, and the archive of it. */
const archived = async (employeeNo: string): Promise<Evidence> => {
  const { id } = await bringTrained(bank, employeeNo)
  await bank.turn({ advance: 'P2D' })
  await bank.call('PUT', `/v1/assistants/${id}/clients/K-${employeeNo}`)
  const request = { procedure: 'transfer', assistantId: id, early: true, grounds: '业绩突出', filedBy: 'F1' }
  const key = { 'idempotency-key': `${employeeNo}-transfer` }
  const { body } = await bank.call<{ id: string }>('POST', '/v1/applications', request, key)
  await decide(bank, 'B1', body.id, 'approve')
  await decide(bank, 'Q1', body.id, 'approve')
  expect(await assistantOf(bank, id)).toMatchObject({ status: 'transferred' })
  await bank.turn({ advance: 'P2D' })
  return (await bank.call<Evidence>('GET', `/v1/assistants/${id}/evidence`)).body
}

test('one archive holds all that proves a case, and the script finds that it fits', async () => {
  const evidence = await archived('V1')
  const { assistantId, events, anchors, mails, decisions, policies } = evidence
  expect(decisions.map(({ stage, decision, by, channel, stepUp }) => [stage, decision, by, channel, stepUp])).toEqual([
    ['branch', 'approve', 'B1', 'page', 'mail-code'],
    ['hq', 'approve', 'Q1', 'page', 'mail-code'],
    ['branch', 'approve', 'B1', 'page', 'mail-code'],
    ['hq', 'approve', 'Q1', 'page', 'mail-code'],
  ])
  expect(policies.map(({ version }) => version)).toEqual(['2024-1'])
  // One for each day on which the case changed, the last of them of the last event.
  expect(anchors).toHaveLength(2)
  expect(anchors.at(-1)).toMatchObject({ assistantId, seq: events.length, hash: events.at(-1)!.hash })
  expect(mails.map(({ to }) => to.employeeNo)).toEqual(expect.arrayContaining(['B1', 'Q1', 'F1', 'H1', 'assistant']))
  expect(await verify(evidence)).toMatchObject({ code: 0, said: expect.stringContaining('Everything fits') })
  expect((await verify(evidence, anchors.at(-1))).code).toBe(0)
})

test('what was edited, deleted, reordered or cut off is found, and the first event that does not fit is named', async () => {
  const evidence = await archived('V2')
  const { events, head } = evidence
  const edited = events.map((event) => (event.seq === 4 ? { ...event, by: 'X1' } : event))
  expect(await verify({ ...evidence, events: edited })).toMatchObject({
    code: 1,
    said: expect.stringContaining('First misfit: event 4'),
  })
  expect((await verify({ ...evidence, events: events.toSpliced(6, 1) })).said).toContain('First misfit: event 7')
  const swapped = events.with(2, events[3]!).with(3, events[2]!)
  expect((await verify({ ...evidence, events: swapped })).said).toContain('First misfit: event 3')
  expect((await verify({ ...evidence, events: events.slice(0, -1) })).said).toContain(`First misfit: event ${head.seq}`)
  const anchor = { ...evidence.anchors[0]!, seq: head.seq + 1 }
  expect((await verify({ ...evidence, anchors: [] }, anchor)).said).toContain(`First misfit: event ${head.seq + 1}`)
  expect((await verify('no archive')).code).toBe(2)
})

test('anchors of other cases prove nothing of this one, and the script says so', async () => {
  const evidence = await archived('V6')
  const [anchor] = evidence.anchors
  expect((await verify(evidence, anchor)).said).not.toContain('no anchors but its own')
  expect((await verify(evidence, { ...anchor, assistantId: 'zzzzzzzz' })).said).toContain('no anchors but its own')
})

test('of all cases together, one that was anchored and is not there is named', async () => {
  const archives = join(folder, 'archives')
  const anchors = join(folder, 'anchors')
  for (const each of [archives, anchors]) mkdirSync(each)
  const [kept, removed] = [await archived('V7'), await archived('V8')]
  const keep = ({ assistantId }: Evidence, of: Evidence) =>
    writeFileSync(join(archives, `${assistantId}.json`), JSON.stringify(of))
  for (const { assistantId, anchors: some } of [kept, removed])
    for (const anchor of some) writeFileSync(join(anchors, `${assistantId}-${anchor.day}.json`), JSON.stringify(anchor))
  keep(kept, kept)
  expect(await verifyFiles(archives, '--anchors', anchors)).toMatchObject({
    code: 1,
    said: expect.stringContaining(`Case ${removed.assistantId} was anchored on`),
  })
  keep(removed, removed)
  expect((await verifyFiles(archives, '--anchors', anchors)).code).toBe(0)
  keep(removed, { ...removed, events: removed.events.slice(0, -1) })
  expect((await verifyFiles(archives, '--anchors', anchors)).code).toBe(1)
})

test('no secret of any mail is in the archive', async () => {
  const evidence = JSON.stringify(await archived('V3'))
  const mails = await bank.mails()
  const secrets = mails.flatMap(({ text }) => [...text.matchAll(/https?:\/\/\S+#(\S+)/g)].map(([, secret]) => secret))
  const replyTos = mails.flatMap(({ headers }) => headers['reply-to']?.match(/\.([^@.]+)@/)?.[1] ?? [])
  const codes = mails.flatMap(({ text, headers }) =>
    /-c\d+$/.test(headers['x-zhuli-duty'] ?? '') ? (text.match(/\b\d{6}\b/)?.[0] ?? []) : [],
  )
  expect([secrets.length, replyTos.length, codes.length].every((count) => count > 3)).toBe(true)
  for (const secret of [...secrets, ...replyTos]) expect(evidence).not.toContain(String(secret).split('&')[0])
  for (const code of codes) expect(evidence).not.toMatch(new RegExp(`\\D${code}\\D`))
})

test('is for auditors', async () => {
  const { assistantId } = await archived('V4')
  const response = await fetch(`${bank.url}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'hr-demo',
      client_secret: 'hr-demo',
      scope: 'cases:read cases:write',
    }),
  })
  const { access_token: token } = (await response.json()) as { access_token: string }
  const answer = await bank.call('GET', `/v1/assistants/${assistantId}/evidence`, undefined, {
    authorization: `Bearer ${token}`,
  })
  expect(answer.status).toBe(403)
  expect((await bank.call('GET', '/v1/assistants/zzzzzzzz/evidence')).status).toBe(404)
})

const hasPython = spawnSync('python3', ['--version']).status === 0

// Written from docs/evidence.md alone, in another language, with nothing of ours.
const checker = `
import hashlib, json, sys
archive = json.load(open(sys.argv[1], encoding='utf-8'))
canonical = lambda value: json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(',', ':')).encode('utf-8')
sha = lambda value: hashlib.sha256(canonical(value)).hexdigest()
previous, dossiers, decided = '0' * 64, {}, 0
for number, event in enumerate(archive['events'], 1):
    hashed = {name: value for name, value in event.items() if name != 'hash'}
    assert event['seq'] == number and event['previousHash'] == previous and sha(hashed) == event['hash'], number
    previous, data = event['hash'], event['data']
    key = (data.get('applicationId'), data.get('stage'), data.get('round'))
    if event['type'] == 'stage-opened': dossiers[key] = data['dossier']
    if event['type'] == 'stage-decided':
        decided += 1
        assert sha(data['dossier'] or dossiers[key]) == data['dossierHash'], number
assert archive['head'] == {'seq': number, 'hash': previous}
for anchor in archive['anchors']: assert archive['events'][anchor['seq'] - 1]['hash'] == anchor['hash']
print(number, decided)
`

test.skipIf(!hasPython)(
  'a checker in another language, written from the documentation, comes to the same',
  async () => {
    const evidence = await archived('V5')
    const [script, file] = [join(folder, 'check.py'), join(folder, 'evidence.json')]
    writeFileSync(script, checker)
    writeFileSync(file, JSON.stringify(evidence))
    const run = () => spawnSync('python3', [script, file], { encoding: 'utf8' })
    expect(run()).toMatchObject({ status: 0, stdout: `${evidence.events.length} 4\n` })
    writeFileSync(file, readFileSync(file, 'utf8').replace('"by":"B1"', '"by":"B2"'))
    expect(run().status).not.toBe(0)
  },
)
