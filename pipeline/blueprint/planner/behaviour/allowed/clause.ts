import { refOf } from '../../../names.ts'
import { toName } from '../../language/words.ts'
import { tiesOf } from '../between.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { conditionFor } from '../places/conditions.ts'
import { dueField, findField, isTime, timeField } from '../places/fields.ts'
import { bookedMoment } from '../when-booked.ts'
import { byRows, presenceIn } from './rows-hold.ts'
import type { Target } from './target.ts'

/** A row that a clause may be about, by its path in expressions: the row itself, or one that it refers to. */
export type Place = { model: Found; path: string }

/** Returns the row of a deed and those that it refers to, the row first. */
export const placesOf = (draft: BehaviourDraft, { model }: Target): Place[] => [
  { model, path: 'this' },
  ...Object.entries(model.model.fields).flatMap(([name, { type }]) => {
    const to = refOf(type)?.model
    const other = to && to !== draft.userModel()?.name ? draft.portOf(to) : undefined
    return other && name.endsWith('_id') ? [{ model: other, path: `this.${name.slice(0, -3)}` }] : []
  }),
]

const is = '(?:is|are|was|were|has been|have been|has|have|gets?|becomes?)'
const begins =
  /^(?:starts?|begins?|departs?|takes? place|opens?|has (?:started|begun|opened|departed)|(?:is )?started|started|began|opened|leaves|departed|runs|happens)$/
const ends =
  /^(?:ends?|closes?|expires?|finish(?:es)?|is over|has (?:ended|closed|expired|finished|passed)|(?:is )?(?:ended|closed|expired|over|finished|passed|reached)|runs out|passes)$/
const last = /(?:^|_)(?:deadline|due|end|ends|until|till|last|close|closes|closing|expir\w*|to)(?:_|$)/
const article = /^(?:the|an?|its|their|his|her|this|that|any|of)\s+/i

/**
 * Returns a condition that is true where a clause holds: "the club is open", "it starts", "somebody has joined", "the
 * deadline has passed". Undefined where nothing here could mean it.
 */
export const holdsOf = (draft: BehaviourDraft, target: Target, clause: string): string | undefined => {
  const places = placesOf(draft, target)
  const text = clause
    .replace(/[.,;]+$/, '')
    .replace(/\s+(?:yet|already|now|still|completely)$/i, '')
    .trim()
  return (
    joinedBy(draft, target, text) ??
    (target.op === 'create' ? undefined : (byPresence(target.model, text) ?? byRows(draft, target.model, text))) ??
    bySomebody(draft, target, places, text) ??
    byTime(draft, places, text) ??
    byState(draft, target, places, text) ??
    byOpening(draft, target, places, text)
  )
}

/** "It has a fee", "its purpose is empty": of a value that may be left out. */
const byPresence = (model: Found, text: string): string | undefined => {
  const found = presenceIn(model, text)
  return found && model.model.fields[found.field]!.optional
    ? `this.${found.field} ${found.there ? '!=' : '=='} null`
    : undefined
}

const joinedBy = (draft: BehaviourDraft, target: Target, text: string): string | undefined => {
  const [first, second, ...more] = text.split(/,? (?:and|or) (?=(?:the |it |they |its )?)/i)
  if (!first || !second || more.length > 0) return undefined
  const sign = / or /i.test(text) ? '||' : '&&'
  const subject = new RegExp(`^(.+?) ${is}\\b`, 'i').exec(first)?.[1] ?? 'it'
  const one = holdsOf(draft, target, first)
  const other = holdsOf(draft, target, second) ?? holdsOf(draft, target, `${subject} is ${second}`)
  return one && other ? `(${one} ${sign} ${other})` : undefined
}

