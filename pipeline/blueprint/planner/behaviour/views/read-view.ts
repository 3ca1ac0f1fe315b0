import { doerOf } from '../states/doers.ts'
import { takeZone } from '../terms/zones.ts'
import { readMeasures } from './read-measures.ts'
import { type Body, readHaving, readTop } from './read-top.ts'
import type { ViewSpec } from './spec.ts'
import { per, splitGroups } from './split-groups.ts'
import { takeTails } from './tails.ts'

const period: Readonly<Record<string, string>> = {
  hourly: 'hour',
  daily: 'day',
  weekly: 'week',
  monthly: 'month',
  yearly: 'year',
  annual: 'year',
  annually: 'year',
}
const kinds =
  '(?:reports?|charts?|graphs?|diagrams?|plots?|dashboards?|overviews?|summar(?:y|ies)|statistics|stats|analytics|tables?|breakdowns?|rankings?|leader-?boards?|league tables?|views?|pages?|endpoints?|figures|lists?|results?|evaluations?|totals?|histograms?|timelines?|trends?)'
/** A report is named as such. */
const cue = new RegExp(
  `\\b(?:${kinds.replace(/\|tables\?|\|views\?|\|pages\?|\|endpoints\?|\|lists\?|\|results\?/g, '')}|sums?|averages?|avg|mean|how (?:many|much)|(?:number|count|amount) of|counts?|revenue|turnover|takings|earnings|sales figures|minimum|maximum|top \\d+|sum up|add up|grouped)\\b`,
  'i',
)
const verbs =
  /^(?:please\s+)?(?:also\s+)?(?:show|list|see|display|view|give|get|report|calculate|compute|count|know|chart|plot|graph|track|tell|return|provide|offer|find out|look up|sum up|add up|total|aggregate|group|include|add|have|want|need)\b(?:\s+(?:me|us|them|everyone|everybody|people|users|up)\b)?\s*/i
const openings = [
  /^(?:there (?:is|are|should be|must be|needs? to be)|(?:i|we) (?:also )?(?:want|need|would like|like)(?: to (?:see|have|know|get|view))?|it (?:should|must|can)(?: also)?|the (?:system|api|app) (?:should|must|can)(?: also)?|(?:i|we) (?:must|should|can|have to|need to)|let us|it should be possible to)\s+/i,
]
const introduce = new RegExp(
  `^(?:(?:an?|the|some|simple|nice|our|my)\\s+)*(?:(hourly|daily|weekly|monthly|yearly|annual)\\s+)?(${kinds})\\s*(?:(?:of|on|with|about|for|showing|listing|over|:|which shows?|that shows?|shows?|showing me|displaying|that lists?|containing)\\s*)+(?=\\S)`,
  'i',
)
/** What a wish for a report goes on with: "I want to see ...", "we need a chart of ...", "there should be totals". */
const starts = new RegExp(
  `^(?:to )?(?:(?:see|know|view|get|show|count|find out)\\b|(?:(?:an?|the|some|simple|our)\\s+)*(?:(?:hourly|daily|weekly|monthly|yearly|annual)\\b|${kinds}\\b|totals?\\b|sums?\\b|averages?\\b|numbers? of|counts?\\b|how (?:many|much)|(?:the )?(?:[\\p{L}\\d]+ )?(?:top|most|best)\\b|revenue|turnover|minimum|maximum))`,
  'iu',
)

const seeing = new RegExp(
  `^((?:the |all |only )?[\\p{L}-]+(?: [\\p{L}-]+)?) (?:can |may )?sees? (?:the |their |an? )?${kinds}\\s*[:,]\\s*(.+)$`,
  'iu',
)
const charted =
  /^(?:the )?(.+?)(?: of (?:their|the|each|every|all) ([\p{L}-]+))? (?:as|in) (?:an? )?(?:chart|graph|diagram|plot|table|report) (?:by|per) (.+?)(?:\s*[:,]\s*|\s+with\s+)(.+)$/iu

/** "the readings of their hives as a chart by day: average weight" -> "average weight per hive and day". */
const unfold = (text: string): string => {
  const found = charted.exec(text)
  return found ? `${found[4]!} per ${found[2] ? `${found[2]} and ` : ''}${found[3]!}` : text
}

