import type { Statement } from './statements.ts'
import { isPeople } from './turns/words.ts'
import { plural, pluralPhrase, sentence, singularPhrase, withArticle } from './words.ts'

const submits =
  /^(?:the |all )?(?<who>[\p{L}-]+s) (?:can |may )?(?:submit|hand in|send in|propose|enter|upload|post)s? (?:their |an? |new |own )*(?<things>[\p{L}-]+)\b/iu
const enters =
  /^after (?:each|every|an?|the) (?<row>[\p{L}-]+),? (?:the |an? )?(?<who>[\p{L}-]+) (?:enters|records|writes down|logs|notes) the (?<amount>[\p{L}-]+),? (?:and|so that) the (?<field>[\p{L}-]+(?: [\p{L}-]+)?) of the (?<owner>[\p{L}-]+) (?<move>(?:goes|go) (?:up|down)|rises?|increases?|falls?) by (?:them|it|that|this|these|the same amount)$/iu

const owns =
  /^(?:the |all )?(?<who>[\p{L}-]+s) own (?<things>[\p{L}-]+s)(?:,? and (?<rest>(?:can|may|see|sees|only|read|view) .+))?$/iu
const goes =
  /^(?:an?|each|every|the) (?<thing>repair|order|job|treatment|cleaning|service|inspection|claim|case|alteration|restoration|delivery|check) (?:goes|is|moves|passes|runs)(?: from| through)? [\p{L} ]+, .+$/iu

/**
 * "Cooks submit recipes, visitors vote for recipes": where what people submit is voted on or judged, anybody may take part, and
 * each has their own, whatever they are by profession. "After a trip the member enters the kilometres, and the mileage of the
 * car goes up by them" says what is entered, and what follows from it.
 */
export const withContributors = (statements: readonly Statement[]): Statement[] => {
  const all = statements.map(({ text }) => text).join('. ')
  return statements.flatMap((one) => {
    const told = one.items
      ? undefined
      : (takesPart(one.text, all) ?? owned(one.text, all) ?? goesOf(one.text, all) ?? countsUp(one.text))
    return told?.map((text) => ({ ...one, text })) ?? [one]
  })
}

/** "Customers own meters and see only their readings": whose they are. */
const owned = (text: string, all: string): string[] | undefined => {
  const { who, things, rest } = owns.exec(text)?.groups ?? {}
  if (!who || !things || !isPeople(who) || !new RegExp(`\\b${things} (?:have|post|send|report)\\b`, 'i').test(all))
    return undefined
  const person = withArticle(singularPhrase(who.toLowerCase()))
  return [
    `Each ${singularPhrase(things.toLowerCase())} belongs to ${person}`,
    ...(rest ? [`${sentence(who)} ${rest}`] : []),
  ]
}

/** "A repair goes received, repaired, collected" of which nothing else is told: it is of the one thing that is brought. */
const goesOf = (text: string, all: string): string[] | undefined => {
  const thing = goes.exec(text)?.groups?.thing?.toLowerCase()
  const others = all.replace(text, '')
  if (!thing || new RegExp(`\\b(?:${plural(thing)}|(?:an?|each|every) ${thing}) `, 'i').test(others)) return undefined
  const brought =
    /\b(?:bring in|hand in|drop off|leave|deliver|bring|submit) (?:their |an? )?(?<what>[\p{L}-]+) (?:with|that)\b/iu
  const what = brought.exec(others)?.groups?.what
  return what
    ? [
        `Each ${thing} has ${withArticle(singularPhrase(what.toLowerCase()))}`,
        text.replace(/ (?:goes|moves|passes|runs) through /i, ' goes '),
      ]
    : undefined
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
