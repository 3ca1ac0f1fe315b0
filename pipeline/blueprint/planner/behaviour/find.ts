import type { Architecture } from '../../../../schemas/generated/architecture.ts'
import { accountModelOf, pluralOf, refOf, toSnake } from '../../names.ts'
import { type Entry, entriesOf, findField as findNamedField } from '../change/view.ts'
import { singularName, toName } from '../language/words.ts'
import { nounOf } from '../read/noun.ts'
import { alikeFields, alikeModels } from './synonyms.ts'

/** A model with the port that serves it; `endpoint` is component.port, as grants name it. */
export type Found = Entry & { endpoint: string }

export type Finder = {
  /** Finds the model that words mean: by name, plural, component, last word, synonym; a role means the account model. */
  findModel: (words: string) => Found | undefined
  /** Finds the model of exactly this snake_case name. */
  exactModel: (key: string) => Found | undefined
  /** Finds the field that words mean, references too ("dentist" is dentist_id). */
  findField: (model: Found, words: string) => string | undefined
  /** Returns the field of `model` that refers to `to`; of several the one whose name fits `words`, else the first. */
  refFrom: (model: Found, to: Found, words?: string) => string | undefined
  /** Models that refer to a model: who has its rows. */
  childrenOf: (model: Found) => { model: Found; field: string }[]
  /** Returns the role that words mean: `members` -> member. `admin` is always one where there are accounts. */
  findRole: (words: string) => string | undefined
  /** What "it" and "they" mean: the model that was last spoken of, of those that can be meant. */
  it: (fits?: (model: Found) => boolean) => Found | undefined
  /** All models that a text names, in its order, each once. */
  mentioned: (text: string) => Found[]
  /** All models but the accounts. */
  models: () => Found[]
  portOf: (model: string) => Found | undefined
  /** The account model, where there are accounts. */
  userModel: () => Found | undefined
}

const lead =
  /^(?:the|an?|all|any|every|each|existing|our|their|his|her|its|my|same|single|one|this|that|these|those|two)\s+/i

const keyOfWords = (text: string): string => {
  let plain = text.trim().toLowerCase()
  for (let i = 0; i < 3; i += 1) plain = plain.replace(lead, '')
  const noun = nounOf(plain.replace(/\s+(?:model|table|entity|resource|records?|entries|rows)$/i, ''))
  return noun ? toName(noun.words) : ''
}

/** The head gardener may more than gardeners may. */
const above = /^(?:head|chief|senior|lead|deputy|vice|master)_/

/** "The altitude" is the maximum altitude in metres where no other field is one. */
const onlyEnding = (names: readonly string[], key: string): string | undefined => {
  if (!/^[a-z_]{4,}$/.test(key) || /^(?:name|title|date|time|number|type|text|status)$/.test(key)) return undefined
  const fitting = names.filter((name) =>
    new RegExp(`_${key}(?:_(?:kg|g|cm|mm|m|km|ml|l|m2|minutes|hours|days))?$`).test(name),
  )
  return fitting.length === 1 ? fitting[0] : undefined
}

/** Returns what finds things in an architecture; it looks at the architecture as it is when it is asked. */
export const finderOf = (architecture: Architecture, about: string): Finder => {
  const models = (): Found[] =>
    entriesOf(architecture)
      .filter((entry) => entry.name !== accountModelOf(architecture))
      .map((entry) => ({ ...entry, endpoint: `${entry.component}.api` }))
  const userModel = (): Found | undefined => {
    const name = accountModelOf(architecture)
    const component = architecture.policies.authn?.issuer.split('.')[0]
    const api = component ? architecture.components[component]?.ports.users : undefined
    if (!name || !component || api?.kind !== 'rpc') return undefined
    const path = architecture.expose.find((one) => one.port === `${component}.users`)?.path ?? ''
    const model = architecture.models[name]!
    return { name, key: toSnake(name), words: 'user', model, component, api, path, endpoint: `${component}.users` }
  }
  const exactModel = (key: string): Found | undefined => {
    const all = models()
    return (
      all.find((one) => one.key === key) ??
      all.find((one) =>
        [pluralOf(one.name, one.model), one.component].some((name) => name === key || singularName(name) === key),
      )
    )
  }
  const findRole = (words: string): string | undefined => {
    const key = keyOfWords(words)
    const roles = Object.keys(architecture.policies.roles)
    if (!key || !architecture.policies.authn) return undefined
    if (/^(?:admin|administrator|admins)$/.test(key)) return 'admin'
    return (
      roles.find((role) => role === key) ??
      roles.find((role) => role.endsWith(`_${key}`) || (key.endsWith(`_${role}`) && !above.test(key)))
    )
  }
  const findModel = (words: string): Found | undefined => {
    if (/^(?:it|they|them|this|that|these|those|one|ones)$/i.test(words.trim())) return it()
    const key = keyOfWords(words)
    if (!key) return undefined
    const exact = exactModel(key)
    if (exact) return exact
    const all = models()
    const partial = all.filter((one) => one.key.endsWith(`_${key}`) || one.key.startsWith(`${key}_`))
    if (partial.length === 1) return partial[0]
    const alike = alikeModels(key)
      .map((name) => exactModel(name))
      .find((one) => one !== undefined)
    if (alike) return alike
    const last = key.includes('_') ? exactModel(key.slice(key.lastIndexOf('_') + 1)) : undefined
    if (last) return last
    if (findRole(words) !== undefined || /^(?:user|person|people|account|individual|everyone|everybody)$/.test(key))
      return userModel()
    return partial[0]
  }
  const mentioned = (text: string): Found[] => {
    const words = text.toLowerCase().match(/[\p{L}\d-]+/gu) ?? []
    const found: Found[] = []
    for (let i = 0; i < words.length; i += 1) {
      const pair = i + 1 < words.length ? exactModel(keyOfWords(`${words[i]} ${words[i + 1]}`)) : undefined
      const one = pair ?? exactModel(keyOfWords(words[i]!))
      if (one && !found.some(({ name }) => name === one.name)) found.push(one)
      if (pair) i += 1
    }
    return found
  }
  const it: Finder['it'] = (fits = () => true) => {
    for (const line of about.split('\n').reverse()) {
      const first = mentioned(line).find(fits)
      if (first) return first
    }
    return undefined
  }
  const refsTo = (model: Found, to: Found): string[] =>
    Object.entries(model.model.fields).flatMap(([name, field]) => (refOf(field.type)?.model === to.name ? [name] : []))
  return {
    findModel,
    exactModel,
    findRole,
    it,
    mentioned,
    models,
    userModel,
    portOf: (name) => models().find((one) => one.name === name) ?? [userModel()].find((one) => one?.name === name),
    refFrom: (model, to, words = '') => {
      const refs = refsTo(model, to)
      const key = keyOfWords(words)
      return refs.find((name) => key && name.startsWith(key)) ?? refs.find((name) => name === `${to.key}_id`) ?? refs[0]
    },
    childrenOf: (model) => models().flatMap((one) => refsTo(one, model).map((field) => ({ model: one, field }))),
    findField: (model, words) => {
      const named = findNamedField(model, words)
      if (named) return named
      const key = keyOfWords(words)
      const names = Object.keys(model.model.fields)
      return (
        alikeFields(key).find((name) => names.includes(name)) ??
        (key ? names.find((name) => name === key || name === `${key}_id`) : undefined) ??
        onlyEnding(names, key)
      )
    },
  }
}
