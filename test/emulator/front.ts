import { renameSync, writeFileSync } from 'node:fs'
import { serveFront } from '../deployed/front.ts'
import { listenTo } from './listener.ts'
import { takeBySmtp } from './smtp.ts'
import { readVariables } from './variables.ts'

const { emulatorUrl, frontUrl, smtpPort, clockFile, folder } = readVariables()

const asItIs = (text: string): string => text

await serveFront({
  url: frontUrl,
  folder,
  place: {
    stackName: 'Zhuli',
    apiUrl: (stack) => `${emulatorUrl}/_aws/execute-api/${stack.one('AWS::ApiGateway::RestApi')}/live`,
    setClock: async (_, offsetMs) => {
      writeFileSync(`${clockFile}.new`, String(offsetMs))
      renameSync(`${clockFile}.new`, clockFile)
    },
    hearing: async (stack) => ({ url: await listenTo(stack.one('AWS::Events::EventBus')), waitSeconds: 0 }),
    deliver: (take) => takeBySmtp(smtpPort, take),
    mailCount: async () => {
      const response = await fetch(`${emulatorUrl}/_ministack/ses/messages`)
      const { messages } = (await response.json()) as { messages: Readonly<Record<string, readonly unknown[]>> }
      return Object.values(messages).flat().length
    },
    // What the record does not show: an execution that ends, a bounce.
    rest: { ms: 100, lookEveryMs: 50 },
    there: asItIs,
    here: asItIs,
  },
})
