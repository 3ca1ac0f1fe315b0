import { isPersonNoun } from '../lexicon/people.ts'
import { baseVerb, linkNouns } from '../lexicon/verbs.ts'
import type { Statement } from './statements.ts'
import { plural, sentence, singular, withArticle } from './words.ts'

/** What was said so far, and all of it: `event` is the last thing with a day, which people come to. */
type Scene = { all: string; event?: string }
type Turn = (text: string, scene: Scene) => string[] | undefined

/** Returns the sentences with what people do, may see and come to said as it is kept: "landlords answer defects" are answers of defects. */
export const inTheirWords = (statements: readonly Statement[]): Statement[] => {
  const parts = statements.flatMap((one) =>
    one.items ? [one] : one.text.split(clauses).map((text) => ({ ...one, text: text.trim() })),
  )
  const scene: Scene = { all: parts.map(({ text, items }) => [text, ...(items ?? [])].join(' ')).join('. ') }
  return parts.flatMap((one) => {
    if (one.items || one.text.length > 240) return [one]
    const [, head = '', rest = ''] = introduced.exec(one.text) ?? []
    const turned = (text: string): string[] | undefined => turns.map((turn) => turn(text, scene)).find(Boolean)
    const said = turned(one.text) ?? (rest ? turned(rest)?.toSpliced(0, 0, head) : undefined)
    const event = happening.exec(one.text)?.groups?.event
    if (event && !isPersonNoun(singular(event.toLowerCase()))) scene.event = singular(event.toLowerCase())
    return said ? said.map((text) => ({ ...one, text })) : [one]
  })
}

/** "They send each other requests; a request is pending, accepted or declined, only the receiver may accept it". */
const clauses =
  /;\s+(?=(?:an?|each|every|one) [\p{L}-]+ (?:takes|holds|is|has|fits) )|(?<= is [\p{L}, -]{3,60}(?: or | and )[\p{L}]+),\s+(?=only the [\p{L}-]+ (?:can|may) )/giu
const happening =
  /^(?:(?:an?|each|every|the)? ?|[\p{L}-]+s (?:can )?(?:set|plan|create|schedule|add|post|organi[sz]e|announce|publish) )(?<event>[\p{L}-]+) (?:has|have|with) [^.]*\b(?:date|day|start|begin|starts|time|when)\b/iu

/** "Time tracking for a law firm: lawyers record hours on cases". */
const introduced = /^([^:,.;]{2,60}): (.+)$/isu

const last = (words: string): string => words.toLowerCase().split(' ').at(-1)!
const isPeople = (words: string): boolean =>
  /^(?:people|staff)$/.test(last(words)) || isPersonNoun(singular(last(words)))
const pluralOf = (words: string): string => {
  const parts = words.toLowerCase().split(' ')
  return [...parts.slice(0, -1), plural(singular(parts.at(-1)!))].join(' ')
}
const singularOf = (words: string): string => {
  const parts = words.toLowerCase().split(' ')
  return [...parts.slice(0, -1), singular(parts.at(-1)!)].join(' ')
}
const isDescribed = (thing: string, all: string): boolean =>
  new RegExp(`\\b(?:${singularOf(thing)}|${pluralOf(thing)}) (?:has|have|with)\\b`, 'i').test(all)
const isSpoken = (thing: string, text: string, all: string): boolean =>
  new RegExp(`\\b(?:${singularOf(thing)}|${pluralOf(thing)})\\b`, 'i').test(all.replace(text, ''))

const who = '(?<who>(?:the |all |each |every |other )?[\\p{L}-]+(?: [\\p{L}-]+)?)'
const found = (pattern: RegExp, text: string): { [name: string]: string } | undefined =>
  pattern.exec(text)?.groups as { [name: string]: string } | undefined
const crowd = (words: string): string =>
  sentence(/\bstaff$/i.test(words) ? 'staff' : pluralOf(words.replace(/^(?:the|all|each|every|other) /i, '')))

