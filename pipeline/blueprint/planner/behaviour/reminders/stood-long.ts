import type { EachStep, Step, TimerPort } from '../../../../../schemas/generated/architecture.ts'
import { KEPT } from '../../../checks/behaviour/scope-names.ts'
import { plural, sentence, singular, toName, withArticle } from '../../language/words.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { durationPattern } from '../terms/durations.ts'
import { ensureNotices, noticeStep } from '../timers/notices.ts'
import { rowsOf } from '../timers/rows.ts'
import { recipientsOf } from '../told/recipients.ts'
import { ensureMark } from './marks.ts'

const people = '(?:(?:all )?(?:the |an? |its |their |our )?[\\p{L}-]+(?: (?!is\\b|are\\b|gets?\\b)[\\p{L}-]+){0,2}?)'
const who = `(?<who>${people}(?:,? and ${people})?)`
const told =
  '(?:(?:is|are|gets?|should be|must be|will be|shall be) (?:then |automatically |also )*(?:told|notified|informed|alerted|warned|reminded|messaged|pinged)|(?:gets?|receives?) (?:an? )?(?:notification|message|notice|alert|reminder))(?: (?:of|about) it)?'
const tell = '(?:tell|notify|inform|alert|warn|remind|ping)'
const when = '(?:when(?:ever)?|if|once|as soon as|in case)'
const subject =
  '(?:an?|the|any|some|one of the)? ?(?<thing>[\\p{L}-]+(?: (?!is\\b|are\\b|has\\b|was\\b|not\\b|stays\\b|remains\\b)[\\p{L}-]+)?)'
const stands =
  "(?:(?:is|are|has been|have been|was|were|stays?|remains?|lies|stands|sits|hasn['’]t been|isn['’]t) |(?:has|have) (?=not ))"
const state = `(?<state>(?:still |already )?(?:not )?(?:been )?[\\p{L}-]+(?: (?!for\\b|since\\b|after\\b|within\\b|in\\b|more\\b|longer\\b|over\\b|at\\b)[\\p{L}-]+)?)`
const long = `(?<length>(?:for |since |after |within |in |in the )?(?:more than |longer than |over |at least |already )*(?:${durationPattern}))`
const happens = `${subject} ${stands}${state} ${long}(?: (?:and|but) (?<more>(?:is |has been )?(?:still )?(?:not )[\\p{L}-]+)(?: yet)?)?(?: yet)?`

const patterns: readonly RegExp[] = [
  `^${when} ${happens},? (?:then )?${who} ${told}$`,
  `^${when} ${happens},? (?:then )?(?:please )?${tell} ${who}$`,
  `^${who} ${told} ${when} ${happens}$`,
  `^(?:please )?${tell} ${who} ${when} ${happens}$`,
  `^${who} ${told} (?:of|about) (?<thing>[\\p{L}-]+) (?:(?:that|which) )?${stands}?${state} ${long}$`,
].map((source) => new RegExp(source, 'iu'))

/** "When a claim has been submitted for 14 days, the treasurers are told": once, when it has been so for so long. */
export const readStoodLong: Read = (sentence) => {
  if (sentence.length > 240 || !new RegExp(durationPattern, 'i').test(sentence)) return undefined
  const said = sentence.trim().replace(/[.!]+$/, '')
  const found = patterns.map((pattern) => pattern.exec(said)?.groups).find(Boolean)
  if (!found || /^(?:due|over|past|late)\b/i.test(found.state!) || /^(?:of|about)\b/i.test(found.who!)) return undefined
  return {
    said: sentence,
    rest: ['With user accounts'],
    sure: true,
    alone: true,
    // States, and the steps that lead there, are known then.
    after: 6,
    apply: (draft) => applyStoodLong(draft, said, found as Said),
  }
}

type Said = { who: string; thing: string; state: string; length: string; more?: string }

