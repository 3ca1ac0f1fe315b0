import type { BehaviourDraft } from './draft.ts'
import { transitionsOf } from './states/apply-sequence.ts'
import { verbOf } from './states/verbs.ts'
import type { Happening } from './told/read-told.ts'

/** What is left of what was done to something. */
const rows: Readonly<Record<string, string>> = {
  sold: 'sale',
  ordered: 'order',
  bought: 'purchase',
  purchased: 'purchase',
  lent: 'loan',
  borrowed: 'loan',
  delivered: 'delivery',
  donated: 'donation',
}

/** "A product is sold", "something is sold", where sales say which product: then a sale is made. */
export const rowsOfDeed = (draft: BehaviourDraft, happening: Happening): Happening => {
  if (happening.kind !== 'done') return happening
  const noun = rows[happening.done]
  const row = noun ? draft.exactModel(noun) : undefined
  if (!row) return happening
  if (/^(?:something|anything|it|one|they)$/i.test(happening.thing)) return { kind: 'created', thing: noun! }
  const thing = draft.findModel(happening.thing)
  if (!thing || thing.name === row.name || draft.refFrom(row, thing) === undefined) return happening
  return transitionsOf(thing.model, verbOf(happening.done)).length > 0 ? happening : { kind: 'created', thing: noun! }
}
