import { toWords } from '../../../names.ts'
import { listed, plural, sentence, withArticle } from '../../language/words.ts'
import type { Outcome } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { addTransition, statesOf } from './apply-sequence.ts'
import { ensureStep } from './ensure-step.ts'
import type { Lock, Step } from './spec.ts'
import { stateFieldOf } from './state-field.ts'
import { verbOf } from './verbs.ts'

/** Adds a step beside the sequence, or narrows from where one is taken. */
export const applyStep = (draft: BehaviourDraft, step: Step): Outcome => {
  const model = stated(draft, step.thing, [
    step.to,
    step.back,
    ...(typeof step.from === 'object' && 'only' in step.from ? step.from.only : []),
  ])
  if (!model) {
    const plain = draft.findModel(step.thing)
    const made =
      draft.changing && step.to && step.from === 'anywhere' && plain && plain.name !== draft.userModel()?.name
        ? ensureStep(draft, plain, step.to)
        : []
    return made.length > 0
      ? { understood: [`${sentence(plural(plain!.words))} can be ${toWords(step.to!)} (${toWords(made[0]!)}).`] }
      : { unresolved: `“${step.thing}” has no states that this could be about.` }
  }
  const yesNo = ownYesOrNo(model, step)
  if (yesNo) return { unresolved: `Whether ${withArticle(model.words)} is ${yesNo} is told by itself.` }
  const { field } = model.model.states ?? statesOf(draft, model, knownValues(model))
  const values = model.model.fields[field]!.values ?? []
  const initial = String(model.model.fields[field]!.default ?? values[0])
  const to =
    step.to ??
    step.back ??
    (step.verb === 'reopen' || step.verb === 'resubmit' || step.verb === 'restart' ? initial : undefined)
  if (to === undefined) return { unresolved: `It is not said to which state ${plural(model.words)} go back.` }
  const from = fromOf(step, values, to, initial)
  if (!from || from.length === 0)
    return {
      unresolved: `${sentence(plural(model.words))} have no state “${'before' in (step.from as object) ? (step.from as { before: string }).before : to}”.`,
    }
  const states = statesOf(draft, model, [...from, to])
  const verb = step.verb ?? verbOf(to)
  const known = states.transitions[verb]
  if (known?.to === to && typeof step.from === 'object' && ('only' in step.from || 'before' in step.from))
    known.from = from as [string, ...string[]]
  else addTransition(draft, model, states, verb, { from: from as [string, ...string[]], to })
  return {
    understood: [
      `${sentence(plural(model.words))} can be ${toWords(to)} (${toWords(verb)}) only from ${listed(from.map(toWords), 'or')}.`,
    ],
    breaks: draft.changing && known !== undefined,
  }
}

const final = /^(?:cancelled|canceled|rejected|declined|withdrawn|void|voided|expired|aborted)$/

const fromOf = (step: Step, values: readonly string[], to: string, initial: string): string[] | undefined => {
  if (step.from === 'anywhere') {
    if (step.verb && step.verb !== 'publish')
      return values.filter(
        (value) =>
          value !== to &&
          value !== initial &&
          (final.test(value) ||
            value === values.at(-1) ||
            /^(?:closed|done|completed|finished|fixed|solved|resolved|answered|archived|suspended|on_hold|paused|inactive)$/.test(
              value,
            )),
      )
    return values.filter((value) => value !== to && !final.test(value))
  }
  if ('only' in step.from) return step.from.only
  if ('not' in step.from) {
    const { not } = step.from
    return values.filter((value) => value !== to && !not.includes(value))
  }
  const end = values.indexOf(step.from.before)
  return end < 0 ? undefined : values.slice(0, end).filter((value) => value !== to && !final.test(value))
}

/** The model that is meant: one with states, or whose state field knows one of these values. */
const stated = (draft: BehaviourDraft, thing: string, values: (string | undefined)[]): Found | undefined => {
  const model = draft.findModel(thing) ?? (/^(?:it|they|them)$/i.test(thing) ? draft.it() : undefined)
  if (!model || model.name === draft.userModel()?.name) return undefined
  if (model.model.states) return model
  const known = knownValues(model)
  return values.some((value) => value !== undefined && known.includes(value)) ? model : undefined
}

/** What a step comes from, where that is a yes or no of the row and none of its states. */
const ownYesOrNo = ({ model }: Found, { from }: Step): string | undefined =>
  typeof from === 'object' && 'only' in from
    ? from.only.find(
        (one) => model.fields[one]?.type === 'bool' && !model.fields[model.states?.field ?? '']?.values?.includes(one),
      )
    : undefined

const knownValues = (model: Found): readonly string[] => stateFieldOf(model)?.values ?? []

/** Keeps things from being changed or deleted in some states. */
export const applyLock = (draft: BehaviourDraft, lock: Lock): Outcome => {
  const model = stated(draft, lock.thing, lock.states) ?? byState(draft, lock.states)
  if (!model) return { unresolved: `“${lock.thing}” has no such state.` }
  const field =
    model.model.states?.field ??
    Object.keys(model.model.fields).find(
      (name) =>
        model.model.fields[name]!.type === 'enum' &&
        lock.states.every((state) => model.model.fields[name]!.values!.includes(state)),
    )
  if (!field || !lock.states.every((state) => model.model.fields[field]!.values!.includes(state)))
    return { unresolved: `${sentence(plural(model.words))} have no state “${lock.states.map(toWords).join(', ')}”.` }
  const words = lock.states.map(toWords)
  const check = lock.states
    .map((state) => `this.${field} ${lock.only ? '==' : '!='} '${state}'`)
    .join(lock.only ? ' || ' : ' && ')
  const did = lock.ops.map((op) => (op === 'update' ? 'changed' : 'deleted'))
  const message = lock.only
    ? `Only what is ${listed(words, 'or')} can be ${listed(did, 'or')}.`
    : `What is ${listed(words, 'or')} can no longer be ${listed(did, 'or')}.`
  const { model: shape } = model
  shape.on ??= {}
  for (const op of lock.ops) {
    const hook = shape.on[op] ?? {}
    shape.on[op] = { ...hook, require: [...(hook.require ?? []), { check, message }] }
  }
  return {
    understood: [`${sentence(plural(model.words))}: ${message.charAt(0).toLowerCase()}${message.slice(1)}`],
    breaks: draft.changing,
  }
}

const byState = (draft: BehaviourDraft, states: readonly string[]): Found | undefined => {
  const fitting = draft.models().filter((model) => states.every((state) => knownValues(model).includes(state)))
  return fitting.length === 1 ? fitting[0] : undefined
}
