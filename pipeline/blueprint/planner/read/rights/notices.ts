import { allOperations, type Operation } from '../../lexicon/verbs.ts'
import { splitItems } from '../items.ts'
import { looseWho, readWho, type Who } from '../people.ts'
import type { Reader } from '../reader.ts'
import { readThingList } from '../thing-list.ts'
import { beginsActive, readActive } from './active.ts'
import { isPassiveRight } from './passive.ts'
import { everybodyMay, pushAccess } from './push.ts'
import { readPrivate } from './states.ts'
import { plainWording } from './wordings.ts'

const reading: readonly Operation[] = ['list', 'read']
const writing: readonly Operation[] = ['create', 'update', 'delete']

/** Nouns and gerunds that stand for operations: "write access", "deleting", "posting". */
const rights: readonly (readonly [RegExp, readonly Operation[]])[] = [
  [
    /^(?:full|all|complete|everything|anything|total|unrestricted|crud|admin(?:istration)?|read(?:ing)?[ /-](?:and )?(?:write|writing)|rw|manag(?:e|ing|ement)|maintenance|maintaining)$/,
    allOperations,
  ],
  [
    /^(?:read(?:s|ing|-only| only)?|view(?:s|ing|-only| only)?|brows(?:e|ing)|see(?:ing)?|look(?:ing)?|list(?:s|ing)?|get|search(?:ing)?|r)$/,
    reading,
  ],
  [/^(?:writ(?:e|es|ing)|edit(?:ing)? rights|w|changes?|changing)$/, writing],
  [
    /^(?:creat(?:e|es|ing|ion)|add(?:s|ing)?|post(?:s|ing)?|submit(?:ting)?|submissions?|enter(?:ing)?|new entries|c)$/,
    ['create'],
  ],
  [/^(?:edit(?:s|ing)?|updat(?:e|es|ing)|modify(?:ing)?|modifications?|u)$/, ['update']],
  [/^(?:delet(?:e|es|ing|ion)|remov(?:e|es|al|ing)|d)$/, ['delete']],
]

/** The operations that a phrase of nouns names ("create, read and update"), or nothing where a word is none. */
const opsOf = (phrase: string): readonly Operation[] | undefined => {
  const words = phrase
    .toLowerCase()
    .replace(/\b(?:access|rights?|permissions?|privileges|only|of|to)\b|[.]/g, ' ')
    .split(/\s*(?:,|\/|\+|&|\band\b|\bor\b)\s*/)
    .map((word) => word.trim())
    .filter(Boolean)
  const found = words.map((word) => rights.find(([pattern]) => pattern.test(word))?.[1])
  return words.length > 0 && found.every((ops) => ops !== undefined)
    ? [...new Set(found.flatMap((ops) => ops!))]
    : undefined
}

const people = (said: string): Who | undefined =>
  readWho(said.replace(/^(?:for|to|by)\s+/i, '').replace(/\s+only$|^only\s+/i, ''))

