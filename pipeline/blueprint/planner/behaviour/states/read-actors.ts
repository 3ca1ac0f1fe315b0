import { singular, toName } from '../../language/words.ts'
import { baseVerb, leavesOwnerOpen, operationsOf, takesBack } from '../../lexicon/verbs.ts'
import { roleOf } from '../../read/people.ts'
import type { Actors } from './spec.ts'
import { processVerbs, saidVerb } from './verbs.ts'

const who = '(?<who>(?:(?:an?|the|all|any|every|each|only|one of the) )*[\\p{L}-]+(?: [\\p{L}-]+){0,2}?)'
const modal =
  '(?:can|may|must|should|could|will|shall|need to|needs to|has to|have to|is allowed to|are allowed to|is able to|are able to|get to)'
const active = new RegExp(
  `^(?:only )?${who}(?: then| also| later| afterwards)? ${modal}(?: only| also| then| later)? (?<acts>.+)$`,
  'iu',
)
const plain = new RegExp(
  `^(?:only )?${who}(?: then| also| later| afterwards)? (?<acts>[\\p{L}-]+(?: [\\p{L}'-]+)*(?:(?:,? (?:and|or) |, |/)[\\p{L}-]+(?: [\\p{L}'-]+)*)*)$`,
  'iu',
)
const let_ = new RegExp(`^(?:let|allow|enable|permit) ${who} (?:to )?(?<acts>.+)$`, 'iu')
const passive = new RegExp(
  `^(?:an?|the|each|every|all)?\\s*(?<thing>[\\p{L}'-]+(?: [\\p{L}'-]+){0,1}?) (?:${modal} (?:only )?(?:ever )?be|(?:are|is|get|gets)(?: only| always)?) (?<done>[\\p{L}-]+(?: (?:in|out|up|off|over|back))?(?:(?:,| and| or)+ [\\p{L}-]+)*)(?: only)? (?:only )?by (?:only )?${who}$`,
  'iu',
)
/** "only the lawyer of the case can close it", "only the translator it is assigned to can mark it as translated". */
const assigned =
  /^only (?:the )?(?:(?:assigned|responsible) (?<who>[\p{L}-]+)|(?<who>[\p{L}-]+) (?:of (?:the|a|that) (?<thing>[\p{L}-]+)|(?:it|the [\p{L}-]+|who|that) (?:is|was|has been)(?: assigned| given)?(?: to)?(?: it)?|(?:in charge|responsible)(?: for it| of it)?)) (?:can|may|must) (?<acts>.+)$/iu
const verbs = '(?<verbs>[\\p{L}-]+(?:(?:,| and| or|/)+ ?[\\p{L}-]+)*)'
const own = "(?:their|his|her|one's|his or her|your) own"
const notOwn: readonly RegExp[] = [
  `^(?:nobody|no[- ]one)(?: ever)? ${verbs} ${own}(?: (?<thing>[\\p{L}'-]+(?: [\\p{L}'-]+)?))?$`,
  `^(?:nobody|no[- ]one|nobody ever|${who}) (?:cannot|can't|(?:can|may|must|should|could|is allowed to|are allowed to) ?(?:not|never)?) ?(?:ever )?${verbs} ${own}(?: (?<thing>[\\p{L}'-]+(?: [\\p{L}'-]+)?))?$`,
  `^(?:an?|the|each|every)?\\s*(?<thing>[\\p{L}'-]+(?: [\\p{L}'-]+)?) (?:can ?not|cannot|can't|must not|may not|should not|can never) be (?<done>[\\p{L}-]+(?:(?:,| and| or)+ [\\p{L}-]+)*) by (?:the )?(?:person|one|user|employee|member|same person|[\\p{L}]+) (?:who|that) (?:\\w+ )?(?:made|created|requested|submitted|filed|wrote|entered|asked for|raised|opened|placed|posted) (?:it|them)$`,
].map((source) => new RegExp(source, 'iu'))

