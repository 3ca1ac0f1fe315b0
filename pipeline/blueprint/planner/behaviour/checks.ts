import { OPPOSITE } from '../../../expressions/negate.ts'
import { sentence as capital, toName, withArticle } from '../language/words.ts'
import type { Outcome, Read } from './behaviour.ts'
import { wordsOf } from './between.ts'
import { canonical } from './canonical.ts'
import type { BehaviourDraft } from './draft.ts'
import type { Found } from './find.ts'
import { keepWhenMoved } from './moved.ts'
import { firstReading, type Groups, numberOf, pattern, type Reading } from './phrases.ts'
import { addRule, makeNumber, requireOn } from './rules.ts'
import { isTime } from './spans.ts'
import { lengthOf } from './terms/durations.ts'

const mod =
  '(?:must|should|has to|have to|needs to|need to|can only|may only|is always|are always|is|are|shall|will)(?: always| only)?(?: be| come| lie| fall| start| end| begin| happen)?'
const unit = '(?<unit>minutes?|hours?|days?|weeks?|months?|years?)'
const of = '(?: (?:of|for|on) (?:an?|the|each|every|all|any) {thing})?'

/** Comparisons in words, with the operator that must hold; the longer first. */
const comparisons: readonly (readonly [string, string])[] = [
  [
    '(?:after or (?:on|at|equal to)|on or after|at or after|the same as or after|not before|not earlier than|no earlier than|no sooner than|not lower than|not less than|not below|not under|not smaller than|at least|no less than|no lower than|greater than or equal to|equal to or (?:greater|higher|later) than)',
    '>=',
  ],
  [
    '(?:before or (?:on|at|equal to)|on or before|at or before|not after|not later than|no later than|not higher than|not more than|not above|not over|not greater than|not larger than|not bigger than|at most|no more than|no higher than|no greater than|not exceed|less than or equal to|up to|equal to or (?:less|lower|earlier) than)',
    '<=',
  ],
  ['(?:after|later than|greater than|more than|higher than|larger than|bigger than|above|over|exceed|beyond)', '>'],
  ['(?:before|earlier than|less than|lower than|smaller than|below|under|fewer than|younger than)', '<'],
  ['(?:different from|different to|different than|differ from|not the same as|not equal to|not equal)', '!='],
]
const anyComparison = comparisons.map(([words]) => words).join('|')

