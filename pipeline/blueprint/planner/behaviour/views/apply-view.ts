import { isDeepStrictEqual } from 'node:util'
import type { Field, Measure, View } from '../../../../../schemas/generated/architecture.ts'
import { toKebab, toWords } from '../../../names.ts'
import { makeOwned } from '../../change/accounts.ts'
import { listed, plural, sentence, toName, withArticle } from '../../language/words.ts'
import type { Outcome } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { conditionFor } from '../places/conditions.ts'
import { additiveFields, findField, timeField } from '../places/fields.ts'
import { linksMeant } from '../toggles/links.ts'
import { markOf } from '../toggles/verbs.ts'
import { type Group, groupOf, isZoned, midnightUtc } from './groups.ts'
import { type Measured, measureOf } from './measures.ts'
import { applyRanked, topMarked } from './ranked.ts'
import { grantToReaders } from './see.ts'
import type { ViewSpec } from './spec.ts'

type Plan = { model: Found; groups: Group[]; measures: Measured[]; fit: number }

/** Puts a report into the architecture, on the model whose rows it adds up. */
export const applyView = (draft: BehaviourDraft, spec: ViewSpec): Outcome => {
  if (spec.rank) return applyRanked(draft, spec, spec.rank)
  const shown = spec.top === undefined ? shownAlready(draft, spec) : topMarked(draft, spec)
  if (shown) return { understood: [shown] }
  const plan = bestPlan(draft, spec) ?? bestPlan(draft, spec, true)
  if (!plan && spec.groups.includes('quarter'))
    return { unresolved: 'Reports go by hour, day, week, month or year, not by quarter.' }
  if (!plan) return { unresolved: nothingFits(draft, spec) }
  const { model, groups, measures } = plan
  const select: { [column: string]: Measure } = { count: { take: 'count' } }
  for (const measure of measures) Object.assign(select, measure.select)
  const time = groups.find((one) => one.time !== undefined)?.time ?? timeField(model)
  const where = whereOf(spec, plan, time)
  if (where === undefined) return { unresolved: 'It is not clear which rows are meant.' }
  const group = Object.assign({}, ...groups.map((one) => one.columns)) as { [column: string]: string }
  const currency = currencyOf(draft, model, select)
  if (currency) group.currency = currency
  const main =
    spec.having && !spec.having.total && measures.every((one) => one.counts)
      ? 'count'
      : (Object.keys(select).find((column) => column !== 'count') ?? 'count')
  const times = groups.filter((one) => one.time).map((one) => one.word)
  const { params, conditions } = paramsOf(model, groups, time)
  const stamped = isZoned(group) && time !== undefined && model.model.fields[time]?.type === 'datetime'
  const conditionsAll = [where, ...conditions].filter(Boolean)
  const grouped = Object.keys(group).length > 0
  if (!grouped && (spec.having || spec.top || spec.order))
    return { unresolved: `It is not clear what ${plural(model.words)} are to be counted by.` }
  const view: View = {
    description: sentence(spec.said.slice(0, 400)),
    of: model.name,
    ...(Object.keys(params).length > 0 ? { params } : {}),
    ...(conditionsAll.length > 0 ? { where: conditionsAll.map(braced).join(' && ') } : {}),
    group,
    select,
    ...(spec.having ? { having: `${main} ${spec.having.sign} ${spec.having.value}` } : {}),
    ...(spec.top || spec.having || spec.order
      ? { sort: [`${spec.order === 'least' ? '' : '-'}${main}`, ...Object.keys(group).slice(0, 1)] }
      : grouped
        ? { sort: [...times, ...Object.keys(group).filter((column) => !times.includes(column))] }
        : {}),
    ...(stamped ? { zone: spec.zone ?? 'UTC' } : {}),
    ...(grouped ? { maxPage: spec.top ? Math.min(1000, Math.max(1, spec.top)) : 100 } : {}),
  }
  const name = nameOf(model, view, plan, spec)
  const there = draft.changing && !spec.who ? sameView(model, view) : undefined
  if (there) return { holds: `There is such a report (${model.path}/${toKebab(there)}).` }
  model.api.views = { ...model.api.views, [name]: view }
  const who = grantToReaders(draft, model, name, spec.who)
  if (stamped && !spec.zone) draft.assume(midnightUtc)
  const words = measures.flatMap((one) => one.words)
  const by = groups.map((one) => one.word.replaceAll('_', ' '))
  return {
    understood: [
      `Report: ${listed(words)}${by.length > 0 ? ` per ${listed(by)}` : ''}${spec.top ? `, the top ${spec.top}` : ''}${spec.having ? `, only where it is ${signWords[spec.having.sign]} ${spec.having.value}` : ''}, for ${who} (${model.path}/${toKebab(name)}).`,
    ],
  }
}

