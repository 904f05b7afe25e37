import type { Template } from '../../infra/synthesise.ts'

type Resource = Template['Resources'][string]

/** The account's one role with which API Gateway writes logs: other APIs may have come to rely on it. */
const isOfAccount = (id: string, { Type }: Resource): boolean =>
  Type === 'AWS::ApiGateway::Account' || id.includes('CloudWatchRole')

const lock = ['ObjectLockEnabled', 'ObjectLockConfiguration']

/** Nothing stays, and nothing is locked for ten years. */
const thrownAway = (resource: Resource): Resource => ({
  ...resource,
  DeletionPolicy: 'Delete',
  UpdateReplacePolicy: 'Delete',
  Properties: {
    ...Object.fromEntries(Object.entries(resource.Properties).filter(([name]) => !lock.includes(name))),
    // Days; the fewest that KMS allows.
    ...(resource.Type === 'AWS::KMS::Key' && { PendingWindowInDays: 7 }),
  },
})

const isIdentity = ({ Type }: Resource): boolean => Type === 'AWS::SES::EmailIdentity'

/**
 * The template for a trial in an account: as the bank's, but that it leaves nothing behind, and takes the account's own
 * identity in SES, since DNS can't be changed for each trial.
 */
export const forAccount = (template: Template): Template => {
  const identities = Object.entries(template.Resources).filter(([, resource]) => isIdentity(resource))
  const left = Object.entries(template.Resources).filter(([, resource]) => !isIdentity(resource))
  const resources = Object.fromEntries(
    left.map(([id, resource]) => [id, isOfAccount(id, resource) ? resource : thrownAway(resource)]),
  )
  const outputs = Object.fromEntries(
    Object.entries(template.Outputs).filter(
      ([, output]) => !identities.some(([id]) => JSON.stringify(output).includes(id)),
    ),
  )
  // What refers to an identity gets its name.
  const text = identities.reduce(
    (all, [id, { Properties }]) => all.replaceAll(`{"Ref":"${id}"}`, JSON.stringify(Properties['EmailIdentity'])),
    JSON.stringify({ ...template, Resources: resources, Outputs: outputs }),
  )
  return JSON.parse(text) as Template
}
