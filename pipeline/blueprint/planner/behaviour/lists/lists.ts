import { plural, sentence } from '../../language/words.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { conditionFor } from '../places/conditions.ts'
import { namedRoles, rolesThatMay } from '../views/see.ts'
import { filtered, nameOf } from './filtered.ts'
import { byPlacesLeft } from './places-left.ts'
import { type ListSpec, readListSpec } from './read-list.ts'
import { tellsApart, type Which, whichRows } from './which.ts'

/** "Show unpaid orders", "a list of overdue loans", "who has not returned a book yet": what a list can be asked for. */
export const readLists: Read = (said) => {
  const spec = readListSpec(said)
  if (!spec) return undefined
  return {
    said,
    rest: [],
    sure: true,
    // What a row is told apart by may be said later: its states, the steps that lead there.
    after: 6,
    founds: spec.kind === 'rows' ? foundsOf(spec.rows) : [],
    apply: (draft) => (spec.kind === 'rows' ? applyRows(draft, spec.rows) : applyPeople(draft, spec)),
  }
}

const states =
  /^(?:(?:un|not )\p{L}+|paid|open|closed|overdue|late|past|upcoming|future|expired|active|inactive|cancell?ed|pending|approved|rejected|done|finished|completed|incomplete|returned|outstanding|archived|confirmed|answered|resolved|shipped|delivered|sold|today['’]s) (\p{L}+s)$/iu

/** "List all paid orders" and nothing else: there are orders. */
const foundsOf = (rows: string): string[] => {
  const things = states.exec(rows.trim())?.[1]
  return things ? [sentence(things)] : []
}

const applyRows = (draft: BehaviourDraft, rows: string): Outcome => {
  const which = whichRows(draft, rows)
  // Nothing of the kind is stored so far: it may be what is to be.
  if (!which) return { unresolved: '' }
  const { model, words } = which
  if (words === '')
    return draft.changing ? { holds: `${sentence(rows)} are listed by ${model.path}.` } : { unresolved: '' }
  if (which.over) return overRows(which, which.over, rows)
  if (which.of) return { holds: `${sentence(rows)} are listed by ${model.path}?${which.of}={id}.` }
  const left = which.condition ? undefined : byPlacesLeft(draft, model, words, rows)
  if (left) return left
  if (!which.condition)
    return {
      unresolved: tellsApart(words) ? `Nothing here says of ${plural(model.words)} whether they are “${words}”.` : '',
    }
  return filtered(model, which.condition, words, rows)
}

const overRows = (
  { model }: Which,
  { child, field, where, not }: NonNullable<Which['over']>,
  rows: string,
): Outcome => {
  const name = nameOf(model, /rent|hire/.test(child.key) ? 'rented' : 'lent')
  const told = `${sentence(rows)} are listed by ${model.path}?${name}=${!not}.`
  const over = { take: 'exists' as const, from: `${child.name}.${field}`, where }
  if (model.model.computed?.[name]?.over?.where === where) return { holds: told }
  model.model.computed = { ...model.model.computed, [name]: { type: 'bool', over } }
  const { list } = model.api
  if (list && !list.filter.includes(name)) list.filter.push(name)
  return { understood: [told] }
}

/** "Who has not paid": the rows that name them, of which it is so. */
const applyPeople = (
  draft: BehaviourDraft,
  { done, not, object, who }: Extract<ListSpec, { kind: 'people' }>,
): Outcome => {
  const about = object ? draft.findModel(object) : undefined
  const words = `${not ? 'not ' : ''}${participle(done)}`
  const fitting = draft.models().filter((model) => {
    if (conditionFor(model, words, 'this') === undefined || !namesPeople(draft, model)) return false
    return !about || model.name === about.name || draft.refFrom(model, about) !== undefined
  })
  const [model, other] = fitting
  if (!model || other) return { unresolved: 'It is not clear which entries say that.' }
  const outcome = filtered(model, conditionFor(model, words, 'this')!.text, words, `${plural(model.words)} ${words}`)
  return who ? seenBy(draft, model, who, outcome) : outcome
}

const participle = (done: string): string =>
  ({
    pay: 'paid',
    return: 'returned',
    borrow: 'borrowed',
    answer: 'answered',
    bring: 'brought back',
    sign: 'signed',
    hand: 'handed in',
  })[done] ?? done

const namesPeople = (draft: BehaviourDraft, model: Found): boolean =>
  model.api.owner !== undefined ||
  Object.keys(model.model.fields).some((name) =>
    /(?:^|_)(?:user|owner|member|person|student|customer|tenant|guest|client|patient|employee|player|borrower|reader|resident|pupil)_id$/.test(
      name,
    ),
  ) ||
  draft.userModel() === undefined

/** Who is to see the list may see the rows. */
const seenBy = (draft: BehaviourDraft, model: Found, who: string, outcome: Outcome): Outcome => {
  const roles = namedRoles(who.replace(/^only /i, ''))
  const missing = roles.filter((role) => role !== 'admin' && !rolesThatMay(draft, model, 'list').includes(role))
  if (missing.length === 0) return outcome
  for (const role of missing) {
    draft.ensureRole(role)
    draft.grant(role, model, 'list')
    draft.grant(role, model, 'read')
  }
  const told = 'holds' in outcome ? [outcome.holds] : 'understood' in outcome ? outcome.understood : []
  return { understood: [`${sentence(who)} can see ${plural(model.words)}.`, ...told] }
}
