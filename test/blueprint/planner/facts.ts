import type { Architecture, Field, RpcPort } from '../../../schemas/generated/architecture.ts'

/** What a corpus entry says of the blueprint; see test/fixtures/requests/README.md. */
export type Facts = {
  kind?: 'draft' | 'question' | 'refusal'
  auth?: boolean
  exact?: boolean
  models?: Record<string, Record<string, string>>
  names?: string[]
  paths?: Record<string, string>
  owned?: string[]
  public?: Record<string, string[]>
  parents?: Record<string, string>
  order?: Record<string, string>
  filters?: Record<string, string[]>
  search?: Record<string, string[]>
  roles?: Record<string, string[]>
  without?: Record<string, string[]>
  signUp?: string[]
  not?: string[]
  title?: string
  version?: string
}

const system = new Set(['id', 'owner_id', 'created_at', 'updated_at', 'email', 'password_hash', 'roles'])

const apiOf = (architecture: Architecture, model: string): { component: string; api: RpcPort } | undefined => {
  for (const [component, shape] of Object.entries(architecture.components)) {
    const { api } = shape.ports
    if (api?.kind === 'rpc' && api.crud === model) return { component, api }
  }
  return undefined
}

/** Returns one sentence for each fact that a blueprint does not show; none where it shows all. */
export const missingFacts = (architecture: Architecture, facts: Facts): string[] => {
  const missing: string[] = []
  const want = (holds: boolean, sentence: string): void => {
    if (!holds) missing.push(sentence)
  }
  if (facts.auth !== undefined)
    want((architecture.policies.authn !== undefined) === facts.auth, `accounts: ${facts.auth}`)
  if (facts.title)
    want(architecture.system.title === facts.title, `title ${facts.title}, not ${architecture.system.title}`)
  if (facts.version)
    want(architecture.system.version === facts.version, `version ${facts.version}, not ${architecture.system.version}`)
  for (const name of facts.names ?? []) want(!Object.hasOwn(architecture.models, name), `no model ${name}`)
  for (const [name, fields] of Object.entries(facts.models ?? {})) {
    const model = Object.hasOwn(architecture.models, name) ? architecture.models[name] : undefined
    if (!model) {
      missing.push(`model ${name}; there are ${Object.keys(architecture.models).join(', ')}`)
      continue
    }
    for (const [field, shape] of Object.entries(fields)) {
      const found = Object.hasOwn(model.fields, field) ? model.fields[field] : undefined
      if (shape === 'absent') want(found === undefined, `${name} without ${field}`)
      else if (found) missing.push(...fieldProblems(`${name}.${field}`, found, shape))
      else missing.push(`${name}.${field}; there are ${Object.keys(model.fields).join(', ')}`)
    }
    if (facts.exact) {
      const extra = Object.entries(model.fields).filter(
        ([field, shape]) => !system.has(field) && !Object.hasOwn(fields, field) && !shape.type.startsWith('ref('),
      )
      want(extra.length === 0, `${name} has more: ${extra.map(([field]) => field).join(', ')}`)
    }
  }
  const eachApi = <T>(
    record: Record<string, T> | undefined,
    check: (entry: { component: string; api: RpcPort }, value: T, model: string) => void,
  ): void => {
    for (const [model, value] of Object.entries(record ?? {})) {
      const entry = apiOf(architecture, model)
      if (entry) check(entry, value, model)
      else missing.push(`an API for ${model}`)
    }
  }
  eachApi(facts.paths, ({ component }, path) =>
    want(
      architecture.expose.some((one) => one.port === `${component}.api` && one.path === path),
      `path ${path}`,
    ),
  )
  eachApi(Object.fromEntries((facts.owned ?? []).map((name) => [name, true])), ({ api }, _, model) =>
    want(api.owner === 'owner_id', `${model} has an owner`),
  )
  eachApi(facts.public, ({ api }, ops, model) =>
    want(
      JSON.stringify([...(api.public ?? [])].sort()) === JSON.stringify([...ops].sort()),
      `${model} open for ${ops.join(', ')}, not ${api.public?.join(', ')}`,
    ),
  )
  eachApi(facts.parents, ({ api }, parent, model) =>
    want(api.parent === parent, `${model} under ${parent}, not ${api.parent}`),
  )
  eachApi(facts.order, ({ api }, order, model) =>
    want(api.list?.order === order, `${model} by ${order}, not ${api.list?.order}`),
  )
  eachApi(facts.filters, ({ api }, fields, model) =>
    want(
      fields.every((field) => api.list?.filter.includes(field)),
      `${model} filtered by ${fields.join(', ')}, not ${api.list?.filter.join(', ')}`,
    ),
  )
  eachApi(facts.search, ({ api }, fields, model) =>
    want(
      fields.every((field) => api.list?.search.includes(field)),
      `${model} searched by ${fields.join(', ')}`,
    ),
  )
  for (const [role, grants] of Object.entries(facts.roles ?? {}))
    for (const grant of grants)
      want(
        holds(architecture.policies.roles[role] ?? [], grant),
        `${role}: ${grant}, not ${architecture.policies.roles[role]?.join(' ')}`,
      )
  for (const [role, grants] of Object.entries(facts.without ?? {}))
    for (const grant of grants) want(!holds(architecture.policies.roles[role] ?? [], grant), `${role} without ${grant}`)
  if (facts.signUp)
    want(
      JSON.stringify(architecture.models.User?.fields.roles?.default) === JSON.stringify(facts.signUp),
      `who signs up becomes ${facts.signUp.join(', ')}, not ${JSON.stringify(architecture.models.User?.fields.roles?.default)}`,
    )
  return missing
}

