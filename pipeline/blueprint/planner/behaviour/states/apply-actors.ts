import { toWords } from '../../../names.ts'
import { listed, plural, sentence, withArticle } from '../../language/words.ts'
import { takesBack } from '../../lexicon/verbs.ts'
import { ensureOwner, holdersOf, peopleRoles, setHolders, signUpRolesOf } from '../access/holders.ts'
import { keepMakersFrom } from '../access/keep-makers.ts'
import type { Outcome } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { rolesThatMay } from '../views/see.ts'
import { byMakers, dropField } from './apply-sequence.ts'
import { doerOf, withoutLead } from './doers.ts'
import { isMaker, partsOf, rolesOf, whoMade } from './people-of.ts'
import { isOfPeople } from './plain-step.ts'
import { keepRows, takeFrom } from './restrict.ts'
import { applyHandOut, applyReturn, type Lending } from './returns.ts'
import type { Actors } from './spec.ts'
import { nameStates, stepOf } from './step-of.ts'
import { isDecision } from './verbs.ts'

/** Words for a decision, which the ordinary reader knows with their usual states. */
const decides = /^(?:approve|accept|grant|confirm|reject|decline|refuse|deny)$/

/** Lets people take steps, and nobody else; "not their own" keeps makers from deciding on what they made. */
export const applyActors = (draft: BehaviourDraft, { who, acts, whose, rows, only, unclear }: Actors): Outcome => {
  const understood: string[] = []
  const missing: { verb: string; thing: string }[] = []
  nameStates(draft, acts)
  for (const { verb, thing } of acts) {
    // "Claims over 1000 can only be approved by a manager" speaks of a decision, also where nothing else does.
    const decided = isDecision(acts, thing) || (rows !== undefined && whose !== 'never' && decides.test(verb))
    const found = stepOf(draft, verb, thing, { kept: only === true, decides: decided })
    if (!found) {
      const returned = whose !== 'others' && whose !== 'never' && !rows ? lendingOf(draft, verb, thing) : undefined
      if (!returned) {
        const known = takesBack.has(verb) && mayDeleteTheirs(draft, thing, who)
        if (known) return { unresolved: '' }
        missing.push({ verb, thing })
        continue
      }
      understood.push(returned.understood)
      if (only)
        understood.push(allow(draft, returned.model, returned.op, who, 'all'), ...leaveAlone(draft, returned, who))
      continue
    }
    const { model, ops } = found
    if (draft.noAccounts && whoMade(draft, who, whose))
      return { unresolved: 'Without accounts nobody knows whose they are.' }
    for (const op of ops) {
      if (rows !== undefined) {
        const kept = keepRows(draft, model, op, rolesOf(draft, who), { rows, whose })
        if (kept === undefined) return { unresolved: `I do not know which ${plural(model.words)} are “${rows}”.` }
        understood.push(kept)
      } else if (whose === 'others') understood.push(...keepMakersOut(draft, model, op))
      else if (whose === 'never') understood.push(takeFrom(draft, model, op, rolesOf(draft, who)))
      else if (draft.noAccounts && !only) understood.push(openToAll(draft, model, op, who))
      else understood.push(allow(draft, model, op, who, whose === 'seen' && isOfPeople(draft, thing) ? 'all' : whose))
    }
  }
  const why = missing.map(({ verb, thing }) => `I know no step “${toWords(verb)}” of “${thing}”.`)
  // What is decided may have its states from what is read next.
  const all = missing.length === acts.length || only || missing.some(({ verb }) => decides.test(verb))
  if (missing.length > 0 && all) return { unresolved: why[0]! }
  for (const [at, { verb, thing }] of missing.entries())
    draft.lose(`Not built: “${toWords(verb)} ${thing}”. ${why[at]}`)
  if (unclear) draft.lose(`It is not clear whom “${unclear}” means, so only admins may ${actsInWords(acts)}.`)
  return { understood: [...new Set(understood)] }
}

/** "approve and reject claims, and publish reports". */
const actsInWords = (acts: Actors['acts']): string =>
  listed(
    [...Map.groupBy(acts, ({ thing }) => thing)].map(
      ([thing, some]) => `${listed(some.map(({ verb }) => toWords(verb)))} ${thing}`,
    ),
  )

