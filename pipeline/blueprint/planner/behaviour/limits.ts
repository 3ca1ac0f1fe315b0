import { plural, singular, toName } from '../language/words.ts'
import { isPersonNoun } from '../lexicon/people.ts'
import { addLimit, type Unit } from './add-limit.ts'
import type { Outcome, Read } from './behaviour.ts'
import { nounOfVerb } from './between.ts'
import { canonical } from './canonical.ts'
import { addBetween, type Counted, countedFor, itemsOf, kindCounted } from './counted.ts'
import type { BehaviourDraft } from './draft.ts'
import type { Found } from './find.ts'
import { type Groups, matching, numberOf, pattern } from './phrases.ts'
import { conditionFor } from './places/conditions.ts'
import { saysOngoing } from './rules.ts'
import { isTimed } from './spans.ts'
import { stateFieldOf } from './states/state-field.ts'
import { added, tiedTo } from './tied-to.ts'

const verb =
  '(?<verb>borrow|lend|rent|hire|book|reserve|order|buy|purchase|have|hold|take|make|join|attend|enrol|enroll(?: in)?|enrol in|sign up for|register for|place|create|submit|keep|play|post|upload|open|own|use|check out|start|get|request|file|do|give|teach|be in|apply for|bid on|report|invite|adopt|donate|send|write|record|log|enter|share|pick up|sell)'
const unit = '(?<unit>day|week|month|year|calendar (?:day|week|month|year))'
const each =
  '(?:per|a|an|each|every|in (?:a|one|the same|any|each)|within (?:a|one|the same)|for (?:each|every)|on (?:one|the same|any|each|a)|and|of (?:a|the same))'
const when = `(?: (?<once><atonce>)| ${each} ${unit}| (?:${each}) ?{more} ${each} ${unit})?`
const inside =
  '(?:per|for each|for every|for one|for an?|in each|in every|in an?|in one|in the same|in any|on an?|on each|on one|on every|at an?|at one|at each|to an?|of an?|of each|can (?:join|book|enrol+ in|attend|be in|take part in|sign up for|register for|fit (?:in|into|on)|be on|go on|use|share|visit|enter) an?|may (?:join|book|enrol+ in|attend|be in|take part in|sign up for|register for|be on|share|visit|enter) an?|are allowed (?:in|on|per|at) an?|fit (?:in|into|on) an?|each)'

const going = /^(?:open|active|running|current|pending|unpaid|unreturned|outstanding)\s+/i

const adjective = /^[\p{L}-]+(?:ed|en|id|nt|ld|wn)\s+(?=\p{L})/iu
const measure = /^(?:hours?|minutes?|km|kilomet(?:er|re)s|miles|kg|kilos?|kilograms?|litres|liters|euros?|dollars)$/i