/** "The manager sees how many ...", "admins get the total weight ...". */
const sight =
  /^((?:only |just )?(?:(?:the|all|every|each) )?[\p{L}-]+(?: [\p{L}-]+)?) (?:also )?(?:sees?|views?|gets?|reads?|(?:is|are) shown) (?=(?:the |their )?(?:how (?:many|much|often)|(?:total|sum|number|average|mean|highest|lowest|count|minimum|maximum|top|best|(?:[\p{L}\d]+ )?most|daily|weekly|monthly|yearly)\b|(?:[\p{L}-]+ )?(?:amounts?|hours|sums?|costs?|expenses?|value|revenue|turnover|income|takings|earnings|proceeds|spending) (?:per|of each|for each|by) |[\p{L}-]+(?: [\p{L}-]+)? per (?:[\p{L}-]+ and )?(?:[\p{L}-]+ and )?(?:day|week|month|year)\b))(.+)$/iu

/** "Show the director the hours per month". */
const showsTo =
  /^(?:please )?(?:show|give|send) (?:the |all )?([\p{L}-]+) (the (?:total |average )?[\p{L} -]+ (?:per|by|for each) .+)$/iu

/** Who may see it, taken off the front of a sentence. */
const takeViewer = (text: string): { who?: ViewSpec['who']; rest: string } => {
  const shown = showsTo.exec(text)
  if (shown && doerOf(shown[1]!) && !/^(?:we|nobody|user|everyone)$/.test(doerOf(shown[1]!)!))
    return { who: { words: shown[1]!, only: false }, rest: shown[2]! }
  const sees = seeing.exec(text)
  if (sees && doerOf(sees[1]!))
    return { who: { words: sees[1]!, only: /^only /i.test(text) }, rest: `results of ${sees[2]!}` }
  const chart =
    /^((?:the |all |only )?[\p{L}-]+(?: [\p{L}-]+)?) (?:can |may |want to )?sees? (?=.+ (?:as|in) (?:an? )?(?:chart|graph|diagram|plot|table|report) (?:by|per) )(.+)$/iu.exec(
      text,
    )
  if (chart && doerOf(chart[1]!))
    return { who: { words: chart[1]!, only: /^only /i.test(text) }, rest: unfold(chart[2]!) }
  const seen = sight.exec(text)
  const role = seen ? doerOf(seen[1]!.replace(/^(?:only|just) /i, '')) : undefined
  if (seen && role)
    return /^(?:we|nobody|user)$/.test(role)
      ? { rest: seen[2]! }
      : {
          who: { words: seen[1]!.replace(/^(?:only|just) /i, ''), only: /^(?:only|just) /i.test(text) },
          rest: seen[2]!,
        }
  const can =
    /^(only |just )?((?:(?:an?|the|all|every|each) )?[\p{L}-]+(?: [\p{L}-]+){0,2}?)(?: and (?:the )?([\p{L}-]+(?: [\p{L}-]+)?))? (?:can|could|may|must|should|shall|are able to|is able to|should be able to|must be able to|wants? to|needs? to|would like to|gets? to|are allowed to)(?: also| only)? (?:see|view|get|look at|list|read|check|have|know|access|fetch|retrieve|query)\s+(.+)$/iu.exec(
      text,
    )
  if (can) {
    const people = [can[2]!, can[3]].filter((one) => one !== undefined).join(' and ')
    const named = people.split(' and ').map((one) => doerOf(one))
    if (named.every((role) => role !== undefined))
      return named.every((role) => /^(?:we|nobody|user)$/.test(role))
        ? { rest: can[4]! }
        : { who: { words: people, only: can[1] !== undefined }, rest: can[4]! }
  }
  const forWhom = new RegExp(
    `^((?:(?:an?|the|show)\\s+)*(?:(?:hourly|daily|weekly|monthly|yearly)\\s+)?${kinds})\\s+for\\s+(?:the\\s+|our\\s+|all\\s+)?([\\p{L}-]+)(\\s*[:,]\\s*|\\s+(?:with|of|about|showing|shows?|that shows?)\\s+)(.+)$`,
    'iu',
  ).exec(text)
  if (forWhom && doerOf(forWhom[2]!))
    return { who: { words: forWhom[2]!, only: false }, rest: `${forWhom[1]!} of ${forWhom[4]!}` }
  const tail =
    /^(.+?),?\s+(?:for|visible to|only for|available to|to)\s+(only\s+)?(?:the\s+|all\s+)?([\p{L}-]+s|everyone|everybody)(?: only)?$/iu.exec(
      text,
    )
  if (tail && doerOf(tail[3]!) && !/\bper\s*$/i.test(tail[1]!) && cue.test(tail[1]!))
    return { who: { words: tail[3]!, only: /\bonly\b/i.test(text.slice(tail[1]!.length)) }, rest: tail[1]! }
  return { rest: text }
}

const notReports =
  /\b(?:at most|no more than|not more than|maximum of|max(?:imum)? \d|limited to|limit of|up to \d+|must not|can not|may not|only once|never)\b/i
