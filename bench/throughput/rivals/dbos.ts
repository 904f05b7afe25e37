import { execFileSync } from 'node:child_process'
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DBOS } from '@dbos-inc/dbos-sdk'
import { Hono } from 'hono'
import pg from 'pg'
import { freePort } from '../../../infra/local/free-port.ts'
import { serve } from '../../../infra/local/server.ts'
import { createOutbox } from '../outbox.ts'

// The approval as one writes it for DBOS: a workflow with a step for each thing that is recorded or mailed, waiting
// for two messages. PostgreSQL is Debian's.

const versions = '/usr/lib/postgresql'
const [newest] = readdirSync(versions).toSorted().toReversed()
const programs = join(versions, newest ?? '', 'bin')
const data = mkdtempSync(join(tmpdir(), 'zhuli-postgres-'))

/** PostgreSQL runs as anybody but root. */
const postgres = (program: string, ...args: string[]): void => {
  const command = [join(programs, program), ...args]
  const isRoot = process.getuid?.() === 0
  const [file = '', ...rest] = isRoot
    ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups', ...command]
    : command
  execFileSync(file, rest, { stdio: 'ignore', cwd: data })
}

const port = await freePort()

if (process.getuid?.() === 0) {
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  chownSync(data, id('-u'), id('-g'))
}
postgres('initdb', '-D', join(data, 'db'), '-U', 'postgres', '--auth=trust', '--encoding=UTF8')
// As the embedded table has it: written at once, and brought to the disk a moment later.
const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${data} -c synchronous_commit=off -c shared_buffers=256MB`
postgres('pg_ctl', '-D', join(data, 'db'), '-w', '-l', join(data, 'log'), '-o', settings, 'start')

const url = `postgresql://postgres@127.0.0.1:${port}/postgres`
const database = new pg.Pool({ connectionString: url, max: 20 })
await database.query(
  'create table event (application text, type text, data jsonb, at timestamptz, primary key (application, type))',
)
const outbox = createOutbox()

const record = (id: string, type: string, content: object) =>
  DBOS.runStep(
    async () => {
      await database.query('insert into event values ($1, $2, $3, now()) on conflict do nothing', [id, type, content])
    },
    { name: `record-${type}` },
  )
const mail = (to: string, id: string) =>
  DBOS.runStep(async () => outbox.put(to, id, `Application ${id}`), { name: `mail-${to}` })

const approve = DBOS.registerWorkflow(
  async (id: string) => {
    await record(id, 'filed', { purpose: '培养为私钻客户经理' })
    for (const stage of ['branch', 'hq']) {
      await mail(stage, id)
      const decision = await DBOS.recv<string>(stage, 3600)
      await record(id, `decided-${stage}`, { decision })
      if (decision !== 'approve') return decision
    }
    await record(id, 'took-effect', {})
    await mail('assistant', id)
    return 'approved'
  },
  { name: 'approve' },
)

DBOS.setConfig({ name: 'throughput', systemDatabaseUrl: url, systemDatabasePoolSize: 40, logLevel: 'error' })
await DBOS.launch()

const app = new Hono()
app.route('/', outbox.front)
app.post('/cases/:id', async (c) => {
  const id = c.req.param('id')
  await DBOS.startWorkflow(approve, { workflowID: id })(id)
  return c.body(null, 202)
})
app.post('/cases/:id/:stage', async (c) => {
  await DBOS.send(c.req.param('id'), await c.req.text(), c.req.param('stage'))
  return c.body(null, 202)
})
const front = await serve((request) => app.fetch(request), 0)

process.on('SIGTERM', () => {
  void (async () => {
    await DBOS.shutdown()
    await database.end()
    postgres('pg_ctl', '-D', join(data, 'db'), '-m', 'immediate', 'stop')
    rmSync(data, { recursive: true, force: true })
    process.exit()
  })()
})
process.stdout.write(`${JSON.stringify({ url: front.url, outbox: front.url })}\n`)