/** How many marks something has is a field of it. */
const shownAlready = (draft: BehaviourDraft, spec: ViewSpec): string | undefined => {
  const [measure] = spec.measures
  const [group] = spec.groups
  if (!measure || spec.measures.length > 1 || spec.groups.length > 1 || spec.top || spec.having || spec.where)
    return undefined
  const link = linksMeant(draft, measure.of).find(
    ({ target }) => group === undefined || draft.findModel(group)?.name === target.name,
  )
  return link && `Every ${link.target.words} shows it (${markOf(link.on)!.count}).`
}

const signWords = { '>': 'more than', '>=': 'at least', '<': 'less than', '<=': 'at most' }
const braced = (text: string): string => (text.includes(' || ') ? `(${text})` : text)

/** Why nothing can be added up: the word that no number is called, and what there is. */
const nothingFits = (draft: BehaviourDraft, spec: ViewSpec): string => {
  const models = draft.models()
  const missing = spec.measures.find((measure) => models.every((model) => !measureOf(draft, model, measure)))
  const numbers = models.flatMap((model) =>
    additiveFields(model).map((field) => `${toWords(field)} of ${plural(model.words)}`),
  )
  if (!missing || missing.of.startsWith('=')) return 'Nothing that is stored can be added up in this way.'
  return `No number is called “${missing.of.replace(/^(?:the|all|our) /i, '')}”${numbers.length > 0 ? `; there is ${listed(numbers.slice(0, 5))}` : ' and nothing else can be added up'}.`
}

/** The model that fits the words best: all measures and groups must mean something there. */
const bestPlan = (draft: BehaviourDraft, spec: ViewSpec, joining = false): Plan | undefined => {
  let best: Plan | undefined
  for (const model of draft.models()) {
    const measures = spec.measures.map((measure) => measureOf(draft, model, measure))
    if (measures.length === 0 || measures.some((one) => one === undefined)) continue
    const fit = measures.reduce((sum, one) => sum + one!.fit, 0)
    if (joining && (fit < 4 || (best && fit <= best.fit))) continue
    const groups = [...theirsIn(draft, model, spec), ...spec.groups].map(
      (group) => groupOf(draft, model, group) ?? (joining ? joinedGroup(draft, model, group) : undefined),
    )
    if (groups.some((one) => one === undefined)) continue
    if (!best || fit > best.fit) best = { model, groups: groups as Group[], measures: measures as Measured[], fit }
  }
  return best
}

/** "The average moisture of their plots": for each plot, where it is something that plots have. */
const theirsIn = (draft: BehaviourDraft, model: Found, spec: ViewSpec): string[] => {
  const whose = spec.measures
    .map(({ of }) => / of (?:their|each of their|all their) ([\p{L}-]+)$/iu.exec(of)?.[1])
    .find(Boolean)
  const target = whose ? draft.findModel(whose) : undefined
  if (!whose || !target || target.name === model.name || target.endpoint.endsWith('.users')) return []
  return spec.groups.includes(target.words) || groupOf(draft, model, whose) === undefined ? [] : [whose]
}

/** What is counted per word or student belongs to one, even where nobody said so. */
const joinedGroup = (draft: BehaviourDraft, model: Found, said: string): Group | undefined => {
  const target = draft.findModel(said)
  if (!target || target.name === model.name) return undefined
  if (target.endpoint.endsWith('.users')) makeOwned(model)
  else {
    draft.ensureRef(model, target)
    draft.assume(`Each ${model.words} belongs to ${withArticle(target.words)}.`)
  }
  return groupOf(draft, model, said)
}

