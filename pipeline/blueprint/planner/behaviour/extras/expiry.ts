import type { Read } from '../behaviour.ts'
import { durationPattern, secondsOf } from '../terms/durations.ts'

const links = [
  new RegExp(
    `^(?:the |all |download |public |shared )*(?:links?|urls?|download links?)(?: (?:to|of|for) (?:an? |the |uploaded |all )*[\\p{L} -]{2,40}?)? (?:expires?|are (?:valid|good)|is (?:valid|good)|works?|should expire|must expire|ends?|lapse|are only valid|stay valid|last) ?(?:after|for|within|in)? (${durationPattern})$`,
    'iu',
  ),
  new RegExp(
    `^(?:downloads?|files?|uploads?|images?|photos?|pictures?|documents?) (?:are|can be) (?:available|downloaded|reached) (?:through|by|via|with|over) (?:an? )?(?:links?|urls?) (?:that|which) (?:expires?|(?:is|are) (?:valid|good)) ?(?:after|for|within)? (${durationPattern})$`,
    'iu',
  ),
]

/** "Links expire after a day": how long a link to a file is good for. */
export const readLinkExpiry: Read = (said) => {
  const found = links.map((pattern) => pattern.exec(said.trim())).find((one) => one)
  const seconds = found ? secondsOf(found[1]!) : undefined
  if (seconds === undefined) return undefined
  const minutes = Math.min(525_600, Math.max(1, Math.round(seconds / 60)))
  return {
    said,
    rest: [],
    after: 6,
    apply: (draft) => {
      const files = Object.values(draft.architecture.models).flatMap(({ fields }) =>
        Object.values(fields).filter(({ file }) => file !== undefined),
      )
      if (files.length === 0) return { unresolved: 'There are no files that links could lead to.' }
      for (const { file } of files) file!.linkMinutes = minutes
      return { understood: [`Links to files are good for ${found![1]!.toLowerCase()}.`] }
    },
  }
}
