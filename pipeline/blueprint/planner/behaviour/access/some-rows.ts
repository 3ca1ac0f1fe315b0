import { negated } from '../../../../expressions/negate.ts'
import { ANYONE } from '../../../names.ts'
import { sentence } from '../../language/words.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { whichRows } from '../lists/which.ts'
import { doerOf, isSomebody } from '../states/doers.ts'
import { alsoWhere, type Holder, holdersOf, letSee, setHolders } from './holders.ts'

const who = '(?<who>(?:the |an? )?[\\p{L}-]+(?: (?!can\\b|may\\b|cannot\\b)[\\p{L}-]+)?)'
const see = '(?:sees?|reads?|views?|looks? at|access(?:es)?|have access to|has access to|finds?)'
const rows =
  '(?:the |any |all |those )?(?<rows>(?!(?:the|an?|who|what|which|how|when|where|whose|why)\\b)[\\p{L}-]+ [\\p{L}-]+(?: [\\p{L}-]+)?)'
const cannot =
  '(?:can ?not|can not|may not|must not|should not|shall not|must never|do not|does not|(?:are|is) not allowed to)'

const patterns: readonly { only: boolean; pattern: RegExp }[] = [
  // "only the office sees fixed defects", "fixed defects are only visible to the office"
  { only: true, pattern: new RegExp(`^only ${who} (?:can |may |should )?(?:be able to )?${see} ${rows}$`, 'iu') },
  { only: true, pattern: new RegExp(`^${rows} (?:can|may|must|should) only be (?:seen|read|viewed) by ${who}$`, 'iu') },
  {
    only: true,
    pattern: new RegExp(
      `^${rows} (?:are|is) (?:only (?:visible|shown|for|seen)|(?:visible|shown|seen) only|for|reserved)(?: to| for| by)? ${who}(?: only)?$`,
      'iu',
    ),
  },
  // "tenants cannot see fixed defects", "fixed defects are hidden from tenants"
  { only: false, pattern: new RegExp(`^${who} ${cannot} ${see} ${rows}$`, 'iu') },
  { only: false, pattern: new RegExp(`^no ${who} (?:can|may) ${see} ${rows}$`, 'iu') },
  {
    only: false,
    pattern: new RegExp(
      `^${rows} (?:are|is) (?:hidden from|not (?:visible|shown|for)(?: to| for)?|invisible (?:to|for)) ${who}$`,
      'iu',
    ),
  },
]
/** Whose rows they are is another question than how they are. */
const whose = /^(?:own|their|his|her|its|my|our|your|other|others|all|any|every|each|these|those|new|same)\b/i

/**
 * "Only the office sees fixed defects", "tenants cannot see fixed defects": rows in some state are kept from people who may
 * see the others.
 */
export const readSomeRows: Read = (said) => {
  for (const { only, pattern } of patterns) {
    const found = pattern.exec(said.trim())?.groups
    if (!found || whose.test(found.rows!) || !isSomebody(found.who!) || doerOf(found.who!) === 'nobody') continue
    const { who, rows } = found
    return {
      said,
      rest: [],
      after: 8,
      apply: (draft) => (only ? keepFor(draft, who!, rows!, said) : keepFrom(draft, who!, rows!, said)),
    }
  }
  return undefined
}

/** The model of "fixed defects", and the condition that is true of all others; else why that is not known. */
const othersThan = (draft: BehaviourDraft, rows: string): { model: Found; rest: string } | { unresolved: string } => {
  const which = whichRows(draft, rows)
  if (!which) return { unresolved: 'It is not clear which entries these are.' }
  return which.condition
    ? { model: which.model, rest: negated(which.condition) }
    : { unresolved: `Nothing here says which ones “${rows}” are.` }
}

const keepFor = (draft: BehaviourDraft, who: string, rows: string, said: string): Outcome => {
  const found = othersThan(draft, rows)
  const role = draft.findRole(who) ?? doerOf(who)
  if ('unresolved' in found) return found
  if (!role) return { unresolved: `It is not clear who “${who}” are.` }
  draft.ensureAccounts()
  draft.ensureRole(role)
  const { model, rest } = found
  if (!narrow(draft, model, rest, (one) => one !== role))
    return { unresolved: 'What they see goes by what it belongs to.' }
  letSee(draft, model, role)
  return { understood: [`${sentence(said)}.`] }
}

const keepFrom = (draft: BehaviourDraft, who: string, rows: string, said: string): Outcome => {
  const found = othersThan(draft, rows)
  const role = draft.findRole(who)
  if ('unresolved' in found) return found
  if (!role) return { unresolved: `It is not clear who “${who}” are.` }
  if (!narrow(draft, found.model, found.rest, (one) => one === role))
    return { unresolved: 'What they see goes by what it belongs to.' }
  return { understood: [`${sentence(said)}.`] }
}

/**
 * Lets some people reach rows only where a condition holds, beside what limits them already: what they do not see they do not
 * change either, as that would show it. False where that cannot be said.
 */
export const narrow = (
  draft: BehaviourDraft,
  model: Found,
  rest: string,
  isMeant: (role: string) => boolean,
): boolean => {
  const ops = ['list', 'read', 'update', 'delete', ...Object.keys(model.model.states?.transitions ?? {})]
  for (const op of ops) {
    const before: Holder[] = [
      ...holdersOf(draft, model, op),
      ...((model.api.public as readonly string[] | undefined)?.includes(op) ? [{ role: ANYONE }] : []),
    ]
    if (before.some(({ role, scope }) => isMeant(role) && scope === 'parent')) return false
    setHolders(
      draft,
      model,
      op,
      before.map((one) => (isMeant(one.role) ? { role: one.role, scope: alsoWhere(model, one.scope, rest) } : one)),
    )
  }
  return true
}
