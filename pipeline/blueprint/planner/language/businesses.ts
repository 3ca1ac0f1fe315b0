import { isPersonNoun } from '../lexicon/people.ts'
import { places } from '../lexicon/system-words.ts'
import { linkNouns } from '../lexicon/verbs.ts'
import { isPlural, plural, sentence, singular, singularPhrase } from './words.ts'

const said =
  /^(?:(?:we are|we're|this is|it is|i (?:run|own|have)|we (?:run|own|have)|(?:please )?(?:build|make|create|write)(?: me| us)? (?:an? )?(?:[\p{L}-]+ )?(?:system|app|api|application|backend|tool|website|software|service|platform) for|an? (?:[\p{L}-]+ )?(?:system|app|api|application|backend|tool|website|service|platform) for|for) )?(?<whose>an?|the|our|my|this) (?<place>(?:[\p{L}'-]+ ){0,2}?(?<last>[\p{L}-]+))(?: (?:that|which|and))? (?<verb>offers?|sells?|takes?|accepts?|receives?|rents? out|rents|hires? out|leases?|lets|lends?(?: out)?|runs?|hosts?|provides?|teaches|organi[sz]es|serves|stocks|makes|bakes|brews|grows|breeds|publishes|keeps|stores|holds|has|have|gives|treats|repairs|plans|handles|processes|ships|delivers) (?<rest>.+)$/iu

/** Where there is one of it: who runs it asks, and what it keeps is what there is. */
const more =
  'shop studio campsite farm bakery brewery winery agency firm hostel nursery marina café cafe academy association society parish church temple mosque synagogue centre center ground market co-op cooperative foundation ngo practice surgery laboratory lab dealership garage yard workshop kitchen bar pub restaurant hotel inn lodge camp resort theatre theater museum gallery zoo stable stables kennel vineyard orchard dairy butcher florist salon barbershop spa pharmacy school college university kindergarten daycare club gym library archive hospital clinic office company startup factory plant-nursery warehouse depot courier charity shelter festival conference league cinema business enterprise rink pool harbour harbor airfield aquarium monastery hospice'
const businesses = new Set([...more.split(' '), ...places.keys()])

/** What may well be one of several things: a team has players. */
const perhapsMany =
  /^(?:team|group|class|course|project|department|branch|room|building|house|board|list|garden|league|tournament|company|office|warehouse|store|festival|conference|restaurant|hotel|library|school|gallery|museum|theatre|theater|cinema)$/

/** "A yoga studio offers classes with a title": what is kept are the classes, and of the one studio there is nothing. */
export const oneBusiness = (text: string, all: string): string[] | undefined => {
  const found = said.exec(text)?.groups
  if (!found) return undefined
  const { whose = '', place = '', verb = '', rest = '' } = found
  const last = singular(found.last!.toLowerCase())
  if (!businesses.has(last) || (isPlural(found.last!.toLowerCase()) && !businesses.has(found.last!.toLowerCase())))
    return undefined
  const has = /^ha(?:s|ve)$/i.test(verb)
  if (/^an?$/i.test(whose) && has && perhapsMany.test(last)) return undefined
  if (/\b(?:to|of|in|for|at|with)\b/i.test(place) || isSeveral(last, all.replace(text, ''))) return undefined
  if (/^the$/i.test(whose) && deals.test(verb) && isMade(rest, all.replace(text, ''))) return undefined
  const kept =
    /^(?:about |around |over |up to |the |many |several |various |different |some |its |our |\d+ )*(?<things>(?:[\p{L}-]+ )?[\p{L}-]+(?:(?:, | and |, and )(?:[\p{L}-]+ )?[\p{L}-]+s)*)(?<tail>(?: (?:with|that have|which have|who have) | \(|: ).+)?$/iu.exec(
      rest,
    )?.groups
  if (!kept) return undefined
  const things = kept.things!.toLowerCase()
  const names = things.split(/, and |, | and /)
  if (!names.every((one) => isPlural(one.split(' ').at(-1)!) && !/^(?:orders from|it|them|us|these|those)\b/.test(one)))
    return undefined
  const tail = kept.tail ?? ''
  const fields = /^ (?:with|that have|which have|who have) (.+)$/is.exec(tail)?.[1]
  const head = [`${sentence(/^an?$/i.test(whose) ? whose : 'a')} ${place}`]
  if (fields && names.length === 1) return [...head, `${sentence(plural(singularPhrase(things)))} have ${fields}`]
  if (fields || tail) return [...head, `Track ${things}${tail}`]
  const described = new RegExp(
    `\\b(?:${names.map((one) => `${one}|${singularPhrase(one)}`).join('|')}) (?:has|have|with|is|are|belongs?)\\b`,
    'i',
  )
  return names.every((one) => isPersonNoun(singularPhrase(one)) || described.test(all.replace(text, '')))
    ? [...head, ...names.map((one) => `Track ${one}`)]
    : [...head, `Track ${things}`]
}

const deals = /^(?:ships|delivers|handles|processes|plans|takes|accepts|receives|gives|treats|repairs)$/i

/** "Shops place orders. The warehouse ships orders": what others make is dealt with there, and no longer only kept. */
const isMade = (said: string, others: string): boolean => {
  const things = said.toLowerCase().replace(/^(?:the|all|its|our) /, '')
  const one = singularPhrase(things)
  return (
    new RegExp(
      `\\b(?:add|place|submit|order|report|send in|hand in|bring in|request|book|file|create|make)s? (?:an? |their |new )*(?:${things}|${one})\\b`,
      'i',
    ).test(others) ||
    [...linkNouns].some(([verb, noun]) => noun === one && new RegExp(`\\b${verb}s? `, 'i').test(others))
  )
}

/** Whether it is spoken of as one of several, or as something with fields of its own. */
const isSeveral = (last: string, others: string): boolean =>
  new RegExp(
    `\\b(?:each|every|per|all|several|many|other|multiple) (?:[\\p{L}-]+ )?${last}s?\\b|(?<!^|[.] |the |our )\\b${plural(last)}\\b|\\b(?:an? |the )${last} (?:has|have|is in|belongs)\\b|\\bof an? ${last}\\b`,
    'iu',
  ).test(others)
