import { singular } from '../../language/words.ts'
import { isPersonNoun } from '../../lexicon/people.ts'
import { takeZone } from '../terms/zones.ts'

const bare =
  /^(?<measure>\p{Lu}[\p{L}-]*(?: [\p{L}-]+){0,4}?) (?:per|by|for each|for every) (?<groups>[\p{L}-]+(?: [\p{L}-]+)?(?:(?:, (?:and )?(?:per )?| and (?:per )?)[\p{L}-]+(?: [\p{L}-]+)?){0,3})$/u
const clause =
  /^(?:no|not|one|two|three|four|five|six|ten|only|at|max|maximum|nobody|never|each|every|any|sort|order|group|filter|search|list|there|up|limit|price|cost|fee|rate|report|calculate|compute)\b|\b(?:can|may|must|should|is|are|was|were|has|have|had|will|be|with|most|once|twice|than|sees?|views?|gets?|reads?|shows?|displays?|knows?|pays?|tracks?|logs?|records?|enters?|counts?|wants?|needs?|gives?|takes?)\b/i
const times = /^(?:hour|day|week|month|quarter|year|weekday|date)$/
const added =
  /\b(?:hours|minutes|revenue|turnover|income|takings|earnings|sales|bill|costs|spending|value|volume|attendance|attendances|sum|total|totals|average|number|count|balance|weight|amount|points|distance|downloads|visits|views|usage|statistics)\b/i

/** What things are told apart by. */
const kinds = /^(?:status|state|stage|phase|category|kind|type|country|city|region|department|priority|weekday)$/

/**
 * "Hours per member and year", "Pipeline value per stage": a sentence without a verb that asks for a report. It begins with a
 * capital: a part of a list of fields does not.
 */
export const isBareReport = (sentence: string): boolean => {
  const said = takeZone(sentence.trim()).text
  const { measure = '', groups = '' } = bare.exec(said)?.groups ?? {}
  if (!measure || clause.test(measure)) return false
  const by = groups
    .toLowerCase()
    .split(/, (?:and )?(?:per )?| and (?:per )?/)
    .map((group) => singular(group.trim()))
  if (by.some((group) => /^(?:unit|piece|night|person|head)$/.test(group) && by.length === 1)) return false
  if (by.length > 1 && by.some((group) => times.test(group))) return true
  // "Private per user" says whose things are, "Price per day" is a field.
  return (
    added.test(measure) ||
    (/[a-z]s$/.test(measure) && by.some((group) => times.test(group) || kinds.test(group) || isPersonNoun(group)))
  )
}
