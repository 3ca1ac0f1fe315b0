import type { Architecture } from '../../../../schemas/generated/architecture.ts'
import { asOf, type BehaviourDraft } from './draft.ts'
import { readAlike } from './extras/read-alike.ts'
import { keepForLater } from './later.ts'
import { keepAddresses } from './seen/addresses.ts'
import { freeCancelled } from './standing-rules.ts'
import { keepDecided } from './states/kept-once-decided.ts'
import { takeStates } from './states/take-states.ts'
import { keepWithinSight } from './states/within-sight.ts'
import { keepWhatIsSet } from './system-sets.ts'

/**
 * Closes what all sentences made: what follows from them together, and nobody says. `unlocked`: `Model:op` of what was said to
 * be done at any time. In a change (`before`) only what is new: what runs stays as it is.
 */
export const settle = (draft: BehaviourDraft, unlocked: ReadonlySet<string>, before?: Architecture): void => {
  const there = before && asOf(draft, before)
  takeStates(draft.architecture)
  freeCancelled(draft, there)
  keepDecided(draft, unlocked, there)
  keepWhatIsSet(draft, there)
  keepAddresses(draft, there)
  readAlike(draft)
  keepWithinSight(draft)
  keepForLater(draft.architecture, before)
}
