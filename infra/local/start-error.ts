/** Why the embedded system can't start: one sentence for whoever typed the command. */
export class StartError extends Error {
  override readonly name = 'StartError'
}
