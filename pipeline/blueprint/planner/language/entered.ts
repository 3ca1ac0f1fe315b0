import { anybody, isSomebody, keptBy, may, noun, people, peopleOf, speaker, stop } from './entered-words.ts'
import { forOne, oneADay } from './for-one.ts'
import { measure } from './measured.ts'
import type { Statement } from './statements.ts'
import { isDescribed, isPeople } from './turns/words.ts'
import { pluralPhrase, sentence, singular, singularPhrase, withArticle } from './words.ts'

const writing =
  '(?:enter|write|file|submit|record|log|note|fills? in|fills? out|make|leave|hand in|draw up|put up|post|send in|register|add|type in|put in|keep|attach|plan|organi[sz]e|schedule)'
const which = '(?:(?:an?|the|their|his|her|its|our|one|new|every|all|short|brief|little|small|quick) )*'
const when = '(?<lead>(?:when|whenever|after|before|once|if|upon|during|at the end of|for|on|every|each) [^,]{3,60}?)'

/** "After each call-out the officer writes a report with a date", "we write a note with a score". */
const described = new RegExp(
  `^(?:${when},? )?(?<who>${people})(?<rel> who [^,]{3,50}?)? ${may}(?<verb>${writing})(?:e?s)?(?: down)? ${which}(?<what>${noun})(?: (?<prep>about|of|on|for|to) (?:an?|the|each|every|their) (?<about>${noun}))?(?:,? with |(?<colon>: ))(?<has>.+)$`,
  'iu',
)
/** "If something is broken, maids report it with a photo". */
const reported = new RegExp(
  `^(?:${when},? )?(?<who>${people}) ${may}(?:report|note|enter|log|record)(?:e?s)? (?:it|this|that|them)(?: to (?<to>the [\\p{L}-]+(?: [\\p{L}-]+)?))? with (?<has>.+)$`,
  'iu',
)
/** "When bringing the car back you enter the mileage and any damage". */
const enteredThen = new RegExp(
  `^(?:when|after|before|while|on|upon) (?<doing>[\\p{L}]+ing)(?<up> (?:back|up|in|out|off|over))? ?(?:the |an? |their |your |his |each |every )?(?<thing>[\\p{L}-]+(?: ${stop}(?!back|up|in|out|off|over)[\\p{L}-]+)??)?(?<down> (?:back|up|in|out|off|over))?,? (?<who>${people}) ${may}(?:enter|write|record|log|note|fills? in|type in|give|state|report|confirm)(?:e?s)?(?: down)? (?<has>(?:the|an?|their|its|his|her|any|how|whether|which|what)\\b .+)$`,
  'iu',
)
/** "When they bring it back they enter the distance and any damage". */
const finiteThen = new RegExp(
  `^(?:when|after|once|as soon as|before) (?:they|you|we|he|she|somebody|someone|${people}) (?<doing>[\\p{L}]+?)s?(?: (?<thing>it|them|(?:the|a|an|their) [\\p{L}-]+))?(?: (?:back|up|in|out|off|over))?,? (?<who>${people}) ${may}(?:enter|write|record|log|note|fills? in|type in|give|state)(?:e?s)?(?: down)? (?<has>(?:the|an?|their|its|his|her|any|how|whether|which|what)\\b .+)$`,
  'iu',
)
/** "After the tour the guide enters how many came, the language and any remarks". */
const enteredAfter = new RegExp(
  `^(?:after|before|during|at the end of|at) (?:the|each|every|an?|their) (?<thing>${noun}),? (?<who>${people}) ${may}(?:enter|write down|write|record|log|note|fills? in|type in)(?:e?s)?(?: down)? (?<has>(?:the|their|its|any|how|whether|which|what)\\b .+(?:,| and ).+)$`,
  'iu',
)
/** "Applicants apply without an account, with name, email and a letter". */
const applying = new RegExp(
  `^(?<who>${people}) ${may}(?:apply|applies)(?: for (?:an?|the|one of (?:the|our)) (?<thing>${noun}))?(?<free>,? without (?:an? |any )?(?:account|login|log-?in|registration|signing in))?,? with (?<has>.+,.+)$`,
  'iu',
)
/** "Whoever takes a book leaves a review with stars". */
const whoever = new RegExp(
  `^(?:whoever|anybody who|anyone who|everybody who|everyone who) [\\p{L}]+s (?:an?|the) (?<thing>[\\p{L}-]+) (?:can |may |should |must )?(?:leave|write|give|add|enter)s? ${which}(?<what>${noun}) with (?<has>.+)$`,
  'iu',
)
const seen =
  /,? and (?:then )?(?<seer>(?:the|our|an?) [\p{L}-]+(?: [\p{L}-]+)?) (?:then |can |also )?(?:gets?|receives?|sees?|reads?) (?:it|them|that)$/iu
