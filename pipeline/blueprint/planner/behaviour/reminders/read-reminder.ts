import { takeWhen, type When } from '../timers/when.ts'
import { cutAtLead, type Lead } from './lead.ts'

/** The time from which a reminder counts, in words: "their class" and "starts", "the due date" of "a loan". */
export type TimeWords = { noun?: string; kind?: TimeKind; field?: string }
export type TimeKind = 'start' | 'due' | 'end' | 'made'

export type Reminder = {
  /** Who is reminded; empty where the sentence names nobody. */
  who: string
  /** What it is about besides its time: "of their loans". */
  about?: string
  leads: Lead[]
  time: TimeWords
  /** What must hold of the rows: "not returned", "unpaid". */
  conditions: string[]
  when?: When
  /** In the place of what people were reminded of these rows before. */
  instead?: boolean
}

const verb = '(?:remind|nudge|notify|alert|tell|inform|message|e-?mail|warn|ping|text)'
const participle = '(?:reminded|nudged|notified|alerted|told|informed|messaged|e-?mailed|warned|pinged|texted)'
const note =
  '(?:(?:an?|the|another|one|some|automatic|friendly|short|in-app|push|e-?mail|text|sms) )*(?:(?:reminders?|warning|alert) (?:e-?mails?|messages?|notifications?|texts?)|reminders?|notifications?|messages?|alerts?|notices?|warnings?|e-?mails?|texts?|sms|heads-ups?|pings?)'
const word = "[\\p{L}'’-]+"
const people = `(?:(?:the|all|every|each|any|an?|its|their|his|her|our|both|those|that) )*(?!(?:when|if|once|that|about|of|to|an?|the|not|is|are|be|been|out|reminders?|reminded)\\b)${word}(?: (?!(?:is|are|gets?|receives?|should|must|will|shall|of|about|for|to|not|when|be|an?|the|that|who)\\b)${word}){0,2}?(?:,? and (?:the |all |every |each |their |its )?${word}(?: ${word})?)?(?: (?:who|that|which|with) .+?)?`
const who = `(?<who>${people})`
const about =
  '(?: (?:of|about|for) (?<about>(?:(?:an?|the|all|any|every|each|their|his|her|its|upcoming|coming|next) )*[\\p{L}-]+(?: [\\p{L}-]+){0,2}))?'
const will =
  '(?:(?:(?:is|are|gets?|receives?|has|have|needs?|wants?|should|shall|must|will|can|may)(?: also| then| automatically| all| each| both)*(?: to)?(?: be| get| receive| have| been)?))'

const heads: readonly RegExp[] = [
  `^${verb}s? ${who}${about}$`,
  `^(?:send|give|show|post)s?(?: out)? ${note}(?: to ${who})?${about}$`,
  `^(?:send|give|show|post)s?(?: out)? ${note}${about} to ${who}$`,
  `^(?:send|give|show|post)s?(?: out)? ${who} ${note}${about}$`,
  `^(?:add|create|make|set up|schedule|issue|have|include|need|want|there (?:is|are|should be|must be)) ${note}(?: (?:to|for) ${who})?${about}$`,
  `^${who} ${will} (?:also |then |automatically |all |each |be )*(?:${participle}|${note})${about}$`,
  `^${note} (?:is|are|goes|go|gets?|should be|must be|should go|must go|will be|shall be)(?: automatically)?(?: sent| made| given| created| shown| posted)?(?: out)?(?: automatically)?(?: to ${who})?${about}$`,
  `^let ${who} know${about}$`,
  `^${note}(?: (?:to|for) ${who})?${about}$`,
].map((source) => new RegExp(source, 'iu'))

/** Words without which nobody is reminded of anything. */
const reminds =
  /\b(?:remind|nudge|notif|alert|told|tell|inform|messag|e-?mail|mail|warn|ping|know|text|sms|notice|heads-up)/i
const times =
  /\b(?:before|beforehand|after|prior|ahead|advance|earlier|day|today|tomorrow|in|within|due|deadline|overdue|late)\b/i
const longest = 240

const instead = / (?:instead|rather|from now on)$/i

/** Another clause is not part of a time. */
const goesOn =
  /[,;]| (?:and|but|or) (?:remind|notify|tell|send|let|show|alert|inform|they|it|nobody|only|then|again)\b| (?:and|but) (?:(?:the|an?|each|every|all) )?[\p{L}-]+ (?:is|are|gets?|can|may|must|should|have|has|sees?) /iu

