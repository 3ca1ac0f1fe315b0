import { toName } from '../../language/words.ts'

/** Something that happens, as people say it; what it is to the system is decided when its things are known. */
export type Happening =
  /** "A job is printed", "a new claim is filed": by its participle. */
  | { kind: 'done'; thing: string; done: string; fresh: boolean }
  /** "An order ships", "a seller replies to a question". */
  | { kind: 'deed'; verb: string; thing: string; fresh: boolean }
  | { kind: 'created'; thing: string }
  | { kind: 'state'; thing: string; to?: string }
  /** A row, or one field of it: to another value, or only upwards or downwards. */
  | { kind: 'changed'; thing: string; field?: string; way?: 'up' | 'down' }
  /** `entered`: also where a row is made with such a value. */
  | { kind: 'crosses'; thing: string; field: string; below: boolean; limit: string; entered?: true }

/** Who is told, and when. */
export type Told = {
  who: string
  happening: Happening /** "When their application is decided": of whose row it is. */
  theirs?: true
}

const who =
  "(?<who>(?:(?:an?|the|all|any|every|each|its|their|his|her|our|both|whoever) )*[\\p{L}'’-]+(?: [\\p{L}'’-]+){0,5}?)"
const when = '(?:when(?:ever)?|once|as soon as|if|every time|each time|any time|after|in case)'
const event = '(?<event>.+?)'
/** What happens, where no comma parts it from who is told: "when a job is delivered the client is informed". */
const eventBefore =
  '(?<event>(?:an?|the|any|one|some|their|its) .+? (?:is|was|gets|has been|are|were) (?:newly )?[\\p{L}]+)'
const note =
  '(?:an? )?(?:automatic |in-app |push )?(?:notifications?|messages?|alerts?|e-?mails?|mails?|sms|text(?: message)?s?|notes?|notices?|heads-up|pings?)'
const told = `(?:(?:is|are|gets?|must be|must get|should be|should get|will be|will get|has to be|have to be|needs? to be|wants? to be|shall be|to be|can be)? ?(?:also |then |automatically |immediately |both )*(?:told|notified|informed|alerted|messaged|e-?mailed|pinged|made aware)|(?:gets?|receives?|should get|should receive|must get|will get|will receive|needs?|is sent|are sent) (?:also |then |automatically )*${note})(?: (?:about|of) (?:it|this|that|them))?(?: (?:by|per|via|through) (?:e-?mail|sms|text(?: message)?|push|notification|mail|phone|message))?`
const tell = `(?:automatically )?(?:notify|tell|inform|warn|alert|message|e-?mail|ping)`
const send = `(?:automatically )?send(?:s)?`

const patterns: readonly RegExp[] = [
  `^${when} ${eventBefore} (?=(?:the|its|their|all|every|both|an?) )${who} ${told}$`,
  `^${when} ${event},? (?:then )?${who} ${told}$`,
  `^${who} ${told} ${when} ${event}$`,
  `^${tell} ${who} ${when} ${event}$`,
  `^let ${who} know ${when} ${event}$`,
  `^${when} ${event},? (?:then )?${tell} ${who}$`,
  `^${when} ${event},? (?:then )?let ${who} know$`,
  `^${send} ${note} to ${who} ${when} ${event}$`,
  `^${send} ${who} ${note} ${when} ${event}$`,
  `^${when} ${event},? (?:then )?${send} ${note} to ${who}$`,
  `^${when} ${event},? (?:then )?${send} ${who} ${note}$`,
  `^${who} ${told} (?:about|of|for|on) (?:all |every |any |each |the )?(?<fresh>new(?:ly \\w+)? [\\p{L}'-]+(?: [\\p{L}'-]+)?)(?: (?:on|to|of|for|in) .+)?$`,
  `^${tell} ${who} (?:about|of) (?:all |every |any |each |the )?(?<fresh>new(?:ly \\w+)? [\\p{L}'-]+(?: [\\p{L}'-]+)?)(?: (?:on|to|of|for|in) .+)?$`,
].map((source) => new RegExp(source, 'iu'))

