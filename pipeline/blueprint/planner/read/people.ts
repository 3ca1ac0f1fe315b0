import { isPlural, singular } from '../language/words.ts'
import { crowd, everybody, isPersonNoun } from '../lexicon/people.ts'
import { nounOf } from './noun.ts'
import { withoutRelative } from './rights/relatives.ts'

/**
 * Who a clause is about: role names, `everyone` (no sign-in), `signed` (whoever is signed in), `nobody`. `only`: nobody
 * else; `limited`: they may do nothing else; `barred`: who is kept out besides.
 */
/** `parties`: "the sender and the recipient", who may be somebody different for each row. */
export type Who = {
  names: string[]
  only: boolean
  not: boolean
  limited?: boolean
  barred?: string[]
  parties?: true
}

const personSuffix = /(?:ers?|ors?|ists?|ians?|eers?|ants?|ents?|men|man|women|ees?|folk|mates?)$/
const notPeople = new Set(
  'order container folder server number letter paper offer trailer poster newsletter computer printer charger filter header footer user-agent layer cover sensor timer tracker reminder marker chapter flower water power tower river weather dinner supper sticker banner router controller-unit monitor motor factor vector editor-page color floor door error mirror tractor trailer document comment department appointment assignment apartment event payment shipment equipment environment document component content element experiment instrument ingredient investment measurement achievement department statement treatment tournament requirement agreement announcement advertisement plant restaurant grant variant tee committee coffee degree fee tree employee-record character calendar semester register quarter center centre theater theatre cluster folder slider chest forest test list checklist playlist wishlist specimen regimen regiment movement payment moment segment fragment pigment garment tenement cement movie cookie elevator escalator projector generator radiator incubator refrigerator connector reactor locker freezer washer dryer boiler scooter scanner tumbler tanker cooler heater roller digger excavator mower burner blender mixer toaster cylinder simulator transformer accelerator compressor detector indicator separator ventilator defibrillator'.split(
    ' ',
  ),
)

/** Returns the role that a word for people means, or undefined where it is not about people. */
export const roleOf = (text: string): string | undefined => {
  const plain = text.trim().toLowerCase()
  if (
    /^(?:(?:authenticated|registered|signed[- ]in|logged[- ]in|all|any|every|normal|regular|ordinary|standard|each|other|the|basic|end|people|folks) )*(?:users?|people|persons?|account holders?|accounts|individuals)$/.test(
      plain,
    )
  )
    return 'user'
  if (
    /^(?:everyone|everybody|anyone|anybody|all people|the public|the general public|general public|public|(?:all |any )?visitors?(?: without (?:an )?accounts?)?|(?:anonymous|unauthenticated|unregistered|non-?registered|logged-out|not logged in|not signed in) (?:users?|visitors?|people|guests?)|the world|anonymous|all|everyone else|the rest of the world|the internet|passers-by|strangers?|non-?members|people without (?:an )?accounts?)$/.test(
      plain,
    )
  )
    return 'everyone'
  if (
    /^(?:everyone|everybody|anyone|anybody|people|users?|those|whoever|all) (?:who (?:is|are|has|have) )?(?:signed|logged)[- ]in$|^(?:signed|logged)[- ]in$|^any(?:one|body) with an account$|^every(?:one|body) with an account$|^(?:any|every)(?:one|body) who has an account$|^some(?:one|body) (?:who is )?(?:signed|logged)[- ]in$|^(?:any|every)(?:one|body)\b.*\b(?:signed|logged)[- ]in$|^whoever is (?:signed|logged) in$|^(?:the )?others$|^other (?:people|users)$/.test(
      plain,
    )
  )
    return 'signed'
  if (/^(?:nobody|no one|no-one|noone|none)(?: else)?$/.test(plain)) return 'nobody'
  if (plain === 'you') return 'user'
  if (/^(?:i|we|me|us)$/.test(plain)) return 'we'
  if (
    /^(?:the |their |its )?(?:owners?|creators?|person who (?:created|made|wrote|added|posted) it|(?:one|user|member)s? who (?:created|made|wrote|added|posted|own|owns) (?:it|them))$/.test(
      plain,
    )
  )
    return 'owner'
  if (
    /^(?:the |an? |their |our )?(?:authors?|posters?|submitters?|uploaders?) (?:of (?:it|the \w+|a \w+))$/.test(plain)
  )
    return 'owner'
  const noun = nounOf(
    plain
      .replace(/^(?:only|just|also|even)\s+/, '')
      .replace(/\s+roles?$/, '')
      .replace(/^(?:(?:logged|signed)[- ](?:in|up)|registered|authenticated)\s+(?=\S)/, '')
      .replace(/\s+(?:users?|accounts?|roles?|people|members?)$/, (found, at: number) =>
        at > 0 && /\b(?:admin|staff|manager|editor|moderator|premium)\w*$/.test(plain.slice(0, at)) ? '' : found,
      ),
  )
  if (!noun || noun.words.length > 3) return undefined
  const word = noun.words.at(-1)!
  // "Suspended carriers can not bid": carriers in a state, and nobody that one becomes.
  if (noun.words.length > 1 && keptOut.test(noun.words[0]!)) return undefined
  if (crowd.has(word) && noun.words.length === 1) return 'user'
  if (everybody.has(word)) return 'everyone'
  if (isPersonNoun(word) || (personSuffix.test(word) && !notPeople.has(word) && word.length > 4))
    return normalRole(noun.words)
  return undefined
}