const pairs: readonly RegExp[] = [
  `(?:the |an? |its )?{a}${of} ${mod} (?<op>${anyComparison}) (?:the |its |their |an? |that of the )?{b:6}<tail>`,
  `(?:the |an? |its )?{a}${of} (?<not><cannot>) (?:be |come |lie |fall |happen |start |begin |end )?(?<op>${anyComparison}) (?:the |its |their |an? )?{b:6}<tail>`,
  `(?:the |an? |its )?{a} and (?:the |an? )?{b}${of} (?:must|should|have to) (?:be )?(?<op>different|differ|not be the same|not be equal)`,
].map(pattern)
const ages: readonly RegExp[] = [
  `(?:the |an? |its )?{a}${of} ${mod} (?<when>in the (?:past|future))(?: (?:when|at the time) .+)?`,
  `(?:the |an? |its )?{a}${of} (?<not><cannot>) (?:be|lie|come|be entered|be made|be recorded|happen) (?<when>in the (?:past|future))(?: (?:when|at the time) .+)?`,
  `(?:the |an? |its )?{a}${of} ${mod} (?<when>before today|after today|before now|after now|today or later|today or earlier)`,
].map(pattern)
const signs: readonly RegExp[] = [
  `(?:the |an? |its |all )?{a}${of} (?<not><cannot>) (?:be|go|become|get|fall|drop|sink) (?<sign>negative|below (?:zero|0)|less than (?:zero|0)|under (?:zero|0)|minus|zero or less|zero|0)<tail>`,
  `(?:the |an? |its |all )?{a}${of} ${mod} (?<sign>positive|greater than (?:zero|0)|more than (?:zero|0)|above (?:zero|0)|not negative|non-negative|(?:at least|not below) (?:zero|0))<tail>`,
].map(pattern)
const measured = '(?: ?(?:%|[\\p{L}°²³/]+(?: (?!and\\b|to\\b)[\\p{L}²³]+)?))?'
const between: readonly RegExp[] = [
  `(?:the |an? |its )?{a}${of} (?:${mod} )?(?:in (?:the|a) range )?(?:between|from|of|in the range of|in the range from|within) {n#}${measured} (?:and|to|-) {m#}${measured}(?:(?:,| and|, and) (?:the |an? |its )?{a2} (?:${mod} )?(?:between|from) {n2#}${measured} (?:and|to|-) {m2#}${measured})?`,
  `(?:the |an? |its )?{a}${of} <cannot> be (?:less|lower|smaller|below|under)(?: than)? {n#}${measured} (?:or|nor|and) (?:more|higher|greater|larger|bigger|above|over)(?: than)? {m#}${measured}`,
  `(?:the |an? |its )?{a}${of} (?:${mod} )?at least {n#}${measured} (?:and|but) (?:at most|no more than|not more than|up to) {m#}${measured}`,
].map(pattern)
const spans: readonly RegExp[] = [
  `(?:the |an? |its )?{a}${of} (?:must|should|may|can|has to|is|are)(?: only)?(?: be)? (?<op>no later than|not later than|at most|no more than|not more than|at least|no earlier than|not earlier than|within|no less than|exactly|up to) {n#} ${unit} (?<side>after|before|from|of) (?:the |its |an? )?{b}`,
  `(?:the |an? |its )?{a}${of} <cannot> (?:be )?(?<over>more than|later than|over) {n#} ${unit} (?<side>after|before|from) (?:the |its |an? )?{b}`,
  `(?:the |an? )?{things} <cannot> (?:be|last|take|run|go on)(?: for)? (?<over>longer than|more than|over) {n#} ${unit}(?: long)?`,
  `(?:the |an? )?{things} (?:can|may|must|should)(?: only)?(?: be| last| take| run)?(?: for)?(?: only)? (?<op>at most|no more than|no longer than|at least|up to) {n#} ${unit}(?: long)?`,
  `(?:the |an? )?{things} (?:last|lasts|take|takes|are|is) (?<op>at most|no more than|no longer than|at least|up to) {n#} ${unit}(?: long)?`,
].map(pattern)
const texts =
  /than|before|after|least|most|exceed|above|below|over|under|past|future|negative|positive|zero|between|within|longer|differ|equal|not be|up to|range|self|selves/i

/** Reads what holds between the values of one row, or of a row and what it refers to. */
export const readCheck: Read = (sentence) => {
  const text = canonical(sentence)
  if (!texts.test(text)) return undefined
  const readings: Reading[] = [
    [selves, applySelf],
    [spans, applySpan],
    [ages, applyAge],
    [signs, applySign],
    [between, applyBetween],
    [pairs, applyPair],
  ]
  return firstReading(readings, text, sentence)
}

const selves: readonly RegExp[] = [
  `(?:nobody can|<same>? ?{who} <cannot>) .*?(?<self>themselves|himself|herself|itself|oneself|yourself|him- or herself|himself or herself|them ?selves)`,
].map(pattern)

/** "nobody can play against themselves": the two that a row ties are different. */
const applySelf = (draft: BehaviourDraft, said: Groups): Outcome => {
  const who = said.who && !/^(?:you|people|one|they|we)$/i.test(said.who) ? draft.findModel(said.who) : undefined
  const it = draft.it()
  for (const model of [...(it ? [it] : []), ...draft.models()]) {
    const refs = Object.entries(model.model.fields).filter(([, { type }]) => type.startsWith('ref('))
    const pair = refs.flatMap(([one, { type }], at) =>
      refs
        .slice(at + 1)
        .filter(([, other]) => other.type === type && (!who || type === `ref(${who.name}.id)`))
        .map(([other]) => [one, other] as const),
    )[0]
    if (!pair) continue
    const [a, b] = pair
    const message = `The ${wordsOf(a)} and the ${wordsOf(b)} of ${withArticle(model.words)} must be different.`
    addRule(model, { name: toName([`${wordsOf(a)} is not ${wordsOf(b)}`]), message, check: `this.${a} != this.${b}` })
    return { understood: [message] }
  }
  return { unresolved: 'Nothing here ties two of one kind.' }
}

