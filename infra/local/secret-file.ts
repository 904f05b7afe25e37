import { readFileSync, writeFileSync } from 'node:fs'

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

/** The text kept in `file`; made and kept there, for its owner's eyes alone, when there is none yet. */
export const keptSecret = async (file: string, make: () => string | Promise<string>): Promise<string> => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
  const secret = await make()
  writeFileSync(file, secret, { mode: 0o600, flag: 'wx' })
  return secret
}
