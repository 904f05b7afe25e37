import { html } from 'hono/html'
import { disputePageTexts } from '../../../shared/text/dispute-page.ts'
import { field, type InertPage, mistakeSummary } from './inert-page.ts'

/** Where someone in whose name was decided says that it was not them. */
export const disputePage: InertPage<(typeof disputePageTexts)['en']> = {
  path: '/dispute/{approvalId}',
  texts: disputePageTexts,
  scripts: ['dispute.js'],
  content: (texts) =>
    html`<section id="receipt" aria-labelledby="receipt-heading" hidden>
        <h2 id="receipt-heading" tabindex="-1">${texts.disputed}</h2>
        <dl id="receipt-facts"></dl>
      </section>
      <dl id="facts"></dl>
      <form id="form" novalidate>
        <p class="note">${texts.intro}</p>
        <h2>${texts.disputeHeading}</h2>
        ${mistakeSummary(texts)}
        ${field('reason', texts.yourReason, html`<textarea id="reason" rows="3" maxlength="1000"></textarea>`)}
        <p id="consequence">${texts.consequence}</p>
        <button type="submit" id="submit" aria-describedby="consequence">${texts.submit}</button>
      </form>`,
}
