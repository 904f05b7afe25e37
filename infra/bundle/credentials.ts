import { fromEnv } from '@aws-sdk/credential-provider-env'

/** Lambda puts the credentials of a function's role into its environment: the SDK's other ways are left out. */
export const defaultProvider = () => fromEnv()
