import type { Computed } from '../../../../../schemas/generated/architecture.ts'
import { refOf, toWords } from '../../../names.ts'
import { plural, pluralName, sentence, toName } from '../../language/words.ts'
import { holdersOf } from '../access/holders.ts'
import type { Outcome } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { ongoing, where } from '../rules.ts'
import { markOf } from '../toggles/verbs.ts'
import { nothingOfTheirs } from '../unsigned.ts'
import type { Shown, ShownSpec } from './read-shown.ts'
import { fieldOf, measuredIn, onlyRows, type Rows, rowsByField, rowsOf, rowsOfDeed, someByField } from './rows-shown.ts'

/** Puts values on a model that are counted or added up when they are asked for. */
export const applyShown = (draft: BehaviourDraft, spec: ShownSpec & { name?: string }): Outcome => {
  const model = spec.thing ? shownOn(draft, spec.thing) : onlyWith(draft, spec.values[0]!.of)
  if (!model && spec.own && !draft.userModel()) return { unresolved: nothingOfTheirs }
  if (!model)
    return {
      unresolved: spec.thing
        ? `There is no “${spec.thing}” that could show this.`
        : `It is not clear what has ${spec.values[0]!.of}.`,
    }
  // Whoever sees accounts would see it of others.
  if (spec.own && model.name === draft.userModel()?.name && seesOthers(draft, model))
    return { unresolved: 'Whoever sees the accounts of others would see it of them as well.' }
  const understood: string[] = []
  let last: Rows | undefined
  for (const value of spec.values) {
    const made =
      value.take === 'share'
        ? share(draft, model, last)
        : value.take === 'left'
          ? left(draft, model, value)
          : over(draft, model, value, last)
    if (typeof made === 'string') return { unresolved: spec.own && !draft.userModel() ? nothingOfTheirs : made }
    if (made.rows) last = made.rows
    const name = put(
      model,
      spec.values.length === 1 && spec.name && made.computed ? toName(spec.name.toLowerCase().split(/\s+/)) : made.name,
      made.computed,
    )
    understood.push(`${sentence(plural(model.words))} show ${toWords(name)}: ${made.words}.`)
  }
  return { understood }
}

/** "The campaign page" shows what campaigns show. */
const shownOn = (draft: BehaviourDraft, words: string): Found | undefined =>
  draft.findModel(words) ??
  draft.findModel(words.replace(/ (?:detail )?(?:page|profile|view|card|entry|screen)s?$/i, ''))

const seesOthers = (draft: BehaviourDraft, model: Found): boolean =>
  holdersOf(draft, model, 'list').some(({ scope }) => scope === undefined)

/** Adds one value that is counted or added up, unless it is there. Returns its name with what it is in words, else why not. */
export const showValue = (
  draft: BehaviourDraft,
  model: Found,
  value: Shown,
): { name: string; words: string } | string => {
  const made = value.take === 'left' ? left(draft, model, value) : over(draft, model, value, undefined)
  return typeof made === 'string' ? made : { name: put(model, made.name, made.computed), words: made.words }
}

/** The only thing that has such a field. */
const onlyWith = (draft: BehaviourDraft, words: string): Found | undefined => {
  const having = draft.models().filter((model) => draft.findField(model, words) !== undefined)
  return having.length === 1 ? having[0] : undefined
}

type Made = { name: string; computed: Computed | undefined; words: string; rows?: Rows }

/** Adds a computed value where there is none of that name; a stored field that was only asked for by these words gives way. */
const put = (model: Found, name: string, computed: Computed | undefined): string => {
  if (!computed) return name
  const { model: shape } = model
  const stored = shape.fields[name]
  if (stored && /^(?:int|float|decimal)$/.test(stored.type)) delete shape.fields[name]
  shape.computed = { ...shape.computed, [name]: computed }
  const list = model.api.list
  if (!list) return name
  for (const key of ['filter', 'range', 'search'] as const)
    if (list[key]) list[key] = list[key].filter((field) => field !== name)
  if (!list.sort.includes(name) && computed.type !== 'bool') list.sort.push(name)
  return name
}

