import { ANYONE } from '../../../names.ts'
import { listed, peopleOf, plural, sentence, withArticle } from '../../language/words.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { conditionFor } from '../places/conditions.ts'
import { findField } from '../places/fields.ts'
import { findPhrase } from '../places/phrase.ts'
import { holdersOf, peopleRoles, setHolders, signUpRolesOf, staffWith } from './holders.ts'
import {
  belongs,
  ensureMembership,
  leadersOf,
  listsMembers,
  type Membership,
  membershipOf,
  pathTo,
  settle,
} from './membership.ts'
import { type GroupRight, readGroupRights } from './read-group.ts'

/** "Only members of a committee may read its minutes": rights of those who belong to a group. */
export const readGroups: Read = (said) => {
  const members = readMembers(said)
  if (members) return members
  const rights = readGroupRights(said)
  if (rights.length === 0) return undefined
  return {
    said,
    rest: ['With user accounts'],
    after: 1,
    apply: (draft) => {
      const understood: string[] = []
      const assumptions: string[] = []
      const unsaid: string[] = []
      for (const right of rights) {
        const outcome = applyGroup(draft, right)
        if (!('understood' in outcome)) return outcome
        understood.push(...outcome.understood)
        assumptions.push(...(outcome.assumptions ?? []))
        if (outcome.unsays) unsaid.push(outcome.unsays.source)
      }
      return { understood, assumptions, ...(unsaid.length > 0 ? { unsays: new RegExp(unsaid.join('|'), 'i') } : {}) }
    },
  }
}

const hasMembers =
  /^(?:an?|each|every|the)? ?([\p{L}-]+(?: [\p{L}-]+)?) (?:has|have) (?:several |many |some |its |their )?members$/iu
const memberRoles =
  /^(?:an?|each|every|the) (?:[\p{L}-]+ )?member (?:of (?:an?|the) [\p{L} -]{2,30} )?(?:is|can be|may be|is called) (?:either )?(?:an? |the )?(.+)$/iu

/** "A committee has members", "a member is a chair or an ordinary member": who belongs to a group, and as what. */
const readMembers: Read = (said) => {
  const group = hasMembers.exec(said.trim())
  if (group)
    return {
      said,
      rest: [],
      apply: (draft) => {
        const model = draft.findModel(group[1]!)
        if (!draft.userModel() || !model || draft.exactModel('member'))
          return { unresolved: 'Members are described elsewhere.' }
        const membership = ensureMembership(draft, model, [])
        return {
          understood: [
            `${sentence(withArticle(model.words))} has members, who have accounts (${membership.model.path}).`,
            ...(membership.fresh ? settle(draft, membership) : []),
          ],
        }
      },
    }
  const roles = memberRoles.exec(said.trim())
  const names = roles?.[1]?.split(/\s*,\s*(?:or\s+)?|\s+or\s+/i).map((one) =>
    one
      .trim()
      .toLowerCase()
      .replace(/^(?:an?|the|just an?) /, '')
      .replace(/^(?:ordinary|normal|plain|regular|simple|usual|common) /, ''),
  )
  if (!names || names.length < 2 || names.some((name) => !/^[a-z]+(?:[ -][a-z]+)?$/.test(name))) return undefined
  return {
    said,
    rest: [],
    apply: (draft) => {
      const group = draft.models().find((model) => membershipOf(draft, model) !== undefined)
      if (!group) return { unresolved: 'Nothing has members with accounts.' }
      ensureMembership(
        draft,
        group,
        names.filter((name) => name !== 'member').map((name) => name.replace(/[ -]/g, '_')),
      )
      return {
        understood: [
          `A member of ${withArticle(group.words)} is ${listed(
            names.map((name) => withArticle(name)),
            'or',
          )}.`,
        ],
      }
    },
  }
}

