import { singular, withArticle } from '../language/words.ts'
import { isPersonNoun } from '../lexicon/people.ts'

/** Other ways to say what readers know, each as the sentence that they know; for all readers of behaviour. */
const edits = '(edit|change|update|modify|alter|delete|remove)'
const once = '(?:once|when|after|as soon as|if)'
const isNow = '(?:it|they|he|she) (?:is|are|was|were|has been|have been)(?: already)?'
const participles: Readonly<Record<string, string>> = {
  edit: 'edited',
  change: 'changed',
  update: 'updated',
  modify: 'modified',
  alter: 'altered',
  delete: 'deleted',
  remove: 'removed',
}
const done = (verbs: string): string =>
  verbs
    .toLowerCase()
    .split(/\s*(?:,|\bor\b|\band\b)\s*/)
    .map((verb) => participles[verb] ?? verb)
    .join(' or ')

const several = `(${edits.slice(1, -1)}(?:(?:,| or| and)+ (?:${edits.slice(1, -1)}))*)`

type Wording = readonly [RegExp, string | ((...found: string[]) => string)]

const wordings: readonly Wording[] = [
  // "let managers invite technicians"
  [
    /^(?:please )?(?:let|allow) ((?:[\p{L}-]+ )?[\p{L}-]+s) (?:to )?([\p{L}-]+ .+)$/iu,
    (said, who, rest) => (isPersonNoun(singular(who!.toLowerCase().split(' ').at(-1)!)) ? `${who} can ${rest}` : said!),
  ],
  // "flag tickets that nobody collected for 14 days"
  [
    /\b([\p{L}-]+s) (?:that |which )?(?:nobody|no one) (?:has |had )?(?:yet |ever )?([\p{L}]+ed|taken|paid|sent|read|brought back|given back|picked up)\b/giu,
    '$1 that were not $2',
  ],
  [
    /^(?:the )?((?:total|sum|average|number|highest|lowest)\b.*?) of (?:all|every) (?:the |our )?([\p{L}-]+ (?:per|by) .+)$/iu,
    '$1 of $2',
  ],
  // "nobody can book a class that has started", "members can only book future classes"
  [
    /^(nobody|no one|(?:the |all )?[\p{L}-]+) (can|may|can ?not|cannot|may not|must not) ([\p{L}-]+(?: (?:for|in|to))?) (?:an? |any )([\p{L}-]+(?: [\p{L}-]+)?) (?:that|which) (has|is|was) (?:already )?(started|begun|over|full|closed|cancelled|finished|ended|sold|archived|locked)$/iu,
    (said, who, may, verb, thing, is, state) =>
      /^(?:nobody|no one)$/i.test(who!) || /not|cannot/i.test(may!)
        ? `nobody can ${verb} ${withArticle(thing!)} once it ${/^(?:started|begun)$/i.test(state!) ? 'starts' : /^(?:over|ended|finished)$/i.test(state!) ? 'ends' : `${is} ${state}`}`
        : said!,
  ],
  [
    /^((?:the |all )?[\p{L}-]+) (?:can|may) only (book|reserve|join|attend|sign up for|register for) (?:(?:future|upcoming|coming) ([\p{L}-]+(?: [\p{L}-]+)?)|([\p{L}-]+(?: [\p{L}-]+)?) (?:in|of) the future)$/iu,
    (_, _who, verb, one, other) => `nobody can ${verb} ${withArticle(singular(one ?? other!))} once it starts`,
  ],
  [
    new RegExp(
      `^(?:nobody|no one) (?:can|may) ${several} (?:an? |any )([\\p{L}-]+(?: [\\p{L}-]+)?) (?:that|which) (?:already |still )?(?:has|have) (?:an? |any )?([\\p{L}-]+)$`,
      'iu',
    ),
    (_, verbs, thing, part) => `${withArticle(thing!)} can not be ${done(verbs!)} once it has ${part}`,
  ],
  // "staff can record who came"
  [
    /^((?:the |an? )?[\p{L}-]+) (?:can |may )?(?:mark|record|note|track|tick off|check off|write down) who (?:came|comes|attended|attends|was there|showed up|turned up|is present|was present|is there)$/iu,
    '$1 mark people as present',
  ],
  // "cancelled classes tell everyone who booked"
  [
    /^(cancelled|canceled|closed|moved|published|archived) ([\p{L}-]+s) (?:tell|notify|inform|alert) (.+)$/iu,
    (_, state, things, whom) =>
      `when ${withArticle(singular(things!))} is ${state}, ${whom} ${/^every|^who/i.test(whom!) ? 'is' : 'are'} told`,
  ],
  // "a ticket needs a price before it is diagnosed"
  [
    /^(?:an? |the |each |every |all )?([\p{L}-]+(?: [\p{L}-]+)?) (?:needs?|must have|requires?|has to have|have to have|should have) (?:to have )?(?:an? |the )?([\p{L}-]+(?: (?!before|when|once|to\b)[\p{L}-]+)?) (?:(?:before|when|once|if|in order) )?(?:it is|they are|it can be|they can be|it gets|they get|being|to be|can be) ([\p{L}-]+(?:ed|en|t|id|nt))$/iu,
    (_, things, field, done) =>
      `${singular(things!) === things ? withArticle(things!) : things} can only be ${done} when ${singular(things!) === things ? 'it has' : 'they have'} ${withArticle(field!)}`,
  ],
  // "no two tickets with the same device on the same day"
  [
    /^no two ([\p{L}-]+(?: [\p{L}-]+)?) (?:with|of|for|that have|having) the same ([\p{L}-]+(?: [\p{L}-]+)?) (?:on|in) (?:the same|one) (day|week|month)$/iu,
    (_, things, field, unit) => `only one ${singular(things!)} per ${field} and ${unit}`,
  ],
  [
    /^no two ([\p{L}-]+(?: [\p{L}-]+)?) (?:with|that have|having) the same ([\p{L}-]+(?: [\p{L}-]+)?)$/iu,
    'no two $1 may have the same $2',
  ],
  // "it must not be possible to change a broadcast once it is archived"
  [
    new RegExp(
      `^(?:it (?:must|should|may|shall|can) (?:not|never|no longer) be (?:possible|allowed) (?:for anyone |for anybody |for users )?to|(?:nobody|no one) (?:can|may|must|should)|(?:you|we|people|users|one) (?:can ?not|cannot|may not|must not|should not)|it is (?:not possible|impossible|forbidden|not allowed) to) ${several} (?:an? |the |any |it )?((?:[\\p{L}-]+ )?[\\p{L}-]+) ${once} ${isNow} ([\\p{L}-]+)(?: any ?more)?$`,
      'iu',
    ),
    (_, verbs, thing, state) => `${thing} can not be ${done(verbs!.replace(/[()]/g, ''))} once it is ${state}`,
  ],
  [
    new RegExp(
      `^${once} ${isNow} ([\\p{L}-]+),? (?:nobody|no one) (?:can|may) ${several} it(?: any ?more| any longer)?$`,
      'iu',
    ),
    (_, state, verbs) => `it can not be ${done(verbs!)} once it is ${state}`,
  ],
  [
    /^no (?:changes?|edits?|modifications?) (?:to|of) (?:an? |the )?([\p{L}-]+)s? (?:are|is) (?:possible|allowed|permitted) (?:once|when|after) (?:it|they) (?:is|are) ([\p{L}-]+)$/iu,
    '$1 can not be changed once it is $2',
  ],
  [
    /^(?:once|when|after|as soon as) (?:an? |the )?([\p{L}-]+) is ([\p{L}-]+),? it (?:is|becomes|gets|stays) (?:frozen|locked|read-?only|final|fixed)$/iu,
    'once a $1 is $2 it can not be changed or deleted',
  ],
  [
    /^(?:an? |the )?([\p{L}-]+) ([\p{L}-]+)s? (?:is|are) (?:frozen|read-?only|final)$/iu,
    '$1 $2 can not be changed or deleted',
  ],
  // "from quoted it can also be declined"
  [
    /^(?:from|out of) (?:the state |status )?["']?([\p{L}-]+)["']? (?:on,? )?(it|they|(?:an? |the )?[\p{L}-]+) (?:can|may) (?:also |instead |still |either )?(?:be|become|go to|get) ([\p{L}-]+)$/iu,
    '$2 can be $3 while it is $1',
  ],
  [
    /^(?:while|when|if|as long as) (?:it|they) (?:is|are) ["']?([\p{L}-]+)["']?,? (it|they) (?:can|may) (?:also |instead |still )?be ([\p{L}-]+)(?: instead| too)?$/iu,
    '$2 can be $3 while it is $1',
  ],
  [
    /^(?:an? |the )?([\p{L}-]+ed|open|new|quoted|sent) ([\p{L}-]+) (?:can|may) (?:also|instead|still) be ([\p{L}-]+ed|withdrawn|sent back)(?: instead)?$/iu,
    '$2 can be $3 while it is $1',
  ],
  [
    /^instead of being [\p{L}-]+,? (?:an? |the )?([\p{L}-]+ed|open|new|sent) ([\p{L}-]+) (?:can|may) (?:also )?be ([\p{L}-]+ed|withdrawn)$/iu,
    '$2 can be $3 while it is $1',
  ],
  // "marks a ride as departed and later as arrived"
  [
    /\b(marks?|moves?|sets?|puts?|switch(?:es)?) ((?:an? |the |their |its )?[\p{L}-]+) (?:on |over )?(as|to) ([\p{L}-]+(?: (?!and\b|then\b)[\p{L}-]+)?),? and (?:(?:then|later|finally|afterwards|after that) )*(?:(?:as|to) )?([\p{L}-]+(?: [\p{L}-]+)?)$/iu,
    (_, verb, thing, as, one, other) => `${verb} ${thing} ${as} ${one} and ${verb} ${thing} ${as} ${other}`,
  ],
  // who is told
  [/\bhears? (?:about it|of it|back|about that|from us)(?: as soon as| once| when)\b/gi, 'is told when'],
  [
    /\b(?:must|should|will|has to|have to) (?:learn|hear|find out|get to know) (?:about it |of it )?(?=when|once|if|as soon as)/gi,
    'is told ',
  ],
  [
    /\b(?:gets?|is given|are given|receives?) (?:word|a reminder|a hint|a heads-up|news)(?: of it| about it)? (?=when|once|if|as soon as)/gi,
    'is told ',
  ],
  [
    /^(.+?) (?:wants?|would like|needs?|has|have) to (?:know|be told|be informed|hear) (?:about it )?(when|once|if|as soon as) (.+)$/i,
    '$1 is told $2 $3',
  ],
  // "takes 12 members and not more"
  [
    /^(.+?) (takes?|holds?|has|have|seats?|fits?|has room for|allows?|accepts?) (\d+|two|three|four|five|six|eight|ten|twelve|twenty) ([\p{L} -]+?),? (?:and|but|-)? ?(?:not|no|never) (?:one )?more(?: than that)?$/iu,
    '$1 $2 at most $3 $4',
  ],
  [
    /^(.+?) (?:starts?|begins?|is created|are created|come in|comes in|is entered) as (?:an? )?([\p{L}-]+?)s?,? (?:then )?(?:it |they )?(?:becomes?|gets?|turns?(?: into)?|is|are) ([\p{L} -]+?)(?:,? and (?:then |finally |in the end |later )*(?:it |they )?(?:becomes?|gets?|is|are) ([\p{L} -]+))?$/iu,
    (_, thing, first, second, third) =>
      `${thing} goes from ${first === 'offer' ? 'offered' : first} to ${second}${third ? ` to ${third}` : ''}`,
  ],
  // "is open at first, then it is either granted or refused"
  [
    /^(.+?) is ([\p{L}-]+) (?:at first|first|in the beginning|initially),? (?:and )?(?:then|later|afterwards) (?:it )?(?:is|becomes|gets) (?:either )?([\p{L} -]+? or [\p{L} -]+?)(?: by (?:an? |the )?[\p{L} ]+)?$/iu,
    '$1 is first $2, then $3',
  ],
  // "until the day before"
  [
    /^(.+? (?:can|may) (?:only |still )?(?:be )?[\p{L}]+(?: (?:an? |the |their |it )?[\p{L}-]+)?),? (?:until|till|up to|no later than|not later than|at the latest|only until) (?:the|one|a|1) (day|week|hour) (?:before|in advance|ahead)(?: (.+))?$/iu,
    (_: string, deed: string, unit: string, event: string | undefined) =>
      `${deed} up to ${unit.toLowerCase() === 'week' ? '7 days' : unit.toLowerCase() === 'day' ? '24 hours' : '1 hour'} before ${event ?? 'it starts'}`,
  ],
  // ends and starts
  [
    /^(.+?) (?:has to|have to|must|should|needs to|always|can only|may only) (?:always )?(?:end|finish|stop|be over)s? (?:only )?(?:after|later than) (?:it|they) (?:starts?|begins?|has (?:started|begun)|started|began|is started)$/i,
    'the end of $1 must be after the start',
  ],
  [
    /^(.+?) (?:can ?not|cannot|may not|must not|must never|can never|should not|never) (?:end|ends|finish|stop|be over|leave|close) (?:before|earlier than|when) (?:it|they) (?:starts?|begins?|has (?:started|begun)|started|began|is started|comes? in|came in|arrived|opened)(?: yet)?$/i,
    'the end of $1 must be after the start',
  ],
  [
    /^(.+?) (?:must|has to|have to|should|can only|needs to) (?:start|begin|open) (?:before|earlier than) (?:it|they) (?:ends?|finish(?:es)?|stops?|closes?|is over)$/i,
    'the end of $1 must be after the start',
  ],
  [
    /^(.+?) (?:can ?not|cannot|may not|must not|must never|can never|should not|never) (?:start|starts|begin|begins) (?:after|later than) (?:it|they) (?:ends?|ended|finish(?:es|ed)?|stops?|is over)$/i,
    'the end of $1 must be after the start',
  ],
  [
    /^the end of (?:an? |the |each |every )?(.+?)s must be after the start$/i,
    'the end of a $1 must be after the start',
  ],
]

/** Returns a sentence in the wording that readers know, or as it is. */
export const paraphrased = (sentence: string): string => {
  let text = sentence
  for (const [wording, plain] of wordings)
    text = typeof plain === 'string' ? text.replace(wording, plain) : text.replace(wording, plain as never)
  return text
}
