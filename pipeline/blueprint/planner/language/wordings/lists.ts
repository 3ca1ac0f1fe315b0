import type { Wording } from '../makings.ts'

const place = '(?:front|home|start|main|landing|first|overview)[ -]?page|dashboard|home ?screen|start ?screen'
/** What a list is called: "a list of", "a page with", "an overview of". */
export const listOf =
  '(?:an? |the |one |our )?(?:(?:simple|short|separate|public|sorted) )?(?:top[ -])?(?:list|page|view|overview|section|box|table|ranking|chart|charts|hit ?list|leader-?board|screen|tab|feed)s? (?:of|with|for|showing|that shows|that lists|which shows|which lists|listing)'
const wish =
  '(?:(?:(?:we|i|people|users|everybody|everyone) (?:(?:also )?(?:want|need|wish|would like)(?: to (?:see|have|get|show|list))?|should (?:be able to )?(?:see|get)|(?:can )?see)|there (?:is|should be|must be|needs? to be|shall be)|(?:please )?(?:show|list|display|give|add|include|offer|make)(?: (?:me|us|people|everybody|everyone))?) )'
const first =
  '(?:the |our )?((?:(?:top )?[\\p{L}\\d]+ )?(?:most|best|top|highest|least|(?<=[\\p{L}\\d] )(?:new|old|lat|cheap|long|short|fast|slow|larg|bigg|small)est)[ -](?!of\\b|one\\b|likely\\b|\\d+ per\\b)[\\p{L}].*?)'
const shown =
  '(?:is|are|get|gets|should be|must be|shall be|can be|may be) (?:shown|listed|displayed|seen|featured|presented|visible|highlighted|found)'

/** Lists that begin with what comes first, said in other words than "show the ten most liked photos". */
export const lists: readonly Wording[] = [
  // "a list of the ten most popular ideas", "we want an overview with the most borrowed books"
  [new RegExp(`^${wish}?${listOf} (?:all )?${first}$`, 'iu'), 'Show the $1'],
  // "the front page shows the ten most popular ideas"
  [
    new RegExp(
      `^(?:(?:on )?(?:the|our|an?) (?:${place})(?: of the (?:site|app|system))? (?:should |must |can |also )*(?:shows?|lists?|displays?|has|have|presents?|features?|contains?)|(?:on|at) (?:the|our) (?:${place}),? (?:we (?:show|see|list|want)|there (?:are|is|should be)|show|list|people see|users see|everybody sees)) ${first}$`,
      'iu',
    ),
    'Show the $1',
  ],
  // "the ten most popular ideas are shown on the home page"; without a number "shown first" says how all are ordered
  [
    new RegExp(
      `^${first} ${shown}(?: (first|on top|at the top|to (?:everybody|everyone|all)|(?:on|at) (?:the|our|an?) .+))?$`,
      'iu',
    ),
    (whole, some, where) =>
      /^(?:first|on top|at the top)$/i.test(where ?? '') && /^(?:most|best|top|highest|least)/i.test(some!)
        ? whole!
        : `Show the ${some}`,
  ],
  // "members upload photos, like them and see the ten most liked photos"
  [
    new RegExp(`^((?!only\\b|nobody\\b|no\\b).+?),? and (?:can |may |want to )?(?:also )?see ${first}$`, 'iu'),
    '$1 || Show the $2',
  ],
  // "show the ten newest photos and the ten most liked photos"
  [
    /^show (the [\p{L}\d]+ [\p{L}]+est [\p{L}-]+|the [\p{L}\d]+ most .+?) and (the [\p{L}\d]+ most .+|the [\p{L}\d]+ [\p{L}]+est [\p{L}-]+)$/iu,
    'Show $1 || Show $2',
  ],
  // "which ideas are the most popular"
  [
    new RegExp(
      `^${wish}?(?:which|what) ([\\p{L}-]+s)(?: (?:that|which))? (?:are|were|is|have been|got|get) (?:the )?(most|best|least)[ -]([\\p{L}-]+)$`,
      'iu',
    ),
    'Show the $2 $3 $1',
  ],
  // "which books are borrowed most"
  [
    new RegExp(
      `^${wish}?(?:which|what) ([\\p{L}-]+s) (?:are|were|is|have been|get) ([\\p{L}]+(?:ed|en|ld|nt|ght|wn)) (?:the )?(most|least|best)(?: often| of all)?$`,
      'iu',
    ),
    'Show the $3 $2 $1',
  ],
  // "registrations of an event as CSV", "a CSV file of the registrations"
  [
    new RegExp(
      `^${wish}?(?:an? |the )?csv(?: file| export| list| download)? (?:of|with|for) (?:all |the )*([\\p{L} -]{3,40})$`,
      'iu',
    ),
    'Export the $1 as CSV',
  ],
  [
    /^(?:the |all )?(?:list of )?(?:the |all )?((?!export|download|get\b|show|list\b|return|answer|send|give|have|we\b|i\b)[\p{L}-]+s(?: (?:of|for) (?:an?|one|each|the) [\p{L}-]+)?) (?:(?:can|should|must|may) be (?:exported|downloaded|had) )?(?:as|to|in) (?:an? )?csv(?: files?| format)?$/iu,
    'Export the $1 as CSV',
  ],
]
