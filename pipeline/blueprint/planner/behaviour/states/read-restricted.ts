import { actsOf, baseOf, separators } from './acts.ts'
import { isPeople, isSomebody, who } from './doers.ts'
import type { Actors } from './spec.ts'
import { processVerbs, saidVerb } from './verbs.ts'

const verbs = '(?<verbs>[\\p{L}-]+(?:(?:,| and| or|/)+ ?[\\p{L}-]+)*)'
const own = "(?:their|his|her|one's|his or her|your) own"
const notOwn: readonly RegExp[] = [
  `^(?:nobody|no[- ]one)(?: ever)? ${verbs} ${own}(?: (?<thing>[\\p{L}'-]+(?: [\\p{L}'-]+)?))?$`,
  `^(?:nobody|no[- ]one|nobody ever|${who}) (?:cannot|can't|(?:can|may|must|should|could|is allowed to|are allowed to) ?(?:not|never)?) ?(?:ever )?${verbs} ${own}(?: (?<thing>[\\p{L}'-]+(?: [\\p{L}'-]+)?))?$`,
  `^(?:an?|the|each|every)?\\s*(?<thing>[\\p{L}'-]+(?: [\\p{L}'-]+)?) (?:can ?not|cannot|can't|must not|may not|should not|can never) be (?<done>[\\p{L}-]+(?:(?:,| and| or)+ [\\p{L}-]+)*) by (?:the )?(?:person|one|user|employee|member|same person|[\\p{L}]+) (?:who|that) (?:\\w+ )?(?:made|created|requested|submitted|filed|wrote|entered|asked for|raised|opened|placed|posted) (?:it|them)$`,
].map((source) => new RegExp(source, 'iu'))

const never = new RegExp(
  `^${who} (?:can ?not|cannot|can't|(?:can|may|must|should|do|does) (?:not|never)|(?:is|are) not allowed to|(?:can|may) no longer)(?: ever| any ?more| longer)? (?<acts>.+?)(?: any ?more| any longer| ever)?$`,
  'iu',
)
const neverBy =
  /^(?:an?|the|each|every|all)?\s*(?<thing>[\p{L}'-]+(?: [\p{L}'-]+)?) (?:can ?not|cannot|(?:can|may|must|should) (?:not|never|no longer)|(?:can|may) no longer) be (?<done>[\p{L}-]+(?:(?:,| and| or)+ [\p{L}-]+)*) by (?<who>[\p{L}-]+(?: [\p{L}-]+)?)$/iu

/** "Caretakers cannot close defects": the step is taken from them. */
export const neverOf = (said: string): Actors | undefined => {
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

/** "Clerks approve claims up to 1000 euros": and no others. */
const upTo = new RegExp(
  `^${who} (?:(?:can|may|are allowed to|is allowed to) )?(?<done>[\\p{L}-]+(?:(?:,| and| or)+ [\\p{L}-]+)*) (?<rows>[\\p{L}'-]+(?: [\\p{L}'-]+)? (?:(?:of|worth|with [\\p{L} ]+?) )?(?:up to|at most|below|under|less than) [^ ]*\\d[^ ]*(?: [\\p{L}€$£]+)?)$`,
  'iu',
)

/** "Claims with a total above 500 can only be approved by finance": of the others everything stays as it is. */
export const limitedOf = (said: string): Actors | undefined => {
  for (const [pattern, base, whose] of [
    [limitedBy, baseOf, 'seen'],
    [limitedTo, saidVerb, 'seen'],
    [neverTo, saidVerb, 'never'],
    [onlyThose, saidVerb, 'all'],
    [upTo, saidVerb, 'all'],
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

export const refusedOf = (said: string): Actors | undefined => {
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
