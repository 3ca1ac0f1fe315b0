import type { Architecture, Model, RpcPort } from '../../../../schemas/generated/architecture.ts'
import { pluralOf, toSnake } from '../../names.ts'
import { closest } from '../../suggest.ts'
import { singularName, toName } from '../language/words.ts'
import { nounOf } from '../read/noun.ts'

/** One model of the current revision with the component that serves it. */
export type Entry = {
  name: string
  key: string
  words: string
  model: Model
  component: string
  api: RpcPort
  path: string
}

/** Returns the models of a revision that have an API of their own, the account model left out. */
export const entriesOf = (architecture: Architecture): Entry[] =>
  Object.entries(architecture.components).flatMap(([component, shape]) => {
    const api = shape.ports.api
    if (api?.kind !== 'rpc' || !api.crud || !Object.hasOwn(architecture.models, api.crud)) return []
    const model = architecture.models[api.crud]!
    const path = architecture.expose.find((one) => one.port === `${component}.api`)?.path ?? ''
    const key = toSnake(api.crud)
    return [{ name: api.crud, key, words: key.replaceAll('_', ' '), model, component, api, path }]
  })

const keyOfWords = (text: string): string => {
  const noun = nounOf(
    text
      .replace(/^(?:the|all|every|each|existing)\s+/i, '')
      .replace(/\s+(?:model|table|entity|resource|endpoint|collection|list|api|entries|records|rows)s?$/i, ''),
  )
  return noun ? toName(noun.words) : ''
}

/** Finds the model with exactly this name, plural or component, in the singular or not. */
export const findNamed = (architecture: Architecture, key: string): Entry | undefined => {
  const entries = entriesOf(architecture)
  return (
    entries.find((one) => one.key === key) ??
    entries.find((one) =>
      [pluralOf(one.name, one.model), one.component].some((name) => name === key || singularName(name) === key),
    )
  )
}

/** Finds the model that words mean: "todos", "the todo model", "line items"; its last word suffices where it is clear. */
export const findEntry = (architecture: Architecture, text: string): Entry | undefined => {
  const key = keyOfWords(text)
  if (!key) return undefined
  const exact = findNamed(architecture, key)
  if (exact) return exact
  const partial = entriesOf(architecture).filter((one) => one.key.endsWith(`_${key}`) || one.key.startsWith(`${key}_`))
  return partial.length === 1 ? partial[0] : undefined
}

const systemFields = new Set(['id', 'created_at', 'updated_at', 'owner_id', 'password_hash', 'roles'])

export const fieldNames = (entry: Entry): string[] =>
  Object.keys(entry.model.fields).filter((name) => !systemFields.has(name))

/** Finds the field that words mean in one model. */
export const findField = (entry: Entry, text: string): string | undefined => {
  const plain = text
    .replace(/^(?:the|a|an|its|their|our|all)\s+/i, '')
    .replace(/\s+(?:field|column|attribute|property|flag)s?$/i, '')
    .replace(/["'`]/g, '')
    .replace(/^(?:running|sequential|consecutive) (?=(?:\S+ )?number$)/i, '')
  const name = toName(plain.split(/\s+/))
  if (!name) return undefined
  const names = fieldNames(entry)
  const one = singularName(name)
  const exact = names.find(
    (field) =>
      field === name || field === one || singularName(field) === one || field === `${one}_id` || field === `is_${name}`,
  )
  if (exact) return exact
  const measured = names.filter((field) =>
    new RegExp(`^${name}_(?:kg|g|mg|cm|mm|m|km|ml|l|minutes|hours|seconds|days|m2|lbs|miles)$`).test(field),
  )
  return measured.length === 1 ? measured[0] : undefined
}

/** Returns "did you mean ...?" for words that name nothing, with what there is. */
export const unknownThing = (architecture: Architecture, said: string): { text: string; help: string } => {
  const entries = entriesOf(architecture)
  const names = entries.flatMap((entry) => [
    entry.words,
    pluralOf(entry.name, entry.model).replaceAll('_', ' '),
    ...fieldNames(entry).map((field) => field.replaceAll('_', ' ')),
  ])
  const near = closest(said.toLowerCase().replace(/^(?:the|a|an)\s+/, ''), names)
  const there = entries.map(
    (entry) =>
      `${pluralOf(entry.name, entry.model).replaceAll('_', ' ')} (${fieldNames(entry)
        .map((field) => field.replaceAll('_', ' '))
        .join(', ')})`,
  )
  return {
    text: `There is no “${said.trim().slice(0, 60)}” in this system.${near ? ` Did you mean “${near}”?` : ''}`,
    help: `It has ${there.slice(0, 8).join('; ')}.`,
  }
}

/** Finds a field in all models: where it is unique, or in the model last spoken of. */
export const findAnyField = (
  architecture: Architecture,
  text: string,
  preferred?: Entry,
): { entry: Entry; field: string }[] => {
  const found = entriesOf(architecture).flatMap((entry) => {
    const field = findField(entry, text)
    return field ? [{ entry, field }] : []
  })
  const first = preferred ? found.filter((one) => one.entry.name === preferred.name) : []
  return first.length > 0 ? first : found
}
