import { isPeople, isProgram } from '../behaviour/keys/read-keys.ts'
import { device } from '../lexicon/devices.ts'
import type { Statement } from './statements.ts'
import { plural, sentence, singularPhrase, withArticle } from './words.ts'

const key =
  '(?:an? |its |their |one |the |each )?(?:(?:own|unique|separate|personal) )*(?<kind>(?:secret |api[- ]?|access |device |auth )+)?(?:key|token)s?(?: of (?:its|their) own)?'
const withKey = `,? (?:(?:each|all) )?(?:and (?:authenticate|sign in|identify)s?(?: (?:itself|themselves))? (?:with|by)|(?:authenticated|identified|protected|secured|signed in) (?:by|with)|with|using|by|via|through) ${key}`
const often = '(?: (?:every|each|once|twice) [\\p{L}\\d ]+?| (?:automatically|regularly|hourly|daily|continuously))?'
const noun =
  "[\\p{L}'-]+(?: (?!(?:and|with|has|have|gets?|needs?|can|may|should|must|will|shall|is|are|also|only)\\b)[\\p{L}-]+)?"
const all = '(?:(?:the|an?|each|every|all|our|new|any) )*'
const may =
  '(?:(?:can|may|should|must|will|shall|(?:is|are) (?:only )?allowed to|(?:is|are) able to) )?(?:only |also |just )*'
const posts = '(?:post|send|report|submit|push|upload|deliver|record|transmit|log|publish|write)s?'
const reads =
  '(?:read|see|list|look up|looks up|check|query|queries|fetch|fetches|get|verify|verifies|view|look at|looks at|pull)s?'
const nothingElse =
  '(?:,? (?:and|but) (?:may |can )?(?:(?:do |see |read )?nothing (?:else|more)|not(?:hing)? anything else|no more))?(?: only)?'

/** "Each lift's gate has an API key and may only read passes". */
const has = new RegExp(
  `^(?:${all}(?<owner>${noun}?)'s? )?${all}(?<who>${noun}) (?:has|have|gets?|needs?|is given|are given|receives?) ${key}(?:,? (?:and|but) (?<rest>.+)|,? with which (?:it|they) (?<which>.+))?$`,
  'iu',
)
/** "Each silo has a scale with an API key", "a scale in each beehive sends its weight with its own key". */
const partWithKey = new RegExp(
  `^(?:each|every|all) (?<owner>${noun}) (?:has|have|gets?|contains?) (?:an?|one) (?<who>${noun}) (?:with|that has|which has) ${key}$`,
  'iu',
)
const partDoes = new RegExp(
  `^(?:an? |the |one )?(?<who>${noun}) (?:in|at|on|of|inside) (?:each|every) (?<owner>${noun}) (?<act>${posts} .+?${withKey})$`,
  'iu',
)
/** "Sensors post readings of a cold room with a temperature, using an API key". */
const act = new RegExp(`^${all}(?<who>${noun}) ${may}(?:${posts}|${reads}) .+?${withKey}${often}$`, 'iu')

