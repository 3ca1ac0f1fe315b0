import type { Field, States, Step, TimerPort, Transition } from '../../../../../schemas/generated/architecture.ts'
import { allOf } from '../../../../expressions/conjunction.ts'
import { toWords } from '../../../names.ts'
import { listed, plural, toName } from '../../language/words.ts'
import type { Outcome } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { dueField, findField as fieldOfWords, isNumber, isTime, makeNumber, numberFields } from '../places/fields.ts'
import { consents } from '../states/verbs.ts'
import { assignmentOf } from './assign.ts'
import { ensureNotices, noticeStep, personOf } from './notices.ts'
import type { Deed, TimerSpec } from './read-timer.ts'
import { rowsOf } from './rows.ts'
import type { When } from './when.ts'

type Plan = { model: Found; name: string; steps: [Step]; words: string; assumptions?: string[] }

/** Puts what happens by itself on the model that it happens to. */
export const applyTimer = (draft: BehaviourDraft, spec: TimerSpec): Outcome => {
  const plan = planOf(draft, spec.deed)
  if (typeof plan === 'string') return { unresolved: plan }
  const when = spec.when ?? usualWhen(spec)
  const timer: TimerPort = {
    dir: 'in',
    kind: 'timer',
    description: spec.said.slice(0, 400),
    ...(when.cron ? { cron: when.cron, zone: when.zone ?? 'UTC' } : { every: when.every ?? 3600 }),
    missed: 'once',
    do: plan.steps,
  }
  const { ports } = draft.architecture.components[plan.model.component]!
  const names = [plan.name, ...[2, 3, 4, 5, 6, 7, 8, 9].map((i) => `${plan.name}_${i}`)]
  ports[names.find((name) => !Object.hasOwn(ports, name)) ?? plan.name] = timer
  const zone =
    when.cron && !when.zone ? [`Times of day are in UTC: “${when.words}” begins at ${clockOf(when.cron)}.`] : []
  return {
    understood: [`${when.words.charAt(0).toUpperCase()}${when.words.slice(1)}: ${plan.words}.`],
    assumptions: [...(plan.assumptions ?? []), ...zone],
  }
}

const clockOf = (cron: string): string => {
  const [minute = '0', hour = '0'] = cron.split(' ')
  return `${hour}:${minute.padStart(2, '0')}`
}

/** What is only said to happen after some minutes is looked at every minute, after hours every quarter of one, else at night. */
const usualWhen = (spec: TimerSpec): When => {
  if (/\b(?:seconds?|minutes?|mins?)\b/i.test(spec.said)) return { every: 60, words: 'every minute' }
  if (/\bhours?\b/i.test(spec.said)) return { every: 900, words: 'every 15 minutes' }
  return { cron: '0 0 * * *', words: 'every day' }
}

/** "Photos are deleted after 90 days", where each tool has one: only whole rows go. */
const partOf = (draft: BehaviourDraft, deed: Deed): string | undefined => {
  const name = deed.kind === 'delete' ? /^([\p{L} -]+?) older than /iu.exec(deed.rows)?.[1] : undefined
  const owner = name && draft.models().find((model) => draft.findField(model, name) !== undefined)
  return owner
    ? `Only whole ${plural(owner.words)} are deleted after a time, not the ${name} of one that stays.`
    : undefined
}

