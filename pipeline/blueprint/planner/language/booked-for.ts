import { grantedRoles, isPersonNoun } from '../lexicon/people.ts'
import { linkNouns } from '../lexicon/verbs.ts'
import { plural, sentence, singular, singularPhrase, withArticle } from './words.ts'

const books =
  /^(?<who>(?:the |all |our )?(?<last>[\p{L}-]+s)) (?<can>can |may )?(?<verb>book|order|reserve|rent|hire|borrow)s? (?:an? |one |their )(?<thing>[\p{L}-]+(?: (?!for\b|from\b|at\b|on\b|with\b|to\b|in\b|of\b|and\b|or\b|each\b|per\b|once\b|at\b)[\p{L}-]+)?)(?<tail>(?: (?:for|from|at|on|with) .+)?)$/iu
const accounts =
  /\b(?:sign|log)(?:s|ged)?[ -]?(?:in|up)\b|\baccounts?\b|\busers?\b|\bonly\b|\btheir own\b|\bstaff (?:can |may )?[a-z]+\b|\badmins?\b/i
const acts =
  /\b([\p{L}-]+) (?:can |may |then )?(?:add|create|enter|confirm|approve|accept|reject|manage|assign|delete|edit|mark|close|see)s? /giu

const day = '(?:(?:date|day)(?: and (?:an? )?time)?|time|time slot|slot)'
const phrases: readonly (readonly [RegExp, (found: string[]) => string[]])[] = [
  [/^ (?:for|on) (?:an? |one )(date|day)(?= from an? time to an? time\b)/i, ([, unit]) => [`a ${unit}`]],
  [/^ from an? time (?:to|until|till) an? time\b/i, () => ['a start time', 'an end time']],
  [/^ from an? (?:date|day) (?:to|until|till) an? (?:date|day)\b/i, () => ['a start date', 'an end date']],
  [new RegExp(`^ (?:for|on|at) (?:an? |one )(${day})\\b`, 'i'), ([, unit]) => [`a ${unit}`]],
  [
    /^ (?:at|to|for) an? (address|place|location|room|house number)\b/i,
    ([, place]) => [`${/^a/i.test(place!) ? 'an' : 'a'} ${place}`],
  ],
  [/^ for (an? number of [\p{L}-]+)\b/iu, ([, number]) => [number!]],
  [/^ with (.+)$/i, ([, fields]) => [fields!]],
]

/**
 * "Customers order an interpreter for a date from a time to a time at an address", where people sign in: what each order has.
 * Undefined where a part says something else, and where nobody signs in.
 */
export const bookedFor = (text: string, all: string): string[] | undefined => {
  const said = books.exec(text)?.groups
  const who = said?.last?.toLowerCase()
  const noun = said ? linkNouns.get(said.verb!.toLowerCase()) : undefined
  if (!said || !who || !noun || !isPersonNoun(singular(who)) || isPersonNoun(said.thing!.toLowerCase()))
    return undefined
  const fields: string[] = []
  let phrasesRead = 0
  let tail = said.tail!
  while (tail !== '') {
    const next = phrases.map(([pattern, read]) => ({ found: pattern.exec(tail), read })).find(({ found }) => found)
    if (!next?.found) return undefined
    fields.push(...next.read([...next.found]))
    phrasesRead += 1
    tail = tail.slice(next.found[0].length)
  }
  const others = all.replace(text, '')
  const signIn = said.can !== undefined || accounts.test(others) || staffActs(others, who)
  if (!signIn || phrasesRead === 0) return undefined
  // From when until when is read as it stands.
  if (phrasesRead === 1 && /^ from/i.test(said.tail!))
    return said.can === undefined ? [text.replace(said.who!, `${said.who} can`)] : undefined
  return [
    `${said.who} can add ${plural(noun)}`,
    `${sentence(withArticle(noun))} belongs to ${withArticle(singularPhrase(said.thing!))}`,
    ...(fields.length > 0 ? [`${sentence(`each ${noun}`)} has ${fields.join(', ')}`] : []),
  ]
}

const staffActs = (others: string, who: string): boolean =>
  [...others.matchAll(acts)].some(([, one]) => {
    const name = singular(one!.toLowerCase())
    return one!.toLowerCase() !== who && (grantedRoles.has(name) || one!.toLowerCase() === 'staff')
  })
