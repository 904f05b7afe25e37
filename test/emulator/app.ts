import { App } from 'aws-cdk-lib'
import { readFileSync, writeFileSync } from 'node:fs'
import { ZhuliStack } from '../../infra/stack.ts'
import { Template } from '../../infra/synthesise.ts'
import { addTo } from '../deployed/additions.ts'
import { settings } from '../deployed/settings.ts'
import { readVariables } from './variables.ts'
import { forEmulator } from './filter.ts'

const { clockFile, frontUrl } = readVariables()

/** The deployment that the emulator gets: the bank of the embedded system. */
const app = new App()
const stack = new ZhuliStack(app, 'Zhuli', settings())
const { templateFullPath } = app.synth().getStackArtifact(stack.artifactId)
const template = Template.parse(JSON.parse(readFileSync(templateFullPath, 'utf8')))
const filtered = addTo(forEmulator(template), {
  clockModule: new URL('../deployed/clock.mjs', import.meta.url).href,
  clockVariables: { CLOCK_FILE: clockFile },
  jwksUri: `${frontUrl}/.well-known/jwks.json`,
})
writeFileSync(templateFullPath, JSON.stringify(filtered))