const posting = new RegExp(
  `^${may}${posts} (?:us )?(?:(?:the|all|new|an?) )?(?<what>.+?)(?: to (?:us|it|the (?:system|api|server|backend)))?${nothingElse}$`,
  'iu',
)
const reading = new RegExp(
  `^${may}${reads} (?:(?:the|all|our) )?(?<what>${noun}(?:(?:,| and|, and) ${noun})*?)${nothingElse}$`,
  'iu',
)
const nothing =
  /^(?:can ?not|can't|may not|must not|mustn't|should not|shouldn't|can never|(?:is|are) not allowed to|do not|don't|does not|doesn't) (?:[\p{L}]+(?: or [\p{L}]+)?) (?:anything|any other|any thing)(?: else)?$|^(?:can|may|must|should) (?:do|see|read|change) nothing(?: else| more)?$|^ha(?:s|ve) no (?:other|further) rights$/iu
/** "Readings of a truck with latitude and longitude": the group and what each one has. */
const thingsSent = new RegExp(
  `^(?<what>${noun}?)(?: (?:of|for|about|from|on) (?:(?:an?|the|its|their|each|every) )?(?<of>${noun}?))?(?: (?:with|containing|including|consisting of) (?<fields>.+))?$`,
  'iu',
)
/** "Their reading in cubic metres": what they measure, by no other name. */
const bareReading = /^(?:their|its|the) (?<what>reading|measurement)s?(?: in (?<unit>[\p{L} ]+))?$/iu
const blocks = new RegExp(
  `^${all}(?<who>${noun}) can be (?:blocked|locked out|disabled|switched off)(?: by (?:the |an? |our )?(?<by>${noun}))?$`,
  'iu',
)
const revokes = new RegExp(
  `^(?:the |an? |our )?(?<by>${noun}) (?:can|may) (?:revoke|replace|rotate|withdraw|block) (?:the |an? |any |all |their |its )?(?:api |secret |access )?(?:keys?|tokens?)(?: (?:of|for) .+)?$`,
  'iu',
)

const files = /^(?:photo|picture|image|photograph|snapshot|screenshot|video|recording|file|document)$/

const named = (words: string): string => singularPhrase(words.trim().toLowerCase())
const many = (words: string): string => sentence(plural(named(words)))
const endsInDevice = new RegExp(`(?:^|[ -])${device}$`, 'i')

/**
 * Whoever signs in with a key of its own is nobody who signs up, and may do what is said of it and nothing else: what is said
 * of such is said in sentences that readers of keys know. `keyed`: whoever has keys already.
 */
export const withKeyed = (statements: readonly Statement[], keyed: readonly string[] = []): Statement[] => {
  const known = new Set([...keyed, ...statements.flatMap((one) => (one.items ? [] : keyedIn(one.text)))])
  if (known.size === 0) return [...statements]
  let before = ''
  const sent = new Set<string>()
  const plain = statements.flatMap((one) => {
    if (one.items) return [one]
    const plain = one.text.split(/\s*;\s*/).flatMap((text) => {
      const said = plainly(text, known, before, sent)
      before = subjectOf(text, known) ?? (/^(?:they|it)\b/i.test(text) ? before : '')
      return said ?? [sentence(text)]
    })
    return plain.map((text) => ({ ...one, text }))
  })
  return keyed.length > 0 ? plain : [...plain, ...lookedAfter(plain, known, sent)]
}

const manages =
  'add|create|make|enter|register|manage|maintain|look after|set up|install|change|edit|update|delete|remove'

/**
 * Who can make a device can send whatever they like as one: where nobody is said to look after devices, administrators do, and
 * nobody changes what they sent.
 */
const lookedAfter = (
  plain: readonly Statement[],
  known: ReadonlySet<string>,
  sent: ReadonlySet<string>,
): Statement[] => {
  const all = plain.map(({ text }) => text).join('. ')
  const spokenOf = (thing: string, deeds: string): boolean => {
    const things = `(?:${thing}|${plural(thing)})`
    // What is part of something is looked after by whoever has that.
    const whole = new RegExp(`\\b${things} belongs? to (?:an? |the )?([\\p{L}-]+)`, 'iu').exec(all)?.[1]
    if (whole && new RegExp(`\\b(?:own|their|my) (?:${whole}|${plural(whole)})\\b`, 'iu').test(all)) return true
    // Whose they are is said by administrators, where devices are given to people.
    const theirs =
      whole && isPeople(whole) ? '' : `|\\b(?:owns?|have|keeps?|their|my|whose) (?:an? |the |some )?${things}\\b`
    return new RegExp(
      `\\b(?:${deeds})s? (?:[\\p{L}]+,? ){0,4}?${things}\\b(?!')${theirs}|\\b${things} (?:is|are|can be|may be) [\\p{L}]+ed by\\b`,
      'iu',
    ).test(all)
  }
  const isDescribed = (one: string): boolean =>
    new RegExp(`\\b(?:${one}|${plural(one)}) (?:belongs? to|(?:has|have) (?!an? API key))`, 'iu').test(all)
  return [
    ...[...known]
      .filter((one) => isDescribed(one) && !spokenOf(one, manages))
      .map((one) => `Only admins can add, change and delete ${plural(one)}`),
    ...[...sent]
      .filter((one) => !spokenOf(one, `${manages}|correct|mark|fix`))
      .map((one) => `Only admins can change and delete ${plural(one)}`),
  ].map((text) => ({ text }))
}

/** Who has a key, by what a sentence says. */
const keyedIn = (text: string): string[] =>
  text.split(/\s*;\s*/).flatMap((clause) => {
    const found = (partDoes.exec(clause) ?? partWithKey.exec(clause) ?? has.exec(clause) ?? act.exec(clause))?.groups
    if (!found) return []
    const who = named(found.who!)
    if (isPeople(who) || /^(?:it|they|which|that|nothing|nobody)$/.test(who)) return []
    // A room has a key, too; and a program that reads with a key is no thing of this system.
    if (
      isProgram(who) &&
      !found.owner &&
      /^(?:the|our) /i.test(clause) &&
      !new RegExp(`\\b${plural(who)}\\b`, 'i').test(clause)
    )
      return []
    return endsInDevice.test(who) || (found.kind !== undefined && !isProgram(who)) ? [who] : []
  })

/** The one of those with keys that a sentence is about. */
const subjectOf = (text: string, known: ReadonlySet<string>): string | undefined => {
  const found = partDoes.exec(text) ?? partWithKey.exec(text)
  if (found && known.has(named(found.groups!.who!))) return named(found.groups!.who!)
  const words = text.replace(new RegExp(`^${all}`, 'iu'), '').split(/\s+/)
  for (const one of [words.slice(0, 2), words.slice(0, 1)]) {
    const whole = named(one.join(' ').replace(/[,.]$/, ''))
    const owned = named(one.join(' ').replace(/^[\p{L}-]+'s? /u, ''))
    if (known.has(whole)) return whole
    if (known.has(owned)) return owned
  }
  return undefined
}

const plainly = (text: string, known: ReadonlySet<string>, before: string, sent: Set<string>): string[] | undefined => {
  const part = partWithKey.exec(text)?.groups ?? partDoes.exec(text)?.groups
  if (part && known.has(named(part.who!)))
    return [...belongs(part.who!, part.owner!), ...(part.act ? (done(named(part.who!), part.act, sent) ?? []) : [])]
  const own = has.exec(text)?.groups
  if (own && known.has(named(own.who!))) {
    const rest = own.rest ?? own.which
    const acts = rest === undefined ? [] : done(named(own.who!), rest, sent)
    return acts && [...(own.owner ? belongs(own.who!, own.owner) : [`Each ${named(own.who!)} has an API key`]), ...acts]
  }
  const blocked = blocks.exec(text)?.groups
  if (blocked && known.has(named(blocked.who!))) return looksAfter(blocked.by, [named(blocked.who!)])
  const revoked = revokes.exec(text)?.groups
  if (revoked) return looksAfter(revoked.by, [...known])
  const they = before !== '' && /^(?:they|it)\b/i.test(text)
  const who = they ? before : subjectOf(text, known)
  if (who === undefined) return undefined
  const rest = they ? text.replace(/^(?:they|it)\s+/i, '') : afterSubject(text, who)
  return rest === undefined ? undefined : done(who, rest, sent)
}

const belongs = (who: string, owner: string): string[] => [
  `Each ${named(who)} belongs to ${withArticle(named(owner))}`,
  `Each ${named(who)} has an API key`,
]

/** Whoever blocks a device takes its key away, who has to change it for that. */
const looksAfter = (by: string | undefined, who: readonly string[]): string[] => [
  ...(by === undefined || /^admin/i.test(by) ? [] : who.map((one) => `${sentence(by)} can change ${plural(one)}`)),
  'API keys can be revoked',
]

const afterSubject = (text: string, who: string): string | undefined => {
  const last = who.split(' ').at(-1)!
  const found = new RegExp(`^${all}(?:[\\p{L}-]+ )?(?:${last}|${plural(last)}) (.+)$`, 'iu').exec(text)
  return found?.[1]
}

/** What somebody with a key does, in plain sentences; undefined where that is none of the deeds of keys. What is told of here joins `described`. */
const done = (who: string, said: string, described: Set<string>): string[] | undefined => {
  const deed = said
    .replace(new RegExp(`${withKey}${often}$`, 'iu'), '')
    .replace(new RegExp(`${often}$`, 'iu'), '')
    .trim()
  if (nothing.test(deed)) return []
  const seen = reading.exec(deed)?.groups
  if (seen) return [`Each ${who} reads ${seen.what} with its own API key`]
  const sent = posting.exec(deed)?.groups
  if (!sent) return undefined
  const bare = bareReading.exec(sent.what!)?.groups
  if (bare) {
    described.add(bare.what!.toLowerCase())
    const readings = many(bare.what!)
    return [
      `${readings} have a value${bare.unit ? ` in ${bare.unit}` : ''}`,
      `${many(who)} post ${readings.toLowerCase()} with an API key`,
    ]
  }
  const { what = '', of, fields } = thingsSent.exec(sent.what!)?.groups ?? {}
  if (what === '' || (of === undefined && fields === undefined))
    return [`${many(who)} post ${sent.what} with an API key`]
  const plain = many(what)
  const one = named(what)
  described.add(one)
  const file = files.test(one)
    ? [`${plain} have ${/^(?:video|recording|file|document)$/.test(one) ? 'a file' : 'an image file'}`]
    : []
  return [
    ...(of === undefined || named(of) === who ? [] : [`Each ${one} belongs to ${withArticle(named(of))}`]),
    ...(fields === undefined ? file : [`${plain} have ${fields}`]),
    `${many(who)} post ${plain.toLowerCase()} with an API key`,
  ]
}