/** The condition on rows; '' for none, undefined where words were said that mean nothing. */
const whereOf = (spec: ViewSpec, { model, measures }: Plan, time: string | undefined): string | undefined => {
  const conditions = measures.flatMap((one) => (one.where ? [one.where] : []))
  if (spec.where) {
    const recent = /^(?:and )?(?:in|of|over|during|for|from) the (?:last|past) (.+)$/i.exec(spec.where)
    const found =
      recent && time
        ? conditionFor(
            model,
            `older than ${/^\d|^(?:two|three|four|five|six|seven)/i.test(recent[1]!) ? recent[1]! : `a ${recent[1]!}`}`,
            'this',
          )
        : conditionFor(model, spec.where, 'this')
    if (!found) return undefined
    conditions.push(recent ? found.text.replace(' < ', ' >= ') : found.text)
  }
  return [...new Set(conditions)].map(braced).join(' && ')
}

/** From a day to a day, and one parameter for each reference or value that rows are put together by. */
const paramsOf = (
  model: Found,
  groups: readonly Group[],
  time: string | undefined,
): { params: { [name: string]: Field }; conditions: string[] } => {
  const params: { [name: string]: Field } = {}
  const conditions: string[] = []
  const used = groups.find((one) => one.time)?.time ?? time
  if (used) {
    const path = model.model.fields[used]?.type === 'date' ? `this.${used}` : `day(this.${used})`
    params.from = { type: 'date', optional: true, description: 'The first day that counts.' }
    params.to = { type: 'date', optional: true, description: 'The last day that counts.' }
    conditions.push(`${path} >= params.from`, `${path} <= params.to`)
  }
  for (const { param } of groups) {
    if (!param || Object.hasOwn(params, param.name)) continue
    params[param.name] = {
      type: param.type,
      optional: true,
      ...(param.values ? { values: [...param.values] as [string, ...string[]] } : {}),
    }
    conditions.push(`${param.path} == params.${param.name}`)
  }
  return { params, conditions }
}

/** Amounts of different currencies are never added up together. */
const currencyOf = (draft: BehaviourDraft, model: Found, select: { [column: string]: Measure }): string | undefined => {
  const isMoney = Object.values(select).some(
    ({ of }) => of !== undefined && model.model.fields[of.replace(/^this\./, '')]?.type === 'decimal',
  )
  if (!isMoney) return undefined
  if (findField(model, 'currency')) return `this.${findField(model, 'currency')}`
  for (const [field, shape] of Object.entries(model.model.fields)) {
    const target = draft.portOf(/^ref\((\w+)\./.exec(shape.type)?.[1] ?? '')
    if (target && field.endsWith('_id') && Object.hasOwn(target.model.fields, 'currency'))
      return `this.${field.replace(/_id$/, '')}.currency`
  }
  return undefined
}

/** The report that there is and that differs in nothing but in how it was said. */
const sameView = (model: Found, view: View): string | undefined =>
  Object.entries(model.api.views ?? {}).find(([, one]) =>
    isDeepStrictEqual({ ...one, description: '' }, { ...view, description: '' }),
  )?.[0]

/** A name that says what it goes by; a second report by the same things gets the name of what it adds up. */
const nameOf = (model: Found, view: View, { groups, measures }: Plan, spec: ViewSpec): string => {
  const which = measures.map((one) => one.which).find((one) => one !== undefined)
  const by = groups.map((one) => one.word).join('_and_')
  const main = Object.keys(view.select).find((column) => column !== 'count')
  const base = spec.top
    ? 'top'
    : spec.having
      ? `by_${by}_${{ '>': 'over', '>=': 'from', '<': 'under', '<=': 'to' }[spec.having.sign]}_${String(spec.having.value).replace('.', '_')}`
      : by
        ? `${which ? `${which}_` : ''}by_${by}`
        : 'totals'
  const taken = (name: string): boolean => Object.hasOwn(model.api.views ?? {}, name) && sameView(model, view) !== name
  const names = [base, `${base}_${main ?? 'count'}`, ...[2, 3, 4, 5, 6, 7, 8, 9].map((i) => `${base}_${i}`)].map(
    (name) => toName([name]),
  )
  return names.find((name) => !taken(name)) ?? names.at(-1)!
}
