import { type Difference, dkimSignature, type Facts, rawMail, received, replyTo, text } from './raw-mails.ts'
import type { CorpusMail, Reply } from './reply-corpus.ts'

const answer: Reply['answer'] = { type: 'decision', decision: 'approve', reason: null }

/** Says 同意, and must not count. */
const forged = (
  name: string,
  expected: Partial<Reply> | ((facts: Facts) => Partial<Reply>),
  difference: Difference | ((facts: Facts) => Difference),
): CorpusMail => ({
  name,
  kind: 'polite',
  mail: (facts) => {
    const differs = typeof difference === 'function' ? difference(facts) : difference
    return received(facts, rawMail(facts, text('同意'), differs), differs.envelope)
  },
  expected: (facts) => ({ answer, ...(typeof expected === 'function' ? expected(facts) : expected) }),
})

const elsewhere = 'mallory@elsewhere.test'
const graySigned = { spf: 'PASS', dkim: 'PASS', dmarc: 'GRAY' } as const

const bySender: readonly CorpusMail[] = [
  forged(
    'forged, DMARC failed',
    { isAuthentic: false },
    { envelope: { verdicts: { spf: 'PASS', dkim: 'PASS', dmarc: 'FAIL' } } },
  ),
  forged(
    'forged, only SPF passed',
    { isAuthentic: false },
    { envelope: { returnPath: elsewhere, verdicts: { spf: 'PASS', dkim: 'GRAY', dmarc: 'GRAY' } } },
  ),
  forged(
    'forged, signed by another domain',
    { isAuthentic: false },
    { headers: { 'DKIM-Signature': dkimSignature('elsewhere.test')[1] }, envelope: { verdicts: graySigned } },
  ),
  forged(
    'forged, signed by another domain besides',
    { isAuthentic: false },
    { moreHeaders: [dkimSignature('elsewhere.test')], envelope: { verdicts: graySigned } },
  ),
  forged('forged, signed by the top level', { isAuthentic: false }, ({ sender }) => ({
    headers: { 'DKIM-Signature': dkimSignature(sender.slice(sender.lastIndexOf('.') + 1))[1] },
    envelope: { verdicts: graySigned },
  })),
  forged('forged, signed by a domain that ends alike', { isAuthentic: false }, ({ sender }) => ({
    headers: { 'DKIM-Signature': dkimSignature(sender.slice(sender.indexOf('@') + 2))[1] },
    envelope: { verdicts: graySigned },
  })),
  forged('a signature of two domains', { isAuthentic: false }, ({ sender }) => ({
    headers: { 'DKIM-Signature': `v=1; d=${sender.slice(sender.indexOf('@') + 1)}; d=elsewhere.test; b=QQ` },
    envelope: { verdicts: graySigned },
  })),
  forged(
    'no signature, though it is said to have passed',
    { isAuthentic: false },
    { headers: { 'DKIM-Signature': null }, envelope: { verdicts: graySigned } },
  ),
  forged(
    'the signature failed',
    { isAuthentic: false },
    { envelope: { verdicts: { spf: 'PASS', dkim: 'FAIL', dmarc: 'GRAY' } } },
  ),
  forged('somebody else', { from: elsewhere }, { headers: { From: `Mallory <${elsewhere}>` } }),
  forged('somebody else under the name of the approver', { from: elsewhere }, ({ sender }) => ({
    headers: { From: `"${sender}" <${elsewhere}>` },
  })),
  forged('an unquoted address for a name', { from: null, isAuthentic: false }, ({ sender }) => ({
    headers: { From: `${sender} <${elsewhere}>` },
  })),
  forged('several authors', { from: null, isAuthentic: false }, ({ sender }) => ({
    headers: { From: `${sender}, ${elsewhere}` },
  })),
  forged('two From headers', { from: null, isAuthentic: false }, ({ sender }) => ({
    moreHeaders: [['From', elsewhere]],
    headers: { From: sender },
  })),
  forged('a group of authors', { from: null, isAuthentic: false }, ({ sender }) => ({
    headers: { From: `Approvers: ${sender};` },
  })),
  forged('no author', { from: null, isAuthentic: false }, { headers: { From: null } }),
  forged('a quoted local part', { from: null, isAuthentic: false }, ({ sender }) => ({
    headers: { From: `"${sender} x"@elsewhere.test` },
  })),
  forged('a comment with an address', { from: null, isAuthentic: false }, ({ sender }) => ({
    headers: { From: `<${elsewhere}> (${sender})` },
  })),
  forged('the author only as Sender and Reply-To', { from: elsewhere }, ({ sender }) => ({
    headers: { From: elsewhere, Sender: sender, 'Reply-To': sender },
  })),
]

const withOtherSecret = (facts: Facts): Facts => ({
  ...facts,
  secret: `${facts.secret.slice(0, -2)}${facts.secret.endsWith('AA') ? 'BB' : 'AA'}`,
})

const to = (
  name: string,
  recipients: (facts: Facts) => readonly string[],
  approval?: (facts: Facts) => Reply['approval'],
) =>
  forged(
    name,
    (facts) => ({ approval: approval?.(facts) ?? null }),
    (facts) => ({ envelope: { recipients: recipients(facts) } }),
  )

const byRecipient: readonly CorpusMail[] = [
  to('to nobody', () => []),
  to('to the bank', ({ inboundDomain }) => [`zhuli@${inboundDomain}`]),
  to('only the header names the request', () => ['wang@bank.test']),
  to(
    'a wrong secret',
    (facts) => [replyTo(withOtherSecret(facts))],
    (facts) => ({ approvalId: facts.approvalId, secret: withOtherSecret(facts).secret }),
  ),
  to('a secret cut short', (facts) => [replyTo({ ...facts, secret: facts.secret.slice(1) })]),
  to('a secret with something behind', (facts) => [replyTo({ ...facts, secret: `${facts.secret}x` })]),
  to('no secret', ({ approvalId, inboundDomain }) => [`approval+${approvalId}@${inboundDomain}`]),
  to('an id that none can be', (facts) => [replyTo(facts).replace(facts.approvalId, 'ilouilou001')]),
  to('two requests', (facts) => [replyTo(facts), replyTo(withOtherSecret(facts))]),
  to('another domain', (facts) => [replyTo({ ...facts, inboundDomain: `${facts.inboundDomain}.elsewhere.test` })]),
  to('a domain that ends alike', (facts) => [replyTo({ ...facts, inboundDomain: `x${facts.inboundDomain}` })]),
  to('a line break in the address', (facts) => [replyTo(facts).replace('@', '\r\n@')]),
]

/** Written by the approver and signed by their domain, to somebody who has sent it on to the request. */
const sentOn = (name: string, headers: (facts: Facts) => NonNullable<Difference['headers']>) =>
  forged(name, { isToApproval: false }, (facts) => ({ headers: headers(facts) }))

const written: readonly CorpusMail[] = [
  sentOn('written to somebody else', () => ({ To: `Mallory <${elsewhere}>` })),
  sentOn('written to somebody else, with a copy to the bank', ({ inboundDomain }) => ({
    To: elsewhere,
    Cc: `zhuli@${inboundDomain}`,
  })),
  sentOn('written to nobody', () => ({ To: null })),
  sentOn('written about another request', (facts) => ({ To: replyTo(withOtherSecret(facts)) })),
  sentOn('the address in the subject alone', (facts) => ({ To: elsewhere, Subject: replyTo(facts) })),
]

export const forgedMails: readonly CorpusMail[] = [...bySender, ...byRecipient, ...written]
