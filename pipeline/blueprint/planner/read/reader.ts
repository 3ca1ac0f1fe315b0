import type { Operation } from '../lexicon/verbs.ts'
import type { Fact } from './facts.ts'
import type { Known } from './grammar/glossary.ts'
import type { Noun } from './noun.ts'

/** What is carried from clause to clause: the facts so far, and what "it" and "they" refer to. */
export type Reader = {
  facts: Fact[]
  last?: Noun
  recent?: Noun[]
  person?: string
  /** What somebody was last said to do, for "pupils only their own". */
  deed?: { verbs: string[]; ops: readonly Operation[] }
  gaps: Map<string, string>
  /** The things that the whole text describes; without it only the readers of single clauses are asked. */
  glossary?: Known
  /** How deep clauses stand in clauses now, and how many were read: both are bounded, for hostile texts. */
  depth: number
  clauses: number
  /** Reads another clause into the same facts. `wish`: it is the object of "build me". */
  read: (clause: string, wish: boolean) => void
}

/** `read` is given by who reads clauses, so that parts of sentences can be read as clauses without knowing how. */
export const createReader = (read: (clause: string, reader: Reader, wish: boolean) => void): Reader => {
  const reader: Reader = {
    facts: [],
    gaps: new Map(),
    depth: 0,
    clauses: 0,
    read: (clause, wish) => read(clause, reader, wish),
  }
  return reader
}

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
