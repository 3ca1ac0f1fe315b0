import { listOf } from '../../language/wordings/lists.ts'
import { roleOf } from '../../read/people.ts'

/** A list of some rows, in words: "unpaid orders", "orders over 100 euros". `who`: who is to see it, where it is said. */
export type ListSpec =
  | { kind: 'rows'; rows: string; who?: string }
  /** "Who has not returned a book yet": `done` is the participle, `object` what it was done to. */
  | { kind: 'people'; done: string; not: boolean; object: string; who?: string }

const shows = '(?:show|list|display|see|find|get|give|view|look up|browse|filter)'
const lead = `(?:(?:please )?(?:also )?${shows}(?: (?:me|us|everybody|everyone))?|(?:(?:i|we|one) (?:also )?(?:want|need|would like|have|wish|should be able|must be able|can|should|must)(?: to)?(?: be able to)?|it (?:should|must) be possible to|there (?:is|should be|must be)|(?:the )?(?:home|start|front|main|landing) ?page should)(?: also)? ?(?:${shows})?|(?:the |our )?(?:home|start|front|main|landing) ?page (?:shows|lists|displays))`
const page = '(?: (?:on|at) (?:the|our) (?:start|home|front|first|main|landing) ?page)?'
const rows: readonly RegExp[] = [
  `^(?:${lead} )?(?:which|what) (?<rows>[\\p{L}-]+s (?:that |which )?(?:are|have|were|is|cost|i|we|they) .+)$`,
  `^${lead} (?:${listOf} )?(?:(?:all|any) )?(?:of )?(?:the |those )?(?<rows>.+?)${page}$`,
  `^${listOf} (?:(?:all|any) )?(?:the |those )?(?<rows>.+?)${page}$`,
  `^(?:all )?(?:the )?(?<rows>[\\p{L}-]+ [\\p{L}-]+(?: [\\p{L}-]+)?|[\\p{L}-]+s (?:over|above|below|under|that|which|with an?|without|older|due) .+?) (?:are|should be|can be|must be) (?:listed|shown|displayed|found)${page}$`,
].map((source) => new RegExp(source, 'iu'))

const seeing =
  '(?:(?<who>(?:(?:the|all|our|only) )?[\\p{L}-]+(?: (?!can\\b|may\\b|should\\b|must\\b|also\\b)[\\p{L}-]+)?) (?:can |may |should |must |want to |wants to |need to )?(?:also )?(?:sees?|lists?|knows?|checks?|views?|finds?|gets?|looks? up)(?: a list of)? )?'
const deed =
  '(?<done>[\\p{L}]+(?:ed|en|id|ld|lt|pt|nt|ght|ne|wn)|return|pay|borrow|answer|bring|sign|hand)(?: (?:back|in))?'
const people = new RegExp(
  `^(?:${lead} |${listOf} )?${seeing}(?:all |the |those )?(?:who|(?:which|what) (?:[\\p{L}-]+s|people)|[\\p{L}-]+ (?:who|that)) (?:has|have|did) (?<not>not |never |n['’]t )?(?:yet )?(?:been )?${deed}(?: (?:(?:an?|the|their|his|any|all|his or her) )?(?<object>(?!yet\\b|so far\\b|in time\\b|back\\b)[\\p{L} -]+?))?(?: back)?(?: yet| so far)?$`,
  'iu',
)

/** What follows is no list of rows: a report, a sum, what is of somebody, what is sorted, or several things. */
const other =
  /\b(?:per|each|every|how|number|count|sum|total of|average|sorted|ordered|ranked|grouped|only|who|whose|my|own|and|with their|with its|as csv|as pdf|report|chart|calendar|history|alphabetically|chronologically|newest|first|most|least|best|top|highest|lowest|\p{L}{2,}est|ten|five|three)\b|[:,;]/iu

/** Rows in words say no more than which: "the list of classes is public" says something of the list. */
export const clause =
  /(?<!\b(?:that|which|who|i|we|they|nobody|somebody) )\b(?:is|are|has|have|can|may|must|should|will|goes|go|belongs?|needs?|whether)\b/i

/** Reads a sentence that asks for a list of some of the rows, or returns undefined. */
export const readListSpec = (sentence: string): ListSpec | undefined => {
  const said = sentence.trim()
  if (said.length > 160) return undefined
  const lacking = people.exec(said)?.groups
  if (lacking) {
    const role = lacking.who ? roleOf(lacking.who.replace(/^only /i, '')) : undefined
    if (lacking.who && !role) return undefined
    return {
      kind: 'people',
      done: lacking.done!.toLowerCase(),
      not: lacking.not !== undefined,
      object: (lacking.object ?? '').trim().toLowerCase(),
      ...(role && !/^(?:we|nobody|user|everyone|signed)$/.test(role) ? { who: lacking.who! } : {}),
    }
  }
  const found = rows.map((pattern) => pattern.exec(said)?.groups?.rows?.trim()).find((one) => one !== undefined)
  if (!found || other.test(found) || !/ /.test(found)) return undefined
  const clear = found.replace(
    /^([\p{L}-]+s) (?=(?:are|have|were|cost) )/iu,
    /^(?:.*\b)?(?:which|what) /i.test(said) ? '$1 that ' : '$1 ',
  )
  if (clause.test(clear)) return undefined
  return { kind: 'rows', rows: clear }
}