const numbered: readonly RegExp[] = [
  `(?:there (?:can|may|must|should) be )?<atmost> {n#} {what}(?: (?:are|is) (?:allowed|permitted|possible|accepted))? ${inside} {per:6}(?: and ${unit}|${when.slice(0, -1)})?<tail>`,
  `{n#} {what} (?:max(?:imum)?|at most|tops) ${inside} {per:6}<tail>`,
  `(?:per|for each|for every|in each|in every|on each) {per:5}(?: and ${unit})?,? (?:there (?:are|is|can be|may be) )?(?:<atmost>) {n#} {what}(?: (?:are|is|can|may) .+)?(?: (?:a|per|each|every) (?<unit2>day|week|month|year)| (?<once><atonce>))?<tail>`,
  `<same>? ?{per} (?:takes?|holds?|fits?|seats?|accepts?|allows?|carr(?:y|ies)|ha(?:s|ve) (?:room|space|places) for|ha(?:s|ve)|(?:is|are) for|(?:can|may|must|should) (?:only )?(?:have|take|hold|fit|seat|accept|carry|contain|be booked by|be attended by|be joined by|be shared by|be used by)|(?:is|are) (?:limited|restricted|capped) (?:to|at)) <atmost> {n#} {what}(?: (?:per|a|each|every) ${unit}| (?<once><atonce>))?<tail>`,
  `<same>? ?{per} (?:(?:takes?|holds?|fits?|seats?|carr(?:y|ies)|ha(?:s|ve) (?:room|space|places) for|needs?|requires?)|(?:is|are) (?:limited|restricted|capped) (?:to|at)|can (?:only )?(?:take|hold|fit|seat|carry)) {n#} {what}<tail>`,
  `<same>? ?{per} <cannot> (?:have|take|hold|get|contain|accept|carry|fit|include|be (?:booked|attended|joined|used|shared|visited|entered|taken|rented) by|be (?:lent|given|assigned|rented|let)(?: out)? to) more than {n#} {what}(?: (?<once><atonce>))?<tail>`,
  `(?:nobody can|<same>? ?{per} <cannot>) ${verb} (?:more than|over) {n#} {what}${when}<tail>`,
  `<same>? ?{per} (?:can|may|must|should)(?: only)? ${verb} (?:only )?<atmost> {n#} {what}${when}<tail>`,
  `<same>? ?{per} (?:can|may|must|should) only ${verb} {n#} {what}${when}<tail>`,
  `(?:there (?:can|may|must|should) be )?(?:<atmost>|not more than|no more than) {n#} (?:per|for each|for every|in each|in every|in one|in an?|on an?|on each|at an?|at each|of each) {per:3}(?: (?<once><atonce>))?(?: please)?`,
  `(?:an?|each|every|one) {per:3} (?:is|are) (?:full|complete|closed) (?:with|at|after|from) {n#}(?: {what})?(?: on)?`,
  `(?:limit|restrict|cap) (?:the )?(?:number of )?{what} (?:per|of an?|of each|for each|of every|in an?|in each) {per} (?:to|at) {n#}(?: (?:a|per|each|every) ${unit}| (?<once><atonce>))?`,
  `(?:limit|restrict|cap) (?:an?|each|every|the) {per} (?:to|at) {n#} {what}(?: (?:a|per|each|every) ${unit}| (?<once><atonce>))?`,
].map(pattern)

const often =
  '(?:(?<n>-?\\d+|two|three|four|five|six|seven|eight|ten|twelve) times|(?<few>once|twice|one time|two times))'
/** "give blood more than 4 times a year", "flies at most 3 times a day". */
const timed: readonly RegExp[] = [
  `(?:nobody can|<same>? ?{per} <cannot>) {deed:5} (?:more (?:often )?than|over) ${often} ${each} ${unit}<tail>`,
  `<same>? ?{per} (?:can|may|must|should|will) (?:only |be )?{deed:5} (?:only |just )?(?:<atmost> )?${often} ${each} ${unit}<tail>`,
  `<same>? ?{per} (?<deed>[\\p{L}]+s) (?:only|just|at most|no more than|not more than|a maximum of|up to|max(?:imum)?) ${often} ${each} ${unit}<tail>`,
  `(?:only |just )?(?:<atmost> )?${often} ${each} ${unit} (?:per|for each|for every|and) {per}<tail>`,
].map(pattern)

const counts: Readonly<Record<string, number>> = { once: 1, 'one time': 1, twice: 2, 'two times': 2 }

/** Counts the rows that a deed leaves, or that are at a time, per who or what does it and day, week, month or year. */
const applyTimes = (draft: BehaviourDraft, said: Groups, max: number): Outcome => {
  const thing = said.per
    ? draft.findModel(said.per)
    : (draft.userModel() ?? draft.findModel(personOf(draft, said.deed)))
  if (!thing) return { unresolved: `There is no ${said.per ?? 'account'} here.` }
  const words = (said.deed ?? '').replace(/^be /i, '').split(' ')
  const noun = nounOfVerb(baseOf(words[0]!))
  const object = words.length > 1 ? draft.findModel(words.at(-1)!) : undefined
  const children = draft.childrenOf(thing)
  const child =
    children.find(({ model }) => noun !== undefined && model.key === noun) ??
    children.find(({ model }) => object?.name === model.name) ??
    (children.filter(({ model }) => isTimed(model)).length === 1
      ? children.find(({ model }) => isTimed(model))
      : undefined) ??
    (children.length === 1 ? children[0] : undefined)
  if (!child)
    return { unresolved: `It does not say what ${said.deed ?? 'that'} leaves behind for each ${thing.words}.` }
  return addLimit(
    draft,
    { model: child.model, per: [child.field] },
    {
      max: String(max),
      what: plural(child.model.words),
      open: false,
      within: said.unit!.split(' ').at(-1)!.toLowerCase() as Unit,
    },
  )
}

