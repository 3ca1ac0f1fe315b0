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
/** "only the tenant who reported it can close it": whoever made it. */
const byMaker =
  /^only (?:the |an? )?(?<who>[\p{L}-]+(?: [\p{L}-]+)?) (?:who|that) (?:has |have )?(?:[\p{L}]+ed|made|wrote|sent|asked for|brought|put) (?:it|them|(?:the|that|this|an?) [\p{L}-]+) (?:(?:can|may|must) (?:also )?)?(?<acts>.+)$/iu
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
  const made = byMaker.exec(said)?.groups
  const theirs = made && actsOf(made.acts!)
  if (theirs && theirs.others.length === 0)
    return { actors: { who: doerOf(made.who!) ? made.who! : 'users', acts: theirs.acts, whose: 'own' }, rest: [] }
  const limited = limitedOf(said)
  if (limited) return { actors: limited, rest: [] }
  const refused = refusedOf(said) ?? neverOf(said)
  if (refused) return { actors: refused, rest: [] }
  const turned = passive.exec(said)?.groups
  if (turned && (isPeople(turned.who!) || (/\bonly\b/i.test(said) && isSomebody(turned.who!)))) {
    const acts = turned.done!.split(separators).map((done) => ({ verb: baseOf(done), thing: turned.thing! }))
    if (acts.length > 0 && acts.every(({ verb }) => processVerbs.has(verb)))
      return { actors: { who: turned.who!, acts, whose: allOfThem.test(said) ? 'all' : 'seen' }, rest: [] }
  }
  for (const pattern of [active, let_, plain]) {
    const groups = pattern.exec(said)?.groups
    if (!groups || !(isPeople(groups.who!) || (/^only\b/i.test(said) && isSomebody(groups.who!)))) continue
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
          : found.objects.some((object) => allOfThem.test(object))
            ? 'all'
            : 'seen'
    const thing = found.acts[0]!.thing
    const others = found.others.map((other) => (/\s/.test(other) ? other : `${other} ${thing}`)).join(' and ')
    return {
      actors: { who: groups.who!, acts: found.acts, whose, ...(/^only\b|\bonly$/i.test(said) ? { only: true } : {}) },
      rest: others ? [`${said.slice(0, said.length - groups.acts!.length)}${others}`] : [],
    }
  }
  const unclear = unclearOf(said)
  return unclear && { actors: unclear, rest: [] }
}

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
    return { who: 'admins', acts: found.acts, whose: 'all', only: true, unclear: who }
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

const allOfThem = /\b(?:all|any|every|everyone's|everybody's|others?|no matter)\b/i

/** After "only" stand people, also where no list knows the word: "only finance marks claims as paid". */
const isSomebody = (words: string): boolean => somebodyOf(words) !== undefined

/** Returns the role of those who alone may do something; undefined for what cannot be people. */
export const somebodyOf = (words: string): string | undefined => {
  const known = doerOf(words)
  if (known) return known
  const plain = withoutLead(words.trim()).toLowerCase()
  if (
    !/^[\p{L}-]{2,}(?: [\p{L}-]{2,})?$/u.test(plain) ||
    /^(?:it|they|them|this|that|these|those|one|ones|once|then|when|if|in|on|at|by)\b/.test(plain)
  )
    return undefined
  const parts = plain.split(/[\s-]+/)
  return toName([...parts.slice(0, -1), singular(parts.at(-1)!)])
}

const isPeople = (words: string): boolean => {
  const role = doerOf(words)
  return role !== undefined && role !== 'nobody' && role !== 'we'
}

const lending = /^(gives?|takes?|brings?|hands?|gets?|lends?) ((?:[\p{L}-]+ ){0,2}?[\p{L}-]+) (back|out)$/iu
const lendingVerb = (verb: string, particle: string): string => plainStep(`${saidVerb(verb)}_${particle.toLowerCase()}`)

