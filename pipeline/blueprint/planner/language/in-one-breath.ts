import { linkNouns } from '../lexicon/verbs.ts'
import { partedBy, type Wording } from './makings.ts'
import { addedBy, participleOf, plural, sentence, singular, withArticle } from './words.ts'

const not = '(?:can not|cannot|may not|must not|must never|should not|may never|can never)'
const changed = '(?:edited|changed|updated|modified|altered|deleted|removed)'
const message = '(?:message|notice|note|notification|mail|e-?mail|sms|text message|ping|heads[- ]up)'
const judging = '[\\p{L}]+(?:e|m|t|y|n|d|l)s?'

const participle = (verb: string): string => participleOf(verb.toLowerCase().replace(/(?<=[^s])s$/, ''))

const withoutArticle = (who: string): string => who.replace(/^(?:the|all|our) /i, '')

/** What people say in one breath and is more than one sentence: who sees what, who does what, and what then holds. */
export const inOneBreath: readonly Wording[] = [
  // "staff see everything, customers only their rentals"
  [
    /^((?:the |all )?[\p{L}-]+(?: [\p{L}-]+)?) (?:can |may )?(?:sees?|views?|reads?) (?:everything|all of (?:it|them)),? (?:and |but |while )?(?:the )?([\p{L}-]+s) (?:can |may )?(?:only|just) (?:sees? )?(?:their own|their|theirs)(?: own)? ([\p{L}-]+(?: [\p{L}-]+)?)$/iu,
    '$1 can see everything || $2 can see only their own $3',
  ],
  // "only the office can quote, only the church can accept"
  [/^(only [\p{L} -]{2,40} (?:can|may) [^,;]+),? (?:and )?(only [\p{L} -]{2,40} (?:can|may) [^,;]+)$/iu, '$1 || $2'],
  // "the director approves or rejects it with a comment, and after that it can't be edited any more"
  [
    new RegExp(
      `^(.+? (${judging}) or (${judging}) (?:it|them|(?:the |an? )?[\\p{L}-]+)(?: with [^,;]+)?),? and (?:after that|afterwards|then|from then on) (?:it|they) ${not} be (${changed}(?:(?:,| or| and)+ ${changed})*)(?: any ?more| anymore| again| any longer)?$`,
      'iu',
    ),
    (_, decides, one, other, ops) =>
      `${decides} || Once it is ${participle(one!)}, it can not be ${ops} || Once it is ${participle(other!)}, it can not be ${ops}`,
  ],
  // "deck crew confirm or refuse bookings, owners get a message"
  [
    new RegExp(
      `^((?:the |all )?[\\p{L}-]+(?: [\\p{L}-]+)? (?:can |may )?(${judging}) or (${judging}) (?:the |all )?([\\p{L}-]+s))[,;]? (?:and )?(?:the |its |their )?([\\p{L}-]+?)s? (?:then )?(?:gets?|receives?) an? ${message}(?: about (?:it|this|that))?$`,
      'iu',
    ),
    (_, decides, one, other, things, people) =>
      `${decides} || ${[one!, other!].map((verb) => `When ${withArticle(singular(things!.toLowerCase()))} is ${participle(verb)}, the ${people} is told`).join(' || ')}`,
  ],
  // "agents mark it as found, then delivered or given up"
  [
    /^((?:only )?(?:the |all )?[\p{L}-]+(?: [\p{L}-]+)?) (?:can |may )?marks? (it|them|(?:an? |the )[\p{L}-]+) as ([\p{L}-]+),? (?:and )?then (?:as )?([\p{L}-]+(?: [\p{L}-]+)?)(?:,? or (?:as )?([\p{L}-]+(?: [\p{L}-]+)?))?$/iu,
    (_, who, thing, first, second, third) => {
      const it = /^them$/i.test(thing!) ? 'it' : thing!
      const ends = third ? `${second} or ${third}` : second!
      return `${sentence(it)} goes from open to ${first} to ${ends} || ${[first!, second!, ...(third ? [third] : [])].map((state) => `${who} can mark ${it} as ${state}`).join(' || ')}`
    },
  ],
  // "climbers log ascents of routes, once per route, and rate a route from 1 to 5"
  [
    /^((?:the |all )?([\p{L}-]+s) (?:can |may )?[\p{L}-]+ ([\p{L}-]+s) of (?:an? |the )?([\p{L}-]+)),? (?:only )?once (?:per|for each|for every) ([\p{L}-]+)(?:,? and ((?:[\p{L}-]+) .+))?$/iu,
    (whole, deed, who, things, of, per, more) =>
      singular(of!.toLowerCase()) === singular(per!.toLowerCase())
        ? `${deed} || Only one ${singular(things!.toLowerCase())} per ${singular(who!.toLowerCase())} and ${per}${more ? ` || ${sentence(who!)} can ${more}` : ''}`
        : whole!,
  ],
  // "inspectors do an inspection of an elevator with a date and notes"
  [
    /^((?:the |all )?[\p{L}-]+s) (?:can |must )?(?:do|make|carry out|perform|conduct) (?:an? )?([\p{L}-]+(?:ions?|tests?|surveys?|checks?|visits?|audits?|reviews?)) of (an? [\p{L}-]+)(?:,? with (.+))?$/iu,
    (_, who, thing, of, has) =>
      addedBy(sentence(withoutArticle(who!)), singular(thing!.toLowerCase()), { of, has }).join(' || '),
  ],
  // "the box office confirms reservations, unconfirmed ones are dropped after 7 days"
  [
    /^(.+ (?:the |all )?([\p{L}-]+s))[,;] (?:and )?un([\p{L}]+ed|paid) ones (?:are|get) (?:(?:dropped)|(\p{L}+ed)) (?:after|within) (.+)$/iu,
    (_, first, things, state, done, time) =>
      `${first} || ${sentence(things!)} not ${state!} within ${time} are ${done ?? 'cancelled'}`,
  ],
  // "wigs go from ordered to knotted to delivered, with a client and a price"
  [
    /^((?:(?:an?|each|every|the) )?([\p{L}-]+(?: [\p{L}-]+)?) (?:go(?:es)?|moves?) (?:(?:from|through) |(?!to\b|out\b)[\p{L}-]+,? (?:to )?)[^;]+?),? (?:and )?(?:with|have|has) ((?:(?:an?|the|its|their) )?[^.;]+)$/iu,
    (_, goes, things, fields) => `Each ${singular(things!.toLowerCase())} has ${fields} || ${goes}`,
  ],
  // "a school can only reserve once per show"
  [
    /^(?:an? |each |every )?([\p{L}-]+?)s? (?:can |may )(?:only )?(book|reserve|order|rent|borrow|register|enrol|apply|bid|vote|review|sign up) (?:(?:only|just) )?once (?:per|for each|for every) ([\p{L}-]+)$/iu,
    (whole, who, verb, thing) => {
      const noun = linkNouns.get(verb!.toLowerCase())
      return noun ? `Only one ${noun} per ${who!.toLowerCase()} and ${thing}` : whole!
    },
  ],
  // "schools book seats, never more than there are seats"
  [/^(.{12,}?), ((?:but )?never more than .{4,60})$/iu, '$1 || $2'],
  // "builders log hours on a job while it is in progress"
  [
    /^((?:the |all )?[\p{L}-]+s (?:can |may )?(?:only )?(?:log|enter|record|add|note|track|upload|post|write) ([\p{L}-]+s) (?:on|to|for|of|in) (?:an? |the )([\p{L}-]+)) (?:only )?(while|as long as|once|until) it is ([\p{L}-]+(?: [\p{L}-]+)?)$/iu,
    (_, deed, things, of, when, state) =>
      `${deed} || ${sentence(things!)} can only be added ${when} the ${of} is ${state}`,
  ],
  // "the average rating should be shown with the route"
  [
    /^(?:the )?((?:average|mean|total|number|sum|count|highest|lowest) .+?) (?:(?:should|must|can|has to) be |is |are )(?:shown|displayed|visible|listed) (?:with|on|for|next to|beside|at) (?:the|each|every|an?) ([\p{L}-]+)$/iu,
    'Each $2 shows the $1',
  ],
  // "mushers register a team for a race with a team name and number of dogs, at most 30 teams per race"
  [/^(.{20,}?\bwith .+?), (at most \d+ [\p{L}-]+ (?:per|for each) [\p{L}-]+)$/iu, '$1 || $2'],
  // "mushers pay a fee, treasurers mark it as paid"
  [
    /^((?:the |all )?[\p{L}-]+s (?:pay|owe) (?:an? |the |their )?([\p{L}-]+(?: [\p{L}-]+)?)),? (?:and )?((?:the |only )?[\p{L}-]+(?: [\p{L}-]+)? (?:can |may )?marks?) (?:it|them|this) as paid$/iu,
    (_, pays, what, marks) => `${pays} || ${sentence(marks!)} ${plural(singular(what!.toLowerCase()))} as paid`,
  ],
  // "a ringing has a date and a tower, and ringers sign up for it"
  [
    /^((?:an?|each|every|the) ([\p{L}-]+) has .+?),? and ((?:the |all )?[\p{L}-]+s) ((?:can )?(?:sign up|register|apply)) for (?:it|them)(?:,? (.+))?$/iu,
    (_, has, thing, who, sign, more) =>
      `${has} || ${sentence(who!)} ${sign} for ${plural(singular(thing!.toLowerCase()))}${more ? ` || ${sentence(more)}` : ''}`,
  ],
  // "every Sunday we ring at one tower, a ringing has a date and a tower"
  [/^([^,:;()]{8,70}), ((?:an?|each|every) [\p{L}-]+ has (?:an?|the|its) .+)$/iu, '$1 || $2'],
  // "other members make bids with a text, the owner accepts one bid and the rest are declined"
  [
    /^(.{10,}?),? (?:and )?((?:the|an?) [\p{L}-]+ (?:then )?(?:accepts|picks|chooses|selects|approves|awards) (?:one|a single|only one) .+)$/iu,
    '$1 || $2',
  ],
  // "routes get removed after 3 months, only the head setter can extend that"
  [
    /^(.{8,}? (?:after|every|within) [^,;]+), (?:and |but )?(only (?:the |an? )?[\p{L} -]{3,40} (?:can|may) .+)$/iu,
    '$1 || $2',
  ],
  // "inspections can't be deleted"
  [
    /^(?:all |the |an? )?((?!(?:it|they|this|these|that|those|[\p{L}-]+ed|once)\b)[\p{L}-]+s(?: (?!once\b)[\p{L}-]+s)?) (?:can not|cannot|must not|must never|can never|may never) be (?:deleted|removed)$/iu,
    'Nobody can delete $1',
  ],
  // "hives have sensors that send temperature and humidity"
  [
    /^(?:(?:an?|each|every|the) )?([\p{L}-]+) (?:has|have) (?:an? |some )?(?:sensors?|probes?|devices?|trackers?|meters?|loggers?) (?:that|which) (?:sends?|measures?|reports?|transmits?|records?|delivers?|posts?) ((?!to\b|us\b|their\b|its\b)[^.;]+)$/iu,
    (_, things, values) =>
      `Each reading belongs to ${withArticle(singular(things!.toLowerCase()))} || A reading has ${values} `,
  ],
  // "approved shows get slots"
  [
    /^(?:only )?([\p{L}]+ed) ([\p{L}-]+s) (?:get|are given|receive|have) (?:an? |some )?([\p{L}-]+)(?: with (.+))?$/iu,
    (whole, state, things, what, fields) => {
      const one = singular(what!.toLowerCase())
      if (
        linkNouns.has(one) ||
        /^(?:told|notified|paid|mail|notice|email|message|access|deleted|removed)$|ed$/.test(one)
      )
        return whole!
      return `${sentence(withArticle(one))} belongs to ${withArticle(singular(things!.toLowerCase()))}${fields ? ` || ${sentence(withArticle(one))} has ${fields}` : ''} || ${sentence(plural(one))} can only be added while the ${singular(things!.toLowerCase())} is ${state!.toLowerCase()}`
    },
  ],
]

/** Returns the sentences that are said in one breath, or undefined where it is one. */
export const saidInOneBreath = (text: string): string[] | undefined => partedBy(inOneBreath, text)
