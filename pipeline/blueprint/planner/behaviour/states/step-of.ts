import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { addTransition, decisions, statesOf, transitionsOf } from './apply-sequence.ts'
import { ensureStep } from './ensure-step.ts'
import { plainStep } from './plain-step.ts'
import { stateFieldOf } from './state-field.ts'
import { anyStep, consents, decidedBy, isDecided, refusals, verbOf } from './verbs.ts'

/**
 * The model and its operations that a verb means; a state that is only a value of a field becomes a step. `kept`: only some
 * may take it, so that there must be one. `decides`: it is one side of a decision, which makes its states where there are none.
 */
export const stepOf = (
  draft: BehaviourDraft,
  verb: string,
  thing: string,
  { kept = false, decides = false }: { kept?: boolean; decides?: boolean } = {},
): { model: Found; ops: string[] } | undefined => {
  const named = /^(?:it|they|them)$/i.test(thing) ? undefined : draft.findModel(thing)
  const candidates =
    named && named.name !== draft.userModel()?.name
      ? [named]
      : [draft.it(), ...draft.models()].filter((one) => one !== undefined)
  for (const model of candidates) {
    const all = Object.keys(model.model.states?.transitions ?? {})
    const ops =
      verb === anyStep
        ? all
        : verb === 'decide'
          ? all.filter((op) => decisions.test(op))
          : transitionsOf(model.model, verb)
    if (ops.length > 0) return { model, ops: verb === 'decide' && named ? bothWays(draft, model, ops) : ops }
    if (Object.hasOwn(model.api.ops ?? {}, verb)) return { model, ops: [verb] }
  }
  // "Reject", where who accepts may decline.
  const like = synonyms.find(([one]) => one === verb)?.[1] ?? []
  for (const model of candidates) {
    const ops = Object.entries(model.model.states?.transitions ?? {}).flatMap(([op, { to }]) =>
      like.includes(to) ? [op] : [],
    )
    if (ops.length > 0) return { model, ops }
  }
  for (const model of candidates) {
    const known = stateFieldOf(model)
    const said = known?.values ?? []
    const to = said.find((value) => verbOf(value) === verb) ?? renamedTo(draft, model, known, verb)
    const values: string[] = known ? [...model.model.fields[known.name]!.values!] : []
    if (!to || values[0] === to) continue
    const states = statesOf(draft, model, values)
    // What has to be approved is not paid before that, but it can be given up.
    const decidedAt = values.findLastIndex((value, at) => consents.test(value) && at < values.indexOf(to))
    // Nor is it decided before it was sent in.
    const sentIn = values.find((value) => /^(?:submitted|sent|sent_in|handed_in|requested|filed)$/.test(value))
    const from = values.filter(
      (value) =>
        value !== to &&
        !/^(?:rejected|declined|cancelled|canceled|closed|done|completed)$/.test(value) &&
        !(values.indexOf(value) > values.indexOf(to)) &&
        !(values.indexOf(value) < decidedAt && decidedAt < values.indexOf(to) && !givenUp.test(to)) &&
        !(sentIn && isDecided(to) && values.indexOf(value) < values.indexOf(sentIn)) &&
        !(refusals.test(to) && consents.test(value)),
    )
    // What is brought along step by step goes on from where the step before it ends: a dirty room is not inspected.
    const before = values[values.indexOf(to) - 1]
    const goesOn =
      before !== undefined &&
      from.includes(before) &&
      !refusals.test(to) &&
      !givenUp.test(to) &&
      Object.values(states.transitions).some(
        (one) => one.to === before && one.from.includes(values[values.indexOf(before) - 1] ?? ''),
      )
    const begin = goesOn ? [before] : from.length ? from : [values[0]!]
    const step = { from: begin as [string, ...string[]], to }
    const ops = [addTransition(draft, model, states, verb, step)]
    // Who approves may reject: a decision that can only go one way is none.
    const other = consents.test(to) ? values.find((value) => refusals.test(value)) : undefined
    if (other && transitionsOf(model.model, verbOf(other)).length === 0)
      ops.push(addTransition(draft, model, states, verbOf(other), { ...step, to: other }))
    return { model, ops }
  }
  const again = verb === 'reopen' ? candidates.flatMap((model) => reopened(draft, model) ?? [])[0] : undefined
  if (again) return again
  // A running system gets the step that is asked for: "let trainers cancel courses"; so does a new one where it is kept for some.
  const wanted = draft.changing ? wantedStates[verb] : decisionStates[verb]
  if (verb === 'decide' && named)
    return { model: named, ops: ['approved', 'rejected'].flatMap((one) => ensureStep(draft, named, one)) }
  const state =
    wanted ?? (decides ? decidedBy(verb) : undefined) ?? (kept && !draft.changing ? keptStates[verb] : undefined)
  const ops = state && (named || decides) && candidates[0] ? ensureStep(draft, candidates[0], state) : []
  return ops.length > 0 ? { model: candidates[0]!, ops } : plainStep(draft, verb, thing)
}

