import { isPersonNoun } from '../lexicon/people.ts'
import { plural, sentence, singular, singularPhrase, withArticle } from './words.ts'

const pays =
  /^(?<who>(?:the |all |our |each |every )?[\p{L}-]+) (?:(?:can|must|have to|has to|should|may|need to|will) )?(?:pays?|owes?) (?:an? |their |his or her |the |its )?(?<what>(?:(?:membership|school|annual|monthly|yearly|weekly|club|course|tuition|parking|union|church|congestion) )?(?:dues|fees?|rents?|contributions?|premiums?|fines?|tithes?|taxes|tax|tolls?|levies|levy|instal+ments?|bills?))(?: (?:every|each|per|an?|once a) (?:month|week|year|quarter|season|term|semester)| monthly| yearly| annually| weekly| quarterly)?(?: (?:with|that have|of(?! (?:€|\$|£|[\d.,]+ ?(?:€|\$|£|euros?|eur|dollars?|usd|pounds?|gbp|francs?|chf)\b))) (?<fields>.+))?$/iu
/** "Of 10 euros per month": how much it is, and how often. */
const sum =
  /(?: of| worth|,)? (?:€|\$|£)? ?(?<amount>\d+(?:\.\d+)?) ?(?:€|\$|£|euros?|eur|dollars?|usd|pounds?|gbp|francs?|chf)?(?: (?:per|an?|each|every|once a) (?<unit>week|month|year)| (?<often>weekly|monthly|yearly|annually))?(?= |$)/iu
const every: Readonly<Record<string, string>> = {
  week: 'every week',
  month: 'on the first of each month',
  year: 'every year',
}
/** "10 euros a month" that are paid are a fee. */
const bare =
  /^((?:the |all |our |each |every )?[\p{L}-]+ (?:(?:must|have to|has to|should|will) )?pays?) ((?:€|\$|£)? ?\d+(?:\.\d+)? ?(?:€|\$|£|euros?|eur|dollars?|usd|pounds?|gbp|francs?|chf)? (?:per|an?|each|every) (?:week|month|year))$/iu

const accounts =
  /\b(?:sign|log)(?:s|ged)?[ -]?(?:in|up)\b|\baccounts?\b|\blogins?\b|\busers?\b|\b(?:can|may|manages?|only)\b/i

/** "Members pay dues": each is somebody's, of an amount, and paid or not. Whoever owes it does not say so. */
export const paysDues = (text: string, all: string): string[] | undefined => {
  const whole = text.replace(bare, '$1 fees of $2')
  const much = sum.exec(whole)
  const found = pays.exec(
    much ? `${whole.slice(0, much.index)}${whole.slice(much.index + much[0].length)}` : whole,
  )?.groups
  if (!found) return undefined
  const who = singular(found.who!.toLowerCase().split(' ').at(-1)!)
  if (!isPersonNoun(who)) return undefined
  const last = found.what!.toLowerCase()
  const adjective = /^(monthly|weekly|yearly|annual) /.exec(last)?.[1]
  const unit =
    much?.groups?.unit ??
    much?.groups?.often ??
    adjective ??
    / (?:every|each|per|an?|once a) (week|month|year)\b/i.exec(text)?.[1]
  const often =
    every[
      (unit ?? '')
        .toLowerCase()
        .replace(/^annual(?:ly)?$/, 'year')
        .replace(/ly$/, '')
    ]
  const one = /dues$/.test(last) ? last.replace(/s$/, '') : singularPhrase(last)
  const many = plural(one)
  const others = all.replace(text, '')
  // Where it is described, its fields are told there.
  const described = new RegExp(`\\b(?:${many}|${one}) (?:has|have|with)\\b`, 'i').test(others)
  const amount = found.fields
    ? /\bamount|\bprice|\bsum\b/i.test(found.fields)
      ? found.fields
      : `${found.fields}, an amount`
    : much && !often
      ? `an amount (default ${much.groups!.amount})`
      : 'an amount'
  return [
    ...(described ? [] : [`Each ${one} has ${amount.replace(/ and (?=[^,]+$)/, ', ')}, and whether it is paid`]),
    `${sentence(withArticle(one))} belongs to ${withArticle(who)}`,
    ...(much && often
      ? [`${sentence(often)} create ${withArticle(one)} of ${much.groups!.amount} euros for each ${who}`]
      : []),
    ...(accounts.test(others) && !/\bno (?:log-?in|accounts|sign-?in)\b/i.test(others)
      ? [`Admins can add, change and delete ${many}`, `${sentence(plural(who))} can only see their own ${many}`]
      : []),
  ]
}
