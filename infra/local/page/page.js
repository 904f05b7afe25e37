// @ts-check
// Shows the newcomer's case and takes the buttons. Whatever comes from the system is put in as text.
;(() => {
  const { texts, bank, zone, seen, steps, canDo, linksIn, linkFor, nextDeadline, turnClock, read, begin } =
    /** @type {any} */ (globalThis).theCase
  const mailsShown = 50
  let busy = true

  /** @type {(id: string) => any} */
  const byId = (id) => document.getElementById(id)

  /** @type {(name: string, text: string, attributes?: Record<string, string>) => HTMLElement} */
  const element = (name, text, attributes = {}) => {
    const made = document.createElement(name)
    made.textContent = text
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value)
    return made
  }

  /** @type {(instant: string, dateStyle: 'full' | 'medium') => string} */
  const inBank = (instant, dateStyle) =>
    new Date(instant).toLocaleString(texts.dates, { timeZone: zone, dateStyle, timeStyle: 'short' })

  /** @param {any} event */
  const sentence = ({ type, by, at, data }) => {
    const who = by === 'system' ? texts.system : (bank.people.find(({ no }) => no === by)?.name ?? by)
    const what = [texts.stages[data.stage], texts.events[type], texts.decisions[data.decision]].filter(Boolean)
    return `${what.join(' · ')} — ${who}, ${inBank(at, 'medium')}`
  }

  const showCase = () => {
    const { id, name, status, onPostSince, reviewDueOn } = seen.assistant ?? {}
    const facts = { id, name, status: texts.status[status], onPostSince, reviewDueOn }
    const rows = Object.entries(facts).filter(([, value]) => value)
    byId('case').replaceChildren(
      ...rows.flatMap(([label, value]) => [element('dt', texts.facts[label]), element('dd', value)]),
    )
    byId('no-case').hidden = rows.length > 0
    byId('trail').replaceChildren(...seen.trail.map((event) => element('li', sentence(event))))
  }

  /** @param {any} mail */
  const mailElement = (mail) => {
    const details = element('details', '', { 'data-mail': mail.id })
    const summary = element('summary', mail.subject)
    summary.append(element('small', `${mail.to.join(', ')} · ${inBank(mail.at, 'medium')}`))
    details.append(summary)
    for (const { kind, href } of linksIn(mail)) {
      details.append(element('a', texts.openLinks[kind], { class: 'leads', href, target: '_blank', rel: 'noopener' }))
    }
    details.addEventListener('toggle', () => {
      if (details.querySelector('iframe')) return
      // No scripts and no origin in there; its link opens a tab of its own.
      const frame = element('iframe', '', {
        title: mail.subject,
        sandbox: 'allow-popups allow-popups-to-escape-sandbox',
      })
      frame.setAttribute('srcdoc', mail.html.replace('<head>', '<head><base target="_blank">'))
      const plain = element('details', '')
      plain.append(element('summary', texts.asText), element('pre', mail.text))
      details.append(frame, plain)
    })
    return details
  }

  const showMails = () => {
    const open = [...document.querySelectorAll('[data-mail][open]')].map((node) => node.getAttribute('data-mail'))
    const wanted = byId('only-case').checked && seen.assistant ? `[${seen.assistant.id}` : ''
    const shown = seen.messages
      .filter(({ subject }) => subject.includes(wanted))
      .slice(-mailsShown)
      .toReversed()
    byId('mailbox').replaceChildren(...(shown.length > 0 ? shown.map(mailElement) : [element('p', texts.noMail)]))
    for (const node of document.querySelectorAll('[data-mail]')) {
      if (open.includes(node.getAttribute('data-mail'))) node.setAttribute('open', '')
    }
  }

  const showTurns = () => {
    for (const item of byId('steps').children) {
      const { step } = item.dataset
      const { stage, prepares } = steps[step]
      const buttons = [...item.querySelectorAll('button')]
      for (const button of buttons) {
        const { action } = button.dataset
        button.disabled = busy || !canDo(step, action)
        // There is something to amend only after a return.
        if (action === 'amend') button.hidden = !canDo(step, action)
      }
      const isTurn = prepares ? seen.assistant === null : buttons.some(({ dataset }) => canDo(step, dataset.action))
      if (isTurn) item.setAttribute('aria-current', 'step')
      else item.removeAttribute('aria-current')
      const href = isTurn && stage && canDo(step, 'approve') ? linkFor(stage) : undefined
      const link = item.querySelector('[data-link]')
      link.hidden = !href
      if (href) link.href = href
    }
    for (const button of byId('turns').children) {
      button.disabled = busy || (button.dataset.turn === 'due' && !nextDeadline())
    }
  }

  const show = () => {
    byId('now').textContent = inBank(seen.now, 'full')
    showCase()
    showMails()
    showTurns()
  }

  /** One thing at a time: a second click on a button would do it twice. @param {() => Promise<unknown>} work */
  const run = async (work) => {
    if (busy) return
    busy = true
    showTurns()
    byId('status').textContent = texts.working
    const said = await work().then(
      () => texts.done,
      (error) => texts.failed + error.message,
    )
    await read().catch(() => undefined)
    busy = false
    show()
    byId('status').textContent = said
  }

  byId('steps').addEventListener('click', (/** @type {any} */ { target }) => {
    const { action } = target.dataset
    if (action) void run(() => steps[target.closest('[data-step]').dataset.step].act(action))
  })
  byId('turns').addEventListener('click', (/** @type {any} */ { target }) => {
    const { turn } = target.dataset
    if (turn) void run(async () => turnClock(turn))
  })
  byId('only-case').addEventListener('change', showMails)
  // Whoever decided on the page of the link comes back to find it done.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && !busy) void read().then(show, () => undefined)
  })
  const start = async () => {
    try {
      await begin()
      busy = false
      show()
    } catch (error) {
      byId('status').textContent = texts.failed + (error instanceof Error ? error.message : '')
    }
  }
  void start()
})()
