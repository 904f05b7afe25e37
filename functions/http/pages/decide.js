// @ts-check
// Runs in the approver's browser. Reading asks for the dossier, which changes nothing; only the button decides.
;(() => {
  const { byId, texts, path, key, filledIn, fill, end, list, onDay, at, person, ...page } = /** @type {any} */ (
    globalThis
  ).thePage
  const { theCodeStep: codeStep } = /** @type {any} */ (globalThis)

  /** What was read; nothing until then. @type {any} */
  let dossier = null

  const chosen = () => {
    const input = document.querySelector('input[name=decision]:checked')
    return input instanceof HTMLInputElement ? input.value : ''
  }
  const reason = () => byId('reason').value.trim()
  const needsReason = () => dossier.reasonNeeded.includes(chosen())

  /** Someone who was asked, and for whom. @param {any} asked */
  const askedPerson = ({ employeeNo, name, onBehalfOf, onBehalfOfName }) => {
    const who = person(employeeNo, name)
    if (onBehalfOf === null) return who
    return fill(texts.onBehalfOf, { person: who, principal: person(onBehalfOf, onBehalfOfName) })
  }

  /** Everyone whom the page knows by name. @param {string} employeeNo */
  const named = (employeeNo) => {
    const asked = [dossier.approver, ...dossier.alsoAsked]
    const known = [...asked, ...asked.map((one) => ({ employeeNo: one.onBehalfOf, name: one.onBehalfOfName }))]
    return person(employeeNo, known.find((one) => one.employeeNo === employeeNo)?.name)
  }

  const showWhatIsNeeded = () => {
    byId('reason-label').textContent = needsReason() ? texts.reasonNeeded : texts.reason
    byId('reason').setAttribute('aria-required', String(needsReason()))
    const isCodeNext = dossier.codeNeeded && !codeStep.isShown()
    byId('announced').hidden = !isCodeNext
    byId('submit').textContent = isCodeNext ? texts.code.next : texts.submit
  }

  const showDeadline = () => {
    const { dueOn, workingDaysLeft } = dossier
    byId('due-on').textContent = onDay(dueOn)
    const words = [texts.noDaysLeft, texts.oneDayLeft][workingDaysLeft] ?? texts.daysLeft
    byId('days-left').textContent = workingDaysLeft === null ? '' : fill(words, { count: String(workingDaysLeft) })
  }

  const showChoices = () => {
    const labels = dossier.allowed.map((/** @type {string} */ decision) => {
      const [label, input, name] = ['label', 'input', 'span'].map((tag) => document.createElement(tag))
      Object.assign(label, { className: 'choice' })
      Object.assign(input, { type: 'radio', name: 'decision', value: decision })
      Object.assign(name, { textContent: texts.decisions[decision] })
      label.append(input, name)
      return label
    })
    byId('choices').replaceChildren(...labels)
  }

  /** What a mail or the page in the other language has filled in, for the person to check and send. */
  const fillIn = () => {
    const decision = filledIn.get('decision')
    for (const input of byId('choices').querySelectorAll('input')) input.checked = input.value === decision
    byId('reason').value = filledIn.get('reason') ?? ''
    if (filledIn.has('code')) codeStep.show(texts.code.filledIn, filledIn.get('code'))
    byId('filled-in').hidden = !filledIn.has('code')
  }

  /** @param {any} read */
  const showDossier = (read) => {
    dossier = read
    const { stage, assistant, article, applicationId } = dossier
    byId('heading').textContent = fill(texts.heading, { stage: texts.stages[stage], assistant: assistant.name })
    list('facts', [
      [texts.assistant, person(assistant.employeeNo, assistant.name)],
      ...dossier.facts.map(({ label, value }) => [label, value]),
      [texts.article, texts.articles[article] ?? article],
      [texts.caseNumber, applicationId ?? assistant.id],
      [texts.you, askedPerson(dossier.approver)],
    ])
    const others = dossier.alsoAsked.map((/** @type {any} */ asked) => {
      const item = document.createElement('li')
      item.textContent = askedPerson(asked)
      return item
    })
    byId('others').replaceChildren(...others)
    byId('also-asked').hidden = others.length === 0
    showDeadline()
    showChoices()
    fillIn()
    showWhatIsNeeded()
    page.keep(() => ({ decision: chosen(), reason: reason(), code: codeStep.isShown() ? codeStep.value() : '' }))
  }

  /** @param {any} receipt */
  const showReceipt = ({ decision, decidedBy, onBehalfOf, decidedAt, channel }) => {
    for (const id of ['deadline', 'also-asked']) byId(id).hidden = true
    const by = named(decidedBy)
    page.say('')
    page.showReceipt([
      [texts.yourDecision, texts.decisions[decision]],
      [texts.by, onBehalfOf === null ? by : fill(texts.onBehalfOf, { person: by, principal: named(onBehalfOf) })],
      [texts.at, at(decidedAt)],
      [texts.way, texts.channels[channel]],
      [texts.fingerprint, dossier.dossierHash],
    ])
  }

  const decide = async () => {
    const code = dossier.codeNeeded ? codeStep.value() : null
    const { dossierHash } = dossier
    const given = { secret: key, code, decision: chosen(), reason: reason() || null, dossierHash }
    const { status, answer } = await page.post(path, given)
    if (status === 200) return showReceipt(answer)
    if (status === 404 || (status === 409 && answer.decidedBy)) return end(answer.detail, status === 404)
    const mistakes = page.mistakesIn(answer)
    const ofCode = mistakes.find((/** @type {any} */ { field }) => field === 'code')
    if (!ofCode) return page.showMistakes(mistakes)
    if (codeStep.isShown()) return codeStep.wrong(ofCode.text)
    // The bank has begun to ask for codes since the dossier was read.
    dossier.codeNeeded = true
    await codeStep.ask()
  }

  const submit = async () => {
    const mistakes = [
      ...(chosen() === '' ? [{ field: 'decision', text: texts.choose }] : []),
      ...(needsReason() && reason() === '' ? [{ field: 'reason', text: texts.giveReason }] : []),
    ]
    page.showMistakes(mistakes)
    if (mistakes.length > 0) return
    if (dossier.codeNeeded && !codeStep.isShown()) await page.send(codeStep.ask)
    else if (!dossier.codeNeeded || codeStep.isFilled()) await page.send(decide)
    showWhatIsNeeded()
  }

  byId('form').addEventListener('change', showWhatIsNeeded)
  byId('form').addEventListener('submit', (/** @type {Event} */ event) => {
    event.preventDefault()
    void submit()
  })
  void page.read(`${path}/dossier`, { secret: key }, showDossier)
})()
