import type { Architecture } from '../../../schemas/generated/architecture.ts'

/** One thing that only a person can decide; the answer comes back under `id` with a choice's `value`. */
export type Question = { id: string; text: string; choices: { label: string; value: string }[] }

/** A blueprint, and in plain sentences for a chat thread what was understood, assumed and not built. */
export type Draft = {
  kind: 'draft'
  architecture: Architecture
  understood: string[]
  assumptions: string[]
  notCarried: string[]
}

/** What the planner answers. */
export type PlanResult =
  | Draft
  | { kind: 'question'; questions: Question[] }
  /** `already`: nothing was wished for that is not so in the blueprint at hand. */
  | { kind: 'refusal'; text: string; help: string; already?: true }
