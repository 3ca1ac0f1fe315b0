import { singular } from '../../language/words.ts'
import { device, isDeviceNoun, apiKey as key } from '../../lexicon/devices.ts'
import { isPersonNoun } from '../../lexicon/people.ts'
import { baseVerb, operationsOf } from '../../lexicon/verbs.ts'

/** Devices that post something with a key of their own, or another program that may use the system. */
export type KeySpec =
  | { kind: 'device'; devices: string; posts?: string; reads?: string; keyed: boolean; assumed?: true; said: string }
  | { kind: 'service'; name: string; ops: string[]; objects?: string; said: string }

const withKey = `(?:,? (?:with|using|by|via|through|by means of|and (?:authenticate|sign in|log in|identify themselves|identify itself) (?:with|by|through)|authenticated (?:by|with)|protected by|secured by) (?:an? |their |its |his |one |the )?(?:own )?${key}(?: of (?:their|its) own| each)?)`
const verb =
  '(?:post|send|report|submit|push|upload|deliver|record|write|transmit|log|publish|store|add|create|measure|give)s?'
const thing = "[\\p{L}'-]+(?: [\\p{L}'-]+){0,2}?"

const endsInDevice = new RegExp(`\\b${device}$`, 'i')
const isDevice = new RegExp(`(?:^| )${device}$`, 'i')
const giving = new RegExp(
  `^(?:give|issue|hand) (?:each|every|all(?: the)?) (${thing}) (?:an? |its |their )?(?:own )?${key}$`,
  'iu',
)
const may = '(?:(?:can|may|should|must|will|(?:are|is) (?:able|allowed) to) )?(?:also |automatically )?'
const posting = new RegExp(
  `^(?:the |each |every |all |our )?(${thing}) ${may}${verb} (?:us |in )?(?:their |its |the |an? |new )?(.+?)(?: to (?:us|it|the (?:system|api|server|backend)))?${withKey}(?:,? (?:every|each|once) .*)?$`,
  'iu',
)
const having = new RegExp(
  `^(?:each|every|all|the|an?|our)? ?(${thing}) (?:gets?|has|have|is given|are given|should have|must have|needs?|signs? in with|authenticates? (?:with|by|through)|identif(?:y|ies) (?:itself|themselves) (?:with|by)|uses?|logs? in with) (?:an? |its |their |one )?(?:own )?${key}(?: of (?:its|their) own)?(?: (?:to|for|with which (?:it|they)|and) (?:${verb}|posting|sending|reporting) (?:its |their |the |new )?(.+?))?$`,
  'iu',
)
/** As `language/keyed.ts` says of whatever has a key of its own. */
const readingOnly = /^each (.+?) reads (.+) with its own api key$/i
const passive = new RegExp(
  `^(?:the |all |new )?(.+?) (?:is|are|come|comes|get|gets|can be|may only be|can only be|may be) (?:only )?(?:sent|posted|reported|submitted|pushed|delivered|written|transmitted|made|created|added|recorded|in|from) (?:only )?(?:in )?(?:by|from) (?:the |each |our |its |their )?(${thing})(${withKey})?$`,
  'iu',
)
const plainDevice = new RegExp(
  `^(?:the |each |every |all |our |an? )?((?:[\\p{L}-]+ )?${device}) ${may}(?:post|send|report|submit|push|upload|deliver|transmit)s? (?:us |in )?(?:their |its |the |an? |new )?(.+?)(?: to (?:us|it|the (?:system|api|server|backend)))?(?:,? (?:every|each|once|automatically) .*)?$`,
  'iu',
)
const deed =
  '(?:reads?|sees?|lists?|fetch(?:es)?|gets?|writes?|creates?|adds?|updates?|changes?|manages?|posts?|pulls?|deletes?|access(?:es)?)'
const deeds = `(${deed}(?:(?:,| and|, and) ${deed})*)`
const name = '(?:(?:let|allow) )?(?:the |our |an? |other |some )*([\\p{L}\\d-]+(?: [\\p{L}\\d-]+){0,4}?)(?: to)?'
const purpose = `(?: (?:to|so (?:that )?(?:it|they) can|which (?:may|can)|that (?:may|can)|with which (?:it|they) (?:can|may)|for|and it (?:can|may)) (?:only )?${deeds} (?:all |the |our )*(.+))?`
const service = [
  new RegExp(
    `^${name} (?:can |may |should |must be able to |needs? to |must |has to )?(?:also |only )?${deeds} (?:all |the |our )*(.+?)${withKey}$`,
    'iu',
  ),
  new RegExp(
    `^(?:give|issue|create|add|offer|provide|allow|make|i (?:want|need)|we (?:want|need)|there (?:is|are|should be))? ?(?:the |an? )?(?:${key}|machine[- ]to[- ]machine access|m2m access|service accounts?|machine access|programmatic access) (?:for|to) ${name}${purpose}$`,
    'iu',
  ),
  new RegExp(`^(?:give|issue|hand out to|hand) ${name} (?:an? |its own |their own )?${key}${purpose}$`, 'iu'),
  new RegExp(
    `^${name} (?:gets?|has|have|needs?|is given|are given|receives?|should (?:get|have)|uses?) (?:an? |its own |one )?${key}${purpose.replace(/\?$/, '')}$`,
    'iu',
  ),
]
const programs =
  /\b(?:erp|crm|system|program|programs|service|services|partner|partners|app|apps|software|shop|website|platform|tool|integration|integrations|script|scripts|machine|job|warehouse|accounting|scheduler|bot|screens?|displays?|monitors?|printers?|kiosks?|tablets?|terminals?|pos|tills?|dashboard|mobile app|frontend|back ?office|crawler|plugin)(?: (?:in|at|on|of) .+)?$/i
