import * as fc from 'fast-check'

/** What people who mean harm, or copy from strange places, type into a field. */
const families: Readonly<Record<string, readonly string[]>> = {
  formulas: [
    "=cmd|'/C calc'!A0",
    '+1+1',
    '-2+3+cmd',
    '@SUM(1+1)*cmd',
    '\t=1+1',
    '\r=HYPERLINK("http://evil")',
    '=1+1;"',
  ],
  headers: [
    'x\r\nBcc: victim@evil.example',
    'x\nSubject: forged',
    'x\r\n\r\n<html>body</html>',
    '=?utf-8?B?QmNjOiB2aWN0aW1AZXZpbA==?=',
    'x%0d%0aSet-Cookie: a=b',
    'a@b.example, victim@evil.example',
    '"x" <victim@evil.example>',
  ],
  markup: [
    '<script>globalThis.pwned=1</script>',
    '<img src=x onerror="globalThis.pwned=1">',
    '<svg/onload=globalThis.pwned=1>',
    '"><iframe srcdoc="<script>parent.pwned=1</script>">',
    "' onfocus=globalThis.pwned=1 autofocus '",
    '</script><script>globalThis.pwned=1</script>',
    '</title><style>*{display:none}</style>',
    '<!--',
    ']]>',
    '&lt;b&gt;',
    '<math><mtext></form><form><mglyph><style></math><img src onerror=pwned=1>',
    'javascript:globalThis.pwned=1',
  ],
  templates: [
    '{assistant}',
    '{reason}{decidedBy}',
    '${process.env}',
    '{{7*7}}',
    '#{7*7}',
    '<%= 7*7 %>',
    '%s%n',
    '$&$1',
  ],
  directions: ['\u202egnp.exe', '\u2066x\u2069', 'a\u200fb', '\u061c', 'שלום', 'مرحبا', '\u2028x\u2029y'],
  invisible: [
    '\u200b',
    'a\u200bb',
    '\ufeff',
    '\u00ad',
    '\u0000',
    'a\u0000b',
    '\u0007',
    '\u001b[31m',
    '\u007f',
    '\u0085',
    '   ',
    '',
  ],
  surrogates: ['\ud800', 'a\udc00b', '\udfff\ud800', '\ufffe', '\u{10ffff}'],
  prototypes: [
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'null',
    'undefined',
    'NaN',
    'true',
    '-0',
    '1e999',
  ],
  paths: [
    '../../etc/passwd',
    '..\\..\\x',
    'file:///etc/passwd',
    '%2e%2e%2f',
    'C:\\con',
    '/',
    '.',
    '..',
    '#',
    '?a=b',
    'a/b',
    '%00',
  ],
  queries: ["' OR 1=1 --", '$ne', '{"$gt":""}', 'attribute_not_exists(pk)', ':pk', 'CASE#00000001', 'a#b', 'DUTY#x'],
  letters: ['e\u0301\u0301\u0301', 'Z̷̢̛a̵l̶g̸o̴', '👨‍👩‍👧‍👦', '🏳️‍🌈', '﷽', 'ﬀ', '𝕳𝖊𝖑𝖑𝖔', '中文，全角！', 'İıſ'],
}

const all = Object.values(families).flat()

/** Longer than any field may be, and longer than any body. */
const long = [101, 4001, 70_000, 1_000_000].map((length) => 'A'.repeat(length))

/** One hostile string; now and then an endless one. */
export const hostileString: fc.Arbitrary<string> = fc.oneof(
  { weight: 60, arbitrary: fc.constantFrom(...all) },
  { weight: 20, arbitrary: fc.tuple(fc.constantFrom(...all), fc.constantFrom(...all)).map((two) => two.join(' ')) },
  { weight: 15, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  {
    weight: 4,
    arbitrary: fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 })
      .map((units) => String.fromCharCode(...units)),
  },
  { weight: 1, arbitrary: fc.constantFrom(...long) },
)

/** Markup alone, for what a browser shows. */
export const hostileMarkup: readonly string[] = families['markup'] ?? []
