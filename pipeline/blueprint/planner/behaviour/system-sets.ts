import type { Requirement } from '../../../../schemas/generated/architecture.ts'
import { withArticle } from '../language/words.ts'
import { holdersOf } from './access/holders.ts'
import { stays } from './as-it-was.ts'
import { wordsOf } from './between.ts'
import type { BehaviourDraft } from './draft.ts'
import type { Found } from './find.ts'
import { requireOn } from './rules.ts'
import { setByTimers, type Timed, writtenBySteps } from './written-by-steps.ts'

const back = /^(?:returned|brought_back|given_back|handed_back)_(?:at|on|date)$|^return_date$/

/** Who has a row only by making it; the operation that sets the field, where one does. */
type Kept = { name: string; by?: string }

/**
 * Keeps whoever has a row by making it from changing what the system set in it: until when a book is lent, when it came
 * back, that a payment is late. Others who may change the row still set it right. In a change (`before`: what ran)
 * only what is new.
 */
export const keepWhatIsSet = (draft: BehaviourDraft, before?: BehaviourDraft): void => {
  if (!draft.architecture.policies.authn) return
  const timed = setByTimers(draft.architecture)
  const timedBefore = before && setByTimers(before.architecture)
  for (const model of draft.models()) {
    const { owner } = model.api
    if (!owner || !holdersOf(draft, model, 'update').some(({ scope }) => scope === 'own')) continue
    const old = before?.portOf(model.name)
    const there = new Set(old ? keptOf(before!, old, timedBefore!).map(({ name }) => name) : [])
    for (const kept of keptOf(draft, model, timed))
      if (!there.has(kept.name)) requireOn(model, 'update', requirementOf(draft, model, kept))
  }
}

const requirementOf = (draft: BehaviourDraft, model: Found, { name, by }: Kept): Requirement => {
  const { owner } = model.api
  const same = `this.${owner} != me.id || ${stays(name)}`
  const theirs = by === undefined ? back.test(name) : holdersOf(draft, model, by).some(({ scope }) => scope === 'own')
  return {
    check: theirs ? `${same} || ${justNow(model, name)}` : same,
    message: theirs
      ? `Whoever made ${withArticle(model.words)} can say once that it was ${doneWords(name)}, and only as of ${model.model.fields[name]!.type === 'date' ? 'today' : 'now'}.`
      : `Whoever made ${withArticle(model.words)} cannot change its “${wordsOf(name)}”: that is set by the system.`,
    status: 403,
  }
}

const doneWords = (name: string): string =>
  name === 'return_date' ? 'returned' : wordsOf(name).replace(/ (?:at|on|date)$/, '')

/** It was not set before, and is set to the present. */
const justNow = ({ model }: Found, name: string): string =>
  model.fields[name]!.type === 'date'
    ? `was.${name} == null && this.${name} == today()`
    : `was.${name} == null && this.${name} <= now && this.${name} > now - minutes(5)`

/** The days and moments that the system sets in a row, and what timers mark in it. */
const keptOf = (draft: BehaviourDraft, model: Found, timed: Timed): Kept[] => {
  const { fields, on, states } = model.model
  const isMoment = (name: string): boolean => /^date(?:time)?$/.test(fields[name]?.type ?? '') && !fields[name]!.set
  const own = [on?.create?.do ?? [], ...Object.values(states?.transitions ?? {}).map((step) => step.do ?? [])].flat()
  const set = own.flatMap((step) =>
    step.set?.of === 'this'
      ? Object.entries(step.set.values).flatMap(([name, value]) => (value === 'me.id' || isMoment(name) ? [name] : []))
      : [],
  )
  const written = writtenBySteps(draft.architecture, model.name)
  const stamped = written.flatMap(({ field, value, by }): Kept[] =>
    'op' in by && by.endpoint === model.endpoint && isMoment(field) && /^(?:now|today\(\))$/.test(value)
      ? [{ name: field, by: by.op }]
      : [],
  )
  const named = Object.keys(fields).filter((name) => back.test(name) && isMoment(name) && fields[name]!.optional)
  // What comes of something else that its maker does is theirs to change that way.
  const isFree = ({ name, by }: Kept): boolean =>
    written.some(
      (one) => one.field === name && !('op' in one.by && one.by.endpoint === model.endpoint && one.by.op === by),
    )
  const known = new Map<string, Kept>()
  const plain = [...set, ...named, ...(timed.get(model.name) ?? [])].map((name): Kept => ({ name }))
  for (const kept of [...stamped, ...plain]) if (!known.has(kept.name) && !isFree(kept)) known.set(kept.name, kept)
  return [...known.values()]
}
