import { toKebab } from '../../../names.ts'
import { plural, pluralName, singular, toName } from '../../language/words.ts'
import { baseVerb, linkNouns } from '../../lexicon/verbs.ts'
import type { Outcome } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { isNumber } from '../places/fields.ts'
import { showValue } from '../shown/apply-shown.ts'
import { linksMeant } from '../toggles/links.ts'
import { markOf } from '../toggles/verbs.ts'
import type { Rank, ViewSpec } from './spec.ts'
import { addTop } from './top.ts'

/** What things are first by: a number that each shows, and in words. */
type Order = { column: string; field: string; words: string }

/** Adds a report of the things that come first by what people do with them: likes, votes, loans, ratings. */
export const applyRanked = (draft: BehaviourDraft, spec: ViewSpec, rank: Rank): Outcome => {
  const target = draft.findModel(spec.groups[0] ?? '')
  if (!target || target.name === draft.userModel()?.name)
    return { unresolved: `There are no “${spec.groups[0]}” that could be put in such an order.` }
  const many = plural(target.words)
  if (rank.period)
    return {
      unresolved: `The first of all ${many} can be shown, not those of ${/^(?:a|this|the) /.test(rank.period) ? '' : 'a '}${rank.period} alone.`,
    }
  const order = orderBy(draft, target, rank)
  if (typeof order === 'string') return { unresolved: order }
  return { understood: [topBy(draft, target, order, spec, rank.up === true)] }
}

/** "top 10 photos by votes": the list by the number of marks, and a report that gives the first of them. */
export const topMarked = (draft: BehaviourDraft, spec: ViewSpec): string | undefined => {
  const [measure] = spec.measures
  const [group] = spec.groups
  if (!measure || !group || spec.groups.length > 1 || spec.where) return undefined
  const target = draft.findModel(group.replace(/^most \w+ /, ''))
  const order = target && byMark(draft, target, measure.of.replace(/^most /, ''))
  return order && topBy(draft, target, order, spec, false)
}

const topBy = (draft: BehaviourDraft, target: Found, order: Order, spec: ViewSpec, up: boolean): string => {
  const top = spec.top ?? 10
  const name = nameOf(target, order.field, up)
  const rated = target.model.computed?.[order.field]?.over?.take === 'avg'
  const who = addTop(draft, target, {
    name,
    column: order.column,
    of: `this.${order.field}`,
    down: !up,
    top,
    said: spec.said,
    ...(rated ? { where: `this.${order.field} != null` } : {}),
    ...(spec.who ? { who: spec.who } : {}),
  })
  return `Report: the ${up ? 'last' : 'top'} ${top} ${plural(target.words)} by ${order.words}, for ${who} (${target.path}/${toKebab(name)}).`
}

/** The first of such reports has the short name. */
const nameOf = (target: Found, field: string, up: boolean): string => {
  const base = up ? 'last' : 'top'
  const there = target.api.views?.[base]
  const same = there && Object.values(there.select).some(({ of }) => of === `this.${field}`)
  return !there || same ? base : toName([base, 'by', field])
}

/** Returns by which number things are ordered, made where it is not there yet, or why there is none. */
export const orderBy = (draft: BehaviourDraft, target: Found, rank: Rank): Order | string => {
  const many = plural(target.words)
  if (/^(?:best|popular|loved|beloved|favou?rite|in demand|demanded|sought after|wanted)$/.test(rank.by))
    return (
      (rank.well ? byRating(draft, target) : undefined) ??
      byAnyMark(draft, target) ??
      byDeeds(draft, target) ??
      byRating(draft, target) ??
      `Nothing here says of ${many} how popular they are; say for example “users can like ${many}”.`
    )
  const done = rank.by.replace(/ for$/, '')
  if (rank.well && /^(?:rated|reviewed|scored|graded)$/.test(done))
    return byRating(draft, target) ?? `Nobody rates ${many}.`
  return (
    byMark(draft, target, rank.by) ??
    byMark(draft, target, done) ??
    byNumber(target, done) ??
    byRowsOf(draft, target, nounsOf(done)) ??
    byRowsOf(draft, target, [singular(done)]) ??
    `Nothing here says of ${many} how often they were ${rank.by}.`
  )
}

const byMark = (draft: BehaviourDraft, target: Found, words: string): Order | undefined => {
  const link = linksMeant(draft, words).find((one) => one.target.name === target.name)
  return link && { column: link.members, field: markOf(link.on)!.count, words: link.members.replaceAll('_', ' ') }
}

/** Of several marks the one that praises most. */
const praise =
  'like upvote vote heart favourite favorite star clap recommend endorse support bookmark save wish attend join follow subscribe watch'

