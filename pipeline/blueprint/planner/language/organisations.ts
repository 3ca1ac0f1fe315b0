import { baseVerb, linkNouns } from '../lexicon/verbs.ts'
import { addedBy, sentence, singular, withArticle } from './words.ts'

const names =
  'schools|companies|clubs|families|firms|parishes|households|agencies|hospitals|shops|restaurants|farms|kindergartens|businesses|departments|universities|societies|choirs|bands|crews|troupes'
const books = new RegExp(
  `^(?:the |all )?(?<who>${names}) (?:can |may )?(?<verb>book|reserve|order|rent|borrow|hire)s? (?:(?:some |their )?(?:seats|places|tickets|tables|spots|spaces) (?:for|in|at|of|on) )?(?:an? |the )?(?<thing>[\\p{L}-]+)(?:,? with (?<fields>.+))?$`,
  'iu',
)

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
