import type { Model, States, Transition } from '../../../../../schemas/generated/architecture.ts'
import { ANYONE, conditionOf, splitGrant, toWords } from '../../../names.ts'
import { listed, plural, sentence } from '../../language/words.ts'
import { isPersonNoun } from '../../lexicon/people.ts'
import { signUpRolesOf } from '../access/holders.ts'
import type { Outcome } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import type { Sequence } from './spec.ts'
import { verbOf } from './verbs.ts'

/** States that nothing follows: what was refused or given up goes on only where that is said. */
const endings =
  /^(?:rejected|declined|denied|refused|turned_down|dismissed|vetoed|cancelled|canceled|lost|failed|withdrawn|void|voided|expired|aborted|not_approved)$/

/** Puts a sequence of states on a model: the field, the steps, who did what when, and who may take them. */
export const applySequence = (draft: BehaviourDraft, { thing, steps }: Sequence): Outcome => {
  const model = modelFor(draft, thing)
  if (!model && pronoun.test(thing)) return { unresolved: `It is not clear what “${thing.toLowerCase()}” means.` }
  if (!model) return { unresolved: `There is no “${thing}” that could have states.` }
  // What goes on from a state that is reached already begins where it began.
  const known = model.model.states && model.model.fields[model.model.states.field]?.values
  const goesOn = known?.includes(steps[0]![0]!) === true
  const states = statesOf(draft, model, steps.flat(), goesOn ? undefined : steps[0]![0]!)
  for (let index = 1; index < steps.length; index += 1) {
    const before = steps[index - 1]!
    const going = before.filter((state) => !endings.test(state))
    const from = going.length > 0 ? going : before
    for (const to of steps[index]!)
      addTransition(draft, model, states, onTheWay(verbOf(to)), { from: from as [string, ...string[]], to })
  }
  // Beside the first state there may be others that a row begins in only by a step from it: "submitted or drafted, then ...".
  for (const to of steps[0]!.slice(1)) addTransition(draft, model, states, verbOf(to), { from: [steps[0]![0]!], to })
  return {
    understood: [
      `${sentence(plural(model.words))} go ${steps.map((step) => listed(step.map(toWords), 'or')).join(' → ')}, step by step; who did what when is kept.`,
    ],
    breaks: draft.changing,
  }
}

/** What comes to be open on its way was not open before. */
const onTheWay = (verb: string): string => (verb === 'reopen' ? 'open' : verb)

const pronoun = /^(?:it|they|them|this|that|these|those|status|state|workflow)$/i

/** What has the states. "They" is what was spoken of last, the things rather than the people who deal with them. */
const modelFor = (draft: BehaviourDraft, thing: string): Found | undefined => {
  if (!pronoun.test(thing.trim())) {
    const found = draft.findModel(thing)
    return found?.name === draft.userModel()?.name ? undefined : found
  }
  const models = draft.models()
  return draft.it((model) => !isPersonNoun(model.key)) ?? draft.it() ?? (models.length === 1 ? models[0] : undefined)
}

const stateField = /^(?:status|state|stage|phase|progress)$/

/** Returns the states of a model, made where it has none, with these values among the field's. */
export const statesOf = (draft: BehaviourDraft, model: Found, values: readonly string[], first?: string): States => {
  const name =
    model.model.states?.field ??
    Object.keys(model.model.fields).find(
      (field) =>
        model.model.fields[field]!.type === 'enum' &&
        model.model.fields[field]!.values!.filter((value) => values.includes(value)).length > 1,
    ) ??
    Object.keys(model.model.fields).find((field) => stateField.test(field)) ??
    'status'
  if (!model.model.fields[name])
    draft.ensureField(model, name, {
      type: 'enum',
      values: [...values] as [string, ...string[]],
      default: first ?? values[0]!,
    })
  const field = model.model.fields[name]!
  const present = field.type === 'enum' ? (field.values ?? []) : []
  // Values that were only guessed from other sentences give way to those of a sequence.
  const guessed = first !== undefined && present.filter((value) => values.includes(value)).length * 2 < present.length
  const known = guessed ? [] : present
  const all = [...new Set(first === undefined ? [...known, ...values] : [...values, ...known])]
  // A yes-or-no field that says the same as a state ("approved") is that state.
  for (const value of values) if (model.model.fields[value]?.type === 'bool' && value !== name) dropField(model, value)
  model.model.fields[name] = {
    ...without(field, ['optional', 'max', 'min', 'unique']),
    type: 'enum',
    values: all as [string, ...string[]],
    default: first ?? (typeof field.default === 'string' ? field.default : all[0]!),
  }
  listing(model, name)
  model.model.history = true
  model.model.states ??= { field: name, transitions: {} }
  return model.model.states
}

