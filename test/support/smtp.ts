import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { generate } from 'selfsigned'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { onTestFinished } from 'vitest'

/** A mail as an SMTP server took it. */
export interface Taken {
  readonly from: string
  readonly to: readonly string[]
  readonly raw: string
  readonly user: string | undefined
  readonly secure: boolean
}

export const host = 'localhost'

/** A self-signed certificate, which this process trusts until the test finishes, unless it is said not to. */
export const certificate = async ({ name = host, trusted = true } = {}) => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: name }], {
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: name }] },
    ],
  })
  if (trusted) {
    const before = getCACertificates('default')
    setDefaultCACertificates([...before, cert])
    onTestFinished(() => setDefaultCACertificates(before))
  }
  return { key, cert }
}

/** A real SMTP server on loopback until the test finishes. */
export const smtpServer = async (options: SMTPServerOptions) => {
  const taken: Taken[] = []
  const server = new SMTPServer({
    onData: (stream, { envelope, user, secure }, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = envelope
        taken.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString(),
          user,
          secure,
        })
        done()
      })
    },
    closeTimeout: 0,
    ...options,
  })
  // A client that gives up in the middle of a handshake is what some tests are about.
  server.on('error', () => undefined)
  server.listen(0, host)
  await once(server.server, 'listening')
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return { port: portOf(server.server.address()), taken }
}

/** Something that takes connections and, after what it says at once, never says anything. */
export const silentServer = async (greeting = '') => {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined))
    socket.write(greeting)
  }).listen(0, host)
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { port: portOf(server.address()) }
}

const portOf = (address: ReturnType<ReturnType<typeof createServer>['address']>): number => {
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return address.port
}
