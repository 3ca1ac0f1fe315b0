import type { Operation } from '../../lexicon/verbs.ts'
import type { Scope } from '../facts.ts'
import { contentOf, type Noun, nounOf } from '../noun.ts'
import type { Who } from '../people.ts'
import type { Reader } from '../reader.ts'
import { isThing } from '../thing-list.ts'

/** Names in a right that are no roles. */
export const special: ReadonlySet<string> = new Set(['everyone', 'signed', 'nobody', 'we', 'owner', 'user'])

export const everybodyMay: Who = { names: ['everyone'], only: false, not: false }
export const ownersOnly: Who = { names: ['owner'], only: true, not: false }

/** Returns the thing that words mean: `it` is what was spoken of last. */
export const nounFor = (text: string, reader: Reader): Noun | undefined => {
  if (/^(?:it|them|they|these|those|one|ones)$/i.test(text.trim())) return reader.last
  const noun = nounOf(text)
  return noun && isThing(noun)
    ? { ...noun, words: noun.words.length > 1 ? noun.words : contentOf(noun.words) }
    : undefined
}

/** Adds one right: who may do which operations with what, and whose rows of it. `''` is what was spoken of last. */
export const pushAccess = (
  reader: Reader,
  who: Who,
  not: boolean,
  ops: readonly Operation[],
  object: string,
  scope: Scope,
): void => {
  const noun =
    object === '' ? reader.last : object === 'everything' ? undefined : (nounFor(object, reader) ?? reader.last)
  if (noun && object !== '') reader.last = noun
  pushRight(reader, who, not, ops, noun, scope)
}

/** As pushAccess, for a thing that is known; `undefined` is everything. */
export const pushRight = (
  reader: Reader,
  who: Who,
  not: boolean,
  ops: readonly Operation[],
  noun: Noun | undefined,
  scope: Scope,
): void => {
  const object = noun ? noun.words.join(' ') : 'everything'
  reader.facts.push({
    kind: 'access',
    who: who.names,
    only: who.only,
    ...(who.limited ? { limited: true } : {}),
    ...(who.parties ? { parties: true } : {}),
    not: not || who.not,
    ops,
    object,
    noun,
    scope,
  })
  const barred = who.barred ?? []
  if (barred.length > 0)
    reader.facts.push({ kind: 'access', who: barred, only: false, not: true, ops, object, noun, scope: 'all' })
}
