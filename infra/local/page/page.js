// @ts-check
// Makes the calls that HR systems and approvers make, one step at a time.
;(() => {
  /** @type {(id: string) => any} */
  const byId = (id) => document.getElementById(id)
  const texts = JSON.parse(byId('texts').textContent)
  const reasons = { return: '请补充材料', reject: '本期不予同意', 'below-standard': '考核未达标' }

  /** The case that this page leads through; it outlives a reload and a change of language. */
  const progress = {
    assistantId: '',
    applicationId: '',
    ...JSON.parse(sessionStorage.getItem('case') ?? '{}'),
    token: '',
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body]
   * @returns {Promise<any>}
   */
  const call = async (method, path, body) => {
    const response = await fetch(path, {
      method,
      headers: {
        authorization: `Bearer ${progress.token}`,
        'accept-language': texts.locale,
        ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer = await response.json()
    if (!response.ok) throw new Error(answer.detail ?? response.statusText)
    return answer
  }

  const authorise = async () => {
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'hr-demo',
      client_secret: 'hr-demo',
    })
    const response = await fetch('/oauth2/token', { method: 'POST', body })
    progress.token = (await response.json()).access_token
  }

  const registerOrganisation = async () => {
    const people = { HR01: '周敏(人力)', BR01: '陈立(分行)', HQ01: '王芳(总行)', HD01: '刘洋(中心负责人)' }
    for (const [no, name] of Object.entries(people)) {
      const email = `${no.toLowerCase()}@bank.example`
      await call('PUT', `/v1/people/${no}`, { name, email, post: 'staff', locale: texts.locale })
    }
    await call('PUT', '/v1/hq', { name: '总行', approvers: ['HQ01'] })
    await call('PUT', '/v1/branches/DEMO', { name: '示范分行', approvers: ['BR01'] })
    await call('PUT', '/v1/centres/DEMO-1', { name: '示范私钻中心', branchId: 'DEMO', head: 'HD01', teams: [] })
  }

  const fileApplication = async () => {
    // A number of its own for each case, so that the page can be gone through again.
    const employeeNo = `A${Date.now() % 100_000_000}`
    const application = await call('POST', '/v1/applications', {
      procedure: 'onboarding',
      assistant: {
        employeeNo,
        name: '李晓明',
        email: `${employeeNo.toLowerCase()}@bank.example`,
        track: 'private-bank',
        source: 'graduate-programme',
        centreId: 'DEMO-1',
      },
      purpose: '培养为私钻客户经理',
      filedBy: 'HR01',
    })
    progress.assistantId = application.assistantId
    progress.applicationId = application.id
    sessionStorage.setItem(
      'case',
      JSON.stringify({ assistantId: application.assistantId, applicationId: application.id }),
    )
  }

  /** @param {any} mail */
  const linkIn = (mail) => mail.text.match(/https?:\/\/\S+\/decide\/\S+/)?.[0]

  /**
   * Follows the newest link that was mailed to someone about a case, as its page does.
   * @param {string} person
   * @param {string} caseNumber
   * @param {string} decision
   */
  const decide = async (person, caseNumber, decision) => {
    const { messages } = await call('GET', '/local/mail')
    const mail = messages.findLast(
      (/** @type {any} */ { to, subject, text }) =>
        to.includes(`${person.toLowerCase()}@bank.example`) &&
        subject.includes(`[${caseNumber}]`) &&
        text.includes('/decide/'),
    )
    const link = mail && linkIn(mail)
    if (!link) throw new Error(texts.noMail)
    const { pathname, hash } = new URL(link)
    await call('POST', pathname, {
      secret: hash.slice(1),
      decision,
      reason: reasons[/** @type {'return'} */ (decision)] ?? null,
    })
  }

  const assistant = () => call('GET', `/v1/assistants/${progress.assistantId}`)

  const newestApplication = async () => (await assistant()).applications.at(-1)

  const turnToAnniversary = async () => {
    const { reviewDueOn } = await assistant()
    await call('POST', '/local/clock', { to: `${reviewDueOn}T02:00:00.000Z` })
  }

  /** @type {Record<string, (action: string) => Promise<unknown>>} */
  const steps = {
    organisation: registerOrganisation,
    file: fileApplication,
    branch: (decision) => decide('BR01', progress.applicationId, decision),
    hq: (decision) => decide('HQ01', progress.applicationId, decision),
    year: turnToAnniversary,
    review: (decision) => decide('HD01', progress.assistantId, decision),
    transferBranch: async (decision) => decide('BR01', await newestApplication(), decision),
    transferHq: async (decision) => decide('HQ01', await newestApplication(), decision),
  }

  /**
   * @param {string} name
   * @param {string} text
   * @param {Record<string, string>} [attributes]
   */
  const element = (name, text, attributes = {}) => {
    const made = document.createElement(name)
    made.textContent = text
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value)
    return made
  }

  const showClock = async () => {
    const { now } = await call('GET', '/local/clock')
    byId('now').textContent = new Date(now).toLocaleString(texts.locale, {
      timeZone: 'Asia/Shanghai',
      dateStyle: 'full',
      timeStyle: 'short',
    })
  }

  const showCase = async () => {
    if (progress.assistantId === '') return byId('case').replaceChildren(element('dt', texts.noCase))
    const [{ id, name, status, onPostSince, reviewDueOn }, trail] = await Promise.all([
      assistant(),
      call('GET', `/v1/assistants/${progress.assistantId}/events?limit=200`),
    ])
    const facts = { id, name, status: texts.status[status], onPostSince, reviewDueOn }
    byId('case').replaceChildren(
      ...Object.entries(facts).flatMap(([label, value]) =>
        value ? [element('dt', texts.facts[label]), element('dd', value)] : [],
      ),
    )
    byId('trail').replaceChildren(
      ...trail.items.map((/** @type {any} */ { type, by, at }) =>
        element('li', `${type} · ${by} · ${at.slice(0, 16).replace('T', ' ')}`),
      ),
    )
  }

  const showMails = async () => {
    const { messages } = await call('GET', '/local/mail')
    const shown = messages.toReversed().map((/** @type {any} */ mail) => {
      const details = document.createElement('details')
      details.append(element('summary', `${mail.to.join(', ')}: ${mail.subject}`), element('pre', mail.text))
      const link = linkIn(mail)
      if (link) details.append(element('a', texts.openLink, { href: link, target: '_blank', rel: 'noopener' }))
      return details
    })
    byId('mailbox').replaceChildren(...(shown.length > 0 ? shown : [element('p', texts.noMail)]))
  }

  const show = () => Promise.all([showClock(), showCase(), showMails()])

  /** @param {() => Promise<unknown>} work */
  const run = async (work) => {
    byId('status').textContent = texts.working
    try {
      await work()
      byId('status').textContent = texts.done
    } catch (error) {
      byId('status').textContent = texts.failed + (error instanceof Error ? error.message : '')
    }
    await show()
  }

  byId('steps').addEventListener('click', (/** @type {any} */ { target }) => {
    const step = target.closest('[data-step]')?.dataset.step
    const { action } = target.dataset
    if (action) void run(() => steps[step]?.(action) ?? Promise.resolve())
  })
  byId('turns').addEventListener('click', (/** @type {any} */ { target }) => {
    const { turn } = target.dataset
    if (turn) void run(() => call('POST', '/local/clock', { advance: turn }))
  })
  const begin = async () => {
    await authorise()
    // A bank that was started anew does not know the case of the one before.
    if (progress.assistantId !== '') await assistant().catch(() => (progress.assistantId = ''))
    await show()
  }
  void begin()
})()
