import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve, sep } from 'node:path'
import { Hono } from 'hono'

/** S3 as far as the functions use it, and the place where SES puts the mails that arrive. */
export interface S3 {
  readonly front: Hono
  readonly put: (bucket: string, key: string, bytes: Uint8Array) => void
}

/** One bucket's objects. */
interface Bucket {
  readonly get: (key: string) => Uint8Array<ArrayBuffer> | undefined
  readonly put: (key: string, bytes: Uint8Array) => void
}

/** Keeps its objects for as long as the process lives: each is read once, just after it came. */
const bucketInMemory = (): Bucket => {
  const objects = new Map<string, Uint8Array<ArrayBuffer>>()
  return { get: (key) => objects.get(key), put: (key, bytes) => void objects.set(key, Uint8Array.from(bytes)) }
}

/** Keeps each object in a file of its name below the folder. */
const bucketInFolder = (folder: string): Bucket => {
  const fileOf = (key: string): string => {
    const file = resolve(folder, key)
    if (!file.startsWith(`${resolve(folder)}${sep}`)) throw new Error(`The key ${key} leads out of its bucket.`)
    return file
  }
  return {
    get: (key) => (existsSync(fileOf(key)) ? Uint8Array.from(readFileSync(fileOf(key))) : undefined),
    put: (key, bytes) => {
      mkdirSync(dirname(fileOf(key)), { recursive: true })
      writeFileSync(fileOf(key), bytes)
    },
  }
}

const escaped = (text: string): string => text.replace(/[<>&]/g, (character) => `&#${character.codePointAt(0)};`)

const errorXml = (code: string, message: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${escaped(message)}</Message></Error>`

const xml = { 'content-type': 'application/xml' }

/** Buckets that are named with a folder keep their objects there. */
export const createS3 = (folders: Readonly<Record<string, string>> = {}): S3 => {
  const buckets = new Map(Object.entries(folders).map(([name, folder]) => [name, bucketInFolder(folder)]))
  const bucketOf = (name: string): Bucket => {
    const bucket = buckets.get(name) ?? bucketInMemory()
    buckets.set(name, bucket)
    return bucket
  }
  const front = new Hono({ strict: false })

  front.get('/:bucket/:key{.+}', (c) => {
    const { bucket, key } = c.req.param()
    const bytes = bucketOf(bucket).get(key)
    if (bytes === undefined) return c.body(errorXml('NoSuchKey', `There is no object ${bucket}/${key}.`), 404, xml)
    return c.body(bytes, 200, { 'content-type': 'application/octet-stream' })
  })
  front.put('/:bucket/:key{.+}', async (c) => {
    const { bucket, key } = c.req.param()
    if (c.req.header('if-none-match') === '*' && bucketOf(bucket).get(key) !== undefined)
      return c.body(errorXml('PreconditionFailed', `There is an object ${bucket}/${key}.`), 412, xml)
    bucketOf(bucket).put(key, new Uint8Array(await c.req.arrayBuffer()))
    return c.body(null, 200)
  })
  front.all('*', (c) => {
    const message = `Not served here: ${c.req.method} ${c.req.path}; only GetObject and PutObject are.`
    return c.body(errorXml('NotImplemented', message), 501, xml)
  })

  return { front, put: (bucket, key, bytes) => bucketOf(bucket).put(key, bytes) }
}
