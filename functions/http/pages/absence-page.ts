import { html } from 'hono/html'
import { absencePageTexts } from '../../../shared/text/absence-page.ts'
import { codeStep } from './code-step.ts'
import { field, type InertPage, mistakeSummary } from './inert-page.ts'

// With a last day, browsers take years of four digits and no more.
const dateField = (id: string, label: string) =>
  field(id, label, html`<input id="${id}" type="date" max="9999-12-31" />`)

const choice = (value: string, label: string) =>
  html`<label class="choice"><input type="radio" name="who" value="${value}" /><span>${label}</span></label>`

/** Where an approver names a delegate for days of absence, or ends that. */
export const absencePage: InertPage<(typeof absencePageTexts)['en']> = {
  path: '/absence/{employeeNo}',
  texts: absencePageTexts,
  scripts: ['code-step.js', 'absence.js'],
  content: (texts) =>
    html`<section id="receipt" hidden><h2 id="receipt-heading" tabindex="-1"></h2></section>
      <p id="intro">${texts.intro}</p>
      <section aria-labelledby="present-heading">
        <h2 id="present-heading">${texts.present}</h2>
        <p id="none">${texts.none}</p>
        <dl id="present"></dl>
        <p class="sends"><button type="button" id="end">${texts.end}</button></p>
      </section>
      <form id="form" novalidate>
        <h2>${texts.newHeading}</h2>
        ${mistakeSummary(texts)}
        <p id="replaces">${texts.replaces}</p>
        <fieldset aria-describedby="who-wrong">
          <legend>${texts.who}</legend>
          <p class="wrong" id="who-wrong" hidden></p>
          <div id="choices">${choice('person', texts.aPerson)} ${choice('nobody', texts.nobodyChoice)}</div>
        </fieldset>
        <div id="delegate-field" hidden>
          ${field(
            'delegate',
            texts.aPersonNo,
            html`<input
              id="delegate"
              type="text"
              autocomplete="off"
              autocapitalize="off"
              spellcheck="false"
              maxlength="64"
            />`,
          )}
        </div>
        <div class="pair">${dateField('from', texts.from)} ${dateField('until', texts.until)}</div>
        ${field('reason', texts.reason, html`<input id="reason" type="text" maxlength="500" />`)}
        <p class="hint">${texts.code.announced}</p>
        <button type="submit" id="next">${texts.code.next}</button>
      </form>
      <form id="confirm" novalidate hidden>
        <h2 id="confirm-heading" tabindex="-1">${texts.confirmHeading}</h2>
        <p id="confirm-end">${texts.confirmEnd}</p>
        <dl id="confirm-facts"></dl>
        ${codeStep(texts.code)}
        <button type="submit" id="submit">${texts.submit}</button>
        <p><button type="button" id="back">${texts.back}</button></p>
      </form>`,
}