const baseOf = (verb: string): string =>
  verb
    .toLowerCase()
    .replace(/ies$/, 'y')
    .replace(/(?<=[^s])s$/, '')
    .replace(/(?<=..)(?:k|t|w)?(?:ed)$/, (found) => found.slice(0, -2))

/** Reads how many of something there may be: per course, per member and week, at once. */
export const readLimit: Read = (sentence) => {
  const text = canonical(sentence)
  // So many days ahead is when, not how many.
  if (/\b(?:minutes?|hours?|days?|weeks?|months?) (?:ahead|in advance|beforehand)$/i.test(text)) return undefined
  const times = matching(timed, text)
  const most = times ? (numberOf(times.groups.n) ?? counts[times.groups.few?.toLowerCase() ?? '']) : undefined
  if (times && most !== undefined)
    return { said: sentence, rest: [], apply: (draft) => applyTimes(draft, times.groups, most) }
  const found = matching(numbered, text)
  const max = numberOf(found?.groups.n)
  if (!found || max === undefined || !Number.isInteger(max)) return undefined
  // In which states things are may be said later on.
  const what = found.groups.what ?? ''
  const after = going.test(what) || adjective.test(what) ? 2.5 : 0
  return { said: sentence, rest: [], after, apply: (draft) => applyNumber(draft, found.groups, max) }
}

const applyNumber = (draft: BehaviourDraft, said: Groups, max: number): Outcome => {
  const unitSaid = (said.unit ?? said.unit2)?.split(' ').at(-1)
  const per = [...itemsOf(said.per), ...itemsOf(said.more)].filter(
    (item) => !/^(?:day|week|month|year|time|once|it all)$/i.test(item),
  )
  if (!said.per) per.push(personOf(draft, said.verb))
  const trailing = /\b(day|week|month|year)$/i.exec(said.per ?? '')?.[1]?.toLowerCase()
  const inState = stateSaid(draft, said.what ?? '')
  const what = inState?.what ?? (said.what ?? '').replace(going, '').replace(/^(?:different|upcoming|future)\s+/i, '')
  const open = said.once !== undefined || going.test(said.what ?? '')
  const only = what === '' && per.length === 1 ? draft.findModel(per[0]!) : undefined
  const counted =
    what === ''
      ? only && (tiedTo(draft, only, undefined) ?? added(draft, only, 'book'))
      : (countedFor(draft, what, per.filter(Boolean), said.verb) ?? tied(draft, what, per, said.verb))
  if (!counted)
    return { unresolved: `It does not say what ${what} are counted by: name what ties them to ${per.join(' and ')}.` }
  const which = toName([what.split(' ')[0]!])
  const isState = inState === undefined && !counted.model.key.includes(which) && what.includes(' ')
  if (isState && draft.models().some((one) => stateFieldOf(one)?.values.includes(which)))
    return {
      unresolved: `Nothing says of ${plural(counted.model.words)} whether they are ${which.replaceAll('_', ' ')}.`,
    }
  // Hours are added up, and not counted as rows.
  if (measure.test(what) && counted.model.key !== toName([singular(what)]))
    return {
      unresolved: `${plural(counted.model.words)} have no number of ${what} of somebody that could be added up.`,
    }
  const condition = inState ? undefined : conditionSaid(counted.model, said.what ?? '')
  if (condition && /\bnow\b|today\(\)/.test(condition.where))
    return {
      unresolved: `Which ${plural(counted.model.words)} are ${condition.word} changes with time: say who may not make one more.`,
    }
  const kind = condition ? [condition.where] : kindCounted(counted.model, what)
  if (!kind) return { unresolved: `It does not say which ${plural(counted.model.words)} are meant by “${what}”.` }
  const within = unitSaid ?? trailing
  // What is not closed yet is open, whatever steps it is in.
  const goesOn = open && saysOngoing(counted.model)
  const state =
    !goesOn && inState && stateFieldOf(counted.model)?.values.includes(inState.value) ? inState.value : undefined
  return addLimit(draft, counted, {
    max: String(max),
    what: (condition ? said.what : what) || plural(counted.model.words),
    kind,
    open: condition ? false : open,
    state,
    undecided: /^(?:open|pending)\s/i.test(said.what ?? ''),
    within: within as Unit | undefined,
    upcoming: /^(?:upcoming|future|planned)\s/i.test(said.what ?? ''),
  })
}

