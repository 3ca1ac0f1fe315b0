import { periodically, readRunning } from '../behaviour/numbers/tail.ts'
import { toName } from '../language/words.ts'
import { runningNumbers } from '../lexicon/running-numbers.ts'
import type { FieldSpec } from './field-spec.ts'

const named = new RegExp(
  `^(?:and )?(?:an? |the |its |their |own )*${runningNumbers} (?:(?<called>[\\p{L}-]+) )?(?:number|no\\.|no|nr|id)(?![\\p{L}\\d-])(?<tail>.*)$`,
  'iu',
)
const noted =
  /^(?:and )?(?:an? |the |its |their |own )*(?:(?<called>[\p{L}-]+) )?(?:number|no\.|nr)\s*(?:\(|: ?|, ?)(?:automatic(?:ally (?:assigned|generated|counted))?|sequential|running|consecutive|auto-?increment(?:ed|ing)?|(?:assigned|generated|counted up|counts up|given) (?:automatically|by the system)|counts up|counted up)\)?$/iu

/** "A running number", "a consecutive invoice number from 1000", "number (automatic)": a field that the system counts up. */
export const readRunningNumber = (item: string): FieldSpec | undefined => {
  const found = (named.exec(item.trim()) ?? noted.exec(item.trim()))?.groups
  const running = found && readRunning(found.tail ?? '')
  const numbers = running && periodically(running)
  // For each of what they begin again is known where that is.
  if (!numbers || typeof numbers === 'string' || numbers.per.length > 0) return undefined
  const { per: _, ...said } = numbers
  const name = toName([...(found!.called ? [found!.called] : []), 'number'])
  return {
    name,
    words: name.replaceAll('_', ' '),
    type: said.as === undefined ? 'int' : 'string',
    typed: true,
    several: false,
    numbered: said,
  }
}
