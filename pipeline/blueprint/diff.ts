import type { Architecture, Field, Model, RpcPort } from '../../schemas/generated/architecture.ts'
import { behaviourOf } from './behaviour-words.ts'
import { whoMay } from './describe.ts'
import { isNumbered, isRequired } from './field-kinds.ts'
import { hidingModels } from './hiding.ts'
import { own, pluralOf, pluralWords, toWords } from './names.ts'
import { type Operation, operationsOf } from './operations.ts'
import { changeOfReaders } from './readers-words.ts'
import { wordsOfRole } from './role-words.ts'
import { isWithinScope } from './within-scope.ts'
import { joinWords as join, wordsOfType } from './words.ts'

/**
 * `breaks-clients`: requests that worked may fail; `shows-more`: more people see stored rows; `hides-data`: stored values
 * are no longer shown.
 */
export type Risk = 'none' | 'breaks-clients' | 'shows-more' | 'hides-data'

/** One difference in a person's words. */
export type Change = { pointer: string; text: string; risk: Risk }

/** Returns what changes between two revisions, riskiest first, else in the blueprint's order. Equal revisions give none. */
export const diffArchitecture = (before: Architecture, after: Architecture): Change[] => {
  const changes: Change[] = []
  const add = (pointer: string, text: string, risk: Change['risk'] = 'none'): void =>
    void changes.push({ pointer, text, risk })
  if ((before.system.title ?? before.system.name) !== (after.system.title ?? after.system.name))
    add('/system/title', `is now called "${after.system.title ?? after.system.name}"`)

  const pairs = pairModels(before, after)
  for (const [name, model] of Object.entries(after.models)) {
    const pointer = `/models/${name}`
    const oldName = pairs.get(name)
    if (oldName === undefined) {
      const fields = Object.keys(model.fields).filter((field) => !systemFields.has(field))
      add(pointer, `adds ${pluralWords(name, model)}${fields.length ? ` with ${join(fields.map(toWords))}` : ''}`)
      continue
    }
    const old = before.models[oldName]!
    if (pluralOf(oldName, old) !== pluralOf(name, model))
      add(
        pointer,
        `renames ${pluralWords(oldName, old)} to ${pluralWords(name, model)}; the rows stay, the address changes`,
        'breaks-clients',
      )
    diffFields(pluralWords(name, model), old, model, pointer, add)
    if (hidingModels(before).has(oldName) && !hidingModels(after).has(name))
      add(pointer, `shows the ${pluralWords(name, model)} again that were deleted`, 'shows-more')
  }
  const kept = new Set(pairs.values())
  for (const [name, model] of Object.entries(before.models))
    if (!kept.has(name))
      add(`/models/${name}`, `removes ${pluralWords(name, model)}; the rows stay in the database, hidden`, 'hides-data')

  diffLists(before, after, add)
  diffPaths(before, after, add)
  diffBehaviour(before, after, add)
  diffAccess(before, after, pairs, add)
  return changes.sort((a, b) => rank[a.risk] - rank[b.risk])
}

const rank: { [risk in Risk]: number } = { 'hides-data': 0, 'shows-more': 1, 'breaks-clients': 2, none: 3 }
const systemFields = new Set(['id', 'created_at', 'updated_at', 'owner_id', 'password_hash'])
type Add = (pointer: string, text: string, risk?: Change['risk']) => void

/** New name -> old name, for models that are the same table. */
const pairModels = (before: Architecture, after: Architecture): Map<string, string> => {
  const tables = new Map(
    Object.entries(before.models).map(([name, model]) => [model.table ?? pluralOf(name, model), name]),
  )
  const pairs = new Map<string, string>()
  for (const [name, model] of Object.entries(after.models)) {
    const old = tables.get(model.table ?? pluralOf(name, model))
    if (old) pairs.set(name, old)
  }
  return pairs
}

const diffFields = (owner: string, before: Model, after: Model, at: string, add: Add): void => {
  const columns = new Map(Object.entries(before.fields).map(([name, field]) => [field.column ?? name, name]))
  const kept = new Set<string>()
  for (const [name, field] of Object.entries(after.fields)) {
    const pointer = `${at}/fields/${name}`
    const oldName = columns.get(field.column ?? name)
    if (oldName === undefined) {
      const needed = isRequired(field)
      add(
        pointer,
        `adds ${toWords(name)} (${wordsOfType(field)}) to ${owner}${needed ? '; it must be given' : ''}`,
        needed ? 'breaks-clients' : 'none',
      )
      continue
    }
    kept.add(oldName)
    if (oldName !== name)
      add(pointer, `renames ${toWords(oldName)} of ${owner} to ${toWords(name)}; the values stay`, 'breaks-clients')
    diffField(`${toWords(name)} of ${owner}`, before.fields[oldName]!, field, pointer, add)
  }
  for (const name of Object.keys(before.fields))
    if (!kept.has(name))
      add(
        `${at}/fields/${name}`,
        `removes ${toWords(name)} from ${owner}; the values stay in the database, hidden`,
        'hides-data',
      )
  const unique = (model: Model) => new Set((model.unique ?? []).map((fields) => fields.join(' and ')))
  for (const fields of unique(after))
    if (!unique(before).has(fields))
      add(`${at}/unique`, `${fields} of ${owner} must be unique together`, 'breaks-clients')
  for (const fields of unique(before))
    if (!unique(after).has(fields)) add(`${at}/unique`, `${fields} of ${owner} need no longer be unique together`)
}

