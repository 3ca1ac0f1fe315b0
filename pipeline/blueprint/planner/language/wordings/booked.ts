import { isPersonNoun } from '../../lexicon/people.ts'
import type { Wording } from '../makings.ts'
import { pluralPhrase, sentence, singular } from '../words.ts'

const verbs: Readonly<Record<string, readonly [verb: string, rows: string]>> = {
  booked: ['book', 'bookings'],
  reserved: ['reserve', 'reservations'],
  rented: ['rent', 'rentals'],
  hired: ['hire', 'rentals'],
  borrowed: ['borrow', 'loans'],
  ordered: ['order', 'orders'],
  bought: ['buy', 'purchases'],
}
const rowsOf = (verb: string): string => Object.values(verbs).find(([one]) => one === verb)![1]

const period = /^(?:hour|day|week|month|quarter|year|season|weekend|night)$/i
const words = '[\\p{L}-]+(?: (?!(?:can|may|must|at|by|only|but|per|up|no|max)\\b)[\\p{L}-]+)?'
const by = '(?: by (?:the |all |each |every |an? )?(?<by>[\\p{L}-]+))?'
const often =
  '(?:,? but)?,?(?: only)? (?:(?:at most|up to|no more than|not more than|max\\.?) )?(?<count>[\\p{L}\\d]+)(?: times?| of them)?'
const per = '(?:per|a|each|for each|for every|by each) (?<first>[\\p{L}-]+)'
const and = '(?:(?: and|,)?(?: per| for each| a| by each)? (?<second>[\\p{L}-]+))?'

const passive = new RegExp(
  `^(?:(?:all|the|every|each|an?) )?(?<things>${words}) (?:can|may) (?:only )?be (?<deed>${Object.keys(verbs).join('|')})${by}${often} ${per}${and}$`,
  'iu',
)
const active = new RegExp(
  `^(?<people>(?:the |all |each |every |an? )?[\\p{L}-]+) (?:can |may )?(?<verb>book|reserve|rent|hire|borrow|order|buy)s? (?:the |an? )?(?<things>${words})${often} ${per}${and}$`,
  'iu',
)

const isPerson = (word: string | undefined): boolean => word !== undefined && isPersonNoun(singular(word.toLowerCase()))
const isLimit = (said: string): boolean =>
  /\b(?:at most|up to|no more than|not more than|max\.?|once|twice|only|one)\b/i.test(said)

const sayPlainly = (who: string, verb: string, things: string, count: string, time: string | undefined): string => {
  const number = { once: 'one', twice: 'two' }[count.toLowerCase()] ?? count
  const one = singular(who.toLowerCase().replace(/^(?:the|all|each|every|an?) /, ''))
  return `${sentence(pluralPhrase(one))} can ${verb} ${pluralPhrase(things)} || At most ${number} ${rowsOf(verb)} per ${one}${time ? ` and ${time}` : ''}`
}

/** How often what can be booked may be, by whom: what is counted are the bookings of it. */
export const booked: readonly Wording[] = [
  // "members rent a plot, one per member", "riders lease a horse, at most two each"
  [
    /^((?:(?:the|all|only) )?([\p{L}-]+s) (?:can |may )?(?:book|rent|lease|hire|borrow|reserve|adopt|sponsor)) (?:an? )([\p{L}-]+(?: [\p{L}-]+)?),? (?:but )?(?:(?:only|at most|up to|no more than|max\.?) )?([\p{L}\d]+)(?: of them)? (?:each|per (?:person|head|([\p{L}-]+)))(?: only)?$/iu,
    (_, act, who, thing, count, per) =>
      `${act} ${/^[aeiou]/i.test(thing!) ? 'an' : 'a'} ${thing} || At most ${count} ${count === 'one' ? thing : pluralPhrase(thing!)} per ${per ?? singular(who!.toLowerCase())}`,
  ],
  // "rooms can be booked, changed or cancelled": what is changed and cancelled are the bookings
  [
    new RegExp(
      `^(?:(?:all|the|every|each|an?) )?(?<things>${words}) (?:can|may) be (?<deed>${Object.keys(verbs).join('|')})(?<more>(?:(?:,? and |,? or |, )(?:changed|edited|updated|moved|cancelled|canceled|deleted|extended))+)(?: again)?${by}$`,
      'iu',
    ),
    (said, ...rest) => {
      const [things, deed, more, doer] = rest
      if (doer && !isPerson(doer)) return said!
      const [verb, rows] = verbs[deed!.toLowerCase()]!
      const who = doer ? sentence(pluralPhrase(doer)) : 'Users'
      const also = more!
        .toLowerCase()
        .split(/,? and |,? or |, /)
        .filter(Boolean)
      const deeds = [
        ...new Set(also.map((one) => (/^cancel/.test(one) ? 'cancel' : /^delete/.test(one) ? 'delete' : 'change'))),
      ]
      return `${who} can ${verb} ${pluralPhrase(things!)} || ${deeds.map((one) => `${who} can ${one} their own ${rows}`).join(' || ')}`
    },
  ],
  // "laundry slots can be booked, at most two per week and tenant"
  [
    passive,
    (said) => {
      const { things, deed, by: doer, count, first, second } = passive.exec(said!)!.groups!
      const groups = [first, second].filter((one) => one !== undefined)
      const who = doer ?? groups.find(isPerson)
      const time = groups.find((one) => period.test(one))
      const known = groups.every((one) => isPerson(one) || period.test(one))
      return who && isPerson(who) && known && isLimit(said!)
        ? sayPlainly(who, verbs[deed!.toLowerCase()]![0], things!, count!, time)
        : said!
    },
  ],
  // "tenants can book laundry slots, but at most two per week"
  [
    active,
    (said) => {
      const { people, verb, things, count, first, second } = active.exec(said!)!.groups!
      const groups = [first, second].filter((one) => one !== undefined)
      const time = groups.find((one) => period.test(one))
      const known = groups.every((one) => isPerson(one) || period.test(one))
      return isPerson(people!.split(' ').at(-1)) && time && known && isLimit(said!)
        ? sayPlainly(people!, verb!.toLowerCase(), things!, count!, time)
        : said!
    },
  ],
]
