import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '../../infra/local/server.ts'
import { startEmbedded } from '../../infra/local/system.ts'
import type { Message } from '../../infra/local/mailbox.ts'
import { createOutbox } from './outbox.ts'

// The embedded system as it is, and beside it the mails as they come: the mailbox of its own waits until all is at rest.

const dataDir = mkdtempSync(join(tmpdir(), 'zhuli-throughput-'))
const embedded = await startEmbedded({ port: 0, dataDir })
const outbox = createOutbox()

const hand = ({ to, subject, text, headers }: Message): void => {
  const [reader = ''] = to.map((address) => address.slice(0, address.indexOf('@')))
  const about = subject.match(/\[([^\]]+)\]/)?.[1] ?? ''
  const code = headers['x-zhuli-duty']?.match(/^(.+)-c\d+$/)?.[1]
  const link = text.match(/https?:\/\/\S+\/decide\/\S+/)?.[0]
  if (code !== undefined) outbox.put(reader, code, text.match(/\b\d{6}\b/)?.[0] ?? '')
  else if (link !== undefined) outbox.put(reader, about, link)
  else outbox.put(reader, 'told', about)
}

let handed = 0
const handEvery = setInterval(() => {
  for (let mail = embedded.mailbox.at(handed); mail !== undefined; mail = embedded.mailbox.at(handed)) {
    hand(mail)
    handed += 1
  }
}, 1)

const front = await serve((request) => outbox.front.fetch(request), 0)
process.on('SIGTERM', () => {
  clearInterval(handEvery)
  void embedded.stop().then(() => {
    rmSync(dataDir, { recursive: true, force: true })
    process.exit()
  })
})
process.stdout.write(`${JSON.stringify({ url: embedded.url, outbox: front.url })}\n`)