/** "open defects" of which some are open and some fixed: the state by its value, and what is in it. */
const stateSaid = (draft: BehaviourDraft, words: string): { value: string; what: string } | undefined => {
  const [first = '', ...others] = words.split(' ')
  const what = others.join(' ')
  const model = what ? draft.findModel(what) : undefined
  const known = model && stateFieldOf(model)
  const value = known && valueSaid(known.values, toName([first.toLowerCase()]))
  return value ? { value, what } : undefined
}

/** What nobody has decided on yet is called in many ways: "submitted requests" are the pending ones, where these come first. */
const valueSaid = (values: readonly string[], said: string): string | undefined => {
  if (values.includes(said)) return said
  const undecided = /^(?:pending|submitted|requested|undecided|unanswered|unapproved|waiting|new|open)$/
  return undecided.test(said) && undecided.test(values[0]!) && !/^(?:open|new)$/.test(said) ? values[0] : undefined
}

/** "unpaid orders", where the words are no state but say something of one: which rows they are. */
const conditionSaid = (model: Found, words: string): { where: string; word: string } | undefined => {
  const [word = '', ...others] = words.toLowerCase().split(' ')
  if (others.length === 0 || !/^(?:overdue|late|un[\p{L}]+|[\p{L}]+(?:ed|en))$/u.test(word)) return undefined
  const found = conditionFor(model, word, 'this')
  return found && { where: found.text, word }
}

/** "nobody may": the people whose rows they are. */
const personOf = (draft: BehaviourDraft, verbSaid: string | undefined): string => {
  const noun = nounOfVerb(verbSaid)
  const model = noun ? draft.findModel(noun) : undefined
  const user = draft.userModel()
  if (model && user && draft.refFrom(model, user)) return 'user'
  const people = draft.models().filter((one) => isPersonNoun(one.key))
  return (people.find((one) => model && draft.refFrom(model, one)) ?? (user ? undefined : people[0]))?.words ?? 'user'
}

const tied = (
  draft: BehaviourDraft,
  what: string,
  per: readonly string[],
  verbSaid: string | undefined,
): Counted | undefined => {
  const thing = per.map((words) => draft.findModel(words)).find((one) => one !== undefined)
  const people = draft.findModel(what)
  // What somebody sends is no place to be booked.
  if (/^(?:send|write|record|log|enter|share|sell)$/i.test(verbSaid ?? '')) return undefined
  if (!thing || (people && people.name === thing.name)) return undefined
  const noun = nounOfVerb(verbSaid) ?? 'booking'
  const personal =
    /^(?:participant|attendee|person|people|student|pupil|member|guest|player|passenger|visitor|child|kid|user|customer|rider|runner|singer|dancer|patient|volunteer)s?$/i.test(
      what,
    )
  if (!people && !personal) return undefined
  const key = people || draft.userModel() ? noun : toName([what.replace(/s$/, '')])
  const model = addBetween(draft, key, [thing, ...(people ? [people] : [])])
  return model ? countedFor(draft, model.words, per, undefined) : undefined
}