/** Without accounts nobody knows who is who: whoever reaches the system takes the step. “Only” asks for accounts all the same. */
const openToAll = (draft: BehaviourDraft, model: Found, op: string, who: string): string => {
  const deed = `${toWords(op)} ${plural(model.words)}`
  draft.assume(`Without a login nobody knows who ${plural(withoutLead(who).toLowerCase())} are: everybody may ${deed}.`)
  return `Everybody may ${deed}.`
}

const lendingOf = (draft: BehaviourDraft, verb: string, thing: string): Lending | undefined =>
  verb === 'return' ? applyReturn(draft, thing) : verb === 'hand_out' ? applyHandOut(draft, thing) : undefined

/** Whoever does not hand out or take back does not do it by changing or deleting the loan either. */
const leaveAlone = (draft: BehaviourDraft, { model, op }: Lending, who: string): string[] => {
  const roles = rolesOf(draft, who)
  for (const one of ['update', 'delete'] as const)
    setHolders(
      draft,
      model,
      one,
      holdersOf(draft, model, one).filter(({ role }) => roles.includes(role)),
    )
  return [`Nobody else may ${toWords(op)} what was lent, nor change or delete ${plural(model.words)}.`]
}

/** Where nothing is a state, what is taken back is deleted. */
const mayDeleteTheirs = (draft: BehaviourDraft, thing: string, who: string): boolean => {
  const roles = rolesOf(draft, who)
  const own = (model: Found): boolean =>
    roles.every((role) => holdersOf(draft, model, 'delete').some((one) => one.role === role && one.scope === 'own'))
  // "Patients can withdraw": what they themselves made.
  if (/^(?:it|they|them)$/i.test(thing)) return roles.length > 0 && draft.models().some(own)
  const model = draft.findModel(thing)
  return (
    model !== undefined &&
    roles.length > 0 &&
    roles.every((role) => rolesThatMay(draft, model, 'delete').includes(role))
  )
}

/** Whether somebody makes such rows by signing up and changes none but their own. */
const ownsOnly = (draft: BehaviourDraft, model: Found, role: string): boolean => {
  const of = (op: string): (string | undefined)[] =>
    holdersOf(draft, model, op).flatMap((one) => (one.role === role ? [one.scope] : []))
  return (
    signUpRolesOf(draft).includes(role) &&
    of('create').length > 0 &&
    of('update').length > 0 &&
    of('update').every((scope) => scope === 'own')
  )
}

/** How far a role sees the rows, where it does not see all of them. */
const seenBy = (draft: BehaviourDraft, model: Found, role: string): string[] => {
  if (model.api.public?.includes('read')) return []
  const scopes = holdersOf(draft, model, 'read').flatMap((one) => (one.role === role ? [one.scope] : []))
  return scopes.some((scope) => scope === undefined) ? [] : scopes.filter((scope) => scope !== undefined)
}

