import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager'

/** A secret that somebody stored and may replace. */
export interface StoredSecret {
  /** The secret's text, fetched once and kept for as long as the process lives. */
  readonly read: () => Promise<string>
  /** Lets the next reading fetch it again. */
  readonly forget: () => void
}

/** A secret of Secrets Manager, by its ARN. @throws Error where it has no text */
export const storedSecret = (client: SecretsManagerClient, arn: string): StoredSecret => {
  let known: Promise<string> | undefined

  const fetched = async (): Promise<string> => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }))
    if (SecretString) return SecretString
    throw new Error('The secret of the SMTP server has no text: store the password as its plaintext.')
  }
  const forget = (): void => {
    known = undefined
  }

  return {
    read: async () => {
      known ??= fetched()
      try {
        return await known
      } catch (error) {
        // What failed once may succeed next time.
        forget()
        throw error
      }
    },
    forget,
  }
}
