import { isPeople } from '../../behaviour/states/doers.ts'
import { consents, refusals, verbOf } from '../../behaviour/states/verbs.ts'
import { signUpRoles } from '../../lexicon/people.ts'
import { linkNouns } from '../../lexicon/verbs.ts'
import { bookedItselfNouns } from '../booked-itself.ts'
import { baseOfSaid, endsInPeople } from '../wordings/deeds.ts'
import {
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

/**
 * One thing after another that is done, and the state it is in then: by whom, where it is said, and what with. Several verbs
 * are one or the other; none is a look, or something written down in passing.
 */
type Deed = { who?: string; verbs: string[]; states: string[]; object?: string; field?: string; sees?: true }

const joints =
  /,\s*(?:and\s+|but\s+)?(?:then\s+|finally\s+|afterwards\s+|later\s+)*|\s+(?:and|(?<!\b(?:is|are|gets?|be) )then)\s+(?:then\s+|finally\s+|afterwards\s+)*/i
const people = '(?<who>(?:the|an?|our) [\\p{L}-]+(?: [\\p{L}-]+)??|[\\p{L}-]+s|staff)'
const up = '(?: (?:up|out|off|in|back|over))?'
const can = '(?:then |finally |must |can |may )?'
const verb = `(?<verb>(?!(?:an?|the|it|them|with|has|have|is|are|gets?|goes|go|moves?|starts?|begins?|becomes?|runs?)\\b)[\\p{L}]+${up})`
const apart = '(?: (?<particle>up|out|off|in|back|over))?'
const noun = '(?:the |an? |all |their |his |her )?(?!it\\b|them\\b)[\\p{L}-]+(?: (?!it\\b|them\\b)[\\p{L}-]+)?'
const does = new RegExp(`^(?:${people} )?${can}${verb} (?:(?<object>${noun})|(?<pronoun>it|them)${apart})$`, 'iu')
const judges = 'accept|decline|approve|reject|refuse|agree|disagree|confirm|deny|denie|release|return'
const decides = new RegExp(
  `^(?:${people} )?${can}(?<verbs>(?:${judges})s?(?: or (?:${judges})s?)?|(?:says?|answers?) yes or no)(?: (?:to )?(?:(?<pronoun>it|them|that|this)|(?<object>${noun})))?$`,
  'iu',
)
const looks = new RegExp(
  `^(?:${people} )?${can}(?:looks? at|reads?(?: through)?|sees?|views?|gets?|receives?) (?:(?<pronoun>it|them)|(?<object>${noun}))$`,
  'iu',
)
/** What is said or written of the thing, which is something else than the thing. */
const aside = new RegExp(
  `^(?:${people} )?${can}(?<verb>quote|offer|estimate|make|give|send|name|calculate|propose|set|write|add|leave|enter|draw up|prepare|note)s?(?: down)? (?:an? |the |his |her |their )?(?:(?:short|written|first|rough) )?(?<field>price|offer|quote|estimate|amount|costs?|date|note|diagnosis|comment)(?: (?:for|of|to|about|on) (?:it|them|the [\\p{L}-]+))?$`,
  'iu',
)
/** Of these a step is made; the others are only written down. */
const offers: Readonly<Record<string, string>> = {
  offer: 'quote',
  quote: 'quote',
  estimate: 'estimate',
  price: 'quote',
  cost: 'quote',
  amount: 'quote',
}
const goesDone = '(?:is|are|gets?|must be|will be) (?:then |finally )?'
const participle = `[\\p{L}]+(?:ed|en|id|nt|ld|ilt|ade|ght|pt)${up}`
const isDone = new RegExp(
  `^(?:(?<pronoun>it|they)|(?<object>the [\\p{L}-]+(?: [\\p{L}-]+)?)) ${goesDone}(?<done>[\\p{L}]+${up}(?: or [\\p{L}]+ed)?)(?: by ${people})?$`,
  'iu',
)
const done = new RegExp(`^(?:then |finally )?(?<done>${participle}(?: or [\\p{L}]+ed)?)(?: by ${people})?$`, 'iu')

const stem = (verb: string): string => {
  const [head = '', ...rest] = verb.split(' ')
  return [baseOfSaid(head), ...rest].join(' ')
}

/** "Says yes or no" accepts or declines; who agrees accepts. */
const judged = (verbs: string): string[] =>
  / yes or no$/i.test(verbs)
    ? ['accept', 'decline']
    : verbs
        .toLowerCase()
        .split(' or ')
        .map((one) =>
          stem(one)
            .replace(/^denie$/, 'deny')
            .replace(/^agree$/, 'accept')
            .replace(/^disagree$/, 'decline'),
        )

/** Returns what one part of a story tells, where a verb without somebody goes on with what they did before. */
const deedOf = (part: string, before: Deed | undefined): Deed | undefined => {
  const by = (who: string | undefined): { who?: string } => {
    const doer = who ?? before?.who
    return doer ? { who: doer } : {}
  }
  const on = (groups: { [name: string]: string }): { object?: string } => {
    const object = groups.object ?? groups.pronoun
    return object ? { object } : {}
  }
  const written = groupsOf(aside, part)
  if (written) {
    const field = written.field!.toLowerCase().replace(/^costs$/, 'cost')
    const verb = offers[stem(written.verb!.toLowerCase())] ?? offers[field]
    return { ...by(written.who), verbs: verb ? [verb] : [], states: verb ? [participleOf(verb)] : [], field }
  }
  const judgedBy = groupsOf(decides, part)
  if (judgedBy && (judgedBy.who || before)) {
    const verbs = judged(judgedBy.verbs!)
    return { ...by(judgedBy.who), verbs, states: verbs.map(participleOf), ...on(judgedBy) }
  }
  const looked = groupsOf(looks, part)
  if (looked && (looked.who || before)) return { ...by(looked.who), verbs: [], states: [], ...on(looked), sees: true }
  const undergone = before ? (groupsOf(isDone, part) ?? groupsOf(done, part)) : undefined
  if (undergone) {
    // Who picks something up takes it on: what is fetched by nobody in particular is collected.
    const states = undergone
      .done!.toLowerCase()
      .replace(/^picked up$/, 'collected')
      .split(' or ')
    return {
      ...(undergone.who ? { who: undergone.who } : {}),
      verbs: states.map((state) => verbOf(toName(state.split(' '))).replaceAll('_', ' ')),
      states,
      ...on(undergone),
    }
  }
  const acts = groupsOf(does, part)
  if (acts && (acts.who || (acts.pronoun && before) || (before && acts.object))) {
    const verb = [stem(acts.verb!), acts.particle].filter(Boolean).join(' ').toLowerCase()
    return { ...by(acts.who), verbs: [verb], states: [participleOf(verb)], ...on(acts) }
  }
  return undefined
}

const groupsOf = (pattern: RegExp, part: string): { [name: string]: string } | undefined =>
  pattern.exec(part)?.groups as { [name: string]: string } | undefined

const deedsOf = (text: string): Deed[] | undefined => {
  const deeds: Deed[] = []
  for (const part of text.split(joints)) {
    const deed = deedOf(part, deeds.at(-1))
    if (!deed) return undefined
    deeds.push(deed)
  }
  return deeds
}

const makes =
  /\b(?:can )?(?<verb>order|book|request|submit|bring in|bring|send in|send|place|file|report|make|add|upload|hand in)s? (?:an? |their |the |new )?(?<thing>[\p{L}-]+(?: (?!with\b|for\b|to\b|from\b|in\b)[\p{L}-]+)?)(?= with\b| for\b|[.,]|$)/giu

const itself = new RegExp(`\\b(?:${bookedItselfNouns}|slot)$`, 'i')

/** What people were said to make before, and how it is called as well: orders of the cakes that they order. */
const thingBefore = (all: string, text: string): { thing: string; alias: string } | undefined => {
  const found = [...all.slice(0, Math.max(0, all.indexOf(text))).matchAll(makes)].at(-1)?.groups
  const alias = found && singularPhrase(found.thing!.toLowerCase())
  if (!alias) return undefined
  return { thing: itself.test(alias) ? alias : (linkNouns.get(found.verb!.toLowerCase()) ?? alias), alias }
}

const pronoun = /^(?:it|them|that|this)$/i
const bare = (object: string): string =>
  singularPhrase(object.toLowerCase().replace(/^(?:the|an?|all|their|his|her) /, ''))

/** What a story is about: what its first deed names, where that is spoken of, else what people made before. */
const subjectOf = (deeds: readonly Deed[], all: string, text: string): string | undefined => {
  const named = deeds.flatMap(({ object }) => (object && !pronoun.test(object) ? [bare(object)] : []))
  const before = thingBefore(all, text)
  const isIt = (name: string): boolean =>
    before !== undefined && [before.thing, before.alias, before.alias.split(' ').at(-1)].includes(name)
  if (before && named.every(isIt)) return before.thing
  const [first] = named
  if (!first || deeds[0]!.object === undefined || pronoun.test(deeds[0]!.object)) return undefined
  return named.every((one) => one === first) && (all.trim() === text || isSpoken(first, text, all)) ? first : undefined
}

/** "A claim is submitted, then assessed": where its states are told, a list of what people do to it is no story. */
const statesAreTold = (thing: string, rest: string): boolean =>
  new RegExp(
    `(?:^|[.!;:] *|\\n *)(?:an? |the |each |every |all )?(?:${thing}|${pluralPhrase(thing)}) (?:is|are|goes?|moves?|starts?|begins?|can be|may be) [^.;:]*(?:,| or |\\bthen\\b|\\bto\\b)`,
    'iu',
  ).test(rest)

/** "Approve and reject them": one or the other, and not one after the other. */
const goesBothWays = (steps: readonly Deed[]): boolean => {
  const only = steps.flatMap(({ states }) => (states.length === 1 ? [toName(states[0]!.split(' '))] : []))
  return only.some((state) => consents.test(state)) && only.some((state) => refusals.test(state))
}

/**
 * "The shop quotes a price, the customer approves or declines, then it gets printed and finally collected": states, one after
 * the other, and who takes which step. What it is about is named in it ("a bakery accepts orders, bakes them") or was just
 * before.
 */
export const toldAsStory: Turn = (text, { all }) => {
  const deeds = text.length > 200 ? undefined : deedsOf(text)
  const steps = deeds?.filter(({ states }) => states.length > 0) ?? []
  if (!deeds || steps.length < 2 || (deeds.length < 3 && !deeds.some(({ field }) => field))) return undefined
  // What is only decided on, and by whom, has readers of its own.
  if (steps.every(({ states }) => states.length > 1)) return undefined
  if (!deeds.every(({ who }) => who === undefined || isDoer(who))) return undefined
  if (!steps.some(({ object }) => object === undefined || pronoun.test(object)) && deeds.length < 3) return undefined
  const thing = subjectOf(deeds, all, text)
  if (!thing || steps.some(({ states }) => states.some((state) => /^(?:has|had|been)/.test(state)))) return undefined
  if (statesAreTold(thing, all.replace(text, '')) || goesBothWays(steps)) return undefined
  const things = pluralPhrase(thing)
  // What nobody is named for is done by whoever does the rest, and not by whose it is.
  const staff = [...new Set(deeds.flatMap(({ who }) => (who !== undefined && !isTheirs(who) ? [crowdOf(who)] : [])))]
  const by = ({ who }: Deed): string | undefined =>
    who === undefined ? (staff.length === 1 ? staff[0] : undefined) : crowdOf(who)
  const whose = ({ who }: Deed): string => (who !== undefined && isTheirs(who) ? 'their own ' : '')
  return [
    `${sentence(withArticle(thing))} goes new, ${steps.map(({ states }) => states.join(' or ')).join(', ')}`,
    ...deeds.flatMap((deed) =>
      deed.field
        ? [
            `Each ${thing} has an optional ${deed.field}`,
            `Only ${by(deed)!.replace(/^The /, 'the ')} can change the ${deed.field}`,
          ]
        : [],
    ),
    ...deeds.flatMap((deed) => (deed.sees && by(deed) ? [`${by(deed)} can see all ${things}`] : [])),
    ...[...Map.groupBy(steps, by)].flatMap(([who, some]) =>
      who === undefined
        ? []
        : some.flatMap(({ verbs }) => verbs.map((verb) => `${who} can ${verb} ${whose(some[0]!)}${things}`)),
    ),
  ]
}

/** Whoever may stand in a story: people, a place where they work, or who is called after what they do. */
const isDoer = (who: string): boolean =>
  endsInPeople(who) || places.test(who) || (/^(?:the|an?|our) [\p{L}-]+$/iu.test(who) && isPeople(who))

const places =
  /\b(?:shop|agency|firm|company|bakery|workshop|office|kitchen|lab|studio|warehouse|garage|tailor|brewery|press|printer|depot|garden|farm|desk|reception|board|team|department|committee)$/i

/** Whoever signs up takes steps with what is theirs. */
const isTheirs = (who: string): boolean => signUpRoles.has(singular(who.toLowerCase().split(' ').at(-1)!))

/** "The customer" is any of them; the shop is one. */
const crowdOf = (who: string): string => {
  const plain = who.replace(/^(?:the|an?|our) /i, '')
  return places.test(plain) || /^(?:staff|sales)$/i.test(plain) ? `The ${plain}` : sentence(plural(singular(plain)))
}
