import { Server } from 'node:http'
import { expect, test, vi } from 'vitest'
import { serve } from '../../../infra/local/server.ts'
import { StartError } from '../../../infra/local/start-error.ts'

const refusedWith = async (code: string): Promise<unknown> => {
  vi.spyOn(Server.prototype, 'listen').mockImplementationOnce(function (this: Server) {
    return this.emit('error', Object.assign(new Error(code), { code })) ? this : this
  })
  return serve(() => new Response(), 80).catch((error: unknown) => error)
}

test('says what to do where the user may not listen on a port; what else fails is told as it is', async () => {
  expect(await refusedWith('EACCES')).toEqual(
    new StartError('Port 80 is not for this user: choose one from 1024 on with PORT=<number>.'),
  )
  expect(await refusedWith('ENOMEM')).not.toBeInstanceOf(StartError)
})