/** Longer sentences are not read: these patterns try every way to cut them. */
const longest = 240
/** Words without which nobody is told anything. */
const tells =
  /\b(?:told|tell|notif|inform|warn|alert|messag|e-?mail|mail|ping|sms|know|note|notice|heads-up|made aware|send|sent|text)/i

/** Reads who is told when something happens, or returns undefined. */
export const readTold = (sentence: string): Told | undefined => {
  if (sentence.length > longest || !tells.test(sentence)) return undefined
  const said = sentence.trim().replace(/[’]/g, "'")
  for (const pattern of patterns) {
    const groups = pattern.exec(said)?.groups
    if (!groups || /^(?:it|they|this|that|there|somebody|someone|which)$/i.test(groups.who!)) continue
    const happening = groups.fresh
      ? { kind: 'created' as const, thing: groups.fresh.replace(/^new(?:ly \w+)? /i, '') }
      : readHappening(groups.event!)
    if (happening && !/\b(?:when|whenever|once|if|must|should)\b/i.test(groups.who!))
      return {
        who: groups.who!.trim(),
        happening,
        ...(ofTheirs.test(groups.event ?? '') ? { theirs: true as const } : {}),
      }
  }
  return undefined
}

const ofTheirs = /\b(?:their|his|her|his or her)(?: own)? (?!status\b|state\b)[\p{L}]/iu
const article = '(?:an?|the|any|each|every|one|some|their|his|her|its|one of (?:their|the|his|her))'
const noun = "(?<thing>[\\p{L}'-]+(?: [\\p{L}'-]+){0,2}?)"
const people =
  "(?:(?:somebody|someone|anybody|anyone|people)(?: else)?|(?:an?|the|another|any) [\\p{L}'-]+(?: [\\p{L}'-]+)??)"
const number = '(?<limit>-?\\d+(?:\\.\\d+)?|zero|one|two|three|five|ten|its [\\p{L} ]+|the [\\p{L} ]+)'

const beyond =
  '(?<way>above|over|below|under|beneath|(?:more|higher|greater|larger|bigger|less|lower|smaller) than|exceeding|beyond)'
const value = '(?<field>[\\p{L}]+(?: (?!of\\b|is\\b|above\\b|over\\b|below\\b|under\\b)[\\p{L}]+)?)'
/** "A patient reports a pain level above 7", "a reading has a temperature over 8", "the weight is higher than 90". */
const entering: readonly RegExp[] = [
  `^(?:${people}|${article} [\\p{L}-]+) (?:reports?|enters?|records?|gives?|notes?|submits?|logs?|writes?(?: down)?|types?(?: in)?|sends?(?: in)?|measures?) (?:${article} )?${value}(?: of| that is| which is)? ${beyond} ${number}(?: [\\p{L}%]+)?$`,
  `^(?:${article} )${noun} (?:has|have|comes in with|arrives with) (?:${article} )?${value}(?: of| that is)? ${beyond} ${number}(?: [\\p{L}%]+)?$`,
  `^(?:${article} )?${value} (?:of|for|in) (?:${article} )?${noun} (?:is|are) ${beyond} ${number}(?: [\\p{L}%]+)?$`,
  `^(?:${article} )?${value} (?:is|are) ${beyond} ${number}(?: [\\p{L}%]+)?$`,
  `^(?:${article} )?${value}(?: (?:of|for|in) (?:${article} )?${noun})? (?<way>exceeds) ${number}(?: [\\p{L}%]+)?$`,
].map((source) => new RegExp(source, 'iu'))

