import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** What the SDK asks for before it sends anything; nothing checks it. */
export const client = (endpoint: string) => ({
  endpoint,
  region: 'local',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  maxAttempts: 1,
})

/** A folder that goes when the test does. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'zhuli-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A clock that stands still. */
export const noon = '2024-03-01T04:00:00.000Z'