const diffField = (what: string, before: Field, after: Field, pointer: string, add: Add): void => {
  if (before.type !== after.type || (before.scale ?? 2) !== (after.scale ?? 2))
    add(pointer, `changes ${what} from ${wordsOfType(before)} to ${wordsOfType(after)}`, 'breaks-clients')
  if (!isNumbered(before) && isNumbered(after))
    add(pointer, `has the system give ${what}; nobody sends it any more`, 'breaks-clients')
  if (!before.optional && after.optional) add(pointer, `makes ${what} optional`)
  if (before.optional && !after.optional)
    add(pointer, `makes ${what} required`, after.default === undefined ? 'breaks-clients' : 'none')
  const readers = changeOfReaders(before, after, what)
  if (readers) add(pointer, readers.text, readers.more ? 'shows-more' : 'hides-data')
  if (!before.unique && after.unique) add(pointer, `makes ${what} unique`, 'breaks-clients')
  if (before.unique && !after.unique) add(pointer, `lets ${what} repeat`)
  const gone = (before.values ?? []).filter((value) => !after.values?.includes(value))
  const fresh = (after.values ?? []).filter((value) => !before.values?.includes(value))
  if (before.values && after.values && fresh.length) add(pointer, `allows ${join(fresh)} as ${what}`)
  if (before.values && after.values && gone.length)
    add(pointer, `no longer allows ${join(gone)} as ${what}`, 'breaks-clients')
  const unit = /^(?:string|text)$/.test(after.type) ? ' characters' : ''
  diffLimit(what, 'at least', unit, before.min, after.min, (a, b) => a > b, pointer, add)
  diffLimit(what, 'at most', unit, before.max, after.max, (a, b) => a < b, pointer, add)
  if (JSON.stringify(before.default) !== JSON.stringify(after.default) && after.default !== undefined)
    add(pointer, `${what} is ${JSON.stringify(after.default)} where a request gives none`)
  if (before.default !== undefined && after.default === undefined && !after.optional)
    add(pointer, `${what} must be given`, 'breaks-clients')
}

type Limit = number | string | undefined
const diffLimit = (
  what: string,
  words: string,
  unit: string,
  before: Limit,
  after: Limit,
  tighter: (a: number | string, b: number | string) => boolean,
  pointer: string,
  add: Add,
): void => {
  if (before === after) return
  if (after === undefined) add(pointer, `${what} need no longer be ${words} ${before}${unit}`)
  else
    add(
      pointer,
      `${what} must be ${words} ${after}${unit}`,
      before === undefined || tighter(after, before) ? 'breaks-clients' : 'none',
    )
}

const diffLists = (before: Architecture, after: Architecture, add: Add): void => {
  for (const [name, component] of Object.entries(after.components))
    for (const [portName, port] of Object.entries(component.ports)) {
      const list = (port as RpcPort).list
      const old = (own(own(before.components, name)?.ports, portName) as RpcPort | undefined)?.list
      if (!list || !old) continue
      const pointer = `/components/${name}/ports/${portName}/list`
      if (list.order !== old.order)
        add(
          pointer,
          `lists ${toWords(name)} by ${list.order.startsWith('-') ? `${toWords(list.order.slice(1))}, largest first` : toWords(list.order)}`,
        )
      for (const key of ['filter', 'range', 'sort', 'search'] as const) {
        const model = own(before.models, (port as RpcPort).crud ?? '')
        const added = (list[key] ?? []).filter(
          (field) => !old[key]?.includes(field) && model && own(model.fields, field),
        )
        const verb = {
          filter: 'filtered by',
          range: 'filtered by a range of',
          sort: 'sorted by',
          search: 'searched by',
        }[key]
        if (added.length) add(pointer, `${toWords(name)} can be ${verb} ${join(added.map(toWords))}`)
      }
    }
}

