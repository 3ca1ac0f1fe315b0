import { isPersonNoun } from '../../lexicon/people.ts'
import { singular } from '../words.ts'

const nouns: Readonly<Record<string, string>> = {
  approval: 'approved',
  delivery: 'delivered',
  payment: 'paid',
  cancellation: 'cancelled',
  confirmation: 'confirmed',
  publication: 'published',
  rejection: 'rejected',
  shipment: 'shipped',
  dispatch: 'dispatched',
  return: 'returned',
  release: 'released',
  repair: 'repaired',
  withdrawal: 'withdrawn',
  paying: 'paid',
  sending: 'sent',
  selling: 'sold',
  writing: 'written',
  lending: 'lent',
  buying: 'bought',
  building: 'built',
  holding: 'held',
  taking: 'taken',
  giving: 'given',
  withdrawing: 'withdrawn',
  canceling: 'cancelled',
}

/** A deed as a noun, as a group of a pattern: "approving", "approval". */
export const deedNoun = `((?:re)?[\\p{L}]{3,}ing|${Object.keys(nouns)
  .filter((noun) => !noun.endsWith('ing'))
  .join('|')})`

/** "Approving", "approval" as what is then done: approved. */
export const doneOf = (deed: string): string => {
  const word = deed.toLowerCase()
  return nouns[word] ?? word.replace(/(?<=[^aeiou])ying$/, 'iing').replace(/ing$/, 'ed')
}

/** "Approves" as people say what they may do: approve. */
export const baseOfSaid = (verb: string): string =>
  /(?:ches|shes|sses|xes|zes)$/i.test(verb)
    ? verb.slice(0, -2)
    : /ies$/i.test(verb)
      ? `${verb.slice(0, -3)}y`
      : /[^s]s$/i.test(verb)
        ? verb.slice(0, -1)
        : verb

const groups =
  /^(?:staff|team|desk|office|department|warehouse|kitchen|board|crew|reception|management|finance|accounting|sales|support|head|owner|principal|boss|hr|admin|admins)$/i

/** Whether words end in a word for people. */
export const endsInPeople = (words: string): boolean => {
  const last = words.trim().split(' ').at(-1)!.toLowerCase()
  return isPersonNoun(singular(last)) || groups.test(last)
}

const notPeople = /^(?:me|us|you|it|they|them|this|that|these|those|one|i|we)\b/i
/** Who sees what has readers of its own. */
const looks = /^(?:see|view|read|look|list|know|access|open|have|get|be)$/i

/** "The front desk approves jobs", "managers can approve jobs": who, the verb as in "can approve", and the rest; undefined where no people stand first. */
export const doersAct = (text: string): { who: string; verb: string; rest: string } | undefined => {
  const modal = /^((?:the |an? |our )?[\p{L}-]+(?: [\p{L}-]+){0,2}?) (?:can|may|must|should) ([\p{L}]+) (.+)$/iu.exec(
    text,
  )
  if (modal && (notPeople.test(modal[1]!) || looks.test(modal[2]!))) return undefined
  if (modal) return { who: modal[1]!, verb: modal[2]!, rest: modal[3]! }
  const words = text.split(' ')
  const first = /^(?:the|an?|our)$/i.test(words[0]!) ? 1 : 0
  for (let at = first + 1; at < Math.min(words.length - 1, first + 4); at += 1) {
    const who = words.slice(0, at).join(' ')
    const verb = words[at]!
    if (!endsInPeople(who) || endsInPeople(words.slice(0, at + 1).join(' '))) continue
    if (!/^\p{L}{3,}$/u.test(verb) || /^(?:are|has|was|were|and|for)$/i.test(verb) || looks.test(baseOfSaid(verb)))
      return undefined
    return { who, verb: baseOfSaid(verb), rest: words.slice(at + 1).join(' ') }
  }
  return undefined
}
