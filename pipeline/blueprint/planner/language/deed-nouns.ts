import type { Statement } from './statements.ts'
import { plural, singular } from './words.ts'

/** What people do with a thing, and what they then call it: what they suggest is a suggestion. */
const nouns: Readonly<Record<string, string>> = {
  suggest: 'suggestion',
  propose: 'proposal',
  nominate: 'nomination',
  submit: 'submission',
}
const done = new RegExp(
  `\\b(?<verb>${Object.keys(nouns).join('|')})s? (?:an? |their |new |the |some )?(?<thing>[\\p{L}-]+)(?=\\s*(?:[(.:,;]|$|\\b(?:with|and|that|to|for|by|which|they)\\b))`,
  'giu',
)

/** Who signs up for courses leaves registrations, whatever these are called. */
const signsUp = /\bsigns? up for\b(?=.*\bsign-?ups?\b)|\bsign-?ups?\b(?=.*\bsigns? up for\b)/is
const signUps = /\b(?:sign-up|signup|sign up(?=s\b))(s?)\b/gi

/**
 * Returns the statements with things called by their names where people call them after what was done with them: where
 * "members suggest movies", nobody can vote for "his own suggestion" is said of movies. Only where nothing else is called so.
 */
export const withThingsNamed = (statements: readonly Statement[]): Statement[] => {
  const all = statements.map(({ text, items }) => [text, ...(items ?? [])].join(', ')).join('. ')
  if (signsUp.test(all) && !/\bsign-?ups? (?:has|have|with)\b|\bsign-?ups?:/i.test(all))
    return withThingsNamed(statements.map((one) => ({ ...one, text: one.text.replace(signUps, 'registration$1') })))
  const meant = new Map<string, string>()
  for (const { groups } of all.matchAll(done)) {
    const noun = nouns[groups!.verb!.toLowerCase()]!
    const thing = singular(groups!.thing!.toLowerCase())
    if (thing === noun || isDescribed(noun, all)) continue
    // Of two things it could be either.
    meant.set(noun, meant.has(noun) && meant.get(noun) !== thing ? '' : thing)
  }
  const known = [...meant].filter(([, thing]) => thing !== '')
  if (known.length === 0) return [...statements]
  const named = (text: string): string =>
    known.reduce(
      (said, [noun, thing]) =>
        said
          .replace(new RegExp(`\\b${plural(noun)}\\b`, 'gi'), plural(thing))
          .replace(new RegExp(`\\b${noun}\\b`, 'gi'), thing),
      text,
    )
  return statements.map((one) => (one.items ? one : { ...one, text: named(one.text) }))
}

/** Whether something is kept under that name. */
const isDescribed = (noun: string, all: string): boolean =>
  new RegExp(
    `\\b(?:${noun}|${plural(noun)})\\b (?:has|have|is|are|with|can be|belongs?|needs?|get|gets)\\b|\\b(?:[a-z-]+ (?:a |new |their )?)(?<=(?:make|add|create|write|store|track|keep|manage|collect|enter|approve|review|see|decide on) (?:a |new |their |all )?)(?:${noun}|${plural(noun)})\\b`,
    'i',
  ).test(all)
