import { Stack } from 'aws-cdk-lib'
import * as iam from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'
import * as z from 'zod'
import { ServiceFunction } from '../../infra/constructs/function.ts'
import { parseConfig, type Config } from '../../infra/config.ts'
import { synthesise, type Template } from '../../infra/synthesise.ts'

export type Resource = Template['Resources'][string]

const written = {
  stage: 'dev',
  bankName: '招商银行',
  timeZone: 'Asia/Shanghai',
  domain: 'zhuli.bank.test',
  senderAddress: 'zhuli@post.bank.test',
  inboundDomain: 'reply.bank.test',
  tokenIssuer: 'https://login.bank.test/realms/staff',
  tokenAudience: 'zhuli',
  tokenJwksUri: 'https://login.bank.test/keys',
  logRetentionDays: 365,
}
export const config = parseConfig(written, 'The test')
/** For a region without SES. */
export const passwordSecretArn = 'arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:smtp-AbCdEf'
export const smtpConfig = parseConfig(
  {
    ...written,
    inboundDomain: undefined,
    mail: { transport: 'smtp', host: 'smtp.bank.test', port: 587, user: 'zhuli', passwordSecretArn },
  },
  'The test',
)
export const certificateArn = 'arn:aws-cn:acm:cn-north-1:123456789012:certificate/0b1c'

/** The stack and its template, with the questions that the tests ask it. */
export function synthesised(settings: Config = config) {
  const { stack, template } = synthesise(settings)
  const of = (type: string): readonly Resource[] =>
    Object.values(template.Resources).filter(({ Type }) => Type === type)
  return {
    stack,
    template,
    of,
    all: Object.values(template.Resources),
    only: (type: string): Resource => one(of(type)),
    resource: (logicalId: string | undefined): Resource => one([template.Resources[logicalId ?? '']]),
    functions: stack.node
      .findAll()
      .filter((construct): construct is ServiceFunction => construct instanceof ServiceFunction),
  }
}

export function one<Item>(items: readonly (Item | undefined)[]): Item {
  const [first, ...more] = items
  if (first === undefined || more.length > 0) throw new Error(`Expected one, found ${JSON.stringify(items)}`)
  return first
}

const Folder = z.record(z.string(), z.unknown())
const List = z.array(z.unknown())

/** What stands at a path into a resource. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce(
    (here, step) =>
      typeof step === 'number' ? List.safeParse(here).data?.[step] : Folder.safeParse(here).data?.[step],
    value,
  )
}

/** The logical id to which `{ "Ref": … }` or `{ "Fn::GetAtt": [ … ] }` leads. */
export const target = (value: unknown): string | undefined =>
  z.optional(z.string()).parse(at(value, 'Ref') ?? at(value, 'Fn::GetAtt', 0))

const strings = z.union([z.array(z.string()), z.string().transform((single) => [single])])
const Policy = z.object({
  Statement: z.array(
    z.object({
      Effect: z.enum(['Allow', 'Deny']),
      Action: strings,
      Resource: z.union([List, z.unknown().transform((single) => [single])]),
      Condition: z.optional(z.unknown()),
    }),
  ),
})
type Statement = z.output<typeof Policy>['Statement'][number]

/** What the policies within a construct allow. */
export function allowedIn(within: Construct): readonly Statement[] {
  const policies = within.node.findAll().filter((construct) => construct instanceof iam.CfnPolicy)
  return policies
    .flatMap((policy) => Policy.parse(Stack.of(within).resolve(policy.policyDocument)).Statement)
    .filter(({ Effect }) => Effect === 'Allow')
}
