import type { Architecture, Field, Model } from '../../schemas/generated/architecture.ts'
import { rulesInWords } from './behaviour-words.ts'
import { isNumbered } from './field-kinds.ts'
import { ANYONE, accountModelOf, conditionOf, pluralWords, rolesFieldOf, toWords, wordsOfField } from './names.ts'
import { seriesInWords } from './numbers.ts'
import { isOpen, type Operation, operationsOf } from './operations.ts'
import {
  isOwnAlone,
  isParts,
  isSome,
  type Reach,
  reaches,
  reachOf,
  someInWords,
  wordsOfParty,
  wordsOfReach,
} from './reach-words.ts'
import { wordsOfRole } from './role-words.ts'
import { capital, joinWords, withArticle, wordsOfType } from './words.ts'

/** What a person reads on the blueprint card and in the system's documentation. */
export type Description = {
  /** One line a model: "Todos: title, description (optional), done". */
  stores: string[]
  /** One line a role or group of people: "Everyone who signs up can ...". */
  people: string[]
  /** What it does beyond storing: "Two appointments of the same dentist cannot overlap." */
  rules: string[]
  endpoints: { method: string; path: string; who: string; text: string }[]
  /** Two or three sentences that open the card. */
  summary: string[]
}

const hidden = new Set(['id', 'created_at', 'updated_at', 'password_hash', 'roles'])

/** Returns a canonical architecture in plain words. */
export const describeArchitecture = (architecture: Architecture): Description => {
  const account = accountModelOf(architecture)
  const operations = operationsOf(architecture)
  const models = Object.entries(architecture.models)
  const things = models.filter(([name]) => name !== account).map(([name, model]) => pluralWords(name, model))
  return {
    stores: models.map(([name, model]) => describeModel(name, model)),
    people: describePeople(architecture, operations),
    rules: rulesInWords(architecture),
    endpoints: operations.map((operation) => ({
      method: operation.method,
      path: operation.path,
      who: whoMay(operation),
      text: describeOperation(architecture, operation),
    })),
    summary: [
      `An API for ${joinWords(things) || 'accounts'}${account ? ' with sign-up and sign-in' : ''}.`,
      account
        ? operations.some(
            (operation) => isOpen(operation) && operation.model !== undefined && operation.model !== account,
          )
          ? 'Whatever is not marked as open to everyone needs a signed-in person.'
          : 'Everything needs a signed-in person.'
        : 'There is no sign-in: whoever reaches the address may use all of it.',
    ],
  }
}

export const describeModel = (name: string, model: Model): string => {
  const plural = pluralWords(name, model)
  return `${capital(plural)}: ${[...fieldsInWords(model).values()].join(', ') || 'nothing of their own'}`
}

/** Returns the fields that people know of, each as a card has it: "priority (low, high; low at first)". */
export const fieldsInWords = (model: Model): Map<string, string> =>
  new Map(
    Object.entries(model.fields)
      .filter(([field]) => !hidden.has(field))
      .map(([field, spec]) => [field, describeField(field, spec)]),
  )

const describeField = (name: string, field: Field): string => {
  const notes: string[] = []
  if (isNumbered(field)) notes.push(seriesInWords(field), 'set by the system')
  else if (field.type === 'enum') notes.push((field.values ?? []).join(', '))
  else if (!['string', 'text', 'email', 'url', 'phone'].includes(field.type) && !field.type.startsWith('ref('))
    notes.push(wordsOfType(field))
  notes.push(...boundsInWords(field))
  if (field.unique) notes.push('unique')
  if (field.optional) notes.push('optional')
  if (field.default !== undefined && field.default !== null && field.type !== 'bool' && !Array.isArray(field.default))
    notes.push(`${field.default} at first`)
  const words = field.type.startsWith('ref(') ? wordsOfField(name) : toWords(name)
  return notes.length ? `${words} (${notes.join('; ')})` : words
}

