import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import type { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

describe('the files of the pages', () => {
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pages-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true })
  })

  const copy = (from = join(folder, 'from')) =>
    execFileSync(process.execPath, ['infra/constructs/copy-pages.ts', from, join(folder, 'to')])

  it('are copied beside the bundle, and the sources are not', () => {
    mkdirSync(join(folder, 'from'))
    for (const file of ['decide.js', 'page.css', 'page.ts']) writeFileSync(join(folder, 'from', file), '')
    copy()
    expect(readdirSync(join(folder, 'to')).toSorted()).toEqual(['decide.js', 'page.css'])
  })

  it('may be none', () => {
    copy()
    expect(readdirSync(folder)).toEqual([])
  })

  it('are all that the bundle needs to serve every page', async () => {
    const outfile = join(folder, 'to', 'index.mjs')
    copy('functions/http/pages')
    await build({
      entryPoints: ['functions/http/pages/routes.ts'],
      outfile,
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'node',
    })
    const bundled = (await import(/* @vite-ignore */ pathToFileURL(outfile).href)) as {
      readonly pageRoutes: (zone: string) => Hono
    }
    for (const path of ['/decide/00000001001', '/dispute/00000001001', '/absence/B1']) {
      const response = await bundled.pageRoutes('Asia/Shanghai').request(path)
      expect([path, response.status, (await response.text()).length > 10_000]).toEqual([path, 200, true])
    }
  })
})