const only = new RegExp(
  `^${who} (?:can |may )(?:only )?(?:see|look up|look at|view|read) (?<what>.+?),? but (?:can |may )?(?:(?:see|do|access|read) )?nothing (?:else|more)$`,
  'iu',
)
/** "Relatives can see the doses of their resident but nothing else". */
const nothingElse: Turn = (text) => {
  const said = found(only, text)
  return said && [`${said.who} can only see ${said.what}`]
}

const answer = new RegExp(
  `^${who} (?:can |may )?(?:answers?|repl(?:y|ies) to|responds? to) (?:the |an? |all |open )?(?<what>[\\p{L}-]+)$`,
  'iu',
)
/** "Landlords answer defects": the answer is kept, and the defect stays as it is. */
const answers: Turn = (text, { all }) => {
  const said = found(answer, text)
  if (!said || !isPeople(said.who!) || /^(?:them|it|calls?|phones?|questions?)$/i.test(said.what!)) return undefined
  if (!isSpoken(said.what!, text, all) || /\banswers? (?:has|have|with)\b/i.test(all)) return undefined
  const [people, things] = [crowd(said.who!), pluralOf(said.what!)]
  return [
    `${people} can see all ${things}`,
    `${people} can add answers`,
    `An answer belongs to ${withArticle(singularOf(said.what!))}`,
    ...mayers(things, all),
  ]
}

/** "Tenants report defects": they see their own and no others, whoever answers them. */
const mayers = (things: string, all: string): string[] => {
  const makers = new RegExp(
    `\\b(?<who>[\\p{L}-]+s) (?:can |may )?(?:report|submit|file|open|raise|send|lodge) (?:an? |their )?(?:${things}|${singularOf(things)})\\b`,
    'iu',
  ).exec(all)?.groups?.who
  return makers && isPeople(makers) ? [`${crowd(makers)} can see their own ${things}`] : []
}

const hours = new RegExp(
  `^${who} (?:can |may |must )?(?:records?|logs?|enters?|books?|tracks?|notes?) (?:their )?(?:working )?(?:hours|time) (?:on|for|to|spent on) (?:the |their |an? )?(?<what>[\\p{L}-]+)(?:,? with (?<more>.+))?$`,
  'iu',
)
/** "Lawyers record hours on cases with a description". */
const recordsHours: Turn = (text, { all }) => {
  const said = found(hours, text)
  if (!said || !isPeople(said.who!) || !isSpoken(said.what!, text, all)) return undefined
  return [
    `${crowd(said.who!)} can add time entries`,
    `Each time entry has ${withArticle(singularOf(said.what!))}, a date, hours${said.more ? `, ${said.more}` : ''}`,
    `${crowd(said.who!)} can see and change only their own time entries`,
  ]
}
/** What people call those entries then. */
const entries: Turn = (text, { all }) => {
  if (!new RegExp(hours.source.slice(1, -1), 'iu').test(all)) return undefined
  const plain = text
    .replace(/\b(an?|each|every) (?:hours?|time) entry\b/giu, '$1 time entry')
    .replace(/^entries\b/i, 'Time entries')
    .replace(/\b(sees?|read|view) the hours (?=(?:of|on|for) )/iu, '$1 the time entries ')
  return plain === text ? undefined : [plain]
}

const childrens =
  /^(?<who>(?:the |all )?[\p{L}-]+s) (?:can |may )?(?<see>see|view|look at) what their (?<whom>[\p{L}-]+) (?:have |has )?(?<verb>[\p{L}]+ed|bought|took|ate)$/iu
/** "Parents see what their children ordered". */
const whatTheyDid: Turn = (text) => {
  const said = found(childrens, text)
  const noun = said ? linkNouns.get(baseVerb(said.verb!.toLowerCase())) : undefined
  return said && noun ? [`${said.who} ${said.see} the ${plural(noun)} of their ${said.whom}`] : undefined
}

const assignable =
  /^(?:an? |the |each |every )?(?<thing>[\p{L}-]+) (?:can|may) be assigned to (?:an?|one|the) (?<whom>[\p{L}-]+)$/iu