/** "Anybody who needs help can register": everybody may say that of themselves. */
const inNeed =
  /^((?:anybody|anyone|everybody|everyone|people|those)) who (?:lost|found|finds?|needs?|wants?|would like|wish(?:es)?|has (?:something|an idea)|is interested|are interested|comes?)\b[^,]{0,40}? (?=(?:can|may|should) )/iu
const place =
  /^((?:all |the )?[\p{L}-]+) (?:from|in|of|at|living in) (?:the|our) (?:village|town|city|street|neighbou?rhood|area|region|community|parish|building|district|valley|county)(?= (?:can|may|should|must|ask|apply|book|request|report|sign)\b)/iu

/** What somebody does with a thing, and what is written down of it then. */
const rowOf: Readonly<Record<string, string>> = {
  bringing: 'return',
  returning: 'return',
  handing: 'return',
  giving: 'return',
  picking: 'pickup',
  collecting: 'pickup',
  taking: 'pickup',
  fetching: 'pickup',
  visiting: 'visit',
  using: 'use',
  driving: 'drive',
  riding: 'ride',
  delivering: 'delivery',
  inspecting: 'inspection',
  checking: 'check',
  servicing: 'service',
  repairing: 'repair',
  selling: 'sale',
  buying: 'purchase',
  arriving: 'arrival',
  leaving: 'departure',
}

const gerund = (verb: string): string => `${verb.toLowerCase().replace(/e$/, '')}ing`

/** Who reports is somebody, whoever that is: "maids report it". */
const isSomeone = (who: string, all: string): boolean =>
  isSomebody(who) || (/s$/i.test(who) && !/(?:ss|us|is)$/i.test(who) && !isDescribed(who, all))

/** What people apply for. */
const vacant = /^(?:opening|position|vacancy|job|role|post|place|programme?|grant|scholarship|course|internship)$/

