import { isPlural, plural, sentence, singular, toName } from '../language/words.ts'
import { isPersonNoun } from '../lexicon/people.ts'
import type { Fact } from '../read/facts.ts'
import type { Sketch } from '../resolve/sketch.ts'

/** Returns the system's name (kebab-case, at most 40 signs) and title: what it was called, else what it is about. */
export const nameSystem = (sketch: Sketch, facts: readonly Fact[]): { name: string; title: string } => {
  const told = facts.find((fact) => fact.kind === 'title')
  const headline = facts.find(
    (fact) => fact.kind === 'thing' && (fact.how === 'headline' || fact.how === 'place') && !isDeed(fact.noun.words),
  )
  const words =
    told?.kind === 'title'
      ? told.title
      : headline?.kind === 'thing'
        ? headline.noun.words.join(' ')
        : [...sketch.things.values()]
            .slice(0, 2)
            .map((thing) => plural(thing.words))
            .join(' and ')
  const name = toName([words]).replaceAll('_', '-').slice(0, 40).replace(/-+$/, '') || 'system'
  const title = (
    told?.kind === 'title'
      ? words
      : words
          .split(' ')
          .map((word) => (/^(?:and|of|for|the)$/.test(word) ? word : inTitle(word)))
          .join(' ')
  )
    .slice(0, 80)
    .trim()
  return { name, title: title || 'System' }
}

const spelledOut = new Set(
  'api ceo cms cpd crm cto cv dvd erp faq gps hr it kpi nft ngo pdf pos pr qa qr rsvp sla sms sop tv vat vip'.split(
    ' ',
  ),
)

const inTitle = (word: string): string => (spelledOut.has(word) ? word.toUpperCase() : sentence(word))

/** "Volunteers pack parcels" is what somebody does, and no name. */
const isDeed = (words: readonly string[]): boolean =>
  words.length > 2 && isPlural(words[0]!) && isPersonNoun(singular(words[0]!))
