import type { Requirement } from '../../../../schemas/generated/architecture.ts'
import { sentence, toName, withArticle } from '../language/words.ts'
import type { Outcome, Read } from './behaviour.ts'
import { anyBookings, nounOfVerb, wordsOf } from './between.ts'
import { canonical } from './canonical.ts'
import type { BehaviourDraft } from './draft.ts'
import type { Found } from './find.ts'
import { keepWhenMoved } from './moved.ts'
import { firstReading, type Groups, numberOf, pattern, type Reading } from './phrases.ts'
import { addRule, requireOn } from './rules.ts'
import { lengthOf } from './terms/durations.ts'
import { bookedMoment, needTime } from './when-booked.ts'

const unit = '(?<unit>minutes?|hours?|h|days?|weeks?|months?)'
const made =
  '(?<verb>booked|made|placed|requested|reserved|ordered|scheduled|submitted|created|registered|announced|planned|arranged)'
const possible =
  '(?:(?:are|is|can|may|must|should)(?: only)?(?: be)?(?: only)?(?: possible| allowed| made| booked| scheduled| placed| taken| held| given| accepted| offered| open| planned)?(?: only)?(?: take place| happen| start| begin| lie| fall| be)?)'
const days =
  '(?:(?<weekdays>weekdays|working days|week days|workdays|business days)|(?<weekend>weekends|the weekend|saturdays? and sundays?)|(?<listed>(?:mon|tues|wednes|thurs|fri|satur|sun)days?(?:(?:, | and | or |, and | to | through )(?:mon|tues|wednes|thurs|fri|satur|sun)days?)*))'
const clock = "(?:(?<h1>\\d{1,2})(?::(?<m1>\\d\\d))? ?(?<p1>am|pm|o'clock|h)?)"
const clock2 = "(?:(?<h2>\\d{1,2})(?::(?<m2>\\d\\d))? ?(?<p2>am|pm|o'clock|h)?)"

const ahead: readonly RegExp[] = [
  `(?:the |an? |all )?{things} (?:must|have to|has to|should|need to|needs to|can only|may only|are only) be ${made} (?<least>at least|no later than|not later than|minimum|up to) {n#} ${unit} (?:ahead|in advance|before(?:hand)?|before (?:it|they|the .+?) (?:starts?|begins?|takes? place)|before the (?:start|beginning|appointment|date)|earlier|prior)`,
  `(?:the |an? )?{things} <cannot> be ${made} (?<most>more than|earlier than|further than) {n#} ${unit} (?:ahead|in advance|before(?:hand)?|before .+|into the future)`,
  `(?:the |an? )?{things} <cannot> be ${made} (?<least>less than|later than|within) {n#} ${unit} (?:ahead|in advance|before(?:hand)?|before .+)`,
  `(?:the |an? )?{things} (?:can|may)(?: only)? be ${made} (?<most>at most|no more than|not more than|up to|no earlier than|not earlier than) {n#} ${unit} (?:ahead|in advance|before(?:hand)?|into the future)`,
  `{who} (?:can|may)(?: only)? (?<verb>book|order|reserve|schedule|register)(?: (?:an? |the |their )?{things:2})?(?: only)? (?<most>at most|no more than|not more than|up to|no earlier than|not earlier than) {n#} ${unit} (?:ahead|in advance|before(?:hand)?|into the future)`,
  `(?:book|order|reserve|{things}) (?<least>at least) {n#} ${unit} (?:ahead|in advance)`,
  `(?:nobody can|(?:{who}) <cannot>) (?<verb>book|order|reserve|schedule|register) (?<most>more than) {n#} ${unit} (?:ahead|in advance)`,
  `(?:nobody can|(?:{who}) <cannot>) (?<verb>book|order|reserve|schedule|register) (?<least>less than) {n#} ${unit} (?:ahead|in advance)`,
].map(pattern)
const calendar: readonly RegExp[] = [
  `(?:the |all )?(?:{things} ${possible}|only) on ${days}`,
  `(?:the |all )?{things} (?:are|is|<cannot>)(?: not| never)?(?: be)? (?:possible|allowed|made|booked|scheduled|held|take place|happen|be|start)? ?(?<not>on) ${days}`,
  `(?:no |there (?:are|is) no ){things} (?<not>on|at) ${days}`,
].map(pattern)
const hours: readonly RegExp[] = [
  `(?:the |all )?(?:{things} ${possible}|only) (?:between|from) ${clock} (?:and|to|till|until|-) ${clock2}`,
].map(pattern)
const highest: readonly RegExp[] = [
  `(?:<same> |a new |each new |every new |new )?{things} (?:must|has to|have to|should|needs to|need to) (?:be |always be )?(?:higher|greater|more|larger|bigger|above|exceed)(?: than)? (?:the |all )?(?:current(?:ly)? |so far |previous |existing |present )*(?:highest|last|best|top|maximum|previous|existing|current|earlier|leading|others?)(?: (?:{b}|one|ones))?`,
  `(?:<same> |a new |each new |every new |new )?{things} <cannot> be (?:lower|less|smaller)(?: than)? (?:the |all )?(?:current |previous |existing )*(?:highest|last|best|top|maximum|previous|existing|current)(?: (?:{b}|one|ones))?`,
].map(pattern)
const gaps: readonly RegExp[] = [
  `(?:there (?:must|should|have to|has to) be |keep )?at least {n#} ${unit} (?:must (?:be|lie|pass) |lie |pass |of break )?between (?:two |any two )?{things} (?:of|by|for|from) (?:<same> )?{who}`,
  `<same>? ?{who} can (?:only )?(?<verb>donate|book|order|give|post|apply|borrow|vote|play|submit)(?: .+?)?(?: only)?(?: once)? every {n#} ${unit}`,
  `<same>? ?{who} (?:must|has to|have to|should) wait (?:at least )?{n#} ${unit} (?:between|before the next|after (?:a|the last|each|every)) {things}`,
].map(pattern)