const separators = /\s*,\s*(?:and |or |then )?|\s+(?:and then|and|or|then)\s+|\s*\/\s*/i
const particles = '(?:in|out|up|off|over|back|on)'
const marking =
  /^(?:marks?|sets?|flags?|moves?|puts?|chang(?:e|es)|switch(?:es)?)\s+(?<object>.+?)\s+(?:as|to|into)\s+(?<state>[\p{L} -]+)$/iu
const acting = new RegExp(`^(?<verb>[\\p{L}-]+(?: ${particles})?)(?:\\s+(?<object>.+))?$`, 'iu')

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
  const refused = refusedOf(said)
  if (refused) return { actors: refused, rest: [] }
  const turned = passive.exec(said)?.groups
  if (turned && isPeople(turned.who!)) {
    const acts = turned.done!.split(separators).map((done) => ({ verb: baseOf(done), thing: turned.thing! }))
    if (acts.length > 0 && acts.every(({ verb }) => processVerbs.has(verb)))
      return { actors: { who: turned.who!, acts, whose: 'all' }, rest: [] }
  }
  for (const pattern of [active, let_, plain]) {
    const groups = pattern.exec(said)?.groups
    if (!groups || !isPeople(groups.who!)) continue
    const found = actsOf(groups.acts!)
    if (!found) continue
    const whose = found.objects.some((object) => /^(?:their|his|her|its|my|our)\b/i.test(object))
      ? 'own'
      : found.objects.some((object) => /\bassigned to (?:them|him|her|it)\b/i.test(object))
        ? 'assigned'
        : found.acts.every(({ verb }) => takesBack.has(verb)) &&
            !/\bonly\b/i.test(said) &&
            found.objects.every(leavesOwnerOpen)
          ? 'usual'
          : 'all'
    const thing = found.acts[0]!.thing
    const others = found.others.map((other) => (/\s/.test(other) ? other : `${other} ${thing}`)).join(' and ')
    return {
      actors: { who: groups.who!, acts: found.acts, whose },
      rest: others ? [`${said.slice(0, said.length - groups.acts!.length)}${others}`] : [],
    }
  }
  return undefined
}

/** Words before people that say nothing of who they are. */
export const withoutLead = (words: string): string =>
  words.replace(/^(?:(?:only|the|an?|all|any|every|each|one of the)\s+)+/gi, '')

/** Whoever does something with a step's verb is somebody, also where other sentences would take the word for a thing. */
const doers =
  /(?:ers?|ors?|ists?|ants?|staff|team|desk|office|department|warehouse|kitchen|lab|laboratory|board|crew|press|reception|management|accounting|sales|support)$/i
const things =
  /(?:ments?|orders?|offers?|papers?|letters?|numbers?|servers?|folders?|chapters?|trailers?|posters?|flowers?|containers?|filters?|members?hips?)$/i

/** Returns the role that words mean where somebody takes a step; undefined where nobody can be meant. */
export const doerOf = (words: string): string | undefined => {
  const plain = withoutLead(words.trim())
  const role = roleOf(plain)
  if (role) return role
  if (!/^[\p{L}-]+(?: [\p{L}-]+)?$/u.test(plain) || !doers.test(plain) || things.test(plain)) return undefined
  const parts = plain.toLowerCase().split(/[\s-]+/)
  return toName([...parts.slice(0, -1), singular(parts.at(-1)!)])
}

const isPeople = (words: string): boolean => {
  const role = doerOf(words)
  return role !== undefined && role !== 'nobody' && role !== 'we'
}

