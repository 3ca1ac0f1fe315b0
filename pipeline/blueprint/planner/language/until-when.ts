import { linkNouns } from '../lexicon/verbs.ts'
import { plural, sentence, singular, withArticle } from './words.ts'

const expire =
  /^(?:(?:an?|each|every|the|all) )?(?<thing>[\p{L}-]+(?: [\p{L}-]+)?) (?:expires?|runs? out|lapses?|ends?) (?<length>(?:an?|one|two|three|four|five|six|ten|twelve|\d+) (?:days?|weeks?|months?|years?)) after (?:the |its |their )?(?<from>[\p{L}]+)$/iu
const made = /^(?:creation|being (?:created|made|issued)|issue|issuing|purchase|it|they)$/i

/** "Samples expire 2 years after collection": from which day they are valid for so long. */
export const expireAfter = (text: string, all: string): string[] | undefined => {
  const { thing = '', length = '', from = '' } = expire.exec(text)?.groups ?? {}
  if (!thing || from.toLowerCase() === 'the') return undefined
  const things = plural(singular(thing.toLowerCase()))
  if (made.test(from)) return [`${sentence(things)} are valid for ${length}`]
  const date = `${from.toLowerCase()} date`
  const known = new RegExp(`\\b${date}\\b`, 'i').test(all)
  return [
    ...(known ? [] : [`${sentence(things)} also have a ${date}`]),
    `${sentence(things)} are valid for ${length} from the ${date}`,
  ]
}

const locked = [
  /^(?<state>sent|issued|submitted|published|finali[sz]ed|signed|won|closed|invoiced|billed|booked) (?<thing>[\p{L}-]+)s (?:can ?not|may not|must not|can never|must never) be (?<deed>changed|edited|modified|altered|deleted)(?: any ?more)?$/iu,
  /^(?<thing>[\p{L}-]+?)s? (?:is|are|get|gets) (?:locked|frozen|read-?only) (?:once|when|after|as soon as) (?:(?:they|it) (?:are|is) )?(?<state>[\p{L}-]+ed|sent)$/iu,
]

const from: Readonly<Record<string, string>> = {
  sent: 'draft',
  issued: 'draft',
  submitted: 'draft',
  published: 'draft',
}

/** "Sent invoices cannot be changed", where nothing says that they are sent: then they have a state of that name. */
export const lockedOnce = (text: string, all: string): string[] | undefined => {
  for (const pattern of locked) {
    const { thing = '', state = '', deed = 'changed' } = pattern.exec(text)?.groups ?? {}
    if (!thing) continue
    const one = singular(`${thing.toLowerCase()}s`)
    const others = all.replace(text, '')
    const things = `(?:${one}|${plural(one)})`
    if (new RegExp(`\\b${state}\\b`, 'i').test(others)) continue
    if (new RegExp(`\\b${things} [^.]*\\b(?:status|state|stage)\\b`, 'i').test(others)) continue
    if (!new RegExp(`\\b${things}\\b`, 'i').test(others)) continue
    // What entries these are is told by a longer name.
    if (one === 'entry' && !/(?:^|[.;] )(?:an? |the |each )?entr(?:y|ies) (?:has|have)/i.test(others)) return undefined
    return [
      `${sentence(withArticle(one))} also has a status (${from[state.toLowerCase()] ?? 'open'}, ${state.toLowerCase()})`,
      `${sentence(state.toLowerCase())} ${plural(one)} can not be ${deed.toLowerCase()}`,
    ]
  }
  return undefined
}

const clock = "(?:\\d{1,2}(?::\\d\\d)? ?(?:am|pm|o'clock)?|noon|midnight)"
const thatDay = new RegExp(
  `^(?<who>(?:the |all |our )?[\\p{L}-]+s) (?:can |may )?(?<verb>order|book|reserve|cancel|change|request)s? (?<what>.+?) (?<until>(?:until|till|up to|by|before) (?:${clock} (?:of|on) (?:that|the same) day|(?:${clock} (?:of |on )?)?(?:the day before|the previous day)))$`,
  'iu',
)

/** "Pupils order a menu until 9 am of that day", "visitors book a tour until the day before": that they do, and until when. */
export const untilThatDay = (text: string): string[] | undefined => {
  const { who = '', verb = '', what = '', until = '' } = thatDay.exec(text)?.groups ?? {}
  if (!who) return undefined
  const noun = linkNouns.get(verb.toLowerCase())
  const thing = /^(?:an? |the |their |one )?(?<thing>[\p{L}-]+)/iu.exec(what)?.groups?.thing
  if (!noun && !thing) return undefined
  const done = /^cancel$/i.test(verb) ? 'cancelled' : verb.toLowerCase() === 'change' ? 'changed' : 'made'
  return [
    `${who} ${verb} ${what}`,
    `${sentence(plural(noun ?? singular(thing!.toLowerCase())))} can only be ${done} ${until}`,
  ]
}

const reminded =
  /^(?:if (?:it is |they are )?not (?<late>returned|paid|given back|brought back|handed back) (?:by|before|until|on) (?:the|its|their) due date|overdue (?<rows>[\p{L}-]+)),? (?:(?:the|each|every|an?) (?<who>[\p{L}-]+) )?(?:gets?|receives?|is sent) an? reminder (?<often>(?:each|every) (?:day|week|month|morning)|daily|weekly)$/iu

/** "If not returned by the due date, the student gets a reminder each day": who is reminded, and of what. */
export const remindedWhileLate = (text: string, all: string): string[] | undefined => {
  const { late = '', rows = '', who, often = '' } = reminded.exec(text)?.groups ?? {}
  const what = rows || (/paid/i.test(late) ? 'invoices' : /\b(?:borrow|loan|lend|lent)/i.test(all) ? 'loans' : '')
  if (!what || !who) return undefined
  return [`Remind ${plural(singular(who.toLowerCase()))} of overdue ${what.toLowerCase()} ${often}`]
}
