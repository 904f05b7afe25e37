import { App, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import { ConfigError, selectConfig } from './config.ts'
import { deployments } from './config/deployments.ts'
import { ZhuliStack } from './stack.ts'

const byDefault = 'default'

function addStack(app: App): ZhuliStack {
  const name = String(app.node.tryGetContext('deployment') ?? byDefault)
  return new ZhuliStack(app, name === byDefault ? 'Zhuli' : `Zhuli-${name}`, selectConfig(deployments, name))
}

try {
  const app = new App()
  addStack(app)
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  app.synth()
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  // Whoever wrote the settings needs the sentence and no stack trace.
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
