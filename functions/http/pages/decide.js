// @ts-check
// Runs in the approver's browser. Reading asks for the dossier, which changes nothing; only the button decides.
;(() => {
  /** @type {(id: string) => any} */
  const byId = (id) => document.getElementById(id)
  const texts = JSON.parse(byId('texts').textContent)
  const secret = location.hash.slice(1)
  const path = location.pathname

  /** @param {string} text */
  const say = (text) => {
    byId('status').textContent = text
  }

  /** Leaves the page with a list of facts and nothing to decide.
   * @param {string} text
   */
  const end = (text) => {
    byId('form').hidden = true
    say(text)
    byId('status').focus()
  }

  /**
   * @param {string} label
   * @param {string} value
   */
  const addFact = (label, value) => {
    const term = document.createElement('dt')
    term.textContent = label
    const description = document.createElement('dd')
    description.textContent = value
    byId('facts').append(term, description)
  }

  /**
   * @param {string} url
   * @param {object} body
   */
  const post = (url, body) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': texts.locale },
      body: JSON.stringify(body),
    })

  /** @param {any} dossier */
  const showChoices = (dossier) => {
    for (const decision of dossier.allowed) {
      const label = document.createElement('label')
      label.className = 'choice'
      const input = document.createElement('input')
      Object.assign(input, { type: 'radio', name: 'decision', value: decision, required: true })
      const name = document.createElement('span')
      name.textContent = texts.decisions[decision]
      label.append(input, name)
      byId('choices').append(label)
    }
    byId('form').addEventListener('change', () => {
      const needed = dossier.reasonNeeded.includes(chosen())
      byId('reason').required = needed
      byId('reason-label').textContent = needed ? texts.reasonNeeded : texts.reason
    })
  }

  const chosen = () => {
    const input = document.querySelector('input[name=decision]:checked')
    return input instanceof HTMLInputElement ? input.value : ''
  }

  /** @param {any} dossier */
  const showDossier = (dossier) => {
    byId('heading').textContent = texts.stages[dossier.stage]
    addFact(texts.assistant, dossier.assistant.name)
    addFact(texts.employeeNo, dossier.assistant.employeeNo)
    for (const { label, value } of dossier.facts) addFact(label, value)
    addFact(texts.article, texts.articles[dossier.article] ?? dossier.article)
    addFact(texts.dueOn, dossier.dueOn)
    addFact(texts.caseNumber, dossier.applicationId ?? dossier.assistant.id)
    showChoices(dossier)
    byId('dossier').hidden = false
    say('')
  }

  /** The browser may stand in another zone than the bank: the zone is always said.
   * @type {Intl.DateTimeFormatOptions}
   */
  const atWithZone = { dateStyle: 'medium', timeStyle: 'long' }

  /** @param {any} receipt */
  const showReceipt = (receipt) => {
    addFact(texts.yourDecision, texts.decisions[receipt.decision])
    addFact(texts.by, receipt.decidedBy)
    addFact(texts.at, new Date(receipt.decidedAt).toLocaleString(texts.locale, atWithZone))
    end(texts.decided)
  }

  const decide = async () => {
    byId('submit').disabled = true
    say(texts.sending)
    try {
      const response = await post(path, { secret, decision: chosen(), reason: byId('reason').value.trim() || null })
      const answer = await response.json()
      if (response.ok) return showReceipt(answer)
      if (response.status === 404 || (response.status === 409 && answer.decidedBy)) return end(answer.detail)
      say(answer.errors?.[0]?.detail ?? answer.detail)
    } catch {
      say(texts.unreachable)
    }
    byId('submit').disabled = false
  }

  const read = async () => {
    if (secret === '') return end(texts.noSecret)
    try {
      const response = await post(`${path}/dossier`, { secret })
      const answer = await response.json()
      if (response.ok) showDossier(answer)
      else end(answer.detail)
    } catch {
      end(texts.unreachable)
    }
  }

  byId('form').addEventListener('submit', (/** @type {Event} */ event) => {
    event.preventDefault()
    void decide()
  })
  byId('language').addEventListener('click', () => {
    // The fragment holds the secret: it is carried over here and never sent.
    location.replace(`${path}?lang=${texts.otherLocale}${location.hash}`)
  })
  void read()
})()