const planOf = (draft: BehaviourDraft, deed: Deed): Plan | string => {
  if (deed.kind === 'create') return createFor(draft, deed)
  const rows = rowsOf(draft, deed.rows)
  if (!rows) return partOf(draft, deed) ?? `It is not clear which rows “${deed.rows}” are.`
  const { model, row, where } = rows
  const many = plural(model.words)
  const which = where ? ` (${where.words})` : ''
  const each = (step: Step, ...conditions: (string | undefined)[]): [Step] => {
    const joined = allOf(conditions.filter((one) => one !== undefined && one !== '') as string[])
    return [{ each: { as: row, model: model.name, ...(joined ? { where: joined } : {}), do: [step] } }]
  }
  if (deed.kind === 'delete') {
    if (!where) return `Everything would be deleted: it is not clear which ${many}.`
    return {
      model,
      name: toName(['delete', ...many.split(' ')]),
      steps: each({ delete: row }, where.text),
      words: `${many}${which} are deleted`,
    }
  }
  if (deed.kind === 'tell') {
    const person = personOf(draft, model, deed.who)
    if (!person) return `${model.words} entries name nobody who could be told.`
    const notices = ensureNotices(draft)
    const text = `"There is something to do: ${model.words}${where ? `, ${where.words.replaceAll('"', '')}` : ''}."`
    return {
      model,
      name: toName(['tell', ...deed.who.replace(/^(?:the|all|every|each) /i, '').split(' ')]),
      steps: each(
        { create: noticeStep(notices, `${row}.${person}`, text) },
        where?.text,
        model.model.fields[person]?.optional ? `${row}.${person} != null` : undefined,
      ),
      words: `${deed.who.toLowerCase()} are told of ${many}${which}, as notifications (${notices.path})`,
    }
  }
  if (deed.kind === 'assign') {
    const field = fieldOfWords(model, deed.field)
    if (!field) return `There is no “${deed.field}” in ${model.words}.`
    const shape = model.model.fields[field]!
    if (/^-?\d/.test(deed.value) && !isNumber(shape)) {
      if (draft.changing) return `${field.replaceAll('_', ' ')} is no number.`
      makeNumber(model, field, { type: 'int', default: 0 })
    }
    return {
      model,
      name: toName(['reset', field]),
      steps: each({ set: { of: row, values: { [field]: deed.value } } }, where?.text),
      words: `${field.replaceAll('_', ' ')} of ${many}${which} becomes ${deed.value}`,
    }
  }
  // Nothing would come of a mark that no list looks at.
  if (deed.to === 'hidden' && !says(model, 'hidden'))
    return `Nothing marks ${many} as hidden; say which ones lists leave out, such as “hide ${many} that are over”.`
  const { values, undone, added, step } = assignmentOf(draft, model, deed.to, row)
  const { states } = model.model
  const from =
    states && Object.hasOwn(values, states.field) ? goingOn(model, states, values, where?.text, step) : undefined
  if (typeof from === 'string') return from
  const settled = from || where?.text.split(' && ').includes(undone) ? undefined : undone
  return {
    model,
    name: toName([deed.to, ...many.split(' ')]),
    steps: each(
      { set: { of: row, values } },
      from?.length ? `${row}.${states!.field} in [${from.map((one) => `"${one}"`).join(', ')}]` : undefined,
      where?.text,
      settled,
    ),
    words: `${many}${which} become ${deed.to}`,
    ...(added ? { assumptions: [added] } : {}),
  }
}

/** Whether a model has a field or a state of that name. */
const says = ({ model }: Found, word: string): boolean =>
  Object.hasOwn(model.fields, word) || Object.values(model.fields).some(({ values }) => values?.includes(word))

/**
 * From which states rows become something by themselves: from all that a step leads there from, but for those where they have
 * come to their end. Else what keeps it from being all that was said: of some there is no such step, or something is sent along with it. None: from all.
 */
const goingOn = (
  { model }: Found,
  { field, transitions }: States,
  values: { [field: string]: string },
  where: string | undefined,
  own: Transition | undefined,
): string[] | string => {
  const value: string = JSON.parse(values[field]!)
  const steps = Object.values(transitions)
  const leads = ({ to }: Transition): boolean => to === value
  if (steps.some((step) => leads(step) && step.in))
    return `What is sent along as they become ${toWords(value)} is left to people: a timer takes no such step.`
  const all = model.fields[field]!.values!.filter((one) => one !== value)
  const goesOn = (state: string): boolean =>
    state === model.fields[field]!.default ||
    consents.test(state) ||
    steps.some((step) => !leads(step) && step.from.includes(state))
  const named = [...(where ?? '').matchAll(new RegExp(`\\.${field} == "(\\w+)"`, 'g'))].map(([, state]) => state!)
  const isNamed = where?.includes(`.${field} `) === true
  const meant = named.length > 0 ? named : all.filter(goesOn)
  if (own) own.from = meant as [string, ...string[]]
  const from = steps.filter(leads).flatMap((step) => step.from)
  const some = meant.filter((one) => from.includes(one))
  if (some.length > 0 && (some.length === meant.length || (isNamed && named.length === 0)))
    return from.every((one) => some.includes(one)) ? [] : some
  const missing = meant.filter((one) => !from.includes(one)).map(toWords)
  return `No step leads from ${listed(missing, 'or')} to ${toWords(value)}; say who may take it.`
}

