// @ts-check
/**
 * What the pages behind the links of mails share. Whatever comes from the system is put in as text. The secret of the
 * fragment goes into the bodies of calls and nowhere else: into no address, no storage, no log.
 */
Object.assign(globalThis, {
  thePage: (() => {
    /** @type {(id: string) => any} */
    const byId = (id) => document.getElementById(id)
    const texts = JSON.parse(byId('texts').textContent)
    const timeZone = document.body.dataset['zone']
    const path = location.pathname

    // `#<key>`, or `#<key>&<fields>` where a mail or the other language's page has filled in what it knows.
    const [key = '', ...rest] = location.hash.slice(1).split('&')
    const filledIn = new URLSearchParams(rest.join('&'))

    /** @type {(sentence: string, facts: Record<string, string>) => string} */
    const fill = (sentence, facts) => sentence.replaceAll(/\{(\w+)\}/g, (whole, name) => facts[name] ?? whole)

    /** Says how things stand, where a screen reader hears it. @type {(text: string, isTrouble?: boolean) => void} */
    const say = (text, isTrouble = false) => {
      byId('status').textContent = text
      byId('status').classList.toggle('trouble', isTrouble)
    }

    const hideWhatSends = () => {
      for (const part of /** @type {any} */ (document.querySelectorAll('form, .sends'))) part.hidden = true
    }

    /** Leaves the page with nothing to send: for trouble, or because it is settled. @type {(text: string, isTrouble?: boolean) => void} */
    const end = (text, isTrouble = true) => {
      hideWhatSends()
      say(text, isTrouble)
      byId('status').focus()
    }

    /** @param {string} listId @param {readonly (readonly [string, string | null | undefined])[]} facts */
    const list = (listId, facts) => {
      const rows = facts.flatMap(([label, value]) => {
        if (!value) return []
        const row = document.createElement('div')
        const [term, description] = [document.createElement('dt'), document.createElement('dd')]
        term.textContent = label
        description.textContent = value
        row.append(term, description)
        return [row]
      })
      byId(listId).replaceChildren(...rows)
    }

    /** A day as people write it. @param {string} day */
    const onDay = (day) => new Date(day).toLocaleDateString(texts.dates, { dateStyle: 'full', timeZone: 'UTC' })

    /** @type {(instant: string, options: Intl.DateTimeFormatOptions) => string} */
    const inBank = (instant, options) => new Date(instant).toLocaleString(texts.dates, { timeZone, ...options })

    /** A time by the bank's clocks, with their zone: the browser may stand in another. @param {string} instant */
    const at = (instant) =>
      fill(texts.moment, {
        day: inBank(instant, { dateStyle: 'long' }),
        time: inBank(instant, { timeStyle: 'short' }),
        zone: inBank(instant, { year: 'numeric', timeZoneName: 'short' }).split(' ').at(-1) ?? '',
      })

    /** Someone by name and number; by the number alone where that stands for the name. @type {(employeeNo: string, name?: string | null) => string} */
    const person = (employeeNo, name) =>
      name && name !== employeeNo ? fill(texts.person, { name, employeeNo }) : employeeNo

    /** Thrown where the gateway held a call back because there were too many: nothing came of it. */
    const tooManyCalls = new Error('too-many-calls')
    /** What to say of a call that threw. @type {(error: unknown, otherwise: string) => string} */
    const sayingOf = (error, otherwise) => (error === tooManyCalls ? texts.tooManyCalls : otherwise)

    /** @type {(url: string, body: object) => Promise<{ status: number, answer: any }>} */
    const post = async (url, body) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'accept-language': texts.locale },
        body: JSON.stringify(body),
      })
      const answer = await response.json()
      // By 429, or by 403 where it was the firewall; what it says is in all languages at once.
      if (answer.code === 'too-many-calls') throw tooManyCalls
      return { status: response.status, answer }
    }

    /** What is wrong with a field, below its label; nothing takes it away. @type {(id: string, text?: string) => void} */
    const mark = (id, text = '') => {
      const place = byId(`${id}-wrong`)
      place.textContent = text
      place.hidden = text === ''
      const control = byId(id)
      if (!control) return
      for (const [attribute, value] of [
        ['aria-invalid', 'true'],
        ['aria-describedby', place.id],
      ]) {
        if (text === '') control.removeAttribute(attribute)
        else control.setAttribute(attribute, value)
      }
    }

    /** The first control of a field, be it a group. @param {string} id */
    const controlOf = (id) => byId(id) ?? byId(`${id}-wrong`).parentElement.querySelector('input')

    /** Lists what is wrong and takes the focus there. @param {readonly { field: string, text: string }[]} mistakes */
    const showMistakes = (mistakes) => {
      const summary = byId('mistakes')
      for (const place of document.querySelectorAll('.wrong:not(#code-wrong)')) mark(place.id.replace('-wrong', ''))
      summary.hidden = mistakes.length === 0
      if (mistakes.length === 0) return
      const items = mistakes.map(({ field, text }) => {
        const item = document.createElement('li')
        if (!byId(`${field}-wrong`)) {
          item.textContent = text
          return item
        }
        mark(field, text)
        // Not a link: that would put another fragment in the place of the secret.
        const button = document.createElement('button')
        Object.assign(button, { type: 'button', className: 'link', textContent: text })
        button.addEventListener('click', () => controlOf(field).focus())
        item.append(button)
        return item
      })
      summary.querySelector('ul').replaceChildren(...items)
      summary.focus()
    }

    /** The mistakes that an answer tells of, by the last part of what each points to. @param {any} answer */
    const mistakesIn = (answer) =>
      answer.errors?.length
        ? answer.errors.map(({ pointer, detail }) => ({ field: pointer.split('/').at(-1), text: detail }))
        : [{ field: '', text: answer.detail }]

    let busy = false
    /** One thing at a time; the button keeps the focus. @param {() => Promise<void>} work */
    const send = async (work) => {
      if (busy) return
      busy = true
      document.body.setAttribute('aria-busy', 'true')
      say(texts.sending)
      try {
        await work()
      } catch (error) {
        say(sayingOf(error, texts.unanswered), true)
      }
      if (byId('status').textContent === texts.sending) say('')
      document.body.removeAttribute('aria-busy')
      busy = false
    }

    /** Reads what the link leads to, which changes nothing. @type {(url: string, body: object, show: (answer: any) => void) => Promise<void>} */
    const read = async (url, body, show) => {
      if (key === '') return end(texts.noSecret)
      try {
        const { status, answer } = await post(url, body)
        if (status !== 200) return end(answer.detail, status !== 409)
        say('')
        byId('content').hidden = false
        show(answer)
      } catch (error) {
        end(sayingOf(error, texts.unreachable))
      }
    }

    /** The receipt, in the place of the form. @type {(facts: readonly (readonly [string, string | null | undefined])[]) => void} */
    const showReceipt = (facts) => {
      hideWhatSends()
      if (byId('receipt-facts')) list('receipt-facts', facts)
      byId('receipt').hidden = false
      byId('receipt-heading').focus()
    }

    /** The fields that the page in the other language takes over. @type {() => Record<string, string>} */
    let fields = () => ({})
    /** @param {() => Record<string, string>} take */
    const keep = (take) => {
      fields = take
    }
    byId('language').addEventListener('click', () => {
      const kept = new URLSearchParams(Object.entries(fields()).filter(([, value]) => value !== '')).toString()
      location.replace(`${path}?lang=${texts.otherLocale}#${key}${kept && `&${kept}`}`)
    })

    return {
      byId,
      texts,
      path,
      key,
      filledIn,
      fill,
      say,
      end,
      list,
      onDay,
      at,
      person,
      post,
      read,
      send,
      keep,
      showMistakes,
      mistakesIn,
      showReceipt,
    }
  })(),
})
