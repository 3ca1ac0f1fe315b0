import { plural, sentence, singular, withArticle } from './words.ts'

const goes =
  /^(?<who>(?:the |all )?[\p{L}-]+s) (?:can |may )?(?<verb>offer|add|plan|post|enter|create|schedule|log|record|book|publish)s? (?:an? |their )?(?<thing>[\p{L}-]+) from (?:an?|one) (?<from>[\p{L}-]+) to (?:an? |another(?: |$|(?=,| with\b| (?:at|on) an? )))(?<to>(?!with\b|at\b|on\b)[\p{L}-]+)?(?: ?\b(?:at|on) an? (?<when>time|date|day|date and time))?(?:,? ?\bwith (?<fields>.+))?$/iu
const are =
  /^(?:(?:an?|each|every|the|all) )?(?<thing>[\p{L}-]+) (?:is|are|goes|go|leads?|runs?) from an? (?<from>[\p{L}-]+) to (?:an? |another )(?<to>[\p{L}-]+)(?: (?:at|on) an? (?<when>time|date|day|date and time))?(?:,? (?:with|and has|and have) (?<fields>.+))?$/iu

/** Something goes on from one of them to another. */
const moment = /^(?:dates?|times?|days?|hours?|months?|years?|weeks?|moments?|status|state|numbers?)$/

/**
 * "Drivers offer rides from a city to a city at a time": two of them, by what they are to the ride, where cities are described;
 * else what they are called.
 */
export const fromAndTo = (text: string, all: string): string[] | undefined => {
  const said = goes.exec(text)?.groups ?? are.exec(text)?.groups
  if (!said || singular(said.from!.toLowerCase()) !== singular((said.to ?? said.from!).toLowerCase())) return undefined
  const place = singular(said.from!.toLowerCase())
  const described = new RegExp(`\\b(?:${plural(place)} (?:have|with)|${place} has)\\b`, 'i').test(all.replace(text, ''))
  if (moment.test(place)) return undefined
  const things = plural(singular(said.thing!.toLowerCase()))
  const more = [...(said.when ? [withArticle(said.when)] : []), ...(said.fields ? [said.fields] : [])]
  return [
    ...(said.who ? [`${said.who} can ${said.verb === 'book' ? 'book' : 'add'} ${things}`] : []),
    `${sentence(`each ${singular(things)}`)} has ${[`a from ${place}${described ? ' and' : ','} a to ${place}${described ? `, which are ${plural(place)}` : ''}`, ...more].join(', ')}`,
  ]
}
