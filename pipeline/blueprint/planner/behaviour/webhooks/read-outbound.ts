import { nounOfVerb } from '../between.ts'
import { numberOf, numberPattern } from '../terms/numbers.ts'

/** A number that comes to be on the other side of another: the stock, below 5. */
export type Passes = { field: string; sign: '<' | '<=' | '>' | '>='; value: number }

/** The world outside is told: where, when, about what. */
export type OutboundSpec = {
  /** A fixed address; without it those who subscribed are told. */
  url?: string
  /** "a parcel", "an order". */
  what: string
  /** What the deed is done to, where a deed was named: a course, of "when somebody enrols in a course". */
  to?: string
  /** `field`: one value of it, in the words that were said. */
  event: 'create' | 'update' | 'delete' | 'change' | { state: string } | { field: string } | Passes
  signed: boolean
  said: string
}

const address = '(https?:\\/\\/[^\\s,;"\'`)]+)'
const when = '(?:when(?:ever)?|each time|every time|as soon as|once|if|after|on)'
const hooks =
  "(?:(?:the |their |our |an? |all |each |every |registered |own |configured |given )*(?:web ?hooks?|callbacks?|call-?back urls?|urls?|endpoints?|subscribers?|subscribers' urls?|urls? of (?:the )?subscribers|subscribed urls?|subscriber urls?|listeners?))"
const told = '(?:is|are|gets?|should be|must be|will be) (?:told|notified|called|informed|pinged|posted to|hit)'
const tell =
  '(?:notify|tell|call|inform|ping|post(?: to)?|send (?:an? )?(?:post|request|call|notification|message|webhook|event|http request|post request)? ?(?:to)?|post (?:it|an? event|the \\p{L}+|an? update|a message) to|trigger|hit|fire)'
const patterns: readonly { pattern: RegExp; read: (f: RegExpExecArray) => { url?: string; event: string } }[] = [
  {
    pattern: new RegExp(
      `^(?:please )?${tell} (?:(?:our|the|an?|their) )?(?:[\\p{L}-]+ (?:[\\p{L}-]+ )?)?(?:(?:system|api|service) )?(?:at |on |via |under |with )?${address},? ${when} (.+)$`,
      'iu',
    ),
    read: (f) => ({ url: f[1]!, event: f[2]! }),
  },
  {
    pattern: new RegExp(
      `^${when} (.+?),? (?:then )?(?:we |the system |it )?(?:should |must |will )?${tell} (?:.{0,40}?)${address}$`,
      'iu',
    ),
    read: (f) => ({ url: f[2]!, event: f[1]! }),
  },
  {
    pattern: new RegExp(
      `^${address} (?:is|should be|must be|gets) (?:called|notified|told|informed|posted to) ${when} (.+)$`,
      'iu',
    ),
    read: (f) => ({ url: f[1]!, event: f[2]! }),
  },
  {
    pattern: new RegExp(
      `^(?:please )?(?:post|send|push|forward|submit|transmit)s? (?:all |every |each |any )?(new |created |changed |updated |deleted )?([\\p{L}-]+(?: [\\p{L}-]+)?) to ${address}$`,
      'iu',
    ),
    read: (f) => ({
      url: f[3]!,
      event: `${f[2]!} is ${{ changed: 'changed', updated: 'updated', deleted: 'deleted' }[(f[1] ?? '').trim().toLowerCase()] ?? 'created'}`,
    }),
  },
  { pattern: new RegExp(`^(?:please )?${tell} ${hooks},? ${when} (.+)$`, 'iu'), read: (f) => ({ event: f[1]! }) },
  {
    pattern: new RegExp(
      `^${when} (.+?),? (?:then )?(?:we |the system |it )?(?:should |must |will )?(?:${tell} ${hooks}|${hooks} ${told})$`,
      'iu',
    ),
    read: (f) => ({ event: f[1]! }),
  },
  { pattern: new RegExp(`^${hooks} ${told},? ${when} (.+)$`, 'iu'), read: (f) => ({ event: f[1]! }) },
  {
    pattern: new RegExp(
      `^(?:[\\p{L}-]+(?: [\\p{L}-]+)?) (?:can|may|should be able to) (?:register|add|subscribe|set up|configure|leave|enter|give) (?:with |their |an? |own )*(?:web ?hooks?|callback urls?|urls?)(?: (?:to be (?:told|notified|called)|that (?:is|are) (?:called|told|notified)))? ${when} (.+)$`,
      'iu',
    ),
    read: (f) => ({ event: f[1]! }),
  },
  {
    pattern:
      /^(?:[\p{L}-]+(?: [\p{L}-]+)?) (?:can |may |should be able to )?(?:subscribe to|register (?:an? |their )?(?:web ?hooks?|urls?) for|add (?:an? )?web ?hooks? for) (?:an? |the |all )?(.+?)(?: (?:with|by|through|using|via|by giving) (?:an? |their |its )?(?:own )?(?:web ?hooks?|urls?|callback urls?))?$/iu,
    read: (f) => ({ event: f[1]! }),
  },
  {
    pattern:
      /^(?:[\p{L}-]+(?: [\p{L}-]+)?) (?:can |may )?(?:register|leave|give|enter|add|set|provide|store) (?:us )?(?:an? |their |the )?(?:own )?(?:callback |web ?hook )?(?:urls?|address(?:es)?|web ?hooks?|endpoints?) (?:for|to|with|of) (?:an?|the|each|their|every) ([\p{L}-]+(?: [\p{L}-]+)?),? (?:and|which|that|where|so that|to)(?: they| it)? (?:are|is|be|get|gets) (?:then )?(?:told|notified|called|informed|pinged)(?: there| at it| by post)* (?:when|whenever|each time|every time|if|as soon as|once) (.+)$/iu,
    read: (f) => ({
      event: f[2]!
        .replace(/^its (?=status|state|stage)/i, `${f[1]!}'s `)
        .replace(/^its (?=[\p{L} -]{2,40}? (?:changes|is changed|is updated)$)/iu, `${f[1]!}'s `)
        .replace(/^(?:it|this) (?=[\p{L}])/iu, `${f[1]!} `),
    }),
  },
  {
    pattern: /^(?:outgoing |outbound )?web ?hooks? (?:for|on|when|whenever|about|to subscribers (?:when|on)) (.+)$/iu,
    read: (f) => ({ event: f[1]! }),
  },
  {
    pattern:
      /^(?:add|support|offer|provide|have|with|we (?:want|need)|i (?:want|need)) (?:outgoing |outbound )?web ?hooks? (?:for|on|when|whenever|about) (.+)$/iu,
    read: (f) => ({ event: f[1]! }),
  },
]

