import type { Field, States, Transition } from '../../../../../schemas/generated/architecture.ts'
import { sentence } from '../../language/words.ts'
import { setHolders } from '../access/holders.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { conditionFor } from '../places/conditions.ts'
import { addTransition } from '../states/apply-sequence.ts'
import { ensureStep } from '../states/ensure-step.ts'
import { verbOf } from '../states/verbs.ts'

/** What is written where rows become something, and how to tell that they are it already. */
export type Assignment = {
  values: { [field: string]: string }
  undone: string
  added?: string
  /** The step that was made for it. */
  step?: Transition
}

const plain = (value: string): string => value.toLowerCase().replace(/[_ -]/g, '').replace('canceled', 'cancelled')

const wordOf = (to: string): string =>
  to
    .trim()
    .toLowerCase()
    .replace(/^(?:as|to) /, '')
    .replace(/[ -]/g, '_')

const stateOf = (word: string): string => (word === 'canceled' ? 'cancelled' : word)

const becomes =
  /^(?:open|closed|cancelled|expired|archived|completed|finished|overdue|inactive|active|rejected|released|withdrawn|ended|late|missed|no_show|lapsed|suspended|resolved|published|void)$/

/** The field of states that people need no steps for, to which this may be added. */
const stateFor = ({ model }: Found, value: string): [string, Field] | undefined =>
  model.states || !becomes.test(value)
    ? undefined
    : Object.entries(model.fields).find(([name, field]) => field.values && /(?:^|_)(?:status|state|stage)$/.test(name))

/** Notes that rows may become this, before it is told who takes them there. */
export const nameState = (model: Found, to: string): void => {
  const value = stateOf(wordOf(to))
  const [, field] = stateFor(model, value) ?? []
  if (field && !field.values!.some((one) => plain(one) === plain(value)))
    field.values = [...field.values!, value] as [string, ...string[]]
}

/** What goes back by itself to where nothing leads, such as an offer that nobody confirmed, does so by a step of nobody's. */
const stepBack = (draft: BehaviourDraft, model: Found, states: States, value: string): Transition | undefined => {
  if (Object.values(states.transitions).some(({ to }) => to === value)) return undefined
  const others = model.model.fields[states.field]!.values!.filter((one) => one !== value)
  const op = addTransition(draft, model, states, verbOf(value), { from: others as [string, ...string[]], to: value })
  if (draft.architecture.policies.authn) setHolders(draft, model, op, [])
  return states.transitions[op]
}

/**
 * Returns what it means for a row to become "closed": a state of its enum, a yes or no, or the time at which it was; a yes
 * or no is added where there is nothing of the kind.
 */
export const assignmentOf = (draft: BehaviourDraft, model: Found, to: string, row: string): Assignment => {
  const word = wordOf(to)
  for (const [name, field] of Object.entries(model.model.fields)) {
    const value = field.values?.find((one) => plain(one) === plain(to))
    if (value) {
      const back = model.model.states?.field === name ? stepBack(draft, model, model.model.states, value) : undefined
      return {
        values: { [name]: `"${value}"` },
        undone: `${row}.${name} != "${value}"`,
        ...(back ? { step: back } : {}),
      }
    }
  }
  for (const [name, field] of Object.entries(model.model.fields)) {
    const not = /^(?:in|un)/.test(word) && name === word.replace(/^(?:in|un)/, '')
    if (field.type === 'bool' && (name === word || name === `is_${word}` || not))
      return { values: { [name]: not ? 'false' : 'true' }, undone: not ? `${row}.${name}` : `!${row}.${name}` }
    if (
      /^(?:date|datetime)$/.test(field.type) &&
      field.optional &&
      ['at', 'on', 'date'].some((end) => name === `${word}_${end}`)
    )
      return {
        values: { [name]: field.type === 'date' ? 'today()' : 'now' },
        undone: `${row}.${name} == null`,
      }
  }
  const value = stateOf(word)
  const steps = model.model.states
  const there = Object.keys(steps?.transitions ?? {})
  const [op] = steps && becomes.test(value) ? ensureStep(draft, model, value) : []
  if (steps && op !== undefined) {
    const isNew = !there.includes(op)
    // A step that was made for this is nobody's: administrators may take it as everything else.
    if (isNew && draft.architecture.policies.authn) setHolders(draft, model, op, [])
    return {
      values: { [steps.field]: `"${value}"` },
      undone: `${row}.${steps.field} != "${value}"`,
      ...(isNew ? { step: steps.transitions[op]! } : {}),
    }
  }
  const state = stateFor(model, value)
  if (state) {
    state[1].values = [...state[1].values!, value] as [string, ...string[]]
    return {
      values: { [state[0]]: `"${value}"` },
      undone: `${row}.${state[0]} != "${value}"`,
      added: `${sentence(model.words)} entries can be ${value.replaceAll('_', ' ')} too.`,
    }
  }
  draft.ensureField(model, word, { type: 'bool', default: false })
  return {
    values: { [word]: 'true' },
    undone: conditionFor(model, `not ${word.replaceAll('_', ' ')}`, row)?.text ?? `!${row}.${word}`,
    added: `${sentence(model.words)} entries say whether they are ${word.replaceAll('_', ' ')}.`,
  }
}
