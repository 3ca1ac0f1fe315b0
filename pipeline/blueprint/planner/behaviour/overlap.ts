import { sentence as capital, listed, plural, sentence, singular, toName, withArticle } from '../language/words.ts'
import { isPersonNoun } from '../lexicon/people.ts'
import type { Outcome, Read } from './behaviour.ts'
import { anyBookings, fieldFor, nounOfVerb, takenField, tiesOf, wordsOf } from './between.ts'
import { canonical } from './canonical.ts'
import type { BehaviourDraft } from './draft.ts'
import type { Found } from './find.ts'
import { noTwoAtOnce } from './overlap-of-people.ts'
import { limitByPeriod, timedRef } from './periods.ts'
import { type Groups, matching, numberOf, pattern } from './phrases.ts'
import { addRule, ongoing, standing, where } from './rules.ts'
import { endOfSpan, isTimed, type Said, spanOf, startOfSpan } from './spans.ts'
import { overlapsCancelled } from './standing-rules.ts'

const verbs =
  '(?<verb>booked|rented|reserved|hired|used|lent|taken|occupied|scheduled|leased|assigned|planned|given|let|let out|loaned|borrowed|on hire)'
const clash =
  '(?:overlap(?: in time| each other| one another| with (?:each other|one another|another(?: one)?|others))?|clash|collide|conflict|intersect|cross|coincide|be at the same time|(?:happen|occur|run|take place|be held|be scheduled|be|start) <atonce>|be in the same (?:slot|time slot))'
/** "Two players cannot book …" is about what they book. */
const single = '(?!two |several |different |any two |more than one )'
const goes =
  '(?<goes>have|be in|be at|take|see|do|attend|give|teach|treat|serve|hold|host|run|drive|be on|book|join|reserve|work(?: in)?|go to|visit|take part in|participate in|enter|(?:register|sign up|volunteer|apply) (?:for|to|in)|enrol+(?: in| for| on)?|be (?:booked|registered|signed up|scheduled|assigned|enrol+ed)(?: for| in| on| to)?)'
const of = '(?:of|for|with|in|on|at|by|to|per|under)'

