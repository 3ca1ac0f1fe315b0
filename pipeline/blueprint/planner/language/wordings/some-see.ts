import type { Wording } from '../makings.ts'
import { pluralPhrase, singularPhrase, withArticle } from '../words.ts'

const things = '((?:(?:an?|the|all|each|every|our) )?[\\p{L}-]+)'
const needs = '(?:(?:should |must |also )*(?:have|has|gets?|needs?|receives?|want))(?: also)?'
const field =
  '(?:an? |the |another |some )?([\\p{L}-]+(?: (?!that\\b|which\\b|only\\b|for\\b|to\\b|hidden\\b|visible\\b)[\\p{L}-]+)?)(?: field)?'
const who = '(?:the |our )?([\\p{L}-]+(?: [\\p{L}-]+)?)'
const hidden = `(?:,? (?:(?:that|which) (?:is|are) )?(?:hidden from|invisible (?:to|for)|not (?:visible|shown|open) (?:to|for)) ${who}|,? (?:and |but )?${who} (?:must not|can ?not|may not|should not|shall not|never|don't|do not) (?:be able to )?(?:see|read|view) (?:it|them|this|that))`
const shown = `(?:,? (?:(?:that|which) (?:is|are) )?(?:only )?(?:visible|shown|readable|open) (?:only )?(?:to|for|by) (?:only )?${who}(?: only| alone)?|,? (?:just|only) for ${who}|,? (?:and )?(?:only|just) ${who} (?:can |may |should |must )?(?:see|read|view)s? (?:it|them|this|that)|,? (?:that|which) (?:only|just) ${who} (?:can |may |should )?(?:see|read|view)s?(?: it)?)`
const end = '(?: please)?$'

const says = (thing: string, what: string, for_: string): string =>
  `${pluralPhrase(singularPhrase(thing.replace(/^(?:an?|the|all|each|every|our) /i, '').toLowerCase()))} have ${withArticle(what.toLowerCase())} that ${for_}`
const one = (...found: (string | undefined)[]): string => found.find((each) => each !== undefined)!.toLowerCase()

/** Values that only some may see, said in other words than "orders have a margin that customers can not see". */
export const someSee: readonly Wording[] = [
  // "repairs need a margin, hidden from clients", "animals should also have a treatment, workers must not see it"
  [
    new RegExp(`^${things} ${needs} ${field}${hidden}${end}`, 'iu'),
    (_, thing, what, a, b) => says(thing!, what!, `${one(a, b)} can not see`),
  ],
  // "pupils have an allergy field visible only to teachers", "patients get a diagnosis note that only doctors see"
  [
    new RegExp(`^${things} ${needs} ${field}${shown}${end}`, 'iu'),
    (_, thing, what, a, b, c, d) => says(thing!, what!, `only ${one(a, b, c, d)} can see`),
  ],
  // "add a cost price to orders, only staff can see it", "put a secret comment on bookings just for hosts"
  [
    new RegExp(
      `^(?:please )?(?:add|put|give|keep|store) ${field} (?:to|on|for|in|at|with) ${things}${hidden}${end}`,
      'iu',
    ),
    (_, what, thing, a, b) => says(thing!, what!, `${one(a, b)} can not see`),
  ],
  [
    new RegExp(
      `^(?:please )?(?:add|put|give|keep|store) ${field} (?:to|on|for|in|at|with) ${things}${shown}${end}`,
      'iu',
    ),
    (_, what, thing, a, b, c, d) => says(thing!, what!, `only ${one(a, b, c, d)} can see`),
  ],
]
