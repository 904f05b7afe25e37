import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from './support.ts'

/** Runs the command as `npm start` does. */
const run = (env: Record<string, string>, ...options: string[]) => {
  const child = spawn(process.execPath, ['infra/local/main.ts', ...options], {
    env: { ...process.env, DATA_DIR: join(temporaryFolder(), 'data'), PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  let errors = ''
  child.stdout.on('data', (chunk) => (output += String(chunk)))
  child.stderr.on('data', (chunk) => (errors += String(chunk)))
  const ended = once(child, 'close').then(([code]) => ({ code: Number(code), output, errors }))
  return { child, ended }
}

describe('npm start', () => {
  it('says where to go, and on one signal ends in order, however often the signal is handed on', async () => {
    const dataDir = join(temporaryFolder(), 'data')
    const { child, ended } = run({ DATA_DIR: dataDir })
    const [welcome] = await once(child.stdout, 'data')
    expect(String(welcome)).toMatch(/^\nZhuli runs at http:\/\/127\.0\.0\.1:\d+\n/)
    expect(String(welcome)).toContain('/local/mail')

    child.kill('SIGINT')
    child.kill('SIGINT')

    expect(await ended).toMatchObject({ code: 0, errors: '' })
    expect(JSON.parse(readFileSync(join(dataDir, 'clock.json'), 'utf8'))).toHaveProperty('now')
    // SQLite removes it when the database is closed in order.
    expect(existsSync(join(dataDir, 'dynamodb.sqlite-wal'))).toBe(false)
  })

  it('says in one sentence what keeps it from starting', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    onTestFinished(() => void other.close())
    const address = other.address()
    const taken = String(typeof address === 'object' ? address?.port : 0)
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')

    const attempts = await Promise.all([
      run({ PORT: taken }).ended,
      run({ PORT: 'http' }).ended,
      run({ EVENTS_WEBHOOK: 'bank.example' }).ended,
      run({ DATA_DIR: join(file, 'data') }).ended,
      run({}, '--clean').ended,
    ])

    expect(attempts.filter(({ code, output }) => code !== 1 || output !== '')).toEqual([])
    expect(attempts.map(({ errors }) => errors)).toEqual([
      `Port ${taken} is taken: stop what listens there, or choose another with PORT=<number>.\n`,
      'PORT must be a whole number up to 65535, not "http".\n',
      'EVENTS_WEBHOOK must be an http or https URL, not "bank.example".\n',
      `The data folder ${join(file, 'data')} can't be written to (ENOTDIR): choose another with DATA_DIR=<folder>.\n`,
      expect.stringMatching(/^Unknown option '--clean'.* The only option is --fresh\.\n$/),
    ])
  })

  it('says so where the data are of another version, whichever of them', async () => {
    const kept = {
      'clock.json': '{}',
      'mail.jsonl': '{"id":1}\n',
      'events.jsonl': '{}\n',
      'webhook.json': '{}',
      'secret.key': '00',
      'identity.jwk': '{}',
    }
    const attempts = await Promise.all(
      Object.entries(kept).map(async ([name, text]) => {
        const file = join(temporaryFolder(), name)
        writeFileSync(file, text)
        return { file, ...(await run({ DATA_DIR: dirname(file) }).ended) }
      }),
    )
    for (const { file, ...ended } of attempts)
      expect(ended).toEqual({
        code: 1,
        output: '',
        errors: expect.stringMatching(
          new RegExp(`^${file} can't be read .+: choose another folder .+ or start empty with --fresh\\.\n$`),
        ),
      })
  })

  it('says so where Node reads no TypeScript', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--no-strip-types', 'infra/local/start.js'], {
      encoding: 'utf8',
    })
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^Node v\S+ can't run this\. .+ or use Node 24\.\n$/)
  })
})