const byAnyMark = (draft: BehaviourDraft, target: Found): Order | undefined => {
  const on = praise.split(' ').find((one) => Object.hasOwn(target.api.toggles ?? {}, one))
  return on === undefined ? undefined : byMark(draft, target, on)
}

/** What was counted by hand: views, downloads. */
const byNumber = (target: Found, done: string): Order | undefined => {
  const names = verbsOf(done).flatMap((verb) => [pluralName(toName([verb])), `${verb}_count`, `number_of_${verb}s`])
  const field = names.find((name) => isNumber(target.model.fields[name]))
  return field === undefined ? undefined : { column: field, field, words: field.replaceAll('_', ' ') }
}

/** "viewed" may come of view, "shared" of share. */
const verbsOf = (done: string): string[] => [baseVerb(done), done.replace(/ed$/, ''), done.replace(/d$/, '')]

const nouns: Readonly<Record<string, readonly string[]>> = {
  discussed: ['comment', 'message', 'reply', 'post'],
  'talked about': ['comment', 'message', 'reply'],
  commented: ['comment'],
  selling: ['sale', 'order', 'purchase', 'ticket', 'order_item', 'order_line'],
  sold: ['sale', 'order', 'purchase', 'ticket', 'order_item', 'order_line'],
  bought: ['purchase', 'order', 'sale', 'ticket', 'order_item', 'order_line'],
  ordered: ['order', 'order_item', 'order_line'],
  booked: ['booking', 'reservation'],
  reserved: ['reservation', 'booking'],
  borrowed: ['loan'],
  lent: ['loan'],
  taken: ['loan', 'booking'],
  read: ['reading', 'loan', 'view'],
}

/** What is left behind by what was done: "most borrowed" goes by loans. */
const nounsOf = (done: string): readonly string[] => {
  const links = verbsOf(done).flatMap((verb) => linkNouns.get(verb) ?? [])
  return [...(nouns[done] ?? []), ...links, ...verbsOf(done)]
}

const byRowsOf = (draft: BehaviourDraft, target: Found, keys: readonly string[]): Order | undefined => {
  const children = draft.childrenOf(target)
  const child = keys
    .map((key) => children.find(({ model }) => model.key === key || model.key === `${target.key}_${key}`))
    .find((one) => one !== undefined)?.model
  return child && counted(draft, target, child)
}

/** How often something was lent counts for all, also for those who see but their own loans. */
const counted = (draft: BehaviourDraft, target: Found, child: Found): Order | undefined => {
  const shown = showValue(draft, target, { take: 'count', of: plural(child.words) })
  return typeof shown === 'string'
    ? undefined
    : { column: shown.name, field: shown.name, words: `the number of ${plural(child.words)}` }
}

const deedNouns = new Set([
  ...[...linkNouns.values()].filter((noun) => !/^(?:assignment|appearance|performance|invitation)$/.test(noun)),
  ...['ticket', 'sale', 'signup', 'sign_up', 'donation', 'pledge', 'upvote'],
])

/** What people make of a thing by what they do with it, where there is one kind of it. */
const byDeeds = (draft: BehaviourDraft, target: Found): Order | string | undefined => {
  const all = draft
    .childrenOf(target)
    .map(({ model }) => model)
    .filter(({ key }) => deedNouns.has(key) || deedNouns.has(key.replace(`${target.key}_`, '')))
    .filter(({ key }) => !/(?:^|_)(?:rating|review)$/.test(key))
  const votes = all.filter(({ key }) => /(?:^|_)(?:up)?vote$/.test(key))
  const [one, other] = votes.length > 0 ? votes : all
  if (one && other)
    return `It is not clear whether ${all.map(({ words }) => plural(words)).join(' or ')} say which ${plural(target.words)} come first.`
  return one && counted(draft, target, one)
}

/** How well people rate it on average. */
const byRating = (draft: BehaviourDraft, target: Found): Order | undefined => {
  const child = draft.childrenOf(target).find(({ model }) => /(?:^|_)(?:rating|review|assessment)$/.test(model.key))
  const field = Object.keys(child?.model.model.fields ?? {}).find(
    (name) => /^(?:stars|rating|score|points|grade|mark)$/.test(name) && isNumber(child!.model.model.fields[name]),
  )
  const shown =
    child && field ? showValue(draft, target, { take: 'avg', of: plural(child.model.words), field }) : undefined
  return shown === undefined || typeof shown === 'string'
    ? undefined
    : { column: shown.name, field: shown.name, words: shown.name.replaceAll('_', ' ') }
}
