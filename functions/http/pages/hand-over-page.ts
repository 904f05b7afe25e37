import { html } from 'hono/html'
import { handOverPageTexts } from '../../../shared/text/hand-over-page.ts'
import { codeStep } from './code-step.ts'
import { field, type InertPage, mistakeSummary } from './inert-page.ts'

/** Where whoever was asked names who takes the clients of someone who leaves. */
export const handOverPage: InertPage<(typeof handOverPageTexts)['en']> = {
  path: '/hand-over/{approvalId}',
  texts: handOverPageTexts,
  scripts: ['code-step.js', 'hand-over.js'],
  content: (texts) =>
    html`<section id="receipt" aria-labelledby="receipt-heading" hidden>
        <h2 id="receipt-heading" tabindex="-1">${texts.done}</h2>
        <dl id="receipt-facts"></dl>
        <p id="left"></p>
      </section>
      <dl id="facts"></dl>
      <form id="form" novalidate>
        <p class="note">${texts.intro}</p>
        ${mistakeSummary(texts)}
        ${field('for-all', texts.forAll, html`<input id="for-all" type="text" spellcheck="false" maxlength="64" />`)}
        <div id="clients"></div>
        ${codeStep(texts.code)}
        <p id="announced" class="hint" hidden>${texts.code.announced}</p>
        <button type="submit" id="submit">${texts.submit}</button>
      </form>`,
}
