const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ')
const DAYS = 'SUN MON TUE WED THU FRI SAT'.split(' ')

/** The fields of a cron line: name, least and greatest value, names for values. */
const FIELDS: readonly [string, number, number, readonly string[]][] = [
  ['minute', 0, 59, []],
  ['hour', 0, 23, []],
  ['day', 1, 31, []],
  ['month', 1, 12, MONTHS],
  ['weekday', 0, 7, DAYS],
]

const placeOf = (text: string, least: number, names: readonly string[]): number => {
  const named = names.indexOf(text.toUpperCase())
  if (named >= 0) return named + least
  return /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN
}

const isPart = (part: string, least: number, most: number, names: readonly string[]): boolean => {
  const [range = '', step, ...more] = part.split('/')
  if (more.length || (step !== undefined && !(Number(step) >= 1 && /^\d{1,2}$/.test(step)))) return false
  if (range === '*') return true
  const [first = '', last, ...rest] = range.split('-')
  const [from, to] = [placeOf(first, least, names), placeOf(last ?? first, least, names)]
  return rest.length === 0 && from >= least && to <= most && from <= to && (step === undefined || last !== undefined)
}

/** Returns what is wrong with a cron line; undefined where nothing is. */
export const cronProblem = (cron: string): string | undefined => {
  const parts = cron.trim().split(/\s+/)
  if (parts.length !== FIELDS.length) return `'${cron}' has ${parts.length} fields, not minute hour day month weekday`
  const wrong = FIELDS.find(
    ([, least, most, names], at) => !parts[at]!.split(',').every((part) => isPart(part, least, most, names)),
  )
  if (wrong) return `the ${wrong[0]} of '${cron}' is not between ${wrong[1]} and ${wrong[2]}`
  const [day, month] = [parts[2]!, parts[3]!]
  // Such as the 30th of February: it would be looked for in every year there is.
  const days = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  if (/^\d+$/.test(day) && /^\d+$/.test(month) && parts[4] === '*' && Number(day) > days[Number(month) - 1]!)
    return `'${cron}' names a day that no year has`
  return undefined
}