const patterns: readonly RegExp[] = [
  // two appointments of one dentist must not overlap
  `(?:the times of )?(?:no two|two|no|different|any two|several|multiple|all|the)? ?{bookings} ${of} <same> {thing} (?:<cannot>|may|can|must|should|are allowed to) ${clash}<tail>`,
  `(?:an?|the|each|every|one) {thing:2}(?:'s|s') {bookings:2} (?:<cannot>|may|can|must|should) ${clash}<tail>`,
  // bookings must not overlap
  `(?:the )?(?:times? of )?(?:no two|two|no|different|any two|the)? ?{bookings} (?:<cannot>|may|can|must|should) ${clash}(?: ${of} <same> {thing})?<tail>`,
  `(?:no|without|prevent|avoid|forbid|reject|refuse|disallow|do not allow|never allow) (?:any |all )?(?:overlapping|clashing|conflicting|colliding|parallel|simultaneous) {bookings}(?: (?:of|for|with|in|on|per|at) (?:<same> )?{thing})?<tail>`,
  `(?:overlapping|clashing|conflicting|colliding) {bookings}(?: (?:of|for|with|in|on|per|at) (?:<same> )?{thing})? (?:are|is|must be|should be|get|gets|will be)(?: always)? (?:rejected|refused|forbidden|prevented|not allowed|not permitted|impossible|not possible|disallowed|an error|denied|blocked)<tail>`,
  `(?:there )?(?:must|should|can|may|are|is|shall)? ?(?:not |never )?(?:be )?(?:no |any )?overlaps?(?: (?:between|of|among|in) (?:the )?{bookings})?(?: ${of} <same> {thing})?`,
  // no double bookings
  `(?:no|without|prevent|avoid|forbid|reject|refuse|disallow|do not allow|never allow|stop|there (?:must|should|can|may) (?:not |never )?be (?:no |any )?|we want no|i want no|we must never have|there are no)(?: any)? ?double[- ]?(?:booking|reservation|rental)s?(?: (?:of|for|with|in|on|per) (?:<same> )?{thing})?<tail>`,
  `double[- ]?(?:booking|reservation)s?(?: (?:of|for|with) (?:<same> )?{thing})? (?:are|is|must be|should be|has to be|have to be|must|can|may|should)(?: be)? (?:not |never )?(?:allowed|possible|happen|rejected|refused|forbidden|prevented|impossible|occur|permitted|blocked|avoided|out of the question|not allowed|a no-go|ruled out)<tail>`,
  `<same>? ?{thing} <cannot> (?:be |get )?double[- ]?(?:booked|reserved|rented|let)<tail>`,
  `(?:nobody can|(?:we|you|people|users|{who}) <cannot>) double[- ]?(?:book|reserve|rent) (?:<same> )?{thing}<tail>`,
  // a room can only be booked once at a time
  `(?:only one {bookings} (?:can|may) )(?:be|happen|run|use|occupy)(?: in)? (?:<same> )?{thing} <atonce><tail>`,
  `<same>? ?{thing} (?:can|may|must|should|is|are|will)(?: only)?(?: ever)? (?:be )?(?:only )?${verbs}(?: out)? (?:only )?(?:(?:once|by (?:only )?one {who}|for one {who}|to (?:only )?one {who}|by one|one time)(?: only)? (?:<atonce>|per (?:time )?slot|(?:per|for|at|in) (?:any|the same|a|each|every) (?:time|slot|time slot|period|moment|given time))|<atonce> (?:only )?(?:once|by (?:only )?one {who2}|for one {who2}))<tail>`,
  `<same>? ?{thing} <cannot> be ${verbs}(?: out)? (?:twice|two times|more than once|again|by two {who}|by (?:more than one|several|different|two different) {who}|to (?:two|several) {who}|by someone else|for two {who}|multiple times)(?: (?:${when()}))?<tail>`,
  `(?:only|at most|no more than|not more than|just|max(?:imum)?\\.?(?: of)?) one {bookings} (?:per|for each|for every|for|of|in|on|at|can (?:be|use|run|happen) (?:in|on|at|with)?) ?(?:<same> )?{thing} (?:can be active |may be active |is allowed |is possible )?(?:<atonce>|per (?:time )?slot|in the same (?:time )?slot)<tail>`,
  `<same>? ?{thing} (?:(?:can|may|must|should|will)(?: only)?|only) (?:have|has|take|takes|see|sees|do|does|serve|serves|give|gives|treat|treats|teach|teaches|handle|handles|host|hosts|accept|accepts|hold|holds|run|runs|be in|attend|attends)(?: only| at most| no more than)? (?:one|a single) {bookings} <atonce><tail>`,
  `(?:<same> )?${single}{thing} <cannot> ${goes}(?: more than one| two| several| multiple| two different|) (?!(?:the )?same ){bookings}(?: that (?:overlap|clash|collide|are ${when()})| which overlap| (?:${when()}))<tail>`,
  `(?:<same> )?${single}{thing} <cannot> ${goes}(?: more than one| two| several| multiple| two different| any|) (?:overlapping|clashing|conflicting|colliding|parallel|simultaneous) {bookings}<tail>`,
  `(?:<same> )?{thing} (?:can|may|must|should) (?:only )?${goes} (?:only )?(?:one|a single) {bookings} <atonce><tail>`,
  `<same>? ?{thing} <cannot> be in (?:two|several) {places} <atonce><tail>`,
  `(?:(?:two|several|different|any two|more than one|multiple) {who} <cannot>|nobody can) (?<verb>book|rent|reserve|hire|use|take|borrow|lend|schedule) <same> {thing} (?:twice )?(?:${when()})<tail>`,
  `<same>? ?{thing} (?:can|may|is|are|must)(?: only)?(?: be)? (?:only )?${verbs} (?:only )?(?:once|by (?:only )?one {who}) (?:per|a|each|every) (?:day|evening|night|hour|slot|morning|afternoon)<tail>`,
  `<same>? ?{thing} (?:can|may|is|are|must) (?:only )?be (?:only )?${verbs} (?:only )?once <atonce><tail>`,
  `(?:only|at most|no more than|not more than) one {bookings} (?:per|for each|for every|of|for) {thing} (?:per|a|each|every|and|on each|on a|on the same) (?:day|evening|night|slot|date)<tail>`,
  // what is booked already
  `(?:nobody|no[- ]one|no {who}|you|users|people|{who}|one) (?:can|may|must|should|could)?(?: not| never)? ?(?:be able to )?(?:book|rent|reserve|hire|take|lend|use|schedule) (?:<same> )?{thing} (?:that|which|if it|when it|while it|when|if|as long as it|who) (?:is|are|has been|have been|was) (?:already |still |currently )?${verbs}(?: (?:out|by .+?|${when()}|then|for that .+|in that .+|during that .+|on that .+))?`,
  `<same>? ?{thing} (?:that|which|who) (?:is|are|has been|have been) (?:already |still |currently )?${verbs}(?: (?:out|${when()}))? <cannot> be (?:booked|rented|reserved|hired|taken|lent|used|scheduled)(?: again| twice| by .+| (?:${when()}))?`,
  `<same>? ?{thing} <cannot> be (?:booked|rented|reserved|hired|lent|used|scheduled|taken) (?:again )?(?:while|when|if|as long as) (?:it|they|he|she|somebody|someone|another {who}) (?:is|are|has been|have been|has|have)(?: already| still| currently)* (?:${verbs.slice(0, -1)}|it|them|in use))(?: (?:by .+|out|${when()}))?`,
  `(?:if|when|once|where) <same>? ?{thing} (?:is|are|has been|was) (?:already |still )?${verbs}(?: (?:${when()}|then))?,? (?:the |a |an |any |another )?(?:new |other |second )?{bookings} (?:is|are|must be|should be|gets|will be) (?:rejected|refused|denied|not possible|not allowed|impossible|turned down|declined)`,
].map(pattern)

