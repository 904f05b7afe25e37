import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { errorName } from '../../functions/adapters/log.ts'
import { StartError } from './start-error.ts'

const fileNames = {
  database: 'dynamodb.sqlite',
  mail: 'mail.jsonl',
  events: 'events.jsonl',
  webhook: 'webhook.json',
  clock: 'clock.json',
  secretKey: 'secret.key',
  identityKey: 'identity.jwk',
  /** A folder: what the bucket of the anchors would hold. */
  anchors: 'anchors',
} as const

/** What SQLite keeps beside a database while it is open, or when it was killed. */
const databaseSuffixes = ['-wal', '-shm', '-journal']

export interface DataFolder {
  readonly files: Readonly<Record<keyof typeof fileNames, string>>
  /** Lets others have the folder. */
  readonly release: () => Promise<void>
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error)

/** Makes the folder and those above it, one by one: where none can be made (/proc), Node's own way never ends. */
const makeFolder = (folder: string): void => {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  mkdirSync(folder)
}

const makeWritable = (folder: string): void => {
  const probe = join(folder, '.probe')
  try {
    makeFolder(folder)
    // Asking for permissions isn't enough: a read-only disk grants them too.
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (error) {
    throw new StartError(
      `The data folder ${folder} can't be written to (${codeOf(error)}): choose another with DATA_DIR=<folder>.`,
    )
  }
}

const listen = async (socket: string): Promise<Server> => {
  const server = createServer((connection) => connection.destroy())
  server.listen(socket)
  await once(server, 'listening')
  return server.unref()
}

const isAlive = async (socket: string): Promise<boolean> => {
  const connection = connect(socket)
  try {
    await once(connection, 'connect')
    return true
  } catch {
    return false
  } finally {
    connection.destroy()
  }
}

/**
 * Claims the folder by a socket of its own: unlike a lock file it says whether the claimant still lives. The socket
 * is not in the folder, because the path of a socket may have about 100 characters only.
 */
const claim = async (folder: string): Promise<Server> => {
  const name = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 16)
  const socket = join(tmpdir(), `zhuli-${name}.sock`)
  try {
    return await listen(socket)
  } catch (error) {
    if (codeOf(error) !== 'EADDRINUSE') throw error
  }
  if (await isAlive(socket))
    throw new StartError(
      `The data folder ${folder} is in use by another start: stop that one, or set DATA_DIR=<folder>.`,
    )
  rmSync(socket)
  return listen(socket)
}

/** Opens the folder for this process alone; `fresh` removes what earlier starts left there, and nothing else. */
export const openDataFolder = async (path: string, { fresh }: { readonly fresh: boolean }): Promise<DataFolder> => {
  const folder = resolve(path)
  makeWritable(folder)
  const claimed = await claim(folder)
  const files = {
    database: join(folder, fileNames.database),
    mail: join(folder, fileNames.mail),
    events: join(folder, fileNames.events),
    webhook: join(folder, fileNames.webhook),
    clock: join(folder, fileNames.clock),
    secretKey: join(folder, fileNames.secretKey),
    identityKey: join(folder, fileNames.identityKey),
    anchors: join(folder, fileNames.anchors),
  }
  if (fresh) {
    const all = [...Object.values(files), ...databaseSuffixes.map((suffix) => files.database + suffix)]
    for (const file of all) rmSync(file, { force: true, recursive: true })
  }
  return {
    files,
    release: async () => {
      claimed.close()
      await once(claimed, 'close')
    },
  }
}

/**
 * Opens what earlier starts kept in a file.
 * @throws StartError where it can't be read: it is damaged, or of a version that kept something else
 */
export const opened = async <Kept>(file: string, open: (file: string) => Kept | Promise<Kept>): Promise<Kept> => {
  try {
    return await open(file)
  } catch (error) {
    if (error instanceof StartError) throw error
    throw new StartError(
      `${file} can't be read (${errorName(error)}), as if it were of another version: choose another folder with ` +
        'DATA_DIR=<folder>, or start empty with --fresh.',
    )
  }
}