const applyGroup = (draft: BehaviourDraft, right: GroupRight): Outcome => {
  const found = groupMeant(draft, right)
  if (!found) return ofNoGroup(draft, right) ?? { unresolved: 'It is not clear which group is meant.' }
  const { group, object, which } = found
  const path = object ? (pathTo(draft, object, group) ?? theirs(draft, right, object, group)) : 'this.id'
  if (!path) return { unresolved: `${object!.words} entries do not belong to ${withArticle(group.words)}.` }
  const plain = right.people.includes('member')
  const membership = ensureMembership(
    draft,
    group,
    right.people.filter((one) => one !== 'member'),
  )
  if (!plain && membership.roleField === undefined)
    return {
      unresolved: `Nothing says who are the ${listed(right.people.map(plural))} of ${withArticle(group.words)}.`,
    }
  const told = membership.fresh ? settle(draft, membership) : []
  if (!object) return { understood: [...manageMembers(draft, membership, right), ...told] }
  const roles = peopleRoles(draft)
  const scope = belongs(membership, path, plain ? [] : right.people)
  const free = which ? conditionFor(object, `not ${which}`, 'this') : undefined
  const wide = free ? `where ${free.text} || ${scope.slice(6)}` : scope
  for (const op of right.ops) {
    const reading = op === 'list' || op === 'read'
    const staff = right.only ? [] : staffWith(draft, object, op)
    const kept = holdersOf(draft, object, op).filter(
      (one) =>
        staff.includes(one.role) ||
        (one.scope !== undefined &&
          one.scope !== 'parent' &&
          !(right.only && reading) &&
          (plain || !one.scope.startsWith('where '))),
    )
    setHolders(draft, object, op, [
      ...(right.only ? [] : kept),
      ...roles.filter((role) => !staff.includes(role)).map((role) => ({ role, scope: wide })),
    ])
  }
  const follows = plain ? narrowRest(draft, object, right, scope, roles) : []
  const who = `${right.only ? 'only ' : ''}${listed(right.people.map(peopleOf))} of ${withArticle(group.words)}`
  return {
    understood: [
      `${sentence(who)} may ${verbs(right.ops)} ${object.name === group.name ? 'it' : `its ${plural(object.words)}`}.`,
      ...told,
    ],
    ...(follows.length > 0 ? { assumptions: follows } : {}),
    // What was taken for granted before there were members.
    unsays: new RegExp(
      `^(?:${plural(group.words)}|${plural(object.words)}) are shared: |^Whoever may see or change ${group.words} entries may do the same with their ${plural(object.words)}`,
      'i',
    ),
  }
}

/** "Only members can see photos", where members are those who sign up: nobody else who has not signed in, or signs up as another. */
const ofNoGroup = (draft: BehaviourDraft, right: GroupRight): Outcome | undefined => {
  const object = right.group === undefined ? findPhrase(draft, right.object) : undefined
  const reads = right.ops.every((op) => op === 'list' || op === 'read')
  if (object?.which !== '' || !right.only || !reads || right.people.join() !== 'member') return undefined
  const signUp = signUpRolesOf(draft)
  if (
    !signUp.includes('member') ||
    draft.models().some((model) => listsMembers(model) && pathTo(draft, object.model, model))
  )
    return undefined
  const isOther = (role: string): boolean => role === ANYONE || (role !== 'member' && signUp.includes(role))
  const words = `Only members, and who looks after them, see ${plural(object.model.words)}.`
  const before = right.ops.map((op) => [op, holdersOf(draft, object.model, op)] as const)
  const open = right.ops.some((op) => object.model.api.public?.includes(op as 'read'))
  if (!open && before.every(([, holders]) => !holders.some(({ role }) => isOther(role)))) return { holds: words }
  for (const [op, holders] of before) {
    const left = holders.filter(({ role }) => !isOther(role))
    const scoped = left.some(({ role }) => role === 'member') ? left : [...left, { role: 'member' }]
    setHolders(draft, object.model, op, scoped)
  }
  return { understood: [words] }
}

/** "Members of a choir see its rehearsals": what is the choir's belongs to one, even where nobody said so. */
const theirs = (draft: BehaviourDraft, right: GroupRight, object: Found, group: Found): string | undefined => {
  if (draft.changing || object.endpoint.endsWith('.users') || !/\bits\b/i.test(right.said)) return undefined
  const field = draft.ensureRef(object, group)
  object.api.parent ??= field
  draft.assume(`Each ${object.words} belongs to ${withArticle(group.words)}.`)
  return pathTo(draft, object, group)
}

const verbs = (ops: readonly string[]): string =>
  listed([
    ...new Set(
      ops.map((op) => ({ list: 'see', read: 'see', create: 'add', update: 'change', delete: 'delete' })[op] ?? op),
    ),
  ])

