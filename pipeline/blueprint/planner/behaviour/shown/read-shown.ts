/** One value that is shown with a thing, in words: what is taken, of which field, of which things that belong to it. */
export type Shown = {
  take: 'count' | 'sum' | 'avg' | 'min' | 'max' | 'exists' | 'share' | 'left'
  /** "ratings", "open tasks", "the amount of its donations"; empty where it is what was spoken of just before. */
  of: string
  field?: string
  /** The newest value rather than the largest. */
  newest?: boolean
  /** What people did with it, where rows are said by that: "how many have signed up". */
  deed?: string
}

/** `thing` is empty where it is not said; then it is what alone has such a number. */
export type ShownSpec = { thing: string; values: Shown[] /** People see it of what is theirs. */; own?: true }

const thing = "(?:(?:each|every|an?|the|all|any|our) )*(?<thing>[\\p{L}][\\p{L}'-]*(?: [\\p{L}'-]+){0,2}?)"
const shows =
  '(?:also |always |should |must |can |to )*(?:shows?|displays?|knows?|tells?|includes?|lists?|has|have|carr(?:y|ies)|gives?|comes? with|contains?|see|sees|says)(?: us)?(?: also)?'
const measure =
  '(?:(?:the |its |their |a )?(?:current |overall |grand |running )?(?:number|count|total|sum|average|avg|mean|highest|lowest|latest|newest|most recent|last|earliest|first|largest|smallest|maximum|minimum|best|remaining|progress|percentage|share)\\b|how (?:many|much|far|often)\\b|what percent|whether (?:it|they|there)\\b|its balance|their balance|when (?:it|they|he|she) (?:was|were) (?:last|first)\\b)'
const patterns: readonly RegExp[] = [
  `^(?:please )?(?:show|display|list|put|have)(?: us)? (?:on|for|with|next to|in|at|under) (?:each|every|the|all|an?) (?<thing>[\\p{L}][\\p{L}'-]*(?: [\\p{L}'-]+)??) (?<list>${measure}.+)$`,
  `^${thing} ${shows} (?<list>${measure}.+)$`,
  `^(?:we |i |people |users |everyone |everybody )?(?:also )?(?:(?:want|need|like|would like|wish)(?: to)? )?(?:show|display|see|know|include|add|tell|count)(?: us)? (?<list>${measure}.+?) (?:for|of|on|with|per|next to|in|under|at) (?:(?:each|every|all|the|an?|all the|their|our) )?(?<thing>[\\p{L}][\\p{L}'-]*(?: [\\p{L}'-]+)?)$`,
  `^(?:we |i |people |users |everyone |everybody )?(?:also )?(?:(?:want|need|like|would like|wish)(?: to)? )?(?:show|display|see|know|tell|count)(?: us)? (?<list>how many [\\p{L}' -]+?|how much [\\p{L}' -]+?) (?:each|every|an?|the|all) (?<thing>[\\p{L}][\\p{L}'-]*(?: [\\p{L}'-]+)?) (?:has|have|got|received|made|gets|was given)(?: (?:received|got|had|made))?$`,
].map((source) => new RegExp(source, 'iu'))
const defined = new RegExp(
  `^(?:the |an? )?(?<name>[\\p{L}]+(?: [\\p{L}]+){0,2}) of (?:an?|the|each|every) (?<thing>[\\p{L}'-]+(?: [\\p{L}'-]+)?) is (?:always )?(?:calculated as |computed as |computed from |the result of )?(?<list>${measure}.+)$`,
  'iu',
)
const possessive = new RegExp(
  `^(?:an?|the|each|every) (?<thing>[\\p{L}-]+(?: [\\p{L}-]+)?)['’]s (?<name>[\\p{L}]+(?: [\\p{L}]+)?) is (?:always )?(?:calculated as |computed as )?(?<list>${measure}.+)$`,
  'iu',
)

const of = '(?: (?:of|per|for|in|on) (?:(?:each|every|an?|the) )?(?<thing>[\\p{L}-]+(?: [\\p{L}-]+)?))?'
const free = '(?:left|free|available|remaining|not (?:taken|booked|lent|lent out))'
/** "Show how many copies are left", "show the free seats of a course". */
const rest: readonly RegExp[] = [
  `^(?:please )?(?:show|display|tell)(?: me| us)? how many (?<of>[\\p{L}-]+)${of} (?:are|is) (?:still )?${free}$`,
  `^(?:please )?(?:show|display)(?: me| us)? (?:the |how many )?(?:number of )?(?:free|available|remaining) (?<of>[\\p{L}-]+?)${of}$`,
  `^(?<thing>[\\p{L}-]+) (?:shows?|tells?) (?:its |their |the )?(?:number of )?(?:free|available|remaining) (?<of>[\\p{L}-]+)$`,
  `^(?:an? |each |every |all )?(?<thing>[\\p{L}-]+(?: [\\p{L}-]+)?) (?:shows?|tells?) (?:its |their |the )?(?:number of )?(?:free|available|remaining) (?<of>[\\p{L}-]+)$`,
].map((source) => new RegExp(source, 'iu'))

