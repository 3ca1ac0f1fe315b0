import { singular } from '../../language/words.ts'
import { isPersonNoun } from '../../lexicon/people.ts'
import { baseVerb } from '../../lexicon/verbs.ts'
import { targetOf } from '../allowed/target.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { conditionFor } from '../places/conditions.ts'
import { requireOn } from '../rules.ts'
import { numberOf } from '../terms/numbers.ts'
import { asRule, cannot } from './barred-words.ts'

const lead = '(?:an? |the |all |any |every )?'
const who = '(?<who>[\\p{L}-]+)'
const which = '(?<which>(?!to\\b|the\\b|their\\b|his\\b|her\\b)[\\p{L}-]+)'
const count = '(?:\\d+|one|two|three|four|five|six|seven|eight|nine|ten)'
const many = `(?:(?<least>(?:at least )?${count}(?: or more)?|more than ${count}) )?`
const rows = `(?:any |an? |some )?${many}${which} (?<rows>[\\p{L}-]+(?: (?!can\\b|may\\b|must\\b|should\\b|shall\\b|are\\b|is\\b)[\\p{L}-]+)?)`
/** What they may not do; "cannot order" says of what by itself. */
const deed = '(?<verb>[\\p{L}]+(?: (?:for|in|up for|on))?)(?: (?<thing>.+?))?'
const has = '(?:still )?(?:has|have|holds?|owns?)'
const they = '(?:they|he or she|she or he|you|he|she|that person)'

const withRows = [
  // "members with overdue loans cannot borrow tools", "whoever has an unpaid invoice cannot book"
  new RegExp(`^${lead}${who} (?:with|having|(?:who|that) ${has}) ${rows} ${cannot} ${deed}$`, 'iu'),
  new RegExp(`^(?<who>whoever|anyone|anybody|everyone|those|people)(?: who)? ${has} ${rows} ${cannot} ${deed}$`, 'iu'),
  // "nobody with unpaid orders can place another one", "nobody who has an overdue loan may borrow"
  new RegExp(
    `^(?<who>nobody|no one|no [\\p{L}-]+) (?:with|having|who ${has}) ${rows} (?:can|may|must|is allowed to) ${deed}$`,
    'iu',
  ),
  // "members cannot borrow tools while they have an overdue loan"
  new RegExp(`^${lead}${who} ${cannot} ${deed} (?:while|when|if|as long as|because) ${they} ${has} ${rows}$`, 'iu'),
  new RegExp(
    `^(?<who>nobody|no one|no [\\p{L}-]+) (?:can|may|must|is allowed to) ${deed} (?:while|when|if|as long as|who) (?:${they} )?${has} ${rows}$`,
    'iu',
  ),
]

/**
 * "Members with overdue loans cannot borrow tools": what somebody has in some state keeps them from making another row.
 * Where it is not known what is theirs, or what such a row is, it is said so.
 */
export const readPeopleWithRows: Read = (said) => {
  const found = withRows.map((one) => one.exec(said.trim())?.groups).find((groups) => groups !== undefined)
  if (!found || /^(?:be|have|get|become|see|view)$/i.test(found.verb!)) return undefined
  return { said, rest: [], after: 4, sure: true, alone: true, apply: (draft) => keepOut(draft, said, found) }
}

const keepOut = (draft: BehaviourDraft, said: string, found: Record<string, string | undefined>): Outcome => {
  const target = targetOf(draft, {
    who: singular(found.who!.toLowerCase()),
    verb: baseVerb(found.verb!.toLowerCase()),
    thing: found.thing === undefined ? undefined : plainThing(found.thing),
  })
  if (target?.op !== 'create') return { unresolved: `Nothing here is made when somebody does that.` }
  const { model } = target
  const named = /^ones?$/i.test(found.rows!) ? model : draft.findModel(found.rows!)
  if (!named)
    return {
      unresolved: `Nothing here is called “${found.rows}”: say first that there are some, whose they are, and whether they are ${found.which}.`,
    }
  const condition = conditionFor(named, found.which!, 'other')
  if (!condition)
    return {
      unresolved: `Nothing here says which ${found.rows} are ${found.which}: give them a status, or a yes or no of that name.`,
    }
  const own = whose(draft, model, named, singular(found.who!.toLowerCase()))
  if (!own) return { unresolved: `It is not known whose ${found.rows} are: say who adds them.` }
  const message = asRule(said)
  const itself = named.name === model.name ? 'other.id != this.id && ' : ''
  const theirs = `(other, ${itself}other.${own[1]} == this.${own[0]} && ${condition.text})`
  const least = leastOf(found.least)
  requireOn(model, 'create', {
    check: least > 1 ? `${named.name}.filter${theirs}.size() < ${least}` : `!${named.name}.exists${theirs}`,
    message,
    status: 409,
  })
  return { understood: [message] }
}

/** "Two", "two or more", "more than two": from how many on. */
const leastOf = (said: string | undefined): number => {
  const more = /^more than /i.test(said ?? '')
  const number = said ? numberOf(said.replace(/^(?:more than|at least) | or more$/gi, '')) : undefined
  return (number ?? 1) + (more ? 1 : 0)
}

/** "Another tool", "anything", "more tools" -> what it is, where it is named. */
const plainThing = (words: string): string | undefined => {
  const plain = words
    .replace(/^(?:an? |the |any |another |new |more |further |other )+/i, '')
    .replace(/ (?:any ?more|again)$/i, '')
  return /^(?:anything|something|things?|ones?|more)$/i.test(plain) ? undefined : plain
}

/** By which fields of two models it is known that rows of both are somebody's: their owner, or the person they refer to. */
const whose = (draft: BehaviourDraft, one: Found, other: Found, who: string): [string, string] | undefined => {
  if (one.api.owner && other.api.owner) return [one.api.owner, other.api.owner]
  const user = draft.userModel()
  // A print job that names its customer, who is an account, is that customer's.
  const [mine, theirs] = [one, other].map(
    (row) =>
      row.api.owner ??
      (user && row.model.fields[`${who.replaceAll(' ', '_')}_id`] ? draft.refFrom(row, user, who) : undefined),
  )
  if (mine && theirs) return [mine, theirs]
  for (const person of draft.models()) {
    const [mine, theirs] = [draft.refFrom(one, person), draft.refFrom(other, person)]
    if (mine && theirs && isPersonNoun(person.key.split('_').at(-1)!)) return [mine, theirs]
  }
  return undefined
}
