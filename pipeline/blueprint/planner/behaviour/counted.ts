import { plural, singularPhrase } from '../language/words.ts'
import { fieldFor, nounOfVerb, tiesOf } from './between.ts'
import type { BehaviourDraft } from './draft.ts'
import type { Found } from './find.ts'

/** Rows that are counted, and the fields that are equal in those that are counted together. */
export type Counted = { model: Found; per: string[] }

/**
 * Returns what is counted when people say "at most 12 participants per course" or "two bookings per member and room": the
 * rows of that name if they belong to the rest, else the rows that tie the one to the other. Undefined where nothing does.
 */
export const countedFor = (
  draft: BehaviourDraft,
  what: string,
  per: readonly string[],
  verb: string | undefined,
): Counted | undefined => {
  const things = per.map((words) => draft.findModel(words))
  const thing = things.find((one) => one !== undefined)
  const noun = nounOfVerb(verb)
  const named = modelOf(draft, what)
  const direct = named && per.every((words) => fits(draft, named, words)) ? named : undefined
  const model =
    direct ??
    (noun ? draft.findModel(noun) : undefined) ??
    (named && thing ? between(draft, named, thing) : undefined) ??
    (named && !things.some((one) => one?.name === named.name) && isTie(draft, named) ? named : undefined) ??
    (thing ? tiesOf(draft, thing, verb) : undefined)
  if (!model || things.some((one) => one?.name === model.name)) return undefined
  const fields: string[] = []
  for (const words of per) {
    const field = fieldFor(draft, model, words)
    if (!field) return undefined
    fields.push(field)
  }
  return { model, per: fields }
}

const modelOf = (draft: BehaviourDraft, words: string): Found | undefined =>
  draft.findModel(words) ?? draft.findModel(words.split(' ').at(-1)!)

const saysNothing =
  /^(?:different|new|own|single|separate|further|more|other|such|of|these|those|the|his|her|their|upcoming|future|planned|open|active|current|pending|running|ongoing|total)$/i

/**
 * Returns what holds for those that are counted where they are named with a word for their kind ("private phones", "main
 * photo"): a yes or no of theirs or one of their values. Undefined where nothing says which ones are.
 */
export const kindCounted = ({ key, model }: Found, what: string): string[] | undefined => {
  const words = singularPhrase(what).split(' ')
  const named = key.split('_')
  if (words.length < 2 || words.at(-1) !== named.at(-1)) return []
  const conditions = words
    .filter((word) => !named.includes(word) && !saysNothing.test(word))
    .map((word) => ofKind(model, word))
  return conditions.every((one) => one !== undefined) ? conditions : undefined
}

const ofKind = (model: Found['model'], word: string): string | undefined => {
  for (const [name, { type, values }] of Object.entries(model.fields)) {
    const value = values?.find((one) => one.toLowerCase() === word.replaceAll('-', '_'))
    if (value) return `this.${name} == '${value}'`
    if (type === 'bool' && (name === word || name === `is_${word}`)) return `this.${name}`
    if (type === 'bool' && `un${name}` === word) return `!this.${name}`
  }
  return undefined
}

const fits = (draft: BehaviourDraft, model: Found, words: string): boolean => {
  const other = draft.findModel(words)
  return other
    ? other.name !== model.name && draft.refFrom(model, other) !== undefined
    : draft.findField(model, words) !== undefined
}

/** The rows that refer to both. */
export const between = (draft: BehaviourDraft, one: Found, other: Found): Found | undefined =>
  one.name === other.name
    ? undefined
    : draft
        .models()
        .find((model) => draft.refFrom(model, one) !== undefined && draft.refFrom(model, other) !== undefined)

const isTie = (draft: BehaviourDraft, model: Found): boolean =>
  model.name !== draft.userModel()?.name &&
  Object.values(model.model.fields).some((field) => field.type.startsWith('ref('))

/** "a, b and c" of a pattern, as its items. */
export const itemsOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(/\s*,\s*(?:and\s+|per\s+)?|\s+(?:and|per|in|for each|for|on|of)\s+/i)
    .map((item) =>
      item
        .replace(/^(?:the|an?|each|every|any|same|one|per|given)\s+/i, '')
        .replace(/^(?:same|given)\s+/i, '')
        .trim(),
    )
    .filter(Boolean)

/** A row between two things that nothing ties yet: "a student can enrol only once in a course". */
export const addBetween = (draft: BehaviourDraft, noun: string, things: readonly Found[]): Found | undefined => {
  const user = draft.userModel()
  const refs = things.filter((one) => one.name !== user?.name)
  const owned = user !== undefined && things.some((one) => one.name === user.name)
  if (refs.length === 0 || draft.exactModel(noun)) return undefined
  const model = draft.ensureModel(noun, {}, { refs: refs.map((to) => ({ to })), owned })
  draft.assume(
    `There are ${plural(model.words)}, each of ${[...refs.map((one) => `a ${one.words}`), ...(owned ? ['the one who makes it'] : [])].join(' and ')}.`,
  )
  return model
}
