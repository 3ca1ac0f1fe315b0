import { pluralPhrase, sentence, singularPhrase, withArticle } from '../words.ts'
import { crowd, found, isPeople, type Turn } from './words.ts'

const people = '(?:(?:the|all|each|every|our) )?(?<who>[\\p{L}-]+s)'
const asks = '(?:book|reserve|request|order|arrange|schedule)'
const has = new RegExp(`^${people} have (?<what>[\\p{L}-]+(?: [\\p{L}-]+)?s) with (?<fields>an? .+)$`, 'iu')
const books = new RegExp(
  `^${people} (?:can |may )?(?:${asks}) (?:an? )?(?<row>[\\p{L}-]+?)s? for (?:(?:one|some|any) of )?(?:their|an?) (?<what>[\\p{L}-]+(?: (?!from\\b|with\\b)[\\p{L}-]+)?)(?: from an? (?<from>date|day|time) to an? (?:date|day|time)| with (?<fields>an? .+))?$`,
  'iu',
)
const withoutArticle = (words: string): string => words.replace(/^(?:the|all|each|every|our) /i, '')

/** Whether what they book for what they have is told: "members book stays for their dogs". */
const bookFor = (who: string, what: string, all: string): boolean =>
  new RegExp(
    `\\b${who} (?:can |may )?${asks} (?:an? )?[\\p{L}-]+ for (?:(?:one|some|any) of )?(?:their|an?) (?:${singularPhrase(what)}|${pluralPhrase(what)})\\b`,
    'iu',
  ).test(all)

/** "Members have dogs with a name", who book stays for them: the dogs are theirs, and they sign in. */
export const haveTheirs: Turn = (text, { all }) => {
  const { who = '', what = '', fields = '' } = found(has, text) ?? {}
  if (!who || !isPeople(who) || isPeople(what) || !bookFor(who, what, all)) return undefined
  return [
    `${crowd(who)} can add, see, change and delete their own ${what}`,
    `${sentence(`each ${singularPhrase(what)}`)} has ${fields}`,
  ]
}

/** "Members book stays for their dogs from a date to a date". */
export const bookForTheirs: Turn = (text, { all }) => {
  const { who = '', row = '', what = '', from, fields } = found(books, text) ?? {}
  if (!who || !isPeople(who) || isPeople(what)) return undefined
  const theirs = new RegExp(`\\b${withoutArticle(who)} have (?:${pluralPhrase(what)}) with\\b`, 'iu').test(all)
  if (!theirs) return undefined
  const thing = singularPhrase(row)
  const end = from === 'time' ? 'a start and an end' : 'a start date and an end date'
  const more = [...(from ? [end] : []), ...(fields ? [fields] : [])]
  return [
    `${crowd(who)} can add, see, change and delete their own ${pluralPhrase(thing)}`,
    `${sentence(`each ${thing}`)} has ${[withArticle(singularPhrase(what)), ...more].join(', ')}`,
  ]
}
