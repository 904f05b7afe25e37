// @ts-check
// Runs in the approver's browser. Reading changes nothing; only the button of the last step does.
;(() => {
  const { byId, texts, path, key, filledIn, fill, end, list, onDay, person, ...page } = /** @type {any} */ (globalThis)
    .thePage
  const { theCodeStep: codeStep } = /** @type {any} */ (globalThis)

  const fields = ['delegate', 'from', 'until', 'reason']

  /** What the last step sends: a delegation, or null to end the present one. @type {any} */
  let wanted = null

  /** @param {any} delegation @returns {readonly (readonly [string, string])[]} */
  const factsOf = ({ delegate, delegateName, from, until, reason }) => [
    [texts.delegate, delegate === null ? texts.nobody : person(delegate, delegateName)],
    [texts.from, onDay(from)],
    [texts.until, onDay(until)],
    [texts.reason, reason],
  ]

  const who = () => {
    const input = document.querySelector('input[name=who]:checked')
    return input instanceof HTMLInputElement ? input.value : ''
  }
  /** @param {string} id */
  const typed = (id) => byId(id).value.trim()

  // The days get no limits of each other: changing those while someone types empties the field in Chromium.
  const showWhatIsNeeded = () => {
    byId('delegate-field').hidden = who() !== 'person'
  }

  /** @param {any} read */
  const show = ({ employeeNo, name, delegation }) => {
    byId('heading').textContent = fill(texts.heading, { name: person(employeeNo, name) })
    list('present', delegation === null ? [] : factsOf(delegation))
    byId('none').hidden = delegation !== null
    for (const id of ['end', 'replaces']) byId(id).hidden = delegation === null
    page.keep(() => ({ who: who(), ...Object.fromEntries(fields.map((id) => [id, typed(id)])) }))
  }

  const fillIn = () => {
    for (const input of byId('choices').querySelectorAll('input')) input.checked = input.value === filledIn.get('who')
    for (const id of fields) byId(id).value = filledIn.get(id) ?? ''
    showWhatIsNeeded()
  }

  const mistakes = () => {
    const [from, until] = [typed('from'), typed('until')]
    const { wrong } = texts
    return [
      ['who', who() === '' && wrong.who],
      ['delegate', who() === 'person' && typed('delegate') === '' && wrong.delegate],
      ['from', from === '' && wrong.from],
      ['until', (until === '' && wrong.until) || (until < from && wrong.order)],
      ['reason', typed('reason') === '' && wrong.reason],
    ].flatMap(([field, text]) => (text ? [{ field, text }] : []))
  }

  /** Between what is wanted and the last step, in which it is checked and sent. @param {boolean} isLast */
  const showStep = (isLast) => {
    byId('form').hidden = isLast
    byId('confirm').hidden = !isLast
    byId('end').parentElement.hidden = isLast
    if (!isLast) codeStep.hide()
  }

  const askForCode = async () => {
    if (!(await codeStep.ask())) return
    list('confirm-facts', wanted === null ? [] : factsOf(wanted))
    byId('confirm-end').hidden = wanted !== null
    showStep(true)
    byId('code').focus()
  }

  /** Back to the fields with what is wrong with them. @param {any} answer */
  const showRefused = (answer) => {
    const all = page.mistakesIn(answer)
    const ofCode = all.find((/** @type {any} */ { field }) => field === 'code')
    if (ofCode) return codeStep.wrong(ofCode.text)
    showStep(false)
    page.showMistakes(all)
  }

  const confirm = async () => {
    const given = { secret: key, code: codeStep.value(), delegation: wanted }
    const { status, answer } = await page.post(path, given)
    if (status === 404) return end(answer.detail)
    if (status !== 200) return showRefused(answer)
    show(answer)
    showStep(true)
    byId('receipt-heading').textContent = wanted === null ? texts.ended : texts.saved
    page.say('')
    page.showReceipt([])
  }

  byId('end').addEventListener('click', () => {
    wanted = null
    void page.send(askForCode)
  })
  byId('form').addEventListener('change', showWhatIsNeeded)
  byId('form').addEventListener('submit', (/** @type {Event} */ event) => {
    event.preventDefault()
    const found = mistakes()
    page.showMistakes(found)
    if (found.length > 0) return
    const delegate = who() === 'person' ? typed('delegate') : null
    wanted = { delegate, from: typed('from'), until: typed('until'), reason: typed('reason') }
    void page.send(askForCode)
  })
  byId('confirm').addEventListener('submit', (/** @type {Event} */ event) => {
    event.preventDefault()
    if (codeStep.isFilled()) void page.send(confirm)
  })
  byId('back').addEventListener('click', () => {
    showStep(false)
    byId('heading').focus()
  })
  fillIn()
  void page.read(`${path}/delegation`, { secret: key }, show)
})()
