import { singular } from '../language/words.ts'
import { isPersonNoun } from '../lexicon/people.ts'
import type { Read } from './behaviour.ts'

const shut =
  /^(?:only )?(?:the |an? )?(?<who>[\p{L}-]+(?: [\p{L}-]+)?) (?:can |may )?(?:also )?(?:bans?|mutes?|blocks?|suspends?|kicks?(?: out)?|expels?|throws? out|locks? out|deactivates?) (?:(?:an?|the|any|other|abusive|each|all) )*(?<whom>[\p{L}-]+)(?: .*)?$/iu
const copied =
  /^(?:only )?(?:the |all |other )*(?<who>[\p{L}-]+(?: [\p{L}-]+)?) (?:can |may )(?:also )?(?:fork|clone|duplicate|remix) (?:an? |the |each other's |any |their )*(?<what>[\p{L}-]+)(?: .*)?$/iu

const entriesOfTheirs =
  /^(?:the |all )?[\p{L}-]+(?: [\p{L}-]+)? (?:can |may )?sees? (?:the |all )?time entries (?:of|on|for) their (?<of>[\p{L}-]+)$/iu

const shared =
  /^(?:(?:the|all|each|every|an?) )?[\p{L}-]+(?: [\p{L}-]+)? (?:can|may) (?:also )?be shared(?: (?:by|with) (?:the |all |other )*[\p{L}-]+)?$/iu

/** What people may do to accounts and to whole entries, and no system of ours does yet: it is named. */
export const readBeyondPeople: Read = (said) => {
  const whom = shut.exec(said.trim())?.groups?.whom
  if (
    whom &&
    (isPersonNoun(singular(whom.toLowerCase())) || /^(?:people|accounts?|somebody|someone|them)$/i.test(whom))
  )
    return named(said, 'Nobody can be shut out of a system yet; administrators delete accounts.')
  const of = entriesOfTheirs.exec(said.trim())?.groups?.of
  if (of) return named(said, `It is not known whose ${of} are whose.`)
  if (shared.test(said.trim()))
    return named(said, 'Entries are not passed on one by one; say who may see them: “everybody can read photos”.')
  return copied.test(said.trim())
    ? named(said, 'Entries are not copied; say what a new one has of the old one, in things and fields.')
    : undefined
}

const named = (said: string, unresolved: string): ReturnType<Read> => ({
  said,
  rest: [],
  sure: true,
  apply: () => ({ unresolved }),
})