function when(): string {
  return '<atonce>|at that time|for (?:the same|overlapping|that|any given|one) (?:days?|dates?|times?|periods?|slots?|nights?|time slots?|hours?|time|date ranges?|weekends?|evenings?|sessions?|shows?|weeks?)|on the same (?:days?|dates?|evening|night|morning)|in the same (?:slot|time slot|period|week|hour|lesson|time)|during the same (?:time|period|hours?|days)|in overlapping (?:periods|times)|over the same (?:days|period|weekend)|for overlapping periods of time|within the same (?:period|time)'
}

/** "Nobody may be in two shifts that overlap" is about whoever has an account. */
const nobodyInTwo =
  /^nobody can (?=(?:be (?:in|at|on|registered for|signed up for|booked (?:in|for|on))|attend|join|take part in|register for|sign up for|enter|work(?: in)?|do) (?:two|several|multiple|more than one)\b)/i

/** Reads that no two bookings of a thing overlap in time. */
export const readOverlap: Read = (sentence) => {
  const { text, minutes } = withoutLength(canonical(sentence).replace(nobodyInTwo, 'a user can not '))
  const found = matching(patterns, text)
  if (
    !found ||
    /^(?:\d|active|open|running|current|pending|unpaid|unreturned|valid)/i.test(found.groups.bookings ?? '')
  )
    return undefined
  const said: Said = {
    daily: /\b(?:per|an?|each|every|and|on (?:the same|a|each)) (?:day|evening|night|morning|afternoon|date)$/i.test(
      text,
    ),
    minutes,
    days: /\b(?:days?|dates?)\b/i.test(text),
    overlaps: /\b(?:overlap|clash|collid|conflict|intersect)/i.test(text),
    nights: /\b(?:nights?|check[- ]?(?:in|out))\b/i.test(text),
  }
  // What is cancelled, and can then be gone to twice, is known when its steps are.
  const last = singular(found.groups.thing?.toLowerCase().split(' ').at(-1) ?? '')
  // Nor is whether what is lent comes back, which others say.
  const lent = /\b(?:loan|lending|checkout|borrow)/i.test(found.groups.bookings ?? '')
  const after = lent ? 3 : isPersonNoun(last) || /(?:er|or|ist|ant|ee|ian)$/.test(last) ? 1.7 : 0
  return { said: sentence, rest: besides(found.groups), after, apply: (draft) => apply(draft, found.groups, said) }
}

