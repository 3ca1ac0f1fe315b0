import type { Limit } from '../../../../schemas/generated/architecture.ts'
import { sentence as capital, plural, toName, withArticle } from '../language/words.ts'
import { isPersonNoun } from '../lexicon/people.ts'
import type { Outcome, Read } from './behaviour.ts'
import { nounOfVerb, tiesOf, wordsOf } from './between.ts'
import { canonical } from './canonical.ts'
import { addBetween, type Counted, countedFor, itemsOf } from './counted.ts'
import type { BehaviourDraft } from './draft.ts'
import { limitByPeriod, timedRef } from './periods.ts'
import { type Groups, matching, numberOf, pattern } from './phrases.ts'
import { addRule, ongoing, standing, where } from './rules.ts'
import { isTimed } from './spans.ts'

const verb =
  '(?<verb>borrow|lend|rent|hire|book|reserve|order|buy|purchase|have|hold|take|make|join|attend|enrol|enroll(?: in)?|enrol in|sign up for|register for|place|create|submit|keep|play|post|upload|open|own|use|check out|start|get|request|file|do|give|teach|be in|apply for|bid on|report|invite|adopt|donate|send|write|record|log|enter|share|pick up|sell)'
const unit = '(?<unit>day|week|month|year|calendar (?:day|week|month|year))'
const each =
  '(?:per|a|an|each|every|in (?:a|one|the same|any|each)|within (?:a|one|the same)|for (?:each|every)|on (?:one|the same|any|each|a)|and|of (?:a|the same))'
const when = `(?: (?<once><atonce>)| ${each} ${unit}| (?:${each}) ?{more} ${each} ${unit})?`
const inside =
  '(?:per|for each|for every|for one|for an?|in each|in every|in an?|in one|in the same|in any|on an?|on each|on one|on every|at an?|at one|at each|to an?|of an?|of each|can (?:join|book|enrol+ in|attend|be in|take part in|sign up for|register for|fit (?:in|into|on)|be on|go on|use|share|visit|enter) an?|may (?:join|book|enrol+ in|attend|be in|take part in|sign up for|register for|be on|share|visit|enter) an?|are allowed (?:in|on|per|at) an?|fit (?:in|into|on) an?|each)'

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
  return { said: sentence, rest: [], apply: (draft) => applyNumber(draft, found.groups, max) }
}

