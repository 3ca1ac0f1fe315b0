import { pluralPhrase, sentence, singularPhrase } from '../words.ts'
import { found, isDescribed, type Turn } from './words.ts'

const books =
  /^(?<who>(?:the |all |each |every )?[\p{L}-]+) (?:can |may )?(?<verb>book|reserve|take|buy)s? (?:an?|one|their|free|several|up to \w+) (?<place>seat|place|spot|berth|bed|desk|pitch)(?:s|es)?(?<rest> (?:on|in|for|at) (?:it|them))?$/iu

/** "Riders book a seat", where rides have a number of seats and nothing else is said of these: they book rides. */
export const booksAPlace: Turn = (text, { all }) => {
  const { who = '', verb = '', place = '' } = found(books, text) ?? {}
  if (!who || isDescribed(place, all)) return undefined
  const seats = `(?:number of (?:free |available )?|maximum of |\\d+ )${place}(?:s|es)`
  const have = new RegExp(
    `(?:^|[.;] ?)(?:(?:an?|each|every|the|all) )?(?<thing>(?!we\\b|they\\b|it\\b)[\\p{L}-]+) (?:has|have) [^.;]*?\\b${seats}`,
    'iu',
  )
  const offer = new RegExp(
    `\\b(?:offer|create|add|post|host|publish|plan|organi[sz]e|enter)s? (?:an? )?(?<thing>[\\p{L}-]+)(?: (?!with\\b)[^.;]*?)? with [^.;]*?\\b${seats}`,
    'iu',
  )
  const thing = have.exec(all)?.groups?.thing ?? offer.exec(all)?.groups?.thing
  return thing
    ? [
        `${sentence(pluralPhrase(singularPhrase(who)))} can ${verb === 'take' ? 'book' : verb} ${pluralPhrase(singularPhrase(thing.toLowerCase()))}`,
      ]
    : undefined
}
