import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { StartError } from './start-error.ts'

export interface Listening {
  readonly url: string
  /** Takes nothing new, and resolves when what was under way is answered. */
  readonly close: () => Promise<void>
}

type Fetch = (request: Request) => Response | Promise<Response>

const listen = async (server: Server, port: number): Promise<number> => {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    // Only this machine: nothing here asks who you are, and the clock and everybody's mail are open to whoever comes.
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return address.port
}

/** What keeps a server from a port, and what to do. */
const hindrances: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is taken: stop what listens there, or choose another with PORT=<number>.',
  EACCES: 'is not for this user: choose one from 1024 on with PORT=<number>.',
}

const hindranceIn = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error ? hindrances[String(error.code)] : undefined

/** Serves `fetch` on the loopback interface; port 0 takes any that is free. */
export const serve = async (fetch: Fetch, port: number): Promise<Listening> => {
  const respond = getRequestListener(fetch)
  const server = createServer((request, response) => void respond(request, response))
  let closing = false
  // A kept-alive connection that was busy when the server closed would hold it open for seconds afterwards.
  server.on('request', (_, response) => {
    response.once('close', () => {
      if (closing) setImmediate(() => server.closeIdleConnections())
    })
  })
  try {
    const taken = await listen(server, port)
    return {
      url: `http://127.0.0.1:${taken}`,
      close: () =>
        new Promise((resolve) => {
          closing = true
          server.close(() => resolve())
        }),
    }
  } catch (error) {
    const hindrance = hindranceIn(error)
    if (hindrance === undefined) throw error
    throw new StartError(`Port ${port} ${hindrance}`)
  }
}
