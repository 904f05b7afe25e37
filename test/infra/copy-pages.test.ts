import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

describe('the files of the pages', () => {
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pages-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true })
  })

  const copy = () =>
    execFileSync(process.execPath, ['infra/constructs/copy-pages.ts', join(folder, 'from'), join(folder, 'to')])

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
})
