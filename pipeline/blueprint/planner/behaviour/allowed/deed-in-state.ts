import { negated } from '../../../../expressions/negate.ts'
import { peopleOf, plural, sentence } from '../../language/words.ts'
import { baseVerb } from '../../lexicon/verbs.ts'
import { hasOneOf, holdersOf, letSee } from '../access/holders.ts'
import type { Outcome, Read } from '../behaviour.ts'
import { canonical } from '../canonical.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { requireOn } from '../rules.ts'
import { doerOf, isPeople } from '../states/doers.ts'
import { rolesOf } from '../states/people-of.ts'
import { holdsOf } from './clause.ts'

/** Who may not, or who alone may, change or delete the rows of which something is so. `clause`: "it is in progress". */
type Said = {
  kind: 'nobody' | 'only' | 'not'
  who: string
  verb: string
  thing: string
  clause: string
  /** The words say for sure that it is of some rows: "that are in progress", not "fixed defects". */
  some: boolean
}

const verb = '(?<verb>delete|remove|erase|change|edit|update|modify|alter)'
const done = '(?<verb>deleted|removed|erased|changed|edited|updated|modified|altered)'
const who = '(?:the |an? |all )?(?<who>[\\p{L}-]+(?: [\\p{L}-]+)?(?:(?:, | and | or )(?:the )?[\\p{L}-]+)*)'
const can = '(?:can|may|must|should)'
const never = '(?:can|may|must|should) (?:not|never)'
const article = '(?:an? |the |any |all |their |his |her |their own )?'
/** "Defects that are in progress", "a defect that somebody works on", "defects in progress". */
const some = `${article}(?<thing>[\\p{L}-]+(?: [\\p{L}-]+)??) (?:(?:that|which|who) (?<clause>.{4,60}?)|(?<state>in [\\p{L}-]+|under [\\p{L}-]+|on [\\p{L}-]+))`
/** "A fixed defect". */
const named = `${article}(?:already )?(?<state>[\\p{L}]+(?:[- ][\\p{L}]+)?) (?<thing>[\\p{L}-]+)`
/** What a thing is to somebody is no state of it, and has readers of its own. */
const theirs = /^(?:(?:is|are) )?(?:they|he|she|theirs|belongs?|assigned|owned|not (?:theirs|their|his|her))\b/i

const forms: readonly (readonly [Said['kind'], RegExp])[] = [some, named].flatMap((rows) =>
  (
    [
      ['nobody', `nobody can ${verb} ${rows}`],
      ['only', `only ${who} ${can} ${verb} ${rows}`],
      ['only', `${rows} ${can} only be ${done} by ${who}`],
      ['nobody', `${rows} ${never} be ${done}(?: by any(?:one|body))?`],
      ['not', `${rows} ${never} be ${done} by ${who}`],
      ['not', `${who} ${never} ${verb} ${rows}`],
    ] as const
  ).map(([kind, source]) => [kind, new RegExp(`^${source}$`, 'iu')] as const),
)

/** "Nobody can delete a fixed defect", "only admins can delete defects that are in progress", "tenants cannot change paid bills". */
export const readDeedInState: Read = (said) => {
  const text = canonical(said.trim().replace(/[.!]+$/, '')).replace(/ (?:any ?more|any longer)$/i, '')
  for (const [kind, form] of forms) {
    const found = form.exec(text)?.groups
    if (!found || (kind !== 'nobody' && !isPeople(found.who!)) || theirs.test(found.clause ?? '')) continue
    const clause = found.clause ?? `is ${found.state!}`
    const deed: Said = {
      kind,
      who: found.who ?? '',
      verb: baseVerb(found.verb!.toLowerCase()),
      thing: found.thing!,
      clause: /^(?:is|are|was|were|has|have) /i.test(clause) ? `it ${clause.replace(/^are /i, 'is ')}` : clause,
      some: found.clause !== undefined || /^(?:in|under|on) /i.test(found.state!),
    }
    return { said, rest: [], maybe: true, sure: true, after: 8, apply: (draft) => apply(draft, deed, said) }
  }
  return undefined
}

const apply = (draft: BehaviourDraft, said: Said, words: string): Outcome => {
  const model = draft.findModel(said.thing)
  if (!model || model.name === draft.userModel()?.name) return { unresolved: '' }
  const op = /^(?:delete|remove|erase)$/.test(said.verb) ? 'delete' : 'update'
  const holds = holdsOf(draft, { model, op }, said.clause)
  if (!holds) return { unresolved: said.some ? `Nothing here says of ${plural(model.words)} whether that is so.` : '' }
  const requirement = { message: `${sentence(words.trim().replace(/[.!]+$/, ''))}.`, status: 409 } as const
  if (said.kind === 'nobody') {
    requireOn(model, op, { ...requirement, check: negated(holds) })
    return { understood: [requirement.message], breaks: true }
  }
  if (!draft.architecture.policies.authn) return { unresolved: 'Nobody signs in here.' }
  const roles = rolesOf(draft, said.who)
  if (said.kind === 'only') for (const role of roles) draft.ensureRole(role)
  const holders = [...new Set(holdersOf(draft, model, op).map(({ role }) => role))]
  const known = said.kind === 'only' ? roles : roles.filter((role) => draft.findRole(role) !== undefined)
  if (known.length === 0 || known.length < roles.length)
    return { unresolved: `There are no ${peopleOf(doerOf(said.who) ?? said.who)} here.` }
  const free =
    said.kind === 'only' ? [...roles, 'admin'] : [...holders.filter((role) => !roles.includes(role)), 'admin']
  if (said.kind === 'only') for (const role of roles) letDo(draft, model, op, role, holds, holders)
  requireOn(model, op, { ...requirement, status: 403, check: `${hasOneOf(free)} || ${negated(holds)}` })
  return { understood: [requirement.message], breaks: true }
}

/** Who alone may do it with such rows may do it with these, if not with more. */
const letDo = (
  draft: BehaviourDraft,
  model: Found,
  op: 'update' | 'delete',
  role: string,
  holds: string,
  holders: readonly string[],
): void => {
  if (role === 'admin' || holders.includes(role)) return
  draft.grant(role, model, op, `where ${holds}`)
  letSee(draft, model, role)
}
