// @ts-check
// Runs in the browser of whoever was asked. Reading changes nothing; only the button of the last step does.
;(() => {
  const { byId, texts, path, key, filledIn, fill, end, list, onDay, person, ...page } = /** @type {any} */ (globalThis)
    .thePage
  const { theCodeStep: codeStep } = /** @type {any} */ (globalThis)

  /** What was read; nothing until then. @type {any} */
  let asked = null

  /** @param {number} index */
  const idOf = (index) => `client-${index}`
  /** @param {string} id */
  const typed = (id) => byId(id).value.trim()

  /** Who takes which client, as far as somebody is named. @returns {{ clientId: string, to: string }[]} */
  const named = () =>
    asked.clients.flatMap((/** @type {string} */ clientId, /** @type {number} */ index) => {
      const to = typed(idOf(index)) || typed('for-all')
      return to === '' ? [] : [{ clientId, to }]
    })

  const showWhatIsNeeded = () => {
    const isCodeNext = asked.codeNeeded && !codeStep.isShown()
    byId('announced').hidden = !isCodeNext
    byId('submit').textContent = isCodeNext ? texts.code.next : texts.submit
  }

  /** A field for each client. @param {string} clientId @param {number} index */
  const fieldFor = (clientId, index) => {
    const id = idOf(index)
    const [place, label, wrong, input] = ['div', 'label', 'p', 'input'].map((tag) => document.createElement(tag))
    Object.assign(place, { className: 'field' })
    Object.assign(label, { htmlFor: id, id: `${id}-label`, textContent: fill(texts.forOne, { client: clientId }) })
    Object.assign(wrong, { className: 'wrong', id: `${id}-wrong`, hidden: true })
    Object.assign(input, { id, type: 'text', maxLength: 64, spellcheck: false, value: filledIn.get(id) ?? '' })
    place.append(label, wrong, input)
    return place
  }

  /** @param {number} left how many clients are to be handed over */
  const showFacts = (left) => {
    const { assistant, ground, dueOn, approver } = asked
    list('facts', [
      [texts.assistant, person(assistant.employeeNo, assistant.name)],
      [texts.ground, ground],
      [texts.clients, String(left)],
      [texts.dueOn, onDay(dueOn)],
      [texts.caseNumber, assistant.id],
      [texts.you, person(approver.employeeNo, approver.name)],
    ])
  }

  /** @param {any} read */
  const show = (read) => {
    asked = read
    const { assistant, clients } = asked
    byId('heading').textContent = fill(texts.heading, { assistant: assistant.name })
    showFacts(clients.length)
    byId('for-all').value = filledIn.get('for-all') ?? ''
    byId('clients').replaceChildren(...clients.map(fieldFor))
    showWhatIsNeeded()
    page.keep(() => ({
      'for-all': typed('for-all'),
      ...Object.fromEntries(
        clients.map((/** @type {string} */ _, /** @type {number} */ i) => [idOf(i), typed(idOf(i))]),
      ),
    }))
  }

  /** Mistakes of what was sent, at the fields they are about. @param {any} answer @param {{ clientId: string }[]} sent */
  const mistakesOf = (answer, sent) =>
    (answer.errors ?? [{ pointer: '', detail: answer.detail }]).map((/** @type {any} */ { pointer, detail }) => {
      const [, index] = /^\/clients\/(\d+)/.exec(pointer) ?? []
      const client = index === undefined ? undefined : sent[Number(index)]?.clientId
      const field = client === undefined ? pointer.slice(1) : idOf(asked.clients.indexOf(client))
      return { field, text: detail }
    })

  const handOver = async () => {
    const clients = named()
    const code = asked.codeNeeded ? codeStep.value() : null
    const { status, answer } = await page.post(path, { secret: key, code, clients })
    if (status === 404) return end(answer.detail)
    if (status === 200) {
      page.say('')
      showFacts(answer.left)
      byId('left').textContent = answer.left === 0 ? texts.noneLeft : fill(texts.left, { count: String(answer.left) })
      return page.showReceipt(clients.map(({ clientId, to }) => [clientId, to]))
    }
    const mistakes = mistakesOf(answer, clients)
    const ofCode = mistakes.find((/** @type {any} */ { field }) => field === 'code')
    if (!ofCode) return page.showMistakes(mistakes)
    if (codeStep.isShown()) return codeStep.wrong(ofCode.text)
    // The bank has begun to ask for codes since the clients were read.
    asked.codeNeeded = true
    await codeStep.ask()
  }

  const submit = async () => {
    const mistakes = named().length === 0 ? [{ field: 'for-all', text: texts.nameSome }] : []
    page.showMistakes(mistakes)
    if (mistakes.length > 0) return
    if (asked.codeNeeded && !codeStep.isShown()) await page.send(codeStep.ask)
    else if (!asked.codeNeeded || codeStep.isFilled()) await page.send(handOver)
    showWhatIsNeeded()
  }

  byId('form').addEventListener('submit', (/** @type {Event} */ event) => {
    event.preventDefault()
    void submit()
  })
  void page.read(`${path}/clients`, { secret: key }, show)
})()
