import { isPersonNoun, signUpRoles } from '../lexicon/people.ts'
import { knownThings } from '../lexicon/things.ts'
import { linkNouns } from '../lexicon/verbs.ts'
import { noAccounts } from '../read/account-words.ts'
import { bookedItselfNouns } from './booked-itself.ts'
import { isSpoken } from './turns/words.ts'
import { plural, pluralPhrase, sentence, singular } from './words.ts'

const deeds: Readonly<Record<string, string>> = {
  booked: 'book',
  reserved: 'reserve',
  rented: 'rent',
  hired: 'hire',
  borrowed: 'borrow',
}
const passive = new RegExp(
  `^(?:(?:all|the|every|each|an?) )?(?<things>[\\p{L}-]+(?: (?!can\\b|may\\b)[\\p{L}-]+)?) (?:can|may) be (?<deed>${Object.keys(deeds).join('|')})(?: online)?(?: by (?:the |all |our |any )?(?<who>[\\p{L}-]+))?$`,
  'iu',
)

/** "Laundry slots can be booked by tenants", or in a house with tenants: what they do, and no yes or no of the slot. */
export const canBeBooked = (text: string, all: string): string[] | undefined => {
  const { things = '', deed = '', who } = passive.exec(text)?.groups ?? {}
  if (!things) return undefined
  const doers = who ? (isPersonNoun(singular(who.toLowerCase())) ? who : undefined) : whoSignUp(all)
  return doers === undefined
    ? undefined
    : [`${sentence(plural(singular(doers.toLowerCase())))} can ${deeds[deed.toLowerCase()]} ${pluralPhrase(things)}`]
}

const books =
  /^(?<who>(?:the |all |our )?(?<last>[\p{L}-]+s)) (?<verb>book|reserve|rent|hire|borrow) (?<things>[\p{L}-]+s) with (?<has>(?:an? |the |their ).+)$/iu

/** "Members book courts with a start and an end", where nothing else is said of courts: the booking is of a court, and has these. */
export const booksUndescribed = (text: string, all: string): string[] | undefined => {
  const { who = '', last = '', verb = '', things = '', has = '' } = books.exec(text)?.groups ?? {}
  if (!things || !isPersonNoun(singular(last.toLowerCase())) || noAccounts.test(all)) return undefined
  const one = singular(things.toLowerCase())
  if (knownThings.has(one) || itself.test(one) || isSpoken(one, text, all)) return undefined
  return [`${who} ${verb} ${things}`, `Each ${linkNouns.get(verb.toLowerCase())} has ${has}`]
}
const itself = new RegExp(`^(?:${bookedItselfNouns}|reservation|booking|slot)$`)

/** The only people spoken of who are no staff. */
const whoSignUp = (all: string): string | undefined => {
  const spoken = new Set(
    [...all.matchAll(/[\p{L}-]+/gu)]
      .map(([word]) => singular(word.toLowerCase()))
      .filter((word) => signUpRoles.has(word)),
  )
  return spoken.size === 1 ? [...spoken][0] : undefined
}
