import { Aws, Duration } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { FunctionName } from '../../shared/contracts/environment.ts'
import type { Config } from '../config.ts'
import type { Anchors } from './anchors.ts'
import type { EventBus } from './event-bus.ts'
import { ServiceFunction, type EnvironmentOf, type Profile } from './function.ts'
import type { Inbox } from './inbox.ts'
import type { Lifecycle } from './lifecycle.ts'
import type { LinkSecret } from './link-secret.ts'
import type { Mail } from './mail.ts'
import type { CaseRecord } from './record.ts'

const profiles: Readonly<Record<FunctionName, Profile>> = {
  'open-stage': {
    description: 'Opens a stage and asks those who decide it',
    memorySize: 512,
    timeout: Duration.seconds(30),
  },
  'take-effect': {
    description: 'Records that a procedure took effect',
    memorySize: 512,
    timeout: Duration.seconds(30),
  },
  api: {
    description: 'Answers HR systems and those who decide',
    // Someone waits for the answer, and processor time comes with memory.
    memorySize: 1024,
    // Less than the 29 seconds after which API Gateway gives up, so that the function's own log has the reason.
    timeout: Duration.seconds(25),
  },
  sweep: {
    description: 'Does what has fallen due',
    memorySize: 512,
    // Less than the five minutes between two sweeps, so that they follow one another. No concurrency is reserved to
    // enforce it: duties are claimed one by one, whoever does them, and a new account has none to set aside.
    timeout: Duration.seconds(270),
  },
  'keep-anchors': {
    description: 'Keeps the heads of the chains of events outside the table',
    memorySize: 512,
    // As of the sweep.
    timeout: Duration.seconds(270),
  },
  'receive-mail': {
    description: 'Reads a mail that arrived',
    // A mail of 40 MB, the most that SES takes, lies in memory more than once while it is taken apart.
    memorySize: 1024,
    timeout: Duration.seconds(60),
  },
  'report-undeliverable': {
    description: 'Takes note of a mail that came back',
    memorySize: 512,
    timeout: Duration.seconds(30),
  },
}

export interface Means {
  readonly config: Config
  readonly record: CaseRecord
  readonly linkSecret: LinkSecret
  readonly mail: Mail
  readonly eventBus: EventBus
}

/** The functions, each made when what it needs is there: the workflow calls the first two, the others call it. */
export function serviceFunctions(scope: Construct, { config, record, linkSecret, mail, eventBus }: Means) {
  const environment = {
    ...record.environment,
    ...linkSecret.environment,
    ...mail.environment,
    ...eventBus.environment,
    ...(config.inboundDomain !== undefined && { INBOUND_DOMAIN: config.inboundDomain }),
    BANK_NAME: config.bankName,
    BANK_TIME_ZONE: config.timeZone,
    BASE_URL: `https://${config.domain}`,
  }
  const tokens = {
    TOKEN_ISSUER: config.tokenIssuer,
    TOKEN_AUDIENCE: config.tokenAudience,
    TOKEN_JWKS_URI: config.tokenJwksUri,
  }

  /** What has the record alone to work on. */
  function makeOfRecord<Name extends FunctionName>(
    id: string,
    name: Name,
    variables: Omit<EnvironmentOf<Name>, 'POWERTOOLS_SERVICE_NAME'>,
  ) {
    const { logRetentionDays, mail: settings } = config
    const made = new ServiceFunction<Name>(scope, id, {
      name,
      profile: profiles[name],
      environment: { ...variables, POWERTOOLS_SERVICE_NAME: name } as EnvironmentOf<Name>,
      mailTransport: settings.transport,
      logRetentionDays,
    })
    record.grantUse(made)
    return made
  }

  /** Whoever commits to the record tries at once the mails and the events that follow, so each has the means for all. */
  function make<Name extends Exclude<FunctionName, 'keep-anchors'>>(
    id: string,
    name: Name,
    variables: Omit<EnvironmentOf<Name>, 'POWERTOOLS_SERVICE_NAME'>,
  ) {
    const made = makeOfRecord(id, name, variables)
    linkSecret.grantDerive(made)
    mail.grantSend(made)
    eventBus.grantPut(made)
    return made
  }

  return {
    openStage: () => make('OpenStage', 'open-stage', environment),
    takeEffect: () => make('TakeEffect', 'take-effect', environment),
    api: (lifecycle: Lifecycle) =>
      conducting(lifecycle, make('ApiFunction', 'api', { ...environment, ...lifecycle.environment, ...tokens })),
    sweep: (lifecycle: Lifecycle) => {
      const variables = { ...environment, ...lifecycle.environment, METRICS_NAMESPACE: Aws.STACK_NAME }
      return conducting(lifecycle, make('SweepFunction', 'sweep', variables))
    },
    keepAnchors: (anchors: Anchors) => {
      const variables = { ...record.environment, ...anchors.environment }
      const made = makeOfRecord('KeepAnchors', 'keep-anchors', variables)
      anchors.grantKeep(made)
      return made
    },
    reportUndeliverable: () => make('ReportUndeliverable', 'report-undeliverable', environment),
    receiveMail: (lifecycle: Lifecycle, inbox: Inbox) => {
      const variables = { ...environment, ...lifecycle.environment, ...inbox.environment }
      const made = conducting(lifecycle, make('ReceiveMail', 'receive-mail', variables))
      inbox.grantRead(made)
      return made
    },
  }
}

/** Not for those that the workflow calls: a grant on it would close a circle, so the sweep answers tasks for them. */
function conducting<Name extends 'api' | 'sweep' | 'receive-mail'>(lifecycle: Lifecycle, made: ServiceFunction<Name>) {
  lifecycle.grantConduct(made)
  return made
}