const longest = 240

/** Reads which values are shown with each thing without being stored, or returns undefined. */
export const readShown = (sentence: string): (ShownSpec & { name?: string }) | undefined => {
  const said = sentence.trim()
  if (said.length > longest) return undefined
  const left = rest.map((pattern) => pattern.exec(said)?.groups).find(Boolean)
  if (left) return { thing: left.thing ?? '', values: [{ take: 'left', of: left.of! }] }
  if (!new RegExp(measure, 'i').test(said)) return undefined
  for (const pattern of [...patterns, defined, possessive]) {
    const groups = pattern.exec(said)?.groups
    if (!groups || /\b(?:per|by|grouped)\b/i.test(groups.list!)) continue
    const values = valuesOf(groups.list!)
    if (!values) continue
    const own = sees.test(said) && /\b(?:they|their|he|she|his|her)\b/i.test(groups.list!)
    if (
      /^(?:we|i|it|they|who|which|that|there|people|everybody|everyone)$/i.test(groups.thing!) ||
      (!own && /^(?:users?|teachers?|managers?|admins?)$/i.test(groups.thing!))
    )
      continue
    return { thing: groups.thing!, values, ...(own ? { own } : {}), ...(groups.name ? { name: groups.name } : {}) }
  }
  return undefined
}

const sees =
  /^(?:(?:each|every|an?|the|all|any|our) )*[\p{L}-]+(?: [\p{L}-]+)? (?:can |may |should )?(?:also )?(?:see|know)s? /iu

const parts = new RegExp(`\\s*,\\s*(?:and )?(?=${measure})|\\s+and\\s+(?:also )?(?=${measure})`, 'i')

const valuesOf = (list: string): Shown[] | undefined => {
  const values = list.split(parts).map(shownIn)
  return values.length > 0 && values.every((value) => value !== undefined) ? (values as Shown[]) : undefined
}

const owns = '(?:its |their |the |all |all its |all the |any |his |her |all of its |received |given )*'
const has =
  '(?: (?:it|they|he|she|that \\p{L}+|the \\p{L}+)? ?(?:has|have|had|got|gets|received|has received|have received|has got|there are|there were|there is|belong to it|are in it|are on it|were given|were made|it contains|contains|were left|has made|have made|has given|have given|made|gave|did|has done|have done|has entered|have entered|has taken|have taken|is|are)(?: so far| already| in all| in total)?|(?: (?:they|it|he|she) (?:have |has |had )?(?:already |ever )?| (?:have |has )?(?:been |were |was )?)(?!left\\b|free\\b|available\\b|remaining\\b|open\\b|coming\\b|going\\b)[\\p{L}]+(?:ed|en|ld|nt|ught|ade|ave|ot|ut|ne|wn)(?: so far| already| in all| in total)?)?'
const done =
  '(?:(?:have|has|had|are|were|was) )?(?:already |been )?(?<deed>signed up|signed|registered|coming|come|came|joined|taken part|took part|given|gave|donated|paid|voted|booked|borrowed|enrol+ed|applied|attended|attending|attend|going|ordered|bought|answered|replied|rated|subscribed|participated|rented|reserved|lent|sold)'
const ofIt =
  '(?: (?:it|them|to it|for it|in it|on it|something|money|anything))?(?: so far| already| in all| in total)?'
const people = '(?:people|persons|members|users|of them|times)'