/** Rules by their words: what is new may refuse requests that worked, what is gone lets more through. */
/** Addresses that move; where all do in the same way, what they begin with. */
const diffPaths = (before: Architecture, after: Architecture, add: Add): void => {
  const was = new Map(before.expose.map(({ port, path }) => [port, path]))
  const moved = after.expose.flatMap(({ port, path }) => {
    const old = was.get(port)
    return old === undefined || old === path ? [] : [{ old, path }]
  })
  const starts = new Set(moved.map(({ old, path }) => `${startOf(old)} ${startOf(path)}`))
  const [start] = starts
  if (moved.length > 1 && starts.size === 1 && moved.every(({ old, path }) => restOf(old) === restOf(path))) {
    const [old, path] = start!.split(' ')
    add('/expose', `all addresses begin with ${path} (before: ${old})`, 'breaks-clients')
  } else for (const { old, path } of moved) add('/expose', `${old} is now at ${path}`, 'breaks-clients')
}

const restOf = (path: string): string => path.slice(path.lastIndexOf('/'))
const startOf = (path: string): string => path.slice(0, -restOf(path).length) || '/'

const diffBehaviour = (before: Architecture, after: Architecture, add: Add): void => {
  const [was, is] = [before, after].map(
    (architecture) => new Map(behaviourOf(architecture).map((line) => [line.text, line])),
  )
  const models = new Set(Object.keys(before.models))
  for (const [text, { pointer }] of is!) {
    if (was!.has(text)) continue
    const model = /^\/models\/([^/]+)\/(rules|states)/.exec(pointer)?.[1]
    const strict = pointer.startsWith('/http/') || (model !== undefined && models.has(model))
    add(pointer, `new: ${text.replace(/\.$/, '')}`, strict ? 'breaks-clients' : 'none')
  }
  for (const [text, { pointer }] of was!) {
    if (is!.has(text)) continue
    const rule = /^\/models\/[^/]+\/rules/.test(pointer)
    add(pointer, `no longer: ${text.replace(/\.$/, '')}`, rule ? 'none' : 'breaks-clients')
  }
}

/** Who may do what, compared operation by operation; new things are described by their addition. */
const diffAccess = (before: Architecture, after: Architecture, pairs: Map<string, string>, add: Add): void => {
  const signIn = [before, after].map((architecture) => architecture.policies.authn !== undefined)
  if (!signIn[0] && signIn[1]) add('/policies/authn', 'asks people to sign in', 'breaks-clients')
  if (signIn[0] && !signIn[1]) add('/policies/authn', 'needs no sign-in any more', 'shows-more')
  for (const role of Object.keys(after.policies.roles))
    if (signIn[0] && !own(before.policies.roles, role))
      add(`/policies/roles/${role}`, `adds the role ${wordsOfRole(role)}`)
  for (const role of Object.keys(before.policies.roles))
    if (signIn[1] && !own(after.policies.roles, role))
      add(`/policies/roles/${role}`, `removes the role ${wordsOfRole(role)}`, 'breaks-clients')

  const key = (operation: Operation, model: string | undefined) =>
    `${model ?? operation.component}:${operation.op}:${operation.nestedUnder ?? ''}`
  const old = new Map(operationsOf(before).map((operation) => [key(operation, operation.model), operation]))
  type Group = { component: string; text: string; ops: string[]; pointer: string; risk: Change['risk'] }
  const groups = new Map<string, Group>()
  for (const operation of operationsOf(after)) {
    const previous = old.get(key(operation, operation.model && (pairs.get(operation.model) ?? operation.model)))
    if (!previous || operation.nestedUnder || !signIn[0] === signIn[1]) continue
    const [was, is] = [whoMay(previous), whoMay(operation)]
    if (was === is) continue
    const text = `${is} (before: ${was})`
    const group = groups.get(`${operation.component} ${text}`) ?? {
      component: operation.component,
      text,
      ops: [],
      pointer: `/components/${operation.component}/ports/${operation.port}`,
      risk: riskOf(previous, operation),
    }
    group.ops.push(operation.op)
    groups.set(`${operation.component} ${text}`, group)
  }
  for (const { ops, component, text, pointer, risk } of groups.values())
    add(pointer, `${join(ops)} ${toWords(component)}: ${text}`, risk)
}

/** What it means that others may do it now: whoever sees more is worth a second look. */
const riskOf = (before: Operation, after: Operation): Risk => {
  const sees = after.op === 'list' || after.op === 'read'
  if (sees && !loosens(after, before)) return 'shows-more'
  return loosens(before, after) ? 'none' : 'breaks-clients'
}

/** Whether everybody who could do it before still can. */
const loosens = (before: Operation, after: Operation): boolean => {
  if (after.access === 'public') return true
  if (before.access === 'public') return false
  if (after.access === 'signed-in') return true
  if (before.access === 'signed-in') return false
  return [...before.grants].every(([role, scopes]) => {
    const now = after.grants.get(role) ?? []
    return scopes.every((scope) => now.some((one) => isWithinScope(scope, one, after.owner)))
  })
}
