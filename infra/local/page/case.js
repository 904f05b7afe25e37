// @ts-check
/** What the newcomer's case does and knows: the calls that HR systems and approvers make, one step at a time. */
Object.assign(globalThis, {
  theCase: (() => {
    /** @type {(id: string) => any} */
    const byId = (id) => document.getElementById(id)
    const [texts, bank, calendar] = ['texts', 'bank', 'calendar'].map((id) => JSON.parse(byId(id).textContent))
    const zone = 'Asia/Shanghai'

    /** The case that this page leads through; it outlives a reload and a change of language. */
    const progress = { assistantId: sessionStorage.getItem('case') ?? '', token: '' }
    // What was last read.
    /** @type {{ assistant: any, application: any, messages: any[], trail: any[], now: string }} */
    const seen = { assistant: null, application: null, messages: [], trail: [], now: '' }

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
      const client = { grant_type: 'client_credentials', client_id: 'hr-demo', client_secret: 'hr-demo' }
      const response = await fetch('/oauth2/token', { method: 'POST', body: new URLSearchParams(client) })
      progress.token = (await response.json()).access_token
    }

    /** The bank's day so many days after the one at `instant`. @type {(instant: string, days: number) => string} */
    const dayAfter = (instant, days) =>
      new Date(Date.parse(instant) + days * 86_400_000).toLocaleDateString('sv-SE', { timeZone: zone })

    /** Beyond the published calendar cases stand still: better said before than found out.
     * @param {string} day
     */
    const mustBePublished = (day) => {
      if (day > calendar.lastDay) throw new Error(texts.calendarEnds.replace('{lastDay}', calendar.lastDay))
    }

    const registerOrganisation = async () => {
      for (const { no, name, locale = texts.locale } of bank.people) {
        const email = `${no.toLowerCase()}@bank.example`
        await call('PUT', `/v1/people/${no}`, { name, email, post: 'staff', locale })
      }
      const { id: branchId, ...branch } = bank.branch
      const { id: centreId, ...centre } = bank.centre
      await call('PUT', '/v1/hq', bank.hq)
      await call('PUT', `/v1/branches/${branchId}`, branch)
      await call('PUT', `/v1/centres/${centreId}`, centre)
    }

    const fileApplication = async () => {
      // A number of its own for each case, so that the page can be gone through again.
      const employeeNo = `A${Date.now().toString(36).toUpperCase()}`
      const email = `${employeeNo.toLowerCase()}@bank.example`
      const kind = { track: 'private-bank', source: 'graduate-programme', centreId: bank.centre.id }
      const assistant = { employeeNo, name: '李晓明', email, ...kind }
      const filing = { procedure: 'onboarding', assistant, purpose: '培养为私钻客户经理', filedBy: bank.filer }
      progress.assistantId = (await call('POST', '/v1/applications', filing)).assistantId
      sessionStorage.setItem('case', progress.assistantId)
    }

    /** Where a mail leads: addresses of pages, by what they are for. @type {(mail: any) => { kind: string, href: string }[]} */
    const linksIn = ({ text }) =>
      [...text.matchAll(/https?:\/\/\S+?\/(decide|dispute|absence|hand-over)\/\S+/g)].map(([href, kind]) => ({
        kind,
        href,
      }))

    /** The newest link that was mailed to whoever decides a stage of the case. @param {string} stage */
    const linkFor = (stage) => {
      const to = `${bank.decides[stage].toLowerCase()}@bank.example`
      const number = stage === 'centre-review' ? seen.assistant?.id : seen.application?.id
      return seen.messages
        .filter((mail) => mail.to.includes(to) && mail.subject.endsWith(`[${number}]`))
        .flatMap(linksIn)
        .findLast(({ kind }) => kind === 'decide')?.href
    }

    /** Follows the link as its page does. @type {(stage: string, decision: string) => Promise<unknown>} */
    const decide = async (stage, decision) => {
      if (decision === 'amend') {
        const amendment = { by: bank.filer, changes: {}, note: texts.steps.branch.buttons.amend }
        return call('POST', `/v1/applications/${seen.application.id}/amendment`, amendment)
      }
      const link = linkFor(stage)
      if (!link) throw new Error(texts.notMailed)
      const { pathname, hash } = new URL(link)
      const [secret] = hash.slice(1).split('&')
      await call('POST', `${pathname}/code`, { secret })
      const { messages } = await call('GET', '/local/mail')
      const duty = `${pathname.slice('/decide/'.length)}-c`
      const mail = messages.findLast((/** @type {any} */ { headers }) => headers['x-zhuli-duty']?.startsWith(duty))
      const code = mail?.text.match(/\b\d{6}\b/)?.[0]
      return call('POST', pathname, { secret, code, decision, reason: texts.reasons[decision] ?? null })
    }

    const topics = [
      'private-banking-business',
      'professional-systems',
      'compliance-and-service',
      'knowledge-and-marketing',
    ]

    /** Plan and mentor first, then a try at each item that is passed. @param {string} action */
    const train = async (action) => {
      const path = `/v1/assistants/${progress.assistantId}`
      const by = bank.decides['centre-review']
      if (action === 'plan') {
        const items = topics.map((topic, index) => ({
          id: `T${index + 1}`,
          topic,
          title: texts.topics[topic],
          dueOn: dayAfter(`${seen.assistant.onPostSince}T04:00:00.000Z`, 60 * (index + 1)),
          assessment: { kind: texts.examination, passMark: 60 },
        }))
        await call('PUT', `${path}/mentor`, { employeeNo: by, by })
        return call('PUT', `${path}/training-plan`, { by, items })
      }
      for (const { id } of seen.assistant.trainingPlan.items) {
        const takenOn = dayAfter(seen.now, 0)
        await call('POST', `${path}/assessments`, { itemId: id, takenOn, assessor: by, score: 85, passed: true })
      }
    }

    const assignClients = () => {
      const path = `/v1/assistants/${progress.assistantId}/clients`
      const clientIds = [1, 2, 3].map((number) => `K-${progress.assistantId}-${number}`)
      return call('POST', path, { by: bank.filer, clientIds })
    }

    /** @param {string} day */
    const turnTo = (day) => call('POST', '/local/clock', { to: `${day}T02:00:00.000Z` })

    const passYear = async () => {
      const { reviewDueOn } = seen.assistant
      // Both consents to the transfer come after it, and they have their deadlines.
      mustBePublished(dayAfter(reviewDueOn, 45))
      await turnTo(reviewDueOn)
    }

    /** @type {Record<string, { stage?: string, procedure?: string, prepares?: true, act: (action: string) => Promise<unknown> }>} */
    const steps = {
      organisation: { prepares: true, act: registerOrganisation },
      file: { prepares: true, act: async () => fileApplication() },
      branch: { stage: 'branch', procedure: 'onboarding', act: (decision) => decide('branch', decision) },
      hq: { stage: 'hq', procedure: 'onboarding', act: (decision) => decide('hq', decision) },
      training: { act: train },
      clients: { act: assignClients },
      year: { act: passYear },
      review: { stage: 'centre-review', act: (decision) => decide('centre-review', decision) },
      transferBranch: { stage: 'branch', procedure: 'transfer', act: (decision) => decide('branch', decision) },
      transferHq: { stage: 'hq', procedure: 'transfer', act: (decision) => decide('hq', decision) },
    }

    /** Whether it is the turn of a step's button, by what the record says. @type {(step: string, action: string) => boolean} */
    const canDo = (step, action) => {
      const { assistant, application } = seen
      const { stage, procedure } = steps[step]
      if (steps[step].prepares) return true
      if (assistant === null) return false
      const { trainingPlan, clientCount } = assistant
      const isOnPost = assistant.status === 'on-post'
      if (action === 'plan') return isOnPost && trainingPlan === null
      if (action === 'pass') return isOnPost && trainingPlan?.items.some((/** @type {any} */ item) => !item.passed)
      if (step === 'clients') return isOnPost && clientCount === 0
      if (step === 'year') return assistant.status === 'on-post' && dayAfter(seen.now, 0) < assistant.reviewDueOn
      if (stage === 'centre-review') return assistant.review?.status === 'open'
      const wanted = action === 'amend' ? 'returned' : 'open'
      return application.procedure === procedure && application.stage === stage && application.status === wanted
    }

    /** The last days of whatever the case waits for, the first of them that lies ahead. */
    const nextDeadline = () => {
      const open = seen.application?.stages.find((stage) => stage.status === 'open')
      const days = [
        open?.dueOn,
        seen.application?.amendBy,
        seen.assistant?.status === 'on-post' && seen.assistant.reviewDueOn,
      ]
      return days.filter((day) => day && day > dayAfter(seen.now, 0)).toSorted((a, b) => a.localeCompare(b))[0]
    }

    const nextWorkingDay = () => {
      for (let days = 1; ; days += 1) {
        const day = dayAfter(seen.now, days)
        mustBePublished(day)
        const isWeekday = ![0, 6].includes(new Date(day).getUTCDay())
        if (isWeekday !== calendar.exceptions.includes(day)) return day
      }
    }

    /** @param {string} turn */
    const turnClock = (turn) => {
      if (turn === 'workingDay') return turnTo(nextWorkingDay())
      if (turn === 'due') return turnTo(nextDeadline())
      return call('POST', '/local/clock', { advance: turn })
    }

    const read = async () => {
      const id = progress.assistantId
      const [clock, mail, assistant, trail] = await Promise.all([
        call('GET', '/local/clock'),
        call('GET', '/local/mail'),
        id && call('GET', `/v1/assistants/${id}`),
        id && call('GET', `/v1/assistants/${id}/events?limit=200`),
      ])
      const newest = assistant && (await call('GET', `/v1/applications/${assistant.applications.at(-1)}`))
      seen.now = clock.now
      seen.messages = mail.messages
      seen.assistant = assistant || null
      seen.application = newest || null
      seen.trail = trail ? trail.items : []
    }

    const begin = async () => {
      await authorise()
      // A bank that was started anew does not know the case of the one before.
      await read().catch(() => {
        progress.assistantId = ''
        return read()
      })
    }

    return { texts, bank, zone, seen, steps, canDo, linksIn, linkFor, nextDeadline, turnClock, read, begin }
  })(),
})
