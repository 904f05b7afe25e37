import * as z from 'zod'
import { assistantPartition } from '../../adapters/items.ts'
import { type Api, mount, routes } from '../operations.ts'
import { jsonReply } from '../problem.ts'

/** Whether the store can be reached. */
export const healthRoutes = (api: Api) => {
  const mounted = routes()
  mount(mounted, api, {
    method: 'get',
    path: '/healthz',
    tag: 'Operation',
    summary: 'Say whether the store can be reached',
    scope: null,
    answers: { 200: { description: 'It can.', schema: z.object({ status: z.literal('ok') }) } },
    problems: [],
    handle: async () => {
      await api.system.lists.page([{ partition: assistantPartition('on-post'), prefix: '', below: null }], null, 1)
      return jsonReply(200, { status: 'ok' })
    },
  })
  return mounted
}