/** Where a value is: a field of a row, or of what it refers to. */
type Value = { model: Found; expression: string; type: string; words: string; field: string }

const modelsFor = (draft: BehaviourDraft, thing: string | undefined): Found[] => {
  const named = thing ? draft.findModel(thing) : undefined
  if (named) return [named]
  const it = draft.it()
  return [...(it ? [it] : []), ...draft.models().filter((one) => one.name !== it?.name)]
}

const pronoun = /^(?:it|they|this|that|he|she)$/i

const valueIn = (draft: BehaviourDraft, model: Found, words: string): Value | undefined => {
  const plain = words.replace(/'s? (?=\p{L})/u, ' ').trim()
  const field = [
    plain,
    plain.replace(new RegExp(`^${model.words}(?:'s)? `, 'i'), ''),
    plain.replace(/ (?:date|day|time)$/i, ''),
  ]
    .map((one) => draft.findField(model, one))
    .find((one) => one !== undefined)
  if (field)
    return { model, expression: `this.${field}`, type: model.model.fields[field]!.type, words: wordsOf(field), field }
  // "the seats of the course", "the course's seats"
  const turned =
    /^(?<b>.+?) of (?:the |its |an? |that )?(?<t>.+)$/i.exec(plain)?.groups ??
    /^(?<t>[\p{L}-]+)(?:'s)? (?<b>.+)$/iu.exec(plain)?.groups
  const other = turned ? draft.findModel(turned.t!) : undefined
  const ref = other && other.name !== model.name ? draft.refFrom(model, other) : undefined
  const far = other && ref ? draft.findField(other, turned!.b!) : undefined
  return far && ref
    ? {
        model,
        expression: `this.${ref.replace(/_id$/, '')}.${far}`,
        type: other!.model.fields[far]!.type,
        words: `${wordsOf(far)} of the ${other!.words}`,
        field: far,
      }
    : undefined
}

const operatorOf = (words: string): string =>
  comparisons.find(([part]) => new RegExp(`^${part}$`, 'i').test(words.trim()))?.[1] ?? '!='
const told: Readonly<Record<string, string>> = {
  '>': 'more than',
  '<': 'less than',
  '>=': 'at least',
  '<=': 'at most',
  '!=': 'different from',
  '==': 'the same as',
}
const toldTime: Readonly<Record<string, string>> = {
  '>': 'after',
  '<': 'before',
  '>=': 'not before',
  '<=': 'not after',
  '!=': 'different from',
  '==': 'the same as',
}
const kindOf = (type: string): string =>
  /^(?:int|decimal)$/.test(type)
    ? 'number'
    : type === 'datetime' || type === 'date'
      ? 'moment'
      : /^(?:string|text|email)$/.test(type)
        ? 'text'
        : type

/** "120 metres", "5 percent": a number with what it is counted in. */
const amountUnit = /(?:(?<=^-?[\d.,]+)\s*|(?<=^[a-z]+)\s+)(?:%|[\p{L}°²³/]+(?: [\p{L}²³]+)?)$/iu

const applyPair = (draft: BehaviourDraft, said: Groups): Outcome => {
  const found = operatorOf(said.op!)
  const operator = said.not !== undefined ? OPPOSITE[found]! : found
  const most = numberOf(said.b?.replace(amountUnit, ''))
  if (most !== undefined) return applyNumber(draft, said, operator, most)
  for (const model of modelsFor(draft, said.thing)) {
    const a = valueIn(draft, model, pronoun.test(said.a!) ? '' : said.a!)
    const b = valueIn(draft, model, said.b!)
    if (!a || !b || a.expression === b.expression) continue
    if (kindOf(a.type) !== kindOf(b.type) && !(a.type === 'float' && b.type === 'float')) continue
    const [left, right] = a.type === b.type ? [a.expression, b.expression] : [asDay(a), asDay(b)]
    const words = (isTime(a.type) ? toldTime : told)[operator]!
    const sentence = `The ${a.words} of ${withArticle(model.words)} is ${words} the ${b.words}.`
    addRule(model, {
      name: toName([`${a.field} ${words} ${b.field}`]),
      message: `The ${a.words} must be ${words} the ${b.words}.`,
      check: `${left} ${operator} ${right}`,
    })
    return { understood: [sentence] }
  }
  return { unresolved: `Nothing here has both a ${said.a} and a ${said.b} that can be compared.` }
}

const asDay = (value: Value): string => (value.type === 'datetime' ? `day(${value.expression})` : value.expression)

/** A number is a limit of the field itself. */
const applyNumber = (draft: BehaviourDraft, said: Groups, operator: string, most: number, whole = false): Outcome => {
  for (const model of modelsFor(draft, said.thing)) {
    const name = draft.findField(model, said.a!)
    if (name && !draft.changing) makeNumber(model, name, whole)
    const field = name ? model.model.fields[name]! : undefined
    if (!name || !field || !/^(?:int|float|decimal)$/.test(field.type)) continue
    const step = field.type === 'int' ? 1 : 0.01
    if (operator === '>=' || operator === '>') field.min = operator === '>' ? most + step : most
    else if (operator === '<=' || operator === '<') field.max = operator === '<' ? most - step : most
    else return { unresolved: `That the ${said.a} is not ${most} cannot be said of a field.` }
    return { understood: [`The ${wordsOf(name)} of ${withArticle(model.words)} is ${told[operator]} ${most}.`] }
  }
  return { unresolved: `Nothing here has a number called ${said.a}.` }
}

const applySign = (draft: BehaviourDraft, said: Groups): Outcome => {
  const above =
    /positive|greater than|more than|above (?:zero|0)|zero or less|^(?:zero|0)$/i.test(said.sign!) &&
    !/not negative|non-negative/i.test(said.sign!)
  return applyNumber(draft, said, above ? '>' : '>=', 0)
}

const applyBetween = (draft: BehaviourDraft, said: Groups): Outcome => {
  const whole = /^-?\d+$/.test(said.n!) && /^-?\d+$/.test(said.m!)
  const range = inRange(draft, said, said.n!, said.m!, whole)
  if (!said.a2 || !('understood' in range)) return range
  const other = inRange(draft, { ...said, a: said.a2 }, said.n2!, said.m2!, false)
  return 'understood' in other ? { understood: [...range.understood, ...other.understood] } : other
}

const inRange = (draft: BehaviourDraft, said: Groups, n: string, m: string, whole: boolean): Outcome => {
  const least = applyNumber(draft, said, '>=', numberOf(n)!, whole)
  const most = 'understood' in least ? applyNumber(draft, said, '<=', numberOf(m)!, whole) : least
  return 'understood' in most ? { understood: [`The ${said.a} is between ${n} and ${m}.`] } : most
}

const applyAge = (draft: BehaviourDraft, said: Groups): Outcome => {
  const past = /past|before|earlier/i.test(said.when!)
  const before = said.not ? !past : past
  for (const model of modelsFor(draft, said.thing)) {
    const name =
      draft.findField(model, said.a!) ??
      dayOf(draft, model, said.a!) ??
      (/birth|born/i.test(said.a!) ? Object.keys(model.model.fields).find((one) => /birth|born/.test(one)) : undefined)
    const type = name ? model.model.fields[name]!.type : ''
    if (!name || !/^date(?:time)?$/.test(type)) continue
    const present = type === 'date' ? 'today()' : 'now'
    const message = `The ${wordsOf(name)} must ${said.not ? 'not be' : 'be'} ${said.when!.toLowerCase()}.`
    const check = `this.${name} ${before ? '<=' : '>='} ${present}`
    // What lies in the future does so only when it is entered.
    if (before) addRule(model, { name: toName([`${name} in the past`]), message, check })
    else {
      requireOn(model, 'create', { check, message, status: 422 })
      keepWhenMoved(model, { check, message, status: 422 })
    }
    return {
      understood: [
        `The ${wordsOf(name)} of ${withArticle(model.words)} is ${said.not ? 'not ' : ''}${said.when!.toLowerCase()}${before ? '' : ' when it is entered'}.`,
      ],
    }
  }
  return { unresolved: `Nothing here has a day called ${said.a}.` }
}

/** "encounters cannot be in the future": the day or moment of each. */
const dayOf = (draft: BehaviourDraft, model: Found, words: string): string | undefined =>
  draft.findModel(words)?.name === model.name
    ? Object.entries(model.model.fields).find(
        ([, field]) => /^date(?:time)?$/.test(field.type) && field.set === undefined,
      )?.[0]
    : undefined

const applySpan = (draft: BehaviourDraft, said: Groups): Outcome => {
  const count = numberOf(said.n)!
  const length = lengthOf(count, said.unit!)
  const least = /at least|no earlier|not earlier|no less/i.test(said.op ?? '')
  if (said.things) return applyLength(draft, said, length, least)
  for (const model of modelsFor(draft, said.thing)) {
    const a = valueIn(draft, model, said.a!)
    const b = valueIn(draft, model, said.b!)
    if (!a || !b || kindOf(a.type) !== 'moment' || kindOf(b.type) !== 'moment' || a.expression === b.expression)
      continue
    const side = /before/i.test(said.side!) ? '-' : '+'
    const operator = (side === '+') === least ? '>=' : '<='
    const [left, right] = a.type === b.type ? [a.expression, b.expression] : [asDay(a), asDay(b)]
    const sentence = `The ${a.words} of ${withArticle(model.words)} is ${least ? 'at least' : 'at most'} ${said.n} ${said.unit} ${said.side!.replace(/^(?:from|of)$/i, 'after')} the ${b.words}.`
    addRule(model, {
      name: toName([`${a.field} ${least ? 'least' : 'most'} from ${b.field}`]),
      message: sentence,
      check: `${left} ${operator} ${right} ${side} ${length}`,
    })
    return { understood: [sentence] }
  }
  return { unresolved: `Nothing here has both a ${said.a} and a ${said.b}.` }
}

const firsts = [
  'starts_at',
  'start',
  'start_time',
  'from_date',
  'start_date',
  'from',
  'borrowed_on',
  'lent_on',
  'begins_at',
  'check_in',
  'lent_at',
  'borrowed_at',
]
const lasts = [
  'ends_at',
  'end',
  'end_time',
  'to_date',
  'end_date',
  'to',
  'until',
  'due_on',
  'due_date',
  'due_at',
  'check_out',
  'returned_on',
]

/** "loans last at most 30 days": from its first moment to its last. */
const applyLength = (draft: BehaviourDraft, said: Groups, length: string, least: boolean): Outcome => {
  const model = draft.findModel(said.things!)
  const first = firsts.find((name) => model?.model.fields[name])
  const last = lasts.find((name) => model?.model.fields[name])
  if (!model || !first || !last) return { unresolved: `It is not known when ${said.things} begin and end.` }
  const sentence = `${capital(model.words)} entries last ${least ? 'at least' : 'at most'} ${said.n} ${said.unit}.`
  addRule(model, {
    name: `${least ? 'least' : 'most'}_length`,
    message: sentence,
    check: `this.${last} ${least ? '>=' : '<='} this.${first} + ${length}`,
  })
  return { understood: [sentence] }
}
