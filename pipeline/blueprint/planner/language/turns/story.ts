import { verbOf } from '../../behaviour/states/verbs.ts'
import { signUpRoles } from '../../lexicon/people.ts'
import { linkNouns } from '../../lexicon/verbs.ts'
import { bookedItselfNouns } from '../booked-itself.ts'
import { baseOfSaid, endsInPeople } from '../wordings/deeds.ts'
import {
  listed,
  participleOf,
  plural,
  pluralPhrase,
  sentence,
  singular,
  singularPhrase,
  toName,
  withArticle,
} from '../words.ts'
import { isSpoken, type Turn } from './words.ts'

/** One thing after another that is done with something, and the state it is in then: by whom, where it is said, and what with. */
type Deed = { who?: string; verb: string; object?: string; state: string }

const joints =
  /,\s*(?:and\s+)?(?:then\s+|finally\s+|afterwards\s+|later\s+)*|\s+(?:and|(?<!\b(?:is|are|gets?|be) )then)\s+(?:then\s+|finally\s+|afterwards\s+)*/i
const people = '(?<who>(?:the|an?|our) [\\p{L}-]+(?: [\\p{L}-]+)??|[\\p{L}-]+s|staff)'
const up = '(?: (?:up|out|off|in|back|over))?'
const verb = `(?<verb>(?!(?:an?|the|it|them|with|has|have|is|are|gets?)\\b)[\\p{L}]+${up})`
const apart = '(?: (?<particle>up|out|off|in|back|over))?'
const does = new RegExp(
  `^${people} (?:then |finally |must |can )?${verb} (?:(?<object>(?:the |an? |all )?(?!it\\b|them\\b)[\\p{L}-]+(?: (?!it\\b|them\\b)[\\p{L}-]+)?)|(?<pronoun>it|them)${apart})$`,
  'iu',
)
const goesOn = new RegExp(`^(?:then |finally )?${verb} (?<pronoun>it|them)${apart}$`, 'iu')
const isDone = new RegExp(
  `^(?:it|they) (?:is|are|gets?|must be) (?:then |finally )?(?<done>[\\p{L}]+${up})(?: by ${people})?$`,
  'iu',
)
const done = new RegExp(
  `^(?:then |finally )?(?<done>[\\p{L}]+(?:ed|en|id|nt|ld|ilt|ade|ght|pt)${up})(?: by ${people})?$`,
  'iu',
)
/** What is said with the thing, which is something else than the thing. */
const aside = /^an? (price|offer|quote|estimate|amount|date)$/i

const stem = (verb: string): string => {
  const [head = '', ...rest] = verb.split(' ')
  return [baseOfSaid(head), ...rest].join(' ')
}

const deedsOf = (text: string): Deed[] | undefined => {
  const deeds: Deed[] = []
  for (const part of text.split(joints)) {
    const acts = does.exec(part)?.groups ?? goesOn.exec(part)?.groups
    const undergone = acts ? undefined : (isDone.exec(part)?.groups ?? done.exec(part)?.groups)
    const before = deeds.at(-1)
    if (acts) {
      const who = acts.who ?? before?.who
      const verb = [stem(acts.verb!), acts.particle].filter(Boolean).join(' ')
      deeds.push({
        ...(who ? { who } : {}),
        verb,
        object: acts.object ?? acts.pronoun!,
        state: participleOf(verb.toLowerCase()),
      })
    } else if (undergone && before) {
      const state = undergone.done!.toLowerCase()
      const verb = verbOf(toName(state.split(' '))).replaceAll('_', ' ')
      deeds.push({ ...(undergone.who ? { who: undergone.who } : {}), verb, state })
    } else return undefined
  }
  return deeds
}

const makes =
  /\b(?:can )?(?<verb>order|book|request|submit|bring in|bring|send in|send|place|file|report|make|add|upload|hand in)s? (?:an? |their |the |new )?(?<thing>[\p{L}-]+(?: (?!with\b|for\b|to\b|from\b|in\b)[\p{L}-]+)?)(?= with\b| for\b|[.,]|$)/giu

const itself = new RegExp(`\\b(?:${bookedItselfNouns}|slot)$`, 'i')

/** What people were said to make before: orders of what they order. */
const thingBefore = (all: string, text: string): string | undefined => {
  const found = [...all.slice(0, Math.max(0, all.indexOf(text))).matchAll(makes)].at(-1)?.groups
  const thing = found && singularPhrase(found.thing!)
  return thing && !itself.test(thing) ? (linkNouns.get(found.verb!.toLowerCase()) ?? thing) : thing
}

/**
 * "The shop quotes a price, the customer approves it, then it gets printed and finally collected": states, one after the other,
 * and who takes which step. What it is about is named in it ("a bakery accepts orders, bakes them") or was just before.
 */
export const toldAsStory: Turn = (text, { all }) => {
  const deeds = text.length > 200 ? undefined : deedsOf(text)
  if (!deeds || deeds.length < 3) return undefined
  const [first] = deeds
  const objects = deeds.flatMap(({ object }) => (object === undefined ? [] : [object]))
  const pronoun = (one: string): boolean => /^(?:it|them)$/i.test(one)
  if (!objects.slice(1).every(pronoun) || !deeds.some(({ object }) => object === undefined || pronoun(object)))
    return undefined
  if (!deeds.every(({ who }) => who === undefined || endsInPeople(who) || places.test(who))) return undefined
  const named = first!.object && !pronoun(first!.object) && !aside.test(first!.object) ? first!.object : undefined
  const thing = named ? singularPhrase(named.replace(/^(?:the|an?|all) /i, '')) : thingBefore(all, text)
  if (
    !thing ||
    (named && all.trim() !== text && !isSpoken(thing, text, all)) ||
    deeds.some(({ state }) => /^(?:has|had|been)/.test(state))
  )
    return undefined
  const things = pluralPhrase(thing)
  const said = aside.exec(first!.object ?? '')?.[1]
  // What nobody is named for is done by whoever does the rest, and not by whose it is.
  const staff = [...new Set(deeds.flatMap(({ who }) => (who !== undefined && !isTheirs(who) ? [who] : [])))]
  const takers = Map.groupBy(
    deeds.map((one) => ({ ...one, who: one.who ?? (staff.length === 1 ? staff[0] : undefined) })),
    ({ who }) => who,
  )
  return [
    `${sentence(withArticle(thing))} goes new, ${deeds.map(({ state }) => state).join(', ')}`,
    ...(said
      ? [`Each ${thing} has an optional ${said}`, `Only ${crowdOf(first!.who!).toLowerCase()} can change the ${said}`]
      : []),
    ...[...takers].flatMap(([who, some]) =>
      who === undefined
        ? []
        : [`${crowdOf(who)} can ${listed(some.map(({ verb }) => verb))} ${isTheirs(who) ? 'their own ' : ''}${things}`],
    ),
  ]
}

const places =
  /\b(?:shop|bakery|workshop|office|kitchen|lab|studio|warehouse|garage|tailor|brewery|press|printer|depot|garden|farm|desk|reception|board|team|department|committee)$/i

/** Whoever signs up takes steps with what is theirs. */
const isTheirs = (who: string): boolean => signUpRoles.has(singular(who.toLowerCase().split(' ').at(-1)!))

/** "The customer" is any of them; the shop is one. */
const crowdOf = (who: string): string => {
  const plain = who.replace(/^(?:the|an?|our) /i, '')
  return places.test(plain) || /^(?:staff|sales)$/i.test(plain) ? `The ${plain}` : sentence(plural(singular(plain)))
}
