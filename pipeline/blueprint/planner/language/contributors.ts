import type { Statement } from './statements.ts'
import { isPeople } from './turns/words.ts'
import { pluralPhrase, sentence, withArticle } from './words.ts'

const submits =
  /^(?:the |all )?(?<who>[\p{L}-]+s) (?:can |may )?(?:submit|hand in|send in|propose|enter|upload|post)s? (?:their |an? |new |own )*(?<things>[\p{L}-]+)\b/iu
const enters =
  /^after (?:each|every|an?|the) (?<row>[\p{L}-]+),? (?:the |an? )?(?<who>[\p{L}-]+) (?:enters|records|writes down|logs|notes) the (?<amount>[\p{L}-]+),? (?:and|so that) the (?<field>[\p{L}-]+(?: [\p{L}-]+)?) of the (?<owner>[\p{L}-]+) (?<move>(?:goes|go) (?:up|down)|rises?|increases?|falls?) by (?:them|it|that|this|these|the same amount)$/iu

/**
 * "Cooks submit recipes, visitors vote for recipes": where what people submit is voted on or judged, anybody may take part, and
 * each has their own, whatever they are by profession. "After a trip the member enters the kilometres, and the mileage of the
 * car goes up by them" says what is entered, and what follows from it.
 */
export const withContributors = (statements: readonly Statement[]): Statement[] => {
  const all = statements.map(({ text }) => text).join('. ')
  return statements.flatMap((one) => {
    const told = one.items ? undefined : (takesPart(one.text, all) ?? countsUp(one.text))
    return told?.map((text) => ({ ...one, text })) ?? [one]
  })
}

const takesPart = (text: string, all: string): string[] | undefined => {
  const { who, things } = submits.exec(text)?.groups ?? {}
  if (!who || !things || !isPeople(who)) return undefined
  const many = pluralPhrase(things.toLowerCase())
  const judged = new RegExp(
    `\\b(?:votes?|voting) (?:for|on) (?:the |an? |each )?(?:${many}|${things})\\b|\\b(?:jury|judges)\\b`,
    'iu',
  )
  return judged.test(all) && !new RegExp(`\\b${who} (?:can )?(?:sign up|register)\\b`, 'i').test(all)
    ? [`${sentence(who)} sign up`, text]
    : undefined
}

const countsUp = (text: string): string[] | undefined => {
  const found = enters.exec(text)?.groups
  return (
    found && [
      `${sentence(pluralPhrase(found.who!))} can add ${pluralPhrase(found.row!)}`,
      `Each ${found.row} belongs to ${withArticle(found.owner!)} and has ${found.amount}`,
      `When ${withArticle(found.row!)} is made, the ${found.field} of its ${found.owner} ${found.move} by its ${found.amount}`,
    ]
  )
}
