import type { Read } from '../behaviour.ts'
import { applyTimer } from './apply-timer.ts'
import { readTimer } from './read-timer.ts'

/** "Every Monday unpaid dues are flagged": what happens by itself. */
export const readTimers: Read = (sentence) => {
  const spec = readTimer(sentence)
  if (!spec) return undefined
  const tells = spec.deed.kind === 'remind' || spec.deed.kind === 'tell'
  return { said: sentence, rest: tells ? ['With user accounts'] : [], apply: (draft) => applyTimer(draft, spec) }
}
