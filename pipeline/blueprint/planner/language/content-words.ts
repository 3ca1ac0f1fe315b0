import { emptyAdjectives, functionWords } from '../lexicon/function-words.ts'
import { pureSystemWords } from '../lexicon/system-words.ts'
import { baseVerb, buildVerbs, trackVerbs } from '../lexicon/verbs.ts'
import { singular } from './words.ts'

/** A word of a text, and where it stands. */
export type Word = { text: string; at: number }

/** Words that leave no word behind in a blueprint: they become types, rights and times, or only begin a talk. */
const plainWords =
  'person people someone somebody else nothing anything everything time times date dates day days week weeks month months year years hour hours minute minutes number amount list lists text texts words word yes user users account accounts login logins log-in auth authentication sign-up signup sign signs mine alone visible private public shared rest json field fields thing things etc example called named later otherwise same order first last access use uses used back off away anonymous anonymously must thanks except night nights prefix ordinary normal regular once twice zero least most missing empty cheapest euro euros dollars percent degrees celsius entities strictly point moment far page pages cellar pantry larder wardrobe closet repertoire portfolio'.split(
    ' ',
  )
/** Words that say nothing of what a system has. */
export const silent: ReadonlySet<string> = new Set([
  ...functionWords,
  ...emptyAdjectives,
  ...buildVerbs,
  ...trackVerbs,
  ...pureSystemWords,
  ...plainWords,
])

/** Returns a word without its endings: what its forms have in common. */
export const stemOf = (word: string): string => {
  let stem = singular(baseVerb(word.toLowerCase().replace(/'s?$/, '')))
  for (let i = 0; i < 2; i += 1) {
    const shorter = stem.replace(
      /(?:ations?|itions?|ings?|ments?|ances?|ers?|ors?|ees?|ies|ied|ed|es|s|al|ly|y|e)$/,
      '',
    )
    if (shorter.length >= 3) stem = shorter
  }
  return stem.replace(/(.)\1$/, '$1')
}

/** Returns the words of a text in their order. */
export const wordsOf = (text: string): Word[] =>
  [...text.matchAll(/\p{L}[\p{L}'-]*/gu)].map((found) => ({ text: found[0], at: found.index }))
