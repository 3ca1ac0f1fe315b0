import { matching, numberOf, pattern } from '../phrases.ts'

/** A length of time: in minutes, and as it was said. */
export type Length = { minutes: number; words: string }

const unitMinutes: Readonly<Record<string, number>> = {
  min: 1,
  h: 60,
  hr: 60,
  hour: 60,
  night: 1440,
  day: 1440,
  week: 10_080,
  fortnight: 20_160,
  month: 43_200,
  year: 525_600,
}
const unit =
  '(?:min(?:ute)?s?|hrs?|hours?|h|(?:full |whole |calendar )?(?:days?|nights?|weeks?|fortnights?|months?|years?))'
const parts = pattern(
  `(?:a maximum of |exactly )?(?:{n#}|(?<one>an?)|(?<half>(?:an? |one )?(?:hour|day|week|month|year)) and a half)(?:[ -]| and a half )?(?<unit>${unit})?`,
)

/** A length of time for patterns, without a group: "two weeks", "half an hour", "90 minutes", "an hour and a half". */
export const lengthWords = `(?:(?:\\d+(?:[.,]\\d+)?|half an?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|twenty|thirty|forty|fifty|sixty|ninety)[ -]?${unit}(?: and a half)?|one and a half ${unit}|two and a half ${unit})`

/** Returns the length that words of `lengthWords` say, or undefined. */
export const lengthIn = (words: string): Length | undefined => {
  const plain = words.trim().toLowerCase()
  const more = /\band a half\b/.test(plain) ? 0.5 : 0
  const found = matching([parts], plain.replace(/ and a half/, '').replace(/(?<=\d)-?(?=[a-z])/, ' '))?.groups
  const name = found?.unit?.replace(/^(?:full|whole|calendar) /, '').replace(/^minutes?$|^mins$/, 'min')
  const each = name ? (unitMinutes[name] ?? unitMinutes[name.replace(/s$/, '')]) : undefined
  const count = found?.one ? 1 : /^half/.test(found?.n ?? '') ? 0.5 : numberOf(found?.n)
  if (each === undefined || count === undefined) return undefined
  const minutes = Math.round((count + more) * each)
  return minutes > 0 ? { minutes, words: words.trim() } : undefined
}

/** Returns a length as an expression, in its largest whole unit. */
export const durationIn = ({ minutes }: Length): string =>
  minutes % 1440 === 0
    ? `days(${minutes / 1440})`
    : minutes % 60 === 0
      ? `hours(${minutes / 60})`
      : `minutes(${minutes})`
