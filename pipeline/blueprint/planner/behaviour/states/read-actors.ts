import { leavesOwnerOpen, takesBack } from '../../lexicon/verbs.ts'
import { makersBy } from '../makers.ts'
import { actsOf, baseOf, marking, separators } from './acts.ts'
import { doerOf, isPeople, isSomebody, who, whoOf } from './doers.ts'
import { limitedOf, neverOf, refusedOf } from './read-restricted.ts'
import type { Actors } from './spec.ts'
import { articles } from './subject.ts'
import { anyStep, processVerbs, saidVerb } from './verbs.ts'

const modal =
  '(?:(?:should|must|would|will|shall) be (?:able|allowed) to|can|may|must|should|could|will|shall|need to|needs to|has to|have to|is allowed to|are allowed to|is able to|are able to|get to)'
const active = new RegExp(
  `^(?:only )?${who}(?: then| also| later| afterwards)? ${modal}(?: only| also| then| later| either)? (?<acts>.+)$`,
  'iu',
)
const plainly = (people: string): RegExp =>
  new RegExp(
    `^(?:only )?${people}(?: then| also| later| afterwards| either)? (?!either )(?<acts>[\\p{L}-]+(?: [\\p{L}'-]+)*(?:(?:,? (?:and|or) |, |/)[\\p{L}-]+(?: [\\p{L}'-]+)*)*)$`,
    'iu',
  )
const plain = [plainly(who), plainly(whoOf(2)), plainly(whoOf(3))]
const let_ = new RegExp(`^(?:let|allow|enable|permit) ${who} (?:to )?(?<acts>.+)$`, 'iu')
const deed = '[\\p{L}-]+(?: (?:in|out|up|off|over|back|down))?'
const deeds = `${deed}(?:(?:,| and| or)+ ${deed})*`
const passive = new RegExp(
  `^${articles('an?|the|each|every|all')}(?<thing>[\\p{L}'-]+(?: [\\p{L}'-]+){0,1}?) (?:${modal} (?:only )?(?:ever )?be|(?:are|is|get|gets)(?: only| always)?) (?:either )?(?<done>${deeds})(?: only)? (?:only )?by (?:only )?${who}$`,
  'iu',
)
/** "only the lawyer of the case can close it", "only the translator it is assigned to can mark it as translated". */
const assigned =
  /^only (?:the )?(?:(?:assigned|responsible) (?<who>[\p{L}-]+)|(?<who>[\p{L}-]+) (?:of (?:the|a|that) (?<thing>[\p{L}-]+)|assigned to (?:it|them|(?:the|an?|that) (?<thing>[\p{L}-]+))|(?:it|the [\p{L}-]+|who|that) (?:is|was|has been)(?: assigned| given)?(?: to)?(?: it)?|(?:in charge|responsible)(?: for it| of it)?)) (?:can|may|must) (?<acts>.+)$/iu
/** "only the tenant who reported it can close it", "whoever sent it in may withdraw it": whoever made it. */
const byMaker = [
  /^only (?:the |an? )?(?<who>[\p{L}-]+(?: [\p{L}-]+)?) (?:who|that) (?:has |have )?(?:[\p{L}]+ed|made|wrote|sent|asked for|brought|put) (?:it|them|(?:the|that|this|an?) [\p{L}-]+) (?:(?:can|may|must) (?:also )?)?(?<acts>.+)$/iu,
  new RegExp(`^(?:only )?(?<who>${makersBy}) ${modal}(?: also| then| later)? (?<acts>.+)$`, 'iu'),
]

/** "Only tailors move an order on": every step there is. */
const onward = new RegExp(
  `^(?:only )?${who}(?: ${modal})? (?:(?:moves?|brings?|takes?|pushes|push) (?:an? |the |their |all )?(?<thing>[\\p{L}-]+) (?:on|forward|along|further|(?:on )?to the next (?:step|state|stage|status|phase))|(?:changes?|sets?|updates?) the (?:status|state|stage) of (?:an? |the |all )?(?<thing>[\\p{L}-]+))$`,
  'iu',
)

/** Longer sentences are not read: these patterns try every way to cut them. */
const longest = 240

export type ActorsFound = { actors: Actors; rest: string[] }

