import { plural, sentence, singular, withArticle } from './words.ts'

const people = '(?<who>(?:the |all |our |each |every |an? )?(?:[\\p{L}-]+ )??[\\p{L}-]+s?)'
const takes = '(?<verb>borrow|book|rent|reserve|hire|buy|order|take|lease)'
const count = '(?<n>\\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)'
const trailing = new RegExp(
  `^(?<deed>${people} (?:(?:log|sign) (?:in|up) and )?(?:can |may )?${takes}s? (?:an? |the )?(?<thing>[\\p{L}-]+)(?<tail> [^,;]{3,60})?), (?:but )?(?:at most|no more than|not more than|up to|a maximum of|max\\.?|maximum) ${count}(?: of them| [\\p{L}-]+)?(?<per> (?:at once|at a time|at the same time|each|per (?:person|user|head|customer|member|[\\p{L}-]+)(?: (?:and|per) (?<other>(?!week|month|day|year)[\\p{L}-]+))?))$`,
  'iu',
)

/** "Students borrow books for two weeks, at most five at once": what they do, and how many of these. */
export const atMostOfThem = (text: string): string[] | undefined => {
  const found = trailing.exec(text)?.groups
  if (!found) return undefined
  const things = plural(singular(found.thing!.toLowerCase()))
  const per = found.per!.trim().toLowerCase()
  return [
    found.deed!,
    found.other
      ? `At most ${found.n} ${things} per person and ${found.other}`
      : /^(?:per|each)/.test(per) && /^(?:buy|order)$/i.test(found.verb!)
        ? `At most ${found.n} ${things} per person`
        : `Nobody may ${found.verb} more than ${found.n} ${things} at once`,
  ]
}

const one = new RegExp(
  `^${people} (?:can |may )?(?<verb>borrow|rent|reserve|lease|hire|book) (?:only |exactly |at most )?one (?<thing>[\\p{L}-]+)(?: each| at a time| at once)$`,
  'iu',
)

/** "Members rent one plot each". */
export const oneOfThem = (text: string): string[] | undefined => {
  const { who = '', verb = '', thing = '' } = one.exec(text)?.groups ?? {}
  if (!verb) return undefined
  return [`${who} can ${verb} ${plural(thing.toLowerCase())}`, `Nobody may ${verb} more than one ${thing} at once`]
}

const out =
  /^(?:an?|the) (?<thing>[\p{L}-]+) (?:cannot|can not|may not|must not) be (?<done>borrowed|lent|rented|booked|reserved|hired|taken|loaned)(?: out)? (?:if|when|while|once|as soon as) (?:all (?:its |the |of its )?(?<all>[\p{L}-]+) are (?:out|lent|lent out|taken|gone|borrowed|rented|booked|in use|on loan)|(?:there (?:is|are) )?no (?:free |available |more )?(?<none>[\p{L}-]+)(?: (?:is|are) (?:left|free|available|there))?)$/iu

/** "A book cannot be borrowed if all copies are out": no more often than there are copies. */
export const allAreOut = (text: string, all: string): string[] | undefined => {
  const { thing = '', done = '', all: every, none } = out.exec(text)?.groups ?? {}
  const parts = (every ?? none ?? '').toLowerCase()
  if (!parts || !new RegExp(`\\b${plural(singular(parts))}\\b`, 'i').test(all.replace(text, ''))) return undefined
  return [`${sentence(withArticle(thing))} can not be ${done} more often than there are ${plural(singular(parts))}`]
}

const never =
  /^(?:never|do not|we must not|we must never|nobody can|nobody may) (?:sell|book|take|accept|issue|hand out|give out) more (?<things>[\p{L}-]+) than (?:the |there (?:is|are) |we have )?(?<limit>[\p{L}-]+)$/iu

/** "Never sell more tickets than the capacity", where one thing has a capacity. */
export const neverMore = (text: string, all: string): string[] | undefined => {
  const { things = '', limit = '' } = never.exec(text)?.groups ?? {}
  if (!things) return undefined
  const has = new RegExp(
    `(?:^|[.;:] )(?:(?:an?|each|every|the) )?(?<thing>[\\p{L}-]+) (?:has|have|with)\\b[^.;]*\\b${limit}\\b`,
    'iu',
  )
  const thing = has.exec(all)?.groups?.thing
  return thing ? [`No more ${things} than the ${limit} of the ${singular(thing.toLowerCase())}`] : undefined
}

const shows = 'event|concert|show|screening|film|movie|match|game|festival|performance|play|tour|exhibition|race'
const buys = new RegExp(
  `^(?<lead>${people} (?:(?:log|sign) (?:in|up) and )?)(?:can |may )?(?:buy|book|order|purchase|reserve) (?:an? )?tickets?(?: (?:for|to) (?:an? |the |our )?(?<thing>${shows})s?)?(?<more> with .+)?$`,
  'iu',
)

/** "Fans buy tickets for concerts": a ticket is theirs, and of a concert. */
export const ticketsFor = (text: string, all: string): string[] | undefined => {
  const found = buys.exec(text)?.groups
  if (!found) return undefined
  const spoken = new RegExp(`\\b(${shows})(?:s|es)? (?:has|have)\\b|\\b(?:each|every|an?) (${shows}) has\\b`, 'i').exec(
    all,
  )
  const thing = found.thing ?? spoken?.[1] ?? spoken?.[2]
  if (!thing || !spoken) return undefined
  const login = /\b(?:(?:log|sign) (?:in|up))\b/i.exec(found.lead!)?.[0]
  return [
    ...(login ? [`${found.who} ${login}`] : []),
    `${found.who} can create tickets`,
    `A ticket belongs to ${withArticle(singular(thing.toLowerCase()))}`,
    ...(found.more ? [`A ticket has${found.more.replace(/^ with/, '')}`] : []),
    // Not the usual fields of tickets that somebody works on.
    ...(found.more || /\btickets? (?:has|have|with)\b/i.test(all) ? [] : ['A ticket has an optional note']),
  ]
}
