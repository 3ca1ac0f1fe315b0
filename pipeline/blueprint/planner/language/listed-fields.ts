import { plural, sentence, singular, withArticle } from './words.ts'

const subject = '(?:(?:an?|each|every|the|all) )?(?<thing>[\\p{L}-]+(?: [\\p{L}-]+)?)'
const has = '(?:has|have|with)'
const number = '\\d+|one|two|three|four|five|six|seven|ten|twelve|fourteen|thirty'

const oneEach = new RegExp(
  `^${subject} (?:of|for) (?:an?|the|each|every) (?<of>[\\p{L}-]+) (?<fields>${has} .+?),? (?:(?:and |but )?(?:only |just |at most )?one|once) (?:per|a|each|every|for each) (?<unit>day|week|month|year)$`,
  'iu',
)

/** "Readings of a batch have a temperature and a gravity, one per day": what they have, and how many there may be. */
export const onePerDay = (text: string): string[] | undefined => {
  const { thing = '', of = '', fields = '', unit = '' } = oneEach.exec(text)?.groups ?? {}
  if (!thing) return undefined
  const [one, owner] = [singular(thing.toLowerCase()), singular(of.toLowerCase())]
  const dated = /\b(?:date|day|time|taken on)\b/i.test(fields)
  return [
    `${sentence(plural(one))} of ${withArticle(owner)} ${fields}${dated || unit !== 'day' ? '' : ' and a date'}`,
    unit === 'day'
      ? `Only one ${one} per ${owner} and ${dated ? 'day' : 'date'}`
      : `Only one ${one} per ${owner} and ${unit}`,
  ]
}

const oneOfTwo = new RegExp(
  `^(?<lead>${subject} (?:has|have) .+?),? (?:and )?(?:only |just |at most )?one (?:per|for each) (?<a>[\\p{L}-]+)(?:,? and (?:per )?(?<b>[\\p{L}-]+))$`,
  'iu',
)

/** "Results have a pupil, a discipline and a value, one per pupil and discipline". */
export const onePerTwo = (text: string): string[] | undefined => {
  const { lead = '', thing = '', a = '', b = '' } = oneOfTwo.exec(text)?.groups ?? {}
  return thing
    ? [lead, `Only one ${singular(thing.toLowerCase())} per ${a.toLowerCase()} and ${b.toLowerCase()}`]
    : undefined
}

const loose =
  /^(?<lead>.+\b(?:has|have|with)\b.+\b(?:status|state|stage)) (?<values>[\p{L}-]+(?: [\p{L}-]+)?(?:, [\p{L}-]+(?: [\p{L}-]+)?)+(?:,? (?:or|and) [\p{L}-]+(?: [\p{L}-]+)?)?)$/iu

/** "A status open, in work, done": values of two words need brackets. */
export const valuesBehind = (text: string): string[] | undefined => {
  const { lead = '', values = '' } = loose.exec(text)?.groups ?? {}
  const each = values.split(/\s*,\s*(?:(?:or|and) )?|\s+(?:or|and)\s+/i)
  if (each.length < 3 || !each.some((one) => / /.test(one)) || /\b(?:an?|the|of|with|has|that)\b/i.test(values))
    return undefined
  return [`${lead} (${each.join(', ')})`]
}

const due = new RegExp(
  `^(?<lead>${subject} (?:has|have) .+?), (?:(?:is|are) )?(?<rule>(?:due|payable) (?:in|within|after) (?:${number}) (?:days?|weeks?|months?)|valid for (?:${number}|an?) (?:days?|weeks?|months?|years?))(?<more>,? .+)?$`,
  'iu',
)

/** "Invoices have a date, due in 14 days, lines with ...": when they are due is no field. */
export const dueAmongFields = (text: string): string[] | undefined => {
  const { lead = '', thing = '', rule = '', more = '' } = due.exec(text)?.groups ?? {}
  return thing ? [`${lead}${more}`, `${plural(singular(thing.toLowerCase()))} are ${rule}`] : undefined
}

const gapless = new RegExp(
  `^(?<lead>${subject} (?:has|have) (?:.+?, )?(?:and )?(?:an? )?(?:[\\p{L}-]+ )??numbers?) (?<how>without (?:any )?gaps|with no gaps|that (?:has|have) no gaps)(?<more>.*)$`,
  'iu',
)

/** "A number without gaps": the number is there; that none is left out is said apart. */
export const withoutGaps = (text: string): string[] | undefined => {
  const { lead = '', how = '', more = '' } = gapless.exec(text)?.groups ?? {}
  return lead ? [`${lead}${more}`, `number ${how}`] : undefined
}