/** Reads who may take which steps. The sentence that is left says what else they may do. */
export const readActors = (sentence: string): ActorsFound | undefined => {
  if (sentence.length > longest) return undefined
  const said = sentence.trim()
  const named = assigned.exec(said)?.groups
  if (named && isPeople(named.who!)) {
    const found = actsOf(named.acts!)
    if (found && found.others.length === 0)
      return {
        actors: {
          who: named.who!,
          acts: found.acts.map((act) => ({ ...act, thing: named.thing ?? act.thing })),
          whose: 'assigned',
        },
        rest: [],
      }
  }
  for (const pattern of byMaker) {
    const made = pattern.exec(said)?.groups
    const theirs = made && actsOf(made.acts!)
    if (!theirs || theirs.others.length > 0) continue
    const people = made.who!.replace(/ (?:who|that|which) .*$/i, '')
    return { actors: { who: doerOf(people) ? people : 'users', acts: theirs.acts, whose: 'own' }, rest: [] }
  }
  const limited = limitedOf(said)
  if (limited) return { actors: limited, rest: [] }
  const refused = refusedOf(said) ?? neverOf(said)
  if (refused) return { actors: refused, rest: [] }
  const moves = onward.exec(said)?.groups
  if (moves && isPeople(moves.who!)) {
    const acts = [{ verb: anyStep, thing: moves.thing! }]
    return {
      actors: { who: moves.who!, acts, whose: 'seen', ...(/^only\b/i.test(said) ? { only: true } : {}) },
      rest: [],
    }
  }
  const turned = passive.exec(said)?.groups
  if (turned && (isPeople(turned.who!) || (/\bonly\b/i.test(said) && isSomebody(turned.who!)))) {
    const acts = turned.done!.split(separators).map((done) => ({ verb: baseOf(done), thing: turned.thing! }))
    if (acts.length > 0 && acts.every(({ verb }) => processVerbs.has(verb)))
      return { actors: { who: turned.who!, acts, whose: allOfThem.test(said) ? 'all' : 'seen' }, rest: [] }
  }
  for (const pattern of [active, let_, ...plain]) {
    const groups = pattern.exec(said)?.groups
    if (!groups || !(isPeople(groups.who!) || (/^only\b/i.test(said) && isSomebody(groups.who!)))) continue
    const found = opens.test(groups.acts!) ? undefined : actsOf(groups.acts!)
    if (!found) continue
    const whose = found.objects.some((object) => /^(?:their|his|her|its|my|our)\b/i.test(object))
      ? 'own'
      : found.objects.some((object) => /\bassigned to (?:them|him|her|it)\b/i.test(object))
        ? 'assigned'
        : found.acts.every(({ verb }) => takesBack.has(verb)) &&
            !/\bonly\b/i.test(said) &&
            found.objects.every(leavesOwnerOpen)
          ? 'usual'
          : found.objects.some((object) => allOfThem.test(object))
            ? 'all'
            : 'seen'
    const thing = found.acts[0]!.thing
    const object =
      whose === 'own' ? `their own ${thing.replace(/^(?:their|his|her|its|my|our) (?:own )?/i, '')}` : thing
    const others = found.others.map((other) => (/\s/.test(other) ? other : `${other} ${object}`)).join(' and ')
    return {
      actors: { who: groups.who!, acts: found.acts, whose, ...(/^only\b|\bonly$/i.test(said) ? { only: true } : {}) },
      rest: others ? [`${said.slice(0, said.length - groups.acts!.length)}${others}`] : [],
    }
  }
  const unclear = unclearOf(said)
  return unclear && { actors: unclear, rest: [] }
}

/** Who opens a ticket makes it. */
const opens =
  /^opens? (?:(?:an?|the|new|their|any) )*(?:[\p{L}-]+ with .+|(?:[\p{L}-]+ )?(?:tickets?|issues?|cases?|claims?|disputes?|requests?|incidents?|complaints?))$/iu

/** "Only those who work in finance mark claims as paid": a step that is kept for people whom no role names. */
const unclearOf = (said: string): Actors | undefined => {
  const words = /^only /i.test(said) ? said.split(' ') : []
  for (let at = 2; at < Math.min(words.length, 12); at += 1) {
    const rest = words
      .slice(at)
      .join(' ')
      .replace(/^(?:can|may|must|should) /i, '')
    const verb = saidVerb(rest.split(' ')[0]!)
    if (!processVerbs.has(verb) && !marking.test(rest)) continue
    const found = actsOf(rest)
    const who = words.slice(1, at).join(' ')
    if (!found || found.others.length > 0 || !/^(?:the |an? |our |those |people |some|who)/i.test(who)) continue
    // "Only the author can edit a post": to post is not what is kept for them, nor where a second right follows.
    if (/,|\b(?:can|may|must|should)\b/i.test(who)) continue
    return { who: 'admins', acts: found.acts, whose: 'all', only: true, unclear: who }
  }
  return undefined
}

/** Words that say that it is not a question of whose they are. */
const allOfThem = /\b(?:all|any|every|everyone's|everybody's|others?|no matter)\b/i
