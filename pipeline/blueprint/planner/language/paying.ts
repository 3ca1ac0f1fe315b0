import { isPersonNoun } from '../lexicon/people.ts'
import { plural, sentence, singular, singularPhrase, withArticle } from './words.ts'

const pays =
  /^(?<who>(?:the |all |our |each |every )?[\p{L}-]+) (?:(?:can|must|have to|has to|should|may|need to|will) )?(?:pays?|owes?) (?:an? |their |his or her |the |its )?(?<what>(?:(?:membership|school|annual|monthly|yearly|weekly|club|course|tuition|parking|union|church|congestion) )?(?:dues|fees?|rents?|contributions?|premiums?|fines?|tithes?|taxes|tax|tolls?|levies|levy|instal+ments?|bills?))(?: (?:every|each|per|an?|once a) (?:month|week|year|quarter|season|term|semester)| monthly| yearly| annually| weekly| quarterly)?(?: (?:with|of|that have) (?<fields>.+))?$/iu

const accounts =
  /\b(?:sign|log)(?:s|ged)?[ -]?(?:in|up)\b|\baccounts?\b|\blogins?\b|\busers?\b|\b(?:can|may|manages?|only)\b/i

/** "Members pay dues": each is somebody's, of an amount, and paid or not. Whoever owes it does not say so. */
export const paysDues = (text: string, all: string): string[] | undefined => {
  const found = pays.exec(text)?.groups
  if (!found) return undefined
  const who = singular(found.who!.toLowerCase().split(' ').at(-1)!)
  if (!isPersonNoun(who)) return undefined
  const last = found.what!.toLowerCase()
  const one = /dues$/.test(last) ? last.replace(/s$/, '') : singularPhrase(last)
  const many = plural(one)
  const others = all.replace(text, '')
  // Where it is described, its fields are told there.
  const described = new RegExp(`\\b(?:${many}|${one}) (?:has|have|with)\\b`, 'i').test(others)
  const amount = found.fields
    ? /\bamount|\bprice|\bsum\b/i.test(found.fields)
      ? found.fields
      : `${found.fields}, an amount`
    : 'an amount'
  return [
    ...(described ? [] : [`Each ${one} has ${amount.replace(/ and (?=[^,]+$)/, ', ')}, and whether it is paid`]),
    `${sentence(withArticle(one))} belongs to ${withArticle(who)}`,
    ...(accounts.test(others) && !/\bno (?:log-?in|accounts|sign-?in)\b/i.test(others)
      ? [`Admins can add, change and delete ${many}`, `${sentence(plural(who))} can only see their own ${many}`]
      : []),
  ]
}
