import { createServer } from 'node:net'
import { once } from 'node:events'

/** A port of 127.0.0.1 on which nobody listens just now, for a program that has to be told one. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('A listening server has a port.')
  return address.port
}