/** "Somebody has joined", "it has bookings", "somebody bid on it": a row that refers to it. */
const bySomebody = (
  draft: BehaviourDraft,
  target: Target,
  places: readonly Place[],
  text: string,
): string | undefined => {
  const done =
    /^(?:somebody|someone|any(?:one|body)|an? [\p{L}-]+|people|others?) (?:has |have )?(?:already )?([\p{L}]+?(?:ed|en|t|id|d))(?: (?:for|in|on|up for|to|it|them))*$/iu.exec(
      text,
    )
  const has =
    /^(.+?) (?:already )?(?:has|have)(?: any| already| some| got)* ([\p{L}-]+(?: [\p{L}-]+)?)$/iu.exec(text) ??
    /^(there) (?:are|is)(?: any| already| some)* ([\p{L}-]+(?: [\p{L}-]+)?)(?: (?:for|of|on|to|in) (?:it|them))?$/iu.exec(
      text,
    )
  for (const { model, path } of target.op === 'create' ? places.slice(1) : places.slice(0, 1)) {
    const child = done
      ? tiesOf(draft, model, done[1])
      : has
        ? draft
            .childrenOf(model)
            .map((one) => one.model)
            .find(({ name }) => name === draft.findModel(has[2]!)?.name)
        : undefined
    const ref = child && child.name !== target.model.name ? draft.refFrom(child, model) : undefined
    if (child && ref && isSubject(draft, done ? 'it' : has![1]!, model))
      return `${child.name}.exists(other, other.${ref} == ${path}.id)`
  }
  return undefined
}

const isSubject = (draft: BehaviourDraft, words: string, model: Found): boolean =>
  /^(?:it|they|there)$/i.test(words) || draft.findModel(words.replace(article, ''))?.name === model.name

/** A moment: a time of the row, or of what it refers to, has come. A field that may be empty has not. */
const byTime = (draft: BehaviourDraft, places: readonly Place[], text: string): string | undefined => {
  const at = momentOf(draft, places, text)
  if (!at) return undefined
  const { type, optional } = at.field
  const come = type === 'date' ? `${at.path} ${at.end ? '<' : '<='} today()` : `${at.path} <= now`
  return optional ? `(${at.path} != null && ${come})` : come
}

const it = /^(?:it|they)$/i

/** Returns the time that words name: "it starts", "the auction ends", "its deadline". `end`: the last day still counts. */
export const momentOf = (draft: BehaviourDraft, places: readonly Place[], text: string) => {
  const verb = /^((?:the |an? |its |their )?[\p{L}-]+(?: (?!has\b|have\b|is\b|are\b|was\b)[\p{L}-]+)?) (.+)$/iu.exec(
    text,
  )
  const subject = verb?.[1] ?? ''
  const plain = text
    .replace(article, '')
    .replace(/ (?:has passed|is over|passes|is reached|has come|is past|arrives)$/i, '')
    .replace(/ time$/, '')
    .toLowerCase()
  const [fieldWords = '', owner] = plain.split(/ of (?:the |an? |its |their )?/)
  const named = owner ?? subject
  const [row] = places
  const booked = row && bookedMoment(draft, row.model)
  const isRow = !named || it.test(named) || draft.findModel(named.replace(article, ''))?.name === row?.model.name
  const ordered =
    booked && isRow
      ? [...places].sort(
          (a, b) => Number(b.model.name === booked.thing.name) - Number(a.model.name === booked.thing.name),
        )
      : owner || verb
        ? [...places].sort((a, b) => rank(draft, a, named) - rank(draft, b, named))
        : places
  for (const { model, path } of ordered) {
    const about =
      it.test(subject) || (booked && isRow) || draft.findModel(subject.replace(article, ''))?.name === model.name
    const begin =
      (about && verb && begins.test(verb[2]!)) ||
      /^(?:start|beginning|begin|day|date|time|arrival|check-?in|kick-?off|begin time|start time)$/.test(fieldWords)
    const end =
      (about && verb && ends.test(verb[2]!)) ||
      /^(?:end|close|closing|expiry|deadline|closing time|end time)$/.test(fieldWords)
    const said = findField(model, fieldWords) ?? beginningWith(model, fieldWords)
    // "Two weeks before the camp" is before it begins.
    const itself =
      !owner && !(verb && (begins.test(verb[2]!) || ends.test(verb[2]!))) && isCalled(draft, model, fieldWords, row)
    const name =
      said && isTime(model.model.fields[said])
        ? said
        : end
          ? endOf(model)
          : begin || itself
            ? startOf(model)
            : undefined
    const field = name ? model.model.fields[name] : undefined
    if (name && isTime(field)) return { path: `${path}.${name}`, field: field!, end: end === true || last.test(name) }
  }
  return undefined
}

