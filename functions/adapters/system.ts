import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { CoreEnvironment, MailEnvironment } from '../../shared/contracts/environment.ts'
import type { Policies } from '../../shared/domain/policy.ts'
import type { Instant, TimeZone } from '../../shared/domain/time.ts'
import type { WorkingCalendar } from '../../shared/domain/working-calendar.ts'
import { mainlandCalendar } from '../../shared/policy/mainland-calendar.ts'
import { policies } from '../../shared/policy/policies.ts'
import { type Answers, answers } from './answers.ts'
import { type Codes, codes } from './codes.ts'
import { type Correspondence, correspondence } from './correspondence.ts'
import { type Delegations, delegations } from './delegations.ts'
import { type Directory, directory } from './directory.ts'
import { type Duties, duties } from './duties.ts'
import { createDynamoDb } from './dynamodb.ts'
import { createEventBus, type EventBus } from './event-bus.ts'
import { readEnvironment, type Variables } from './environment.ts'
import { type Lists, lists } from './lists.ts'
import type { Figures } from './figures.ts'
import { late } from './late.ts'
import { jsonLog, type Log } from './log.ts'
import { createMailer } from './mail-transport.ts'
import type { Mailer } from './mailer.ts'
import { type Outcomes, outcomes } from './outcomes.ts'
import { type Published, published } from './published.ts'
import { realNow, realPause } from './real-time.ts'
import { type CaseRecord, caseRecord } from './record.ts'
import { type Performance, performance } from './performance.ts'
import { type Responsibilities, responsibilities } from './responsibility.ts'
import { type Mac, type Secrets, secrets } from './secrets.ts'
import { waitingLists, type WaitingLists } from './waiting.ts'
import type { Workflow } from './workflow.ts'

/** Everything that a function works with: the bank's settings and rules, and the ports to the outside. */
export interface System {
  readonly now: () => Instant
  /** Lets some milliseconds go by, for those who are in the way. */
  readonly pause: (ms: number) => Promise<unknown>
  readonly zone: TimeZone
  readonly bankName: string
  /** Origin of the links in mails. */
  readonly baseUrl: string
  /** Domain of the addresses at which replies arrive; null where no mail is received. */
  readonly inboundDomain: string | null
  readonly calendar: WorkingCalendar
  readonly policies: Policies
  readonly record: CaseRecord
  readonly answers: Answers
  readonly directory: Directory
  readonly delegations: Delegations
  readonly lists: Lists
  readonly responsibilities: Responsibilities
  readonly performance: Performance
  readonly duties: Duties
  /** The heads of chains that are to be kept, which another function does. */
  readonly anchorings: Duties
  readonly outcomes: Outcomes
  readonly waiting: WaitingLists
  readonly correspondence: Correspondence
  readonly mailer: Mailer
  readonly bus: EventBus
  readonly published: Published
  readonly secrets: Secrets
  readonly codes: Codes
  /** Null in the functions that the workflow itself calls: what they leave to it, the sweep does. */
  readonly workflow: Workflow | null
  /** Null for all but the sweep, and where nobody looks. */
  readonly figures: Figures | null
  readonly log: Log
}

interface Parts {
  readonly variables: Variables
  readonly workflow: Workflow | null
  readonly figures?: Figures
  readonly now?: () => Instant
  readonly log?: Log
  readonly pause?: System['pause']
  /** The services that it works on; without them those that the SDK finds. */
  readonly dynamoDb?: DynamoDBClient
  readonly mac?: Mac
  readonly mailer?: Mailer
  readonly bus?: EventBus
}

/** The system that a function's environment variables describe; the SDK finds region and endpoints there too. */
export const createSystem = ({
  variables,
  workflow,
  figures,
  now = realNow,
  log = jsonLog(),
  pause = realPause,
  dynamoDb: client = createDynamoDb(),
  mac,
  mailer,
  bus,
}: Parts): System => {
  const core = readEnvironment(CoreEnvironment, variables)
  const mail = readEnvironment(MailEnvironment, variables)
  const table = core.TABLE_NAME
  const kms = late(async () => (await import('./kms-mac.ts')).kmsMac(mail.SECRET_KEY_ID))
  const derived = secrets(mac ?? (async (message) => (await kms())(message)))
  return {
    now,
    pause,
    log,
    workflow,
    figures: figures ?? null,
    zone: core.BANK_TIME_ZONE,
    bankName: core.BANK_NAME,
    baseUrl: mail.BASE_URL,
    inboundDomain: mail.INBOUND_DOMAIN ?? null,
    calendar: mainlandCalendar,
    policies,
    record: caseRecord(client, table),
    answers: answers(client, table),
    directory: directory(client, table),
    delegations: delegations(client, table),
    lists: lists(client, table),
    responsibilities: responsibilities(client, table),
    performance: performance(client, table),
    duties: duties(client, table),
    anchorings: duties(client, table, 'anchors'),
    outcomes: outcomes(client, table),
    waiting: waitingLists(client, table),
    correspondence: correspondence(client, table),
    mailer: mailer ?? createMailer(variables, { name: core.BANK_NAME, address: mail.MAIL_SENDER }),
    bus: bus ?? createEventBus(core.EVENT_BUS_NAME),
    published: published(client, table),
    secrets: derived,
    codes: codes(client, table, derived),
  }
}
