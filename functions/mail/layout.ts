import { html } from 'hono/html'
import type { Locale } from '../../shared/domain/organisation.ts'
import { labelled } from '../../shared/text/locale.ts'

/** Facts, and what to do about them. */
export interface Part {
  readonly heading: string | null
  readonly rows: readonly (readonly [label: string, value: string])[]
  readonly action: { readonly label: string; readonly link: string } | null
}

/** What a mail says, in the order in which it is read. */
export interface Letter {
  readonly subject: string
  readonly opening: string
  readonly parts: readonly Part[]
  /** Sentences below, in small letters. */
  readonly notes: readonly string[]
}

/** What stands below every letter to someone. */
export interface Foot {
  readonly locale: Locale
  readonly footer: string
  /** Where the reader names a delegate; null for one who decides nothing. */
  readonly absence: Part['action']
}

const grey = 'color: #52606d'

const button = ({ label, link }: NonNullable<Part['action']>) =>
  html`<p>
    <a
      href="${link}"
      style="display: inline-block; padding: 0.6em 1.4em; background: #8a1c1c; color: #ffffff; text-decoration: none; border-radius: 0.3em"
      >${label}</a
    >
  </p>`

const asText = ({ heading, rows, action }: Part, locale: Locale): readonly string[] => [
  '',
  ...(heading === null ? [] : [heading]),
  ...rows.map(([label, value]) => labelled(label, value, locale)),
  // A link has a line of its own, so that no mail program takes what stands beside it for a part of it.
  ...(action === null ? [] : ['', action.label, action.link]),
]

const asMarkup = ({ heading, rows, action }: Part) =>
  html`${heading === null ? '' : html`<h2 style="font-size: 1em; margin: 1.5em 0 0.3em">${heading}</h2>`}
    <table role="presentation" style="border-collapse: collapse">
      ${rows.map(
        ([label, value]) =>
          html`<tr>
            <td style="padding: 0.2em 1em 0.2em 0; ${grey}">${label}</td>
            <td style="padding: 0.2em 0">${value}</td>
          </tr>`,
      )}
    </table>
    ${action === null ? '' : button(action)}`

/** The letter as plain text and as HTML. Whatever people typed is escaped. */
export const layOut = async (letter: Letter, { locale, footer, absence }: Foot) => {
  const { subject, opening, parts, notes } = letter
  const text = [
    opening,
    ...parts.flatMap((part) => asText(part, locale)),
    ...notes.flatMap((note) => ['', note]),
    '',
    '-- ',
    footer,
    ...(absence === null ? [] : [absence.label, absence.link]),
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
        ${parts.map(asMarkup)} ${notes.map((note) => html`<p style="${grey}">${note}</p>`)}
        <p style="${grey}; border-top: 1px solid #cbd2d9; padding-top: 0.8em">
          ${footer}
          ${absence === null ? '' : html`<br /><a href="${absence.link}" style="${grey}">${absence.label}</a>`}
        </p>
      </body>
    </html>`
  return { subject, text, html: (await markup).toString() }
}
