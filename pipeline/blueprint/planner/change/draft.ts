import type { Architecture } from '../../../../schemas/generated/architecture.ts'
import { type Answers, answered } from '../questions/question.ts'
import type { Fact } from '../read/facts.ts'
import type { Question } from '../result.ts'

/** A revision in the making: a copy of the current one, and what is told about the edits. */
export type Draft = {
  architecture: Architecture
  understood: string[]
  assumptions: string[]
  notCarried: string[]
  /** What was asked for and is so anyway, and where it is found, in plain sentences. */
  anyway: string[]
  /** What was assumed before the rules were there, and is no longer so. */
  unsaid: RegExp[]
  /** The greatest effect so far on the version. */
  effect: 'none' | 'minor' | 'major'
  /** Models added by this change with their usual fields, which a later sentence may still name. */
  bare: Set<string>
  /** By the key of such a model: who was said to do what with it, which holds where it is added again with other fields. */
  rights: Map<string, Fact[]>
  /** `component.port:op` -> who was said to take this step, by all sentences so far. */
  takers: Map<string, { role: string; scope?: string }[]>
  /** "The pastor may approve requests too": whoever may already goes on. */
  also?: boolean
  /** `Model:op` of what was said to be changed or deleted at any time, whatever became of it. */
  unlocked: Set<string>
  /** What only a person can decide, and the answers so far. */
  questions: Question[]
  answers: Answers
  /** No model was named: the one at hand is a guess. */
  guessing: boolean
  /** What was last added or changed: what "it" and the next sentence are about. */
  last?: { model: string; field?: string }
  /** Something was understood of the sentence at hand, also where it is so already. */
  heard?: boolean
  /** The sentences that say what is so already. */
  holds: string[]
  /** The request says that there is no sign-in. */
  noAccounts?: boolean
  /** All that this change says, sentence by sentence: who may do what with a new thing may stand in another one. */
  told: readonly string[]
  /** Why the whole change cannot be made. */
  problem?: { text: string; help: string }
}

/** Returns the answer to a question, or asks it. */
export const ask = (draft: Draft, question: Question): string | undefined => {
  const value = answered(question, draft.answers)
  if (value === undefined && !draft.questions.some(({ id }) => id === question.id)) draft.questions.push(question)
  return value
}

export const createDraft = (current: Architecture, answers: Answers): Draft => ({
  architecture: structuredClone(current),
  understood: [],
  assumptions: [],
  notCarried: [],
  holds: [],
  anyway: [],
  unsaid: [],
  effect: 'none',
  bare: new Set(),
  rights: new Map(),
  takers: new Map(),
  unlocked: new Set(),
  questions: [],
  answers,
  told: [],
  guessing: false,
})

/** Returns what puts a draft back to how it is now. */
export const restorable = (draft: Draft): (() => void) => {
  const kept = structuredClone(draft)
  return () => {
    for (const key of Object.keys(draft)) if (!(key in kept)) delete draft[key as keyof Draft]
    Object.assign(draft, kept)
  }
}

export const note = (draft: Draft, text: string, effect: 'minor' | 'major' = 'minor'): void => {
  draft.understood.push(text)
  if (effect === 'major' || draft.effect === 'none') draft.effect = effect
}

/** Raises the version: the second number for what old clients do not notice, the first for what breaks them. */
export const bumpVersion = (version: string, effect: Draft['effect']): string => {
  const [major = 1, minor = 0, patch = 0] = version.split('.').map(Number)
  return effect === 'major'
    ? `${major + 1}.0.0`
    : effect === 'minor'
      ? `${major}.${minor + 1}.0`
      : `${major}.${minor}.${patch}`
}