const applyStoodLong = (draft: BehaviourDraft, said: string, { who, thing, state, length, more }: Said): Outcome => {
  if (draft.noAccounts) return { unresolved: 'Without accounts there is nobody who could be told.' }
  const lasts = /^(?:for|since|after|within|in)\b/i.test(length) ? length : `for ${length}`
  const rows = rowsOf(
    draft,
    `${plural(havingState(draft, thing, state))} ${state} ${lasts}${more ? ` and ${more}` : ''}`,
  )
  const since = rows?.where && sinceIn(rows.model, rows.where.text, rows.row)
  if (!rows?.where || !since) return { unresolved: `It is not clear since when ${withArticle(thing)} is “${state}”.` }
  const { model, where } = rows
  const all = who.split(/,? and /i).map((one) => recipientsOf(draft, model, one))
  if (all.some((one) => one === undefined)) return { unresolved: `It is not clear who “${who}” are.` }
  const as = [...KEPT, 'person', 'made'].includes(rows.row) ? 'row' : rows.row
  const at = (text: string): string => text.replace(new RegExp(`\\b${rows.row}\\.`, 'g'), `${as}.`)
  const notices = ensureNotices(draft)
  const mark = ensureMark(draft, model)
  const name = freeName(
    draft,
    toName(['tell', 'of', ...`${state} ${plural(model.words)}`.toLowerCase().split(/[\s-]+/)]),
  )
  const time = at(since)
  const rule = `"${name}: ${length.replace(/"/g, '')}"`
  const text = `'${sentence(withArticle(model.words))}${labelOf(model, as)} has been ${state.replace(/^still |^already |'/gi, '')} ${lasts.replace(/'/g, '')}.'`
  const done = `${mark.name}.exists(made, made.${mark.ref} == ${as}.id && made.rule == ${rule} && made.time == ${time})`
  const marks: Step = {
    create: { model: mark.name, values: { [mark.ref]: `${as}.id`, rule, time } },
  }
  const tells = all.flatMap((one) =>
    one!.steps((person) => ({ create: noticeStep(notices, person.replace(/\bthis\./g, `${as}.`), text) })),
  )
  const steps = JSON.parse(JSON.stringify([marks, ...tells]).replace(/\bthis\./g, `${as}.`)) as EachStep['do']
  const short = /minute|hour/i.test(length)
  const timer: TimerPort = {
    dir: 'in',
    kind: 'timer',
    description: said.slice(0, 400),
    ...(short ? { every: /minute/i.test(length) ? 60 : 900 } : { every: 3600 }),
    missed: 'once',
    do: [{ each: { as, model: model.name, where: `${at(where.text)} && !${done}`, do: steps } }],
  }
  draft.architecture.components[model.component]!.ports[name] = timer
  return {
    understood: [
      `${sentence(who)} ${/s$/i.test(who) ? 'are' : 'is'} told once of ${plural(model.words)} that are ${where.words} (${notices.path}).`,
    ],
    assumptions: [
      'Who is told finds it among their notifications; nothing is sent by email.',
      `Of each ${model.words} people are told once, and again where it comes to that state again.`,
    ],
  }
}

/** A bike is picked up as its repair is: what hangs on it has the state. */
const havingState = (draft: BehaviourDraft, thing: string, said: string): string => {
  const plain = singular(thing.toLowerCase())
  const model = draft.findModel(plain)
  const name = toName(said.replace(/^(?:still |already |not |been |yet )+/i, '').split(/[\s-]+/))
  const has = ({ model: { states, fields } }: Found): boolean =>
    states !== undefined && fields[states.field]!.values!.includes(name)
  if (!model || has(model)) return plain
  const hanging = draft.childrenOf(model).filter((child) => has(child.model))
  return hanging.length === 1 ? hanging[0]!.model.words : plain
}

/** The time from which it counts, in the condition, as a text: "string(claim.submitted_at)". */
const sinceIn = ({ model }: Found, text: string, row: string): string | undefined => {
  const times = [...text.matchAll(new RegExp(`\\b${row}\\.(\\w+) < (?:day\\()?now - `, 'g'))].map(([, field]) => field!)
  const [first, stamp] = [...new Set(times)]
  if (first === undefined) return undefined
  // What was so from the first has no stamp until it comes to be so again.
  const other = stamp ?? (model.fields[first]?.optional ? first : undefined)
  const either = stamp ? `string(${row}.${first})` : "''"
  return other ? `(${row}.${other} == null ? ${either} : string(${row}.${other}))` : `string(${row}.${first})`
}

const labelOf = ({ model }: Found, as: string): string => {
  const label = Object.entries(model.fields).find(
    ([name, field]) =>
      field.type === 'string' &&
      !field.optional &&
      !field.readers &&
      /(?:^|_)(?:title|name|subject|number)$/.test(name),
  )?.[0]
  return label ? ` “' + ${as}.${label} + '”` : ''
}

/** A timer's name is its own in the whole system: marks say by it of which rule a row was told. */
const freeName = ({ architecture }: BehaviourDraft, wish: string): string => {
  const taken = new Set(Object.values(architecture.components).flatMap(({ ports }) => Object.keys(ports)))
  return [wish, ...Array.from({ length: 98 }, (_, at) => `${wish.slice(0, 44)}_${at + 2}`)].find(
    (name) => !taken.has(name),
  )!
}
