import type { Statement } from './statements.ts'
import { sentencesOfOne } from './two-sentences.ts'

/** Who speaks, and what is done all day: "We run a small funeral home", "I teach beekeeping", "We host quiz nights in a pub". */
const aboutUs =
  /^(?:hi|hello|hey)?[,!]? ?(?:we|i)\s+(?:also\s+|only\s+)?(?!(?:(?:would|also|really|urgently|just|do|can|could|must|should|may)\s+)*(?:need|want|like|have|has|record|note|store|track|save|log|enter|write|see|know|keep (?:track|a|an|records?|notes?)|require|wish|look|add|register|count|measure|not|never|plan to|book)\b)[\p{L}]+\b/iu
const weAre =
  /^(?:we are|we're|i am|i'm|we run|i run) (?:an? |the )?[^,:;.]{3,50}, (?=(?:the |all )?[\p{L}-]+s (?:can |may |must )?(?!and\b|or\b|of\b|with\b)[\p{L}]+ )/iu

/** "We are a small observatory, astronomers request telescope time": without who speaks. */
export const withoutSpeaker = (one: Statement): Statement =>
  one.items
    ? one
    : {
        ...one,
        text: weAre.test(one.text)
          ? one.text.replace(weAre, '').replace(/^./u, (first) => first.toUpperCase())
          : one.text,
      }

