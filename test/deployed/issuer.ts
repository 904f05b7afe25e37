import type { Hono } from 'hono'
import { join } from 'node:path'
import { createIdentity } from '../../infra/local/identity.ts'

/** The issuer of tokens as a stack that is tried knows it. */
export const issuer = { url: 'https://login.bank.example', audience: 'zhuli' } as const

/** Signs with the key that the folder keeps. */
export const openIdentity = (folder: string): Promise<Hono> =>
  createIdentity({ issuer: issuer.url, audience: issuer.audience, file: join(folder, 'issuer.key') })
