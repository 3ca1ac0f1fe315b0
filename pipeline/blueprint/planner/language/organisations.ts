import { baseVerb, linkNouns } from '../lexicon/verbs.ts'
import { addedBy, pluralPhrase, sentence, singular, singularPhrase, withArticle } from './words.ts'

const names =
  'schools|companies|clubs|families|firms|parishes|households|agencies|hospitals|shops|restaurants|farms|kindergartens|businesses|departments|universities|societies|choirs|bands|crews|troupes'
const books = new RegExp(
  `^(?:the |all )?(?<who>${names}) (?:can |may )?(?<verb>book|reserve|order|rent|borrow|hire)s? (?:(?:some |their )?(?:seats|places|tickets|tables|spots|spaces) (?:for|in|at|of|on) )?(?:an? |the )?(?<thing>[\\p{L}-]+)(?:,? with (?<fields>.+))?$`,
  'iu',
)

const makes = new RegExp(
  `^(?:the |all )?(?<who>${names}|parishes|municipalities|councils|communities|cities|towns|villages|teams|branches|offices|institutes|laboratories|labs|faculties|chapters|charities|associations|cooperatives|partners|brands|stores|hotels|clinics|practices|pharmacies|breweries|bakeries|studios|banks) (?:can |may |must )?(?<verb>request|order|place|submit|file|report|book|reserve|raise|lodge|post|propose|apply for|ask for|hand in|send in|enter)s? (?:an? |their |new |the )?(?<thing>(?!for\\b|with\\b|to\\b|in\\b|on\\b|it\\b|them\\b)[\\p{L}-]+(?: (?!with\\b|for\\b|from\\b|to\\b|in\\b|on\\b|at\\b|of\\b|per\\b|and\\b)[\\p{L}-]+)?)(?: with (?<fields>.+))?$`,
  'iu',
)
const handled =
  /(?:^|\. )(?:only )?(?:(?:the|our|an?) )?[\p{L}-]+(?: [\p{L}-]+)? (?:can |may |must |then )?(?:approve|reject|confirm|ship|deliver|pack|accept|decline|check|handle|answer|manage|see|decide|assign|process|publish|pay|review|grade|close)s? /iu

/**
 * "Shops place orders with a quantity", where somebody else ships them: shops sign in, and the orders are what they make. What
 * is described besides is not what they make, but what they make it of.
 */
export const organisationsMake = (text: string, all: string): string[] | undefined => {
  const { who = '', verb = '', thing = '', fields } = makes.exec(text)?.groups ?? {}
  const others = all.replace(text, '')
  const many = who.toLowerCase()
  const one = singular(many)
  if (!who || !handled.test(others) || !(fields || handsIn.test(verb))) return undefined
  if (new RegExp(`\\b(?:${many} (?:have|with|belong)|(?:an?|each|every) ${one} (?:has|belongs))\\b`, 'i').test(others))
    return undefined
  const noun = singularPhrase(thing)
  const described = new RegExp(`\\b(?:${pluralPhrase(thing)} have|${noun} has)\\b`, 'i').test(others)
  const link = linkNouns.get(baseVerb(verb.toLowerCase()))
  // What is ordered is told by the order, where orders are spoken of.
  const isLinked = link !== undefined && link !== noun && new RegExp(`\\b${link}s?\\b`, 'i').test(others)
  if (described && !isLinked) return undefined
  const made = isLinked ? link : noun
  const of = isLinked && described ? withArticle(noun) : undefined
  return addedBy(sentence(many), made, { of, has: fields })
}

const handsIn = /^(?:place|submit|file|report|raise|lodge|post|propose|hand in|send in)$/i

/**
 * "Schools reserve seats for a show with the number of children", where schools do something else besides: they sign in, and a
 * reservation is of the show. Elsewhere they may as well be what is stored.
 */
export const organisationsBook = (text: string, all: string): string[] | undefined => {
  const { who = '', verb = '', thing = '', fields } = books.exec(text)?.groups ?? {}
  const many = who.toLowerCase()
  const one = singular(many)
  const noun = linkNouns.get(baseVerb(verb.toLowerCase()))
  if (!noun) return undefined
  const others = all.replace(text, '')
  const acts = new RegExp(`\\b(?:${many}|${one}) (?:can|may|must|should|sees?|log|sign)\\b`, 'i').test(others)
  if (!acts || new RegExp(`\\b(?:${many} have|${one} has)\\b`, 'i').test(others)) return undefined
  return addedBy(sentence(many), noun, { of: withArticle(singular(thing.toLowerCase())), has: fields })
}
