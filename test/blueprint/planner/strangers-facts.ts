import { own, pluralOf, refOf, splitGrant } from '../../../pipeline/blueprint/names.ts'
import type { Architecture, Field, Model, RpcPort } from '../../../schemas/generated/architecture.ts'
import type { Expectation, ModelFacts } from './strangers-entry.ts'

/** Collects facts: each is one call, true or a sentence that says what is wrong. */
export type Tally = { total: number; failed: string[]; fact: (holds: boolean, otherwise: string) => boolean }

export const createTally = (): Tally => {
  const tally: Tally = {
    total: 0,
    failed: [],
    fact: (holds, otherwise) => {
      tally.total += 1
      if (!holds) tally.failed.push(otherwise)
      return holds
    },
  }
  return tally
}

export const either = (words: string): string[] => words.split('|').map((word) => word.trim())

const plain = (value: string): string => value.toLowerCase().replaceAll(/[\s-]+/g, '_')

/** The first of the alternatives that is a model. */
export const modelNamed = (architecture: Architecture, names: string): string | undefined =>
  either(names).find((name) => own(architecture.models, name))

const fieldNamed = (model: Model, names: string): string | undefined =>
  either(names).find((name) => own(model.fields, name))

/** The in port that serves a model's rows. */
export const portOf = (architecture: Architecture, model: string): { endpoint: string; port: RpcPort } | undefined => {
  for (const [component, { ports }] of Object.entries(architecture.components))
    for (const [name, port] of Object.entries(ports))
      if (port.kind === 'rpc' && port.dir === 'in' && (port as RpcPort).crud === model)
        return { endpoint: `${component}.${name}`, port: port as RpcPort }
  return undefined
}

const kinds: { [word: string]: string[] } = {
  string: ['string', 'text'],
  text: ['string', 'text'],
  words: ['string', 'text', 'phone', 'email', 'url'],
  number: ['int', 'float', 'decimal'],
  decimal: ['float', 'decimal'],
  list: ['list(string)', 'list(int)', 'list(float)', 'list(date)', 'list(email)', 'list(url)', 'json'],
}

const isOfType = (field: Field, wanted: string): boolean => {
  const values = /^enum\((.*)\)$/.exec(wanted)?.[1]
  if (values !== undefined) {
    const expected = values.split(/[\s,]+/).map(plain)
    const actual = (field.values ?? []).map(plain)
    return field.type === 'enum' && expected.length === actual.length && expected.every((v) => actual.includes(v))
  }
  const target = /^ref\((\w+)\)$/.exec(wanted)?.[1]
  if (target) return refOf(field.type)?.model === target
  return wanted === 'any' || (kinds[wanted] ?? [wanted]).includes(field.type)
}

const show = (field: Field): string => (field.values ? `enum(${field.values.join(' ')})` : field.type)

const checkField = (tally: Tally, at: string, field: Field, text: string): void => {
  const words = text.match(/[^\s(]+\([^)]*\)(\|[^\s(]+(\([^)]*\))?)*|\S+/g) ?? []
  const [type = 'any', ...marks] = words
  const types = type.match(/[^|(]+(\([^)]*\))?/g) ?? []
  tally.fact(
    types.some((wanted) => isOfType(field, wanted)),
    `${at} is ${show(field)}, not ${type}`,
  )
  for (const mark of marks) {
    const range = /^(-?[\d.]*?)\.\.(-?[\d.]*)$/.exec(mark)
    if (range?.[1]) tally.fact(String(field.min) === range[1], `${at} has min ${field.min}, not ${range[1]}`)
    if (range?.[2]) tally.fact(String(field.max) === range[2], `${at} has max ${field.max}, not ${range[2]}`)
    if (mark === 'unique') tally.fact(field.unique === true, `${at} is not unique`)
    if (mark === '?') tally.fact(isOptional(field), `${at} must be given, but should be optional`)
    if (mark === '!') tally.fact(!isOptional(field), `${at} may be left out, but should be required`)
    if (mark.startsWith('='))
      tally.fact(
        either(mark.slice(1)).some((value) => plain(String(field.default)) === plain(value)),
        `${at} has default ${JSON.stringify(field.default)}, not ${mark.slice(1)}`,
      )
  }
}

const isOptional = (field: Field): boolean => field.optional === true || field.default !== undefined