const keptOut =
  /^(?:suspended|banned|blocked|expired|rejected|inactive|deactivated|disabled|barred|overdue|unpaid|unverified|unapproved|unconfirmed|cancelled|closed|archived)$/

const normalRole = (words: readonly string[]): string => {
  const last = words.at(-1)!
  if (/^(?:administrator|superuser)$/.test(last)) return 'admin'
  const name = [
    ...words
      .slice(0, -1)
      .filter((word) => !/^(?:the|our|their|system|site|normal|regular|logged-in|registered|signed-in)$/.test(word)),
    singular(last),
  ]
    .join('_')
    .replace(/[^a-z0-9_]/g, '_')
  return name.replace(/^_+|_+$/g, '').slice(0, 40) || 'user'
}

/** "A review can be changed for 24 hours" says nothing about hours. */
const isTime = (word: string): boolean => /^(?:second|minute|hour|day|night|week|weekend|month|year)s?$/.test(word)

/** Reads as people what no list of words knows as such; for places in a sentence where only people stand. */
export const looseWho = (subject: string): Who | undefined => {
  const known = readWho(subject)
  if (known) return known
  const lead = /^(?:(?:and|but)\s+)?((?:no ?one|nobody)(?: else)? (?:but|except)|only|just)\s+/i.exec(subject.trim())
  const text = subject
    .trim()
    .toLowerCase()
    .slice(lead?.[0].length ?? 0)
    .replace(/^(?:and|but)\s+/, '')
  const names: string[] = []
  for (const part of text.split(/\s*(?:,|\band\b|\bor\b|\/|&)\s*/).filter(Boolean)) {
    const noun = nounOf(part)
    if (
      !noun ||
      isTime(noun.words.at(-1)!) ||
      noun.words.length > 2 ||
      noun.words.some((word) => !/^\p{L}[\p{L}-]+$/u.test(word))
    )
      return undefined
    const role = roleOf(part) ?? normalRole(noun.words)
    names.push(role)
  }
  return names.length > 0
    ? {
        names: [...new Set(names)],
        only: lead !== null || /\bonly$/.test(text),
        not: false,
        ...(areParties(text.replace(/\s+only$/, '')) ? { parties: true } : {}),
      }
    : undefined
}

/** Reads the subject of a permission: "only admins and managers", "no one but the owner", "everyone". */
export const readWho = (subject: string): Who | undefined => {
  let text = subject
    .trim()
    .toLowerCase()
    .replace(/^(?:and|but|so|then|also|however|while|where|that|plus|though)\s+/, '')
  let only = false
  let not = false
  const except =
    /^(?:no ?one|no-one|nobody|none)(?: else)? (?:but|except(?: for)?|other than|besides|apart from) (.+)$/.exec(text)
  if (except) {
    only = true
    text = except[1]!
  }
  if (/^(?:only|just|solely|exclusively)\b|\bonly$|\balone$/.test(text)) {
    only = true
    text = text.replace(/^(?:only|just|solely|exclusively)\s+/, '').replace(/\s+(?:only|alone)$/, '')
  }
  let barsAdmins = false
  const names: string[] = []
  const plain = withoutRelative(text)
  const joined = plain !== text && / (?:who|that) /.test(text)
  for (const part of plain
    .replace(/\bwho (?:is|are) (?:signed|logged)[- ]in\b/, 'signed-in')
    .split(/\s*(?:,|\band\b|\bor\b|\/|&|\bas well as\b)\s*/)) {
    if (!part) continue
    const role =
      wholeRole(part) ??
      roleOf(part.replace(/^(?:an?|the|each|every|all|any|our|both|other)\s+(?=\S+ )/, '')) ??
      roleOf(part) ??
      (joined ? roleOfAny(part) : undefined)
    if (!role) return undefined
    if (role === 'nobody') {
      not = true
      barsAdmins ||= !/\belse\b/.test(part)
    }
    names.push(role)
  }
  if (names.length === 0) return undefined
  return {
    names: [...new Set(names)],
    only,
    not,
    ...(barsAdmins ? { barred: ['admin'] } : {}),
    ...(areParties(text) ? { parties: true } : {}),
  }
}

/** "The sender", "the sender and recipient": one of each, known by the article. */
const areParties = (text: string): boolean => {
  const parts = text
    .trim()
    .split(/\s*(?:,|\band\b|\bor\b|\/|&)\s*/)
    .filter(Boolean)
  return (
    /^(?:the|its|their) /.test(text.trim()) &&
    parts.every(
      (part) => /^(?:(?:the|its|their) )?[\p{L}-]+(?: [\p{L}-]+)?$/u.test(part) && !isPlural(part.split(' ').at(-1)!),
    )
  )
}

/** Whoever signs up is a person, whatever they are called. */
const roleOfAny = (part: string): string | undefined => {
  const noun = nounOf(part)
  return noun && noun.words.length <= 2 ? normalRole(noun.words) : undefined
}

const wholeRole = (part: string): string | undefined => {
  const said = withoutRelative(part)
  return said === 'owner' ? 'owner' : said === part ? undefined : roleOf(said)
}