const without = <T extends object>(value: T, keys: readonly string[]): T =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key))) as T

export const dropField = (model: Found, name: string): void => {
  delete model.model.fields[name]
  const list = model.api.list
  if (list)
    for (const key of ['filter', 'range', 'sort', 'search'] as const)
      if (list[key]) list[key] = list[key].filter((field) => field !== name)
}

const listing = (model: Found, name: string): void => {
  const list = model.api.list
  if (!list) return
  if (!list.filter.includes(name)) list.filter.push(name)
  if (!list.sort.includes(name)) list.sort.push(name)
  list.search = list.search.filter((field) => field !== name)
}

/** Adds a step, or widens one of the same name; whoever may change the things may take it until more is said. */
export const addTransition = (
  draft: BehaviourDraft,
  model: Found,
  states: States,
  name: string,
  step: Transition,
): string => {
  const known = states.transitions[name]
  const free = known === undefined || known.to === step.to
  const key = free ? name : `mark_${step.to}`
  const there = states.transitions[key]
  if (there) {
    there.from = [...new Set([...there.from, ...step.from])] as [string, ...string[]]
    return key
  }
  states.transitions[key] = step
  allowWhoChanges(draft, model, key)
  return key
}

/** Steps by which somebody judges what others made: makers do not take them with their own. */
export const decisions =
  /^(?:approve|reject|decline|accept|refuse|deny|grant|assess|verify|validate|review|confirm|certify|authori[sz]e|grade|judge|waive|award|admit|uphold|endorse|ratify|veto|turn_down)$/

/** Steps that whoever made a thing takes with it, also where others look after it. */
export const byMakers =
  /^(?:cancel|withdraw|submit|resubmit|reopen|return|retract|publish|unpublish|archive|complete|finish|start|pause|resume|mark_done|close|pay|order|send)(?:_|$)/

/**
 * Lets whoever may change a thing use an operation on it, within the same limits. What is a decision is for those who may
 * change everybody's, and for administrators, until somebody is named.
 */
export const allowWhoChanges = (draft: BehaviourDraft, model: Found, op: string): void => {
  const { policies } = draft.architecture
  if (!policies.authn || model.api.public?.includes('update')) draft.grant(ANYONE, model, op)
  if (!policies.authn) return
  const roles = (wanted: readonly string[]): [string, string | undefined][] =>
    Object.entries(policies.roles).flatMap(([role, lines]) =>
      lines.flatMap((line): [string, string | undefined][] => {
        const grant = splitGrant(line)
        return grant.endpoint === model.endpoint && wanted.includes(grant.op) ? [[role, grant.scope]] : []
      }),
    )
  const signUp = new Set(signUpRolesOf(draft))
  const staff = Object.keys(policies.roles).some((role) => role !== 'admin' && role !== ANYONE && !signUp.has(role))
  const changing = roles(['update', '*'])
  for (const [role, scope] of changing.length > 0 ? changing : roles(['create'])) {
    const limited = scope !== undefined
    if (limited && (decisions.test(op) || isPaidOut(model, op) || (staff && signUp.has(role) && !byMakers.test(op)))) {
      draft.withhold(role, model, op)
      continue
    }
    draft.grant(role, model, op, conditionOf(scope) ? undefined : scope)
  }
  draft.grant('admin', model, op)
}

/** What somebody decided on before it is paid is paid to whoever asked for it, and not by them. */
const isPaidOut = ({ model }: Found, op: string): boolean => {
  const all = model.states?.transitions ?? {}
  const from = /^pay(?:_|$)/.test(op) ? (all[op]?.from ?? []) : []
  return Object.entries(all).some(([name, { to }]) => decisions.test(name) && from.some((state) => state === to))
}

/** The transitions of a model whose name or end is meant by a verb. */
export const transitionsOf = (model: Model, verb: string): string[] =>
  Object.entries(model.states?.transitions ?? {}).flatMap(([name, { to }]) =>
    name === verb || verbOf(to) === verb || name === `mark_${verb}` || to === verb || name.startsWith(`${verb}_`)
      ? [name]
      : [],
  )
