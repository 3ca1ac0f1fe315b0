import { numberOf, numberPattern } from '../terms/numbers.ts'
import { takeZone } from '../terms/zones.ts'

/** When a timer fires: a cron line in a zone, or every so many seconds. */
export type When = { cron?: string; every?: number; zone?: string; words: string }

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
const months = 'janfebmaraprmayjunjulaugsepoctnovdec'
const dayName = '(?:mon|tues|wednes|thurs|fri|satur|sun)day'
const clock =
  "(?:,? (?:at|around|by) (?:(\\d{1,2})(?::(\\d{2}))? ?(am|pm|o'?clock)?|(midnight|noon))| in the (morning|evening|afternoon)| at (night))?"
const ordinals: Readonly<Record<string, string>> = {
  first: '1',
  second: '2',
  third: '3',
  fifth: '5',
  tenth: '10',
  fifteenth: '15',
  last: 'L',
}

const patterns: readonly (readonly [
  string,
  (found: RegExpExecArray, at: (fallback: string) => string) => Omit<When, 'words'> | undefined,
])[] = [
  [
    `(?:on )?(?:every|each) (other )?(${dayName})s?(?: and (${dayName})s?)?${clock}|on (${dayName})s(?: and (${dayName})s)?${clock}`,
    (found, at) => {
      const days = found
        .slice(1)
        .flatMap((word) =>
          word && new RegExp(`^${dayName}$`, 'i').test(word) ? [weekdays.indexOf(word.toLowerCase())] : [],
        )
      return { cron: `${at('0 0')} * * ${days.sort().join(',')}` }
    },
  ],
  [
    `(?:every|each) (?:weekday|working day|business day)${clock}|on (?:weekdays|working days)${clock}`,
    (_, at) => ({ cron: `${at('0 0')} * * 1-5` }),
  ],
  [
    `(?:every|each) (morning|evening|night|day|noon|midnight|afternoon)${clock}|(daily|nightly|once (?:a|per) (?:day|night))${clock}|at (midnight|night|noon)(?: every (?:day|night))?|(?:every day )?at (\\d{1,2})(?::(\\d{2}))? ?(am|pm)?(?: every day| each day| daily)`,
    (found, at) => {
      const word = found[0].toLowerCase()
      return {
        cron: `${at(/midnight/.test(word) ? '0 0' : /noon/.test(word) && !/afternoon/.test(word) ? '0 12' : /night/.test(word) ? '0 2' : /morning/.test(word) ? '0 6' : /evening/.test(word) ? '0 18' : /afternoon/.test(word) ? '0 14' : '0 0')} * * *`,
      }
    },
  ],
  [
    `(?:on|at) the (first|1st|second|2nd|third|3rd|fifth|5th|tenth|10th|fifteenth|15th|\\d{1,2}(?:st|nd|rd|th)) (?:day )?of (?:each|every|the|a) month${clock}`,
    (found, at) => ({
      cron: `${at('0 0')} ${ordinals[found[1]!.toLowerCase()] ?? found[1]!.replace(/\D+/g, '')} * *`,
    }),
  ],
  [
    `(?:(?:every|each) year |yearly |annually )?(?:on|every|each) (?:the )?(first|1st|second|2nd|\\d{1,2}(?:st|nd|rd|th)?\\.?) (?:day )?(?:of )?(january|february|march|april|may|june|july|august|september|october|november|december)${clock}`,
    (found, at) => ({
      cron: `${at('0 0')} ${ordinals[found[1]!.toLowerCase()] ?? found[1]!.replace(/\D+/g, '')} ${months.indexOf(found[2]!.toLowerCase().slice(0, 3)) / 3 + 1} *`,
    }),
  ],
  [
    `(?:(?:every|each) year |yearly |annually )?on (january|february|march|april|may|june|july|august|september|october|november|december) (?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?: (?:every|each) year| of (?:every|each) year)?${clock}`,
    (found, at) => ({
      cron: `${at('0 0')} ${Number(found[2])} ${months.indexOf(found[1]!.toLowerCase().slice(0, 3)) / 3 + 1} *`,
    }),
  ],
  [
    `(?:at|on) the (?:start|beginning) of (?:each|every|the|a) (month|week|year|day|quarter)${clock}|(?:every|each) (month|week|year|quarter)${clock}|(monthly|weekly|yearly|annually|quarterly|once (?:a|per) (?:month|week|year))${clock}`,
    (found, at) => periodic(found[0], at),
  ],
  [
    `at the end of (?:each|every|the|a) (month|week|day|year)${clock}|on the last day of (?:each|every|the) month${clock}`,
    (found, at) => endOf(found[0], at),
  ],
  [`(?:every|each) hour|hourly|once (?:an|per) hour`, () => ({ every: 3600 })],
  [`(?:every|each) minute`, () => ({ every: 60 })],
  [
    `(?:every|each) (half (?:an )?hour|${numberPattern} (?:seconds?|minutes?|mins?|hours?|days?|weeks?))`,
    (found) => every(found[1]!),
  ],
]