/** "Drone pilots club here": who speaks. */
const here = /^(?:(?:small|local|little|tiny|an?|the) )*[\p{L}' -]{3,50} (?:here|speaking)$/iu
const isFor = /^(?:this|it|the (?:system|app|api|software)) is (?:for|meant for|made for) (?:an?|our|my|the)\s/i

/** What is in the sentence is described there: fields, lists, choices, rights. */
const describes =
  /[(:]|\bwith (?:an?|the|their|its)\b|,|\b(?:who|which|each|every|can|may|must|only|has|have|their|own|track|record|store|from|per)\b|\bwith (?!\d)[\p{L}-]+ and\b/iu

/** An organisation that is there once says nothing that is stored: "Our chess league has players". */
const ours =
  /^(?:in |at )?(?:our|my)\s+((?:[\p{L}'-]+\s+){0,3}?[\p{L}'-]*[^s\s])\s+(?:(?:also|currently)\s+)?(has|have|offers?|keeps?|runs?|sells?|rents? out|rents|lends? out|lends|hires? out|hosts?|organi[sz]es?|manages?|holds?|provides?|consists of|is made up of)\s+(?:an? (?:register|list|catalogue|inventory|collection|archive|record) of\s+)?(?:the\s+|its\s+)?(.+)$/iu
const theirs =
  /^(?:the|an?)\s+(?:local |small |little |new |big )*((?:[\p{L}'-]+\s+){0,3}?[\p{L}'-]+)\s+(?:offers?|runs?|sells?|rents? out|lends? out|lends|hires? out|hosts?|organi[sz]es?|needs? (?:an?|some)|wants? (?:an?|some)|provides?)\s+(?:an? |the )?(.+)$/iu

/** Where it happens: "For our hackathon: ...", "At the food bank volunteers ...", "In our club, members ...". */
const places: readonly RegExp[] = [
  // "A print shop: customers sign up": the title of the rest
  /^(?:an? |the |our |my )(?:[\p{L}'-]+ ){0,2}[\p{L}'-]+:\s+(?=(?:[\p{L}-]+ )?[\p{L}-]+s (?:can |may |must )?(?:sign|register|log) (?:up|in|themselves|and)\b)/iu,
  /^(?:for|at|in|on|inside)\s+(?:our|my|the|an?)\s+(?:[\p{L}'-]+\s+){0,3}?[\p{L}'-]+\s*(?::|\s-|,)\s+(?=(?:[\p{L}'-]+\s+){1,3}?(?:can|may|must|sign|signs|register|book|borrow|rent|reserve|have|has|enter|report|form|join|apply|submit|create|are|is)\b)/iu,
  /^(?:at|in)\s+(?:our|my|the)\s+(?:[\p{L}'-]+\s+)?[\p{L}'-]+\s+(?=(?:all |the )?[\p{L}-]+(?:s|people|men|women)\s+(?:can|may|must|sign|register|book|borrow|rent|reserve|enter|report|form|join|apply|submit|create|have)\b)/iu,
]
const ofOurs =
  /^((?:the |all )?[\p{L}-]+s) (?:of|in|from|at) (?:our|my) (?!own\b)[\p{L}-]+(?: [\p{L}-]+)?? (?=(?:can|may|must|sign|register|book|borrow|rent|reserve|enter|report|form|join|apply|submit|create|have|share|use|write|order|buy|see|vote|log|track|record)\b)/iu

const login =
  '(?:log-?in|login|sign-?in|sign-?up|registration|accounts?|users?|user accounts?|passwords?|authentication)'
/** That nobody signs in, in its many wordings. */
const open: readonly RegExp[] = [
  new RegExp(
    `^(?:but |and |there (?:are|is) |we (?:need|want|have|use) )?(?:no|without(?: an?| any)?) ${login}(?:(?: or|,| and)(?: no| any)? ${login})*(?: at all| needed| required| necessary| please| for (?:now|anyone|anybody|this))*(?:[,;-]+ (?:it is|it's|this is|just|everything|everybody|all of|only|because|since|we|i) .*)?$`,
    'i',
  ),
  new RegExp(
    `^(?:we|i|you|it|they|people) (?:do not|does not|don't|doesn't) (?:need|want|have|require|use) (?:any |an? )?${login}(?: at all| for (?:this|now|anything))?$`,
    'i',
  ),
  /^(?:nobody|no one|no-one|none of us) (?:logs? in|signs? in|signs? up|registers|has to (?:log|sign) in|needs? (?:to (?:log|sign) (?:in|up)|to register|an account|accounts|a login|a password)|has an account|should have to (?:log|sign) in)(?: at all)?$/i,
  new RegExp(
    `^(?:everyone|everybody|anyone|anybody|all|people|we all|the whole [a-z]+|all of us)\\b(?!.*\\b(?:only|see|read|view)\\b)[^,]{0,40}\\b(?:uses?|works? with|may use|can use|has access|have access)\\b[^,]{0,30}\\bwithout (?:an? |any )?${login}$`,
    'i',
  ),
  /^(?:(?:it|this|everything|the (?:system|api|app)) (?:is|should be|must be) )?(?:completely |fully )?open (?:to|for) (?:everybody|everyone|anyone|anybody|all)(?: without .*)?$/i,
]
const titledOpen = new RegExp(
  `^(?:an?|the|our|my)\\s+([\\p{L}' -]{3,50}?),? (?:without (?:any |an? )?|with no |no )${login}(?: at all| needed)?$`,
  'iu',
)
const needAccount =
  /^(?:all |the |our )?((?:[\p{L}-]+ )?[\p{L}-]+s|people) (?:need|have|get|must have|require|should have|will have|use)(?: to have)? (?:(?:an?|their|their own|own|user) )*(?:accounts?|log-?ins?)(?: (?:for that|for this|to do so|first))?$/iu
/** "Passengers, who sign up with their email, reserve a seat" is two sentences. */
const whoSigns =
  /^((?:the |all |our )?[\p{L}-]+(?: [\p{L}-]+)?),? who ((?:can |have to |must )?(?:sign|register|log|create|have an account)\b[^,]{0,60}), (.+)$/iu
/** "Parents sign up and report absences" says that there are accounts, and what they may. */
const signsAndActs =
  /^((?:the |all |our )?[\p{L}-]+s) ((?:can )?(?:sign up|sign in|log in|register|create (?:an |their )?accounts?|have (?:an )?accounts?))(?: themselves)?,? (?:and|to|then) (?:then )?(?!sign\b|log\b|the\b|an?\b|all\b|only\b|each\b|every\b|their\b|our\b|then\b|no\b|nobody\b)(?:can )?([\p{L}]+ .+)$/iu

const cares: readonly (readonly [RegExp, string])[] = [
  [
    /\b(looks|takes care|is responsible|is in charge) (?:after|of|for) (?=(?:the|our|all|every|any|their)\b)/gi,
    'manages ',
  ],
  [
    /\b(look|take care|are responsible|are in charge) (?:after|of|for) (?=(?:the|our|all|every|any|their)\b)/gi,
    'manage ',
  ],
  [
    /\b(signs? (?:up|in)|registers?|logs? in) (?:by )?(?:themselves|himself or herself|herself|himself|on their own)\b/gi,
    '$1',
  ],
]

/**
 * Returns the statements of a request without what only says who asks and where: introductions, places, the many ways to
 * say that nobody signs in. `described` says whether sentences describe things; without any an introduction is all there is.
 */
export const withoutBackground = (
  statements: readonly Statement[],
  described: (texts: readonly string[]) => boolean,
): Statement[] => {
  const plain: Statement[] = statements.flatMap((one): Statement[] =>
    one.items ? [one] : plainOf(one.text).map((text) => ({ text })),
  )
  return plain.flatMap((one, at) => {
    if (one.items || at > 2) return [one]
    const others = plain.flatMap(({ text, items }, i) =>
      i === at ? [] : [items ? `${text}: ${items.join(', ')}` : text],
    )
    const text = introduced(one.text, others)
    if (text === one.text) return [one]
    if (text !== '') return [{ text }]
    return described(others) ? [] : [one]
  })
}

/** Returns a sentence as the sentences that it says, in plain wordings. */
const plainOf = (said: string): string[] => {
  // "parents report absences: an absence has a child ..."
  const colon = /^(.{8,90}?[^\s:]):\s+((?:an?|each|every)\s+[\p{L}-]+\s+(?:has|have|consists)\s.+)$/isu.exec(said)
  if (colon && / (?:can|may|sign|report|register|book|borrow|enter|log|create|add|make|write)\b/i.test(colon[1]!))
    return [...plainOf(colon[1]!), ...plainOf(colon[2]!)]

  const parts = said.split(/;\s+(?=(?:an?|each|every) [\p{L}-]+ (?:has|is|can|must|may|belongs)\b)/iu)
  if (parts.length > 1) return parts.flatMap(plainOf)
  let text = said
  for (const [wording, plain] of cares) text = text.replace(wording, plain)
  text = text.replace(ofOurs, '$1 ')
  for (const place of places) text = text.replace(place, '')
  if (open.some((one) => one.test(text.replace(/[\s.!]+$/, '')))) return ['No login']
  const need = needAccount.exec(text)
  if (need && !/^(?:users?|people)$/i.test(need[1]!)) return [`${need[1]} sign up`]
  const who = whoSigns.exec(text)
  const joined = signsAndActs.exec(text)
  // Who has an account signs up for it: the account is nothing that is said of them.
  if (joined)
    return [
      `${joined[1]} ${joined[2]!.replace(/^(?:have (?:an )?accounts?)$/i, 'sign up')}`,
      ...sentencesOfOne(`${joined[1]} can ${joined[3]}`),
    ]
  if (who) return [`${who[1]} ${who[2]}`, ...plainOf(`${who[1]} can ${who[3]}`)]
  return sentencesOfOne(text)
}

/** Returns an introduction without its organisation, '' where nothing is left; other sentences as they are. */
const introduced = (text: string, others: readonly string[]): string => {
  const titled = titledOpen.exec(text)
  if (titled) return others.length > 0 ? 'No login' : text
  if ((aboutUs.test(text) || isFor.test(text) || here.test(text)) && (!describes.test(text) || isTrade(text))) return ''
  const our = ours.exec(text)
  if (our && !isSpoken(our[1]!, others)) return describes.test(our[3]!) ? `There are ${our[3]}` : ''
  const their = theirs.exec(text)
  if (their && !isSpoken(their[1]!, others) && !describes.test(text)) return ''
  return text
}

/** "We are a bakery and take pre-orders": a trade, whatever follows it. */
const isTrade = (text: string): boolean =>
  /^(?:we|i) (?:are|am) (?:an?|the)\s/i.test(text) && !/[(:,]|\b(?:can|may|must|only|has|have|each|every)\b/i.test(text)

/** The others speak of several of these: then they are things. */
const isSpoken = (noun: string, others: readonly string[]): boolean => {
  const last = noun.split(' ').at(-1)!.toLowerCase()
  return others.some((one) =>
    new RegExp(`\\b(?:an?|each|every|per|several|many)\\s+(?:[\\p{L}-]+\\s+)?${last}\\b|\\b${last}s\\b`, 'iu').test(
      one,
    ),
  )
}