/** Reads when things may be: ahead, on which days and hours, after which pause; and that each exceeds those before. */
export const readTimes: Read = (sentence) => {
  const text = canonical(sentence)
  const readings: Reading[] = [
    [ahead, applyAhead],
    [calendar, applyDays],
    [hours, applyHours],
    [highest, applyHighest],
    [gaps, applyGap],
  ]
  return firstReading(readings, text, sentence)
}

const starts = [
  'starts_at',
  'start',
  'start_time',
  'from_date',
  'start_date',
  'from',
  'begins_at',
  'scheduled_at',
  'check_in',
  'date',
  'day',
  'time',
  'pickup_time',
  'pickup_date',
  'delivery_date',
  'arrival',
  'departure_time',
  'booked_for',
  'appointment_time',
  'requested_for',
  'deliver_on',
  'event_date',
]
const startOf = (model: Found): string | undefined =>
  starts.find((name) => /^date(?:time)?$/.test(model.model.fields[name]?.type ?? '')) ??
  Object.entries(model.model.fields).find(
    ([, field]) => /^date(?:time)?$/.test(field.type) && field.set === undefined,
  )?.[0]
const bookedOf = (draft: BehaviourDraft, said: Groups): Found | undefined => {
  const named = said.things && !/^(?:it|they)$/i.test(said.things) ? draft.findModel(said.things) : undefined
  const noun = nounOfVerb(said.verb)
  const children = named ? draft.childrenOf(named).map(({ model }) => model) : []
  const isTimed = (one: Found): boolean => startOf(one) !== undefined || bookedMoment(draft, one) !== undefined
  // Of what is booked, it is the booking that is made so long before: "slots can be booked up to 2 hours before they start".
  const booked = noun ? children.find((one) => one.key === noun && isTimed(one)) : undefined
  if (booked) return booked
  if (named && named.name !== draft.userModel()?.name && isTimed(named)) return named
  const child = children.find(isTimed)
  return (
    child ??
    (noun ? draft.findModel(noun) : undefined) ??
    (said.things && !pronoun.test(said.things) ? undefined : (timed(draft.it()) ?? anyBookings(draft)))
  )
}
const pronoun = /^(?:it|they)$/i
const timed = (model: Found | undefined): Found | undefined => (model && startOf(model) ? model : undefined)

const applyAhead = (draft: BehaviourDraft, said: Groups): Outcome => {
  const model = bookedOf(draft, said)
  const booked = model && bookedMoment(draft, model)
  const start = model && !booked ? startOf(model) : undefined
  if (!model || !(start ?? booked)) return { unresolved: `It is not known when ${said.things ?? 'it'} begins.` }
  if (start) needTime(draft, model, start)
  const { type } = booked?.field ?? model.model.fields[start!]!
  const least = said.least !== undefined
  const when = booked ? `before its ${booked.thing.words} starts` : 'ahead'
  const message = `${sentence(withArticle(model.words))} must be made ${least ? 'at least' : 'at most'} ${said.n} ${said.unit} ${when}.`
  const requirement: Requirement = {
    check: `${booked?.path ?? `this.${start}`} ${least ? '>=' : '<='} ${type === 'date' ? 'today()' : 'now'} + ${lengthOf(numberOf(said.n)!, said.unit!)}`,
    message,
    status: booked ? 409 : 422,
  }
  requireOn(model, 'create', requirement)
  keepWhenMoved(model, requirement)
  return { understood: [message] }
}

const names = ['mon', 'tues', 'wednes', 'thurs', 'fri', 'satur', 'sun']