/** "Remind members at 8 am on the day of their class": when it is looked at. */
const atClock = (text: string): string => {
  const found = /,? at (?<at>\d{1,2}(?::\d{2})? ?(?:am|pm|o'?clock)|\d{1,2}:\d{2}|noon)\b/i.exec(text)
  if (!found || /\b(?:every|each|daily)\b/i.test(text)) return text
  return `${text.replace(found[0], '').replace(/[.!]+$/, '')} every day at ${found.groups!.at}`
}

/** Reads who is reminded how long before or after which time, or returns undefined. */
export const readReminder = (sentence: string): Reminder | undefined => {
  if (sentence.length > longest || !reminds.test(sentence) || !times.test(sentence)) return undefined
  const { when, text } = takeWhen(atClock(sentence.trim()))
  const plain = text
    .replace(/[’]/g, "'")
    .replace(/\b(\d+) ?h(?:rs?)?\b/gi, '$1 hours')
    .replace(/^(?:can|could|would) (?:you|the system|it) (?:please )?/i, '')
    .replace(/\?$/, '')
    .replace(/[.!]+$/, '')
    .replace(instead, '')
    .replace(/^(?:(?:please|also|automatically|and|then)\s+)+/i, '')
    .replace(
      /^(?:the system|it|the app|the api|we|i)(?: (?:should|must|will|shall|would like to|want to|need to|can))?(?: automatically| also)? (?=\p{L}+)/iu,
      '',
    )
    .replace(/^(?:want|would like|need) (.+?) to (?:be|get|receive) /i, '$1 are ')
    .replace(
      /\b(?:by|via|per|through|as|with) (?:an? )?(?:e-?mail|mail|sms|text(?: message)?|push|notification|phone|message)s?\b ?/gi,
      '',
    )
    .replace(/\s+/g, ' ')
    .trim()
  const asked = conditionOf(plain)
  const cut = cutAtLead(asked.text)
  if (!cut || goesOn.test(cut.of)) return undefined
  const head = cut.head
    .replace(/[,:]$/, '')
    .replace(/ (?:again|automatically|once|exactly|about|at least|already|on)$/i, '')
    .trim()
  const groups = heads.map((pattern) => pattern.exec(head)?.groups).find(Boolean)
  if (!groups || /\b(?:can|may|cannot)\b/.test(groups.who ?? '')) return undefined
  const named = peopleIn(groups.who ?? '')
  if (!named) return undefined
  const thing = groups.about ?? named.thing ?? asked.thing
  return {
    who: named.who,
    ...(thing ? { about: thing.replace(articles, '') } : {}),
    leads: cut.leads,
    time: timeIn(cut.of),
    conditions: [...(named.condition ? [named.condition] : []), ...asked.conditions],
    ...(when ? { when } : {}),
    ...(instead.test(text) ? { instead: true } : {}),
  }
}

const state =
  "(?:is|are|was|were|has|have)? ?(?:still )?(?<not>not |n't )?(?:been |yet )*(?<state>[\\p{L}-]+)(?: (?:it|them|back))?(?: yet| already| by then| in time)?"
const asLast = new RegExp(
  `^(?<rest>.+?),? (?:but |and )?(?:(?:only )?if|(?<unless>unless)|as long as|while) (?:it|they|he or she|the (?<thing>[\\p{L}-]+)) ?${state}$`,
  'iu',
)
const asFirst = new RegExp(
  `^(?:if|(?<unless>unless)|when) (?:an? |the |any |its )?(?<thing>[\\p{L}-]+(?: [\\p{L}-]+)?) (?=(?:is|are|was|were|has|have)\\b)${state},? (?:then )?(?<rest>.+)$`,
  'iu',
)

/** "..., if it is not paid yet", "unless they cancelled it", "If a book is not returned, ...": what must hold of the row. */
const conditionOf = (text: string): { text: string; conditions: string[]; thing?: string } => {
  const found = (asFirst.exec(text) ?? asLast.exec(text))?.groups
  if (!found || /^(?:due|overdue|start|end|about)/i.test(found.state!)) return { text, conditions: [] }
  const denied = (found.not === undefined) === (found.unless === undefined) ? '' : 'not '
  const named = found.thing && !pronoun.test(found.thing) ? { thing: found.thing } : {}
  return { text: found.rest!, conditions: [`${denied}${found.state}`], ...named }
}

type People = { who: string; thing?: string; condition?: string }

const owed =
  /^(?:who|that) (?:have|has|did|do|are|is)(?: not|n't) (?:yet )?(?:been )?(?<done>[\p{L}-]+?)(?: (?:back|in|off))?(?: (?:an?|the|their|his or her|its|any|all) (?<thing>[\p{L}-]+(?: [\p{L}-]+)?))?(?: yet| so far)?$/iu
const having =
  /^(?:with|(?:who|that) (?:still )?(?:have|has)) (?:an? |the |their |any )?(?<state>open|unpaid|overdue|outstanding|unfinished|unreturned|late|pending|active|confirmed) (?<thing>[\p{L}-]+(?: [\p{L}-]+)?)$/iu
const taking =
  /^(?:who|that)(?: have| has| are| is)? (?:booked|reserved|signed up|registered|enrol+ed|joined|borrowed|rented|bought|ordered|applied|attending|coming|going|taking part|made)(?: (?:for|in|to|at|on))?(?: (?:it|them|one|(?:an?|the|that|their) (?<taken>[\p{L}-]+)))?$|^(?:with|who have|who has) (?:an? |the |their )?(?<thing>[\p{L}-]+)$/iu

/** People in words, and what is said of what they have. Undefined where it is not understood who of them. */
const peopleIn = (said: string): People | undefined => {
  const [, plain = '', clause = ''] = /^(.*?)(?: ((?:who|that|which|with) .+))?$/iu.exec(said) ?? []
  if (!clause) return { who: plain }
  const not = owed.exec(clause)?.groups
  if (not)
    return { who: plain, ...(not.thing ? { thing: not.thing } : {}), condition: `not ${participleOf(not.done!)}` }
  const has = having.exec(clause)?.groups
  if (has) return { who: plain, thing: has.thing!, condition: has.state! }
  const took = taking.exec(clause)?.groups
  const thing = took?.thing ?? took?.taken
  return took ? { who: plain, ...(thing ? { thing } : {}) } : undefined
}

const participleOf = (done: string): string => ({ pay: 'paid', return: 'returned', bring: 'returned' })[done] ?? done

const pronoun = /^(?:it|that|this|them|they|one|then|things?|something|everything)?$/i
const articles =
  /^(?:(?:the|an?|their|his|her|his or her|its|each|every|any|all|our|your|whose|upcoming|coming|next) )+/i
const verbs: readonly (readonly [RegExp, TimeKind])[] = [
  [
    / (?:(?:is|are|was|were|falls?|fell|becomes?|comes?|has to be|must be|have to be|needs? to be|had to be|should be) )?(?:due(?: back)?|returned|brought back|given back|handed in|paid|overdue|late|finished by|to be (?:paid|returned|done))$/i,
    'due',
  ],
  [
    / (?:(?:is|are|will be) )?(?:ends?|ended|over|expires?|expired|runs? out|ran out|lapses?|closes?|closed|terminates?|finish(?:es)?|up|up for renewal|renews?|renewed)$/i,
    'end',
  ],
  [
    / (?:(?:is|are|was|were|will) )?(?:starts?|started|begins?|began|takes? place|took place|happens?|happened|departs?|leaves?|arrives?|opens?|scheduled|planned|booked for|comes? up|goes? live|held)$/i,
    'start',
  ],
  [/ (?:(?:is|are|was|were|has been) )?(?:placed|made|created|submitted|added|sent in|filed|opened|ordered)$/i, 'made'],
]
const deeds: readonly (readonly [RegExp, TimeKind])[] = [
  [/^they (?:have to|must|need to|should) (?:return|pay|bring|give|hand|do|finish)\b.*$/i, 'due'],
  [/^they (?:start|begin|come|arrive|leave|travel|fly|play|have to (?:come|be there|appear))\b.*$/i, 'start'],
]
const fieldNoun =
  '(?:due dates?|return dates?|end dates?|start dates?|expiry dates?|expiration dates?|renewal dates?|closing dates?|due day|deadlines?|expiry|expiration|start(?:ing)?(?: time| date)?|beginning|begin|end(?:ing)?(?: time| date)?|departure(?: time| date)?|arrival(?: time| date)?|check-?in(?: date)?|check-?out(?: date)?|pick-?up(?: date| time)?|renewal|return|date|day|time)'
const fieldOf = new RegExp(`^(?<field>${fieldNoun}) (?:of|for) (?<noun>.+)$`, 'i')
const ofField = new RegExp(`^(?<noun>.+?)(?:'s?)? (?<field>${fieldNoun})$`, 'i')
const alone = new RegExp(`^${fieldNoun}$`, 'i')

/** "Their class starts", "the due date of a loan", "an appointment", "it was due" as a thing, a kind of time and a field. */
const timeIn = (said: string): TimeWords => {
  const text = said.trim().replace(/[.,]+$/, '')
  const plain = text.replace(articles, '')
  if (alone.test(plain)) return { field: plain, ...kindOf(plain) }
  for (const [pattern, kind] of deeds) if (pattern.test(text)) return { kind }
  for (const [pattern, kind] of verbs) {
    const found = pattern.exec(` ${text}`)
    if (!found) continue
    const noun = ` ${text}`.slice(0, found.index).trim().replace(articles, '')
    return { kind, ...nounOf(noun) }
  }
  const found = (fieldOf.exec(plain) ?? ofField.exec(plain))?.groups
  if (found) return { field: found.field!, ...kindOf(found.field!), ...nounOf(found.noun!.replace(articles, '')) }
  return nounOf(plain)
}

const nounOf = (said: string): { noun?: string } => {
  const noun = said.replace(
    / (?:that |which )?(?:they|he or she|somebody|someone) (?:have |has )?\p{L}+(?: for)?$/iu,
    '',
  )
  return pronoun.test(noun) ? {} : { noun }
}

const kindOf = (field: string): { kind?: TimeKind } =>
  /due|deadline|return/i.test(field)
    ? { kind: 'due' }
    : /^(?:end|expir|clos|renew)/i.test(field)
      ? { kind: 'end' }
      : /^(?:start|begin|date|day|time)/i.test(field)
        ? { kind: 'start' }
        : {}
