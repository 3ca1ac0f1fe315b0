import { numberOf, numberPattern } from './numbers.ts'

const seconds: Readonly<Record<string, number>> = {
  second: 1,
  sec: 1,
  minute: 60,
  min: 60,
  hour: 3600,
  hr: 3600,
  day: 86_400,
  week: 604_800,
  fortnight: 1_209_600,
  month: 2_592_000,
  year: 31_536_000,
}

/** A length of time in words, for patterns: "15 minutes", "two days", "half an hour", "a week". */
export const durationPattern = `(?:half an? |${numberPattern} (?:full |whole |business |working )?)(?:${Object.keys(seconds).join('|')})s?`

/** Returns a count of minutes, hours, days, weeks, months of 30 or years of 365 days as an expression. */
export const lengthOf = (count: number, unit: string): string =>
  /^min/i.test(unit)
    ? `minutes(${count})`
    : /^h/i.test(unit)
      ? `hours(${count})`
      : `days(${count * (/^w/i.test(unit) ? 7 : /^m/i.test(unit) ? 30 : /^y/i.test(unit) ? 365 : 1)})`

/** Returns the seconds that "15 minutes" or "half an hour" last, a month taken as 30 days; undefined for other words. */
export const secondsOf = (text: string): number | undefined => {
  const found = /^(half an?|\S+) (?:full |whole |business |working )?(\w+?)s?$/.exec(text.trim().toLowerCase())
  const unit = found ? seconds[found[2]!] : undefined
  const count = found ? (found[1]!.startsWith('half') ? 0.5 : numberOf(found[1]!)) : undefined
  return unit !== undefined && count !== undefined ? Math.round(unit * count) : undefined
}

/** Returns a CEL duration of so many seconds in its largest whole unit. */
export const durationOf = (count: number): string =>
  `duration("${count % 3600 === 0 ? `${count / 3600}h` : count % 60 === 0 ? `${count / 60}m` : `${count}s`}")`
