import { places } from '../lexicon/system-words.ts'
import { nounOf } from './noun.ts'
import { readWho } from './people.ts'
import { meet, type Reader } from './reader.ts'
import { readActive } from './rights/active.ts'
import { readNotice } from './rights/notices.ts'
import { readPassive } from './rights/passive.ts'
import { everybodyMay, pushAccess } from './rights/push.ts'
import { readPrivacy } from './rights/states.ts'
import { beginsActive } from './rights/subjects.ts'
import { plainVerbs } from './rights/verbs.ts'
import { plainWording } from './rights/wordings.ts'
import { isThing } from './thing-list.ts'

/** "not even admins", "not even by the staff": who is kept out besides. */
const barring =
  /[,;]?\s*(?:-\s*)?(?:and |but )?not even (?:for |by |to |the |an |our )*([\p{L}-]+(?: (?:and|or) [\p{L}-]+)?)(?:$|\s*,\s*(?=(?:can|may|should|must)\s))/iu
const signedIn =
  '(?:(?:they|you|people|users) (?:are|have) )?(?:(?:logging|logged|log|signing|signed|sign|registering|registered)(?:[ -](?:in|up|on))?|log-?in|sign-?in|sign-?up|registration)'
const afterLogin = new RegExp(
  `^(?:after|once|when|if|by|as long as|provided(?: that)?)\\s+${signedIn},?\\s+|\\s+(?:after|once|when|if|by|as long as|provided(?: that)?)\\s+${signedIn}$`,
  'i',
)
const withoutLogin =
  /\s*(?:,|;|-|\()?\s*\bno (?:accounts?|log-?in|login|registration|sign-?up)(?: (?:is )?(?:needed|required|necessary))?\)?$|\s*\banonymously\b|\s*\bwithout (?:(?:an? |any )?(?:user )?(?:accounts?|log-?in|login|sign-?in|sign-?up|registration)|(?:logging|signing|being logged|being signed) ?(?:in|up)|registering|having an account)\b/i

/** When something is done limits no right that can be built: "delete them when played", "edit them once sent". */
const meanwhile =
  /\s+(?:afterwards|later(?: on)?|any ?more|any longer|at any time|at all|at will|if needed|when needed|if necessary|(?:once|when|after|as soon as|until|while|before)\s+(?:(?:they|it|he|she|the \w+)\s+(?:is|are|has been|have been|was|were)\s+)?[a-z]+(?:ed|n|t|d))$/i

/**
 * Reads a clause about who may do what: with a verb ("admins delete"), turned round ("is deleted by"), as a state
 * ("is private") or as a notice ("staff only"). Returns true where it was one.
 */
export const readAccess = (clause: string, reader: Reader): boolean => {
  const before = reader.facts.length
  const titled = /^([^:(]{2,40}):\s+(.+)$/s.exec(clause.trim())
  if (titled && beginsActive(titled[2]!)) return readTitled(titled[1]!, titled[2]!, reader)
  const [first = '', ...more] = clause.trim().split(/\s*,?\s+(?:ie|meaning|that means|that is)\s+(?=\S+\s+\S+)/)
  if (more.length > 0 && readAccess(first, reader)) {
    for (const one of more) readAccess(one, reader)
    return true
  }
  const { text, barred, signed, free, only } = circumstances(
    plainWording(plainVerbs(withPerson(clause.trim(), reader))),
  )
  const read =
    readNotice(text, reader) || readPassive(text, reader) || readPrivacy(text, reader) || readActive(text, reader)
  if (!read) return false
  if (signed) reader.facts.push({ kind: 'accounts', on: true })
  for (const fact of reader.facts.slice(before)) {
    if (fact.kind !== 'access') continue
    if (only && !fact.not && !fact.who.includes('everyone')) fact.only = true
    if (free && fact.not) Object.assign(fact, { who: ['signed'], only: true, not: false })
    else if (free) Object.assign(fact, { who: ['everyone'], only: false })
    if (signed) fact.who = fact.who.map((name) => (['everyone', 'we'].includes(name) ? 'signed' : name))
    if (barred.length > 0)
      reader.facts.push({
        ...fact,
        who: barred,
        only: false,
        not: true,
        scope: 'all',
        ops: ['create', 'list', 'read', 'update', 'delete'],
      })
  }
  return true
}

/** "readers do not need an account": who only looks may do so without one; of others it only says who has none. */
export const readFree = (clause: string, reader: Reader): void => {
  if (
    !/^(?:readers?|visitors?|guests?|viewers?|browsers?|the public|people who (?:only )?(?:read|look|browse))\b/i.test(
      clause,
    )
  )
    return
  pushAccess(reader, everybodyMay, false, ['list', 'read'], 'everything', 'all')
}

/** "Homework: students hand in ...": a title, and then who does what. */
const readTitled = (title: string, rest: string, reader: Reader): boolean => {
  const noun = nounOf(title)
  if (noun && isThing(noun) && !places.has(noun.words.at(-1)!)) meet(reader, noun, 'headline')
  return readAccess(rest, reader)
}

/** "they can ..." is about the people of the clause before. */
const withPerson = (text: string, reader: Reader): string =>
  reader.person && /^(?:only |just )?(?:they|he or she|he|she)\s+(?!(?:are|is|have|has|were|was)\b)/i.test(text)
    ? text.replace(/^((?:only |just )?)\S+(?:\s+or\s+she)?/i, `$1${reader.person}`)
    : text

/** "board members read them, nobody else": they alone. */
const alone = /[,;]?\s*(?:-\s*)?(?:and |but )?(?:nobody|no one) else(?: (?:can|may|does|has access))?$/i

const circumstances = (
  said: string,
): { text: string; barred: string[]; signed: boolean; free: boolean; only: boolean } => {
  let text = said
  const only = alone.test(text) && text.replace(alone, '').trim() !== ''
  if (only) text = text.replace(alone, '')
  const except = barring.exec(text)
  const barred = except ? (readWho(except[1]!)?.names ?? []).filter((name) => name !== 'we') : []
  if (except && barred.length > 0)
    text = `${text.slice(0, except.index)} ${text.slice(except.index + except[0].length)}`.trim()
  const signed = afterLogin.test(text)
  if (signed) text = text.replace(afterLogin, '')
  const free = withoutLogin.test(text)
  if (free) text = text.replace(withoutLogin, '')
  text = text.replace(/,?\s+(?:and )?not (?:just|only) .{2,60}$/i, '')
  return { text: text.replace(meanwhile, '').trim(), barred, signed, free, only }
}