const describes =
  /^(?:(?:an?|the|each|every)\s+)?[\p{L}-]+(?: [\p{L}-]+)? (?:has|have|with|contains?|consists?|belongs?|is|are)\b/iu

/** "At the end of the month I want to see the hours per volunteer": for each month. */
const atTheEnd = /^at the end of (?:the|each|every|a) (day|week|month|year),? (?=(?:i|we|please|show|list)\b)/i

/** Reads a sentence that asks for a report, or returns undefined. */
export const readView = (sentence: string): ViewSpec | undefined => {
  const whole = sentence.trim().replace(/[.!?]+$/, '')
  const closing = atTheEnd.exec(whole)
  const said = closing ? whole.slice(closing[0].length) : whole
  if (said.length > 300 || notReports.test(said)) return undefined
  const tails = takeTails(said)
  const zoned = takeZone(tails.text)
  const viewer = takeViewer(zoned.text)
  let text = unfold(viewer.rest)
  let asked = viewer.rest !== zoned.text || viewer.who !== undefined
  const groups: string[] = closing ? [closing[1]!.toLowerCase()] : []
  for (const opening of openings) {
    const plain = text.replace(opening, '')
    if (plain === text) continue
    if (!starts.test(plain)) return undefined
    asked = true
    text = plain
  }
  // A part of a list of fields ("the number of tiers") begins like a report, but not with a capital.
  if (
    !asked &&
    /^\p{Ll}/u.test(said) &&
    !verbs.test(text) &&
    !introduce.test(text) &&
    !/^(?:(?:the )?(?:[\p{L}\d]+ )?(?:top|most|best)|which|what)\b/iu.test(text)
  )
    return undefined
  const told = verbs.exec(text)
  if (
    told && /^(?:please\s+)?(?:also\s+)?(?:add|have|want|need|include|track|offer)/i.test(told[0])
      ? cue.test(text)
      : told
  ) {
    if (/^(?:please\s+)?(?:also\s+)?(?:count|sum up|add up|total)/i.test(told![0]))
      text = `number of ${text.slice(told![0].length)}`
    else text = text.slice(told![0].length)
    asked = true
  }
  let named = false
  let drawn = false
  for (let i = 0; i < 3; i += 1) {
    const found = introduce.exec(text)
    if (!found) break
    if (/^(?:results?|lists?|tables?|views?|pages?)$/i.test(found[2]!) && !/\b(?:per|each|every)\b/i.test(text)) break
    named = true
    drawn ||= !/^(?:results?|lists?|tables?|views?|pages?|endpoints?)$/i.test(found[2]!)
    if (found[1]) groups.push(period[found[1].toLowerCase()]!)
    text = `${/totals?/i.test(found[2]!) ? 'total ' : ''}${text.slice(found[0].length)}`
  }
  const often = /^(?:the |our |a )?(hourly|daily|weekly|monthly|yearly|annual)\s+(?=\S)/i.exec(text)
  if (often) {
    groups.push(period[often[1]!.toLowerCase()]!)
    text = text.slice(often[0].length)
    named = true
    drawn = true
  }
  const spec =
    readTop(text) ?? readHaving(text, asked || named) ?? readHow(text) ?? readPer(text, asked || named, named, drawn)
  if (!spec) return undefined
  const periodic = /\b(?:the )?(hourly|daily|weekly|monthly|yearly|annual)\s+/i.exec(spec.measures[0]?.of ?? '')
  if (periodic && spec.measures[0]) {
    groups.push(period[periodic[1]!.toLowerCase()]!)
    for (const measure of spec.measures) measure.of = measure.of.replace(periodic[0], '')
  }
  return {
    ...(viewer.who ? { who: viewer.who } : {}),
    ...spec,
    ...(tails.having ? { having: tails.having } : {}),
    ...(tails.order ? { order: tails.order } : {}),
    groups: [...new Set([...groups, ...spec.groups])],
    ...(zoned.zone ? { zone: zoned.zone } : {}),
    said,
  }
}

/** "Was donated": nothing else is said of what is added up. */
const donePlain = /^(?:was|were|is|are|has been|have been|got) [\p{L}]+$/iu

