import { isPersonNoun } from '../lexicon/people.ts'
import { plural, sentence, singular, withArticle } from './words.ts'

const tracks =
  /^(?<who>(?:the |all |our )?(?<last>[\p{L}-]+s)) (?:can |may )?track (?:the (?:status|progress|state) of )?their(?: own)? (?<things>orders?|shipments?|deliver(?:y|ies)|parcels?|packages?|repairs?|applications?|claims?|requests?|tickets?|complaints?|loans?|cases?)$/iu
const makes = 'place|make|create|add|order|submit|file|report|send|request|book|enter|open|raise|lodge'

/** "Customers track their shipments": they look where these are, and each is somebody's. */
export const tracksTheirs = (text: string, all: string): string[] | undefined => {
  const found = tracks.exec(text)?.groups
  const who = found ? singular(found.last!.toLowerCase()) : ''
  if (!found || !isPersonNoun(who)) return undefined
  const one = singular(found.things!.toLowerCase())
  const sees = `${sentence(plural(who))} can only see their own ${plural(one)}`
  const own = new RegExp(`\\b${who}s? (?:can |may )?(?:${makes})s? (?:an? |new |their )?${one.slice(0, -1)}`, 'i')
  return own.test(all)
    ? [sees]
    : [
        `${sentence(withArticle(one))} belongs to ${withArticle(who)}`,
        `Admins can add, change and delete ${plural(one)}`,
        sees,
      ]
}