/** Who cannot register for two races at once registers for races. */
const besides = ({ thing, goes, bookings }: Groups): string[] =>
  thing && goes && bookings && /^(?:register|sign up|enrol|participate|volunteer)/i.test(goes)
    ? [`${plural(singular(thing.toLowerCase()))} ${goes} ${plural(singular(bookings.toLowerCase()))}`]
    : []

/** "30-minute slots", ", each takes 45 minutes": how long a booking is, and the sentence without it. */
const withoutLength = (sentence: string): { text: string; minutes?: number } => {
  const length =
    /[,;]?\s*(?:and\s+)?(?:\(?(?:each|every|all|one|it|they|an?|and|which)\s+)?(?:[\p{L}]+\s+)?(?:takes?|lasts?|are|is|being)\s+(?:always\s+)?(\d+|[a-z]+|half an)[ -](minutes?|min|hours?|h)(?: (?:long|each))?\)?(?=$|[,;])/iu
  const found = length.exec(sentence)
  const amount = numberOf(found?.[1])
  if (!found || amount === undefined) return { text: sentence }
  return {
    text: `${sentence.slice(0, found.index)}${sentence.slice(found.index + found[0].length)}`.trim(),
    minutes: /^h/i.test(found[2]!) ? amount * 60 : amount,
  }
}

const apply = (draft: BehaviourDraft, said: Groups, time: Said): Outcome => {
  const ofPeople = noTwoAtOnce(draft, said, time)
  if (ofPeople) return ofPeople
  const place = placeOf(draft, said, time)
  if (!place) return { unresolved: 'It does not say what is booked: name the things and what they are booked for.' }
  const { model, same } = place
  const thing = same ? wordsOf(same) : undefined
  if (!isTimed(model) && !isBooking(draft, model))
    return { unresolved: `${sentence(withArticle(model.words))} is at no time: say when it begins and ends.` }
  const open = ongoing(model).filter((one) => / == null$|^!/.test(one) && !standing(model).includes(one))
  if (
    same &&
    open.length > 0 &&
    !(time.overlaps && onlyEnds(model, open)) &&
    /loan|lending|checkout|borrow/.test(model.key)
  )
    return oneOpen(model, same)
  const elsewhere = time.daily && same && !isTimed(model) ? timedRef(draft, model) : undefined
  if (elsewhere && same) {
    const message = `There is at most one ${model.words} per ${wordsOf(same) === 'owner' ? 'person' : wordsOf(same)} and day.`
    limitByPeriod(model, [same], elsewhere, { max: '1', unit: 'day', conditions: standing(model), message })
    return { understood: [message] }
  }
  const span = spanOf(draft, model, time)
  const many = plural(model.words)
  const counts = standing(model)
  const message = thing ? `This ${thing} is taken at that time.` : `There is another ${model.words} at that time.`
  if (time.daily && same && 'exclude' in span && model.model.fields[span.exclude.start]?.type === 'datetime')
    return oncePerDay(model, same, span.exclude.start)
  const once =
    'unique' in span
      ? `There is at most one ${model.words} per ${listed([...(thing ? [thing] : []), ...span.unique.map(wordsOf)])}.`
      : ''
  if ('unique' in span)
    addRule(model, {
      name: 'no_double_booking',
      message: once,
      unique: [...(same ? [same] : []), ...span.unique] as [string, ...string[]],
      ...where(counts),
    })
  else
    addRule(model, {
      name: same ? `no_overlap_of_${toName([thing!])}` : 'no_overlap',
      message,
      exclude: { same: [...(same ? [same] : []), ...span.beside], ...span.exclude },
      ...where(counts),
    })
  return {
    understood: [once || `Two ${many}${thing ? ` of the same ${thing}` : ''} cannot overlap.`],
    ...(counts.length > 0 ? { assumptions: [overlapsCancelled(model, counts)] } : {}),
  }
}

