/** Stands for what a bundle leaves out because nothing in it can come to it. */
const absent = (what: string) => (): never => {
  throw new Error(`The bundle leaves out ${what}: infra/bundle/substitution.ts says why.`)
}

/** nodemailer's table of file types, for attachments, which our mails have none of. */
export const detectMimeType = absent('the types of attachments')
export const detectExtension = absent('the types of attachments')

/** What a function of a deployment that mails through SES has no use for. */
export const createSmtpMailer = absent('SMTP')

/** What a function has no use for that takes no mails. */
export const composeAnswer = absent('answers to mails')
export const composeAnswerToStranger = absent('answers to mails')
export const hasNoPage = { has: absent('answers to mails') }

/** nodemailer's ways to content behind a URL, which ours is told not to follow, and to addresses in a text: ours come apart. */
export default absent('content from elsewhere, and addresses in a text')

/** A function's region is in its environment. */
export const getInstanceMetadataRegion = absent('the region of a machine')

/** DynamoDB's client makes one and asks it only where endpoints are to be discovered. */
export class EndpointCache {
  readonly get = absent('the discovery of endpoints')
}

/** No operation that we call answers with a stream of events. */
export const EventStreamSerde = absent('streams of events')
export const eventStreamSerdeProvider = absent('streams of events')
export const resolveEventStreamSerdeConfig = <Config>(config: Config): Config => config

/** Node's own is there. */
export const Sha256Js = absent('SHA-256 in JavaScript')