/** Reads something that happens; "when" and the like are gone. */
export const readHappening = (text: string): Happening | undefined => {
  const said = text.trim().replace(/,$/, '')
  const entered = entering.map((pattern) => pattern.exec(said)?.groups).find(Boolean)
  if (entered)
    return {
      kind: 'crosses',
      thing: entered.thing ?? 'it',
      field: entered.field!,
      below: /below|under|beneath|less|lower|smaller/i.test(entered.way!),
      limit: entered.limit!,
      // What runs low does so over time.
      ...(/^(?:stock|quantity|count|copies|number|amount)\b/i.test(entered.field!) ? {} : { entered: true as const }),
    }
  const crossing =
    new RegExp(
      `^(?:${article} )?(?<field>[\\p{L}]+(?: [\\p{L}]+)?) (?:of|for|in) (?:${article} )?${noun} (?:falls?|drops?|goes|sinks?|gets?|is|runs?|rises?|climbs?|grows?) (?<way>below|under|beneath|less than|above|over|more than|beyond) ${number}(?: \\w+)?$`,
      'iu',
    ).exec(said) ??
    new RegExp(
      `^(?:${article} )?${noun}'s? (?<field>[\\p{L}]+(?: [\\p{L}]+)?) (?:falls?|drops?|goes|sinks?|gets?|is|rises?|climbs?|grows?) (?<way>below|under|beneath|less than|above|over|more than) ${number}(?: \\w+)?$`,
      'iu',
    ).exec(said) ??
    new RegExp(
      `^(?:${article} )?(?<field>[\\p{L}]+(?: [\\p{L}]+)?) (?:falls?|drops?|goes|sinks?|is|gets?|rises?|climbs?|grows?) (?<way>below|under|beneath|less than|above|over|more than) ${number}(?: \\w+)?$`,
      'iu',
    ).exec(said)
  if (crossing) {
    const { thing = 'it', field, way, limit } = crossing.groups!
    return { kind: 'crosses', thing, field: field!, below: /below|under|beneath|less/i.test(way!), limit: limit! }
  }
  const state =
    new RegExp(
      `^(?:${article} )?(?:status|state|stage) of (?:${article} )?${noun} (?:changes|is changed|moves|becomes|is set)(?: (?:to|into) ["“']?(?<to>[\\p{L}]+(?: [\\p{L}]+)?)["”']?)?$`,
      'iu',
    ).exec(said) ??
    new RegExp(
      `^(?:${article} )?(?:${noun}(?:'s)? )?(?:status|state|stage) (?:changes|is changed|moves|becomes|is set)(?: (?:to|into) ["“']?(?<to>[\\p{L}]+(?: [\\p{L}]+)?)["”']?)?$`,
      'iu',
    ).exec(said)
  if (state) {
    const { thing, to } = state.groups!
    return {
      kind: 'state',
      thing: thing && !/^(?:its|their|his|her)$/i.test(thing) ? thing : 'it',
      ...(to ? { to: toName(to.split(/\s+/)) } : {}),
    }
  }
  const changed = readChangedField(said)
  if (changed) return changed
  const done = new RegExp(
    `^(?<fresh>${article} new |new )?(?:${article} )?${noun} (?:is|are|was|were|gets?|has been|have been|becomes?|turns|has|have) (?:finally |successfully |newly |marked (?:as )?|set to |moved to )?(?<done>[\\p{L}]+(?: (?:up|in|out|off|over|back|down|away|progress|transit|hold))?)(?: (?:by|for|to|on|in|from|at|with) .+)?$`,
    'iu',
  ).exec(said)
  if (
    done &&
    /(?:ed|en|wn|id|nt|ld|lt|de|pt|ut|ay|un|ad|ne|ss|it|ld|st|ck|ready|due|late|open|overdue|available|full|empty|missing|broken)$/i.test(
      done.groups!.done!.split(' ')[0]!,
    )
  ) {
    const { thing, done: participle, fresh } = done.groups!
    if (/^(?:changed|updated|edited|modified)$/i.test(participle!)) return { kind: 'changed', thing: thing! }
    return { kind: 'done', thing: thing!, done: toName(participle!.split(/\s+/)), fresh: fresh !== undefined }
  }
  const arrives = new RegExp(
    `^(?:there (?:is|are) )?(?:${article} )?new ${noun}(?: (?:comes? in|arrives?|appears?|shows? up|exists|is there|is in|pops up|reaches us))?$`,
    'iu',
  ).exec(said)
  if (arrives) return { kind: 'created', thing: arrives.groups!.thing! }
  const comes = new RegExp(`^(?:${article} )?${noun} (?:comes? in|arrives?|appears?)$`, 'iu').exec(said)
  if (comes) return { kind: 'created', thing: comes.groups!.thing! }
  const deed = new RegExp(
    `^${people} (?<verb>[\\p{L}]+s|rate|like|book|order)(?: (?:on|to|for|in))? (?:${article} )?(?<fresh>new )?${noun}(?: (?:on|to|for|in|of|at|about|from|with) .+)?$`,
    'iu',
  ).exec(said)
  if (deed)
    return {
      kind: 'deed',
      verb: deed.groups!.verb!,
      thing: deed.groups!.thing!,
      fresh: deed.groups!.fresh !== undefined,
    }
  const alone = new RegExp(`^(?:${article} )?${noun} (?<verb>[\\p{L}]+s|change)$`, 'iu').exec(said)
  if (alone) {
    const { thing, verb } = alone.groups!
    return /^changes?$/i.test(verb!)
      ? { kind: 'changed', thing: thing! }
      : { kind: 'deed', verb: verb!, thing: thing!, fresh: false }
  }
  return undefined
}