/** "approve and reject them, see all claims" -> the steps, the rest, and what they are done to; undefined where a part is no act. */
const actsOf = (text: string): { acts: Actors['acts']; others: string[]; objects: string[] } | undefined => {
  const pieces = text
    .split(separators)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
  const acts: { verb: string; thing: string }[] = []
  const others: string[] = []
  const objects: string[] = []
  let waiting: string[] = []
  for (const piece of pieces) {
    const marked = marking.exec(piece)?.groups
    const groups = marked ?? acting.exec(piece)?.groups
    if (!groups) return undefined
    const verb = marked ? saidVerb(piece) : saidVerb(groups.verb!)
    const single = saidVerb(groups.verb?.split(' ')[0] ?? '')
    const isStep = marked !== undefined || processVerbs.has(verb) || processVerbs.has(single)
    if (!isStep) {
      if (!operationsOf.has(baseVerb(groups.verb!.split(' ')[0]!.toLowerCase()))) return undefined
      others.push(piece)
      continue
    }
    const name = marked || processVerbs.has(verb) ? verb : single
    const object = marked || processVerbs.has(verb) ? groups.object : piece.slice(piece.indexOf(' ') + 1)
    if (!object || object === piece) {
      waiting.push(name)
      continue
    }
    const thing = thingOf(name === 'decide' ? object.replace(/^(?:on|about|over) /i, '') : object)
    if (!thing) return undefined
    objects.push(object)
    for (const one of [...waiting, name]) acts.push({ verb: one, thing })
    waiting = []
  }
  // "Managers approve and reject": on what was spoken of.
  for (const verb of waiting) acts.push({ verb, thing: acts[0]?.thing ?? 'it' })
  return acts.length > 0 ? { acts, others, objects } : undefined
}

/** The noun of an object: "their own jobs" -> jobs; undefined for what is no plain noun. */
const thingOf = (object: string): string | undefined => {
  const words = object
    .replace(
      /\s+(?:assigned to (?:them|him|her)|of (?:others|other people|everyone|everybody|all customers)|again|themselves|later|afterwards|when .+|once .+|if .+|after .+|before .+|with .+|in time)$/i,
      '',
    )
    .replace(
      /^(?:(?:all|any|every|each|the|an?|their|his|her|its|my|our|own|such|these|those|other people's|submitted|pending|open|new)\s+)+/i,
      '',
    )
    .trim()
  if (/^(?:up|in|out|on|off|over|back|to|for|with|by|at|from|of|about|into|as|when|if|it so)\b/i.test(words))
    return undefined
  return /^[\p{L}'-]+(?: [\p{L}'-]+){0,2}$/u.test(words) ? words : undefined
}

const refusedOf = (said: string): Actors | undefined => {
  for (const pattern of notOwn) {
    const groups = pattern.exec(said)?.groups
    if (!groups) continue
    if (groups.verbs && !/^(?:nobody|no[- ]one)/i.test(said) && !/\b(?:not|never|cannot|can't)\b/i.test(said)) continue
    const list = (groups.verbs ?? groups.done ?? '').split(separators)
    const acts = list.map((verb) => ({
      verb: groups.verbs ? saidVerb(verb) : baseOf(verb),
      thing: groups.thing ?? 'it',
    }))
    if (acts.every(({ verb }) => processVerbs.has(verb))) return { who: groups.who ?? 'nobody', acts, whose: 'others' }
  }
  return undefined
}

/** approved -> approve, signed off -> sign_off. */
const baseOf = (participle: string): string => {
  const [head = '', ...rest] = participle.trim().toLowerCase().split(/\s+/)
  const candidates = [
    head.replace(/ied$/, 'y'),
    head.replace(/ed$/, ''),
    head.replace(/d$/, ''),
    head.replace(/(.)\1ed$/, '$1'),
    irregular[head] ?? head,
  ]
  const base = candidates.find((one) => processVerbs.has([one, ...rest].join('_'))) ?? head
  return [base, ...rest].join('_')
}

const irregular: { readonly [participle: string]: string } = {
  paid: 'pay',
  sent: 'send',
  sold: 'sell',
  taken: 'take',
  written: 'write',
  withdrawn: 'withdraw',
  held: 'hold',
}
