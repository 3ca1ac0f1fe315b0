/** Where a text names a thing: as the subject of what it has or is, or with fields of its own. All are for lower case. */
const noWord =
  'has|have|had|with|and|or|is|are|was|were|be|of|for|the|an?|to|in|on|at|by|that|which|who|we|i|they|it|you|each|every|any|all|has|can|may|must|should|will|from|per|its|their|our|my|when|whether|how|where|if|so|but|then|also|need|needs|want|wants'
const word = `(?!(?:${noWord})\\b)[\\p{L}][\\p{L}\\d'-]*`
const phrase = `${word}(?: ${word}){0,3}?`
const start = '(?:^|[.;:,]\\s+|\\b(?:and|where|while|which|that|please|so|because|whose)\\s+)'
const lead = '(?:(?:an?|the|each|every|all|our|my|these|any|one)\\s+)?'
const bracket = '(?:\\s*⟦\\d{1,3}⟧)?'
const modal = '(?:(?:can|may|must|should|will|also|always|usually|each|all|then|would|typically)\\s+){0,3}'

/** "artists have", "an appointment belongs to": a subject with fields. */
const having = new RegExp(
  `${start}${lead}(${phrase})${bracket}(?:\\s+(?:of|for|on|in|at)\\s+(?:an?|the|each|every)\\s+${phrase})?(?:\\s+(?:(?:that |which )?(?:i|we|they|you|people|users)\\s+\\p{L}+|(?:that|which|who)\\s+(?:belongs?|are|is|lives?|works?|comes?)\\s[^,.;⟦]{3,40}?))?\\s+${modal}(?:(?:has|have)(?! to\\b)|consists? of|contains?|includes?|belongs? to|comes? with)\\b`,
  'gu',
)
/** "drivers (name, phone)". */
export const bracketed = new RegExp(`(?:^|[.;:,-]\\s*|\\b)((?:${word} ){0,2}${word})\\s*(⟦\\d{1,3}⟧)`, 'gu')
/** "Board: brand, size", "Inspections of an elevator - inspector, passed". */
export const headed = new RegExp(
  `^(?:\\d+[.)]\\s*)?${lead}(${phrase})${bracket}(?:\\s+(?:of|for|on|in|at|per)\\s+(?:(?:an?|the|each|every|our|my)\\s+)?${phrase})?\\s*(?::|\\s-)\\s+(.+)$`,
  'u',
)
/** "waterings of a plant with an amount". */
const described = new RegExp(
  `(?:^|[.;:,]\\s*|\\s)${lead}(?:many |several |different |multiple )?((?:${word} ){0,2}${word})(?:(?:\\s+\\p{L}+(?:ed|ade|ent|ught))?\\s+(?:of|on|at|in|for|by|to|about|during|from)\\s+(?:an?|the|each|every|my|our|these|those|them)\\s+${phrase})?,?\\s+(?:each )?(?:with|having|that have|which have|saying|telling|stating)\\s+(?:(?:which|what|who|where|an?|the|their|its|title|name|date|start|how|whether|when)\\b|${word}(?: ${word}){0,3},)`,
  'gu',
)
/** "An audition links", "A stay is a boat", "Rounds are played on". */
const being = new RegExp(
  `${start}(?:an?|each|every)\\s+(${phrase})\\s+${modal}(?:is|are|was|links?|connects?|joins?|ties|takes place|happens|goes|uses|gets|refers|references|plays|produces|stands|sits|lives)\\s+(?:an?|two|several|many|for|of|at|on|in|to|from|between|with|by|about|during|against|exactly|one|\\p{L}+ (?:for|of|at|on|in|to|from|between|with|by|under|about|during|into|onto|after|before))\\b`,
  'gu',
)
const passive = new RegExp(
  `(?:^|[.;]\\s+)((?:${word} )?${word}s)\\s+(?:take place|happen|(?:are|were)(?:\\s+\\p{L}+)?|\\p{L}+(?: part)?(?=\\s+\\p{L}+\\s+(?:an?|one|exactly|each)\\s)|are \\p{L}+(?=\\s+with\\s+(?:an?|the|their)\\s))\\s+(?:with|for|of|at|on|in|into|onto|to|from|between|by|under|about|during|against|after|before)\\s`,
  'gu',
)
/** "every hike I did on a trail, with", "people report faults of a light - ". */
const relative = new RegExp(
  `\\b(?:each|every|all|the)\\s+(${phrase})\\s+(?:that |which )?(?:i|we|they|people|you)\\s+\\p{L}+(?: \\p{L}+)?\\s+(?:on|in|at|with|for)\\s+(?:an?|the)\\s+${phrase},?\\s+with\\b`,
  'gu',
)
const reported = new RegExp(
  `(?:^|[.;,]\\s+|\\band\\s+)(?:we|i|they|${word})\\s+(?:can\\s+)?${word}\\s+(${word}(?: ${word})?)\\s+(?:of|on|for|about|at)\\s+(?:an?|the|each)\\s+${phrase}\\s*(?:-|:|⟦|,?\\s+with\\b)`,
  'gu',
)
const giving = new RegExp(
  `\\b(?:produces?|sends?|generates?|gets?|receives?|owns?|offers?|has|have|holds?|runs?|issues?|note|record|log|store|track|save)\\s+(?:many |several |some )?((?:${word} )?${word}s)\\s*(?::|⟦|,? each\\b|,? with (?:an?|the|title|name|date)\\b)`,
  'gu',
)
/** "halls ⟦0⟧ and bookings - hall, club". */
const chained = new RegExp(
  `(?:⟦\\d{1,3}⟧,?\\s+(?:and\\s+)?((?:${word} )?${word}s)\\s*(?::|\\s-)\\s|(?:,|\\band)\\s+(?:and\\s+)?(?=(?:${word} )?${word}s\\s*(?::|\\s-)\\s+(?:which|who|what)\\s)((?:${word} )?${word}s))`,
  'gu',
)
/** "A placement matches a guest with a host". */
export const acting = new RegExp(
  `(?:^|[.;]\\s+)(?:(?:an?|each|every)\\s+(?=${word}(?: ${word})??\\s+${word}s\\s)|(?=(?:${word} )?${word}s\\s+${word}\\s))(${word}(?: ${word})??)\\s+${word}\\s+(?:an?|one|two|several|many|exactly one)\\s+(${phrase})(?=[\\s,.;]|$)`,
  'gu',
)
/** "an API for lighthouses: name, country". */
export const about = new RegExp(
  `\\b(?:for|of|about|tracks?|stores?|keeps?|manages?)\\s+(?:(?:my|our|the|all)\\s+)?((?:${word} )?${word}s)\\s*:\\s+(?!an?\\s|each\\s|the\\s)([^.]+,[^.]+)`,
  'gu',
)
/** "votes which link an MP and a bill". */
const tying = new RegExp(
  `\\b(${word}s)\\s+(?:(?:which|that)\\s+)?(?:link|connect|join|tie|linking|connecting|joining|tying|between)\\s+(?:an?|the|one)\\s`,
  'gu',
)
/** "crossings of a vehicle (crossed at, lane)". */
const partOf = new RegExp(
  `(${word}s)(?:\\s+\\p{L}+(?:ed|ade|ent))?\\s+(?:of|on|at|for|in|by)\\s+(?:an?|the|each)\\s+${phrase}(?:\\s+(?:at|in|on|for|by)\\s+(?:an?|the)\\s+${phrase})?(?:\\s*⟦|\\s+from\\s+an?\\s)`,
  'gu',
)
const eachWith = new RegExp(`\\b(${word}(?: ${word})?),? each (?:with|having)\\b`, 'gu')
/** "Maintenance is done on a device": an uncountable noun that is one of its kind. */
const uncounted = new RegExp(
  `^(${word})\\s+is\\s+\\p{L}+\\s+(?:on|at|for|in|to|by|about)\\s+(?:an?|each|every|one)\\s`,
  'gu',
)
const forEach = new RegExp(
  `(?:^|[.;:,]\\s+|\\band\\s+)(?:for|of|about|on|per)\\s+(?:each|every)\\s+(${phrase})(?:,|\\s+(?:we|i|they|you|there)\\b)`,
  'gu',
)
const manyOf = new RegExp(
  `\\b(?:many|several|multiple|one or more|at least one|a number of|any number of|zero or more)\\s+(${phrase})(?:\\s*⟦|,? (?:each )?with\\b|\\s*:|,? each\\b)`,
  'gu',
)