const fieldWords = '(?<field>[\\p{L}]+(?: [\\p{L}]+){0,2}?)'
const changing =
  '(?<how>changes?|(?:is|are|was|were|gets?|has been|have been) (?:changed|updated|edited|modified|altered|adjusted)|(?<up>go(?:es)? up|rises?|increases?|climbs?|(?:is|are|was|gets?) (?:raised|increased))|(?<down>go(?:es)? down|falls?|drops?|sinks?|decreases?|(?:is|are|was|gets?) (?:lowered|reduced|cut|decreased)))'
const changers =
  '(?<how>changes|updates|edits|modifies|alters|adjusts|sets|(?<up>raises|increases)|(?<down>lowers|reduces|cuts|decreases))'

/** "The price of a product changes", "a product's price drops", "its price is changed", "somebody raises the price of a tool". */
const readChangedField = (said: string): Happening | undefined => {
  const found = [
    `^(?:${article} )?${fieldWords} (?:of|for) (?:${article} )?${noun} ${changing}$`,
    `^(?:${article} )?${noun}'s? ${fieldWords} ${changing}$`,
    `^(?:its|their) ${fieldWords} ${changing}$`,
    `^(?:the|an?) (?<field>[\\p{L}]+(?: [\\p{L}]+)?) ${changing}$`,
    `^(?:an?|the) ${noun} changes (?:its|their) ${fieldWords}$`,
    `^${people} ${changers} (?:${article} )?${fieldWords} (?:of|for|on) (?:${article} )?${noun}$`,
    `^${people} ${changers} (?:its|their) ${fieldWords}$`,
  ]
    .map((source) => new RegExp(source, 'iu').exec(said)?.groups)
    .find(Boolean)
  if (!found) return undefined
  const { thing, field, up, down } = found
  const way = up ? ({ way: 'up' } as const) : down ? ({ way: 'down' } as const) : {}
  // A word alone may be the thing itself: "the order changes".
  if (!thing && !/^(?:its|their)\b|\b(?:its|their) \S+(?: \S+)?$/i.test(said)) {
    return { kind: 'changed', thing: field!, ...way }
  }
  return { kind: 'changed', thing: thing ?? 'it', field: field!, ...way }
}
