import { html } from 'hono/html'
import { decidePageTexts } from '../../../shared/text/decide-page.ts'
import { codeStep } from './code-step.ts'
import { field, type InertPage, mistakeSummary } from './inert-page.ts'

/** Where an approver reads the dossier and decides. */
export const decidePage: InertPage<(typeof decidePageTexts)['en']> = {
  path: '/decide/{approvalId}',
  texts: decidePageTexts,
  scripts: ['code-step.js', 'decide.js'],
  content: (texts) =>
    html`<section id="receipt" aria-labelledby="receipt-heading" hidden>
        <h2 id="receipt-heading" tabindex="-1">${texts.decided}</h2>
        <dl id="receipt-facts"></dl>
      </section>
      <p id="deadline"><span>${texts.dueOn}</span> <strong id="due-on"></strong> <span id="days-left"></span></p>
      <section aria-labelledby="facts-heading">
        <h2 id="facts-heading">${texts.facts}</h2>
        <dl id="facts"></dl>
      </section>
      <section id="also-asked" aria-labelledby="also-asked-heading" hidden>
        <h2 id="also-asked-heading">${texts.alsoAsked}</h2>
        <ul id="others"></ul>
        <p>${texts.firstCounts}</p>
      </section>
      <form id="form" novalidate>
        ${mistakeSummary(texts)}
        <p id="filled-in" class="note" hidden>${texts.filledIn}</p>
        <fieldset aria-describedby="decision-wrong">
          <legend>${texts.yourDecision}</legend>
          <p class="wrong" id="decision-wrong" hidden></p>
          <div id="choices"></div>
        </fieldset>
        ${field('reason', texts.reason, html`<textarea id="reason" rows="3" maxlength="4000"></textarea>`)}
        ${codeStep(texts.code)}
        <p id="announced" class="hint" hidden>${texts.code.announced}</p>
        <button type="submit" id="submit">${texts.submit}</button>
      </form>`,
}
