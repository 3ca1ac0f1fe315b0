import { toWords } from '../../../names.ts'
import { listed, peopleOf, plural, sentence, withArticle } from '../../language/words.ts'
import { holdersOf } from '../access/holders.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { applyActors } from '../states/apply-actors.ts'
import { transitionsOf } from '../states/apply-sequence.ts'
import { rolesOf } from '../states/people-of.ts'
import { rolesThatMay } from '../views/see.ts'
import { type Assigning, readAssigning } from './read-assigning.ts'

/** Reads who assigns people to things. Carried out when it is known who sees and changes what. */
export const readAssignments: Read = (said) => {
  const found = readAssigning(said)
  if (!found) return undefined
  // Who assigns has to do with the things: which ones is what the ordinary reader is to know.
  const implies = pronoun.test(found.thing) ? [] : [`${found.who} can update ${plural(found.thing)}`]
  return { said, rest: [], implies, sure: true, after: 5, apply: (draft) => assign(draft, found) }
}

const pronoun = /^(?:it|them|they)$/i

const assign = (draft: BehaviourDraft, said: Assigning): Outcome => {
  const account = draft.userModel()?.name
  const model = pronoun.test(said.thing) ? spokenOf(draft) : draft.findModel(said.thing)
  if (!model || model.name === account)
    return { unresolved: `There is no “${said.thing}” that ${plural(toWords(said.person))} could be assigned to.` }
  const stored = draft.exactModel(said.person)
  if (!stored && draft.noAccounts)
    return { unresolved: `Without accounts there are no ${plural(toWords(said.person))} to assign.` }
  const assigners = draft.noAccounts ? [] : rolesOf(draft, said.who)
  for (const role of assigners) draft.ensureRole(role)
  if (!stored) draft.ensureRole(said.person)
  const target = stored ?? draft.ensureAccounts()
  // A step of that name is theirs too: "a job is new, then assigned".
  if (transitionsOf(model.model, 'assign').length > 0)
    applyActors(draft, { who: said.who, acts: [{ verb: 'assign', thing: model.words }], whose: 'seen' })
  if (said.into && stored) return putInto(draft, stored, model, assigners)
  // Without accounts everybody may: the thing says who it is.
  if (!draft.architecture.policies.authn && said.one) draft.ensureRef(model, target, { optional: true })
  const there = draft.refFrom(model, target, said.person)
  const person = toWords(said.person)
  if (there && (stored || there === `${said.person}_id`)) return byField(draft, model, there, assigners, person)
  return byRows(draft, model, target, said, assigners)
}

/** The things of which was spoken last; of manuscripts and those who read them, the manuscripts. */
const spokenOf = (draft: BehaviourDraft): Found | undefined => {
  const models = draft.models()
  return draft.it() ?? (models.length === 1 ? models[0] : undefined)
}

/** The thing says itself who it is assigned to: whoever may change it may change that. */
const byField = (
  draft: BehaviourDraft,
  model: Found,
  field: string,
  assigners: readonly string[],
  person: string,
): Outcome => {
  for (const role of assigners)
    for (const op of ['list', 'read', 'update'])
      if (!rolesThatMay(draft, model, op).includes(role)) draft.grant(role, model, op)
  const others = [...new Set(holdersOf(draft, model, 'update').map(({ role }) => role))].filter(
    (role) => !assigners.includes(role),
  )
  if (others.length > 0)
    draft.assume(
      `Whoever may change ${plural(model.words)} may also change the ${person}: ${listed(others.map(peopleOf))} too.`,
    )
  return {
    understood: [`${sentence(withArticle(model.words))} says who its ${toWords(field.replace(/_id$/, ''))} is.`],
  }
}

/** People who are only written down say which team they are in. */
const putInto = (draft: BehaviourDraft, people: Found, group: Found, assigners: readonly string[]): Outcome => {
  draft.ensureRef(people, group, { optional: true })
  for (const role of assigners)
    for (const op of ['list', 'read', 'update'])
      if (!rolesThatMay(draft, people, op).includes(role)) draft.grant(role, people, op)
  return { understood: [`${sentence(withArticle(people.words))} says to which ${group.words} it belongs.`] }
}

/** Rows between the thing and people, which only those who assign may make and take away. */
const byRows = (
  draft: BehaviourDraft,
  model: Found,
  target: Found,
  { person, one }: Assigning,
  assigners: readonly string[],
): Outcome => {
  const [of, field] = [`${model.key}_id`, `${person}_id`]
  const rows = draft.ensureModel(
    `${model.key}_assignment`,
    {},
    {
      refs: [
        { to: model, field: of, onDelete: 'cascade' },
        { to: target, field, onDelete: 'cascade' },
      ],
      parent: of,
      ...(one ? {} : { unique: [[of, field]] }),
      ungranted: draft.architecture.policies.authn !== undefined,
    },
  )
  if (one) rows.model.fields[of]!.unique = true
  if (!draft.architecture.policies.authn)
    return {
      understood: [`${sentence(plural(toWords(person)))} are assigned to ${plural(model.words)} (${rows.path}).`],
    }
  for (const op of ['create', 'update', 'delete'])
    draft.grantOnly(
      rows,
      op,
      assigners.map((role) => ({ role })),
    )
  const isAccount = target.name === draft.userModel()?.name
  for (const op of ['list', 'read']) {
    for (const role of ['admin', ...assigners]) draft.grant(role, rows, op)
    for (const role of assigners) if (!rolesThatMay(draft, model, op).includes(role)) draft.grant(role, model, op)
    for (const { role, scope } of holdersOf(draft, model, op))
      draft.grant(role, rows, op, scope === undefined ? undefined : 'parent')
    if (!isAccount) continue
    const sees = rolesThatMay(draft, model, op).includes(person)
    draft.grant(person, rows, op, field)
    if (!sees) draft.grant(person, model, op, `where ${rows.name}.exists(a, a.${of} == this.id && a.${field} == me.id)`)
    // Who chooses among people sees who there is.
    for (const role of assigners) draft.grant(role, target, op)
  }
  const names = listed(assigners.map(peopleOf))
  return {
    understood: [
      `Only ${names} assign ${plural(toWords(person))} to ${plural(model.words)}${one ? ', one at most' : ''} (${rows.path}).`,
    ],
  }
}
