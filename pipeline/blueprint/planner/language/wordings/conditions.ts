import type { Wording } from '../makings.ts'
import { pluralPhrase, sentence } from '../words.ts'
import { endsInPeople } from './deeds.ts'

const more =
  '(?:over|above|exceeding|of above|beyond|of over|of more than|more than|worth more than|worth over|higher than|bigger than|larger than)'
const number = '((?:[$€£] ?)?\\d[\\d.]*(?: [\\p{L}€$£]+)?)'
const one =
  "([\\p{L}'-]+(?: (?!is\\b|are\\b|that\\b|which\\b|costs?\\b|of\\b|over\\b|above\\b|costing\\b|worth\\b|with\\b|up\\b)[\\p{L}'-]+)?)"
/** "A claim over 10000 euros", "all expenses of more than 500". */
const rows = `(?:an? |the |any |all |every |each )?${one} (?:(?:that |which )?(?:is|are|costs?|costing) )?(?:with (?:an?|the) [\\p{L}]+ )?${more} ${number}`
const who =
  '((?:an? |the |our |some )?(?!\\d|(?:two|three|four|both|several)\\b)[\\p{L}-]+(?: (?!only\\b|alone\\b|approves?\\b|can\\b|may\\b|must\\b)[\\p{L}-]+)?)'
const need =
  '(?:needs?|requires?|must have|have to have|has to have|must get|needs? to have|needs? to get|wants?|should have|should get)'
const consent = '(?:approval|sign-?off|consent|permission|okay|ok|clearance|authori[sz]ation|go-ahead)'
const approved = '(?:approved|signed off|signed|authori[sz]ed|okayed|cleared|confirmed|checked and approved|released)'

const onlyBy = (whole: string, what: string, amount: string, people: string): string =>
  endsInPeople(people)
    ? `${sentence(pluralPhrase(what))} over ${amount.replace(/[$€£] ?/g, '')} can only be approved by ${people.replace(/['’]s?$/, '')}`
    : whole

/** "No bids after the auction has ended" is said of what is no longer taken then. */
const notTaken = (whole: string, what: string, word: string, clause: string): string =>
  /^(?:more|less|fewer|later|longer|earlier|sooner|one|two)\b/i.test(what) || endsInPeople(what)
    ? whole
    : `${sentence(pluralPhrase(what))} are not accepted ${word} ${clause}`

const laterDeed = '(cancel|call off|withdraw|move|reschedule|book|register|order|borrow|rent|sign up|submit)'
const object =
  '((?:an? |the |any |all |every |their )?(?!at\\b|until\\b|even\\b|later\\b|any ?time\\b|always\\b|whenever\\b)[\\p{L}-]+(?: (?!at\\b|until\\b|even\\b|later\\b|any ?time\\b|always\\b)[\\p{L}-]+)?)'
const whenever =
  '(?:at any (?:time|moment|point)|at all times|any ?time|always|whenever they (?:like|want|wish)|(?:right )?(?:up )?(?:until|till|to) the (?:very )?last (?:minute|moment)|(?:even )?(?:later|after that|then|afterwards)(?: too| as well)?)'
const always = (whole: string, people: string, deed: string, what?: string): string => {
  const plain = `${people} can always ${deed.toLowerCase()}${what ? ` ${what}` : ''}`
  return endsInPeople(people) ? plain : whole
}