const wholeAssigned =
  /^(?:when|whenever|once|as soon as|if) (?:an? |the )(?<thing>[\p{L}-]+) (?:is|gets|was|has been) assigned(?: to (?:an? |the )?[\p{L}-]+)?,? (?:then )?(?:the |that |this )(?<whom>[\p{L}-]+) (?<told>(?:is|gets) (?:told|notified|informed|alerted)|(?:gets|receives) (?:a|an) (?:message|notification|email))(?: (?:about|of) it)?$/iu
/** "Cards can be assigned to a member": the card says to whom, and is in no state. */
const canBeAssigned: Turn = (text, { all }) => {
  const said = found(assignable, text)
  if (!said || !isPeople(said.whom!) || isDescribed(said.whom!, all)) return undefined
  return [`${sentence(withArticle(singularOf(said.thing!)))} has an optional assignee`]
}
const toldWhenAssigned: Turn = (text, { all }) => {
  const said = found(wholeAssigned, text)
  if (
    !said ||
    !isPeople(said.whom!) ||
    isDescribed(said.whom!, all) ||
    !new RegExp(assignable.source.slice(1, -1), 'iu').test(all)
  )
    return undefined
  return [`When the assignee of ${withArticle(singularOf(said.thing!))} changes, the assignee is notified`]
}

const others = /^(?:the )?other (?<who>[\p{L}-]+s) (?:can |may )(?<acts>.+)$/iu
const act =
  /^(?:(?<fork>fork|copy|clone|remix)|(?<rate>rate)|(?<report>report)|save|bookmark|mark|keep) (?<it>it|them|(?:an? |the |each )?[\p{L}-]+)(?<tail>.*)$/iu
/** "Other cooks can fork a recipe, rate it once, and save it as favourite": one of them each, and cooks are who signs up. */
const othersDo: Turn = (text) => {
  const said = found(others, text)
  const parts =
    said?.acts?.split(
      /,? and (?=rate|save|fork|copy|mark|bookmark|report)|, (?=rate|save|fork|copy|mark|bookmark|report)/i,
    ) ?? []
  let thing: string | undefined
  const plain = parts.map((part) => {
    const { it = '', fork, rate, report, tail = '' } = found(act, part) ?? {}
    if (!it) return undefined
    if (!/^(?:it|them)$/i.test(it)) thing = pluralOf(it.replace(/^(?:an?|the|each) /i, ''))
    if (!thing) return undefined
    const people = crowd(said!.who!)
    if (fork) return `${people} can ${fork} ${thing}`
    if (report && tail === '')
      return `${people} can add reports || A report belongs to ${withArticle(singularOf(thing))} || A report has a reason`
    if (rate) return `${people} can rate ${thing}${tail.replace(/ stars?\b/i, '')}`
    return /^ (?:as|in|to|among) (?:an? |their |the |one of their )?favou?rites?$/i.test(tail) || tail === ''
      ? `${people} can favourite ${thing}`
      : undefined
  })
  if (plain.length === 0 || plain.some((one) => one === undefined)) return undefined
  return [`${crowd(said!.who!)} sign up`, ...(plain as string[]).flatMap((one) => one.split(' || '))]
}

const inOrder =
  /^(?<lead>(?:the |all )?[\p{L}-]+s (?:can |may )?(?:publish|create|add|write|post|share)) (?<things>[\p{L}-]+s) with (?<parts>[\p{L}-]+s) \((?<fields>[^()]+)\)(?: and (?:ordered )?(?<steps>steps|instructions|chapters|lessons|stages|sections)(?: in order)?)?$/iu
/** "Cooks publish recipes with ingredients (name, amount, unit) and steps in order". */
const withParts: Turn = (text) => {
  const said = found(inOrder, text)
  if (!said) return undefined
  const { things = '', parts = '', fields = '', steps } = said
  return [
    `${said.lead} ${things}`,
    ...(/publish$/i.test(said.lead!) ? [`${sentence(things)} are first a draft, then published`] : []),
    `${sentence(things)} have a title`,
    `${sentence(things)} have ${parts} with ${fields}`,
    ...(steps ? [`${sentence(things)} have ${steps} with a position and a text`] : []),
  ]
}