export const checkModel = (tally: Tally, architecture: Architecture, names: string, facts: ModelFacts): void => {
  const name = modelNamed(architecture, names)
  const all = Object.keys(architecture.models).join(', ')
  if (!tally.fact(name !== undefined, `no model ${names} (there are ${all || 'none'})`) || !name) return
  const model = architecture.models[name]!
  const served = portOf(architecture, name)
  tally.fact(
    architecture.expose.some(({ port }) => port === served?.endpoint),
    `${name} is not exposed (plural ${pluralOf(name, model)})`,
  )
  const have = Object.keys(model.fields).join(', ')
  const find = (wanted: string): [string, Field] | undefined => {
    const found = fieldNamed(model, wanted)
    tally.fact(found !== undefined, `${name} has no field ${wanted} (it has ${have})`)
    return found ? [`${name}.${found}`, model.fields[found]!] : undefined
  }
  for (const [wanted, text] of Object.entries(facts.fields ?? {})) {
    const found = find(wanted)
    if (found) checkField(tally, found[0], found[1], text)
  }
  for (const wanted of facts.refs ?? []) {
    const found = find(wanted)
    if (found) tally.fact(refOf(found[1].type) !== undefined, `${found[0]} is no reference`)
  }
  for (const wanted of facts.required ?? []) {
    const found = find(wanted)
    if (found) checkField(tally, found[0], found[1], 'any !')
  }
  for (const wanted of facts.optional ?? []) {
    const found = fieldNamed(model, wanted)
    if (found) checkField(tally, `${name}.${found}`, model.fields[found]!, 'any ?')
  }
  for (const together of facts.unique ?? [])
    tally.fact(
      [
        ...(model.unique ?? []),
        ...(model.rules ?? []).flatMap((rule) => (rule.unique && !rule.where ? [rule.unique] : [])),
      ].some(
        (fields) =>
          fields.length === together.length && together.every((w) => either(w).some((f) => fields.includes(f))),
      ),
      `${name}: (${together.join(', ')}) is not unique together`,
    )
}

/** Who registers gets these. */
export const signupRoles = (architecture: Architecture): string[] => {
  const roles = Object.values(architecture.models.User?.fields ?? {}).find(({ type }) => type === 'roles')
  return Array.isArray(roles?.default) ? roles.default.map(String) : []
}

/** The scopes in which these roles may do it: `any`, a field's name or `own`; empty when they may not. */
export const scopesOf = (architecture: Architecture, roles: string[], op: string, model: string): Set<string> => {
  const served = portOf(architecture, model)
  const scopes = new Set<string>()
  if (!served || (served.port.only && !served.port.only.some((one) => one === op))) return scopes
  if (served.port.public?.some((one) => one === op)) scopes.add('any')
  for (const role of roles)
    for (const grant of own(architecture.policies.roles, role) ?? []) {
      const parts = splitGrant(grant)
      if (parts.endpoint === served.endpoint && (parts.op === op || parts.op === '*')) scopes.add(parts.scope ?? 'any')
    }
  return scopes
}

const rolesOf = (architecture: Architecture, who: string): string[] => {
  if (who === 'anyone') return []
  if (who === 'signup') return signupRoles(architecture)
  const named = either(who).filter((role) => own(architecture.policies.roles, role))
  return named.length === 0 && either(who).includes('signup') ? signupRoles(architecture) : named
}

/** `agent update Ticket`, `agent read any Ticket`, `customer read own Ticket`, `customer create+read Ticket`. */
export const checkMay = (tally: Tally, architecture: Architecture, sentence: string, wanted: boolean): void => {
  const words = sentence.split(' ')
  const [who = '', ops = ''] = words
  const model = modelNamed(architecture, words.at(-1) ?? '')
  const scope = words.length > 3 ? words[2] : undefined
  if (!model) {
    tally.fact(!wanted, `${sentence}: no such model`)
    return
  }
  for (const op of ops.split('+')) {
    const scopes = scopesOf(architecture, rolesOf(architecture, who), op, model)
    const can =
      scope === 'any' ? scopes.has('any') : scope === 'own' ? scopes.size > 0 && !scopes.has('any') : scopes.size > 0
    const granted = scopes.size ? [...scopes].join(', ') : 'nothing'
    tally.fact(can === wanted, `${who} ${wanted ? 'cannot' : 'can'} ${op} ${scope ?? ''} ${model} (${granted})`)
  }
}

export const checkListing = (tally: Tally, architecture: Architecture, expect: Expectation): void => {
  for (const key of ['filter', 'search', 'sort'] as const)
    for (const [names, fields] of Object.entries(expect[key] ?? {})) {
      const model = modelNamed(architecture, names)
      const list = model ? portOf(architecture, model)?.port.list : undefined
      const allowed = [...(list?.[key] ?? []), ...(key === 'filter' ? (list?.range ?? []) : [])]
      for (const field of fields)
        tally.fact(
          either(field).some((name) => allowed.includes(name)),
          `${names} has no ${key} by ${field} (${allowed.join(', ')})`,
        )
    }
  for (const [names, order] of Object.entries(expect.order ?? {})) {
    const model = modelNamed(architecture, names)
    const actual = model ? portOf(architecture, model)?.port.list?.order : undefined
    tally.fact(actual !== undefined && either(order).includes(actual), `${names} is ordered by ${actual}, not ${order}`)
  }
}
