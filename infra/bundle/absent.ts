/** Stands for what a bundle leaves out because nothing in it can come to it. */
const absent = (what: string) => (): never => {
  throw new Error(`The bundle leaves out ${what}: infra/bundle/bundle.ts says why.`)
}

/** nodemailer's table of file types, for attachments, which our mails have none of. */
export const detectMimeType = absent('the types of attachments')
export const detectExtension = absent('the types of attachments')

/** What a function of a deployment that mails through SES has no use for. */
export const createSmtpMailer = absent('SMTP')
