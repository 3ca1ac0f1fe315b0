import { isPersonNoun } from '../lexicon/people.ts'
import { baseVerb, linkNouns } from '../lexicon/verbs.ts'
import type { Statement } from './statements.ts'
import { isDescribed, isPeople } from './turns/words.ts'
import { plural, pluralPhrase, sentence, singular, singularPhrase, withArticle } from './words.ts'

const judging = '(?:approve|reject|accept|refuse|decline|grant|deny|denie|confirm)s?'
const asks =
  /^(?<who>(?:the |all )?(?:[\p{L}-]+ )?[\p{L}-]+s|people) (?:can |may |must )?(?<verb>apply for|request|ask for) (?:an? |one |the )?(?<thing>[\p{L}-]+(?: (?!with\b|from\b|for\b)[\p{L}-]+)?)(?: from an? (?<unit>day|date|time) (?:to|until|till) (?:an?|another|the next) (?:other )?(?:day|date|time))?(?:,? with (?<fields>.+))?$/iu
const decides = new RegExp(
  `^(?<only>only )?(?:the |an? )?(?<who>[\\p{L}-]+(?: [\\p{L}-]+)?) (?:then |can |may |must )*(?<verbs>${judging}(?:(?:,| or| and|, or) ${judging})*)(?: (?:them|it|(?:the |all |these |such |their )?(?:leave )?(?:requests?|applications?)|(?:every|each|all|the|any)(?: of the)? (?:requests?|applications?|bookings?|reservations?|enquir(?:y|ies))))?(?:,? (?:and )?(?:(?:has|have) to |must |should )?(?:with|giving|stating|gives?|states?) (?<field>an? [\\p{L}-]+)(?: (?:when|if|where|for) (?:they |it is |they are |s?he |every |each )?[\\p{L}]+)?)?(?:,? and (?:after that|afterwards|from then on|then) (?:it|they) (?:can not|cannot|may not|must not) be (?<locked>(?:edited|changed|updated|deleted)(?: or (?:edited|changed|updated|deleted))?)(?: any ?more| again)?)?$`,
  'iu',
)
const both = new RegExp(
  `^(?<ask>.+?),? (?:and )?(?<decide>(?:the|an?) [\\p{L}-]+(?: [\\p{L}-]+)? ${judging}(?: .*)?)$`,
  'iu',
)
const deed =
  /^(?:the |all )?[\p{L}-]+s (?:can |may )?(?<verb>book|reserve|order|apply|borrow|rent|hire)s? (?:to |for |in )?(?:an? |the )?[\p{L}]/iu
const lent = /\b(?<noun>loan|booking|reservation|rental)s?\b/iu

const toRequests =
  /\b(?:approve|reject|accept|refuse|decline|grant|deny|denie|confirm)(?:s|d|ed)? (?:every|each|all|the|any|an?)? ?requests?\b/i
const decidedLoan = /\b(?<how>approved|accepted|confirmed|granted) (?:bookings?|reservations?|loans?|rentals?)\b/giu

const goes =
  /\b(?:is|are|goes?|from|starts?|begins?|becomes?|status|state)\b[^.]*\b(?:approved|rejected|accepted|refused|declined|granted|denied|confirmed)\b/i

/** What people ask for to stay away from work: what is written down is that they did. */
const offWork = /^(?:(?:annual |sick |parental |unpaid )?leave|time off|days? off|vacation|holiday|absence)$/

const ends: Readonly<Record<string, string>> = {
  approve: 'approved',
  reject: 'rejected',
  accept: 'accepted',
  refuse: 'refused',
  decline: 'declined',
  grant: 'granted',
  deny: 'denied',
  confirm: 'confirmed',
}

/**
 * Returns the sentences with what people ask for, and who decides on it, said plainly: "residents apply for a permit with an
 * address; clerks approve or reject" are permits of the residents, with states. Only what is asked for is decided on where
 * nothing is named.
 */