const over = (draft: BehaviourDraft, model: Found, value: Shown, last: Rows | undefined): Made | string => {
  const words = value.of.toLowerCase().trim()
  if (value.deed) return byDeed(draft, model, value.deed, last)
  const marked = toggleCount(model, words)
  if (marked && value.take === 'count') return { name: marked, computed: undefined, words: `how many ${words}` }
  const rows =
    words === ''
      ? (last ?? onlyRows(draft, model))
      : (rowsOf(draft, model, words) ??
        someByField(draft, model, value, words) ??
        rowsByField(draft, model, value, words))
  if (!rows) return `No ${words || 'things'} belong to ${plural(model.words)}.`
  const from = `${rows.name}.${rows.ref}`
  const where = rows.where ? { where: rows.where } : {}
  const many = pluralName(rows.key)
  const prefix = rows.where ? `${toName(words.split(/\s+/).slice(0, -1))}_` : ''
  // "How many hours they have logged" are added up.
  const measured =
    value.take === 'count' ? measuredIn(rows, rows.where ? words.split(/\s+/).slice(1).join(' ') : words) : undefined
  if (measured) return over(draft, model, { take: 'sum', of: words, field: measured }, rows)
  if (value.take === 'count' || value.take === 'exists') {
    const counts = value.take === 'count'
    return {
      name: counts ? `${prefix}${many}_count` : `has_${many}`,
      computed: { type: counts ? 'int' : 'bool', over: { take: value.take, from, ...where } },
      words: counts ? `the number of ${words || toWords(many)}` : `whether there are ${words || toWords(many)}`,
      rows,
    }
  }
  const take = value.take as 'sum' | 'avg' | 'min' | 'max'
  const field = fieldOf(rows, value.field ?? words, take)
  if (!field)
    return `${sentence(toWords(many))} have no number that could be ${take === 'sum' ? 'added up' : 'compared'}.`
  const spec = rows.fields[field]!
  if (value.newest && !/^date/.test(spec.type))
    return `The newest ${toWords(field)} is not shown with each ${model.words}; the list of ${toWords(many)} has it, newest first.`
  const type = take === 'avg' && spec.type === 'int' ? 'float' : spec.type
  const name = { sum: 'total', avg: 'average', min: 'lowest', max: 'highest' }[take]
  const time = /^date/.test(spec.type)
  return {
    // What is called total already is that of all rows.
    name:
      !time && take === 'sum' && field.startsWith('total')
        ? `${prefix}${many}_${field}`
        : time
          ? `${take === 'min' ? 'first' : 'last'}_${field}`
          : `${name}_${prefix}${field}`,
    computed: {
      type,
      ...(type === 'decimal' && spec.scale !== undefined ? { scale: spec.scale } : {}),
      over: { take, from, field, ...where },
    },
    words: `the ${time ? (take === 'min' ? 'first' : 'last') : name} ${toWords(field)} of ${prefix ? `${toWords(prefix.slice(0, -1))} ` : ''}${toWords(many)}`,
    rows,
  }
}

/** "How many gave": the rows that this leaves, else those that people make of it; who did so twice counts twice. */
const byDeed = (draft: BehaviourDraft, model: Found, deed: string, last: Rows | undefined): Made | string => {
  const marked = toggleCount(model, deed)
  if (marked) return { name: marked, computed: undefined, words: `how many ${deed}` }
  const rows = rowsOfDeed(draft, model, deed) ?? (last && draft.portOf(last.name)?.api.owner ? last : undefined)
  if (!rows) return `Nothing here says of ${plural(model.words)} how many ${deed}.`
  const many = pluralName(rows.key)
  const rules = draft.architecture.models[rows.name]?.rules ?? []
  if (!rules.some(({ unique, where: some }) => unique?.includes(rows.ref) && unique.length === 2 && !some))
    draft.assume(`Whoever is in several ${toWords(many)} of one ${model.words} counts as often.`)
  return {
    name: `${many}_count`,
    computed: { type: 'int', over: { take: 'count', from: `${rows.name}.${rows.ref}` } },
    words: `the number of ${toWords(many)}`,
    rows,
  }
}

