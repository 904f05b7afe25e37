import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openDataFolder } from '../../../infra/local/data-folder.ts'
import { StartError } from '../../../infra/local/start-error.ts'
import { temporaryFolder } from './support.ts'

it('is made when it is not there', async () => {
  const path = join(temporaryFolder(), 'deep', 'data')
  const folder = await openDataFolder(path, { fresh: false })
  onTestFinished(folder.release)
  expect(existsSync(path)).toBe(true)
})

it('is for one at a time', async () => {
  const path = temporaryFolder()
  const first = await openDataFolder(path, { fresh: false })
  writeFileSync(first.files.mail, 'kept')
  await expect(openDataFolder(path, { fresh: true })).rejects.toThrow(StartError)
  expect(readFileSync(first.files.mail, 'utf8')).toBe('kept')
  await first.release()
  await (await openDataFolder(path, { fresh: false })).release()
})

it('is emptied of what earlier starts left, and of nothing else', async () => {
  const path = temporaryFolder()
  const first = await openDataFolder(path, { fresh: false })
  const own = [...Object.values(first.files), `${first.files.database}-wal`]
  for (const file of own) writeFileSync(file, '')
  writeFileSync(join(path, 'thesis.txt'), '')
  mkdirSync(join(path, 'photos'))
  await first.release()

  const fresh = await openDataFolder(path, { fresh: true })
  onTestFinished(fresh.release)

  expect(own.filter((file) => existsSync(file))).toEqual([])
  expect(existsSync(join(path, 'thesis.txt')) && existsSync(join(path, 'photos'))).toBe(true)
})

it('is refused in one sentence when it cannot be written to', async () => {
  const file = join(temporaryFolder(), 'file')
  writeFileSync(file, '')
  await expect(openDataFolder(join(file, 'data'), { fresh: false })).rejects.toThrow(
    /^The data folder .* can't be written to \(ENOTDIR\): choose another with DATA_DIR=<folder>\.$/,
  )
})
