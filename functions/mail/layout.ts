import { html } from 'hono/html'
import type { Locale } from '../../shared/domain/organisation.ts'

/** What a mail says, in the order in which it is read. */
export interface Letter {
  readonly locale: Locale
  readonly subject: string
  readonly opening: string
  readonly rows: readonly (readonly [label: string, value: string])[]
  readonly action: { readonly label: string; readonly link: string } | null
  /** Sentences below, in small letters. */
  readonly notes: readonly string[]
  readonly footer: string
}

const grey = 'color: #52606d'

const button = ({ label, link }: { readonly label: string; readonly link: string }) =>
  html`<p>
    <a
      href="${link}"
      style="display: inline-block; padding: 0.6em 1.4em; background: #8a1c1c; color: #ffffff; text-decoration: none; border-radius: 0.3em"
      >${label}</a
    >
  </p>`

/** The letter as plain text and as HTML. Whatever people typed is escaped. */
export const layOut = async ({ locale, subject, opening, rows, action, notes, footer }: Letter) => {
  const text = [
    opening,
    '',
    ...rows.map(([label, value]) => `${label}: ${value}`),
    ...(action === null ? [] : ['', `${action.label}: ${action.link}`]),
    ...notes.flatMap((note) => ['', note]),
    '',
    '-- ',
    footer,
    '',
  ].join('\n')
  const markup = html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${subject}</title>
      </head>
      <body
        style="font-family: sans-serif; line-height: 1.6; color: #1f2933; max-width: 36em; margin: 0 auto; padding: 1em"
      >
        <p>${opening}</p>
        <table role="presentation" style="border-collapse: collapse">
          ${rows.map(
            ([label, value]) =>
              html`<tr>
                <td style="padding: 0.2em 1em 0.2em 0; ${grey}">${label}</td>
                <td style="padding: 0.2em 0">${value}</td>
              </tr>`,
          )}
        </table>
        ${action === null ? '' : button(action)} ${notes.map((note) => html`<p style="${grey}">${note}</p>`)}
        <p style="${grey}; border-top: 1px solid #cbd2d9; padding-top: 0.8em">${footer}</p>
      </body>
    </html>`
  return { subject, text, html: (await markup).toString() }
}
