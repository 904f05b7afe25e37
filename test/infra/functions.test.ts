import { describe, expect, it } from 'vitest'
import { functionEnvironments, type FunctionName } from '../../shared/contracts/environment.ts'
import { allowedIn, at, config, one, passwordSecretArn, smtpConfig, synthesised, target } from './template.ts'

const { functions, resource, template } = synthesised()
const [linkKey] = one(
  Object.entries(template.Resources).filter(([, { Properties }]) => Properties['KeySpec'] === 'HMAC_256'),
)

const variablesOf = (properties: unknown) => Object.keys(Object(at(properties, 'Environment', 'Variables'))).toSorted()
const read = (name: FunctionName) => Object.keys(functionEnvironments[name].shape).toSorted()

it('there is a function for each file that has an environment', () => {
  expect(functions.map(({ fileName }) => fileName).toSorted()).toEqual(Object.keys(functionEnvironments).toSorted())
})

const namedOf = (services: typeof functions) => services.map((service) => [service.fileName, service] as const)
/** All but what has the record alone to work on. */
const committingOf = (services: typeof functions) => namedOf(services).filter(([name]) => name !== 'keep-anchors')

describe.each(namedOf(functions))('the function %s', (name, service) => {
  const { Properties } = resource(service.logicalId)
  const allowed = allowedIn(service)
  const actions = (prefix: string) =>
    allowed.flatMap(({ Action }) => Action.filter((action) => action.startsWith(prefix))).toSorted()

  it('runs on Node 24, on arm64, traced', () => {
    expect(Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      TracingConfig: { Mode: 'Active' },
    })
  })

  it('gets exactly the variables that it reads', () => {
    expect(variablesOf(Properties)).toEqual(read(name).filter((variable) => !variable.startsWith('SMTP_')))
  })

  it('writes to a log group of its own, and to no other', () => {
    const group = target(at(Properties, 'LoggingConfig', 'LogGroup'))
    expect(resource(group).Type).toBe('AWS::Logs::LogGroup')
    const sharing = functions.filter(
      ({ logicalId }) => target(at(resource(logicalId).Properties, 'LoggingConfig', 'LogGroup')) === group,
    )
    expect(sharing).toEqual([service])
    const logging = one(allowed.filter(({ Action }) => Action.some((action) => action.startsWith('logs:'))))
    expect(logging.Resource.map(target)).toEqual([group])
  })

  it('may read and write the record, but never scan it', () => {
    expect([...new Set(actions('dynamodb:'))]).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:ConditionCheckItem',
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ])
  })

  it('reads mails, or keeps the heads of chains, if that is what it is for', () => {
    const objects: Partial<Record<FunctionName, readonly string[]>> = {
      'keep-anchors': ['s3:GetObject', 's3:PutObject'],
      'receive-mail': ['s3:GetObject'],
    }
    expect(actions('s3:')).toEqual(objects[name] ?? [])
  })

  it('conducts the workflow only if it has decisions to hand on, and the workflow does not call it', () => {
    const conducts = ['states:SendTaskFailure', 'states:SendTaskSuccess', 'states:StartExecution']
    const itself: readonly FunctionName[] = ['api', 'sweep', 'receive-mail']
    expect(actions('states:')).toEqual(itself.includes(name) ? conducts : [])
  })

  it('may do nothing else', () => {
    const services = allowed.flatMap(({ Action }) => Action.map((action) => action.replace(/:.*/, '')))
    const usual = ['dynamodb', 'kms', 'logs', 'xray']
    const committing = ['events', 'ses']
    const more = {
      api: [...committing, 'states'],
      'open-stage': committing,
      'take-effect': committing,
      sweep: [...committing, 'sqs', 'states'],
      'keep-anchors': ['s3', 'sqs'],
      'receive-mail': [...committing, 's3', 'sqs', 'states'],
      'report-undeliverable': [...committing, 'sqs'],
    }
    expect([...new Set(services)].toSorted()).toEqual([...usual, ...more[name]].toSorted())
  })
})

describe.each(committingOf(functions))('the function %s, which does at once what its commits owe,', (_, service) => {
  const { Properties } = resource(service.logicalId)
  const allowed = allowedIn(service)

  it('derives the secrets of links with their key, and can do nothing else with it', () => {
    const granted = allowed.filter(({ Resource }) => target(Resource[0]) === linkKey)
    expect(granted.flatMap(({ Action }) => Action)).toEqual(['kms:GenerateMac'])
  })

  it("mails under the sender's address only", () => {
    expect(one(allowed.filter(({ Action }) => Action.some((action) => action.startsWith('ses:'))))).toMatchObject({
      Action: ['ses:SendRawEmail'],
      Condition: { StringEquals: { 'ses:FromAddress': config.senderAddress } },
    })
  })

  it('publishes on the one bus, and can do nothing else with it', () => {
    const granted = one(allowed.filter(({ Action }) => Action.some((action) => action.startsWith('events:'))))
    expect(granted.Action).toEqual(['events:PutEvents'])
    expect(granted.Resource.map((bus) => resource(target(bus)).Type)).toEqual(['AWS::Events::EventBus'])
    expect(target(at(Properties, 'Environment', 'Variables', 'EVENT_BUS_NAME'))).toBe(target(granted.Resource[0]))
  })
})

const bySmtp = synthesised(smtpConfig)

describe.each(committingOf(bySmtp.functions))('the function %s, where mail goes by SMTP', (name, service) => {
  const { Properties } = bySmtp.resource(service.logicalId)

  it('gets exactly the variables that it reads, and where the password is kept instead of the password', () => {
    expect(variablesOf(Properties)).toEqual(
      read(name).filter((variable) => !/MAIL_CONFIGURATION_SET|INBOUND_DOMAIN/.test(variable)),
    )
    expect(at(Properties, 'Environment', 'Variables')).toMatchObject({
      MAIL_TRANSPORT: 'smtp',
      SMTP_HOST: 'smtp.bank.test',
      SMTP_PORT: '587',
      SMTP_USER: 'zhuli',
      SMTP_PASSWORD_SECRET_ARN: passwordSecretArn,
    })
  })

  it('reads this one secret, and may not use SES', () => {
    const allowed = allowedIn(service)
    const on = (prefix: string) =>
      allowed.filter(({ Action }) => Action.some((action) => action.startsWith(`${prefix}:`)))
    expect(on('secretsmanager')).toMatchObject([
      { Action: ['secretsmanager:GetSecretValue'], Resource: [passwordSecretArn] },
    ])
    expect(on('ses')).toEqual([])
  })
})
