import type { Template } from '../../infra/synthesise.ts'

type Resource = Template['Resources'][string]

/** Types of resources that the emulator refuses, and what is not proven on it therefore. */
const refused: Readonly<Record<string, string>> = {
  'AWS::Events::Archive': 'events can not be replayed',
  'AWS::SES::ReceiptRuleSet': 'the mailbox puts replies into the bucket and calls the function, as the rule would',
  'AWS::SES::ReceiptRule': 'as above',
  'AWS::CloudWatch::Dashboard': 'it shows alarms that are left out',
  'AWS::WAFv2::WebACL': 'nobody is kept from calling too often',
  'AWS::WAFv2::WebACLAssociation': 'as above',
}

/** Alarms on more than one metric are refused as well; those on one are made. */
const isRefused = ({ Type, Properties }: Resource): boolean =>
  Type in refused || (Type === 'AWS::CloudWatch::Alarm' && 'Metrics' in Properties)

/** Attributes that the emulator's resources lack; the outputs that show them are left out. */
const unknownAttributes = ['DkimDNSTokenName']

const withoutRefused = (resource: Resource, isGone: (logicalId: string) => boolean): Resource => {
  const { DependsOn, ...rest } = resource
  if (DependsOn === undefined) return resource
  const kept = [DependsOn].flat().filter((id) => typeof id === 'string' && !isGone(id))
  return { ...rest, DependsOn: kept }
}

/** The template as the emulator takes it: all of the stack but what stands above. */
export const forEmulator = (template: Template): Template => {
  const isGone = (id: string): boolean => {
    const resource = template.Resources[id]
    return resource !== undefined && isRefused(resource)
  }
  const left = Object.entries(template.Resources).filter(([id]) => !isGone(id))
  const gone = [...Object.keys(template.Resources).filter(isGone), ...unknownAttributes]
  return {
    ...template,
    Resources: Object.fromEntries(left.map(([id, resource]) => [id, withoutRefused(resource, isGone)])),
    Outputs: Object.fromEntries(
      Object.entries(template.Outputs).filter(
        ([, output]) => !gone.some((name) => JSON.stringify(output).includes(name)),
      ),
    ),
  }
}
