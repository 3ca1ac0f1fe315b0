import { isPersonNoun } from '../lexicon/people.ts'
import { set } from '../lexicon/word-set.ts'
import { singular } from './words.ts'

/** Who is spoken of, how many and which of them: words that stand in front of a noun, or for one. */
const pointing = set(
  `each every any either neither these those several some its our my your his her it they we i you he she them us him
  me this that everything anything something nothing everybody everyone anybody anyone somebody someone nobody himself
  herself itself themselves`,
)
/** What joins sentences, or says how something is meant. */
const joining = set(
  'whether unless because although though so also again either neither but nor then else instead like',
)
/** Forms of to be and to have, and what goes with other verbs. */
const auxiliary = set(
  'is are was were be been being am has have had does do did can could should would must might shall cannot isn doesn',
)
/** Verbs whose form with "s" nothing is called after, wherever it stands. */
const finite = set(
  `wins loses becomes compares happens begins lets knows thinks wants needs goes comes gives takes gets makes says tells
  puts brings keeps sees buys pays sends decides chooses enters writes reopens signs fills belongs lives works wears contains`,
)
/** What people do, in the form without "s": it follows somebody in the name of no thing ("editor read"). */
export const doings = set(
  'read eat write give put decide choose say tell bring see need want accept decline approve reject pay send get take make examine diagnose prescribe ask check confirm pick sort enter fill',
)
/** What several people do; behind one of them these are names too. */
const doing = new Set([
  ...doings,
  ...set(
    'compare add find become keep know use look upload submit register suggest propose release assign notify inform let leave come go sign belong',
  ),
])
/** What begins a deed where something follows it: "go up one", "become next screening". */
const deedFirst = /^(?:go|goes|become|becomes|happen|compare|let|accept_or|approve_or|come|comes)_(?!live|to_market)/
/** What begins a place in a sentence and no name of a text: "at end", "to times". */
const preposition = /^(?:at_(?:end|start|beginning|once|least|most)|of|during|as|than|into|onto|upon|since)(?:_|$)/
/** A moment that is counted from something else, and one of others of its kind. */
const whichOfThem =
  /^(?:last|next|first|second|third|same|other|new|only|previous|following)_(?:day|week|month|year|time|one|thing|person|step|morning|evening|night)$/
/** Done to something: what is stored is called after the thing, not after what was done with it. */
const participle =
  /_(?:held|done|given|taken|made|sold|spent|paid|sent|kept|brought|built|found|won|worked|played|cleaned|booked|borrowed|ordered|logged|completed|finished|owed|shown|counted|needed|used)$/

const person = (word: string): boolean => /^(?:staff|people|public|office)$/.test(word) || isPersonNoun(singular(word))
const several = (word: string): boolean => word === 'staff' || word === 'people' || singular(word) !== word

/**
 * Whether words, in snake_case, are a piece of a sentence rather than what something is called: they point at somebody, hold
 * a verb with who does it, or join two sentences.
 */
export const isOfSentence = (name: string): boolean => {
  const words = name.split('_')
  if (words.length === 1) return pointing.has(name) || joining.has(name) || auxiliary.has(name)
  if (preposition.test(name) || deedFirst.test(name) || /_(?:before|until|when|if)_(?:they|it)_/.test(name)) return true
  return words.some(
    (word, at) =>
      !isAsked(words, at) &&
      ((pointing.has(word) && !isSaidOfIt(words, at)) ||
        (joining.has(word) && !(word === 'like' && (at === 0 || at === words.length - 1)) && !(word === 'again')) ||
        (at > 0 && auxiliary.has(word)) ||
        (at > 0 && at < words.length - 1 && finite.has(word)) ||
        (at > 0 && at === words.length - 1 && finite.has(word) && word !== 'needs' && word !== 'works') ||
        isAct(words, at)),
  )
}

/** Several people and what they do: "staff compare", "maids report it". */
const isAct = (words: readonly string[], at: number): boolean =>
  at > 0 && doing.has(words[at]!) && several(words[at - 1]!) && person(words[at - 1]!)

/** "What it is for", "room they hang in": behind a question or who does it, verbs are part of a name. */
const isAsked = (words: readonly string[], at: number): boolean =>
  words.slice(0, at).some((word) => /^(?:what|how|where|who|why|when)$/.test(word)) ||
  words.slice(1, at).some((word) => /^(?:they|it|we)$/.test(word))

/** "Date it is due", "ink in it", "did it help", IT assets, "due this week". */
const isSaidOfIt = (words: readonly string[], at: number): boolean => {
  const [word, next = ''] = [words[at]!, words[at + 1]]
  if (word === 'it' && at === 0) return true
  if (/^(?:it|they|we)$/.test(word) && at > 0)
    return next !== '' || /^(?:in|on|for|of|to|with|from|by)$/.test(words[at - 1]!)
  return word === 'this' && /^(?:week|month|year|day|season)$/.test(next)
}

/** Whether nothing that is stored is called so: only which of its kind something is, or what was done with it. */
export const isNoKind = (name: string): boolean => whichOfThem.test(name) || participle.test(name)
