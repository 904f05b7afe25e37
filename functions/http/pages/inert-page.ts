import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { TimeZone } from '../../../shared/domain/time.ts'
import type { CommonPageText } from '../../../shared/text/common-page.ts'
import { localeOf, type Translated } from '../../../shared/text/locale.ts'
import type { Route } from '../call.ts'
import { inlineAssets, inlineData } from './inline.ts'

type Markup = HtmlEscapedString | Promise<HtmlEscapedString>

interface InertPageText extends CommonPageText {
  readonly title: string
  readonly footer: string
}

export interface InertPage<Text extends InertPageText> {
  readonly path: string
  readonly texts: Translated<Text>
  /** The page's own scripts, beside this file, run after `page.js`, which all pages share. */
  readonly scripts: readonly string[]
  /** What the script shows once it has read what the link leads to. */
  readonly content: (texts: Text) => Markup
}

/**
 * A page behind the link in a mail. It is the same for every link and holds no secret: its script reads that from the
 * fragment, which browsers do not send. Getting the page changes nothing; `zone` is that of the times it shows.
 */
export const inertPage = <Text extends InertPageText>(
  { path, texts: translated, scripts, content }: InertPage<Text>,
  zone: TimeZone,
): Route => {
  let read: ReturnType<typeof inlineAssets> | undefined
  const answer: Route['answer'] = async ({ query, headers }) => {
    const assets = (read ??= inlineAssets(import.meta.url, { scripts: ['page.js', ...scripts], style: 'page.css' }))
    const locale = localeOf(query['lang']?.[0] ?? headers['accept-language'])
    const texts = translated[locale]
    const page = html`<!doctype html>
      <html lang="${locale}">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>${texts.title}</title>
          ${assets.style}
        </head>
        <body data-zone="${zone}">
          <header>
            <p class="brand">${texts.brand}</p>
            <button type="button" id="language" lang="${texts.otherLocale}">${texts.otherLanguage}</button>
          </header>
          <main>
            <h1 id="heading" tabindex="-1">${texts.title}</h1>
            <p id="status" role="status" tabindex="-1">${texts.loading}</p>
            <noscript><p>${texts.needsScript}</p></noscript>
            <div id="content" hidden>${content(texts)}</div>
          </main>
          <footer><p>${texts.footer}</p></footer>
          ${inlineData('texts', texts)} ${assets.script}
        </body>
      </html>`
    return {
      status: 200,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': assets.contentSecurityPolicy,
        'x-robots-tag': 'noindex',
        'x-frame-options': 'DENY',
      },
      body: String(await page),
    }
  }
  return { method: 'get', path, answer }
}

/** Where a form lists what is wrong with it; the script fills it and moves the focus there. */
export const mistakeSummary = ({ mistakes }: CommonPageText): Markup =>
  html`<div class="mistakes" id="mistakes" role="alert" tabindex="-1" hidden>
    <h2>${mistakes}</h2>
    <ul></ul>
  </div>`

/** A labelled field: its control, and below the label the place for what is wrong with it. */
export const field = (id: string, label: string, control: Markup): Markup =>
  html`<div class="field">
    <label for="${id}" id="${id}-label">${label}</label>
    <p class="wrong" id="${id}-wrong" hidden></p>
    ${control}
  </div>`