/** Things of which all is told elsewhere, without people. */
const thingsIn = (all: string): string[] => {
  const found = all.matchAll(
    /\b(?:for )?(?:each|every|an?) (?:[\p{L}-]+ )??([\p{L}-]+) (?:has|we)\b|\b([\p{L}-]+s) (?:have|with)\b|(?:^|[.:] )([\p{L}-]+s)(?:: | with | \()/giu,
  )
  return [...new Set([...found].map((one) => singular((one[1] ?? one[2] ?? one[3])!.toLowerCase())))].filter(
    (one) => !isPeople(one),
  )
}

/** Whether a sentence is about a thing: "drills take place at a site". */
const isSubject = (thing: string, all: string): boolean =>
  isDescribed(thing, all) ||
  new RegExp(
    `(?:^|[.:;] )(?:the |all )?${pluralPhrase(thing)}\\b|(?:^|[.:;] )(?:an?|each|every) ${singularPhrase(thing)}\\b|\\b${pluralPhrase(thing)}(?::| with | \\()`,
    'i',
  ).test(all)

/** What an occasion is about, where that is a thing: "after each call-out", "when we drink one". */
const occasion = (lead: string | undefined, all: string): string | undefined => {
  if (!lead) return undefined
  const named = /(?:each|every|an?|the) (?<of>[\p{L}-]+(?: [\p{L}-]+)?)$/iu.exec(lead)?.groups?.of
  if (named && isSubject(named, all)) return singularPhrase(named)
  const things = thingsIn(all)
  return /\b(?:one|it|something|anything)\b/i.test(lead) && things.length === 1 ? things[0] : undefined
}

/** Who may add them, where somebody is named: "we" and "you" are whoever uses the system. */
const makersOf = (who: string, things: string): string[] =>
  speaker.test(who) || /^they$/i.test(who)
    ? []
    : [`${sentence(anybody.test(who) ? who : peopleOf(who))} can add ${things}`]

const fieldsOf = (has: string): string =>
  has
    .replace(/\b(type|kind|sort) of ([\p{L}-]+)(?=,| and |$)/giu, '$2 $1')
    .replace(/\bany (?=[\p{L}])/giu, 'an optional ')
    .replace(/\b(?:short|brief|little) (?=[\p{L}])/giu, '')

/** "Date, address and the members": those of whom all is told elsewhere take part in several. */
const apart = (list: string, all: string): { own: string[]; others: string[] } => {
  const items = /[(:]/.test(list) ? [list] : list.split(/,\s*(?:and )?|\s+and\s+/i).filter(Boolean)
  const isOther = (item: string): boolean => {
    const plain = item.replace(/^(?:the|all|our|which) /i, '')
    return /^[\p{L}-]+s$/iu.test(plain) && isDescribed(plain, all)
  }
  return { own: items.filter((item) => !isOther(item)), others: items.filter(isOther) }
}

type Row = { who: string; what: string; of: readonly (string | undefined)[]; said: string }

const rows = ({ who, what, of, said }: Row, all: string): string[] => {
  const seer = seen.exec(said)?.groups?.seer
  const { own, others } = apart(fieldsOf(said.replace(seen, '')), all)
  const has = own.join(', ')
  const things = pluralPhrase(what)
  const keeper = keptBy(who, all)
  const named = [...(keeper ? [keeper] : []), ...of].filter(
    (one) => one !== undefined && !new RegExp(`\\b${one}\\b`, 'i').test(has),
  )
  return [
    ...(keeper ? [] : makersOf(who, things)),
    `Each ${what} has ${[...named.map((one) => withArticle(one!)), has].join(', ')}`,
    ...others.map((one) => `Each ${what} uses several ${one.replace(/^(?:the|all|our|which) /i, '')}`),
    ...(seer ? [`${sentence(peopleOf(seer))} can see all ${things}`] : []),
  ]
}

const fault =
  /\b(?:broken|defect|defective|damaged|faulty|leaking|leaks?|fault|does not work|not working|stuck|missing)\b/i

/**
 * Returns what a sentence tells that people write down, and on which occasion, as who makes what and what it has; undefined
 * where it tells nothing of the kind. `all`: what else is said.
 */
const plainly = (text: string, all: string): string[] | undefined => {
  const then = enteredThen.exec(text)?.groups
  if (then && isSomebody(then.who!) && !/ with /i.test(then.has!)) {
    const verb = then.doing!.toLowerCase()
    const what = rowOf[verb] ?? verb
    const thing = then.thing ? singularPhrase(then.thing) : undefined
    return rows({ who: then.who!, what, of: [thing], said: then.has! }, all)
  }
  const taker = whoever.exec(text)?.groups
  if (taker) {
    const what = singularPhrase(taker.what!)
    // Nobody in particular, but where people sign in.
    const who = /\b(?:sign|log)s?[ -]?(?:in|up)\b|\baccounts?\b/i.test(all) ? 'users' : 'we'
    return rows({ who, what, of: [singularPhrase(taker.thing!)], said: taker.has! }, all)
  }
  const finite = finiteThen.exec(text)?.groups
  if (finite && isSomebody(finite.who!) && !/ with /i.test(finite.has!)) {
    const what = rowOf[gerund(finite.doing!)]
    const named = finite.thing?.replace(/^(?:the|an?|their) /i, '')
    const of = named && !/^(?:it|them)$/i.test(named) ? singularPhrase(named) : undefined
    if (what) return rows({ who: finite.who!, what, of: [of], said: finite.has! }, all)
  }
  const after = enteredAfter.exec(text)?.groups
  if (
    after &&
    (isSomeone(after.who!, all) || isOnDuty({ ...after, lead: '' }, all)) &&
    !isPeople(after.thing!) &&
    !/ with /i.test(after.has!)
  ) {
    // Of what nothing is told elsewhere, that is what is kept: "after each donation the nurse records the amount".
    const of = singularPhrase(after.thing!)
    return rows(
      {
        who: after.who!,
        ...(isDescribed(of, all) ? { what: 'report', of: [of] } : { what: of, of: [] }),
        said: after.has!,
      },
      all,
    )
  }
  const report = reported.exec(text)?.groups
  if (report && isSomeone(report.who!, all))
    return rows(
      {
        who: report.who!,
        what: fault.test(report.lead ?? '') ? 'defect' : 'report',
        of: [occasion(report.lead, all)],
        said: report.has!,
      },
      all,
    )
  const applied = applying.exec(text)?.groups
  if (applied && isSomeone(applied.who!, all)) {
    const open = thingsIn(all).filter((one) => one !== 'application')
    const of = applied.thing ?? (open.length === 1 ? open[0] : open.find((one) => vacant.test(one)))
    const things = 'applications'
    return [
      applied.free
        ? `Anyone can add ${things} without signing in`
        : `${sentence(peopleOf(applied.who!))} can add ${things}`,
      `Each application has ${of && isDescribed(of, all) ? `${withArticle(singularPhrase(of))}, ` : ''}${applied.has}`,
    ]
  }
  const found = described.exec(text)?.groups
  if (found && (isSomebody(found.who!) || isOnDuty(found, all)) && isRow(found, all)) {
    const about = found.about && isDescribed(found.about, all) ? singularPhrase(found.about) : undefined
    if (found.about && !about) return undefined
    return rows(
      { who: found.who!, what: singularPhrase(found.what!), of: [about, occasion(found.lead, all)], said: found.has! },
      all,
    )
  }
  return measure(text, all)
}

/** "Every evening the night guard writes a report": somebody, also where nobody knows them for people. */
const isOnDuty = (found: { [name: string]: string | undefined }, all: string): boolean =>
  found.lead !== undefined &&
  /^(?:the|our|an?) /i.test(found.who!) &&
  !isDescribed(found.who!.replace(/^[\p{L}]+ /u, ''), all)

/** Who does that puts down something new, also where nobody knows them for people. */
const entering = /^(?:enter|record|log|note|type in|put up|fills? in|write|file)$/i

/** What other readers have as well is left to them: only with an occasion, a clause of who, or as a report. */
const isRow = (found: { [name: string]: string | undefined }, all: string): boolean =>
  (found.lead !== undefined ||
    found.colon !== undefined ||
    found.rel !== undefined ||
    speaker.test(found.who!) ||
    /\breports?$/i.test(found.what!) ||
    (!isPeople(found.who!) && entering.test(found.verb!))) &&
  !/^for (?:each|every) /i.test(found.lead ?? '') &&
  // "Nurses log each dose given": other readers know what is logged each time.
  !(found.lead === undefined && /(?:^each |(?:en|ed)$)/i.test(found.what!)) &&
  !/^(?:access|account|rights?|login|it|them|list|records?|track)$/i.test(found.what!) &&
  !(/^(?:we|i)$/i.test(found.who!) && !found.lead && !found.colon) &&
  !(speaker.test(found.who!) && !found.colon && isDescribed(found.what!, all))

const parts =
  /,? and (?=when (?:they|you|we|he|she) [\p{L}]+ |(?:we|they|he|she|you|the [\p{L}-]+) (?:can |may |must |should )?(?:enter|write|file|submit|record|log|note|fill in)s? )/iu

/** Returns the statements with what people write down said plainly; the others as they are. */
export const withEntered = (statements: readonly Statement[]): Statement[] => {
  const all = statements.map(({ text, items }) => [text, ...(items ?? [])].join(' ')).join('. ')
  let last = ''
  return statements.flatMap((one) => {
    if (one.items || one.text.length > 300) return [one]
    const text = one.text.replace(place, '$1').replace(inNeed, '$1 ')
    const they = last && /^they\b/i.test(text) ? text.replace(/^they\b/i, last) : text
    last = /^(?:(?:the|all|our) )?(?<who>[\p{L}-]+s)\b/iu.exec(they)?.groups?.who ?? last
    if (!isPeople(last)) last = ''
    const others = all.replace(one.text, '')
    const whole = plainly(they, others) ?? forOne(they, others) ?? oneADay(they, others)
    if (whole) return whole.map((said) => ({ text: said }))
    const [, head = '', tail = ''] = splitAt(they)
    // "Members take a boat out, and when they bring it back ...": it is the boat.
    const taken = /(?:an?|the) (?<thing>[\p{L}-]+)(?: out| home| away| along)?$/iu.exec(head)?.groups?.thing
    if (taken && /^when /i.test(tail)) {
      const told = tail
        .replace(/\bit\b/i, `the ${taken}`)
        .replace(/\bthey (?=(?:enter|write|note|record|log|fill)\b)/i, `${last || 'they'} `)
      const then = plainly(told, others)
      if (then) return [{ text: head }, ...then.map((said) => ({ text: said }))]
    }
    const lead = /^(?:when|whenever|after|once|if) [^,]+(?=,)/i.exec(head)?.[0]
    const second = tail ? plainly(lead ? `${lead}, ${tail}` : tail, others) : undefined
    if (second) return [{ text: head }, ...second.map((said) => ({ text: said }))]
    return [text === one.text ? one : { ...one, text }]
  })
}

const splitAt = (text: string): string[] => {
  const found = parts.exec(text)
  return found ? [text, text.slice(0, found.index), text.slice(found.index + found[0].length)] : []
}