/** "how much each member spent per year", "how many loans there were per month", "how many members attend per week". */
const readHow = (text: string): Body | undefined => {
  const found = /^(?:out )?how (many|much|often) (.*)$/i.exec(text)
  if (!found) return undefined
  const { measure, groups } = splitGroups(found[2]!)
  const each =
    /^(.*?)\b(?:an?|the|each|every) ([\p{L}-]+(?: [\p{L}-]+)??) ((?:ha(?:s|ve|d) )?(?:been )?[\p{L}]+)$/iu.exec(
      found[2]!
        .replace(per, (hit, at: number) => (/each|every/i.test(hit) && at < 30 ? ' each ' : ' per '))
        .split(' per ')[0]!,
    )
  const many = found[1]!.toLowerCase() === 'many'
  if (each && !/^(?:day|week|month|year|hour)$/i.test(each[2]!)) {
    const quantity = each[1]!.replace(/\b(?:of|did|does|do|has|have|money|was|were)\b/gi, '').trim()
    const times = groups.filter((group) => group !== each[2] && !group.startsWith(`${each[2]!} `))
    return {
      measures: [
        quantity
          ? many
            ? { take: 'count', of: quantity }
            : { take: 'sum', of: quantity }
          : { take: 'sum', of: `=${each[3]!.replace(/^(?:ha(?:s|ve|d) )?(?:been )?/i, '')}` },
      ],
      groups: [each[2]!, ...times],
    }
  }
  const quantity = measure
    .replace(
      /\b(?:there (?:are|were|is|was)|are there|were there|we have|we had|do we have|were made|was made|have been made|exist|come in|came in|(?:was|were|is|are|did|do|has been|have been) ?(?:we )?)\b.*$/i,
      (hit) =>
        /(?:donat|sold|spent|earn|paid|rais|lent|borrow|book|order)/i.test(hit) && !measure.replace(hit, '').trim()
          ? hit
          : '',
    )
    .trim()
  const state = /\b(?:are|is|were|was) (open|closed|[\p{L}]+ed|new|active|done|won|lost)\b/iu.exec(measure)?.[1]
  const inGroup =
    /^(.+?) (?:are|is|were|was|attend|come|live|take part|participate)? ?in (?:the |a |each )?([\p{L}-]+)$/iu.exec(
      measure,
    )
  if (groups.length === 0 && !inGroup)
    return quantity && state === undefined && /^(?:[\p{L}-]+ ?){1,3}$/u.test(quantity)
      ? { measures: [{ of: quantity, ...(many ? { take: 'count' as const } : {}) }], groups: [] }
      : undefined
  return {
    measures: [
      many
        ? {
            take: 'count',
            of: (quantity || measure).replace(/^(\S+) .*/, (all, first: string) =>
              /\b(?:attend|come|visit|join|use|borrow|sign)\b/i.test(all) ? first : all,
            ),
          }
        : { take: 'sum', of: quantity.replace(donePlain, '') || `=${measure.split(/\s+/).at(-1)!}` },
    ],
    groups,
    ...(state && !donePlain.test(quantity) ? { where: state } : {}),
  }
}

const readPer = (text: string, asked: boolean, named: boolean, drawn: boolean): Body | undefined => {
  const { measure, groups } = splitGroups(text)
  const bare = measure.replace(/^(?:the|our|all|a)\s+/i, '').trim()
  if (!bare) return undefined
  const strong = drawn || cue.test(text) || /\b(?:hourly|daily|weekly|monthly|yearly|annual)\b/i.test(text)
  const perSaid = /\bper\s|\b(?:for|of|in) each\b|\bgrouped by\b|\beach (?:day|week|month|year)\b/i.test(text)
  if (!asked && describes.test(text)) return undefined
  if (groups.length === 0) {
    if (
      !(named || (asked && cue.test(text))) ||
      !/\b(?:total|sum|average|number|count|monthly|weekly|daily|yearly|minimum|maximum)\b|counts?/i.test(text)
    )
      return undefined
  } else if (!(strong || (perSaid && (asked || isReportName(bare, groups))))) return undefined
  const where = /^(.*?)\s+(?:that|which|who|whose)\s+(.+)$/i.exec(bare)
  const recent = /^(.*?)\s+((?:in|of|over|during|for|from) the (?:last|past) .+)$/i.exec(where?.[1] ?? bare)
  return {
    measures: readMeasures(recent?.[1] ?? where?.[1] ?? bare),
    groups,
    ...(where || recent ? { where: [where?.[2], recent?.[2]].filter((one) => one !== undefined).join(' and ') } : {}),
  }
}

/** "donations per month and campaign" by itself: a plural and a time. */
const isReportName = (measure: string, groups: readonly string[]): boolean =>
  /^[\p{L}-]+(?: [\p{L}-]+){0,2}s(?:,? (?:and|&) [\p{L}-]+s?)?$/iu.test(measure) &&
  groups.some((group) => /^(?:hour|day|week|month|year|calendar month)$/.test(group))