/** Who may not see something does not write it either, where nobody said otherwise. */
const narrowRest = (
  draft: BehaviourDraft,
  object: Found,
  right: GroupRight,
  scope: string,
  roles: readonly string[],
): string[] => {
  if (!right.ops.includes('read')) return []
  if (scope.includes(' == this.id ')) return []
  const left = ['create', 'update', 'delete'].filter((op) => !right.ops.includes(op))
  const open = left.filter(
    (op) =>
      holdersOf(draft, object, op).some((one) => one.scope === undefined || one.scope === 'parent') ||
      object.api.public?.includes(op as 'create'),
  )
  const theirs: string[] = []
  for (const op of open) {
    // What staff look after is theirs alone to write, where members were only said to see it.
    const staff = right.only ? [] : staffWith(draft, object, op)
    if (staff.length === 0) theirs.push(op)
    const kept = holdersOf(draft, object, op).filter(
      (one) => staff.includes(one.role) || (one.scope !== undefined && one.scope !== 'parent'),
    )
    setHolders(draft, object, op, [...kept, ...(staff.length > 0 ? [] : roles.map((role) => ({ role, scope })))])
  }
  return theirs.length > 0 ? [`Members may ${verbs(theirs)} ${plural(object.words)} of what they belong to too.`] : []
}

/** Who adds and removes members. */
const manageMembers = (draft: BehaviourDraft, membership: Membership, right: GroupRight): string[] => {
  const { model, of, by } = membership
  const scope = belongs(
    membership,
    `this.${of}`,
    right.people.includes('member') ? [] : [...new Set([...right.people, ...leadersOf(membership)])],
  )
  const roles = peopleRoles(draft)
  const ops = right.ops.filter((op) => ['create', 'update', 'delete'].includes(op))
  for (const op of ops) {
    const own = op === 'delete' ? roles.map((role) => ({ role, scope: `where this.${by} == me.id` })) : []
    setHolders(draft, model, op, [...roles.map((role) => ({ role, scope })), ...own])
  }
  return [
    `${sentence(listed(right.people.map(peopleOf)))} of ${withArticle(membership.group.words)} invite and remove its members.`,
  ]
}

/** The group, and what of it the right is about; no object: its membership. */
const groupMeant = (
  draft: BehaviourDraft,
  right: GroupRight,
): { group: Found; object?: Found; which: string } | undefined => {
  const about = /^(?:it|them|members?|people|users?|participants?|players?|new members?)$/i.test(right.object.trim())
  const members = about && !/^(?:it|them)$/i.test(right.object.trim())
  const phrase = about ? undefined : findPhrase(draft, right.object)
  const named = right.group ? findPhrase(draft, right.group)?.model : undefined
  if (named && !named.endpoint.endsWith('.users')) {
    if (members) return { group: named, which: '' }
    const object = phrase?.model ?? (about ? named : holding(draft, right.object, named))
    return object && { group: named, object, which: phrase?.which ?? '' }
  }
  if (right.group) return undefined
  const known = draft.models().filter((model) => membershipOf(draft, model) !== undefined)
  if (members) {
    const group =
      known[0] ??
      draft
        .models()
        .find(({ key }) =>
          /^(?:committee|team|group|club|organi[sz]ation|project|community|board|band|family|household|department|circle|league|company|workspace|band|choir|crew|society|association|channel)$/.test(
            key,
          ),
        )
    return group && { group, which: '' }
  }
  if (!phrase) return undefined
  const self =
    known.find((model) => model.name === phrase.model.name) ??
    known.find((model) => pathTo(draft, phrase.model, model) !== undefined) ??
    draft.models().find((model) => listsMembers(model) && pathTo(draft, phrase.model, model) !== undefined)
  const group =
    self ??
    (/^(?:committee|team|group|club|community|project|channel|circle|room|workspace)$/.test(phrase.model.key)
      ? phrase.model
      : undefined)
  return group && { group, object: phrase.model, which: phrase.which }
}

/** "Its minutes" are a field of the committee's meetings: who may not see these sees no meeting. */
const holding = (draft: BehaviourDraft, said: string, group: Found): Found | undefined => {
  const [object, other] = draft
    .models()
    .filter((model) => findField(model, said) !== undefined && pathTo(draft, model, group) !== undefined)
  if (!object || other) return undefined
  draft.assume(`The ${said.toLowerCase()} are part of ${plural(object.words)}, so these are meant.`)
  return object
}
