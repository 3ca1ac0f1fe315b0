import { anybody, isSomebody, keptBy, may, noun, people, peopleOf } from './entered-words.ts'
import { isDescribed } from './turns/words.ts'
import { pluralPhrase, sentence, withArticle } from './words.ts'

/** "They also enter their pain level from 0 to 10". */
const measured = new RegExp(
  `^(?<who>${people}) ${may}(?:enter|record|log|note|write|track|report|submit)(?:s)?(?: down)? (?:their|his|her|the) (?<what>(?:own )?${noun})(?:,? (?<range>(?:from |between )?\\d+ (?:to|and|-) \\d+|on a scale (?:from|of) \\d+ to \\d+))?(?:,? (?<often>every|each|once (?:an?|per)|daily|weekly|before|after)(?<unit> [\\p{L}]+)?)?$`,
  'iu',
)

/** What people write down of themselves again and again: an entry for each time, with its day. */
export const measure = (text: string, all: string): string[] | undefined => {
  const value = measured.exec(text)?.groups
  if (value && (value.range ?? value.often) && isSomebody(value.who!) && !isDescribed(value.what!, all)) {
    const what = value.what!.replace(/^own /i, '').toLowerCase()
    const range = value.range?.replace(/^(?:between|on a scale (?:from|of)) /i, 'from ').replace(/ (?:and|-) /, ' to ')
    if (
      !value.range &&
      !/level|minutes|calories|kilomet|weight|pressure|temperature|sugar|rate|mood|score|hours|steps|distance|pulse|height|size|count/i.test(
        what,
      )
    )
      return undefined
    // "Practice minutes" are what an entry of practice has.
    const plural = /[^s]s$/.test(what)
    if (plural && !/ /.test(what)) return undefined
    const row = plural ? `${what.replace(/ [^ ]+$/, '')} entry` : `${what} entry`
    const keeper = keptBy(value.who!, all)
    return [
      ...(keeper
        ? []
        : [`${sentence(anybody.test(value.who!) ? value.who! : peopleOf(value.who!))} can add ${pluralPhrase(row)}`]),
      `Each ${row} has ${keeper ? `${withArticle(keeper)}, ` : ''}a date and ${plural ? what : withArticle(what)}${range ? ` ${/^\d/.test(range) ? `from ${range}` : range}` : ''}`,
    ]
  }
  return undefined
}