const attends = new RegExp(
  `^${who} (?:can |may |must )?(?:records?|enters?|logs?|notes?|registers?|marks?) (?:their |the )?(?:own )?attendances?(?: (?:of|at|for|in) (?:an?|the|each|every) (?<what>[\\p{L}-]+))?$`,
  'iu',
)
/** "Each member records attendance": of what has a day. */
const recordsAttendance: Turn = (text, { event }) => {
  const said = found(attends, text)
  const what = said?.what ?? event
  if (!said || !what || !isPeople(said.who!)) return undefined
  return [`${crowd(said.who!)} can add attendances`, `Each attendance has ${withArticle(singularOf(what))}`]
}

const comes = new RegExp(
  `^${who} (?:can |may |must |should )?(?:says?|tells? us|tells?|answers?|enters?) (?:whether|if) (?:they|he or she) (?:come|are coming|can come|will come|attend|take part|are there|can make it)$`,
  'iu',
)
/** "Singers say whether they come": to what was spoken of. */
const saysWhether: Turn = (text, { event, all }) => {
  const said = found(comes, text)
  if (!said || !event) return undefined
  if (!isDescribed(said.who!.replace(/^(?:the|all) /i, ''), all)) return [`${text} to ${withArticle(event)}`]
  // Who is described is known by more than their account: the answer is of whoever gives it.
  return [
    'Users sign up and log in',
    'Users can add their own replies',
    `A reply belongs to ${withArticle(event)}`,
    'Each reply has coming (yes/no)',
  ]
}

const howMany = new RegExp(
  `^${who} (?:can |may )?sees? how many (?:come|are coming|will come|attend)(?: (?:per|by|of each) (?<per>[\\p{L}-]+))?$`,
  'iu',
)
/** "The conductor sees how many come per voice", where people say whether they do. */
const seesHowMany: Turn = (text, { event, all }) => {
  const said = found(howMany, text)
  const singers = new RegExp(comes.source.slice(1, -1), 'iu').exec(all)?.groups?.who
  if (!said || !event || !singers) return undefined
  return [
    `${crowd(said.who!)} can see all ${answersOf(all)}`,
    `Show the number of coming ${answersOf(all)} per ${event}${said.per ? ` and ${said.per}` : ''}`,
  ]
}

const after = new RegExp(
  `^${who} (?<verb>confirm|approve|close|finalise|finalize|lock)s? (?<what>[\\p{L}-]+s),? (?:and )?(?:then|after that|afterwards|from then on),? (?:the |their |its )?(?<rows>[\\p{L}-]+) (?:can ?not|cannot|may not|must not) be (?<changed>changed|edited|changed or deleted)(?: any ?more)?$`,
  'iu',
)
/** "The commander confirms operations, then attendance cannot be changed". */
const thenFixed: Turn = (text, { all }) => {
  const said = found(after, text)
  if (!said || !isSpoken(said.rows!, text, all)) return undefined
  const one = singularOf(said.what!)
  const verb = said.verb!.toLowerCase()
  const done = `${verb.replace(/e$/, '')}ed`
  return [
    `${sentence(withArticle(one))} goes from open to ${done}`,
    `Only ${crowd(said.who!).toLowerCase()} can ${verb} ${said.what}`,
    ...['added', 'changed', 'deleted'].map(
      (change) => `${sentence(pluralOf(said.rows!))} can only be ${change} while their ${one} is open`,
    ),
  ]
}

const inAndOut = new RegExp(
  `^${who} (?:can |may )?checks? (?<what>[\\p{L}-]+) in and out(?: with (?:the|a) time)?$`,
  'iu',
)
const checkInAndOut = new RegExp(
  `^${who} (?:can |may )?check-(?:in|out)s? (?<what>[\\p{L}-]+)(?: and | or )(?:check-)?(?:in|out)$`,
  'iu',
)
/** "Staff check children in and out with the time": when each came and went. */
const checksPeople: Turn = (text) => {
  const said = found(inAndOut, text) ?? found(checkInAndOut, text)
  if (!said || !isPeople(said.who!) || !isPeople(said.what!)) return undefined
  return [
    `${crowd(said.who!)} can see all ${pluralOf(said.what!)}`,
    `${crowd(said.who!)} can add attendances`,
    `${crowd(said.who!)} can change attendances`,
    `Each attendance has ${withArticle(singularOf(said.what!))}, a check-in time and an optional check-out time`,
  ]
}