const people =
  /^(?:users?|members?|people|customers?|admins?|we|i|they|it|you|clients?|visitors?|everyone|staff|employees?)$/i

/** Whoever signs in with an account: "members", "the staff". */
export const isPeople = (words: string): boolean => {
  const plain = words.trim().replace(/^(?:the|all|every|each|our|any|an?) /i, '')
  return people.test(plain) || (!programs.test(plain) && isPersonNoun(singular(plain.toLowerCase())))
}

/** Programs that are used with a key of their own: "the ERP", "a screen in the hall". */
export const isProgram = (words: string): boolean => programs.test(words.trim())

/** Reads a sentence about API keys, or about devices that send what they measure. */
export const readKeySentence = (sentence: string): KeySpec | undefined => {
  const said = sentence.trim()
  if (/\b(?:log ?in|sign ?up|password|refresh|access) tokens?\b|\bjwt\b/i.test(said)) return undefined
  const seen = readingOnly.exec(said)
  if (seen) return { kind: 'device', devices: seen[1]!, reads: seen[2]!, keyed: true, said }
  const post = posting.exec(said)
  if (post && !people.test(post[1]!.trim()))
    return programs.test(post[1]!) && !endsInDevice.test(post[1]!)
      ? { kind: 'service', name: post[1]!, ops: ['create'], objects: post[2]!, said }
      : { kind: 'device', devices: post[1]!, posts: post[2]!, keyed: true, said }
  const each = giving.exec(said)
  if (each && !isPeople(each[1]!)) return { kind: 'device', devices: each[1]!, keyed: true, said }
  for (const pattern of service) {
    const found = pattern.exec(said)
    if (
      !found ||
      isPeople(found[1]!) ||
      !(programs.test(found[1]!) || /machine|service|program|\bapi[- ]?key/i.test(said))
    )
      continue
    return {
      kind: 'service',
      name: found[1]!,
      ops: found[2] ? opsOf(found[2]) : [],
      ...(found[3] ? { objects: found[3] } : {}),
      said,
    }
  }
  const own = having.exec(said)
  if (
    own &&
    !people.test(own[1]!.trim()) &&
    /api|device|secret|access|own|sign|authenticat|identif|key/i.test(said) &&
    /api[- ]?key|api[- ]?token|access (?:key|token)|secret key|device (?:key|token)|own key|its own token|their own token|with (?:an? |its |their )?(?:own )?key/i.test(
      said,
    )
  )
    return { kind: 'device', devices: own[1]!, ...(own[2] ? { posts: own[2] } : {}), keyed: true, said }
  const turned = passive.exec(said)
  if (turned && (turned[3] || isDevice.test(turned[2]!)) && !people.test(turned[2]!.trim()))
    return { kind: 'device', devices: turned[2]!, posts: turned[1]!, keyed: turned[3] !== undefined, said }
  const plain = plainDevice.exec(said)
  if (plain && !/\b(?:webhook|by e?-?mail)\b/i.test(said))
    // Whoever sends and is no person has a key, also where nothing was said of it.
    return isDeviceNoun(plain[1]!)
      ? { kind: 'device', devices: plain[1]!, posts: plain[2]!, keyed: true, assumed: true, said }
      : { kind: 'device', devices: plain[1]!, posts: plain[2]!, keyed: false, said }
  return undefined
}

const opsOf = (verbs: string): string[] => [
  ...new Set(
    verbs
      .toLowerCase()
      .split(/, and |, | and |,/)
      .flatMap((word): readonly string[] =>
        /^writes?$/.test(word)
          ? ['create', 'update']
          : /^(?:pulls?|access(?:es)?|fetch(?:es)?|gets?)$/.test(word)
            ? ['list', 'read']
            : (operationsOf.get(baseVerb(word.trim())) ?? []),
      ),
  ),
]