/** On what terms something may be done, and for whom these terms do not hold, said in other words. */
export const conditions: readonly Wording[] = [
  // "a claim over 10000 euros needs a manager", "expenses above 500 require the approval of the director"
  [
    new RegExp(
      `^${rows} (?:also )?${need} (?:to be ${approved} by |(?:the |an? )?${consent} (?:by|from|of) |be ${approved} by )?${who}(?: to (?:approve|sign|okay|authori[sz]e)(?: (?:it|them|off))*| to sign (?:it|them) off)?$`,
      'iu',
    ),
    (whole, what, amount, people) => onlyBy(whole!, what!, amount!, people!),
  ],
  [
    new RegExp(`^${rows} (?:also )?${need} ${who}['’]s? ${consent}$`, 'iu'),
    (whole, what, amount, people) => onlyBy(whole!, what!, amount!, people!),
  ],
  [
    new RegExp(
      `^${rows} (?:must |have to |has to |should |need to |needs to |can only |may only )?(?:only )?(?:be |are |is |get |gets )(?:only )?${approved} (?:only )?by (?:only )?${who}(?: only| alone)?$`,
      'iu',
    ),
    (whole, what, amount, people) => onlyBy(whole!, what!, amount!, people!),
  ],
  [
    new RegExp(
      `^${rows} (?:must |have to |has to |should )?(?:go|be sent|be passed) (?:on )?to ${who} for ${consent}$`,
      'iu',
    ),
    (whole, what, amount, people) => onlyBy(whole!, what!, amount!, people!),
  ],
  [
    new RegExp(
      `^(?:for|on|with) ${rows},? (?:(?:the |an? )?${consent} (?:of|by|from) ${who}|${who}['’]s? ${consent}) (?:is|are) (?:needed|required|necessary)$`,
      'iu',
    ),
    (whole, what, amount, first, second) => onlyBy(whole!, what!, amount!, (first ?? second)!),
  ],
  [
    new RegExp(
      `^(?:if|when|where|once|as soon as) ${rows},? (?:only )?${who} (?:must|has to|have to|needs to|need to|should|can|may) (?:approve|authori[sz]e|sign|okay)(?: (?:it|them))?(?: off)?$`,
      'iu',
    ),
    (whole, what, amount, people) => onlyBy(whole!, what!, amount!, people!),
  ],
  [
    new RegExp(
      `^(?:if|when|where|once|as soon as) ${rows},? (?:it|they) ${need} (?:to be ${approved} by |(?:the |an? )?${consent} (?:by|from|of) )?${who}$`,
      'iu',
    ),
    (whole, what, amount, people) => onlyBy(whole!, what!, amount!, people!),
  ],
  [
    new RegExp(`^(?:nobody|no one) (?:but|except|other than) ${who} (?:can|may|is allowed to) approve ${rows}$`, 'iu'),
    (whole, people, what, amount) => onlyBy(whole!, what!, amount!, people!),
  ],
  [
    new RegExp(
      `^(?:only )?${who} (?:must|has to|have to|needs to|need to|alone (?:can|may)|alone) (?:approve|approves|sign off|sign off on|authori[sz]e|okay) ${rows}$`,
      'iu',
    ),
    (whole, people, what, amount) => onlyBy(whole!, what!, amount!, people!),
  ],
  // "clerks approve claims up to 1000 euros, managers the rest"
  [
    new RegExp(
      `^${who} (?:can |may )?approves? ${one} (?:up to|below|under|of at most|of up to) ${number},? (?:and |but |while )?(?:above that,? |beyond that,? |for more,? )?${who} (?:(?:can |may |must )?approves? )?(?:the rest|the others|those above(?: that)?|everything above(?: that)?|all others|anything above(?: that)?|larger ones|bigger ones|higher ones)$`,
      'iu',
    ),
    (whole, first, what, amount, second) =>
      endsInPeople(first!) && endsInPeople(second!)
        ? `${sentence(second!)} approve ${pluralPhrase(what!)} || ${sentence(first!)} can only approve ${pluralPhrase(what!)} up to ${amount}`
        : whole!,
  ],
  // "it is possible to cancel a booking until two days before the class"
  [
    /^(?:it is|it must be|it should be) (?:only )?(?:possible|allowed|permitted) to (?<verb>cancel|call off|withdraw|change|edit|move|delete) ((?:an? |the |one's )?[\p{L}-]+) (until|till|up to|before|no later than|at the latest|as long as|while|within) (.+)$/iu,
    (_, verb, what, word, clause) =>
      `${sentence(pluralPhrase(what!.replace(/^(?:an?|the|one's) /i, '')))} can be ${{ cancel: 'cancelled', withdraw: 'withdrawn', 'call off': 'called off', change: 'changed', edit: 'edited', move: 'moved', delete: 'deleted' }[verb!.toLowerCase()]!} ${word} ${clause}`,
  ],
  // "cancelling is possible until two days before the class"
  [
    /^(?:cancell?ing|cancell?ations?)(?: (?:of )?(?:an? |the )?((?!is\b|are\b)[\p{L}-]+))? (?:is|are) (?:only )?(?:possible|allowed|permitted|accepted) (until|till|up to|before|no later than|at the latest|as long as|while|within) ((?:an? |[\p{L}\d]+ )(?:minute|hour|day|week|month)s? before .+)$/iu,
    (_, what, word, clause) =>
      what
        ? `${sentence(pluralPhrase(what))} can be cancelled ${word} ${clause}`
        : `People can cancel ${word} ${clause}`,
  ],
  // "there can be at most as many registrations as places", "only as many children as there are places"
  [
    /^(?:there (?:can|may|must|should) (?:only )?be )?(?:(?:at most|only|no more than|not more than|up to|never more than) )?as many ([\p{L}-]+s|children|people) as (?:there are |it has |they have |we have )?([\p{L}-]+s)(?: (?:can|may) (?:be )?[\p{L}]+| are [\p{L}]+)?$/iu,
    'No more $1 than $2',
  ],
  [
    /^there (?:can|may|must|should) (?:not|never) be more ([\p{L}-]+s|children|people) than (?:there are )?([\p{L}-]+s)$/iu,
    'No more $1 than $2',
  ],
  // "when a camp is full, parents cannot register any more"
  [
    /^(?:when|once|if|as soon as) (?:an?|the) ([\p{L}-]+(?: [\p{L}-]+)?) is (?:full|booked out|fully booked|sold out),? (?:nobody (?:else )?can|no one (?:else )?can|(?:the )?[\p{L}-]+s (?:can ?not|can no longer|may not|can not|may no longer)) (?:register|book|sign up|enrol|enroll|join|apply|reserve|be (?:registered|booked|added))(?: (?:for|in|on|to) (?:it|them|the [\p{L}-]+))?(?: any ?more| any longer)?$/iu,
    'A $1 can not be overbooked',
  ],
  // "no bids after the auction has ended", "no entries are accepted after the deadline"
  [
    /^no (?:new |further )?((?!more\b|longer\b|later\b)[\p{L}-]+s)(?: (?:are|can be|may be) (?:accepted|made|taken|possible|allowed|submitted|placed|sent in))?(?: any ?more)? (after|once|before|until|while|as soon as|unless) (.+)$/iu,
    (whole, what, word, clause) => notTaken(whole!, what!, word!, clause!),
  ],
  // "members can cancel until a day before the start, except staff": the terms are not theirs
  [
    new RegExp(
      `^(.+ ${laterDeed}\\b.*?)(?:,| \\()? ?(?:but (?:this|that) does not (?:apply to|hold for|go for)|except(?: for)?|apart from|other than|but not|not counting|excluding) ${who}\\)?$`,
      'iu',
    ),
    (whole, rule, deed, people) =>
      endsInPeople(people!) &&
      /\b(?:until|till|before|after|within|up to|while|later than|hours?|days?|weeks?|long)\b/i.test(rule!)
        ? `${rule} || ${sentence(people!)} can always ${deed!.toLowerCase()}`
        : whole!,
  ],
  [
    new RegExp(
      `^(.+ ${laterDeed}\\b.*?),? (?:but|and|while|only) ${who} (?:can|may|(?:is|are) allowed to)(?: (?:do so|do it|do this|do that|cancel|still do so))? ${whenever}$`,
      'iu',
    ),
    (whole, rule, deed, people) =>
      endsInPeople(people!) ? `${rule} || ${sentence(people!)} can always ${deed!.toLowerCase()}` : whole!,
  ],
  // "the reception may always cancel", "staff can cancel at any time", "staff can still cancel later"
  [
    new RegExp(
      `^${who} (?:can|may|(?:is|are) allowed to) (?:always|still|even) ${laterDeed}(?: ${object})?(?: ${whenever})?$`,
      'iu',
    ),
    (whole, people, deed, what) => always(whole!, people!, deed!, what),
  ],
  [
    new RegExp(`^${who} (?:can|may|(?:is|are) allowed to) (?:also )?${laterDeed}(?: ${object})?,? ${whenever}$`, 'iu'),
    (whole, people, deed, what) => (/^their /i.test(what ?? '') ? whole! : always(whole!, people!, deed!, what)),
  ],
]
