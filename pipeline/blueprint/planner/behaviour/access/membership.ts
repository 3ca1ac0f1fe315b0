import { refOf } from '../../../names.ts'
import { toName, withArticle } from '../../language/words.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { dropField } from '../states/apply-sequence.ts'
import { holdersOf, peopleRoles, setHolders, signUpRolesOf, staffWith } from './holders.ts'

/** Who belongs to a group: the model of its rows, and their references. */
export type Membership = {
  model: Found
  group: Found
  of: string
  by: string
  roleField: string | undefined
  fresh: boolean
}

/** What lists its members by name is a group, though nothing says yet who belongs to it. */
export const listsMembers = ({ model }: Found): boolean => model.fields.members?.type.startsWith('list(') === true

const belonging =
  /(?:^|_)(?:member|membership|participant|player|participation|team_member|staff|collaborator|enrollment|enrolment)$/

/** Finds the rows that tie accounts to a group. */
export const membershipOf = (draft: BehaviourDraft, group: Found): Membership | undefined => {
  const user = draft.userModel()
  if (!user) return undefined
  for (const model of draft.models()) {
    if (model.name === group.name || !belonging.test(model.key)) continue
    const of = draft.refFrom(model, group)
    const by = Object.entries(model.model.fields).find(([, field]) => refOf(field.type)?.model === user.name)?.[0]
    if (of && by && !needsMore(model, [of, by]))
      return { model, group, of, by, roleField: roleFieldOf(model), fresh: false }
  }
  for (const [name, model] of Object.entries(draft.architecture.models)) {
    const toggle = Object.values(group.api.toggles ?? {}).find((one) => one.model === name)
    if (toggle)
      return {
        model: { ...group, name, model, key: toName([name]) },
        group,
        of: toggle.of,
        by: toggle.by,
        roleField: undefined,
        fresh: false,
      }
  }
  return undefined
}

/** Rows that must be told a name or the like are things of their own, not merely who belongs. */
const needsMore = (model: Found, known: readonly string[]): boolean =>
  Object.entries(model.model.fields).some(
    ([name, field]) =>
      !known.includes(name) &&
      !field.key &&
      !field.set &&
      !field.optional &&
      field.default === undefined &&
      name !== model.api.owner,
  )

const roleFieldOf = (model: Found): string | undefined =>
  Object.entries(model.model.fields).find(
    ([name, field]) => field.values && /(?:^|_)(?:role|position|function)$/.test(name),
  )?.[0]

/** Returns the rows that tie accounts to a group, made where there are none, with these roles among theirs. */
export const ensureMembership = (draft: BehaviourDraft, group: Found, roles: readonly string[]): Membership => {
  const user = draft.ensureAccounts()
  const there = membershipOf(draft, group)
  if (there) {
    if (roles.length > 0 && there.roleField === undefined) return withRoles(draft, there, roles)
    for (const role of roles) addRole(draft, there, role)
    return there
  }
  const named = draft.models().find((model) => {
    const ref = belonging.test(model.key) ? draft.refFrom(model, group) : undefined
    return ref !== undefined && !needsMore(model, [ref])
  })
  const of = `${group.key}_id`
  if (named) {
    draft.ensureRef(named, user, { field: 'user_id', optional: true })
    const membership = membershipOf(draft, group)!
    for (const role of roles) addRoleValue(membership, role)
    return { ...membership, fresh: true }
  }
  // A list of their names says less than who has an account.
  if (!draft.changing && listsMembers(group)) dropField(group, 'members')
  const key = `${group.key}_member`
  const model = draft.ensureModel(
    key,
    { role: { type: 'enum', values: ['member'], default: 'member' } },
    {
      refs: [
        { to: group, field: of },
        { to: user, field: 'user_id' },
      ],
      parent: of,
      unique: [[of, 'user_id']],
      ungranted: true,
    },
  )
  const membership = { model, group, of, by: 'user_id', roleField: 'role', fresh: true }
  for (const role of roles) addRoleValue(membership, role)
  return membership
}

/** Rows that people made for themselves get a role, which they do not choose: who leads the group gives it. */
const withRoles = (draft: BehaviourDraft, there: Membership, roles: readonly string[]): Membership => {
  const own = draft.models().some(({ name }) => name === there.model.name)
  if (!own || draft.changing) return there
  const { model, group, of, by } = there
  const field = draft.ensureField(model, 'role', { type: 'enum', values: ['member'], default: 'member' })
  const membership = { ...there, roleField: field }
  for (const role of roles) addRoleValue(membership, role)
  const led = belongs(membership, `this.${of}`, leadersOf(membership))
  const people = peopleRoles(draft)
  const all = (scope: string) => people.map((role) => ({ role, scope }))
  const mine = model.api.owner === by ? '' : `this.${by} == me.id && `
  setHolders(draft, model, 'create', all(`where ${mine}this.${field} == "member"`))
  setHolders(draft, model, 'update', all(led))
  for (const op of ['list', 'read']) setHolders(draft, model, op, all(belongs(membership, `this.${of}`)))
  setHolders(draft, model, 'delete', [...all(led), ...all(`where this.${by} == me.id`)])
  makerLeads(membership)
  draft.assume(
    `Whoever makes ${withArticle(group.words)} leads it, and says what its members are; everybody may join and leave.`,
  )
  return membership
}