/** Limits that somebody set: that there is something at all, and the usual greatest lengths, go without saying. */
const boundsInWords = ({ type, min, max }: Field): string[] => {
  if (/^(?:int|float|decimal|date|datetime)$/.test(type)) {
    if (min !== undefined && max !== undefined) return [`${min} to ${max}`]
    if (max !== undefined) return [`at most ${max}`]
    return min !== undefined && min !== 0 ? [`at least ${min}`] : []
  }
  if (type.startsWith('list(') && max !== undefined) return [`at most ${max} of them`]
  if (!/^(?:string|text)$/.test(type)) return []
  const least = typeof min === 'number' && min > 1
  const most = typeof max === 'number' && !usualLengths.has(max)
  if (least && most) return [min === max ? `${min} characters` : `${min} to ${max} characters`]
  if (most) return [`at most ${max} characters`]
  return least ? [`at least ${min} characters`] : []
}

const usualLengths = new Set([100, 200, 10_000])

/** What a caller must be, in words: "everyone", "user (own), admin". */
export const whoMay = (operation: Operation): string => {
  if (operation.access === 'public') return 'everyone'
  if (operation.access === 'signed-in') return 'whoever is signed in'
  const parts = [...operation.grants].map(([role, scopes]) => {
    const who = role === ANYONE ? 'everyone' : wordsOfRole(role)
    if (scopes.includes(undefined)) return who
    return `${who} (${scopes.map((scope) => wordsOfScope(operation, scope!)).join(' or ')})`
  })
  return parts.length ? parts.join(', ') : 'nobody'
}

const wordsOfScope = ({ parent }: Operation, scope: string): string => {
  if (scope === 'own') return 'own'
  const condition = conditionOf(scope)
  if (condition) return `where ${condition}`
  return scope === 'parent' ? `whose ${wordsOfField(parent ?? scope)} they can see` : `by ${toWords(scope)}`
}

const verbs: { [op: string]: string } = { list: 'see', read: 'see', create: 'add', update: 'change', delete: 'delete' }

/** Who may do something, as a card says it, and what. `role` is undefined for what needs no sign-in. */
export type Party = { role: string | undefined; who: string; can: string[] }

const describePeople = (architecture: Architecture, operations: Operation[]): string[] =>
  partiesOf(architecture, operations).map(({ who, can }) => `${who} can ${can.join('; ')}.`)

/** Returns everybody who may do something, and what they may do, in words. */
export const partiesOf = (architecture: Architecture, operations = operationsOf(architecture)): Party[] => {
  const parties: Party[] = []
  const crud = operations.filter(({ kind, nestedUnder }) => kind === 'crud' && !nestedUnder)
  const open = phrases(
    architecture,
    crud.filter((operation) => operation.access === 'public'),
  )
  if (open.length) parties.push({ role: undefined, who: 'Everyone, without signing in,', can: [joinWords(open)] })
  const field = rolesFieldOf(architecture)
  const defaults = field?.default
  const devices = new Map(
    Object.entries(architecture.models).flatMap(([name, { keys }]) => (keys ? [[keys.role, name] as const] : [])),
  )
  for (const role of Object.keys(architecture.policies.roles)) {
    const can = reaches(crud, role).flatMap(([reach, reached]) => phrases(architecture, reached, reach))
    const device = devices.get(role)
    can.push(...steps(operations, role))
    if (!can.length) continue
    const who =
      device || role === ANYONE
        ? device
          ? `Each ${toWords(device)}, with its API key,`
          : 'Everyone, signed in or not,'
        : Array.isArray(defaults) && defaults.includes(role)
          ? field?.choice
            ? `Whoever signs up as ${withArticle(wordsOfRole(role))}`
            : `Whoever signs up (${wordsOfRole(role)})`
          : `Whoever an administrator makes ${wordsOfRole(role)}`
    parties.push({ role, who: role === 'admin' ? 'Administrators' : who, can })
  }
  return parties
}

