import { firstNames, titles } from '../lexicon/names.ts'
import { maxLength } from './clean.ts'

const title = `(?:${[...titles.split('|')].map((one) => `[${one[0]}${one[0]!.toUpperCase()}]${one.slice(1)}`).join('|')})\\.?`
const name = `(?!(?:Only|Just|And|But|Then|When|If)\\b)(?:${title} \\p{Lu}[\\p{Ll}']+(?:[ -]\\p{Lu}\\p{Ll}+)?|\\p{Lu}\\p{Ll}+(?: \\p{Lu}\\p{Ll}+)?)`
const before = '(?<=^|[.,;:!?]\\s|\\n\\s?|\\b(?:[Oo]nly|[Jj]ust|and|or|but|then|when|if|until) )'
const deed =
  '(?:can|may|must|should|will|has to|is allowed|is (?:told|notified|informed|asked)|gets|and|or|(?!has\\b|is\\b|was\\b|needs\\b|wants\\b|loves\\b|likes\\b|thinks\\b|says\\b|runs\\b|asks\\b)[\\p{Ll}]+s)\\b'
const called = new RegExp(
  `${before}${name}(?=(?: alone| himself| herself)? ${deed})|(?<=\\b(?:by|except|than|but|or|tells?|notify|notifies) )${name}`,
  'gu',
)
const titled = new RegExp(`^(?:${titles})\\.? `, 'i')

/** Somebody who is called by name, as a text has them, is somebody whom a system does not know: each once. */
const isName = (who: string): boolean => titled.test(who) || firstNames.has(who.split(' ')[0]!.toLowerCase())

/** Whether a name only signs or begins a letter, or introduces who writes. */
const isLetter = (lead: string): boolean =>
  /(?:\b(?:thanks?|thank you|regards|cheers|greetings|wishes|yours|love|dear|hi|hello|hey|i am|my name is)[\s,!-]*(?:and )?)$/i.test(
    lead,
  )

/**
 * Returns a text with people who are called by name ("only Mrs Miller may approve") as administrators, who alone do what it
 * is not clear who does, and a line for each that says so.
 */
export const withoutNames = (text: string): { text: string; named: string[] } => {
  const people: string[] = []
  const plain = text.slice(0, maxLength).replace(called, (who: string, ...rest: unknown[]) => {
    const at = rest.findLast((one) => typeof one === 'number') as number
    if (!isName(who) || isLetter(text.slice(0, at))) return who
    if (!people.includes(who)) people.push(who)
    return 'an admin'
  })
  const named = people.map(
    (who) =>
      `“${who}” is one person, and rights are given to roles: here an administrator does it. Say what they are, such as “only managers may …”, and make ${who} a manager.`,
  )
  return { text: plain, named }
}