export const askedAndDecided = (statements: readonly Statement[]): Statement[] => {
  const parts = statements.flatMap((one) => {
    const found = one.items ? undefined : both.exec(one.text)?.groups
    return found && asks.test(found.ask!) ? [{ text: found.ask! }, { text: found.decide! }] : [one]
  })
  const all = parts.map(({ text, items }) => [text, ...(items ?? [])].join(' ')).join('. ')
  const decided = parts.some((one) => decidesOn(one))
  let noun: string | undefined
  let known: string | undefined
  let wanted: string | undefined
  return parts.flatMap((one) => {
    if (one.items) return [one]
    const asked = asks.exec(one.text)?.groups
    if (asked && asksFor(asked.who!, all) && (decided || asked.unit || asked.fields)) {
      const plain = askedPlainly(asked as Asked, all)
      if (plain) {
        noun = plain.noun
        wanted = pluralPhrase(asked.thing!)
        const number = /\b(?<of>[\p{L}]+) number\b/iu.exec(asked.fields ?? '')?.groups?.of?.toLowerCase()
        if (number && !new RegExp(`\\b(?:${number}|${plural(number)}) (?:has|have)\\b`, 'i').test(all)) known = number
        return plain.said.map((text) => ({ text }))
      }
    }
    const verb = deed.exec(one.text)?.groups?.verb?.toLowerCase()
    if (verb) noun = linkNouns.get(baseVerb(verb)) ?? noun
    const found = noun ? decidesOn(one) : undefined
    // Where it is said how things go, that tells what is decided on.
    return found && !goes.test(all)
      ? decidedPlainly(
          found,
          noun!,
          wanted && wanted !== pluralPhrase(noun!) && makes(found.who!, wanted, all) ? wanted : undefined,
        ).map((text) => ({ text }))
      : [
          byNumber(
            noun === 'request' ? { ...one, text: one.text.replace(decidedLoan, '$<how> requests') } : one,
            known,
            noun,
          ),
        ]
  })
}

/** "No plate can have two permits", "look up a plate", of permits with a plate number. */
const byNumber = (one: Statement, known: string | undefined, noun: string | undefined): Statement => {
  if (!known || !noun) return one
  const text = one.text
    .replace(
      new RegExp(`\\b(see|look up|find|check) (?:an? |the |any )?(?:${known}|${plural(known)})\\b(?! number)`, 'iu'),
      `$1 all ${pluralPhrase(noun)}`,
    )
    .replace(new RegExp(`\\b${known}\\b(?! number)`, 'iu'), `${known} number`)
  return { ...one, text }
}

type Asked = { who: string; verb: string; thing: string; unit?: string; fields?: string }

const decidesOn = ({ text, items }: Statement): { [name: string]: string } | undefined => {
  const found = items ? undefined : decides.exec(text)?.groups
  return found && decidesOrAsks(found.who!) ? (found as { [name: string]: string }) : undefined
}

/** Whoever asks is somebody: "groups ask for a stage". */
const asksFor = (who: string, all: string): boolean =>
  decidesOrAsks(who) ||
  (/s$/i.test(who) && !/(?:ss|us|is)$/i.test(who) && !isDescribed(who.replace(/^(?:the|all) /i, ''), all))

const decidesOrAsks = (who: string): boolean => /(?:^| )(?:committee|jury|office)$/i.test(who) || isPeople(who)