/** A role of the membership. The leading role that nobody named gives way to the first that somebody names. */
const addRole = (draft: BehaviourDraft, membership: Membership, role: string): void => {
  const field = membership.roleField ? membership.model.model.fields[membership.roleField] : undefined
  const unnamed = field?.values?.join() === 'member,admin'
  if (!leading.test(role) || !unnamed || draft.changing) return addRoleValue(membership, role)
  field!.values = ['member', role]
  const own = `${membership.model.name}.exists(`
  const swap = (text: string): string =>
    text.includes(own)
      ? text.replaceAll(`m.${membership.roleField} == "admin"`, `m.${membership.roleField} == "${role}"`)
      : text
  const { roles } = draft.architecture.policies
  for (const [name, grants] of Object.entries(roles)) roles[name] = grants.map(swap)
  for (const step of membership.group.model.on?.create?.do ?? [])
    if (step.create?.model === membership.model.name && membership.roleField)
      step.create.values[membership.roleField] = `"${role}"`
}

const addRoleValue = ({ model, roleField }: Membership, role: string): void => {
  const field = roleField ? model.model.fields[roleField] : undefined
  if (field?.values && !field.values.includes(role)) field.values = [...field.values, role] as [string, ...string[]]
}

/** The condition that the caller belongs to a group, in one of these roles if some are named. */
export const belongs = (membership: Membership, path: string, roles: readonly string[] = []): string => {
  const { model, of, by, roleField } = membership
  const role =
    roles.length === 0 || !roleField
      ? ''
      : roles.length === 1
        ? ` && m.${roleField} == "${roles[0]!}"`
        : ` && m.${roleField} in [${roles.map((one) => `"${one}"`).join(', ')}]`
  return `where ${model.name}.exists(m, m.${of} == ${path} && m.${by} == me.id${role})`
}

/** How a row of a model leads to its group: `this.id` for the group itself, `this.committee_id`, `this.minute.committee_id`. */
export const pathTo = (draft: BehaviourDraft, model: Found, group: Found, depth = 0): string | undefined => {
  if (model.name === group.name) return 'this.id'
  const ref = draft.refFrom(model, group)
  if (ref) return `this.${ref}`
  if (depth > 2) return undefined
  for (const [field, shape] of Object.entries(model.model.fields)) {
    const target = draft.portOf(refOf(shape.type)?.model ?? '')
    if (!target || target.name === model.name || target.endpoint.endsWith('.users') || !field.endsWith('_id')) continue
    const further = pathTo(draft, target, group, depth + 1)
    if (further && further !== 'this.id') return further.replace(/^this\./, `this.${field.replace(/_id$/, '')}.`)
  }
  return undefined
}

const leading =
  /^(?:chair|chairperson|chairwoman|chairman|admin|owner|leader|lead|captain|head|manager|organi[sz]er|president|moderator|coach|conductor|host|coordinator|founder|director|editor|teacher|parent|principal)$/

/** The roles of a membership that look after its group; `admin` where none does yet. */
export const leadersOf = (membership: Membership): string[] => {
  const values = membership.roleField ? (membership.model.model.fields[membership.roleField]?.values ?? []) : []
  return values.filter((value) => leading.test(value))
}

/**
 * Rights of a membership that was just made: members see who belongs, those who lead it invite and remove, everybody may
 * leave, and whoever makes a group leads it. Returns what is told.
 */
export const settle = (draft: BehaviourDraft, membership: Membership): string[] => {
  const { model, group, of, by } = membership
  if (leadersOf(membership).length === 0) addRoleValue(membership, 'admin')
  const leaders = leadersOf(membership)
  const roles = peopleRoles(draft)
  const members = belongs(membership, `this.${of}`)
  const led = belongs(membership, `this.${of}`, leaders)
  const own = `where this.${by} == me.id`
  // Staff that look after all groups say who belongs to them.
  const staff = staffWith(draft, group, 'update')
  const all = (scope: string) => roles.map((role) => (staff.includes(role) ? { role } : { role, scope }))
  for (const op of ['list', 'read']) setHolders(draft, model, op, all(members))
  for (const op of ['create', 'update']) setHolders(draft, model, op, all(led))
  setHolders(draft, model, 'delete', [...all(led), ...all(own)])
  const signUp = signUpRolesOf(draft)
  for (const op of ['update', 'delete']) {
    const before = holdersOf(draft, group, op)
    const after = before.map((one) =>
      one.scope === undefined && signUp.includes(one.role)
        ? { ...one, scope: belongs(membership, 'this.id', leaders) }
        : one,
    )
    setHolders(draft, group, op, after)
  }
  makerLeads(membership)
  return [
    `Whoever makes ${withArticle(group.words)} leads it.`,
    `Those who lead ${withArticle(group.words)} add and remove its members (${model.path}); everybody may leave.`,
  ]
}

const makerLeads = (membership: Membership): void => {
  const { model, group, of, by, roleField } = membership
  const [first] = leadersOf(membership)
  const role: { [field: string]: string } = roleField && first ? { [roleField]: `"${first}"` } : {}
  const create = group.model.on?.create
  group.model.on = {
    ...group.model.on,
    create: {
      ...create,
      do: [
        ...(create?.do ?? []),
        { when: 'me.id != null', create: { model: model.name, values: { [of]: 'this.id', [by]: 'me.id', ...role } } },
      ],
    },
  }
}
