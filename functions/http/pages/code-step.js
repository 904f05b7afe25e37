// @ts-check
/** The step in which a person enters the code from their mailbox. */
Object.assign(globalThis, {
  theCodeStep: (() => {
    const { byId, texts, path, key, fill, at, post, end, send } = /** @type {any} */ (globalThis).thePage
    const words = texts.code

    const isShown = () => !byId('code-step').hidden

    /** Full-width digits of a Chinese keyboard, and blanks that were pasted with the code, are no mistake. */
    const value = () => byId('code').value.normalize('NFKC').replaceAll(/\s/g, '')

    /** What is wrong with the code; the focus stays with it. @param {string} text */
    const wrong = (text) => {
      byId('code-wrong').textContent = text
      if (text === '') return byId('code').removeAttribute('aria-invalid')
      byId('code').setAttribute('aria-invalid', 'true')
      byId('code').focus()
      byId('code').select()
    }

    /** @param {string} note @param {string} [code] */
    const show = (note, code = '') => {
      byId('code-step').hidden = false
      byId('code-note').textContent = note
      byId('code').value = code
      wrong('')
    }

    const hide = () => {
      byId('code-step').hidden = true
      byId('code').value = ''
      wrong('')
    }

    /** Has a code mailed: the one thing here that sends. @returns {Promise<boolean>} whether the step is shown */
    const ask = async () => {
      const { status, answer } = await post(`${path}/code`, { secret: key })
      if (status === 200) {
        show(fill(words.sent, { until: at(answer.validUntil) }))
        byId('code').focus()
      } else if (answer.code === 'too-many-codes') {
        if (!isShown()) show(words.earlier)
        wrong(answer.detail)
      } else end(answer.detail)
      return isShown()
    }

    /** Whether there are six digits to send; says so if not. */
    const isFilled = () => {
      const isCode = /^\d{6}$/.test(value())
      wrong(isCode ? '' : words.needed)
      return isCode
    }

    byId('code-again').addEventListener('click', () => void send(async () => void (await ask())))

    return { isShown, isFilled, value, wrong, show, hide, ask }
  })(),
})