/** Who decides can say no: where only one way is known, as somebody is told of it, there is the other too. */
const bothWays = (draft: BehaviourDraft, model: Found, ops: readonly string[]): string[] => {
  const states = ops.map((op) => model.model.states!.transitions[op]!.to)
  if (states.some((one) => refusals.test(one)) || !states.some((one) => consents.test(one))) return [...ops]
  return [...ops, ...ensureStep(draft, model, 'rejected')]
}

/** "Accept or reject", where the usual states are accepted and declined: all are called as the steps are, before one is made. */
export const nameStates = (draft: BehaviourDraft, acts: readonly { verb: string; thing: string }[]): void => {
  for (const { verb, thing } of acts) {
    const model = draft.findModel(thing)
    const known = model && stateFieldOf(model)
    if (model && known && !known.values.some((value) => verbOf(value) === verb)) renamedTo(draft, model, known, verb)
  }
}

const givenUp = /^(?:cancell?ed|withdrawn|called_off)$/

/** "May reopen it": from where it ends, back to where it began. */
const reopened = (draft: BehaviourDraft, model: Found): { model: Found; ops: string[] } | undefined => {
  const known = stateFieldOf(model)
  if (!known) return undefined
  const first = String(model.model.fields[known.name]!.default ?? known.values[0])
  const from = known.values.filter((value) => value !== first && (ended.test(value) || value === known.values.at(-1)))
  if (from.length === 0) return undefined
  const states = statesOf(draft, model, known.values)
  const step = { from: from as [string, ...string[]], to: first }
  return { model, ops: [addTransition(draft, model, states, 'reopen', step)] }
}

const ended = /^(?:closed|done|completed|finished|fixed|solved|resolved|archived|rejected|declined|cancell?ed)$/

const wantedStates: Readonly<Record<string, string>> = {
  cancel: 'cancelled',
  approve: 'approved',
  reject: 'rejected',
  close: 'closed',
  archive: 'archived',
  confirm: 'confirmed',
  publish: 'published',
  complete: 'completed',
}

/** Who decides on what others hand in takes a step; the other words for it bring their usual states with them. */
const decisionStates: Readonly<Record<string, string>> = { grant: 'granted', deny: 'denied' }

/** What is nothing else than a state, so that somebody alone may bring a thing there. */
const keptStates: Readonly<Record<string, string>> = { suspend: 'suspended', deactivate: 'deactivated' }

const synonyms: readonly (readonly [string, readonly string[]])[] = [
  ['approve', ['accepted', 'granted']],
  ['accept', ['approved', 'granted']],
  ['grant', ['approved', 'accepted']],
  ['reject', ['declined', 'refused', 'denied']],
  ['decline', ['rejected', 'refused', 'denied']],
  ['refuse', ['rejected', 'declined', 'denied']],
]

/** "approves" where the usual states have "accepted": the state is called as the step is. */
const renamedTo = (
  draft: BehaviourDraft,
  model: Found,
  known: ReturnType<typeof stateFieldOf>,
  verb: string,
): string | undefined => {
  const like = synonyms.find(([one]) => one === verb)?.[1]
  const same = known?.values.find((value) => like?.includes(value))
  if (!known || !same || model.model.states || draft.changing) return undefined
  const to =
    { approve: 'approved', accept: 'accepted', grant: 'granted', reject: 'rejected', decline: 'declined' }[verb] ??
    'refused'
  const values = known.values.map((value) => (value === same ? to : value))
  model.model.fields[known.name] = { ...model.model.fields[known.name]!, values: values as [string, ...string[]] }
  return to
}
