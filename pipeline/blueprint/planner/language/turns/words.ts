import { isPersonNoun } from '../../lexicon/people.ts'
import { pluralPhrase, sentence, singular, singularPhrase } from '../words.ts'

/** What was said so far, and all of it: `event` is the last thing with a day, which people come to. */
export type Scene = { all: string; event?: string }

export type Turn = (text: string, scene: Scene) => string[] | undefined

const last = (words: string): string => words.toLowerCase().split(' ').at(-1)!

export const isPeople = (words: string): boolean =>
  /^(?:people|staff)$/.test(last(words)) || isPersonNoun(singular(last(words)))

export const isDescribed = (thing: string, all: string): boolean =>
  new RegExp(`\\b(?:${singularPhrase(thing)}|${pluralPhrase(thing)}) (?:has|have|with)\\b`, 'i').test(all)

export const isSpoken = (thing: string, text: string, all: string): boolean =>
  new RegExp(`\\b(?:${singularPhrase(thing)}|${pluralPhrase(thing)})\\b`, 'i').test(all.replace(text, ''))

export const who = '(?<who>(?:the |all |each |every |other )?[\\p{L}-]+(?: (?!(?:can|may|must)\\b)[\\p{L}-]+)?)'

export const found = (pattern: RegExp, text: string): { [name: string]: string } | undefined =>
  pattern.exec(text)?.groups as { [name: string]: string } | undefined

export const crowd = (words: string): string =>
  sentence(/\bstaff$/i.test(words) ? 'staff' : pluralPhrase(words.replace(/^(?:the|all|each|every|other) /i, '')))

/** Returns a pattern that is anchored on both sides as one that finds it anywhere. */
export const within = (pattern: RegExp): RegExp => new RegExp(pattern.source.slice(1, -1), 'iu')
