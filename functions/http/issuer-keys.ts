import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'

/** Milliseconds that the issuer may take to answer. */
const patience = 5000
/** Milliseconds for which keys are taken to be the issuer's without asking again. */
const goodFor = 10 * 60 * 1000
/** Milliseconds between two askings for a key that is not among them: anyone can make up a token of such a key. */
const pause = 30 * 1000

const getFrom = (url: URL): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const { get } = url.protocol === 'https:' ? https : http
    // No agent that keeps the connection: it would be dead by the next time.
    const options = { agent: false, headers: { accept: 'application/json' }, signal: AbortSignal.timeout(patience) }
    get(url, options, resolve).once('error', reject)
  })

const fetchKeys = async (url: URL): Promise<JWTVerifyGetKey> => {
  const response = await getFrom(url)
  const text = Buffer.concat(await response.toArray()).toString()
  if (response.statusCode !== 200) throw new Error(`The issuer answered ${response.statusCode} instead of its keys.`)
  return createLocalJWKSet(JSON.parse(text) as JSONWebKeySet)
}

interface Known {
  readonly keyOf: JWTVerifyGetKey
  /** Milliseconds, as `Date.now` has it. */
  readonly since: number
}

/**
 * The keys that an issuer publishes, fetched when they are needed and have not been for a while, or lack one that a
 * token names. As jose's own for keys at a distance, without `fetch` and `Headers`: in Node those are a whole web client.
 */
export const issuerKeys = (url: URL): JWTVerifyGetKey => {
  let known: Known | undefined
  let coming: Promise<Known> | undefined
  const fetched = async (): Promise<Known> => {
    try {
      known = { keyOf: await fetchKeys(url), since: Date.now() }
      return known
    } finally {
      coming = undefined
    }
  }
  const reloaded = (): Promise<Known> => (coming ??= fetched())

  return async (...wanted) => {
    const { keyOf, since } = known !== undefined && Date.now() < known.since + goodFor ? known : await reloaded()
    try {
      return await keyOf(...wanted)
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || Date.now() < since + pause) throw error
      return (await reloaded()).keyOf(...wanted)
    }
  }
}
