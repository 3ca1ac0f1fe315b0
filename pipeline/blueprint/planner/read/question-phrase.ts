import { plural, toName } from '../language/words.ts'
import type { FieldSpec } from './field-spec.ts'

type Found = Partial<FieldSpec> & { words: string }

const subject = '(?:it|they|he|she|this|that|one|you|we|i|someone|the \\S+|an? \\S+|each \\S+|[\\p{L}-]+s)'
const named = subject.replace('(?:', '(')
const yesNo = new RegExp(
  `^(?:an?\\s+)?(?:(?:flag|boolean|bool|checkbox|toggle|marker|indicator|field|information|yes\\/no)\\s+)?(?:(?:for|saying|telling|indicating|to (?:mark|say|show)|showing|that (?:says|tells|shows)|about|on)\\s+)?(?:whether|if)(?:\\s+or\\s+not)?\\s+(?:${named}\\s+)??(is|are|was|were|has been|have been|had been|has|have|had|can|should|must|needs? to be|need|needs|does|do|got|wants?|likes?|accepts?|allows?|requires?|includes?|offers?|supports?|speaks?|drives?|owns?)\\s+(.+)$`,
  'iu',
)
const bareYesNo = new RegExp(`^(?:whether|if)(?:\\s+or\\s+not)?\\s+(?:${subject}\\s+)?(.+)$`, 'iu')
const when = new RegExp(
  `^when\\s+(?:${subject}\\s+)?(?:(?:is|was|were|are|has been|have been|will be|should be)\\s+)?(.+)$`,
  'iu',
)
const howMany =
  /^how many\s+(.+?)(?:\s+(?:it|they|he|she|there|are|is|we|the|have|has|i|you|can|people|were|was|left|fit)\b.*)?$/i
const agents: Readonly<Record<string, string>> = {
  wrote: 'author',
  writes: 'author',
  made: 'creator',
  created: 'creator',
  added: 'creator',
  owns: 'owner',
  borrowed: 'borrower',
  has: 'holder',
  holds: 'holder',
  leads: 'leader',
  organizes: 'organizer',
  organises: 'organizer',
  sent: 'sender',
  teaches: 'teacher',
  runs: 'organizer',
  directed: 'director',
  painted: 'artist',
  sings: 'artist',
  manages: 'manager',
  paid: 'paid_by',
  spotted: 'spotted_by',
  reported: 'reporter',
  hosts: 'host',
  drives: 'driver',
  does: 'done_by',
  makes: 'made_by',
  brings: 'brought_by',
  buys: 'bought_by',
  takes: 'taken_by',
  gives: 'given_by',
  pays: 'paid_by',
  keeps: 'kept_by',
  cooks: 'cook',
}

/** "Who cleans it" is known as cleaned by. */
const participle = (verb: string): string => {
  const base = /[^s]s$/.test(verb) ? verb.replace(/ies$/, 'y').replace(/(?<=sh|ch|x|ss)es$|s$/, '') : undefined
  if (!base) return verb.replace(/ing$/, 'ed')
  return /[^aeiou]y$/.test(base) ? `${base.slice(0, -1)}ied` : base.endsWith('e') ? `${base}d` : `${base}ed`
}
const measures: Readonly<Record<string, readonly [string, string]>> = {
  much: ['price', 'decimal'],
  long: ['duration', 'int'],
  old: ['age', 'int'],
  tall: ['height', 'float'],
  big: ['size', 'string'],
  large: ['size', 'string'],
  heavy: ['weight', 'float'],
  far: ['distance', 'float'],
  often: ['frequency', 'string'],
  hard: ['difficulty', 'string'],
  difficult: ['difficulty', 'string'],
  spicy: ['spiciness', 'int'],
  good: ['rating', 'int'],
  high: ['height', 'float'],
  deep: ['depth', 'float'],
  fast: ['speed', 'float'],
  hot: ['temperature', 'float'],
}
const adverb = /^(?:already|still|currently|yet|now|ever|always|actually|really|fully|also|being|an?|the)\s+/i
const tail = /\s+(?:or not|yet|already|now|at the moment|right now|currently|or no|anymore|at all)$/i