const askedPlainly = (
  { who, verb, thing, unit, fields }: Asked,
  all: string,
): { noun: string; said: string[] } | undefined => {
  const words = thing.toLowerCase()
  const one = singularPhrase(words)
  const last = one.split(' ').at(-1)!
  if (isPersonNoun(last)) return undefined
  // Of a slot there is room for some: it is booked.
  if (new RegExp(`\\b(?:${last}|${one}) (?:takes|holds|has room for|fits) `, 'i').test(all)) {
    const of = new RegExp(
      `\\b(?:one|two) (?:${one.split(' ')[0]}|${last}|booking)s? (?:per|for each) (?<of>[\\p{L}-]+)`,
      'iu',
    ).exec(all)?.groups?.of
    return {
      noun: 'booking',
      said: [
        `Each ${one} has ${of ? `${withArticle(of.toLowerCase())}, ` : ''}a start and an end`,
        `${who} can book ${pluralPhrase(one)}`,
      ],
    }
  }
  const described = new RegExp(
    `\\b(?:${one}|${pluralPhrase(one)}) (?:has|have|with)\\b(?! (?:an?|its|their) (?:own )?api key)|\\b(?:list|post|offer|publish|own|lend|keep)s? (?:[\\p{L}]+ )?${pluralPhrase(one)}\\b`,
    'iu',
  ).test(all.replace(new RegExp(`${verb} (?:an? |the )?${thing} with`, 'iu'), ''))
  const span =
    unit === undefined ? [] : unit.toLowerCase() === 'time' ? ['a start', 'an end'] : ['a start date', 'an end date']
  const more = [...span, ...(fields ? [fields] : [])]
  // "Ask for a room; every request is approved": approved bookings are those requests.
  const isRequest = !/^apply/i.test(verb) && lent.test(all) && toRequests.test(all)
  const kind = /^apply/i.test(verb)
    ? 'application'
    : isRequest
      ? 'request'
      : (lent.exec(all)?.groups?.noun?.toLowerCase() ?? 'request')
  // "Astronomers request telescope time. A request has a target": what is asked for is told by the request.
  if (!isRequest && new RegExp(`\\b(?:${kind} has|${plural(kind)} have)\\b`, 'i').test(all))
    return {
      noun: kind,
      said: [`${who} can add ${plural(kind)}`, ...(more.length > 0 ? [`Each ${kind} has ${more.join(', ')}`] : [])],
    }
  // What is applied for may be called by its application alone.
  const called =
    kind === 'application' && /\bapplications?\b/i.test(all) ? kind : offWork.test(one) ? 'leave request' : one
  const noun = described ? kind : called
  const has = [...(described ? [withArticle(one)] : []), ...more]
  return {
    noun,
    said: [`${who} can add ${pluralPhrase(noun)}`, ...(has.length > 0 ? [`Each ${noun} has ${has.join(', ')}`] : [])],
  }
}

/** Whether they are whoever makes the things that are asked for: "drivers offer rides". */
const makes = (who: string, things: string, all: string): boolean =>
  new RegExp(
    `\\b${pluralPhrase(who)} (?:can )?(?:offer|list|post|publish|add|create|share|rent out|lend)s? (?:their |new )?${things}\\b`,
    'i',
  ).test(all)

const decidedPlainly = (found: { [name: string]: string }, noun: string, own: string | undefined): string[] => {
  const verbs = [
    ...new Set(
      found
        .verbs!.toLowerCase()
        .split(/\s*(?:,|\bor\b|\band\b)\s*/)
        .filter(Boolean)
        .map(plainVerb),
    ),
  ]
  // Who approves decides: also that it is not.
  if (verbs.length === 1 && /^(?:approve|accept|grant)$/.test(verbs[0]!)) verbs.push('reject')
  const ending = verbs.map((verb) => ends[verb]!)
  const who = found.who!.toLowerCase()
  const last = who.split(' ').at(-1)!
  const people = last === 'office' ? `the ${who}` : singular(last) === last && who !== 'staff' ? pluralPhrase(who) : who
  return [
    `${sentence(withArticle(noun))} goes from pending to ${ending.slice(0, -1).join(', ')}${ending.length > 1 ? ' or ' : ''}${ending.at(-1)}`,
    ...(own
      ? [`${sentence(people)} decide on ${pluralPhrase(noun)} of their own ${own}: ${verbs.join(', ')}`]
      : [
          `${found.only ? 'Only ' : ''}${found.only ? people : sentence(people)} can ${verbs.join(' and ')} ${pluralPhrase(noun)}`,
        ]),
    ...(found.locked
      ? ending.map((state) => `${sentence(state)} ${pluralPhrase(noun)} can not be ${found.locked}`)
      : []),
    ...(found.field ? [`${sentence(withArticle(noun))} has an optional ${found.field.replace(/^an? /i, '')}`] : []),
  ]
}

const plainVerb = (verb: string): string => {
  const base = verb.replace(/^denies$/, 'deny').replace(/s$/, '')
  return Object.hasOwn(ends, base) ? base : verb
}
