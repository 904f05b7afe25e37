import { raw } from 'hono/html'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/**
 * The scripts, as one, and the one style of a page, as elements to put into it, and the policy by which nothing else runs
 * there and the page talks to its own origin alone. The files stand beside `base`, in the source as in the bundle.
 */
export const inlineAssets = (base: string, files: { readonly scripts: readonly string[]; readonly style: string }) => {
  const read = (name: string): string => readFileSync(new URL(name, base), 'utf8')
  const script = files.scripts.map(read).join('\n')
  const style = read(files.style)
  return {
    // To the letter: the policy names the hash of what stands between the tags.
    script: raw(`<script>${script}</script>`),
    style: raw(`<style>${style}</style>`),
    contentSecurityPolicy: [
      `default-src 'none'`,
      `script-src ${hashOf(script)}`,
      `style-src ${hashOf(style)}`,
      `connect-src 'self'`,
      `base-uri 'none'`,
      `form-action 'none'`,
      `frame-ancestors 'none'`,
    ].join('; '),
  }
}

/** Data for the page's script, as an element that the browser does not run and that markup can't leave. */
export const inlineData = (id: string, data: object) =>
  raw(`<script type="application/json" id="${id}">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`)
