import type { Requirement } from '../../../../../schemas/generated/architecture.ts'
import { looksBack } from '../../../scopes.ts'
import { listed, plural, sentence, withArticle } from '../../language/words.ts'
import { holdersOf } from '../access/holders.ts'
import { comparable, isStill, looksAtNow, stays } from '../as-it-was.ts'
import { isBookingLike } from '../between.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { dropRequired, type RowOp, requireOn } from '../rules.ts'
import { writtenBySteps } from '../written-by-steps.ts'

/** Steps, and states, by which somebody else decides on what a person made. */
const judging =
  /^(?:approve|reject|decline|accept|refuse|deny|grant|confirm|certify|verify|authori[sz]e|grade|judge|award|admit|sign_off|turn_down|uphold|dismiss|endorse|ratify|veto)$/
const judged =
  /^(?:approved|rejected|declined|accepted|refused|denied|granted|confirmed|certified|verified|authori[sz]ed|graded|judged|awarded|admitted|signed_off|turned_down|upheld|dismissed|endorsed|ratified|vetoed|not_approved)$/

/** What is confirmed may still be called off by whoever asked for it. */
const onlyConfirmed = /^confirm(?:ed)?$/

/** Sent back to whoever made it, to be put right. What was lent is returned in another sense. */
const sentBack = /^(?:returned|sent_back|handed_back|changes_requested|needs_changes|incomplete)$/

/** Parts of which a thing consists; what people say about it goes on. */
const lines = /(?:^|_)(?:item|line|position|entry|row|part|detail|receipt|cost|expense|article|product)$/

/** A thing on which others than its maker decide: its states in which it is still the maker's, and how that is said. */
type Decided = { owner: string; field: string; open: string[]; when: string; only: boolean; confirmed: boolean }

/**
 * Keeps what others decided on from being changed by whoever made it: their own rows they change and delete while these are
 * in their first state, or in one from which they can still be handed in. `unlocked`: `Model:op` of what was said to be done
 * at any time. In a change (`before`: what ran) only where the decision is new: what runs stays as it is.
 */
export const keepDecided = (draft: BehaviourDraft, unlocked: ReadonlySet<string>, before?: BehaviourDraft): void => {
  if (!draft.architecture.policies.authn) return
  for (const model of draft.models()) {
    const decided = decidedBy(draft, model)
    if (!decided || (before && wasDecided(before, model))) continue
    const ops = (['update', 'delete'] as const).filter((op) => isTheirs(draft, model, op, decided, unlocked))
    if (ops.length === 0) continue
    lock(model, 'this', ops, decided, messageOf(model, ops, decided))
    if (ops.includes('update')) leaveOperations(draft, model, decided)
    if (ops.includes('update')) for (const each of partsOf(draft, model)) lockPart(each, model, decided)
    const deed = listed(
      ops.map((op) => (op === 'update' ? 'changed' : 'deleted')),
      'and',
    )
    draft.assume(
      `What is decided stays as it was; say “${plural(model.words)} can be ${deed} at any time” if their makers shall still do so.`,
    )
  }
}

/** Takes away again what keeps makers from changing what was decided. Returns whether it was there. */
export const unlock = (draft: BehaviourDraft, model: Found, op: 'update' | 'delete'): boolean => {
  const decided = decidedBy(draft, model)
  if (!decided) return false
  const isLock =
    (path: string) =>
    ({ check }: Requirement): boolean =>
      check.endsWith(isFree(path, decided))
  const found = dropRequired(model.model, op, isLock('this'))
  const other = op === 'update' ? 'delete' : 'update'
  for (const left of model.model.on?.[other]?.require?.filter(isLock('this')) ?? [])
    left.message = messageOf(model, [other], decided)
  if (op === 'update')
    for (const { part, field } of partsOf(draft, model))
      for (const one of ['create', 'update', 'delete'] as const)
        dropRequired(part.model, one, isLock(`this.${field.replace(/_id$/, '')}`))
  return found
}