/** Reads a sentence about telling the world outside, or returns undefined. */
export const readOutbound = (sentence: string): OutboundSpec | undefined => {
  const signed = /\b(?:signed|signature|hmac)\b/i.test(sentence)
  const said = sentence
    .trim()
    .replace(/[.]+$/, '')
    .replace(
      /,? (?:and )?(?:signed|with an? (?:hmac )?signature)(?: (?:with|by) (?:an? |the |their )?(?:shared )?secret)?$/i,
      '',
    )
  const subscribing = /\bsubscribe to\b/i.test(said)
  if (subscribing && !/\b(?:urls?|web ?hooks?|callback)\b/i.test(said)) return undefined
  for (const { pattern, read } of patterns) {
    const found = pattern.exec(said)
    if (!found) continue
    const { url, event } = read(found)
    const meant = eventOf(event)
    if (meant) return { ...(url ? { url: url.replace(/[.]+$/, '') } : {}), ...meant, signed, said: sentence }
  }
  return undefined
}

const deed =
  /^(?:[\p{L}-]+ )?[\p{L}-]+ (?<verb>[\p{L}]+s(?: up)?)(?: (?:in|for|to|on|at|with))?(?: (?:an?|the|one of the|their|some|any) (?<to>[\p{L}-]+(?: [\p{L}-]+)?))?$/iu

/** "The stock of a product is below 5", "a sensor's temperature rises above 30". */
const passes = new RegExp(
  `^(?:(?:the |an? )?(?<field>[\\p{L}-]+(?: [\\p{L}-]+)?) of (?:an?|the|any|one) (?<of>[\\p{L}-]+)|(?:the|an?) (?<whose>[\\p{L}-]+)['’]s (?<its>[\\p{L}-]+)) (?:is|are|falls?|drops?|goes|go|sinks?|rises?|climbs?|gets?|comes?) (?<sign>below|under|above|over|less than|fewer than|more than)(?<or> or (?:equal to|at))? (?<value>${numberPattern})(?: [\\p{L}]+)?$`,
  'iu',
)