const applyDays = (draft: BehaviourDraft, said: Groups): Outcome => {
  const model = bookedOf(draft, said)
  const start = model ? startOf(model) : undefined
  if (!model || !start) return { unresolved: `It is not known on which day ${said.things ?? 'it'} is.` }
  const listed = (said.listed ?? '').toLowerCase()
  const range = /^(\w+?)days? (?:to|through) (\w+?)days?$/.exec(listed)
  const numbers = said.weekdays
    ? [1, 2, 3, 4, 5]
    : said.weekend
      ? [6, 7]
      : range
        ? names.map((_, i) => i + 1).filter((n) => n > names.indexOf(range[1]!) && n <= names.indexOf(range[2]!) + 1)
        : names.flatMap((name, i) => (listed.includes(`${name}day`) ? [i + 1] : []))
  const not = said.not !== undefined
  const words = said.weekdays ?? said.weekend ?? said.listed!
  const message = `${sentence(withArticle(model.words))} is ${not ? 'never' : 'only'} on ${words}.`
  const day = `weekday(this.${start})`
  addRule(model, {
    name: toName([not ? 'not on' : 'only on', words]),
    message,
    check: `${day} in [${(not ? [1, 2, 3, 4, 5, 6, 7].filter((one) => !numbers.includes(one)) : numbers).join(', ')}]`,
  })
  return {
    understood: [message],
    assumptions: model.model.fields[start]!.type === 'datetime' ? ['Days and hours of rules are those of UTC.'] : [],
  }
}

const hourOf = (hour: string, half: string | undefined): number =>
  (Number(hour) % 24) + (/pm/i.test(half ?? '') && Number(hour) < 12 ? 12 : 0)

const applyHours = (draft: BehaviourDraft, said: Groups): Outcome => {
  const model = bookedOf(draft, said)
  const fields: Found['model']['fields'] = model?.model.fields ?? {}
  const start = model
    ? (Object.keys(fields).find((name) => starts.includes(name) && /^(?:datetime|time)$/.test(fields[name]!.type)) ??
      Object.keys(fields).find(
        (name) => /^(?:datetime|time)$/.test(fields[name]!.type) && fields[name]!.set === undefined,
      ))
    : undefined
  if (!model || !start) return { unresolved: `It is not known at which hour ${said.things ?? 'it'} is.` }
  const from = hourOf(said.h1!, said.p1 ?? undefined)
  const to = hourOf(said.h2!, said.p2 ?? undefined) || 24
  const type = fields[start]!.type
  const end = ['ends_at', 'end', 'end_time', 'to', 'until'].find((name) => fields[name]?.type === type)
  const two = (hour: number, minutes = '00'): string => `"${String(hour).padStart(2, '0')}:${minutes}:00"`
  const check =
    type === 'time'
      ? `this.${start} >= ${two(from, said.m1)} && this.${end ?? start} ${end ? '<=' : '<'} ${two(Math.min(to, 23), to === 24 ? '59' : said.m2)}`
      : `hourOf(this.${start}) >= ${from} && hourOf(this.${end ? `${end} - minutes(1)` : start}) < ${to}`
  const message = `${sentence(withArticle(model.words))} is only between ${said.h1}${said.p1 ? ` ${said.p1}` : ''} and ${said.h2}${said.p2 ? ` ${said.p2}` : ''}.`
  addRule(model, { name: `only_from_${from}_to_${to}`, message, check })
  return {
    understood: [message],
    ...(type === 'datetime' ? { assumptions: ['Days and hours of rules are those of UTC.'] } : {}),
  }
}

const applyHighest = (draft: BehaviourDraft, said: Groups): Outcome => {
  const model = draft.findModel(said.things!) ?? (said.b ? draft.findModel(said.b) : undefined)
  const amount = model
    ? Object.entries(model.model.fields).find(
        ([name, { type }]) =>
          /^(?:int|decimal|float)$/.test(type) && /amount|bid|price|offer|value|sum|points|score|number/.test(name),
      )?.[0]
    : undefined
  if (!model || !amount) return { unresolved: `It is not known how high a ${said.things} is.` }
  const ref =
    model.api.parent ??
    Object.keys(model.model.fields).find(
      (name) =>
        /_id$/.test(name) &&
        !/^(?:owner|bidder|user|member|customer)_id$/.test(name) &&
        model.model.fields[name]!.type.startsWith('ref('),
    )
  const same = ref ? `other.${ref} == this.${ref} && ` : ''
  const message = `${sentence(withArticle(model.words))} must be higher than those before${ref ? ` of the same ${wordsOf(ref)}` : ''}.`
  requireOn(model, 'create', {
    check: `!${model.name}.exists(other, ${same}other.id != this.id && other.${amount} >= this.${amount})`,
    message,
  })
  return { understood: [message] }
}

const applyGap = (draft: BehaviourDraft, said: Groups): Outcome => {
  const who = draft.findModel(said.who!)
  const noun = nounOfVerb(said.verb)
  const model = (said.things ? draft.findModel(said.things) : undefined) ?? (noun ? draft.findModel(noun) : undefined)
  const ref = who && model && who.name !== model.name ? draft.refFrom(model, who) : undefined
  const day = model ? startOf(model) : undefined
  if (!model || !ref || !day) return { unresolved: `It is not known whose and when ${said.things ?? 'it'} is.` }
  const length = lengthOf(numberOf(said.n)!, said.unit!)
  const message = `Between two ${model.model.plural?.replaceAll('_', ' ') ?? model.words} of the same ${wordsOf(ref)} are at least ${said.n} ${said.unit}.`
  requireOn(model, 'create', {
    check: `!${model.name}.exists(other, other.${ref} == this.${ref} && other.id != this.id && other.${day} > this.${day} - ${length} && other.${day} < this.${day} + ${length})`,
    message,
  })
  return { understood: [message] }
}