/** Whether rows say from when to when they are, and nothing else says that they are over: not when they came back. */
const onlyEnds = (model: Found, open: readonly string[]): boolean => {
  const start = startOfSpan(model)
  const end = start && endOfSpan(model, start)
  return (
    end !== undefined && !/^(?:due|return|drop_?off)/.test(end) && open.every((one) => one === `this.${end} == null`)
  )
}

/** What is lent until it comes back has no end that is known. */
const oneOpen = (model: Found, same: string): Outcome => {
  const message = `${sentence(withArticle(wordsOf(same)))} has at most one open ${model.words}.`
  addRule(model, { name: `one_open_per_${toName([wordsOf(same)])}`, message, unique: [same], ...where(ongoing(model)) })
  return { understood: [message] }
}

/** "only once per day", of what has a moment. */
const oncePerDay = (model: Found, same: string, start: string): Outcome => {
  const message = `There is at most one ${model.words} per ${wordsOf(same)} and day.`
  addRule(model, {
    name: `one_per_${toName([wordsOf(same)])}_and_day`,
    message,
    limit: { per: [same], max: '1', within: { field: start, unit: 'day', zone: 'UTC' } },
    ...where(standing(model)),
  })
  return { understood: [message] }
}

/** The model of bookings and its field for what is booked. */
const placeOf = (
  draft: BehaviourDraft,
  said: Groups,
  time: Said,
): { model: Found; same: string | undefined } | undefined => {
  const vague = /^(?:slots?|times?|time slots?|things?|ones?|overlaps?|bookings?|two|any|no|it|they)$/i
  const thingWords = said.thing && !/^(?:slot|time slot|time|day|date)$/i.test(said.thing) ? said.thing : undefined
  const named =
    said.bookings && !/^(?:overlaps?|two|they|it)$/i.test(said.bookings) ? draft.findModel(said.bookings) : undefined
  const bookings = named && named.name !== draft.userModel()?.name ? named : undefined
  if (thingWords) {
    const thing = draft.findModel(thingWords)
    // "appointments must not be double booked": the thing is the booking itself.
    if (thing && !bookings && isBooking(draft, thing)) return { model: thing, same: takenField(thing) }
    if (bookings && thing && bookings.name === thing.name) return { model: bookings, same: takenField(bookings) }
    const model = bookings ?? (thing ? tiesOf(draft, thing, said.verb) : undefined) ?? modelOfField(draft, thingWords)
    if (model) {
      const same = fieldFor(draft, model, thingWords)
      return same ? { model, same } : undefined
    }
    if (!thing) return undefined
    return { model: addBookings(draft, thing, said, time), same: `${thing.key}_id` }
  }
  const model = bookings ?? (said.bookings && !vague.test(said.bookings) ? undefined : anyBookings(draft))
  return model ? { model, same: takenField(model) } : undefined
}

const isBooking = (draft: BehaviourDraft, thing: Found): boolean =>
  /(?:booking|reservation|appointment|rental|hire|slot|session|visit|lesson|loan|lending|meeting|shift|game|tour|delivery)$/.test(
    thing.key,
  ) && draft.childrenOf(thing).length === 0

const modelOfField = (draft: BehaviourDraft, words: string): Found | undefined =>
  draft.models().find((one) => draft.findField(one, words) !== undefined)

/** A thing that is booked while nothing is said of bookings gets them. */
const addBookings = (draft: BehaviourDraft, thing: Found, said: Groups, time: Said): Found => {
  const key = nounOfVerb(said.verb) ?? 'booking'
  const accounts = draft.userModel() !== undefined
  const model = draft.ensureModel(
    key,
    time.days
      ? { from_date: { type: 'date' }, to_date: { type: 'date' } }
      : { starts_at: { type: 'datetime' }, ends_at: { type: 'datetime' } },
    {
      refs: [{ to: thing, onDelete: 'restrict' }],
      owned: accounts,
    },
  )
  draft.assume(
    `${capital(plural(thing.words))} are taken by ${plural(model.words)} of their own, with a start and an end.`,
  )
  return model
}
