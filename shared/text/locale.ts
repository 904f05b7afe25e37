import type { Locale } from '../domain/organisation.ts'

/** Texts in every language, by the same keys. */
export type Translated<Text> = Readonly<Record<Locale, Text>>

/**
 * The language to answer in, by the `Accept-Language` header: the one of ours that stands first, Chinese if none does.
 * Quality values are left aside: browsers send the header in order of preference.
 */
export const localeOf = (acceptLanguage: string | undefined): Locale => {
  const first = (acceptLanguage ?? '')
    .toLowerCase()
    .split(',')
    .map((language) => language.trim())
    .find((language) => language.startsWith('zh') || language.startsWith('en'))
  return first?.startsWith('en') === true ? 'en' : 'zh-CN'
}

const colon: Translated<string> = { 'zh-CN': '：', en: ': ' }
const comma: Translated<string> = { 'zh-CN': '、', en: ', ' }

/** A label and what it is of, by the punctuation of the language. */
export const labelled = (label: string, value: string, locale: Locale): string => label + colon[locale] + value

/** The members of a list, by the punctuation of the language. */
export const listed = (members: readonly string[], locale: Locale): string => members.join(comma[locale])

/** Puts facts into a sentence: `{name}` becomes the fact of that name. */
export const fill = (sentence: string, facts: Readonly<Record<string, string>>): string =>
  sentence.replaceAll(/\{(\w+)\}/g, (whole, name: string) => facts[name] ?? whole)
