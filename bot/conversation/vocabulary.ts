import pluralize from 'pluralize'
import { accountModelOf, pluralWords, toWords, wordsOfField } from '../../pipeline/blueprint/names.ts'
import type { Architecture } from '../../schemas/generated/architecture.ts'
import { literal } from './literal.ts'

/** Fields that nearly every system has say nothing about which one is meant. */
const common = new Set([
  'id',
  'name',
  'title',
  'description',
  'notes',
  'email',
  'roles',
  'created at',
  'updated at',
  'status',
  'type',
  'date',
  'password hash',
])

/** Returns what tells whether a text uses words of a system: its models in singular or plural, and its telling fields. */
export const mentionsOf = (architecture: Architecture): ((text: string) => boolean) => {
  const account = accountModelOf(architecture)
  const words = new Set<string>()
  for (const [name, model] of Object.entries(architecture.models)) {
    if (name !== account) {
      const one = toWords(name)
      for (const word of [one, pluralize(one), pluralWords(name, model)]) words.add(word)
    }
    for (const field of Object.keys(model.fields)) {
      const word = wordsOfField(field)
      if (common.has(word)) continue
      words.add(word)
      words.add(pluralize(word))
    }
  }
  for (const role of Object.keys(architecture.policies.roles))
    if (role !== 'user' && role !== 'admin')
      for (const word of [toWords(role), pluralize(toWords(role))]) words.add(word)
  if (words.size === 0) return () => false
  const pattern = new RegExp(`\\b(?:${[...words].map(literal).join('|')})\\b`, 'i')
  return (text) => pattern.test(text)
}
