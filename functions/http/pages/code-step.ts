import { html } from 'hono/html'
import type { CodeStepText } from '../../../shared/text/common-page.ts'

/** The step in which a person enters the code from their mailbox; `code-step.js` works it. */
export const codeStep = (texts: CodeStepText) =>
  html`<section id="code-step" aria-labelledby="code-heading" hidden>
    <h2 id="code-heading">${texts.heading}</h2>
    <p id="code-note"></p>
    <div class="field">
      <label for="code">${texts.label}</label>
      <p class="wrong" id="code-wrong" role="alert"></p>
      <input
        id="code"
        type="text"
        inputmode="numeric"
        autocomplete="one-time-code"
        spellcheck="false"
        maxlength="20"
        aria-describedby="code-note code-wrong"
      />
    </div>
    <p><button type="button" id="code-again">${texts.again}</button></p>
  </section>`