const wasDecided = (before: BehaviourDraft, { name }: Found): boolean => {
  const model = before.portOf(name)
  return model !== undefined && decidedBy(before, model) !== undefined
}

/** Returns how others decide on a thing; undefined where nobody does, or whoever made it may. */
const decidedBy = (draft: BehaviourDraft, model: Found): Decided | undefined => {
  const { states, fields } = model.model
  const { owner } = model.api
  const field = states && fields[states.field]
  if (!states || !field?.values || !owner) return undefined
  const makers = makersOf(draft, model)
  const steps = Object.entries(states.transitions)
  const theirs = steps.filter(([step]) =>
    holdersOf(draft, model, step).some(({ role, scope }) => makers.includes(role) && isOwn(scope, owner)),
  )
  const decisions = steps.filter(
    ([step, { to }]) => (judging.test(step) || judged.test(to)) && !theirs.some(([name]) => name === step),
  )
  if (decisions.length === 0 || makers.length === 0) return undefined
  const initial = String(field.default ?? field.values[0])
  const ends = new Set(decisions.map(([, { to }]) => to))
  const asked = new Set([initial, ...decisions.flatMap(([, { from }]) => from)].filter((state) => !ends.has(state)))
  const handedIn = theirs.filter(([, { to }]) => asked.has(to)).flatMap(([, { from }]) => from)
  const open = field.values.filter(
    (state) => state === initial || handedIn.includes(state) || (sentBack.test(state) && !isBookingLike(model)),
  )
  const straight = decisions.every(([, { from }]) => from.every((state) => open.includes(state) || ends.has(state)))
  return {
    owner,
    field: states.field,
    open,
    only: !straight,
    when: straight ? words([...ends].filter((state) => !open.includes(state))) : words(open),
    confirmed: decisions.every(([step, { to }]) => onlyConfirmed.test(step) || onlyConfirmed.test(to)),
  }
}

const words = (states: readonly string[]): string =>
  listed(
    states.map((state) => (state === 'draft' ? 'a draft' : state.replaceAll('_', ' '))),
    'or',
  )

const isOwn = (scope: string | undefined, owner: string): boolean =>
  scope === 'own' || scope?.includes(`this.${owner} == me.id`) === true

/** The roles that make such rows and change or delete no others than their own. */
const makersOf = (draft: BehaviourDraft, model: Found): string[] => {
  const makes = new Set(holdersOf(draft, model, 'create').map(({ role }) => role))
  return [...holdersOf(draft, model, 'update'), ...holdersOf(draft, model, 'delete')]
    .filter(({ role, scope }) => makes.has(role) && isOwn(scope, model.api.owner!))
    .map(({ role }) => role)
}

/** Whether makers may do it with what is theirs, whatever became of it, and nothing else was said of when. */
const isTheirs = (
  draft: BehaviourDraft,
  model: Found,
  op: 'update' | 'delete',
  { owner, field, confirmed }: Decided,
  unlocked: ReadonlySet<string>,
): boolean =>
  !unlocked.has(`${model.name}:${op}`) &&
  holdersOf(draft, model, op).some(({ scope }) => isOwn(scope, owner)) &&
  !model.model.on?.[op]?.require?.some(({ check }) => check.includes(`this.${field}`) || isUntil(check)) &&
  !(op === 'delete' && (confirmed || isCalledOff(draft, model)))

/** "Can be withdrawn until the start": until then, whatever was decided. So long after it was made is no such moment. */
const isUntil = (check: string): boolean =>
  !looksBack(check) && looksAtNow(check) && !/this\.(?:created|made)_at/.test(check)

/** Whether deleting is how something is called off, as somebody said that it can be. */
const isCalledOff = ({ architecture }: BehaviourDraft, { model, words }: Found): boolean => {
  if (Object.keys(model.states!.transitions).some((step) => /^(?:cancel|withdraw)/.test(step))) return false
  const thing = words.split(' ').at(-1)!
  return new RegExp(
    `\\b(?:cancel|withdraw|call off|take back) (?:(?:an?|the|their|his|her|its|own|any|all) )*(?:[\\p{L}-]+ )?(?:${thing}|${plural(thing)})\\b`,
    'iu',
  ).test(architecture.system.description)
}