const periodic = (said: string, at: (fallback: string) => string): Omit<When, 'words'> =>
  /month/i.test(said)
    ? { cron: `${at('0 0')} 1 * *` }
    : /quarter/i.test(said)
      ? { cron: `${at('0 0')} 1 1,4,7,10 *` }
      : /year|annual/i.test(said)
        ? { cron: `${at('0 0')} 1 1 *` }
        : /week/i.test(said)
          ? { cron: `${at('0 0')} * * 1` }
          : { cron: `${at('0 0')} * * *` }

/** Cron has no last day: the end of a month is the beginning of the next. */
const endOf = (said: string, at: (fallback: string) => string): Omit<When, 'words'> =>
  /day of|month/i.test(said)
    ? { cron: '0 0 1 * *' }
    : /week/i.test(said)
      ? { cron: `${at('0 0')} * * 1` }
      : periodic(said, at)

const every = (said: string): Omit<When, 'words'> | undefined => {
  if (/^half/i.test(said)) return { every: 1800 }
  const [count = '', unit = ''] = said.split(' ')
  const number = numberOf(count)
  const seconds = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }[unit.charAt(0).toLowerCase()]
  return number && seconds ? { every: Math.min(31_536_000, Math.round(number * seconds)) } : undefined
}

/** "6", "6 pm", "18:30", "noon" -> minute and hour of a cron line. */
const timeOf = (found: RegExpExecArray, fallback: string): string => {
  const said =
    /(?:at|around|by) (?:(\d{1,2})(?::(\d{2}))? ?(am|pm|o'?clock)?|(midnight|noon))|in the (morning|evening|afternoon)|at (night)/i.exec(
      found[0],
    )
  if (!said) return fallback
  if (said[4]) return said[4].toLowerCase() === 'noon' ? '0 12' : '0 0'
  if (said[5]) return { morning: '0 6', evening: '0 18', afternoon: '0 14' }[said[5].toLowerCase()]!
  if (said[6]) return '0 2'
  const hour = (Number(said[1]) % 24) + (said[3]?.toLowerCase() === 'pm' && Number(said[1]) < 12 ? 12 : 0)
  return `${Number(said[2] ?? 0)} ${said[3]?.toLowerCase() === 'am' && hour === 12 ? 0 : hour}`
}

/** Each pattern at the start and at the end of a sentence. */
const placed = patterns.map(
  ([source, read]) =>
    [
      [
        new RegExp(`^(?:automatically )?${source}(?: automatically)?,?\\s+(?=\\S)`, 'i'),
        new RegExp(`,?\\s+${source}$`, 'i'),
      ],
      read,
    ] as const,
)

/** Takes the time at which something happens by itself off a sentence: from its start or its end. */
export const takeWhen = (sentence: string): { when?: When; text: string } => {
  const zoned = takeZone(sentence)
  for (const [places, read] of placed)
    for (const pattern of places) {
      const found = pattern.exec(zoned.text)
      if (!found) continue
      const when = read(found, (fallback) => timeOf(found, fallback))
      if (!when) continue
      const text = `${zoned.text.slice(0, found.index)} ${zoned.text.slice(found.index + found[0].length)}`.trim()
      return {
        when: { ...when, ...(zoned.zone ? { zone: zoned.zone } : {}), words: found[0].trim().replace(/,$/, '') },
        text,
      }
    }
  return { text: sentence }
}
