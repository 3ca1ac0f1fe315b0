import { pluralPhrase, sentence, singularPhrase, withArticle } from '../words.ts'
import { crowd, found, type Turn } from './words.ts'

const others = /^(?:the )?other (?<who>[\p{L}-]+s) (?:can |may )(?<acts>.+)$/iu

const act =
  /^(?:(?<fork>fork|copy|clone|remix)|(?<rate>rate)|(?<report>report)|save|bookmark|mark|keep) (?<it>it|them|(?:an? |the |each )?[\p{L}-]+)(?<tail>.*)$/iu

/** "Other cooks can fork a recipe, rate it once, and save it as favourite": one of them each, and cooks are who signs up. */
export const othersDo: Turn = (text) => {
  const said = found(others, text)
  const parts =
    said?.acts?.split(
      /,? and (?=rate|save|fork|copy|mark|bookmark|report)|, (?=rate|save|fork|copy|mark|bookmark|report)/i,
    ) ?? []
  let thing: string | undefined
  const plain = parts.map((part) => {
    const { it = '', fork, rate, report, tail = '' } = found(act, part) ?? {}
    if (!it) return undefined
    if (!/^(?:it|them)$/i.test(it)) thing = pluralPhrase(it.replace(/^(?:an?|the|each) /i, ''))
    if (!thing) return undefined
    const people = crowd(said!.who!)
    if (fork) return `${people} can ${fork} ${thing}`
    if (report && tail === '')
      return `${people} can add reports || A report belongs to ${withArticle(singularPhrase(thing))} || A report has a reason`
    if (rate) return `${people} can rate ${thing}${tail.replace(/ stars?\b/i, '')}`
    return /^ (?:as|in|to|among) (?:an? |their |the |one of their )?favou?rites?$/i.test(tail) || tail === ''
      ? `${people} can favourite ${thing}`
      : undefined
  })
  if (plain.length === 0 || plain.some((one) => one === undefined)) return undefined
  return [`${crowd(said!.who!)} sign up`, ...(plain as string[]).flatMap((one) => one.split(' || '))]
}

const inOrder =
  /^(?<lead>(?:the |all )?[\p{L}-]+s (?:can |may )?(?:publish|create|add|write|post|share)) (?<things>[\p{L}-]+s) with (?<parts>[\p{L}-]+s) \((?<fields>[^()]+)\)(?: and (?:ordered )?(?<steps>steps|instructions|chapters|lessons|stages|sections)(?: in order)?)?$/iu

/** "Cooks publish recipes with ingredients (name, amount, unit) and steps in order". */
export const withParts: Turn = (text) => {
  const said = found(inOrder, text)
  if (!said) return undefined
  const { things = '', parts = '', fields = '', steps } = said
  return [
    `${said.lead} ${things}`,
    ...(/publish$/i.test(said.lead!) ? [`${sentence(things)} are first a draft, then published`] : []),
    `${sentence(things)} have a title`,
    `${sentence(things)} have ${parts} with ${fields}`,
    ...(steps ? [`${sentence(things)} have ${steps} with a position and a text`] : []),
  ]
}

const publishes =
  /^(?<lead>(?:the |all )?(?<who>[\p{L}-]+s) (?:can |may )?)publish (?<things>[\p{L}-]+s) with (?<fields>.+)$/iu

/** "Poets publish poems with a title", where drafts are spoken of. */
export const publishesDrafts: Turn = (text, { all }) => {
  const said = found(publishes, text)
  if (!said || !/\bdrafts?\b/i.test(all)) return undefined
  return [
    `${said.lead}publish ${said.things}`,
    `Each ${singularPhrase(said.things!)} has ${said.fields}`,
    `${sentence(said.things!)} are first a draft, then published`,
  ]
}
