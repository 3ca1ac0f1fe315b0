import type { Read, Wish } from '../behaviour.ts'
import { applyTimer } from './apply-timer.ts'
import { nameState } from './assign.ts'
import { type Deed, readTimer } from './read-timer.ts'

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
        spec.deed.kind === 'set' || /\bhave been [\p{L}]+ for\b/iu.test(sentence)
        ? 2.4
        : 0
  return {
    said: sentence,
    rest: tells ? ['With user accounts'] : [],
    after,
    ...(spec.deed.kind === 'set' ? { yields: true, ahead: namesState(sentence, spec.deed) } : {}),
    apply: (draft) => applyTimer(draft, spec),
  }
}

/** Who may take them there, which others say, is known before it happens by itself. */
const namesState = (said: string, { rows, to }: Extract<Deed, { kind: 'set' }>): Wish => ({
  said,
  rest: [],
  after: 1.2,
  apply: (draft) => {
    const [model] = draft.mentioned(rows)
    if (model && !draft.changing) nameState(model, to)
    return { understood: [] }
  },
})
