import type { Requirement } from '../../../../../schemas/generated/architecture.ts'
import { wordsOfRole } from '../../../role-words.ts'
import { peopleOf, sentence } from '../../language/words.ts'
import { baseVerb } from '../../lexicon/verbs.ts'
import { holdersOf, letSee, signUpRolesOf } from '../access/holders.ts'
import { looksAtNow } from '../as-it-was.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import { matching, pattern } from '../phrases.ts'
import { doerOf } from '../states/doers.ts'
import { type Target, targetOf } from './target.ts'

const always: readonly RegExp[] = [
  '(?:an? |the |all |our )?{who:2} <can> always (?<verb>cancel|call off|withdraw|move|reschedule|book|register|order|borrow|rent|sign up|submit)(?: (?:an? |the |any |all |every |each )*{thing:2})?',
].map(pattern)

/**
 * Reads for whom terms that hold for others do not: "the reception can always cancel", in whichever words. They get the
 * right besides, to all rows where they are no people who sign up.
 */
export const readExempt: Read = (said) => {
  const found = matching(always, said.trim().replace(/[.!]+$/, ''))?.groups
  const role = found ? doerOf(found.who!) : undefined
  if (!found || !role || /^(?:everyone|nobody|we|owner|user)$/.test(role)) return undefined
  return {
    said,
    rest: [],
    implies: ['With user accounts'],
    // The terms of the others are known by then.
    after: 8,
    sure: true,
    alone: true,
    apply: (draft) => exempt(draft, role, baseVerb(found.verb!.toLowerCase()), found.thing),
  }
}

const exempt = (draft: BehaviourDraft, said: string, verb: string, thing: string | undefined): Outcome => {
  const target = targetOf(draft, { who: undefined, verb: /^(?:move|reschedule)$/.test(verb) ? 'change' : verb, thing })
  if (!target || draft.noAccounts) return { unresolved: `It is not known what people here ${verb}.` }
  const role = draft.findRole(said) ?? said
  const { model, step } = target
  const op = step ?? target.op
  draft.ensureRole(role)
  const own = model.api.owner !== undefined && signUpRolesOf(draft).includes(role)
  const may = holdersOf(draft, model, op).some((one) => one.role === role && (own || one.scope === undefined))
  if (!may && role !== 'admin') draft.grant(role, model, op, own ? 'own' : undefined)
  if (!own && role !== 'admin') letSee(draft, model, role)
  const freed = termsOf(target).filter(({ check }) => looksAtNow(check) && !check.includes(`'${role}' in me.roles`))
  const messages = new Set(freed.map(({ message }) => message))
  // What is asked of a new row is asked of its time when it is moved too.
  const moved =
    op === 'create' ? (model.model.on?.update?.require ?? []).filter((one) => messages.has(one.message)) : []
  for (const terms of [...freed, ...moved]) free(terms, role)
  if (may && freed.length === 0) return { holds: `${sentence(peopleOf(role))} can do so at any time already.` }
  return { understood: [`${sentence(peopleOf(role))} can always ${verb} ${thing ?? 'them'}.`] }
}

/** What is asked before the deed of a target. */
export const termsOf = ({ model, op, step }: Target): Requirement[] =>
  (step ? model.model.states!.transitions[step]!.require : op === 'step' ? undefined : model.model.on?.[op]?.require) ??
  []

/** The roles for which terms of time do not hold. */
export const freedRoles = (terms: readonly Requirement[]): string[] => [
  ...new Set(
    terms
      .filter(({ check }) => looksAtNow(check))
      .flatMap(({ check }) => [...check.matchAll(/'(\w+)' in me\.roles \|\| /g)].map(([, role]) => role!)),
  ),
]

/** Lets a role do what others may only do on some terms. */
export const free = (terms: Requirement, role: string): void => {
  const { check } = terms
  terms.check = `'${role}' in me.roles || ${check.includes('&&') ? `(${check})` : check}`
  const plain = terms.message.replace(/\.$/, '')
  terms.message = `${plain}${/ always$/.test(plain) ? '' : '; '}${wordsOfRole(role)} always.`
}
