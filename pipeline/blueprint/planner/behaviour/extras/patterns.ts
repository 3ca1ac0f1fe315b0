import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { durationPattern } from '../terms/durations.ts'
import { targetsOf } from './targets.ts'

/** What is made of the models that a sentence names. `said`: the sentence; `lasting`: for how long, where it says so. */
export type Make = (draft: BehaviourDraft, models: Found[], said: string, lasting?: string) => Outcome
export type Pattern = { patterns: readonly RegExp[]; make: Make; lasts?: boolean }

export const thing = "([\\p{L}'-]+(?: [\\p{L}'-]+){0,3}?)"
export const people =
  '(?:(?:the |all |any |only )?[\\p{L}-]+ (?:can|may|should be able to|must be able to|want to|need to|are able to) (?:also )?)'
export const must = '(?:can|may|should|must|has to|have to|need to|needs to|want to)'

const tail = new RegExp(
  `,? (?:and (?:is|are|be) kept )?(?:for (?:at least |up to |another |the next )?|within |up to |until )(${durationPattern})(?: (?:after(?:wards| deletion| being deleted| they were deleted| it was deleted)?|later|long))?$`,
  'i',
)

/** Returns a reader of sentences that say of things what is kept of them. The first group of a pattern is the thing. */
export const readerOf =
  (all: readonly Pattern[]): Read =>
  (said) => {
    const whole = said.trim()
    const lasting = tail.exec(whole)
    for (const { patterns, make, lasts } of all)
      for (const pattern of patterns) {
        const text = lasts && lasting ? whole.slice(0, lasting.index) : whole
        const found = pattern.exec(text)
        if (!found) continue
        const named = found.slice(1).find((group) => group !== undefined) ?? ''
        return {
          said,
          rest: [],
          apply: (draft) => {
            const models = targetsOf(draft, named)
            return models && models.length > 0
              ? make(draft, models, whole, lasts ? lasting?.[1] : undefined)
              : { unresolved: `There is nothing called “${named.trim()}”.` }
          },
        }
      }
    return undefined
  }