/** The number that says of how much something is. */
const amountField = ({ model }: Found): string | undefined => {
  const numbers = Object.entries(model.fields).filter(
    ([, field]) => /^(?:decimal|int|float)$/.test(field.type) && !field.set,
  )
  const named = numbers.filter(([name]) => /^(?:amount|total|price|sum|fee|value)(?:_|$)/.test(name))
  const all = named.length > 0 ? named : numbers
  return all.length === 1 ? all[0]![0] : undefined
}

const literalOf = ({ type }: Field, amount: number): string =>
  type === 'float' && Number.isInteger(amount) ? `${amount}.0` : String(amount)

/** "an invoice for each member": a row that refers to each, with its amounts and dates filled as far as they are known. */
const createFor = (draft: BehaviourDraft, deed: Extract<Deed, { kind: 'create' }>): Plan | string => {
  const made = draft.findModel(deed.what)
  const rows = rowsOf(draft, deed.each)
  if (!made || !rows) return `There is nothing called “${made ? deed.each : deed.what}”.`
  const { model, row } = rows
  const role = model.name === draft.userModel()?.name ? draft.findRole(deed.each) : undefined
  // Accounts of other people, such as administrators', are none of them.
  const where = rows.where ?? (role && { text: `'${role}' in ${row}.roles`, words: plural(toWords(role)) })
  const ref = draft.refFrom(made, model) ?? draft.ensureRef(made, model)
  const values: { [field: string]: string } = { [ref]: `${row}.id` }
  const open: string[] = []
  const sum = deed.amount === undefined ? undefined : amountField(made)
  if (deed.amount !== undefined && !sum) return `It is not clear what of each ${made.words} ${deed.amount} is.`
  if (sum) values[sum] = literalOf(made.model.fields[sum]!, deed.amount!)
  for (const [name, field] of Object.entries(made.model.fields)) {
    if (name === ref || name === sum || field.key || field.set || field.default !== undefined || field.optional)
      continue
    const same =
      Object.hasOwn(model.model.fields, name) && model.model.fields[name]!.type === field.type ? name : undefined
    const alike = numberFields(model).find((one) => /fee|price|rate|amount|rent|dues?|contribution/.test(one))
    if (same) values[name] = `${row}.${same}`
    else if (field.type === 'decimal' && alike && model.model.fields[alike]!.type === 'decimal')
      values[name] = `${row}.${alike}`
    else if (isTime(field))
      values[name] =
        field.type === 'date'
          ? name === dueField(made) && /due|deadline/.test(name)
            ? 'today() + days(14)'
            : 'today()'
          : 'now'
    else if (field.type === 'bool') values[name] = 'false'
    else if (field.values) values[name] = `"${field.values[0]!}"`
    else if (field.type === 'decimal' || field.type === 'int') {
      values[name] = String(typeof field.min === 'number' ? field.min : 0)
      open.push(name)
    } else if (field.type === 'string' || field.type === 'text') values[name] = `"${made.words} of the ${model.words}"`
    else if (name === made.api.owner && model.api.owner) values[name] = `${row}.${model.api.owner}`
    else return `It is not clear what “${name.replaceAll('_', ' ')}” of each ${made.words} shall be.`
  }
  return {
    model: made,
    name: toName(['create', ...plural(made.words).split(' ')]),
    steps: [
      {
        each: {
          as: row,
          model: model.name,
          ...(where ? { where: where.text } : {}),
          do: [{ create: { model: made.name, values } }],
        },
      },
    ],
    words: `each ${model.words}${where ? ` (${where.words})` : ''} gets ${/^[aeiou]/.test(made.words) ? 'an' : 'a'} ${made.words}${sum ? ` with ${toWords(sum)} ${deed.amount}` : ''}`,
    ...(open.length > 0
      ? {
          assumptions: [
            `${listed(open.map((name) => name.replaceAll('_', ' ')))} of each new ${made.words} is filled in later.`,
          ],
        }
      : {}),
  }
}