const applyNumber = (draft: BehaviourDraft, said: Groups, max: number): Outcome => {
  const unitSaid = (said.unit ?? said.unit2)?.split(' ').at(-1)
  const per = [...itemsOf(said.per), ...itemsOf(said.more)].filter(
    (item) => !/^(?:day|week|month|year|time|once|it all)$/i.test(item),
  )
  if (!said.per) per.push(personOf(draft, said.verb))
  const trailing = /\b(day|week|month|year)$/i.exec(said.per ?? '')?.[1]?.toLowerCase()
  const what = (said.what ?? '').replace(
    /^(?:different|open|active|running|current|pending|unpaid|unreturned|outstanding|upcoming|future)\s+/i,
    '',
  )
  const open =
    said.once !== undefined ||
    /^(?:open|active|running|current|pending|unpaid|unreturned|outstanding)\s/i.test(said.what ?? '')
  const only = what === '' && per.length === 1 ? draft.findModel(per[0]!) : undefined
  const counted =
    what === ''
      ? only && (tiedTo(draft, only, undefined) ?? added(draft, only, 'book'))
      : (countedFor(draft, what, per.filter(Boolean), said.verb) ?? tied(draft, what, per, said.verb))
  if (!counted)
    return { unresolved: `It does not say what ${what} are counted by: name what ties them to ${per.join(' and ')}.` }
  const within = unitSaid ?? trailing
  return addLimit(draft, counted, {
    max: String(max),
    what: what || plural(counted.model.words),
    open,
    within: within as Unit | undefined,
    upcoming: /^(?:upcoming|future|planned)\s/i.test(said.what ?? ''),
  })
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

type Unit = NonNullable<Limit['within']>['unit']
type Much = {
  max: string
  what: string
  open: boolean
  within?: Unit | undefined
  told?: string
  upcoming?: boolean
}

const amounts =
  /^(?:number_of_)?(?:people|persons?|guests?|seats?|places|tickets?|participants?|attendees|copies|pieces|quantity|party_size|group_size|head_?count|units|children|adults)$/

/** Adds a limit on rows, or on the amounts in them where each is for several. */
const addLimit = (draft: BehaviourDraft, { model, per }: Counted, much: Much): Outcome => {
  const amount = Object.entries(model.model.fields).find(
    ([name, field]) => field.type === 'int' && (amounts.test(name) || name === `number_of_${toName([much.what])}`),
  )?.[0]
  const sum = amount && !much.within && !much.open ? amount : undefined
  const day = much.within ? dayOf(model) : undefined
  if (day && !draft.changing && model.model.fields[day]) delete model.model.fields[day]!.optional
  const conditions = much.open ? ongoing(model) : standing(model)
  if (
    much.open &&
    conditions.length === standing(model).length &&
    /loan|rental|lending|checkout|borrow/.test(model.key)
  ) {
    draft.ensureField(model, 'returned_at', { type: 'datetime', optional: true })
    conditions.unshift('this.returned_at == null')
  }
  if (much.open && conditions.length === standing(model).length) conditions.unshift(...notOver(model))
  const start = much.upcoming ? dayOf(model) : undefined
  if (start && start !== 'created_at')
    conditions.unshift(`this.${start} > ${model.model.fields[start]!.type === 'date' ? 'today()' : 'now'}`)
  const told = per.map(wordsOf).map((word) => (word === 'owner' ? 'person' : word))
  const sentence =
    much.told ??
    `At most ${much.max} ${much.max === '1' ? much.what.replace(/s$/, '') : much.what}${told.length > 0 ? ` per ${told.join(' and ')}` : ''}${much.within ? ` ${told.length > 0 ? 'and' : 'per'} ${much.within}` : ''}${much.open ? ' at once' : ''}.`
  const elsewhere = day === 'created_at' ? timedRef(draft, model) : undefined
  if (elsewhere && much.within) {
    limitByPeriod(model, per, elsewhere, { max: much.max, unit: much.within, conditions, message: sentence })
    return { understood: [sentence] }
  }
  addRule(model, {
    name: `limit_of_${toName([much.what])}`,
    message: sentence,
    limit: {
      per: per as Limit['per'],
      max: much.max,
      ...(sum ? { sum } : {}),
      ...(much.within ? { within: { field: day!, unit: much.within, zone: 'UTC' } } : {}),
    },
    ...where(conditions),
  })
  return {
    understood: [sentence],
    ...(much.within && day === 'created_at'
      ? { assumptions: [`The ${much.within} is that in which it was entered.`] }
      : {}),
  }
}

/** What has an end goes on until then. */
const notOver = (model: Counted['model']): string[] => {
  const end = [
    'ends_at',
    'end',
    'end_time',
    'to_date',
    'end_date',
    'to',
    'until',
    'check_out',
    'check_out_date',
    'ends_on',
  ].find((name) => /^date/.test(model.model.fields[name]?.type ?? ''))
  if (!end) return []
  return [model.model.fields[end]!.type === 'date' ? `this.${end} >= today()` : `this.${end} > now`]
}

/** The day by which rows are counted per day or week. */
const dayOf = (model: Counted['model']): string => {
  const fields = Object.entries(model.model.fields).filter(
    ([, field]) => /^date/.test(field.type) && field.set === undefined,
  )
  const good = fields.find(
    ([name]) =>
      /^(?:date|day|starts?_?(?:at|on|time|date)?|from|booked_(?:for|on)|worked_on|on|.*_on|.*_at|.*_date)$/.test(
        name,
      ) && !/return|due|end|cancel|born|birth|paid/.test(name),
  )
  return good?.[0] ?? 'created_at'
}

const seatWords =
  '(?:free |available |remaining |empty |open )?(?<seats>seats?|places?|spots?|spaces?|slots|copies|capacity|capacities|units|beds|berths|items|pieces|room|tickets|maximum|maximum number of [a-z]+|max [a-z]+|limit|quota|stock)'
const over =
  '(?:over-?booked|over-?sold|over-?filled|over-?subscribed|overcrowded|overloaded|booked beyond (?:its|the|their) capacity|filled beyond (?:its|the|their) capacity)'

const byField: readonly RegExp[] = [
  `<same>? ?{thing} (?:has|have) (?:(?:a|an|its) (?:fixed |limited |maximum |certain )?(?:number|amount) of |a maximum of |limited |(?:a|its) |(?<count>\\d+) )?${seatWords}(?:,? (?:and|that|which|but) (?:it |they )?<cannot> (?:be )?(?:${over}|exceeded|booked more often|exceed(?: it| that| them)?)|,? (?:and|but) not more)`,
  `<same>? ?{thing} <cannot> (?:be |get )?${over}<tail>`,
  `(?:no|never|without|prevent|avoid|forbid) over-?(?:booking|selling|filling)(?: (?:of|for|in|on) (?:the |a |an |any )?{thing})?`,
  `over-?(?:booking|selling|filling) (?:(?:of|for) (?:the |a |an |any )?{thing} )?(?:is|must be|should be|must|can) (?:not |never )?(?:be )?(?:allowed|possible|impossible|prevented|forbidden|happen)`,
  `<same>? ?{thing} <cannot> be (?<verb>lent|booked|rented|borrowed|sold|reserved|hired|given|checked|loaned|taken)(?: out)? (?:more (?:often|times)|to more {people}|by more {people}|more copies) than (?:there are|it has|we have|we own|exist|there is|the .+ has)?(?: of it)? ?${seatWords}?(?: of it)?(?: available| left)?<tail>`,
  `(?:(?:we|one|you|{people}) <cannot>|nobody can) (?<verb>lend|withdraw|take|use|remove|take out|draw|consume|book|rent|borrow|reserve|hire|give|check|loan)(?: out)? more (?:copies of (?:a |the )?|of (?:a |the )?)?{thing} than (?:there are|there is|are there|are left|is left|remain|we have|we own|exist|available|are available|are in stock|is in stock)(?: copies| in the shelf| in stock| available)?`,
  `(?:there (?:can|may|must|should) (?:not |never )?be )?(?:no|not|never|never any) more {bookings} (?:(?:are|is|can be|may be) [a-z]+ )?(?:(?:in|on|for|per) (?:a |the |each |one )?{thing} )?than (?:there are |the {thing2} has |it has |we have )?(?:(?:the|its) (?:number of )?)?${seatWords}(?: (?:in|on|of|for|at) (?:the |a |that |its )?{thing3})?(?: has| allows| left)?<tail>`,
  `<same>? ?{thing} <cannot> (?:have|take|get|accept) more {bookings} than (?:it has |there are |its |the )?(?:number of )?${seatWords}<tail>`,
  `(?:when|once|if|as soon as|where) (?:a|an|the|all)? ?{thing} (?:is|are) (?:full|sold out|fully booked|booked out|booked up|taken),? (?:then )?(?:nobody|no one|no (?:more |further |other |new |additional )?{bookings}|nobody else|it|they|further {bookings}|new {bookings}) (?:can|may|is|are|must)\\b.*`,
  `(?:a |an |the )?{thing} (?:that|which|who) (?:is|are) (?:full|sold out|fully booked|booked out|booked up) <cannot> be (?:booked|joined|entered|reserved|taken|chosen|enrolled in|rented|sold)(?: any ?more| any longer)?`,
  `(?:a )?(?:full|sold-out|fully booked) {thing} <cannot> be (?:booked|joined|entered|reserved|taken|chosen)(?: any ?more| any longer)?`,
  `(?:nobody|no one|{people}) can (?:not )?(?:book|join|enrol(?:l)?(?: in)?|enter|register for|sign up for|reserve|attend) (?:a |an |the )?{thing} (?:that|which|when it|if it|once it) is (?:already )?(?:full|sold out|fully booked)(?: already)?`,
  `{bookings} (?:are|is) (?:only )?(?:accepted|possible|allowed|taken) (?:only )?(?:until|as long as|while|if|when) (?:(?:the|a|an) {thing} (?:is (?:not )?full|has (?:free )?[a-z]+(?: left)?)|there (?:are|is) (?:still )?(?:free |any )?${seatWords}(?: left| free| available)?)`,
  `{people} can only (?<verb>book|join|enrol|enroll|register|sign up|borrow|rent|reserve|lend)(?: (?:in|for|a|an|the|to)+)? ?{thing}? ?(?:as long as|while|if|when) (?:there (?:are|is) (?:still )?(?:an? )?(?:free |any )?${seatWords}(?: left| free| available)?|it (?:is not full|has (?:free )?[a-z]+(?: left)?))`,
  `(?:the (?:number|total) of |the )?(?!(?:the )?number of ){bookings} (?:of|for|per|in|on) (?:<same> )?{thing} <cannot> (?:exceed|be (?:more|higher|greater|larger) than|go over|be over|go beyond) (?:its|the|their|that)? ?(?:number of )?${seatWords}(?: of (?:the |that |a )?{thing2})?<tail>`,
  `(?:the number of )?{bookings} <cannot> (?:exceed|be (?:more|higher|greater|larger) than|go over|go beyond) (?:the )?(?:number of )?${seatWords} (?:of|in|on) (?:the |that |a |an |each )?{thing}<tail>`,
  `(?:the )?${seatWords} of (?:a |an |the |each |any |every )?{thing} <cannot> be (?:exceeded|overbooked)<tail>`,
  `(?:when|once|if|as soon as|after) (?:all |the |all the |every |a )*${seatWords}(?: (?:of|in|on|at|for) (?:the |a |an |each |this )?{thing})? (?:are|is|has been|have been) (?:all )?(?:reached|taken|full|gone|booked|booked out|used up|sold|sold out|occupied|filled|assigned),? (?:then )?(?:(?:nobody|no one)(?: else)?|no (?:more |further |other |new |additional )?{bookings}|(?:the )?{bookings}|it|they|further {bookings}|new {bookings}|we) (?:can|may|is|are|must|take|accept|closes?|stops?|ends?)\\b.*`,
  `(?:only )?(?:as many|no more|not more|never more) (?:{bookings} )?(?:as|than) (?:there are|it has|the {thing} has|they have|we have) (?:free )?${seatWords}(?: left| available| in it)?<tail>`,
  `(?:there (?:can|may|must|should) (?:not|never) be |not |no |never )?(?:more|no more) {bookings} than (?:are |is |were )?(?:needed|required|wanted|allowed|planned|permitted|foreseen|asked for)<tail>`,
  `<same>? ?{thing} (?:that|which|who) (?:is|are) (?:already )?(?:full|sold out|fully booked|booked out|booked up) (?:takes?|accepts?|gets?|has|have|allows?) no (?:more|further|new|other|additional) {bookings}`,
  `(?:once|when|if|as soon as) <same>? ?{thing} (?:is|are) (?:full|sold out|fully booked|booked out|booked up),? (?:it|they|we) (?:takes?|accepts?|gets?|allows?) no (?:more|further|new|other|additional) {bookings}`,
  `(?:a )?(?:full|sold-out|sold out|fully booked|booked-out) {thing} (?:takes?|accepts?|gets?|allows?) no (?:more|further|new|other|additional) {bookings}`,
].map(pattern)

/** Reads that a thing takes no more than it has seats, copies or places for. */
export const readCapacity: Read = (sentence) => {
  // Who waits does not come in vain.
  const found = /\bwait(?:ing)?[- ]?list\b/i.test(sentence) ? undefined : matching(byField, canonical(sentence))
  if (!found) return undefined
  return { said: sentence, rest: [], apply: (draft) => applyCapacity(draft, found.groups) }
}

const applyCapacity = (draft: BehaviourDraft, said: Groups): Outcome => {
  const words = [said.thing, said.thing2, said.thing3].find((one) => one && !/^(?:it|they|we|there)$/i.test(one))
  const seats = said.seats?.replace(/^(?:maximum|limit|quota|room|capacities|tickets)$/i, 'capacity')
  const thing = (words ? draft.findModel(words) : undefined) ?? holderOf(draft, seats, said.bookings)
  const drawn = words && !draft.findModel(words) ? drawnFrom(draft, words) : undefined
  if (drawn) return drawn
  if (!thing) return { unresolved: 'It does not say what has the seats, places or copies.' }
  const lent = /^(?:lent|lend|borrow|loan|check|given|give|rent|hire|copies)/i.test(said.verb ?? seats ?? '')
  const named = said.bookings && !/^(?:people|persons|it|they)$/i.test(said.bookings) ? said.bookings : undefined
  const counted =
    (named ? countedFor(draft, named, [thing.words], said.verb) : undefined) ??
    tiedTo(draft, thing, said.verb) ??
    added(draft, thing, said.verb ?? (lent ? 'lend' : 'book'))
  if (!counted) return { unresolved: `It does not say what takes the places of ${thing.words}.` }
  const field =
    (seats && !/^(?:stock|items|pieces|units)$/i.test(seats) ? draft.findField(thing, seats) : undefined) ??
    [
      'seats',
      'capacity',
      'copies',
      'places',
      'spots',
      'max_participants',
      'max_seats',
      'quantity',
      'stock',
      'beds',
      'max_people',
      'size',
      'max_guests',
      'max_players',
      'max_members',
      'number_of_copies',
    ].find((name) => thing.model.fields[name]?.type === 'int') ??
    Object.keys(thing.model.fields).find(
      (name) => /^(?:max_|number_of_)/.test(name) && thing.model.fields[name]!.type === 'int',
    ) ??
    Object.keys(thing.model.fields).find(
      (name) =>
        /(?:^|_)(?:helpers|volunteers|people|persons|participants|members|players|visitors|needed|required|limit|maximum|places|slots)(?:_|$)/.test(
          name,
        ) && thing.model.fields[name]!.type === 'int',
    ) ??
    draft.ensureField(thing, toName([lent ? 'copies' : (seats ?? 'seats')]), {
      type: 'int',
      min: 0,
      ...(said.count ? { default: Number(said.count) } : {}),
    })
  const count = thing.model.fields[field]
  if (count && said.count && count.default === undefined) count.default = Number(said.count)
  const ref = counted.per[0]!
  const hop = beyond(draft, counted, said)
  if (hop)
    return addLimit(draft, hop.counted, {
      max: `this.${hop.counted.per[0]!.replace(/_id$/, '')}.${ref.replace(/_id$/, '')}.${field}`,
      what: plural(hop.counted.model.words),
      open: false,
      told: `${capital(plural(hop.counted.model.words))} of ${withArticle(counted.model.words)} never exceed the ${wordsOf(field)} of its ${thing.words}.`,
    })
  const loans = lent || /loan|lending|checkout/.test(counted.model.key)
  const people = plural(counted.model.words)
  return addLimit(draft, counted, {
    max: `this.${ref.replace(/_id$/, '')}.${field}`,
    what: people,
    open: loans,
    told: loans
      ? `There are never more open ${people} of ${withArticle(thing.words)} than it has ${wordsOf(field)}.`
      : `${capital(people)} of ${withArticle(thing.words)} never exceed its ${wordsOf(field)}.`,
  })
}

const seated = /booking|reservation|registration|enrol|ticket|signup|participa|attend|seat/

/** The seats of a hall are taken by the tickets of a show in it: rows that hang on what hangs on the thing. */
const beyond = (draft: BehaviourDraft, counted: Counted, said: Groups): { counted: Counted } | undefined => {
  const { model } = counted
  if (seated.test(model.key)) return undefined
  const named = said.bookings ? draft.findModel(said.bookings) : undefined
  const children = draft.childrenOf(model)
  const child =
    children.find(({ model: one }) => one.name === named?.name) ??
    children.find(({ model: one }) => seated.test(one.key)) ??
    children.find(({ model: one }) => isPersonNoun(one.key.split('_').at(-1)!) || people.test(one.key))
  return child && { counted: { model: child.model, per: [child.field] } }
}
const people = /(?:ers?|ors?|ists?|ees?|ants?)$/

/** "nobody can withdraw more seeds than there are": what the rows take together, against what there is of it. */
const drawnFrom = (draft: BehaviourDraft, words: string): Outcome | undefined => {
  for (const thing of draft.models()) {
    const field = draft.findField(thing, words)
    if (!field || !/^(?:int|decimal)$/.test(thing.model.fields[field]!.type)) continue
    for (const { model, field: ref } of draft.childrenOf(thing)) {
      const amount =
        draft.findField(model, words) ?? draft.findField(model, 'quantity') ?? draft.findField(model, 'amount')
      if (!amount || !/^(?:int|decimal)$/.test(model.model.fields[amount]!.type)) continue
      const sentence = `The ${wordsOf(amount)} of all ${plural(model.words)} of ${withArticle(thing.words)} are never more than its ${wordsOf(field)}.`
      addRule(model, {
        name: `limit_of_${toName([words])}`,
        message: sentence,
        limit: { per: [ref], max: `this.${ref.replace(/_id$/, '')}.${field}`, sum: amount },
        ...where(standing(model)),
      })
      return { understood: [sentence] }
    }
  }
  return undefined
}

/** The thing that has the field: "no more tickets than seats". */
const holderOf = (
  draft: BehaviourDraft,
  seats: string | undefined,
  bookings: string | undefined,
): ReturnType<BehaviourDraft['findModel']> => {
  const ties = bookings ? draft.findModel(bookings) : undefined
  const has = (one: { model: { fields: object } }): boolean =>
    Object.keys(one.model.fields).some((name) =>
      /^(?:seats|capacity|copies|places|spots|max_\w+|beds|number_of_copies|number_of_seats|quantity)$/.test(name),
    )
  const candidates = draft.models().filter((one) => !ties || draft.refFrom(ties, one) !== undefined)
  return (
    candidates.find((one) => (seats ? draft.findField(one, seats) !== undefined : false)) ??
    candidates.find(has) ??
    draft.it()
  )
}

const tiedTo = (draft: BehaviourDraft, thing: Counted['model'], verbSaid: string | undefined): Counted | undefined => {
  const model = tiesOf(draft, thing, verbSaid) ?? draft.childrenOf(thing)[0]?.model
  const ref = model ? draft.refFrom(model, thing) : undefined
  return model && ref ? { model, per: [ref] } : undefined
}

const added = (draft: BehaviourDraft, thing: Counted['model'], verbSaid: string): Counted | undefined => {
  const user = draft.userModel()
  const model = addBetween(draft, nounOfVerb(verbSaid) ?? 'booking', [thing, ...(user ? [user] : [])])
  return model ? { model, per: [draft.refFrom(model, thing)!] } : undefined
}
