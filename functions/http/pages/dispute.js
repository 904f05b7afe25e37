// @ts-check
// Runs in the browser of someone in whose name was decided. Reading changes nothing; only the button disputes.
;(() => {
  const { byId, texts, path, key, end, list, at, person, ...page } = /** @type {any} */ (globalThis).thePage
  // An employee number may have dots, a secret has none.
  const dot = key.lastIndexOf('.')
  const who = { employeeNo: key.slice(0, Math.max(dot, 0)), secret: key.slice(dot + 1) }

  /** @type {(dispute: any, names: Record<string, string>) => void} */
  const showDispute = ({ disputedBy, disputedAt, effect, status }, names) =>
    page.showReceipt([
      [texts.disputedBy, person(disputedBy, names[disputedBy])],
      [texts.disputedAt, at(disputedAt)],
      [texts.effect, texts.effects[effect]],
      [texts.state, texts.states[status]],
    ])

  /** @param {any} decided */
  const show = (decided) => {
    const { names } = decided
    byId('heading').textContent = texts.heading
    list('facts', [
      [texts.assistant, decided.assistant.name],
      [texts.stage, texts.stages[decided.stage]],
      [texts.decision, texts.decisions[decided.decision]],
      [texts.reason, decided.reason],
      [texts.by, person(decided.decidedBy, names[decided.decidedBy])],
      [texts.principal, decided.onBehalfOf && person(decided.onBehalfOf, names[decided.onBehalfOf])],
      [texts.at, at(decided.decidedAt)],
      [texts.way, texts.channels[decided.channel]],
      [texts.caseNumber, decided.applicationId ?? decided.assistant.id],
      [texts.disputableUntil, decided.dispute === null ? at(decided.disputableUntil) : null],
    ])
    if (decided.dispute !== null) showDispute(decided.dispute, names)
    page.keep(() => ({ reason: byId('reason').value.trim() }))
  }

  const dispute = async () => {
    const { status, answer } = await page.post(path, { ...who, reason: byId('reason').value.trim() || null })
    if (status === 200) {
      page.say('')
      return show(answer)
    }
    if (status === 404 || status === 409) return end(answer.detail, status === 404)
    page.showMistakes(page.mistakesIn(answer))
  }

  byId('reason').value = page.filledIn.get('reason') ?? ''
  byId('form').addEventListener('submit', (/** @type {Event} */ event) => {
    event.preventDefault()
    page.showMistakes([])
    void page.send(dispute)
  })
  void page.read(`${path}/decision`, who, show)
})()
