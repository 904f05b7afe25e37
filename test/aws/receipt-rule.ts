import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { SESClient, VerifyDomainIdentityCommand } from '@aws-sdk/client-ses'
import { randomUUID } from 'node:crypto'
import { takeBySmtp } from '../emulator/smtp.ts'

// In a rehearsal: what an account has before a trial. The domain is verified, and what the emulator's SES hands on is put
// into a bucket, as a receipt rule does.

const { SMTP_PORT, E2E_MAIL_DOMAIN: Domain, E2E_MAIL_BUCKET: Bucket } = process.env
const s3 = new S3Client({})
await s3.send(new CreateBucketCommand({ Bucket }))
await new SESClient({}).send(new VerifyDomainIdentityCommand({ Domain }))
takeBySmtp(Number(SMTP_PORT), async (raw) => {
  await s3.send(new PutObjectCommand({ Bucket, Key: `mail/${randomUUID()}`, Body: raw }))
})
