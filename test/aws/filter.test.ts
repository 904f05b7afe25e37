import { expect, test } from 'vitest'
import { synthesise } from '../../infra/synthesise.ts'
import { settings } from '../deployed/settings.ts'
import { forAccount } from './filter.ts'
import { naming } from './variables.ts'

const { there, here } = naming('e2e.bank.test')
const { template } = synthesise(settings(there))
const taken = forAccount(template)
const resources = Object.entries(taken.Resources)

test('what is tried in an account is the stack but for the identities in SES', () => {
  const left = Object.keys(template.Resources).filter((id) => !(id in taken.Resources))
  expect(left.map((id) => template.Resources[id]?.Type)).toEqual(['AWS::SES::EmailIdentity', 'AWS::SES::EmailIdentity'])
})

test('it refers to nothing that is not there, and to the identities by their names', () => {
  const text = JSON.stringify(taken)
  const named = Array.from(text.matchAll(/"(?:Ref|Fn::GetAtt)":\[?"([^"]+)"/g), ([, id = '']) => id)
  const unknown = named.filter((id) => !id.startsWith('AWS::') && !(id in taken.Resources))
  // A parameter of every template of the CDK.
  expect(unknown).toEqual(['BootstrapVersion'])
  expect(text).toContain('identity/","e2e.bank.test"')
})

test('it leaves nothing behind but the role that the account’s APIs share, and locks nothing', () => {
  const kept = resources.filter(([, { DeletionPolicy }]) => DeletionPolicy !== 'Delete').map(([, { Type }]) => Type)
  expect(kept.toSorted()).toEqual(['AWS::ApiGateway::Account', 'AWS::IAM::Role'])
  expect(JSON.stringify(taken)).not.toContain('ObjectLock')
  expect(JSON.stringify(template)).toContain('ObjectLock')
})

test('the names of the bank go there and back', () => {
  expect(there('b1@bank.example, zhuli.bank.example')).toBe('b1@e2e.bank.test, zhuli.e2e.bank.test')
  expect(here(there('no-reply@bank.example'))).toBe('no-reply@bank.example')
})
