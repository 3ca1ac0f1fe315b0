import { sentence, singularPhrase, withArticle } from '../words.ts'
import { found, isDescribed, type Turn } from './words.ts'

/** As the wordings say it plainly. */
const moves =
  /^when an? (?<what>[\p{L}-]+(?: [\p{L}-]+)?) is made, the (?<amount>stock|quantity|inventory|supply) goes (?<way>up|down)$/iu

/** "Deliveries add to the stock": of one of what has a stock, and of how many, where nothing else is said of them. */
export const movesStock: Turn = (text, { all }) => {
  const { what = '', amount = '', way = '' } = found(moves, text) ?? {}
  // Where an amount is spoken of, whose it is is said.
  if (!what || isDescribed(what, all) || /\b(?:quantit(?:y|ies)|amounts?|pieces|how many)\b/i.test(all))
    return undefined
  const has = new RegExp(
    `(?:^|[.;] ?)(?:(?:an?|each|every|the|all) )?(?<thing>[\\p{L}-]+) (?:has|have) (?:(?! with )[^.;])*?\\b${amount}\\b`,
    'iu',
  )
  const thing = has.exec(all)?.groups?.thing
  if (!thing) return undefined
  const [row, item] = [what, thing].map((one) => singularPhrase(one.toLowerCase())) as [string, string]
  return [
    `${sentence(`each ${row}`)} has ${withArticle(item)} and a quantity`,
    `When ${withArticle(row)} is made, the ${amount} of the ${item} goes ${way} by the quantity`,
  ]
}
