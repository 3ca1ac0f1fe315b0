import type { Architecture, Model } from '../../../../../schemas/generated/architecture.ts'
import { ANYONE } from '../../../names.ts'
import { listed, plural, pluralName, sentence, toModel } from '../../language/words.ts'
import { roleOf } from '../../read/people.ts'
import { peopleRoles } from '../access/holders.ts'
import type { Outcome } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { rolesThatMay } from '../views/see.ts'
import type { ToggleSpec } from './read-toggle.ts'
import type { Mark } from './verbs.ts'

/** Puts marks on a model: the rows between, the operations, the count, and whether the caller did it. */
export const applyToggle = (draft: BehaviourDraft, spec: ToggleSpec): Outcome => {
  const user = draft.ensureAccounts()
  const target =
    /^(?:each other|one another|people|users?|members?|others?|persons?|somebody|someone|profiles?)$/i.test(spec.what)
      ? (draft.exactModel(spec.what.replace(/s$/, '')) ?? user)
      : (draft.findModel(spec.what) ?? (spec.marks[0]?.on === 'follow' && roleOf(spec.what) ? user : undefined))
  if (!target) return { unresolved: `There is no “${spec.what}” to mark.` }
  const understood: string[] = []
  for (const mark of spec.marks) {
    if (Object.hasOwn(target.api.toggles ?? {}, mark.on)) continue
    const link = addLink(draft.architecture, target, user, mark)
    target.api.toggles = { ...target.api.toggles, [mark.on]: { ...link, off: mark.off, members: mark.members } }
    target.model.computed = {
      ...target.model.computed,
      [mark.count]: { type: 'int', over: { take: 'count', from: `${link.model}.${link.of}` } },
      [mark.done]: {
        type: 'bool',
        over: { take: 'exists', from: `${link.model}.${link.of}`, where: `that.${link.by} == me.id` },
      },
    }
    const { list } = target.api
    if (list && !list.filter.includes(mark.done)) list.filter.push(mark.done)
    if (list && !list.sort.includes(mark.count)) list.sort.push(mark.count)
    grantToggle(draft, target, mark)
    const people = target.name === user.name ? 'each other' : plural(target.words)
    understood.push(
      `${sentence(peopleOf(spec))} can ${saying(mark)} ${people}, once each, and take it back; every ${target.words} shows how many did (${mark.count}) and whether you did (${mark.done}).`,
    )
  }
  return {
    understood,
    ...(spec.visitors
      ? {
          assumptions: [
            `To ${listed(
              spec.marks.map(({ on }) => on),
              'or',
            )}, visitors sign up, so that nobody does it twice.`,
          ],
        }
      : {}),
  }
}

const saying = ({ on }: Mark): string =>
  on === 'vote'
    ? 'vote for'
    : on === 'subscribe' || on === 'rsvp' || on === 'react'
      ? `${on} to`
      : on.replaceAll('_', ' ')

const peopleOf = (spec: ToggleSpec): string =>
  spec.visitors ? 'whoever signs up' : plural(spec.who.replace(/^(?:the|all|any|every|each|an?) /i, '').toLowerCase())

/** The rows that say who marked what, kept by a store of their own that the model's service uses. */
const addLink = (
  architecture: Architecture,
  target: Found,
  user: Found,
  mark: Mark,
): { model: string; of: string; by: string } => {
  const key = `${target.key}_${mark.link}`
  const itself = target.name === user.name
  const of = itself ? `${mark.link === 'follower' ? 'followed' : target.key}_id` : `${target.key}_id`
  const by = itself ? `${mark.link === 'follower' ? 'follower' : 'by'}_id` : 'user_id'
  let name = toModel(key)
  for (let i = 2; Object.hasOwn(architecture.models, name); i += 1) name = `${toModel(key)}${i}`
  const model: Model = {
    plural: pluralName(key),
    fields: {
      id: { type: 'uuid', key: true },
      [of]: { type: `ref(${target.name}.id)`, index: true, onDelete: 'cascade' },
      [by]: { type: `ref(${user.name}.id)`, index: true, onDelete: 'cascade' },
      created_at: { type: 'datetime', set: 'created' },
    },
    unique: [[of, by]],
    concurrency: 'none',
  }
  architecture.models[name] = model
  let store = `${key.slice(0, 42)}_store`
  for (let i = 2; Object.hasOwn(architecture.components, store); i += 1) store = `${key.slice(0, 40)}_store${i}`
  architecture.components[store] = { ports: { sql: { dir: 'in', kind: 'store', model: name } } }
  const { ports } = architecture.components[target.component]!
  let port = pluralName(key)
  for (let i = 2; Object.hasOwn(ports, port); i += 1) port = `${pluralName(key)}${i}`
  ports[port] = { dir: 'out', kind: 'store', model: name }
  architecture.links.push({ from: `${target.component}.${port}`, to: `${store}.sql`, onFailure: 'hard' })
  return { model: name, of, by }
}

/** Whoever may read a row may mark it, and see who did; who is not signed in may see it where the rows are public. */
const grantToggle = (draft: BehaviourDraft, target: Found, mark: Mark): void => {
  const account = target.endpoint.endsWith('.users')
  const roles = peopleRoles(draft)
  const open = target.api.public?.includes('read') === true
  const readers = account || open ? roles : rolesThatMay(draft, target, 'read').filter((role) => roles.includes(role))
  if (account)
    for (const role of roles) {
      draft.grant(role, target, 'list')
      draft.grant(role, target, 'read')
    }
  for (const op of [mark.on, mark.off, mark.members])
    for (const role of readers) for (const scope of scopesOf(draft, target, role)) draft.grant(role, target, op, scope)
  for (const op of [mark.on, mark.off, mark.members]) draft.grant('admin', target, op)
  if (open) draft.grant(ANYONE, target, mark.members)
}

/** The scopes in which a role may read a row: it may mark it in the same. */
const scopesOf = (draft: BehaviourDraft, target: Found, role: string): (string | undefined)[] => {
  const scopes = (draft.architecture.policies.roles[role] ?? []).flatMap((line) => {
    const found = /^([^:]+):(read|\*)(?:@(.+)| (where .+))?$/.exec(line)
    return found?.[1] === target.endpoint ? [found[3] ?? found[4]] : []
  })
  return scopes.length === 0 || scopes.includes(undefined) ? [undefined] : [...new Set(scopes)]
}
