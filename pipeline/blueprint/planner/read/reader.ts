import type { Fact } from './facts.ts'
import type { Noun } from './noun.ts'

/** What is carried from clause to clause: the facts so far, and what "it" and "they" refer to. */
export type Reader = {
  facts: Fact[]
  last?: Noun
  recent?: Noun[]
  person?: string
  gaps: Map<string, string>
  depth: number
  clauses: number
}

export const createReader = (): Reader => ({ facts: [], gaps: new Map(), depth: 0, clauses: 0 })

/** Adds a thing and remembers it as what the next pronoun means. */
export const meet = (
  reader: Reader,
  noun: Noun,
  how: 'headline' | 'named' | 'tracked' | 'acted' | 'place',
  by?: string,
): void => {
  reader.facts.push({ kind: 'thing', noun, how, ...(by ? { by } : {}) })
  if (how !== 'place') reader.last = noun
}