/** Likes, votes and the like are counted where they are made. */
const toggleCount = (model: Found, words: string): string | undefined =>
  Object.values(model.api.toggles ?? {}).length > 0 &&
  Object.hasOwn(model.model.computed ?? {}, markOf(words)?.count ?? '')
    ? markOf(words)!.count
    : Object.keys(model.model.computed ?? {}).find(
        (name) =>
          name === `${pluralName(toName(words.split(/\s+/)))}_count` || name === `${toName(words.split(/\s+/))}_count`,
      )

/** "free seats": what there is less what is taken. */
const left = (draft: BehaviourDraft, model: Found, value: Shown): Made | string => {
  const field = draft.findField(model, value.of)
  if (!field || !/^(?:int|float|decimal)$/.test(model.model.fields[field]!.type))
    return `${sentence(plural(model.words))} have no number of ${value.of}.`
  const limit = draft
    .models()
    .flatMap((child) =>
      (child.model.rules ?? []).flatMap(({ limit: held, where }) =>
        held?.per.some((per) => refOf(child.model.fields[per]?.type ?? '')?.model === model.name)
          ? [{ child, held, where }]
          : [],
      ),
    )[0]
  const taken = limit
    ? {
        name: limit.child.name,
        ref: limit.held.per.find((per) => refOf(limit.child.model.fields[per]?.type ?? '')?.model === model.name)!,
        key: limit.child.key,
        fields: limit.child.model.fields,
        where: limit.where?.replace(/\bthis\./g, 'that.'),
      }
    : takenBy(draft, model)
  if (!taken) return `It is not clear what takes ${value.of} of ${plural(model.words)}.`
  // Of what comes back or is called off, only what stands takes something.
  const name = taken.where && !limit ? `taken_${field}` : `${pluralName(taken.key)}_count`
  const count = put(model, name, {
    type: 'int',
    over: { take: 'count', from: `${taken.name}.${taken.ref}`, ...(taken.where ? { where: taken.where } : {}) },
  })
  return {
    name: `free_${field}`,
    computed: { type: 'int', expr: `this.${field} - this.${count}` },
    words: `${toWords(field)} less ${toWords(pluralName(taken.key))}`,
    rows: taken as Rows,
  }
}

const takenBy = (draft: BehaviourDraft, model: Found): Rows | undefined => {
  const rows = onlyRows(draft, model)
  const child = rows && draft.portOf(rows.name)
  const open = child ? where(ongoing(child)).where : undefined
  return rows && (open ? { ...rows, where: open.replace(/\bthis\./g, 'that.') } : rows)
}

/** "progress towards the goal": what was added up, in percent of what was aimed at. */
const share = (draft: BehaviourDraft, model: Found, last: Rows | undefined): Made | string => {
  const goal = Object.keys(model.model.fields).find(
    (name) =>
      /(?:^|_)(?:goal|target|budget|quota|limit)(?:_|$)/.test(name) &&
      /^(?:int|float|decimal)$/.test(model.model.fields[name]!.type),
  )
  const rows = last ?? onlyRows(draft, model)
  const field = rows && fieldOf(rows, '', 'sum')
  if (!goal || !rows || !field) return `${sentence(plural(model.words))} have no goal, or nothing that adds up to it.`
  const spec = rows.fields[field]!
  const total = put(model, `total_${field}`, {
    type: spec.type,
    ...(spec.type === 'decimal' && spec.scale !== undefined ? { scale: spec.scale } : {}),
    over: { take: 'sum', from: `${rows.name}.${rows.ref}`, field },
  })
  const type =
    spec.type === 'float' || model.model.fields[goal]!.type === 'float'
      ? 'float'
      : spec.type === 'decimal' || model.model.fields[goal]!.type === 'decimal'
        ? 'decimal'
        : 'int'
  return {
    name: 'percent_of_goal',
    computed: {
      type,
      ...(type === 'decimal' ? { scale: 2 } : {}),
      expr: `this.${total} * 100${type === 'float' ? '.0' : ''} / this.${goal}`,
    },
    words: `${toWords(total)} in percent of the ${toWords(goal)}`,
    rows,
  }
}
