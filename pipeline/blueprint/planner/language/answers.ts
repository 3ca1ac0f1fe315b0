import { isPersonNoun } from '../lexicon/people.ts'
import type { Statement } from './statements.ts'
import { plural, sentence, singular } from './words.ts'

const word = '["\'“”‘’]?[\\p{L}-]+(?: [\\p{L}-]+)?["\'“”‘’]?'
const values = `(?<values>${word}(?:, ?${word}){0,5},? or ${word})`
const who =
  "(?<who>(?:(?:the |all |our )?[\\p{L}'-]+ )?[\\p{L}-]+(?: (?:of|in|from) (?:the|a|an|our|each) [\\p{L}-]+)?)"
const may = '(?: can| may| should| must)?'
const thing = '(?:an? |the |each |every |all |any |their )?(?<thing>[\\p{L}-]+(?: (?!on\\b|in\\b|at\\b)[\\p{L}-]+)?)'
const says = '(?:says?|answers?|repl(?:y|ies)|responds?|rsvps?|votes?|tells? us)'

/** "Members say yes, no or maybe to a concert" */
const toThing = new RegExp(`^${who}${may} ${says}(?: with| by)? ${values} (?:to|for|on|about) ${thing}$`, 'iu')
/** "Players accept or decline an invitation to a match" */
const invited = new RegExp(
  `^${who}${may} (?<yes>accept|confirm)s? or (?<no>decline|reject|refuse|cancel)s? (?:an? |the |their |each |every |all )?(?:invitations?|invites?|requests?) (?:to|for) ${thing}$`,
  'iu',
)
/** "People answer with going, maybe or not going": to what was spoken of before. */
const toIt = new RegExp(`^${who}${may} ${says}(?: to (?:it|them|that|this|these))?(?: with| by)? ${values}$`, 'iu')
const everybody = /^(?:people|everyone|everybody|they|users|persons|anyone|anybody|we|all|guests|visitors)$/i
const arePeople = (words: string): boolean => {
  const last = words
    .replace(/ (?:of|in|from) .+$/i, '')
    .split(' ')
    .at(-1)!
  return everybody.test(last) || (/s$|children$/i.test(last) && isPersonNoun(singular(last.toLowerCase())))
}
/** What only people answer, whatever they are called. */
const usual = /\b(?:yes|maybe|going|coming|attending|abstain)\b/i
const noAnswer = /^(?:per|for|on|to|by|in|how|what|why|when|whether|if|their|the|an?|once|only|about)\b/i
const described = /^(?:an? |each |every |the )?([\p{L}-]+(?: [\p{L}-]+)?) (?:has|have)\b/iu

const ofAnswers = /^(?:(the|an|all) )?(answers?)\b/i
const repliesFor = (_: string, article: string | undefined, noun: string): string => {
  const reply = noun.toLowerCase() === 'answers' ? 'replies' : 'reply'
  return article === undefined ? sentence(reply) : `${article.toLowerCase() === 'an' ? 'A' : article} ${reply}`
}

type Answer = { thing: string; values: string[] }

/**
 * Tells what people answer to something as the rows that it leaves: a reply with an answer, once for each. What is counted of
 * answers afterwards is said of these replies.
 */
export const withAnswers = (statements: readonly Statement[]): Statement[] => {
  const answers: Answer[] = []
  let about: string | undefined
  return statements.flatMap((statement) => {
    const { text, items } = statement
    const noted = described.exec(text)?.[1]
    if (noted) about = singular(noted.toLowerCase())
    if (items) return [statement]
    const counted = answers.map((one) => countedAs(text, one)).find((one) => one !== undefined)
    if (counted) return [{ text: counted }]
    const plain = text.replace(/[.!]+$/, '')
    const said = (invited.exec(plain) ?? toThing.exec(plain) ?? toIt.exec(plain))?.groups
    // "Answers can be changed until the evening before"
    if (!said && answers.length > 0) return [{ text: text.replace(ofAnswers, repliesFor) }]
    if (!said || !(arePeople(said.who!) || (/s$/i.test(said.who!) && usual.test(said.values ?? 'yes'))))
      return [statement]
    const what = said.thing ? singular(said.thing.toLowerCase()) : about
    const all = said.yes ? [participle(said.yes), participle(said.no!)] : listed(said.values!)
    if (!what || all.length < 2 || all.some((one) => one === '' || noAnswer.test(one))) return [statement]
    answers.push({ thing: what, values: all })
    const people = everybody.test(said.who!)
      ? 'Users'
      : said.who!.replace(/ (?:of|in|from) (?:the|an?|our|each) .+$/i, '')
    return [
      { text: everybody.test(said.who!) ? 'Users sign up and write replies' : `${people} write replies` },
      { text: `A reply belongs to a ${what} and has an answer (${all.join(', ')})` },
      { text: `Only one reply per person and ${what}` },
    ]
  })
}

const listed = (text: string): string[] =>
  text.split(/,? or |, ?/i).map((one) =>
    one
      .replace(/["'“”‘’]/g, '')
      .replace(/^(?:with|by|either) /i, '')
      .trim()
      .toLowerCase(),
  )

const participle = (verb: string): string => {
  const plain = verb.toLowerCase()
  return plain === 'cancel' ? 'cancelled' : plain.endsWith('e') ? `${plain}d` : `${plain}ed`
}

const shows =
  '(?:please |we (?:want|need) to |i (?:want|need) to )?(?:show|see|display|know|count|tell|list)(?: us| me)?'
const each = '(?:per|for each|for every|to each|to every|on each|at each|for a|to a|in each|of each|for the|to the)'

/** "Show how many said yes per concert", "show the number of each answer per concert". */
const countedAs = (text: string, { thing, values: all }: Answer): string | undefined => {
  const plain = text.replace(/[.!]+$/, '')
  const one = new RegExp(
    `^${shows} (?:how many (?:people |of them |[\\p{L}-]+ )?(?:have )?(?:said|say|answered|answer|replied|voted|vote|chose|are|will be|were)(?: with)?|the (?:number|count) of(?: people (?:who|that) (?:said|are|answered))?) ["'“]?(?<value>[\\p{L}-]+(?: [\\p{L}-]+)?)["'”]?(?: answers| replies)? ${each} ${singular(thing)}(?:s|es)?$`,
    'iu',
  ).exec(plain)?.groups?.value
  const value = one?.toLowerCase().replace(/ (?:answers|replies)$/, '')
  if (value && all.includes(value)) return `Show how many replies are ${value} per ${thing}`
  const every = new RegExp(
    `^${shows} (?:how many (?:of each answer|answers|replies)|the (?:number|count)s? of (?:each answer|answers|replies|each reply)|the (?:answers|replies)) ${each} ${singular(thing)}$|^${shows} (?:the (?:number|count) of (?:the )?)?answers of (?:each|every) ${singular(thing)}$|^${shows} for (?:each|every) ${singular(thing)} how many (?:said|answered|are) (?:what|which)$`,
    'iu',
  ).test(plain)
  return every ? `Show the number of ${plural('reply')} per ${thing} and answer` : undefined
}
