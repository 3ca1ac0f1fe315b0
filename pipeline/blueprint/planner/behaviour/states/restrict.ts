import { negated } from '../../../../expressions/negate.ts'
import { wordsOfExpression } from '../../../../expressions/words.ts'
import { toWords } from '../../../names.ts'
import { listed, peopleOf, plural, sentence } from '../../language/words.ts'
import { conditionOfScope, type Holder, hasOneOf, holdersOf, letSee, setHolders } from '../access/holders.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { conditionFor } from '../places/conditions.ts'
import { requireOnStep } from '../rules.ts'
import type { Actors } from './spec.ts'

/** A step that a role loses; administrators keep it. */
export const takeFrom = (draft: BehaviourDraft, model: Found, op: string, roles: readonly string[]): string => {
  setHolders(
    draft,
    model,
    op,
    holdersOf(draft, model, op).filter(({ role }) => !roles.includes(role)),
  )
  const names = listed(roles.map(peopleOf))
  return `${sentence(names)} may not ${toWords(op)} ${plural(model.words)}.`
}

/** Keeps everybody else from a step on some rows; undefined where it is not clear which these are. */
export const keepRows = (
  draft: BehaviourDraft,
  model: Found,
  op: string,
  roles: readonly string[],
  { rows, whose }: { rows: string; whose: Actors['whose'] },
): string | undefined => {
  const which = rows.slice(
    rows.search(/ (?:with|of|over|above|below|under|whose|that|which|worth|from|up|more|less|older|at)\b/i),
  )
  const condition = conditionFor(model, which, 'this') ?? measured(model, which)
  const holders = holdersOf(draft, model, op)
  if (!condition || roles.length === 0 || holders.some(({ scope }) => scope === 'parent')) return undefined
  for (const role of roles) draft.ensureRole(role)
  const within = (some: readonly Holder[], text: string): Holder[] =>
    some.map(({ role, scope }) => {
      const held = conditionOfScope(model, scope)
      return { role, scope: `where ${held ? `(${held}) && (${text})` : text}` }
    })
  const [these, rest] = [true, false].map((is) => holders.filter(({ role }) => roles.includes(role) === is))
  const names = listed(roles.map(peopleOf))
  if (whose !== 'seen') {
    // Who is said to do it for some rows does it, also where nobody said so before.
    const fresh: Holder[] =
      whose === 'never'
        ? []
        : roles
            .filter((role) => !these!.some((one) => one.role === role))
            .map((role) => ({ role, scope: `where ${condition.text}` }))
    setHolders(draft, model, op, [
      ...rest!,
      ...within(these!, whose === 'never' ? negated(condition.text) : condition.text),
      ...fresh,
    ])
    for (const { role, scope } of fresh) letSee(draft, model, role, scope)
    return `${sentence(names)} may ${whose === 'never' ? 'not ' : ''}${toWords(op)} ${rows}${whose === 'never' ? '' : ' and no others'}.`
  }
  const kept = holders.filter(({ role }) => roles.includes(role))
  const added = roles
    .filter((role) => !kept.some((one) => one.role === role))
    .map((role) => ({ role, scope: `where ${condition.text}` }))
  const those = `${plural(model.words)} where ${wordsOfExpression(condition.text)}`
  const message = `Only ${listed([...roles, 'admin'].map(peopleOf))} may ${toWords(op)} ${those}.`
  // Required of the step, so that rights that are given or narrowed later leave it as it is.
  if (model.model.states?.transitions[op]) {
    const check = `${hasOneOf([...roles, 'admin'])} || ${negated(condition.text)}`
    requireOnStep(model, op, { check, message, status: 403 })
    setHolders(draft, model, op, [...holders, ...added])
  } else setHolders(draft, model, op, [...within(rest!, negated(condition.text)), ...kept, ...added])
  for (const { role, scope } of added) letSee(draft, model, role, scope)
  return message
}

const isMoney = /(?:^|_)(?:amount|total|sum|price|cost|costs|value|fee|budget|net|gross)$/

/** "Claims over 500": by the one number that they have, or the one that is money. */
const measured = (model: Found, which: string): ReturnType<typeof conditionFor> => {
  const all = Object.entries(model.model.fields).flatMap(([name, { type }]) =>
    ['int', 'float', 'decimal'].includes(type) ? [name] : [],
  )
  const numbers = all.length > 1 ? all.filter((name) => isMoney.test(name)) : all
  const amount =
    /(?<sign>over|above|more than|below|under|less than|up to|from|at least|at most) (?<number>-?\d+(?:\.\d+)?)/i.exec(
      which,
    )
  if (numbers.length !== 1 || !amount) return undefined
  const sign = /^(?:over|above|more)/i.test(amount[1]!)
    ? '>'
    : /^(?:below|under|less)/i.test(amount[1]!)
      ? '<'
      : /^(?:up|at most)/i.test(amount[1]!)
        ? '<='
        : '>='
  return conditionFor(model, `${toWords(numbers[0]!)} ${spoken[sign]} ${amount[2]}`, 'this')
}

const spoken = { '>': 'above', '<': 'below', '<=': 'of at most', '>=': 'of at least' } as const