const allow = (draft: BehaviourDraft, model: Found, op: string, who: string, whose: Actors['whose']): string => {
  const party = partyOf(draft, model, who)
  if (party) {
    const people = peopleRoles(draft)
    draft.grantToNamed(
      model,
      op,
      people.map((role) => ({ role, scope: party })),
    )
    for (const role of people) for (const see of ['list', 'read']) draft.grant(role, model, see, party)
    return `Only the ${toWords(doerOf(who)!)} of ${withArticle(model.words)} may ${toWords(op)} it.`
  }
  const made = whoMade(draft, who, whose)
  if (made) draft.ensureAccounts()
  const roles = rolesOf(draft, who)
  const crowd = /^(?:user|signed|everyone|we|owner)$/.test(doerOf(who) ?? '')
  const nameFor = (role: string): string | undefined =>
    crowd || partsOf(who).some((one) => isMaker(draft, one)) ? undefined : namedBy(draft, model, role)
  if (made && (roles.length === 0 || !roles.every(nameFor))) ensureOwner(draft, model)
  const makers = new Set(
    rolesOf(
      draft,
      partsOf(who).filter((one) => isMaker(draft, one)),
    ),
  )
  const named = new Set(
    rolesOf(
      draft,
      partsOf(who).filter((one) => !isMaker(draft, one)),
    ),
  )
  const words = `${sentence(plural(withoutLead(who).toLowerCase()))} may ${toWords(op)} ${whose === 'own' ? 'their own ' : ''}${plural(model.words)}.`
  if (!draft.architecture.policies.authn && roles.length === 0) {
    draft.grantOnly(model, op, [])
    return words
  }
  for (const role of roles) draft.ensureRole(role)
  const owner = model.api.owner
  const assigned = Object.keys(model.model.fields).find((name) =>
    /^(?:assignee|assigned|assigned_to|\w*assessor|\w*agent|handler)(?:_id)?$/.test(name),
  )
  if (whose === 'assigned' && !assigned && roles.length === 1 && draft.userModel())
    draft.ensureRef(model, draft.userModel()!, { field: `${roles[0]}_id`, optional: true })
  const signUp = signUpRolesOf(draft)
  // What is taken back is one's own, but for staff that is named for it.
  const theirs = (role: string): boolean =>
    whose === 'own' || (makers.has(role) && !named.has(role)) || (whose === 'usual' && (crowd || signUp.includes(role)))
  const scopeFor = (role: string): string | undefined =>
    theirs(role) && (owner || nameFor(role))
      ? (nameFor(role) ?? 'own')
      : whose === 'assigned'
        ? (assigned ?? (roles.length === 1 ? `${roles[0]}_id` : undefined))
        : undefined
  draft.grantToNamed(
    model,
    op,
    roles.flatMap((role) => {
      const scope = scopeFor(role)
      const seen = whose === 'seen' ? seenBy(draft, model, role) : []
      // Makers send in, close or withdraw what they made, also where they see everybody's.
      if (whose === 'seen' && seen.length === 0 && byMakers.test(op) && ownsOnly(draft, model, role))
        return [{ role, scope: 'own' }]
      if (scope) return [{ role, scope }]
      return seen.length > 0 ? seen.map((one) => ({ role, scope: one })) : [{ role }]
    }),
  )
  for (const role of roles)
    if (!rolesThatMay(draft, model, 'read').includes(role) && !model.api.public?.includes('read'))
      for (const see of ['list', 'read']) draft.grant(role, model, see, scopeFor(role))
  return words
}

/** The lessons of a pupil who does not make them are those that name that pupil. */
const namedBy = (draft: BehaviourDraft, model: Found, role: string): string | undefined => {
  const field = `${role}_id`
  const account = draft.userModel()
  const makes = holdersOf(draft, model, 'create').some((one) => one.role === role && one.scope !== field)
  return account && !makes && model.model.fields[field]?.type === `ref(${account.name}.id)` ? field : undefined
}

/** "The assignee", where tasks have one: the field that refers to this account; a text that was to name it becomes one. */
const partyOf = (draft: BehaviourDraft, model: Found, who: string): string | undefined => {
  const role = /^(?:only )?the [\p{L}-]+$/iu.test(who.trim()) ? doerOf(who) : undefined
  if (role === undefined || draft.findRole(who) !== undefined || isMaker(draft, who)) return undefined
  const field = `${role}_id`
  const { fields } = model.model
  if (fields[role]?.type === 'string' && !draft.changing && !draft.exactModel(role)) {
    const user = draft.ensureAccounts()
    dropField(model, role)
    return draft.ensureRef(model, user, { field, optional: true })
  }
  const account = draft.userModel()
  return account && fields[field]?.type === `ref(${account.name}.id)` ? field : undefined
}

/** Nobody does it to what they made themselves. */
const keepMakersOut = (draft: BehaviourDraft, model: Found, op: string): string[] => {
  const maker = model.api.owner ?? makers.find((name) => model.model.fields[name])
  if (!maker || !draft.architecture.policies.authn) return []
  return [keepMakersFrom(model, op, maker)]
}

const makers = ['requested_by_id', 'created_by_id', 'author_id', 'submitted_by_id', 'requester_id', 'claimant_id']
