import { DynamoDBClient, type AttributeValue, paginateScan } from '@aws-sdk/client-dynamodb'
import { describe, expect, test } from 'vitest'
import { resources } from '../../../infra/local/environment.ts'
import { assistantOf, bringOnPost, decide, file, linkTo, useBank } from '../../support/bank-client.ts'
import { hasBrowser } from '../../support/browser.ts'
import { newestCode, usePages } from '../../support/pages.ts'

/** Pages that are open side by side: a scanner does not wait for one to end either. */
const atOnce = 4

const byKey = (one: Record<string, AttributeValue>, other: Record<string, AttributeValue>): number =>
  JSON.stringify([one['pk'], one['sk']]).localeCompare(JSON.stringify([other['pk'], other['sk']]))

/** Everything that the bank keeps. The engine listens where the variables of this process say. */
const wholeTable = async (): Promise<readonly Record<string, AttributeValue>[]> => {
  const client = new DynamoDBClient({})
  const items: Record<string, AttributeValue>[] = []
  for await (const { Items = [] } of paginateScan({ client }, { TableName: resources.table })) items.push(...Items)
  return items.toSorted(byKey)
}

describe.skipIf(!hasBrowser)('a mail scanner that opens every link, scripts and all', () => {
  const bank = useBank()
  const { open } = usePages()

  /** Every address that stands in any mail, as text or as a link. */
  const links = async (): Promise<readonly string[]> => {
    const texts = (await bank.mails()).flatMap(({ text, html }) => [text, html.replaceAll('&amp;', '&')])
    return [...new Set(texts.flatMap((text) => text.match(/https?:\/\/[^\s"'<>]+/g) ?? []))]
  }

  /** Mails of every kind: asked, reminded, with a code, about the review, returned, rejected, withdrawn, in effect. */
  const leadThroughAllMails = async () => {
    const { id: onPost } = await bringOnPost(bank, 'S-post')
    const returned = await file(bank, 'S-returned')
    await decide(bank, 'B1', returned.id, 'return', '请补充材料')
    const rejected = await file(bank, 'S-rejected')
    await decide(bank, 'B2', rejected.id, 'reject', '本期不予同意')
    const withdrawn = await file(bank, 'S-withdrawn')
    await bank.call(
      'POST',
      `/v1/applications/${withdrawn.id}/withdrawal`,
      { by: 'F1', reason: '不再需要' },
      { 'idempotency-key': 'withdrawn' },
    )
    const { reviewDueOn } = await assistantOf(bank, onPost)
    await bank.turn({ to: `${reviewDueOn}T02:00:00.000Z` })
    const { id } = await file(bank, 'S-open')
    await bank.turn({ advance: 'P7D' })
    return id
  }

  /** What the mail says that confirms an answer by reply, with a code that is good at this moment. */
  const confirmation = async (applicationId: string): Promise<string> => {
    const link = await linkTo(bank, 'B1', applicationId)
    await bank.call('POST', `${link.pathname}/code`, { secret: link.hash.slice(1) })
    const code = await newestCode(bank.mails, link.pathname.split('/').at(-1) ?? '')
    return `${link.href}&${new URLSearchParams({ code, decision: 'approve', reason: '同意' }).toString()}`
  }

  test('changes nothing, and tells no secret to anyone but in the body of a call that reads', async () => {
    const filledIn = await confirmation(await leadThroughAllMails())
    const all = [...(await links()), filledIn]
    expect(all.filter((link) => link.includes('/decide/')).length).toBeGreaterThan(8)
    const before = { table: await wholeTable(), mails: await bank.mails() }
    expect(before.table.length).toBeGreaterThan(50)

    const asked: { readonly call: string; readonly told: string }[] = []
    const visit = async (link: string): Promise<void> => {
      const page = await open('about:blank', 'en')
      page.context().on('request', (request) => {
        asked.push({
          call: `${request.method()} ${new URL(request.url()).pathname}`,
          told: JSON.stringify([request.url(), request.headers()]),
        })
      })
      await page.goto(link, { waitUntil: 'networkidle' })
      await page.mouse.wheel(0, 5000)
      await page.waitForTimeout(200)
      expect(await page.evaluate('[localStorage.length, sessionStorage.length, document.cookie]')).toEqual([0, 0, ''])
      expect(await page.evaluate('indexedDB.databases().then((all) => all.length)')).toBe(0)
      await page.context().close()
      for (const method of ['GET', 'HEAD']) await fetch(link, { method })
    }
    const queue = [...all]
    const scan = async (): Promise<void> => {
      for (let link = queue.shift(); link !== undefined; link = queue.shift()) await visit(link)
    }
    await Promise.all(Array.from({ length: atOnce }, scan))

    const secrets = all.flatMap((link) => link.match(/#([^&]+)/)?.[1] ?? [])
    expect(asked.filter(({ told }) => secrets.some((secret) => told.includes(secret)))).toEqual([])
    expect(asked.filter(({ call }) => call.startsWith('POST ')).length).toBeGreaterThan(8)
    expect(
      asked.filter(
        ({ call }) => !/^(GET \/|POST \/(decide|dispute|absence)\/[^/]+\/(dossier|decision|delegation)$)/.test(call),
      ),
    ).toEqual([])
    expect({ table: await wholeTable(), mails: await bank.mails() }).toEqual(before)
  }, 120_000)
})
