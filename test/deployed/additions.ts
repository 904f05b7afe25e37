import type { Template } from '../../infra/synthesise.ts'

type Resource = Template['Resources'][string]

/** What the functions have where they are tried, and nowhere else: those who try them can't wait for a year. */
export interface Additions {
  /** The module that moves the clock, for `node --import`. */
  readonly clockModule: string
  /** By which the module is told the time. */
  readonly clockVariables: Readonly<Record<string, string>>
  /** Where the keys of the issuer are; the settings take a constant over https alone. */
  readonly jwksUri: unknown
}

const withAdditions = (resource: Resource, { clockModule, clockVariables, jwksUri }: Additions): Resource => {
  if (resource.Type !== 'AWS::Lambda::Function') return resource
  const { Variables = {} } = (resource.Properties['Environment'] ?? {}) as { Variables?: Record<string, unknown> }
  const variables = {
    ...Variables,
    NODE_OPTIONS: `--import ${clockModule}`,
    ...clockVariables,
    ...('TOKEN_JWKS_URI' in Variables && { TOKEN_JWKS_URI: jwksUri }),
  }
  return { ...resource, Properties: { ...resource.Properties, Environment: { Variables: variables } } }
}

/** The template with the additions at every function. */
export const addTo = (template: Template, additions: Additions): Template => ({
  ...template,
  Resources: Object.fromEntries(
    Object.entries(template.Resources).map(([id, resource]) => [id, withAdditions(resource, additions)]),
  ),
})