/** Reads "whether they are vaccinated", "when it was planted", "how many seats it has", "who wrote it", "where it is". */
export const readQuestion = (phrase: string): Found | undefined => {
  const text = phrase.trim()
  const bool = yesNo.exec(text)
  if (bool) {
    const told = flag(bool[2]!.toLowerCase(), bool[3]!)
    const of = /^the (?!item|thing|user|person|record|entry)([\p{L}-]+)$/iu.exec(bool[1] ?? '')?.[1]
    return of && /^\w+(?:ed|en|id|un|ent|aid|eft|ade)$/.test(told.name ?? '')
      ? { ...told, name: toName([of, told.name!]) }
      : told
  }
  if (/^what\s+(?:i|we|they|he|she|it|you)\s+(?:paid|pays?|costs?)\b/i.test(text))
    return { words: 'price', name: 'price', type: 'decimal', typed: true, min: 0 }
  const bare = bareYesNo.exec(text)
  const passive = bare
    ? /^([\p{L}]+(?: [\p{L}]+)?)\s+(?:is|are|was|were|has been|have been)\s+([\p{L}]+(?: [\p{L}]+)?)$/iu.exec(bare[1]!)
    : null
  if (passive) return flag('', `${passive[1]} ${passive[2]}`)
  if (bare) return flag('', bare[1]!)
  const many = howMany.exec(text)
  if (many)
    return {
      words: many[1]!,
      name: toName(
        /\sper\s/i.test(many[1]!)
          ? many[1]!.split(' ')
          : [many[1]!.split(' ').slice(0, -1).join(' '), plural(many[1]!.split(' ').at(-1)!.toLowerCase())],
      ),
      type: 'int',
      typed: true,
      min: 0,
    }
  const how = /^how\s+(\w+)\b(.*)$/i.exec(text)
  const measure = how && Object.hasOwn(measures, how[1]!.toLowerCase()) ? measures[how[1]!.toLowerCase()] : undefined
  if (how && measure) {
    const weighs = /weigh/i.test(how[2]!)
    const span = /\bin\s+(seconds|minutes|hours|days|weeks|months|years)$/i.exec(how[2]!)?.[1]?.toLowerCase()
    return {
      words: text,
      name: weighs ? 'weight' : span && measure[0] === 'duration' ? `duration_${span}` : measure[0],
      type: weighs ? 'float' : measure[1],
      typed: true,
      ...(measure[1] === 'string' ? {} : { min: 0 }),
    }
  }
  const the =
    /^(?:the\s+)?(?:exact\s+)?(time|date|day|moment|year)\s+(?:when\s+|that\s+|at which\s+|on which\s+)?(?:it|they|he|she|we|i|the \S+)\s+(?:(?:is|was|were|are|has been|have been|will be|got)\s+)?([\p{L}]+(?: (?:back|in|out|off|up|down))?)(?:\s+(?:it|them))?$/iu.exec(
      text,
    )
  if (the) {
    const unit = the[1]!.toLowerCase()
    if (unit === 'year') return { words: text, name: toName([the[2]!, 'year']), type: 'int', typed: true }
    return unit === 'date' || unit === 'day'
      ? { words: text, name: toName([the[2]!, 'on']), type: 'date', typed: true }
      : { words: text, name: toName([the[2]!, 'at']), type: 'datetime', typed: true }
  }
  const time = when.exec(text)
  if (time) return moment(time[1]!)
  const who = /^who\s+(?:has\s+|is\s+)?(\w+)\b/i.exec(text)
  if (who) {
    const verb = who[1]!.toLowerCase()
    return {
      words: text,
      name: Object.hasOwn(agents, verb) ? agents[verb]! : toName([participle(verb), 'by']),
      type: 'string',
    }
  }
  if (/^where\b/i.test(text)) return { words: 'location', name: 'location', type: 'string' }
  const what = /^(?:what|which)\s+(?:kind|type|sort)s?\s+of\b/i.test(text)
    ? 'type'
    : /^(?:what|which)\s+([\p{L}-]+)\b(?:\s+(?:it|they|is|are|the|we|he|she).*)?$/iu.exec(text)?.[1]
  if (what && !/^(?:it|they|is|are|was)$/i.test(what)) return { words: what, name: toName([what]) }
  if (/^why\b/i.test(text)) return { words: 'reason', name: 'reason', type: 'text' }
  return undefined
}

const flag = (verb: string, state: string): Found => {
  let words = state.trim()
  for (let i = 0; i < 3; i += 1) words = words.replace(adverb, '').replace(tail, '').trim()
  words = words.replace(/\s+(?:it|them|him|her|this|that)$/i, '')
  const keep = /^(?:has|have|had)$/.test(verb)
    ? 'has'
    : verb === 'can'
      ? 'can'
      : /^needs?$/.test(verb)
        ? 'needs'
        : /^(?:is|are|was|were|has been|have been|had been|should|must|needs? to be|does|do|got|)$/.test(verb)
          ? ''
          : `${verb.replace(/s$/, '')}s`
  const participle =
    keep === 'has' &&
    /^(?:\w+(?:ed|en)|read|done|bought|paid|sold|sent|made|met|left|lost|won|kept|told|found|heard|tried|built|begun)$/.test(
      words,
    )
      ? ''
      : keep
  const name = toName([
    participle,
    ...words
      .split(/\s+/)
      .filter((word) => !/^(?:an?|the|to|be|been)$/i.test(word) || /^to$/i.test(word))
      .slice(0, 4),
  ]).replace(/^be_/, '')
  return { words: words.slice(0, 60), name, type: 'bool', typed: true }
}

const moment = (state: string): Found => {
  const words = state
    .replace(/\s+(?:by|at|on|for|in)?\s*(?:it|them|the \w+|me|us|him|her)$/i, '')
    .trim()
    .split(/\s+/)
  const verb = words.at(-1)!.toLowerCase()
  if (/^expires?$/.test(verb)) return { words: state, name: 'expires_at', type: 'datetime', typed: true }
  if (verb === 'due') return { words: state, name: 'due_date', type: 'date' }
  if (verb === 'born') return { words: state, name: 'born_on', type: 'date' }
  return { words: state, name: toName([verb, 'at']), type: 'datetime', typed: true }
}
