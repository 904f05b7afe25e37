import { Hono } from 'hono'

/** S3 as far as the functions read it, and the place where SES puts the mails that arrive. */
export interface S3 {
  readonly front: Hono
  readonly put: (bucket: string, key: string, bytes: Uint8Array) => void
}

const escaped = (text: string): string => text.replace(/[<>&]/g, (character) => `&#${character.codePointAt(0)};`)

const errorXml = (code: string, message: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${escaped(message)}</Message></Error>`

/** Keeps its objects for as long as the process lives: each is read once, just after it came. */
export const createS3 = (): S3 => {
  const objects = new Map<string, Uint8Array<ArrayBuffer>>()
  const xml = { 'content-type': 'application/xml' }
  const front = new Hono({ strict: false })

  front.get('/:bucket/:key{.+}', (c) => {
    const name = `${c.req.param('bucket')}/${c.req.param('key')}`
    const bytes = objects.get(name)
    if (bytes === undefined) return c.body(errorXml('NoSuchKey', `There is no object ${name}.`), 404, xml)
    return c.body(bytes, 200, { 'content-type': 'application/octet-stream' })
  })
  front.all('*', (c) => {
    const message = `Not served here: ${c.req.method} ${c.req.path}; only GetObject is.`
    return c.body(errorXml('NotImplemented', message), 501, xml)
  })

  return { front, put: (bucket, key, bytes) => void objects.set(`${bucket}/${key}`, Uint8Array.from(bytes)) }
}
