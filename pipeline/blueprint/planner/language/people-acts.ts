import { isPersonNoun, signUpRoles } from '../lexicon/people.ts'
import { baseVerb, linkNouns, operationsOf } from '../lexicon/verbs.ts'
import type { Statement } from './statements.ts'
import { singular } from './words.ts'

/** Who is told, and who alone may, has an account. */
const people =
  /\b(?:is|are|gets?|be) (?:then |also |automatically )?(?:told|notified|informed|alerted)\b|\b(?:gets?|receives?) an? (?:notification|message|alert)\b|\bonly (?:the |an? )?[\p{L}]+(?: [\p{L}]+)? (?:can|may|is allowed to|are allowed to)\b|\bhears? (?:about it|of it|back) (?:when|once|if)\b|\b(?:can|may) (?:only )?[\p{L}]+ (?:only )?their own\b/iu
const signing =
  /\b(?:sign|log)(?:s|ged)?[ -]?(?:in|up)\b|\baccounts?\b|\bregister (?:themselves|with|first|and)\b|\blogins?\b|\bpasswords?\b|\busers? can\b/i
/** Who looks after all of something has an account, so that those who use it have one too. */
const managing =
  /(?:^|\. )(?:the |our |all )?([\p{L}-]+s|(?:[\p{L}-]+-)?staff|hr|qa|pr|qc) (?:can |may )?(?:manage|administer|look after|take care of|maintain) (?!their|our)/giu
const acting = /^(only )?((?:all |the |our )?(?:[\p{L}-]+ )?[\p{L}-]+s|people) (sign up for|[\p{L}-]+) (.+)$/iu
const noVerb =
  /^(?:do|does|did|can|may|must|should|will|have|has|are|is|were|who|that|which|and|or|with|of|in|on|at|for|to|need|needs|belong|get|see)$/i

/**
 * Returns the statements with what people do as what they may do, in a system with accounts: "volunteers sign up for
 * shifts" gives them a right, where nothing is stored of volunteers themselves.
 */
export const withRights = (statements: readonly Statement[]): Statement[] => {
  const texts = statements.map(({ text }) => text)
  const all = texts.join('. ')
  if (texts.includes('No login')) return [...statements]
  const signed = signing.test(all)
  const staff = [...all.matchAll(managing)].some(
    ([, who = '']) => /staff$|^(?:hr|qa|pr|qc)$/i.test(who) || isPersonNoun(singular(who.toLowerCase())),
  )
  if (!signed && !staff && !people.test(all)) return [...statements]
  const acts = statements
    .map((one) => (one.items ? one : { ...one, text: asRight(one.text, all) }))
    .flatMap((one) => asRecord(one, all))
  const changed = acts.some(({ text }) => !texts.includes(text))
  return signed || !changed ? acts : [...acts, { text: 'Users sign up and log in' }]
}

const cancelling =
  /^((?:the |all |an? )?[\p{L}-]+ (?:can|may)) (cancel|withdraw|change|edit|update|delete) (?:an?|the) (?=booking|reservation|registration|order|application|request|ticket|enrol+ment|signup|rental|loan|absence|appointment)/iu

const asRight = (said: string, all: string): string => {
  // Who signs up and makes them cancels their own, unless somebody else's are meant.
  const text = said.replace(cancelling, (found, who: string, verb: string) =>
    signUpRoles.has(singular(who.toLowerCase().split(' ').at(-2)!)) ? `${who} ${verb} their own ` : found,
  )
  const found = acting.exec(text)
  if (!found || text.length > 300) return text
  const [, only = '', who = '', verb = '', rest = ''] = found
  const words = who.toLowerCase().split(' ')
  const last = words.at(-1)!
  const person = singular(last)
  const plain = verb.toLowerCase()
  const base = plain === 'sign up for' ? 'sign up' : baseVerb(plain)
  if (!isPersonNoun(person) || noVerb.test(verb) || (/[^s]s$/.test(plain) && base !== plain)) return text
  if (/^(?:what|only|whatever|in|up|out|off)\b/i.test(rest) && base !== 'enrol' && base !== 'enroll') return text
  if (base === 'register' && /^(?:and|with|themselves|,)/i.test(rest)) return text
  if (![base, plain].some((one) => operationsOf.has(one) || linkNouns.has(one))) return text
  const described = new RegExp(
    `\\b(?:an?|each|every|the) ${person} (?:has|have|belongs?|consists?)\\b|\\b${last} (?:have|belong|with|\\(|:)`,
    'iu',
  )
  if (described.test(all)) return text
  // "drone pilots" are the pilots of the other sentences.
  const short =
    words.length > 1 && new RegExp(`(?:^|\\. |\\b(?:the|an?|only|each|every|all) )${person}s?\\b`, 'iu').test(all)
  const name = short ? last.charAt(0).toUpperCase() + last.slice(1) : who
  // Without its “only” a restriction would be a right like any other.
  return `${only}${name} can ${base === 'sign up' ? 'register for' : verb} ${rest}`
}

/** "Readers can request a box" where a request is spoken of: what is made is the request. */
const asRecord = (one: Statement, all: string): Statement[] => {
  const off =
    /^((?:the |all )?[\p{L}-]+s can) (?:request|ask for|apply for) (?:leave|time off|days off|vacations?|holidays?)$/iu.exec(
      one.text,
    )
  if (off && !one.items) return [{ text: `${off[1]} add leave requests` }]
  const found =
    /^((?:the |all )?[\p{L}-]+s can) (request|report|claim|offer|nominate) (?:an? |the |one )?([\p{L}-]+)$/iu.exec(
      one.text,
    )
  if (one.items || !found) return [one]
  const [, who = '', verb = ''] = found
  const thing = singular(found[3]!.toLowerCase())
  const noun = verb === 'nominate' ? 'nomination' : verb.toLowerCase()
  const spoken = new RegExp(
    `\\b(?:an?|the|their|each|every|open|new|which|own|approves?|rejects?|declines?|handles?|decides? on|confirms?|all) ${noun}s?\\b`,
    'i',
  ).test(all)
  const described = new RegExp(
    `\\b(?:an?|each|every) ${thing} (?:has|have|belongs?)\\b|\\b${thing}(?:s|es) (?:have|with)\\b`,
    'i',
  ).test(all)
  return spoken && described ? [{ text: `A ${noun} has a ${thing}` }, { text: `${who} add ${noun}s` }] : [one]
}
