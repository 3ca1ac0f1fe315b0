import { durationPattern, secondsOf } from '../terms/durations.ts'

/** How long before or after a time somebody is reminded, or on its day. */
export type Lead = { seconds: number; way: 'before' | 'after' | 'on' }

/** A lead in a sentence: what stands before it, and the words for the time that it counts from. */
export type Cut = { head: string; leads: Lead[]; of: string }

const day = 86_400
const units: Readonly<Record<string, number>> = {
  hour: 3600,
  morning: day,
  day,
  night: day,
  evening: day,
  week: 7 * day,
  month: 30 * day,
}
const before = '(?:before|prior to|ahead of|in advance of)'
const ahead = '(?:beforehand|in advance|ahead(?: of time)?|earlier|before(?:hand)?|prior)'
const unit = `(?:${Object.keys(units).join('|')})`
const soon = `(?:today|tomorrow|(?:in|within) (?:the next )?(?:${durationPattern}))`
const comes = '(?:due|start(?:s|ing)|begin(?:s|ning)|end(?:s|ing)|expir(?:es|ing)|runs? out|clos(?:es|ing)|over)'

const patterns: readonly (readonly [RegExp, (found: { [group: string]: string | undefined }) => Lead[] | undefined])[] =
  [
    // "a week and again a day before"
    [
      new RegExp(
        `(?<long>${durationPattern})(?:,? and (?:again |then |also )?(?<short>${durationPattern}))? (?:(?<before>${before})|(?<after>after|past)|${ahead}$)(?: |$)`,
        'iu',
      ),
      ({ long, short, after }) => leads([long!, ...(short ? [short] : [])].map(secondsOf), after ? 'after' : 'before'),
    ],
    [
      new RegExp(`(?:on |in )?the (?<unit>${unit}) (?:(?<before>${before})|(?<after>after))(?: |$)`, 'iu'),
      ({ unit: said, after }) => leads([units[said!.toLowerCase()]], after ? 'after' : 'before'),
    ],
    [
      /(?:on|in|during) the (?:very |same )?(?:day|morning)(?: of| on which| that| when| where)?(?: |$)|the (?:very |same )?(?:day|morning) of (?=\S)|the day (?=(?:the|their|its|an?|it|they|his|her)\b)|(?:on )?the same day(?: as)?(?: |$)|on (?=(?:the|their|its) (?:due |return |end |start |expiry )(?:date|day)s?\b|(?:the|their|its) (?:deadline)\b)/iu,
      () => [{ seconds: 0, way: 'on' }],
    ],
  ]

const leads = (seconds: readonly (number | undefined)[], way: 'before' | 'after'): Lead[] | undefined =>
  seconds.some((one) => one === undefined || one < 60) ? undefined : seconds.map((one) => ({ seconds: one!, way }))

/** "When a task is due tomorrow", "of tasks that are due in three days": what is due, and how soon. */
const soonPatterns: readonly RegExp[] = [
  new RegExp(
    `(?:when(?:ever)?|if|once|as soon as) (?<of>.+? (?:(?:is|are|gets?|becomes?) )?${comes}) (?<soon>${soon})$`,
    'iu',
  ),
  new RegExp(`(?:of|about) (?<of>[\\p{L}' -]+?(?: (?:that|which) (?:is|are))? ${comes}) (?<soon>${soon})$`, 'iu'),
]

const soonFirst = new RegExp(
  `^(?:when(?:ever)?|if|once|as soon as) (?<of>[^,]+? (?:(?:is|are|gets?|becomes?) )?${comes}) (?<soon>${soon}),? (?:then )?(?<head>.+)$`,
  'iu',
)

/** "When a book is overdue", "if a task is late by 3 days": a day after it was due, or as many as were said. */
const late = new RegExp(
  `^(?<head>.*\\bremind.*?) (?:when(?:ever)?|if|once|as soon as) (?<of>.+?) (?:is|are|gets?|becomes?) (?:overdue|late|past due)(?: (?:by|for) (?<long>${durationPattern}))?$`,
  'iu',
)

const cutWhenLate = (text: string): Cut | undefined => {
  const { head, of, long } = late.exec(text)?.groups ?? {}
  const lead = of === undefined ? undefined : leads([long === undefined ? day : secondsOf(long)], 'after')
  return lead && { head: head!, leads: lead, of: `${of} was due` }
}

const cutAtSoon = (text: string): Cut | undefined => {
  for (const pattern of [...soonPatterns, soonFirst]) {
    const found = pattern.exec(text)
    const lead = found && soonLead(found.groups!.soon!)
    if (!found || !lead) continue
    const of = found.groups!.of!.replace(/ (?:that|which) (?=is |are )/i, ' ')
    return { head: found.groups!.head ?? text.slice(0, found.index).trim(), leads: [lead], of }
  }
  return undefined
}

/** Cuts a sentence where it says how long before or after a time; undefined where it does not. */
export const cutAtLead = (text: string): Cut | undefined => {
  const cut = cutWhenLate(text) ?? cutAtSoon(text)
  if (cut) return cut
  for (const [pattern, read] of patterns) {
    const found = pattern.exec(text)
    const lead = found && read(found.groups ?? {})
    if (!found || !lead) continue
    const head = text.slice(0, found.index).trim()
    const tail = text.slice(found.index + found[0].length).trim()
    if (head !== '') return { head, leads: lead, of: tail }
    // "The day before their class, members are reminded"
    const [, of = '', rest = ''] = /^([^,]*), (?:then )?(.+)$/.exec(tail) ?? []
    if (rest) return { head: rest, leads: lead, of }
  }
  return undefined
}

const soonLead = (said: string): Lead | undefined => {
  if (/^today$/i.test(said)) return { seconds: 0, way: 'on' }
  const seconds = /^tomorrow$/i.test(said) ? day : secondsOf(said.replace(/^(?:in|within) (?:the next )?/i, ''))
  return seconds === undefined ? undefined : { seconds, way: 'before' }
}

/** "3 days before", "an hour after", "on the day when": how long, in words. */
export const leadWords = ({ seconds, way }: Lead): string => {
  if (way === 'on') return 'on the day when'
  const [size, name] =
    seconds % (7 * day) === 0
      ? [7 * day, 'week']
      : seconds % day === 0
        ? [day, 'day']
        : seconds % 3600 === 0
          ? [3600, 'hour']
          : [60, 'minute']
  const count = Math.round(seconds / size)
  return `${count === 1 ? (name === 'hour' ? 'an' : 'a') : count} ${name}${count === 1 ? '' : 's'} ${way}`
}
