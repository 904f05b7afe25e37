import { CredentialsProviderError } from '@smithy/core/config'

/** A function is configured by its environment: the SDK goes on to its defaults without looking for files at home. */
export const fromSharedConfigFiles = () => async (): Promise<never> => {
  throw new CredentialsProviderError('A function has no configuration files.')
}