const one =
  /^(?:an?|each|every|the) (?<who>[\p{L}-]+) (?:can|may) have (?:only|at most|no more than) (?<many>one|two|three|\d+) (?<noun>[\p{L}-]+?)s? (?:per|for each|for every) (?<of>[\p{L}-]+)$/iu
/** "A visitor can have only one viewing per flat": nothing that a visitor has. */
const haveOne: Turn = (text, { all }) => {
  const said = found(one, text)
  if (!said || !isPeople(said.who!)) return undefined
  const noun = isDescribed(said.noun!, all) || !/\bbook(?:s|ings?)?\b|\bslots?\b/i.test(all) ? said.noun! : 'booking'
  return [
    `${sentence(withArticle(said.who!.toLowerCase()))} can book at most ${said.many} ${said.many === 'one' ? noun : plural(noun)} per ${said.of}`,
  ]
}

const seesAll =
  /^(?<who>(?:the |all )?[\p{L}-]+s) (?:can |may )?see (?:all|everything),? (?:and |but )?(?:the )?(?<own>[\p{L}-]+s) (?:can |may )?(?:see )?only (?:their own|theirs)$/iu
/** "Partners see all, lawyers only their own", where lawyers record hours: these are meant. */
const partnersSeeAll: Turn = (text, { all }) => {
  const said = found(seesAll, text)
  const log = new RegExp(hours.source.slice(1, -1), 'iu').exec(all)?.groups?.who
  return said && log && crowd(log) === crowd(said.own!) ? [`${said.who} can see everything`] : undefined
}

const ofTheirs =
  /^(?<who>(?:the |all )?[\p{L}-]+(?: [\p{L}-]+)?) (?:can |may )?sees? (?:the |all )?hours (?:of|on|for) their (?<of>[\p{L}-]+)(?:,? (?:and |but |while )?(?:the )?(?<own>[\p{L}-]+s) (?:see )?only (?:their own|theirs))?$/iu
/** "Project leads see the hours of their projects, researchers only their own". */
const hoursOfTheirs: Turn = (text) => {
  const said = found(ofTheirs, text)
  return (
    said && [
      `${crowd(said.who!)} see the time entries of their ${said.of}`,
      ...(said.own ? [`${crowd(said.own)} can see and change only their own time entries`] : []),
    ]
  )
}

const upTo =
  /^(?<lead>(?:the |all )?[\p{L}-]+s (?:can |may )?)(?<verb>order|book|reserve) (?:an? |the |one )?(?<what>[\p{L}-]+) (?<until>(?:until|till|by|before|up to) .+)$/iu
/** "Pupils order a menu until 9 am of that day": the deed, and until when. */
const doneUntil: Turn = (text) => {
  const said = found(upTo, text)
  const noun = said ? linkNouns.get(said.verb!.toLowerCase()) : undefined
  if (!said || !noun) return undefined
  return [
    `${said.lead}${said.verb} ${pluralOf(said.what!)}`,
    `${sentence(plural(noun))} must be placed ${said.until!.replace(/^(?:by|before|till|up to)\b/i, 'until')}`,
  ]
}

const sends =
  /^(?:they|people|users) (?:can |may )?(?:send|write|make) (?:each other|one another) (?<gift>requests|messages|invitations|challenges)(?<tail>.*)$/iu
/** "They send each other requests", where people sign up. */
const sendEachOther: Turn = (text, { all }) => {
  const said = found(sends, text)
  if (!said || !/\b(?:sign|log)s? (?:up|in)\b|\baccounts?\b/i.test(all)) return undefined
  return [
    `${new RegExp(signsWith.source.slice(1, -1), 'iu').test(all) ? 'Members' : 'Users'} can send each other ${said.gift}${said.tail}`,
  ]
}

