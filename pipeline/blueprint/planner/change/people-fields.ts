import { toWords } from '../../names.ts'
import { singular, toName } from '../language/words.ts'
import type { Draft } from './draft.ts'
import { findEntry } from './view.ts'

const who = '(?:each |every |all |the |our )?(?<who>[\\p{L}-]+(?: [\\p{L}-]+)?)'
const forms: readonly RegExp[] = [
  `^${who} (?:also |now |should |must |can )*(?:have|has|get|gets|need|needs) (?<what>(?:an?|their|the|\\d+|whether) .+)$`,
  `^(?:please )?(?:also )?(?:add|store|keep|save|record|include|track|put) (?<what>(?:(?:an?|the|their) )?.+?) (?:to|for|of|on) ${who}$`,
  `^(?:please )?(?:give|let) ${who} (?:have )?(?<what>(?:an?|\\d+) .+)$`,
  `^(?:please )?ask ${who} (?:for|about) (?<what>(?:an?|their|the) .+)$`,
].map((source) => new RegExp(source, 'iu'))

/** What people have that is no value of theirs. */
const noValue =
  /\b(?:rights?|access|permissions?|log-?ins?|accounts?|keys?|roles?|pages?|lists?|reports?|notifications?|reminders?|ways?|options?|buttons?|views?|overviews?|history|search|limit)\b|^(?:to|at most|only|no)\b/i
/** What nobody should be able to give themselves. */
const earned =
  /\b(?:credits?|points?|balance|scores?|rank|ranking|level|salary|wage|grade|discount|quota|budget|bonus|verified|approved|blocked|banned|suspended|trusted|reputation|karma|coins?|tokens?|status)\b/i

/**
 * "Members have a phone number", "add a birthday to staff": said of people with accounts who are stored nowhere else, it is
 * a field of accounts. Returns the clause as it is understood; undefined where it would let people give themselves what
 * others decide on, which is then named.
 */
export const ofPeople = (clause: string, draft: Draft): string | undefined => {
  const { architecture } = draft
  if (!architecture.policies.authn) return clause
  for (const form of forms) {
    const found = form.exec(clause.trim())?.groups
    const thing = found && /^(?:please )?give/i.test(clause) ? findEntry(architecture, found.who!) : undefined
    if (thing && thing.name !== 'User') return `each ${thing.words} has ${found!.what}`
    if (!found || !isAccount(draft, found.who!)) continue
    const what = found.what!.trim()
    if (noValue.test(what) || findEntry(architecture, what.replace(/^(?:an?|the|their|\d+) /i, ''))) return clause
    const row = takenPartIn(draft)
    // Whether somebody passed is said of the row by which they take part.
    if (/^whether /i.test(what) && row) return `each ${row} has ${what}`
    if (earned.test(what) || /^whether /i.test(what)) {
      draft.notCarried.push(
        `Not built: “${clause}”. What an account has, its person may change; say what is kept of it, such as "staff add payments with an amount for a member".`,
      )
      return undefined
    }
    return `users have ${what.replace(/^(?:the|their) /i, 'a ')}`
  }
  return clause
}

/** The rows by which people take part in something, where there are such of one kind. */
const takenPartIn = ({ architecture }: Draft): string | undefined => {
  const rows = Object.keys(architecture.models).filter((name) =>
    /(?:Booking|Registration|Enrol+ment|SignUp|Reservation|Participation|Attendance)$/.test(name),
  )
  return rows.length === 1 ? toWords(rows[0]!) : undefined
}

const isAccount = ({ architecture }: Draft, said: string): boolean => {
  const one = singular(said.toLowerCase())
  if (/^(?:user|account|profile|person|people|everyone|everybody)$/.test(one)) return true
  return toName([one]) in architecture.policies.roles && findEntry(architecture, toWords(toName([one]))) === undefined
}
