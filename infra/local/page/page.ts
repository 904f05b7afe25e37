import { Hono } from 'hono'
import { html } from 'hono/html'
import { inlineAssets, inlineData } from '../../../functions/http/pages/inline.ts'
import { localeOf } from '../../../shared/text/locale.ts'
import { demoBank } from './bank.ts'
import { pageCalendar } from './calendar.ts'
import { pageTexts } from './texts.ts'

const assets = inlineAssets(import.meta.url, { scripts: ['case.js', 'page.js'], style: 'page.css' })

// Mails carry their looks in style attributes, and the frame that shows one is bound by the policy of its page.
const contentSecurityPolicy = `${assets.contentSecurityPolicy}; style-src-attr 'unsafe-inline'`

/** The first page of the embedded system: it leads a newcomer through one case. */
export const pageRoutes = (): Hono => {
  const app = new Hono()
  app.get('/', (c) => {
    const locale = localeOf(c.req.query('lang') ?? c.req.header('accept-language'))
    const texts = pageTexts[locale]
    c.header('content-security-policy', contentSecurityPolicy)
    return c.html(
      html`<!doctype html>
        <html lang="${locale}">
          <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <title>${texts.title}</title>
            ${assets.style}
          </head>
          <body>
            <header>
              <h1>${texts.title}</h1>
              <a href="/?lang=${texts.otherLocale}" lang="${texts.otherLocale}">${texts.otherLanguage}</a>
            </header>
            <p>${texts.intro}</p>
            <p id="status" role="status" aria-live="polite"></p>
            <main>
              <section aria-label="${texts.title}">
                <ol id="steps">
                  ${Object.entries(texts.steps).map(
                    ([step, { title, hint, buttons }]) =>
                      html`<li data-step="${step}">
                        <h2>${title}</h2>
                        <p>${hint}</p>
                        <p class="buttons">
                          ${Object.entries(buttons).map(
                            ([action, label]) => html`<button type="button" data-action="${action}">${label}</button> `,
                          )}
                        </p>
                        <p><a data-link hidden target="_blank" rel="noopener">${texts.openLinks.decide}</a></p>
                      </li>`,
                  )}
                </ol>
              </section>
              <section aria-labelledby="clock-heading">
                <h2 id="clock-heading">${texts.clock}</h2>
                <p><output id="now"></output></p>
                <p class="buttons" id="turns">
                  ${Object.entries(texts.turns).map(
                    ([turn, label]) => html`<button type="button" data-turn="${turn}">${label}</button> `,
                  )}
                </p>
                <h2 id="case-heading">${texts.theCase}</h2>
                <p id="no-case">${texts.noCase}</p>
                <dl id="case"></dl>
                <h2>${texts.trail}</h2>
                <ol id="trail"></ol>
                <p><a href="/openapi.json">${texts.documentation}</a></p>
              </section>
              <section aria-labelledby="mailbox-heading">
                <h2 id="mailbox-heading">${texts.mailbox}</h2>
                <p>
                  <label class="choice"><input type="checkbox" id="only-case" checked />${texts.onlyCase}</label>
                </p>
                <div id="mailbox"></div>
              </section>
            </main>
            ${inlineData('texts', texts)} ${inlineData('bank', demoBank)} ${inlineData('calendar', pageCalendar)}
            ${assets.script}
          </body>
        </html>`,
    )
  })
  return app
}
