import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'

const numeric = /^(?:int|float|decimal)$/

/** "Price" of a rental, where only the tool has one. */
export const pricedBy = (draft: BehaviourDraft, model: Found, words: string): Found | undefined => {
  if (!/^(?:the )?(?:daily |nightly |hourly )?(?:price|rate|fee|cost)s?(?: per [a-z]+)?$/i.test(words)) return undefined
  const priced = draft
    .models()
    .filter((one) => draft.refFrom(model, one) !== undefined && priceIn(one, words) !== undefined)
  return priced.length === 1 ? priced[0] : undefined
}

/** "Price" is the price per day, where there is no other. */
export const priceIn = ({ model }: Found, words: string): string | undefined => {
  const word = /price|rate|fee|cost/i.exec(words)?.[0].toLowerCase()
  const names = Object.keys(model.fields).filter(
    (name) =>
      word &&
      (name === word || name.startsWith(`${word}_`) || name.endsWith(`_${word}`)) &&
      numeric.test(model.fields[name]!.type),
  )
  return names.length === 1 ? names[0] : undefined
}
