import type { Architecture } from '../../../schemas/generated/architecture.ts'
import { assemble } from './assemble/assemble.ts'
import { nameSystem } from './assemble/name.ts'
import { changeSystem } from './change/plan-change.ts'
import { explain } from './explain.ts'
import { askSystem } from './questions/system.ts'
import { readRequest } from './read/read.ts'
import { refuseCommand, refuseHarm, refuseNothing } from './refuse.ts'
import { resolveFacts } from './resolve/resolve.ts'
import type { PlanResult } from './result.ts'

/** More than this nobody answers before they see anything. */
const maxQuestions = 3

/**
 * Returns a blueprint for a wish in plain English, or a question, or a friendly refusal. Deterministic, without a model;
 * never throws. Where a sentence has several readings it takes the likeliest and says so among the assumptions.
 */
export const planSystem = (text: string, answers: Record<string, string> = {}): PlanResult => {
  const refusal = refuseHarm(text) ?? refuseCommand(text)
  if (refusal) return refusal
  const reader = readRequest(text)
  const first = resolveFacts(reader)
  if (first.things.size === 0) return refuseNothing(text, first)
  const asked = askSystem(first, reader, answers)
  if (asked.open.length > 0) return { kind: 'question', questions: asked.open.slice(0, maxQuestions) }
  reader.facts.push(...asked.facts)
  const sketch = asked.facts.length > 0 ? resolveFacts(reader) : first
  sketch.assumptions.unshift(...asked.told)
  const { name, title } = nameSystem(sketch, reader.facts)
  const architecture: Architecture = assemble(sketch, {
    name,
    title,
    description: text.replace(/\s+/g, ' ').trim().slice(0, 2000),
  })
  return { kind: 'draft', architecture, ...explain(sketch, reader) }
}

/** Returns the next revision for a wish to change a system. As planSystem: deterministic, stateless, never throws. */
export const planChange = (text: string, current: Architecture, answers: Record<string, string> = {}): PlanResult =>
  changeSystem(text, current, answers)

export { likeness } from './likeness.ts'