/** What is lent goes out and comes back by these steps, whatever people call them. */
const plainStep = (verb: string): string =>
  /^(?:take|give|bring|hand|get)_back$/.test(verb)
    ? 'return'
    : /^(?:hand|give|lend)_out$/.test(verb)
      ? 'hand_out'
      : verb

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
    const verb = marked ? saidVerb(piece) : plainStep(saidVerb(groups.verb!))
    const single = saidVerb(groups.verb?.split(' ')[0] ?? '')
    const isStep = marked !== undefined || processVerbs.has(verb) || processVerbs.has(single)
    if (!isStep) {
      // "Take tools back": never a thing called back.
      const handed = groups.object && lending.exec(`${groups.verb} ${groups.object}`)
      if (handed) {
        const thing = thingOf(handed[2]!)
        if (!thing) return undefined
        objects.push(handed[2]!)
        for (const one of [...waiting, lendingVerb(handed[1]!, handed[3]!)]) acts.push({ verb: one, thing })
        waiting = []
        continue
      }
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

const never = new RegExp(
  `^${who} (?:can ?not|cannot|can't|(?:can|may|must|should|do|does) (?:not|never)|(?:is|are) not allowed to|(?:can|may) no longer)(?: ever| any ?more| longer)? (?<acts>.+?)(?: any ?more| any longer| ever)?$`,
  'iu',
)
const neverBy =
  /^(?:an?|the|each|every|all)?\s*(?<thing>[\p{L}'-]+(?: [\p{L}'-]+)?) (?:can ?not|cannot|(?:can|may|must|should) (?:not|never|no longer)|(?:can|may) no longer) be (?<done>[\p{L}-]+(?:(?:,| and| or)+ [\p{L}-]+)*) by (?<who>[\p{L}-]+(?: [\p{L}-]+)?)$/iu

/** "Caretakers cannot close defects": the step is taken from them. */
const neverOf = (said: string): Actors | undefined => {
  const turned = neverBy.exec(said)?.groups
  if (turned && isPeople(turned.who!)) {
    const acts = turned.done!.split(separators).map((done) => ({ verb: baseOf(done), thing: turned.thing! }))
    return acts.every(({ verb }) => processVerbs.has(verb)) ? { who: turned.who!, acts, whose: 'never' } : undefined
  }
  const groups = never.exec(said)?.groups
  if (!groups || !isPeople(groups.who!)) return undefined
  const found = actsOf(groups.acts!)
  return found &&
    found.others.length === 0 &&
    !found.objects.some((object) => /^(?:their|his|her|its|my|our)\b/i.test(object))
    ? { who: groups.who!, acts: found.acts, whose: 'never' }
    : undefined
}

const rowsOf =
  "(?<rows>[\\p{L}'-]+(?: [\\p{L}'-]+)? (?:with|of|over|above|below|under|whose|that|which|worth|from|up|more|less|older|at)\\b.+?)"
const limitedBy = new RegExp(
  `^(?:all |any |every )?${rowsOf} (?:(?:can|may|must|should) only be|must be|(?:are|is|get|gets) only|need to be|needs to be|have to be|has to be) (?<done>[\\p{L}-]+(?:(?:,| and| or)+ [\\p{L}-]+)*) (?:only )?by (?:only )?${who}$`,
  'iu',
)
const limitedTo = new RegExp(
  `^only ${who} (?:(?:can|may|must|should) )?(?<done>[\\p{L}-]+(?:(?:,| and| or)+ [\\p{L}-]+)*) ${rowsOf}$`,
  'iu',
)

const neverTo = new RegExp(
  `^${who} (?:can ?not|cannot|can't|(?:can|may|must|should) (?:not|never)|(?:is|are) not allowed to|(?:can|may) no longer) (?<done>[\\p{L}-]+(?:(?:,| and| or)+ [\\p{L}-]+)*) ${rowsOf}$`,
  'iu',
)
const onlyThose = new RegExp(
  `^${who} (?:(?:can|may) only|(?:is|are) only allowed to|only) (?<done>[\\p{L}-]+(?:(?:,| and| or)+ [\\p{L}-]+)*) ${rowsOf}$`,
  'iu',
)

/** "Claims with a total above 500 can only be approved by finance": of the others everything stays as it is. */
const limitedOf = (said: string): Actors | undefined => {
  for (const [pattern, base, whose] of [
    [limitedBy, baseOf, 'seen'],
    [limitedTo, saidVerb, 'seen'],
    [neverTo, saidVerb, 'never'],
    [onlyThose, saidVerb, 'all'],
  ] as const) {
    const groups = pattern.exec(said)?.groups
    if (!groups || !isSomebody(groups.who!) || !/\d|\b(?:whose|that|which|with)\b/i.test(groups.rows!)) continue
    const rows = groups.rows!.replace(/^(?:the|an?|all|any|every) /i, '')
    const thing = rows.split(
      / (?:with|of|over|above|below|under|whose|that|which|worth|from|up|more|less|older|at)\b/i,
    )[0]!
    const acts = groups.done!.split(separators).map((done) => ({ verb: base(done), thing }))
    if (acts.every(({ verb }) => processVerbs.has(verb))) return { who: groups.who!, acts, whose, rows }
  }
  return undefined
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
