import type { Outcome, Wish } from './behaviour.ts'
import type { BehaviourDraft } from './draft.ts'
import { numberOf as numberIn } from './terms/numbers.ts'

/** Parts of patterns, in angle brackets where a pattern uses them. */
const parts: Readonly<Record<string, string>> = {
  cannot:
    '(?:(?:must|may|can|should|shall|could|will|would|do|does) (?:not|never)(?: ever)?(?: be (?:allowed|able) to)?|(?:is|are) (?:not|never) (?:allowed|permitted|able|supposed) to|never)',
  can: '(?:can|may|could|should be able to|is allowed to|are allowed to|is able to|are able to|must|should)',
  atonce:
    '(?:at (?:the same|one|a|any one|any|any given) (?:time|moment)|at once|simultaneously|in parallel|concurrently|at one and the same time)',
  same: '(?:the (?:very )?same|one(?: and the same)?|a single|an?|each|every|any|the|per|same)',
  atmost:
    '(?:at most|at the most|no more than|not more than|never more than|a maximum of|maximum of|maximum|max\\.? of|max\\.?|up to|only(?: up to)?|not over|at maximum)',
  unit: '(?:day|week|month|year|calendar day|calendar week|calendar month|calendar year)',
  tail: '(?:,? (?:unless|except(?: when| if)?|not counting|and cancelled|cancelled|but cancelled|excluding|ignoring|apart from)\\b.*)?',
}
const numeral =
  '-?\\d+(?:[.,]\\d+)*|a dozen|a hundred|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|eighteen|twenty|thirty|forty|fifty|sixty|hundred|half an?'
/** Words that no thing is named with: a phrase ends before them. */
const noNoun =
  '(?!(?:is|are|be|been|was|were|will|can|may|must|should|could|shall|not|never|than|only|twice|once|nobody|more|most|less|if|when|while|unless|until|has|have)\\b)'
const phrase = `${noNoun}[\\p{L}\\d][\\p{L}\\d'_-]*(?: ${noNoun}[\\p{L}\\d'_-]+)`

/**
 * Returns the pattern of a whole sentence. `{x}` is one to four words, captured as x; `{x:6}` up to six; `{n#}` a number; `<cannot>` and
 * its like are parts with many wordings. Everything else is a regular expression.
 */
export const pattern = (source: string): RegExp => {
  const whole = source.replace(
    /(?<!\(\?)<(\w+)>|\{([a-z]\w*)(#|:\d)?\}/g,
    (found, part: string | undefined, name: string | undefined, kind: string | undefined) => {
      if (part !== undefined) return parts[part] ?? found
      if (kind === '#') return `(?<${name}>${numeral})`
      return `(?<${name}>${phrase}{0,${kind ? Number(kind[1]) - 1 : 3}}?)`
    },
  )
  return new RegExp(`^(?:${whole})$`, 'iu')
}

export type Groups = { readonly [name: string]: string | undefined }

/** Returns what the first of the patterns that fits captured. */
export const matching = (patterns: readonly RegExp[], text: string): { groups: Groups } | undefined => {
  for (const one of patterns) {
    const found = one.exec(text)
    if (found) return { groups: found.groups ?? {} }
  }
  return undefined
}

/** Patterns, and what is made of a sentence that one of them fits. */
export type Reading = readonly [readonly RegExp[], (draft: BehaviourDraft, said: Groups) => Outcome]

/** Returns the wish of the first reading that fits a text, or undefined. `said` is the sentence before it was made canonical. */
export const firstReading = (readings: readonly Reading[], text: string, said: string): Wish | undefined => {
  for (const [patterns, carry] of readings) {
    const found = matching(patterns, text)
    if (found) return { said, rest: [], apply: (draft) => carry(draft, found.groups) }
  }
  return undefined
}

/** Returns the number that words of a pattern's `{n#}` say. */
export const numberOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : numberIn(text.replace(/^a (?=dozen|hundred)/i, '').replace(/^half an?$/i, 'half'))
