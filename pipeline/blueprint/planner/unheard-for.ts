import type { Architecture } from '../../../schemas/generated/architecture.ts'
import type { Statement } from './language/statements.ts'
import { singular } from './language/words.ts'
import { isPersonNoun } from './lexicon/people.ts'

/** "Guests book berths for a boat": what something is booked for, where it is a thing. */
const deed =
  /^(?:(?:the|all|our) )?(?:[\p{L}-]+ ){0,3}?[\p{L}-]+s (?:(?:log|sign) (?:in|up) and )?(?:can |may )?(?:book|reserve|rent|hire|borrow|order|lease|buy)s? [^.;:]*?(?<part>for (?:an?|one|their|his|her|one of their) (?<noun>[\p{L}-]+))(?=$|[ ,])(?! of\b)/iu
const measures =
  /^(?:day|week|month|year|hour|minute|night|weekend|time|period|while|date|slot|fee|price|use|free|later|couple|few|number|maximum|minimum|certain|given|specific|fixed|single|half|full|whole|particular|small|better|other|next|same|own|new|session|season|term|evening|morning|afternoon)$/i

/** Names what a deed is for where neither a thing nor a field of the system is that. */
export const unheardFor = (statements: readonly Statement[], architecture: Architecture): string[] => {
  const names = Object.entries(architecture.models)
    .flatMap(([name, { fields }]) => [name, ...Object.keys(fields)])
    .map((name) => name.toLowerCase().replaceAll('_', ''))
  return statements.flatMap(({ text, items }) => {
    const { part, noun } = items ? {} : (deed.exec(text)?.groups ?? {})
    if (!part || !noun || measures.test(noun)) return []
    const key = singular(noun.toLowerCase()).replaceAll('-', '')
    if (isPersonNoun(key) || names.some((name) => name.includes(key))) return []
    return [`Not understood, so not built: “${part}”, in “${text}”.`]
  })
}