/** `subject`: the whole sentence is about it; `own`: it is spoken of by itself; `hint`: without it nothing is found. */
export type Pattern = { pattern: RegExp; hint: RegExp; subject?: true; own?: true }

export const patterns: readonly Pattern[] = [
  { pattern: having, hint: /has|have|had|consist|contain|include|belong|come/, subject: true, own: true },
  { pattern: described, hint: /with|having|have|saying|telling|stating/ },
  { pattern: being, hint: /\b(?:an?|each|every)\b/, own: true },
  { pattern: passive, hint: /s\b/, subject: true, own: true },
  { pattern: forEach, hint: /each|every/, own: true },
  { pattern: manyOf, hint: /many|several|multiple|one or more|at least one|number of|zero or more/ },
  { pattern: relative, hint: /with\b/, own: true },
  { pattern: reported, hint: /-|:|⟦|with/ },
  { pattern: giving, hint: /:|⟦|each|with/ },
  { pattern: eachWith, hint: /each/ },
  { pattern: partOf, hint: /⟦|from/, own: true },
  { pattern: chained, hint: /⟦|which|who|what/, own: true },
  { pattern: uncounted, hint: /\bis\b/, own: true },
  { pattern: tying, hint: /link|connect|join|tie|tying|between/, own: true },
]