type Part = { part: Found; field: string }

const partsOf = (draft: BehaviourDraft, whole: Found): Part[] => {
  const added = Object.values(whole.model.computed ?? {}).flatMap(({ over }) =>
    over?.take === 'sum' ? [over.from] : [],
  )
  return draft
    .childrenOf(whole)
    .filter(
      ({ model, field }) =>
        model.model.fields[field]!.onDelete === 'cascade' &&
        (lines.test(model.key) || added.includes(`${model.name}.${field}`)),
    )
    .map(({ model, field }) => ({ part: model, field }))
}

/** It is not the caller's, or still open. */
const isFree = (path: string, { owner, field, open }: Decided): string => {
  const state = `${path}.${field}`
  const is = open.length === 1 ? `== '${open[0]}'` : `in [${open.map((one) => `'${one}'`).join(', ')}]`
  return `${path}.${owner} != me.id || ${state} ${is}`
}

const lock = (model: Found, path: string, ops: readonly RowOp[], decided: Decided, message: string): void => {
  const requirement: Requirement = { check: isFree(path, decided), message, status: 409 }
  // Where it was said of what state it must be, that holds for its maker too.
  for (const op of ops)
    if (!model.model.on?.[op]?.require?.some(({ check }) => check.includes(`${path}.${decided.field}`)))
      requireOn(model, op, requirement)
}

/** What comes of it by operations that makers use, such as bringing back what was lent, or by what else they make, changes nothing else. */
const leaveOperations = (draft: BehaviourDraft, model: Found, decided: Decided): void => {
  const isTheir = (endpoint: string, op: string): boolean =>
    endpoint !== model.endpoint || holdersOf(draft, model, op).some(({ scope }) => isOwn(scope, decided.owner))
  const written = new Set(
    writtenBySteps(draft.architecture, model.name).flatMap(({ field, by }) =>
      'hooksOf' in by || isTheir(by.endpoint, by.op) ? [field] : [],
    ),
  )
  if (written.size === 0) return
  const same = Object.entries(model.model.fields).flatMap(([name, { set, key, type }]) =>
    set || key || written.has(name) || name === decided.field || !comparable.test(type) ? [] : [name],
  )
  for (const required of model.model.on?.update?.require ?? [])
    if (required.check === isFree('this', decided)) required.check = `${isStill(same)} || ${required.check}`
}

/** The parts of a thing stay with it: none is added, changed, taken away, or put there from elsewhere. */
const lockPart = ({ part, field }: Part, whole: Found, decided: Decided): void => {
  const path = `this.${field.replace(/_id$/, '')}`
  const message = ofParts(part, whole, decided)
  const said = part.model.on?.update?.require?.some(({ check }) => check.includes(`${path}.${decided.field}`))
  lock(part, path, ['create', 'update', 'delete'], decided, message)
  if (said) return
  const check = `${stays(field)} || ${isFree(path, decided)}`
  requireOn(part, 'update', { check, message, status: 409 })
}

const messageOf = ({ words: thing }: Found, ops: readonly RowOp[], { when, only }: Decided): string => {
  const deed = listed(
    ops.map((op) => (op === 'update' ? 'change' : 'delete')),
    'or',
  )
  return only
    ? `Whoever made ${withArticle(thing)} can ${deed} it only while it is ${when}.`
    : `Once ${withArticle(thing)} is ${when}, its maker can no longer ${deed} it.`
}

const ofParts = (part: Found, whole: Found, { when, only }: Decided): string => {
  const [things, thing] = [plural(part.words), withArticle(whole.words)]
  return only
    ? `Whoever made ${thing} can add, change and delete its ${things} only while it is ${when}.`
    : sentence(`once ${thing} is ${when}, its maker can no longer add, change or delete its ${things}.`)
}