/** Whether words name the rows of a model, or are what people call them: a class is what is booked, its booking also an appointment. */
const isCalled = (draft: BehaviourDraft, model: Found, words: string, row: Place | undefined): boolean => {
  const named = draft.findModel(words)?.name
  return named === undefined
    ? model.name === row?.model.name && /^(?:event|visit|stay|session|appointment|date|trip|tour|flight)$/.test(words)
    : named === model.name
}

/** "Departure" is `departure_time`, "registration deadline" `registration_closes_at` is not. */
const beginningWith = (model: Found, words: string): string | undefined =>
  words.length < 5
    ? undefined
    : Object.keys(model.model.fields).find(
        (name) => isTime(model.model.fields[name]) && name.startsWith(`${toName(words.split(' '))}_`),
      )

const rank = (draft: BehaviourDraft, { model }: Place, words: string): number =>
  draft.findModel(words.replace(article, ''))?.name === model.name ? 0 : 1

const startOf = (model: Found): string | undefined => {
  const field = timeField(model)
  return field && model.model.fields[field]!.set === undefined ? field : undefined
}
const endOf = (model: Found): string | undefined => {
  const field = dueField(model)
  return field && last.test(field) ? field : undefined
}

const opened =
  /^(it|they|(?:the |an? |its |their |this |that )?[\p{L}-]+(?: [\p{L}-]+)?) (?:is|are) (?:still |currently )?(?:open|running|going on|under way|underway|active|live|on)$/iu

/** "The contest is open", where no state says so: from when it begins until it ends. */
const byOpening = (
  draft: BehaviourDraft,
  target: Target,
  places: readonly Place[],
  text: string,
): string | undefined => {
  const subject = opened.exec(text)?.[1]
  if (!subject) return undefined
  const named = it.test(subject) ? undefined : draft.findModel(subject.replace(article, ''))?.name
  const order = target.op === 'create' ? places.slice(1) : places
  for (const { model, path } of order) {
    if (named ? named !== model.name : !it.test(subject)) continue
    const [start, end] = [startOf(model), endOf(model)]
    if (!end) continue
    const parts = [...(start && start !== end ? [start] : []), end].map((name) => {
      const { type, optional } = model.model.fields[name]!
      const at = `${path}.${name}`
      const now = type === 'date' ? 'today()' : 'now'
      const holds = name !== end ? `${at} <= ${now}` : `${now} ${type === 'date' ? '<=' : '<'} ${at}`
      return optional ? `(${at} == null || ${holds})` : holds
    })
    return parts.length > 1 ? `(${parts.join(' && ')})` : parts[0]
  }
  return undefined
}

/** "The club is open", "it is not shipped": a state, a yes or no, a moment that is set. */
const byState = (draft: BehaviourDraft, target: Target, places: readonly Place[], text: string): string | undefined => {
  const said = new RegExp(
    `^(?<subject>it|they|(?:the |an? |its |their |this |that )?[\\p{L}-]+(?: [\\p{L}-]+)?) ${is} (?<state>.+)$`,
    'iu',
  ).exec(text)?.groups
  if (!said) return undefined
  const it = /^(?:it|they)$/i.test(said.subject!)
  const subject = it ? undefined : draft.findModel(said.subject!.replace(article, ''))?.name
  // Of what is made "it" is what it is made for: "nobody can bid on an auction once it is closed".
  const order = it && target.op === 'create' ? [...places.slice(1), ...places.slice(0, 1)] : places
  for (const { model, path } of order) {
    if (!it && subject !== model.name) continue
    const state = said.state!.replace(/^been /i, '')
    const condition = conditionFor(model, state, path) ?? conditionFor(model, toName([state]), path)
    if (condition) return / \|\| | && /.test(condition.text) ? `(${condition.text})` : condition.text
  }
  return undefined
}