const eventOf = (said: string): Pick<OutboundSpec, 'what' | 'to' | 'event'> | undefined => {
  const level = passes.exec(said)?.groups
  const value = level && numberOf(level.value!)
  if (level && value !== undefined) {
    const below = /below|under|less|fewer/i.test(level.sign!)
    const sign = /or|least|most/i.test(level.or ?? '') ? (below ? '<=' : '>=') : below ? '<' : '>'
    return { what: (level.of ?? level.whose)!, event: { field: (level.field ?? level.its)!, sign, value } }
  }
  const text = said.trim().replace(/^(?:an?|the|any|their|each|every|one of the|one of their|some)\s+/i, '')
  const noun = "([\\p{L}'-]+(?: [\\p{L}'-]+){0,2}?)"
  const status = new RegExp(
    `^(?:(?:status|state|stage) of (?:an?|the|their|each) ${noun}|${noun}(?:'s|s')? (?:status|state|stage)) (?:changes|is changed|is updated|moves)$`,
    'iu',
  ).exec(text)
  if (status) return { what: (status[1] ?? status[2])!.replace(/'s$/, ''), event: { field: 'status' } }
  const field =
    /^(?:(?<field>[\p{L}]+(?: [\p{L}]+){0,2}?) of (?:an?|the|their|each|every|any) (?<of>[\p{L}-]+(?: [\p{L}-]+)?)|(?<whose>[\p{L}-]+(?: [\p{L}-]+)?)'s? (?<its>[\p{L}]+(?: [\p{L}]+){0,2}?)|(?<one>[\p{L}-]+(?: [\p{L}-]+)?) changes (?:its|their) (?<what>[\p{L}]+(?: [\p{L}]+)?)) ?(?:changes|is changed|is updated|is edited|moves|(?<=changes (?:its|their) .*))$/iu.exec(
      text,
    )?.groups
  if (field) {
    const what = (field.of ?? field.whose ?? field.one)!
    return { what, event: { field: (field.field ?? field.its ?? field.what)! } }
  }
  const changed = new RegExp(
    `^${noun} (?:changes?(?: (?:its|their) (?:status|state))?|is (?:changed|updated|edited|modified)|are (?:changed|updated)|gets (?:changed|updated)|moves|has changed)$`,
    'iu',
  ).exec(text)
  if (changed) return { what: changed[1]!, event: 'update' }
  const made = new RegExp(
    `^(?:new )?${noun} (?:is|are|was|has been|gets) (?:created|added|placed|made|opened|registered|submitted|posted|entered|received|booked)$`,
    'iu',
  ).exec(text)
  if (made) return { what: made[1]!.replace(/^new /i, ''), event: 'create' }
  const arrives = new RegExp(`^new ${noun}(?: (?:arrives?|comes in|appears))?$`, 'iu').exec(text)
  if (arrives) return { what: arrives[1]!, event: 'create' }
  const gone = new RegExp(`^${noun} (?:is|are|was|gets) (?:deleted|removed)$`, 'iu').exec(text)
  if (gone) return { what: gone[1]!, event: 'delete' }
  const state = new RegExp(`^${noun} (?:is|are|was|has been|gets|becomes|goes|turns) ([\\p{L}-]+)$`, 'iu').exec(text)
  if (state) return { what: state[1]!, event: { state: state[2]!.toLowerCase() } }
  const changes = new RegExp(
    `^(?:(?:all|any|every) )?(?:changes?|updates?) (?:of|to|in|on) (?:an?|the|all|their)? ?${noun}$|^${noun} (?:changes?|updates?|events?)$`,
    'iu',
  ).exec(text)
  if (changes) return { what: (changes[1] ?? changes[2])!, event: 'change' }
  const { verb, to } = deed.exec(text)?.groups ?? {}
  const row = nounOfVerb(verb)
  if (row) return { what: row, ...(to ? { to } : {}), event: 'create' }
  const alone = new RegExp(`^${noun}$`, 'iu').exec(text)
  return alone ? { what: alone[1]!, event: 'change' } : undefined
}
