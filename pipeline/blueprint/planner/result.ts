import type { Architecture } from '../../../schemas/generated/architecture.ts'

/** One thing that only a person can decide; the answer comes back under `id` with a choice's `value`. */
export type Question = { id: string; text: string; choices: { label: string; value: string }[] }

/** What the planner answers. The lists hold plain sentences for a chat thread. */
export type PlanResult =
  | { kind: 'draft'; architecture: Architecture; understood: string[]; assumptions: string[]; notCarried: string[] }
  | { kind: 'question'; questions: Question[] }
  | { kind: 'refusal'; text: string; help: string }
