import type { Read } from '../behaviour.ts'
import { applyTimer } from './apply-timer.ts'
import { readTimer } from './read-timer.ts'

/** "Every Monday unpaid dues are flagged": what happens by itself. */
export const readTimers: Read = (sentence) => {
  const spec = readTimer(sentence)
  if (!spec) return undefined
  const tells = spec.deed.kind === 'tell'
  // What is decided is known by the states that other sentences give.
  const after =
    /\b(?:decided|processed|handled|dealt with|settled|treated|worked on|(?:un|not )(?:confirmed|approved|accepted|answered))\b/i.test(
      sentence,
    )
      ? 2.6
      : // What becomes of them may be a state, which is known when all steps are.
        spec.deed.kind === 'set'
        ? 1.2
        : 0
  return {
    said: sentence,
    rest: tells ? ['With user accounts'] : [],
    after,
    ...(spec.deed.kind === 'set' ? { yields: true } : {}),
    apply: (draft) => applyTimer(draft, spec),
  }
}