/** What a role may do beyond the standard operations, a line a thing: "approve and reject print jobs", "favourite photos". */
const steps = (operations: Operation[], role: string): string[] => {
  const found = operations
    // What everybody may call, such as a webhook, is said among the rules.
    .filter(
      ({ kind, grants, access }) =>
        ['transition', 'toggle', 'handler'].includes(kind) && grants.has(role) && access !== 'public',
    )
    .map((operation) => {
      const reach = operation.kind !== 'handler' ? (reachOf(operation, role) ?? 'all') : 'all'
      const [part] = isParts(reach) && reach.length === 1 ? reach : []
      const name = toWords(operation.op)
      const component = toWords(operation.component)
      const things =
        reach === 'all'
          ? component
          : part === 'own'
            ? `their own ${component}`
            : typeof part === 'object'
              ? `${component} ${wordsOfParty(part)}`
              : isSome(reach)
                ? someInWords(component, reach.where)
                : `certain ${component}`
      // "Read by slug" says first what is read.
      const by = /^(\S+) (by .+)$/.exec(name)
      return by ? { verb: by[1]!, things: `${things} ${by[2]}` } : { verb: name, things }
    })
  const byThings = Map.groupBy(found, ({ things }) => things)
  return [...byThings].map(([things, list]) => `${joinWords(list.map(({ verb }) => verb))} ${things}`)
}

/** Groups operations by model and models by verbs: "see, add and change todos". */
const phrases = (architecture: Architecture, operations: Operation[], reach: Reach = 'all'): string[] => {
  const byModel = new Map<string, string[]>()
  const parents = new Map(operations.map(({ model, parent }) => [model!, parent]))
  for (const { model, op } of operations) {
    const list = byModel.get(model!) ?? []
    // What lists leave out may be seen all the same.
    const leftOut =
      isSome(reach) && op === 'list' && !operations.some((one) => one.model === model && one.op === 'read')
    const verb = leftOut ? 'list' : verbs[op]!
    if (!list.includes(verb)) list.push(verb)
    byModel.set(model!, list)
  }
  const byVerbs = new Map<string, string[]>()
  for (const [model, list] of byModel) {
    const key = joinWords(list)
    byVerbs.set(key, [...(byVerbs.get(key) ?? []), wordsOfReach(architecture, model, parents.get(model), reach)])
  }
  return [...byVerbs].map(([verb, models]) => `${verb} ${isOwnAlone(reach) ? 'their own ' : ''}${joinWords(models)}`)
}

const accountTexts: { [op: string]: string } = {
  register: 'sign up',
  login: 'sign in',
  refresh: 'get a new access token',
  logout: 'sign out',
  me: 'see oneself',
  update_me: 'change oneself',
  change_password: 'change the password',
  reset_password: 'set a new password with a reset token',
  setup: 'make the first administrator',
  issue_reset: 'make a reset token for somebody',
}

const describeOperation = (architecture: Architecture, operation: Operation): string => {
  const known = accountTexts[operation.op]
  if (known) return known
  const model = operation.model ? architecture.models[operation.model] : undefined
  const beyond = describeBeyond(operation, model && pluralWords(operation.model!, model))
  if (beyond) return beyond
  if (!model) return toWords(operation.op)
  const [one, many] = [toWords(operation.model!), pluralWords(operation.model!, model)]
  const of = operation.nestedUnder ? ` of one ${wordsOfField(operation.nestedUnder)}` : ''
  return operation.op === 'list'
    ? `list ${many}${of}`
    : `${operation.op === 'create' ? 'add' : verbs[operation.op]} ${withArticle(one)}${of}`
}

/** Operations that are neither standard nor the accounts': in a few words. */
const describeBeyond = ({ kind, op, method, path }: Operation, things = 'objects'): string | undefined => {
  const name = toWords(op)
  const field = toWords(path.slice(path.lastIndexOf('/') + 1).replaceAll('-', '_'))
  switch (kind) {
    case 'transition':
    case 'toggle':
      return `${name} one of the ${things}`
    case 'members':
      return `list the ${name} of one of the ${things}`
    case 'view':
      return `report: ${name}`
    case 'bulk':
      return op === 'create' ? `add many ${things} at once` : `change many ${things} at once`
    case 'history':
      return `see who changed one of the ${things}, and when`
    case 'deliveries':
      return `list the calls made for one of the ${things}`
    case 'restore':
      return `restore one of the deleted ${things}`
    case 'keys':
      return method === 'POST' ? 'give it a new API key' : 'revoke its API key'
    case 'file':
      return `${{ GET: 'download', PUT: 'upload', DELETE: 'remove' }[method as 'GET' | 'PUT' | 'DELETE']} the ${field}`
    case 'handler':
      return name
    default:
      return undefined
  }
}