/** A grant of every operation holds for each of them. */
const holds = (grants: readonly string[], grant: string): boolean =>
  grants.includes(grant) || grants.includes(grant.replace(/:\w+/, ':*'))

/** `string! 1..5 unique =x`, `->Model ?`, `enum(a|b)`. */
const fieldProblems = (place: string, field: Field, shape: string): string[] => {
  const problems: string[] = []
  for (const part of shape.split(/\s+/)) {
    const limits = /^(-?[\d.]*?)\.\.(-?[\d.]*)$/.exec(part)
    const values = /^enum\((.*)\)([!?]?)$/.exec(part)
    const ref = /^->(\w+)([!?]?)$/.exec(part)
    const type = /^([a-z]+(?:\(\w+\))?)([!?]?)$/.exec(part)
    const mark = values?.[2] ?? ref?.[2] ?? type?.[2] ?? (part === '!' || part === '?' ? part : '')
    if (part === 'unique') problems.push(...(field.unique ? [] : [`${place} unique`]))
    else if (part.startsWith('='))
      problems.push(
        ...(String(field.default) === part.slice(1)
          ? []
          : [`${place} is ${part.slice(1)} by default, not ${String(field.default)}`]),
      )
    else if (limits) {
      if (limits[1] && Number(limits[1]) !== field.min)
        problems.push(`${place} at least ${limits[1]}, not ${field.min}`)
      if (limits[2] && Number(limits[2]) !== field.max) problems.push(`${place} at most ${limits[2]}, not ${field.max}`)
    } else if (values)
      problems.push(
        ...(field.values?.join('|') === values[1]
          ? []
          : [`${place} one of ${values[1]}, not ${field.type} ${field.values?.join('|')}`]),
      )
    else if (ref)
      problems.push(...(field.type === `ref(${ref[1]}.id)` ? [] : [`${place} refers to ${ref[1]}, not ${field.type}`]))
    else if (type && part !== '!' && part !== '?')
      problems.push(...(field.type === type[1] ? [] : [`${place} is ${type[1]}, not ${field.type}`]))
    const loose = field.optional === true || field.default !== undefined
    if (mark === '!' && loose) problems.push(`${place} required`)
    if (mark === '?' && !loose) problems.push(`${place} may be left out`)
  }
  return problems
}
