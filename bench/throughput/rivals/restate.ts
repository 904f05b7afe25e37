import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import * as restate from '@restatedev/restate-sdk'
import { serve } from '../../../infra/local/server.ts'
import { createOutbox } from '../outbox.ts'
import { freePort } from '../../../infra/local/free-port.ts'

// The approval as one writes it for Restate: a workflow with a promise for each decision.

const outbox = createOutbox()
const approval = restate.workflow({
  name: 'approval',
  handlers: {
    run: async (ctx: restate.WorkflowContext) => {
      ctx.set('filed', { purpose: '培养为私钻客户经理' })
      for (const stage of ['branch', 'hq']) {
        await ctx.run(`mail-${stage}`, () => outbox.put(stage, ctx.key, `Application ${ctx.key}`))
        const decision = await ctx.promise<string>(stage)
        ctx.set(`decided-${stage}`, { decision })
        if (decision !== 'approve') return decision
      }
      ctx.set('took-effect', {})
      await ctx.run('mail-assistant', () => outbox.put('assistant', ctx.key, `Application ${ctx.key}`))
      return 'approved'
    },
    decide: async (ctx: restate.WorkflowSharedContext, { stage, decision }: { stage: string; decision: string }) => {
      await ctx.promise<string>(stage).resolve(decision)
    },
  },
})

const [service, ingress, admin, node] = [await freePort(), await freePort(), await freePort(), await freePort()]
await restate.serve({ services: [approval], port: service })

const base = mkdtempSync(join(tmpdir(), 'zhuli-restate-'))
const require = createRequire(createRequire(import.meta.url).resolve('@restatedev/restate-server/package.json'))
const program = require.resolve(`@restatedev/restate-server-${process.platform}-${process.arch}/bin/restate-server`)
const server = spawn(program, ['--no-logo', '--listen-mode', 'tcp', '--bind-port', String(node), '--base-dir', base], {
  env: {
    ...process.env,
    RESTATE_INGRESS__BIND_ADDRESS: `127.0.0.1:${ingress}`,
    RESTATE_ADMIN__BIND_ADDRESS: `127.0.0.1:${admin}`,
    // As the embedded table has it: written at once, and brought to the disk a moment later.
    RESTATE_LOG_SERVER__ROCKSDB_DISABLE_WAL_FSYNC: 'true',
    RESTATE_BIFROST__LOCAL__ROCKSDB_DISABLE_WAL_FSYNC: 'true',
    RESTATE_LOG_FILTER: 'error',
  },
  stdio: ['ignore', 'inherit', 'inherit'],
})

const register = async (): Promise<void> => {
  for (let tries = 0; ; tries += 1) {
    try {
      const { ok, status } = await fetch(`http://127.0.0.1:${admin}/deployments`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ uri: `http://127.0.0.1:${service}` }),
      })
      if (ok) return
      throw new Error(`Restate answered ${status}.`)
    } catch (error) {
      if (tries === 200) throw error
      await pause(100)
    }
  }
}
await register()
const front = await serve((request) => outbox.front.fetch(request), 0)

process.on('SIGTERM', () => {
  void (async () => {
    const exit = once(server, 'exit')
    server.kill('SIGKILL')
    await exit
    rmSync(base, { recursive: true, force: true })
    process.exit()
  })()
})
process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${ingress}`, outbox: front.url })}\n`)