const forms: readonly (readonly [RegExp, (groups: { [name: string]: string }) => Shown])[] = [
  [/^how many (?:there are|it is|they are)(?: of them)?$/iu, () => ({ take: 'count', of: '' })],
  [
    /^(?:how many|the number of|number of|how much) (?<of>[\p{L}]+(?: [\p{L}]+)?) (?:are|is) (?:still )?(?:left|free|available|open|remaining)$/iu,
    ({ of }) => ({ take: 'left', of: of! }),
  ],
  [/^(?:the )?(?:number of )?(?:remaining|free|available) (?<of>[\p{L}]+)$/iu, ({ of }) => ({ take: 'left', of: of! })],
  [/^(?:the )?number of (?:remaining|free|available) (?<of>[\p{L}]+)$/iu, ({ of }) => ({ take: 'left', of: of! })],
  [
    /^(?:the )?(?:progress|percentage|share|what percent(?:age)?|how (?:much|far|many percent))\b.*\b(?:goal|target|budget|limit|quota)\b.*$/iu,
    () => ({ take: 'share', of: '' }),
  ],
  // "how many gave", "how many people have borrowed it", "how many times it was lent"
  [
    new RegExp(`^how many (?:${people} )?(?:it |they )?${done}${ofIt}$`, 'iu'),
    ({ deed }) => ({ take: 'count', of: '', deed: deed! }),
  ],
  // "how much has come in", "how much money was raised so far", "how much they have spent in total"
  [
    /^how much (?:money )?(?:(?:has|have|had|was|were|is) )?(?:been |already )?(?:come|came|comes|gone|went|go|raised|collected|earned|received) ?(?:in|out|together)?(?: for it| by it)?(?: so far| already| in all| in total)?$/iu,
    () => ({ take: 'sum', of: '' }),
  ],
  [
    /^how much (?:money )?(?:it|they) (?:have |has |had )?(?<of>[\p{L}]+)(?: (?:for|to|on|in) it)?(?: so far| already| in all| in total| altogether)?$/iu,
    ({ of }) => ({ take: 'sum', of: of! }),
  ],
  // "how many points their runners have together"
  [
    /^how (?:many|much) (?<field>[\p{L}]+(?: [\p{L}]+)?) (?:its|their|all its|all their) (?<of>[\p{L}]+s|people)(?: have| has| got| scored| made| cost| weigh)?(?: together| in all| in total| so far)?$/iu,
    ({ field, of }) => ({ take: 'sum', of: of!, field: field! }),
  ],
  [
    new RegExp(`^(?:the )?(?:current |overall |total )?(?:number|count) of ${owns}(?<of>[\\p{L}' -]+?)${has}$`, 'iu'),
    ({ of }) => ({ take: 'count', of: of! }),
  ],
  [new RegExp(`^how many (?<of>[\\p{L}'-]+(?: [\\p{L}'-]+)??)${has}$`, 'iu'), ({ of }) => ({ take: 'count', of: of! })],
  [
    /^how often (?:it|they) (?:was|were|has been|have been|is|are) (?<of>[\p{L}]+)$/iu,
    ({ of }) => ({ take: 'count', of: of! }),
  ],
  [
    new RegExp(
      `^(?:the |a |its |their )?(?:current |overall |grand |running )?(?:total|sum)(?: of)? ${owns}(?<field>[\\p{L}]+(?: [\\p{L}]+)?) of ${owns}(?<of>[\\p{L}'-]+(?: [\\p{L}'-]+)?)$`,
      'iu',
    ),
    ({ of, field }) => ({ take: 'sum', of: of!, field: field! }),
  ],
  [
    new RegExp(
      `^(?:the |a |its |their )?(?:current |overall |grand |running )?(?:total|sum)(?: amount| value| price| cost)?(?: of| from| over)? ?${owns}(?<of>[\\p{L}' -]*?)(?: so far| in all| donated| received| given| paid)?$`,
      'iu',
    ),
    ({ of }) => ({ take: 'sum', of: of ?? '' }),
  ],
  [
    /^how much (?:money )?(?:has been|was|is|were|it has|they have|it|has)(?: been)? ?(?<of>[\p{L}]+)(?: (?:for|to|on|in) it)?(?: so far| in all| in total)?$/iu,
    ({ of }) => ({ take: 'sum', of: of! }),
  ],
  [
    new RegExp(
      `^(?:the |its |their |an? )?(?:overall )?(?:average|avg|mean) (?:of )?${owns}(?<field>[\\p{L}]+(?: [\\p{L}]+)?) of ${owns}(?<of>[\\p{L}'-]+(?: [\\p{L}'-]+)?)$`,
      'iu',
    ),
    ({ of, field }) => ({ take: 'avg', of: of!, field: field! }),
  ],
  [
    new RegExp(
      `^(?:the |its |their |an? )?(?:overall )?(?:average|avg|mean)(?: of)? (?!time (?:to|until|from|between)\\b)${owns}(?<of>[\\p{L}' -]+?)$`,
      'iu',
    ),
    ({ of }) => ({ take: 'avg', of: of! }),
  ],
  [
    new RegExp(
      `^(?:the |its |their )?(?<way>highest|largest|maximum|best|latest|newest|most recent|last|lowest|smallest|minimum|earliest|first) ${owns}(?<field>[\\p{L}]+(?: [\\p{L}]+)?)(?: of ${owns}(?<of>[\\p{L}'-]+(?: [\\p{L}'-]+)?))?$`,
      'iu',
    ),
    ({ way, field, of }) => ({
      take: /lowest|smallest|minimum|earliest|first/i.test(way!) ? 'min' : 'max',
      of: of ?? field!,
      field: field!,
      newest: /latest|newest|recent|last/i.test(way!),
    }),
  ],
  [
    /^whether (?:it|they|there) (?:has|have|are|is)(?: any| an?| got)? (?<of>[\p{L}' -]+)$/iu,
    ({ of }) => ({ take: 'exists', of: of! }),
  ],
  [
    /^when (?:it|they|he|she) (?:was|were) (?<way>last|first) [\p{L}]+(?: [\p{L}]+)?$/iu,
    ({ way }) => ({ take: /first/i.test(way!) ? 'min' : 'max', of: '', field: 'date', newest: true }),
  ],
  [/^(?:its|their|the) balance$/iu, () => ({ take: 'sum', of: '' })],
]

const shownIn = (text: string): Shown | undefined => {
  const said = text.trim().replace(/[.,;]+$/, '')
  for (const [pattern, make] of forms) {
    const groups = pattern.exec(said)?.groups ?? (pattern.test(said) ? {} : undefined)
    if (groups) return make(groups as { [name: string]: string })
  }
  return undefined
}
