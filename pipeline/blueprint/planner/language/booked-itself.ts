import { addedBy, plural, signingIn, singular, withArticle } from './words.ts'

/** What is booked and is a booking itself, in the singular. */
export const bookedItselfNouns =
  'appointment|lesson|stay|session|visit|consultation|viewing|treatment|meeting|interview'
const span = (unit: string): string =>
  `(?: from an? (?<${unit}>day|date|time) (?:to|until|till) (?:an?|another|the next) (?:other )?(?:day|date|time))?`
const books = new RegExp(
  `^(?<who>(?:the |all |our )?(?:[\\p{L}-]+ )?(?:[\\p{L}-]+s|people)) (?<in>(?:log|sign) (?:in|up) and |register and )?(?:can |may )?(?:book|reserve|schedule|arrange) (?:an? |their |new )?(?<noun>${bookedItselfNouns})s?${span('unit')}(?: for (?:an?|their|one of their|his or her) (?<whose>[\\p{L}-]+))?${span('unit2')}(?:,? with (?<has>.+))?$`,
  'iu',
)
const timed = /\b(?:start|end|date|day|time|from|begin|check-?in|arrival|duration)\b/i
const someone = /^(?:an? |the |their |one of the |our )?(?<person>[\p{L}-]+)$/iu

/**
 * "Students book lessons with an instructor, a start and an end": what is booked is the lesson itself, which they make; where
 * lessons are offered with places, a booking is of one.
 */
export const bookedByThemselves = (text: string, all: string): string[] | undefined => {
  const { who = '', in: login, noun = '', whose, has: more, unit: early, unit2: late } = books.exec(text)?.groups ?? {}
  const unit = early ?? late
  const times = unit && (unit.toLowerCase() === 'time' ? 'a start, an end' : 'a start date, an end date')
  const has = [times, more].filter(Boolean).join(', ') || undefined
  if (!noun || (!has && !whose)) return undefined
  const one = noun.toLowerCase()
  const others = all.replace(text, '')
  const offered = new RegExp(
    `\\b(?:offer|create|add|plan|publish|schedule|give|run)s? (?:the |new |their )?(?:${one}|${plural(one)})\\b|\\b(?:${plural(one)} (?:have|with)|(?:an?|each|every) ${one} has)\\b[^.]*\\b(?:seats|places|capacity|participants|spots)\\b|\\b(?:bookings?|reservations?)\\b`,
    'i',
  )
  if (offered.test(others)) return undefined
  const person = has ? someone.exec(has)?.groups?.person : undefined
  if (has && !person && !timed.test(has)) return undefined
  const fields = person ? withArticle(singular(person.toLowerCase())) : has
  return [
    ...signingIn(who, login),
    ...addedBy(who, one, { of: whose && withArticle(singular(whose.toLowerCase())), has: fields }),
  ]
}

const described =
  /^(?<who>(?:the |all )?[\p{L}-]+s) (?<in>(?:log|sign) (?:in|up) and )?(?:can |may )?(?:book|reserve) (?:an? |their |new )?(?<what>appointment|reservation)s?(?: with (?<with>(?:an?|one|the) [\p{L}-]+))?$/iu

/** "Customers book appointments with a stylist", where appointments are described: they are what is booked, not a booking of one. */
export const bookedItself = (text: string, all: string): string[] | undefined => {
  const found = described.exec(text)?.groups
  if (!found || !/\b(?:sign|log)s? ?-?(?:in|up)\b|\baccounts?\b/i.test(all)) return undefined
  const what = found.what!.toLowerCase()
  if (!new RegExp(`\\b(?:an?|each|every) ${what} (?:has|is (?:for|of|with|at))\\b|\\b${what}s have\\b`, 'i').test(all))
    return undefined
  return [...signingIn(found.who!, found.in), ...addedBy(found.who!, what, { has: found.with })]
}
