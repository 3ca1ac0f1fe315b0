import { singularPhrase, withArticle } from '../words.ts'
import { crowd, found, isPeople, isSpoken, type Turn, who, within } from './words.ts'

const hours = new RegExp(
  `^${who} (?:can |may |must )?(?:records?|logs?|enters?|books?|tracks?|notes?) (?:their )?(?:working )?(?:hours|time) (?:on|for|to|spent on) (?:the |their |an? )?(?<what>[\\p{L}-]+)(?:,? with (?<more>.+?))?(?: (?:only )?(?<when>while|as long as|once|until) (?:it|this|that) is (?<state>[\\p{L}-]+(?: [\\p{L}-]+)?))?$`,
  'iu',
)

/** "Lawyers record hours on cases with a description". */
export const recordsHours: Turn = (text, { all }) => {
  const said = found(hours, text)
  if (!said || !isPeople(said.who!) || !isSpoken(said.what!, text, all)) return undefined
  return [
    `${crowd(said.who!)} can add time entries`,
    `Each time entry has ${withArticle(singularPhrase(said.what!))}, a date, hours${said.more ? `, ${said.more}` : ''}`,
    `${crowd(said.who!)} can see and change only their own time entries`,
    ...(said.state
      ? [`Time entries can only be added ${said.when} the ${singularPhrase(said.what!)} is ${said.state}`]
      : []),
  ]
}

const own = new RegExp(
  `^${who} (?:can |may |must )?(?:records?|logs?|enters?|tracks?|notes?)(?: down)? (?:their )?(?:own )?(?:working |work )?(?:hours|time)(?: worked)?(?:,? with (?<has>(?:an? |the |their |optional |hours\\b).+))?$`,
  'iu',
)

const withHours = (has: string): string =>
  `${has}${/\b(?:hours|minutes|duration|start|from)\b/i.test(has) ? '' : ', hours'}`

const passive =
  /^(?:the |all |working )?hours (?:worked )?(?:are |get |can be |must be )(?:recorded|logged|entered|tracked|noted)(?: down)? by (?<who>(?:the |all |each )?[\p{L}-]+)(?:,? with (?<has>.+))?$/iu

/** "People log hours with a date and hours": entries of each of them; how many hours is what each of these has. */
export const logsHours: Turn = (text) => {
  const ours =
    /^(?:we|i) (?:\p{L}+ )?(?:log|record|track|note|enter)(?: down)? (?:our |my )?(?:working )?hours,? with (.+)$/iu.exec(
      text,
    )
  if (ours) return [`Each time entry has ${withHours(ours[1]!)}`]
  const said = found(own, text) ?? found(passive, text)
  if (!said || !isPeople(said.who!)) return undefined
  const has = said.has ?? 'a date'
  return [
    `${crowd(said.who!)} can add time entries`,
    `Each time entry has ${withHours(has)}`,
    `${crowd(said.who!)} can see and change only their own time entries`,
  ]
}

/** What people call those entries then. */
export const entries: Turn = (text, { all }) => {
  if (!within(hours).test(all) && !within(own).test(all)) return undefined
  const plain = text
    .replace(/\b(an?|each|every) (?:hours?|time) entry\b/giu, '$1 time entry')
    .replace(/^entries\b/i, 'Time entries')
    .replace(/\b(sees?|read|view) the hours (?=(?:of|on|for) )/iu, '$1 the time entries ')
    .replace(
      /\b(approves?|rejects?|confirms?|checks?|edits?|changes?|deletes?|sees?|read|view) (?:the |all |their |logged |all the )?hours$/iu,
      '$1 time entries',
    )
    .replace(/^(?:the |all |logged )?hours (?=(?:are|can|may|must|should|go|need)\b)/iu, 'Time entries ')
  return plain === text ? undefined : [plain]
}

const seesAll =
  /^(?<who>(?:the |all )?[\p{L}-]+s) (?:can |may )?see (?:all|everything),? (?:and |but )?(?:the )?(?<own>[\p{L}-]+s) (?:can |may )?(?:see )?only (?:their own|theirs)$/iu

/** "Partners see all, lawyers only their own", where lawyers record hours: these are meant. */
export const partnersSeeAll: Turn = (text, { all }) => {
  const said = found(seesAll, text)
  const log = within(hours).exec(all)?.groups?.who
  return said && log && crowd(log) === crowd(said.own!) ? [`${said.who} can see everything`] : undefined
}

const ofTheirs =
  /^(?<who>(?:the |all )?[\p{L}-]+(?: [\p{L}-]+)?) (?:can |may )?sees? (?:the |all )?hours (?:of|on|for) their (?<of>[\p{L}-]+)(?:,? (?:and |but |while )?(?:the )?(?<own>[\p{L}-]+s) (?:see )?only (?:their own|theirs))?$/iu

/** "Project leads see the hours of their projects, researchers only their own". */
export const hoursOfTheirs: Turn = (text) => {
  const said = found(ofTheirs, text)
  return (
    said && [
      `${crowd(said.who!)} see the time entries of their ${said.of}`,
      ...(said.own ? [`${crowd(said.own)} can see and change only their own time entries`] : []),
    ]
  )
}
