import * as z from 'zod'
import { EvidenceView } from '../../../shared/contracts/evidence.ts'
import { assistantId } from '../../../shared/contracts/fields.ts'
import { refuse } from '../../../shared/domain/refusal.ts'
import { evidenceOf } from '../../evidence.ts'
import { type Api, mount, routes } from '../operations.ts'
import { jsonReply, problemOfRefusal, problemReply } from '../problem.ts'

/** What an auditor takes away. */
export const evidenceRoutes = (api: Api) => {
  const { system } = api
  const mounted = routes()

  mount(mounted, api, {
    method: 'get',
    path: '/v1/assistants/{id}/evidence',
    tag: 'Assistants',
    summary: 'Take away one archive that proves every decision of a case, to be checked without the system',
    scope: 'audit:read',
    params: z.object({ id: assistantId }),
    query: z.strictObject({}),
    answers: { 200: { description: 'The archive.', schema: EvidenceView } },
    problems: [400, 404],
    handle: async ({ params: { id }, locale }) => {
      const evidence = await evidenceOf(system, id)
      return evidence === null
        ? problemReply(problemOfRefusal(refuse('unknown-assistant'), locale))
        : jsonReply(200, evidence, { 'content-disposition': `attachment; filename="evidence-${id}.json"` })
    },
  })
  return mounted
}