const signsWith = /^(?<who>people|everyone|everybody) (?:can |must )?(?:sign up|register) with (?<fields>.+)$/iu
/** "People sign up with a native language": what is said of themselves. */
const signUpWith: Turn = (text) => {
  const said = found(signsWith, text)
  if (!said || /\b(?:e-?mail|password|account)\b/i.test(said.fields!)) return undefined
  return ['Members sign up', `Members have ${said.fields}`]
}

const prescribes =
  /^(?<who>(?:the |all )?[\p{L}-]+s) (?:can |may )?prescribe (?:the )?(?<what>medicines?|medication|drugs?|treatments?|remedies|therapies)(?: to (?:the |an? )?(?<whom>[\p{L}-]+))?(?: with (?<more>.+))?$/iu
/** "Doctors prescribe medicines": to whom is whoever is looked after here. */
const prescribe: Turn = (text, { all }) => {
  const said = found(prescribes, text)
  if (!said || !isPeople(said.who!)) return undefined
  const whom = said.whom ?? /\b(?<whom>residents|patients|animals|pets|clients) have\b/iu.exec(all)?.groups?.whom
  const has = [
    withArticle(singularOf(said.what!)),
    ...(whom ? [withArticle(singularOf(whom))] : []),
    ...(said.more ? [said.more] : []),
  ]
  return [`${crowd(said.who!)} can add prescriptions`, `Each prescription has ${has.join(' and ')}`]
}

const noted =
  /^(?<who>(?:the |all )?[\p{L}-]+s) (?:can |may |must )?(?:log|record|note|document|enter|measure|take) (?<things>[\p{L}-]+s) with (?<fields>an? .+)$/iu
/** "Nurses record vitals with a pulse", where others may see some of it: who records them is somebody with a right. */
const recordsThings: Turn = (text, { all }) => {
  const said = found(noted, text)
  if (
    !said ||
    !isPeople(said.who!) ||
    !/\bnothing (?:else|more)\b|\bonly [\p{L}]+ (?:can |may )?(?:see|read)\b/iu.test(all)
  )
    return undefined
  return [`${crowd(said.who!)} can add ${said.things}`, `Each ${singularOf(said.things!)} has ${said.fields}`]
}

const publishes =
  /^(?<lead>(?:the |all )?(?<who>[\p{L}-]+s) (?:can |may )?)publish (?<things>[\p{L}-]+s) with (?<fields>.+)$/iu
/** "Poets publish poems with a title", where drafts are spoken of. */
const publishesDrafts: Turn = (text, { all }) => {
  const said = found(publishes, text)
  if (!said || !/\bdrafts?\b/i.test(all)) return undefined
  return [
    `${said.lead}publish ${said.things}`,
    `Each ${singularOf(said.things!)} has ${said.fields}`,
    `${sentence(said.things!)} are first a draft, then published`,
  ]
}

/** What people leave who say whether they come. */
const answersOf = (all: string): string => {
  const whoever = new RegExp(comes.source.slice(1, -1), 'iu').exec(all)?.groups?.who ?? ''
  return isDescribed(whoever, all) ? 'replies' : 'registrations'
}

const seesAnswers = /^(?<lead>.*\b(?:see|read|view)s?) (?:the |all |their )?answers$/iu
/** "Only coaches see the answers", where people say whether they come. */
const answersSeen: Turn = (text, { all }) =>
  new RegExp(comes.source.slice(1, -1), 'iu').test(all) && seesAnswers.test(text)
    ? [text.replace(seesAnswers, `$1 ${answersOf(all)}`)]
    : undefined

/** In the order in which they are tried. */
const turns: readonly Turn[] = [
  nothingElse,
  answers,
  recordsHours,
  hoursOfTheirs,
  entries,
  whatTheyDid,
  canBeAssigned,
  toldWhenAssigned,
  othersDo,
  withParts,
  recordsAttendance,
  saysWhether,
  seesHowMany,
  thenFixed,
  checksPeople,
  haveOne,
  partnersSeeAll,
  doneUntil,
  sendEachOther,
  signUpWith,
  prescribe,
  recordsThings,
  publishesDrafts,
  answersSeen,
]