/** True for a line such as "Homework: students hand in ...", "editors: create and update articles" or "visitors: read only". */
export const isRightsTable = (text: string): boolean => {
  const titled = /^[^:(]{2,40}:\s+(.+)$/s.exec(text)
  if (titled && beginsActive(titled[1]!)) return true
  const found = /^([^:(]{2,30}):\s*([^:]{2,80})$/.exec(text)
  if (!found || !readWho(found[1]!)) return false
  return readEntry(text) !== undefined || isDeed(found[2]!)
}

/** "create and update articles", "can see all", "everything". */
const isDeed = (text: string): boolean =>
  /^(?:(?:can|may)\s|(?:see|view|read|create|add|edit|update|change|delete|remove|manage|approve|write|publish|post|submit)s?\s(?!at\b|on\b|by\b|date\b)\S)/i.test(
    text,
  )

/** True for a whole clause that is a right and looks like something else: "deleting is for admins", "to post one must log in". */
export const isPlainRight = (text: string): boolean =>
  text.length < 300 &&
  mayBeRight.test(text) &&
  (/^(?:the |our )?lists? of .{2,40} (?:is|are|should be) (?:open|public|visible|private|readable)\b/i.test(text) ||
    isPassiveRight(text) ||
    described.test(text) ||
    gerund.test(text) ||
    needsLogin.test(text) ||
    noLoginFor.test(text) ||
    plainWording(text) !== text)

/** "courses with a name and a price are public". */
const described = /^[\p{L}-]+ with .{3,120} (?:is|are) (?:public|private|secret|confidential)$/iu

const mayBeRight = /\b(?:log|sign|account|registr|regist|login|be|only|is|are|needs?|requires?|one)\w*\b/i

/** True for a line of its own that says who may do what, among lines that name fields. */
export const isRight = (text: string): boolean =>
  text.length < 300 && (beginsActive(text) || isNotice(text) || isPlainRight(text) || isRightsTable(text))

/** True where a text begins with rights said in nouns, for the middle of a sentence. */
export const isNotice = (text: string): boolean =>
  /^(?:public(?:ly)? (?:to (?:read|view|see)|read|readable|visible)|open (?:to|for) (?:everyone|all|reading)|(?:no )?(?:log-?in|login|account|sign-?in|sign-?up|registration|auth(?:entication)?)s? (?:is |are )?(?:needed|required|necessary|for)|read(?:ing)?(?:-| )?(?:only|access)? (?:for|by|to) |write access|(?:staff|members?|admins?|team|users?|employees|internal use) only\b|private (?:to|for)|private by default|private$|only for |(?:visible|readable|editable|writable|viewable) (?:only )?(?:to|by|for) |(?:deleting|editing|writing|posting|changing|adding|creating|reading|deletion) (?:needs|requires|is |only|for))/i.test(
    text,
  )

/** Rights said with nouns and without a verb: "staff only", "public read, admin write", "login required to post". */
export const readNotice = (text: string, reader: Reader): boolean =>
  readLine(text, reader) ||
  readOnlyFor(text, reader) ||
  readTeamOnly(text, reader) ||
  readTable(text, reader) ||
  readLoginFor(text, reader) ||
  readNeeds(text, reader)

const push = (reader: Reader, who: Who, ops: readonly Operation[], object: string): void => {
  const reads = ops.every((op) => reading.includes(op))
  const open = who.names.includes('everyone')
  // "write access for editors" keeps others from writing; "read access for guests" opens.
  const only = who.only || (!open && !reads)
  writeRight(reader, { ...who, only, limited: reads && !open }, ops, object)
  if (!open) reader.facts.push({ kind: 'accounts', on: true })
}

/** "curators: create and update artworks". */
const readLine = (text: string, reader: Reader): boolean => {
  const found = /^([^:(]{2,30}):\s*([^:]{2,80})$/.exec(text)
  if (!found || !readWho(found[1]!) || readEntry(text) || !isDeed(found[2]!)) return false
  reader.facts.push({ kind: 'accounts', on: true })
  return readActive(`${found[1]} can ${found[2]!.replace(/^(?:can|may)\s+/i, '')}`, reader)
}

/** "write access for registered users": they add, and change or delete what is theirs. */
const writeRight = (reader: Reader, who: Who, ops: readonly Operation[], object: string): void => {
  const crowd = who.names.every((name) => name === 'user' || name === 'signed')
  const own: readonly Operation[] =
    crowd && ops.includes('create') && !ops.includes('read') ? ops.filter((op) => op !== 'create') : []
  pushAccess(
    reader,
    who,
    false,
    ops.filter((op) => !own.includes(op)),
    object,
    'all',
  )
  if (own.length > 0) pushAccess(reader, { ...who, only: true }, false, own, object, 'own')
}

/** "staff only", "for members only", "only for the team", "internal use only". */
const readOnlyFor = (text: string, reader: Reader): boolean => {
  const found =
    /^(?:(?:it|this|everything|all of this) (?:is|should be) )?(?:(?:strictly |just )?(?:only )?for )?(?:the |our )?([\p{L}-]+(?: [\p{L}-]+)?)(?: (?:use|eyes|access))? only$|^(?:(?:it|this|everything) (?:is|should be) )?(?:only|just|exclusively) for (?:the |our )?([\p{L}-]+(?: [\p{L}-]+)?)$/iu.exec(
      text,
    )
  const said = found?.[1] ?? found?.[2]
  if (!said || opsOf(said)) return false
  if (
    /^(?:internal(?:ly)?|in-house|team|company|office|family|logged-in users?|signed-in users?|users?|members)$/i.test(
      said,
    )
  )
    return readPrivate('the team', 'everything', reader)
  const who = readWho(said)
  if (!who || who.names.some((name) => name === 'everyone' || name === 'nobody' || name === 'we')) return false
  push(reader, { ...who, only: true }, allOperations, 'everything')
  return true
}

/** "private to the team", "internal to our company". */
const readTeamOnly = (text: string, reader: Reader): boolean => {
  const found =
    /^(?:(.{2,40}?),?\s+)?(?:strictly )?(?:private|internal|confidential|restricted|limited)(?: (?:to|for|within|inside) (.+))$/i.exec(
      text,
    )
  if (!found || /\b(?:are|is|be|was|deleting|editing|adding)\b/i.test(found[1] ?? '')) return false
  return !found[1] && readPrivate(found[2], 'everything', reader)
}

/** "public read, admin write", "read access for all, write access for members", "editors: create and edit". */
const readTable = (text: string, reader: Reader): boolean => {
  const whole = readEntry(text)
  const parts = whole
    ? [text]
    : text.split(/\s*[,;]\s*(?:and\s+|but\s+)?|\s+(?:and|but)\s+(?=\S+ (?:read|write|edit|create|delete|full|only))/i)
  const entries = parts.map(readEntry)
  if (!entries.every((entry) => entry !== undefined)) return false
  for (const { who, ops } of entries as { who: Who; ops: readonly Operation[] }[]) push(reader, who, ops, 'everything')
  return true
}

const readEntry = (part: string): { who: Who; ops: readonly Operation[] } | undefined => {
  const text = part
    .replace(/^(?:and|but|with)\s+/i, '')
    .replace(/\s+is (?:allowed|granted|possible|enough)\b|\s+(?:is|are)(?= (?:for|open))/i, '')
    .trim()
  const colon = /^([^:]{2,30}):\s*(.{1,60})$/.exec(text)
  if (colon) {
    const who = people(colon[1]!)
    const ops = opsOf(colon[2]!)
    if (who && ops) return { who: { ...who, limited: true }, ops }
    const turned = people(colon[2]!)
    const named = opsOf(colon[1]!)
    return turned && named ? { who: turned, ops: named } : undefined
  }
  const forWhom = /^(.{2,40}?)\s+(?:only )?(?:for|to|by)\s+(.{2,50})$/i.exec(text)
  if (forWhom) {
    const who = people(forWhom[2]!)
    const ops = opsOf(forWhom[1]!.replace(/\bopen\b/i, ''))
    if (who && ops)
      return {
        who: { ...who, ...(/^(?:reads?-?\s?only|view(?:ing)? only)/i.test(forWhom[1]!) ? { limited: true } : {}) },
        ops,
      }
  }
  const words = text.split(/\s+/)
  for (let at = 1; at < Math.min(4, words.length); at += 1) {
    const who = people(words.slice(0, at).join(' '))
    const rest = words.slice(at).join(' ')
    const ops = /^(?:read|write|edit|view|create|delete|full|admin)\b/i.test(rest) ? opsOf(rest) : undefined
    if (who && ops && !/^(?:i|we|they|users?|people)$/i.test(words[0]!)) return { who, ops }
  }
  return undefined
}

const login =
  '(?:(?:an? |the )?(?:user )?(?:account|log-?in|login|sign-?in|sign-?up|registration|authentication|logging in|signing in|signing up)|to (?:be )?(?:log(?:ged)?|sign(?:ed)?)[- ]?in|to (?:log|sign)[- ]?(?:in|up)|be (?:logged|signed)[- ]?in)'
const needsLogin = new RegExp(
  `^(?:(?:but|and)\\s+)?${login}\\s+(?:is |are )?(?:needed|required|necessary|mandatory)(?: only)?\\s+(?:for|to|in order to|when|before)\\s+(.+)$|^(?:you|one|people|users|they|only)?\\s*(?:need|needs|must|have|has|require|requires)\\s+(?:to have\\s+)?${login}\\s+(?:for|to|in order to|before)\\s+(.+)$|^(?:log|sign) in to\\s+(.+)$`,
  'i',
)
const noLoginFor = new RegExp(
  `^(?:(?:but|and)\\s+)?(?:no|without(?: an?)?)\\s+${login}\\s*(?:is |are )?(?:needed|required|necessary)?\\s+(?:for|to|in order to|when)\\s+(.+)$|^(?:you|one|people|users|they)?\\s*(?:do|does)? ?(?:not|no) (?:need|require|have)\\s+${login}\\s+(?:for|to|in order to)\\s+(.+)$|^(reading|viewing|browsing|looking|searching)(?: \\S+)? (?:does not need|needs no|requires no|does not require|works without|is possible without)(?: an?)? ${login}$`,
  'i',
)

/** "login needed for writing", "you need an account to add one", "no account needed to read". */
const readLoginFor = (text: string, reader: Reader): boolean => {
  const free = noLoginFor.exec(text)
  const bound = free ? null : needsLogin.exec(text)
  const said = (free ?? bound)?.slice(1).find(Boolean)
  if (!said) return false
  const [first = '', ...rest] = said.trim().split(/\s+/)
  const ops = opsOf(said) ?? opsOf(first)
  if (!ops) return false
  const object =
    opsOf(said) || /^(?:one|it|them|any|anything|something|ones|things)$/i.test(rest.join(' ')) ? '' : rest.join(' ')
  const target = object === '' && opsOf(said) ? 'everything' : object
  if (/\([^)]*\)/.test(object)) readThingList(object, reader, 'named')
  if (free) {
    pushAccess(reader, everybodyMay, false, ops, target, 'all')
    return true
  }
  // "login required for everything" gives nobody a right: it only keeps those out who have no account.
  if (target === 'everything' && ops.length === allOperations.length)
    pushAccess(reader, everybodyMay, true, allOperations, 'everything', 'all')
  else writeRight(reader, { names: ['signed'], only: true, not: false }, ops, target)
  reader.facts.push({ kind: 'accounts', on: true })
  return true
}

const gerund =
  /^(?:(?:but|and)\s+)?((?:creat|add|edit|updat|chang|delet|remov|publish|approv|post|writ|read|view|brows|manag|modify|enter)ing|creation|deletion|removal|access|write access|read access)(?:(?: and| or|,) ((?:creat|add|edit|updat|chang|delet|remov|publish|writ)ing))?(?: (?:of )?(.{2,40}?))?\s+(?:needs?|requires?|is (?:only )?(?:for|reserved (?:for|to)|limited to|restricted to|up to|done by|allowed (?:for|to)|possible for|a matter for|open to|left to|the job of)|(?:are|is) (?:only )?(?:for|reserved for|allowed for)|takes)\s+(.+)$/i

/** "deleting needs an admin", "editing is reserved for managers". */
const readNeeds = (text: string, reader: Reader): boolean => {
  const found = gerund.exec(text)
  if (!found) return false
  const said = found[4]!
    .replace(/^(?:an?|the)\s+/i, '')
    .replace(/\s+(?:role|rights|account|permission|privileges)s?$/i, '')
    .replace(/\s+only$/i, '')
  const who = readWho(said) ?? looseWho(said)
  const ops = [found[1]!, found[2]].flatMap((word) =>
    word
      ? (opsOf(word) ??
        (/access/.test(word) ? allOperations : /publish|approv/.test(word) ? (['update'] as const) : []))
      : [],
  )
  if (!who || ops.length === 0) return false
  const object =
    found[3] && !/^(?:them|it|anything|everything|things)$/i.test(found[3])
      ? splitItems(found[3])[0]!
      : found[3] && /^(?:them|it)$/i.test(found[3])
        ? ''
        : 'everything'
  pushAccess(reader, { ...who, only: !who.names.includes('everyone') }, false, ops, object, 'all')
  return true
}
