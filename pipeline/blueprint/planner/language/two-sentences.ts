import { speaksOfKeys } from './devices.ts'
import { inOneBreath } from './in-one-breath.ts'
import { makings, partedBy, type Wording } from './makings.ts'
import { stayings } from './stayings.ts'
import { participleOf, plural, singular } from './words.ts'

const told =
  '(?:is|are|gets?|must be|should be|will be)(?: also| then| automatically| thereby| thereupon)* (?:told|notified|informed|alerted|messaged)(?: (?:about|of) (?:it|this|that))?'
const state = '(?:[\\p{L}]+ed|withdrawn|sent|paid)(?: (?:down|up|in|out|off|back|over))?'
const changed = '((?:chang|edit|updat|modif|alter|delet|remov)(?:ed|ied))'
const said = '(?:can not|cannot|must not|may not|must never|can never|should not|may never)'
const afterwards =
  '(?: (?:afterwards?|later(?: on)?|at all|any ?more|again|ever|by (?:anyone|anybody)|(?:once|after|when) (?:they|it) (?:is|are|was|were|has been|have been) (?:made|entered|saved|created|recorded|stored|submitted|booked)))'

/** What one sentence says of another, and what is said the other way round, as sentences that stand alone; ` || ` parts them. */
const wordings: readonly Wording[] = [
  // "the supervisor may ground a flight; the pilot is then informed"
  [
    new RegExp(
      `^((?:the |an? |only )*[\\p{L}-]+(?: [\\p{L}-]+)?) (?:may|can|must) ([\\p{L}]+) (?:an? |the |any )([\\p{L}-]+)[;,]?(?: and| upon which| whereupon| in which case)? (?:then )?((?:the |its |an? |all |every )?[\\p{L}-]+(?: [\\p{L}-]+){0,5}?) ${told}$`,
      'iu',
    ),
    (_, who, verb, thing, people) => thenTold(who!, verb!, thing!, people!),
  ],
  [
    /^((?:the |an? |only )*[\p{L}-]+(?: [\p{L}-]+)?) (?:(?:may|can|must) )?([\p{L}]+?)s? (?:an? |the |any )([\p{L}-]+),? (?:which|and this|and that) (?:tells|notifies|informs|alerts) (.+)$/iu,
    (_, who, verb, thing, people) => thenTold(who!, verb!, thing!, people!),
  ],
  // "when it was approved or rejected"
  [
    new RegExp(
      `^(.+ (?:when|once|as soon as|if) .+? (?:is|was|are|were|has been|have been|gets)) (${state}) or (${state})$`,
      'iu',
    ),
    '$1 $2 || $1 $3',
  ],
  [
    new RegExp(
      `^((?:when|once|as soon as|if) .+? (?:is|was|are|were|has been|have been|gets)) (${state}) or (${state}),? (.+)$`,
      'iu',
    ),
    '$1 $2, $4 || $1 $3, $4',
  ],
  // "a drone cannot be on two flights at once, and neither can a pilot"
  [
    /^(an?|the|no|each|every) ([\p{L}-]+) (.+?),? (?:and )?(?:neither|nor) (?:can|may|must|should) (an?|the|any) ([\p{L}-]+)$/iu,
    '$1 $2 $3 || $1 $5 $3',
  ],
  [
    /^(an?|the|each|every) ([\p{L}-]+) ((?:can|may|must|has|is) .+?),? and so (?:can|may|must|has|is|does) (an?|the|each|every) ([\p{L}-]+)$/iu,
    '$1 $2 $3 || $4 $5 $3',
  ],
  // "customers with a name and a phone number rent a pair from one date to another"
  [
    /^([\p{L}-]+s|people) with (an? [^,;:]+?(?:,? and an? [\p{L} -]+?)?) (rent|book|borrow|reserve|hire|order|buy|attend|join) ((?:an?|the|one|several) .+)$/iu,
    (_, people, fields, verb, rest) => `Each ${singular(people!)} has ${fields} || ${people} ${verb} ${rest}`,
  ],
  ...stayings,
  ...makings,
  ...inOneBreath,
  // "an agent marks a bag as found and the passenger is told"
  [
    new RegExp(
      `^((?:an? |the |only )*[\\p{L}-]+(?: [\\p{L}-]+)?) (?:can |may )?(marks?|sets?|declares?) (an? |the )([\\p{L}-]+) (?:as |to )([\\p{L}-]+)[;,]? and (?:then )?((?:the |its |an? |all |every )?[\\p{L}-]+(?: [\\p{L}-]+){0,3}?) ${told}$`,
      'iu',
    ),
    (_, who, verb, a, thing, state, people) =>
      `${who} ${verb} ${a}${thing} as ${state} || When a ${thing} is ${state}, ${people} is told`,
  ],
  // "pilots see all flights, but change only their own"
  [
    /^((?:the |all )?[\p{L}-]+s) (?:can |may )?(?:see|view|read) (?:all|every|any|each other's|everybody's) (?:the )?([\p{L}-]+s?),? (?:but|and|yet) (?:can |may )?(?:only )?((?:change|edit|update|delete|cancel|remove|modify|manage)(?:(?: and|,| or) (?:change|edit|update|delete|cancel|remove|modify))*) (?:only )?(?:their own|theirs|those they (?:made|own))(?: ones)?$/iu,
    '$1 can see all $2 || $1 can $3 only their own $2',
  ],
  // "songs are shared and maintained by admins": only the second is what admins do
  [
    /^(?:(.+?), (?:and |but |while )?)?((?:the |all )?[\p{L}-]+(?: [\p{L}-]+)?) are (shared|public|visible to (?:all|everyone|everybody)),? (?:and|but) (?:are )?(only )?([\p{L}]+ed|kept) by (.+)$/iu,
    (_, before, things, open, only, verb, who) =>
      `${before ? `${before} || ` : ''}${things} are ${open} || ${things} are ${only ?? ''}${verb} by ${who}`,
  ],
  // "notes are confidential: only doctors see them"
  [
    /^(?:the |all )?([\p{L}-]+(?: [\p{L}-]+)?) are (?:strictly |very )?(?:confidential|private|secret|internal|sensitive)[:;,]? (?:and |so )?only (?!(?:(?:their|its|the) )?(?:members|authors?|owners?|creators?)\b)(?:the )?([\p{L}-]+(?: [\p{L}-]+)?) (?:can |may |should )?(?:see|read|view|access)s? (?:them|it)$/iu,
    'Only $2 can see $1',
  ],
  // "reserve a seat on a ride": what is taken is the ride
  [
    /^(.+? (?:can |may )?(?:reserve|book|take|get|buy|order)s?) (?:an?|one|some|their|the) (?:seats?|places?|spots?|spaces?|berths?|tickets?) (?:on|in|at|for|of|aboard) (an?|the|one) ([\p{L}-]+(?: [\p{L}-]+)?)$/iu,
    '$1 $2 $3',
  ],
  [
    /^((?:the |all )?[\p{L}-]+s) (?:can |may )?(reserve|book) (seats|places|spots|spaces|berths) (?:on|of|aboard) (an?|one) ([\p{L}-]+(?: [\p{L}-]+)?)$/iu,
    (_, who, verb, seats, a, thing) =>
      `${who} can ${verb} ${a} ${thing} || Each ${/^reserve$/i.test(verb!) ? 'reservation' : 'booking'} has the number of ${seats}`,
  ],
  // "request is open at first, then it is either granted or refused by an archivist"
  [
    /^((?:an? |the |each |every )?([\p{L}-]+) is [\p{L}-]+ (?:at first|first|in the beginning|initially),? (?:and )?(?:then|later|afterwards) (?:it )?(?:is|becomes|gets) (?:either )?([\p{L}]+) or ([\p{L}]+)) by (?:an? |the )?([\p{L}-]+(?: [\p{L}-]+)?)$/iu,
    (_, whole, thing, one, other, who) =>
      `${whole} || ${plural(who!)} can ${infinitive(one!)} and ${infinitive(other!)} ${plural(thing!)}`,
  ],
  // "report their children absent": what they say of them is named next
  [/^(.+? (?:can )?report) (?:their|the|an?) [\p{L}-]+ (?:as )?(?:absent|sick|ill|missing|late)$/iu, '$1 absences'],
  // "a course can be published; before that pupils can't see it"
  [
    /^(?:an? |the |each |every )?([\p{L}-]+?)s? (?:can|has to|have to|must|are|is|gets?) (?:first )?(?:be )?published[;,:.]? (?:and |but )?(?:before (?:that|then|this)|until then|as long as (?:it|they) (?:is|are) not|unpublished,?|not yet published,?|before it is),? (?:the )?([\p{L}-]+s) (?:can not|cannot|do not|may not|must not|should not) (?:see|view|find|read) (?:it|them|any of it)$/iu,
    '$1s are first a draft, then published || $2 can only see published $1s',
  ],
  // "weddings have expenses with a description and an amount, and guests with a name"
  [
    /^((?:an? |the |each |every )?[\p{L}-]+) (has|have) ([\p{L}-]+s) with (an? [^;:]+?),? and ([\p{L}-]+s) with (an? [^;:]+)$/iu,
    '$1 $2 $3 with $4 || $1 $2 $5 with $6',
  ],
  // "others can see them but not change them"
  [
    /^(?:the )?(?:others|other (?:members|people|users)|the rest) (?:can|may) (?:only )?(?:see|read|view|look at) (them|it|these)(?:,? but (?:can |may )?(?:not|never) (?:change|edit|update|modify|touch|delete|alter)(?: or (?:change|delete|edit))? (?:them|it|these))?$/iu,
    'Signed-in users can see $1',
  ],
  // "a locomotive can be retired and put back into service"
  [
    /^(?:an? |the |each |every )?([\p{L}-]+) can be ([\p{L}]+ed|withdrawn|broken down) and (?:later |then |again )?(?:be )?(?:put back (?:into|in) (?:service|use|operation)|brought back|reactivated|made active again|activated again|reinstated|taken into service again|restored)(?: again| later)?$/iu,
    'A $1 goes from active to $2 || A $2 $1 can be reactivated, and goes back to active',
  ],
  // "for every donor show how many donations they have made"
  [
    /^(?:for|with|on) (?:each|every|all|any|an?) ([\p{L}-]+(?: [\p{L}-]+)?),? (?:we |i |please )?(?:(?:also |want to |need to |would like to )*)(?:show|display|see|list|tell|know) ((?:the |how |its |their |when |whether )?.+)$/iu,
    'each $1 shows $2',
  ],
  // "show the total of the expenses and the number of guests for each wedding"
  [
    /^(?:please |we want to |we |i |also )*(?:show|display|see|list) ((?:the |how ).+?),? and ((?:the |how ).+?) (?:for|of|on|with|per) (?:each|every|all) ([\p{L}-]+(?: [\p{L}-]+)?)$/iu,
    'Each $3 shows $1 || Each $3 shows $2',
  ],
  // "a result (white, black, draw) may be noted"
  [
    /^(?:an? |the )?([\p{L}-]+ \([^()]+\)) (?:may|can) (?:also |optionally |later )*be (?:noted|given|recorded|entered|added|stored|set|written down)$/iu,
    'It can have an optional $1',
  ],
  // "withdrawals can't be changed or deleted afterwards"
  [
    new RegExp(
      `^(?:all |the |an? )?((?!(?:an? |the )?[\\p{L}-]+ed )[\\p{L}-]+(?: [\\p{L}-]+)?) ${said} (?:ever )?be ${changed}(?:(?: or|,| and|, or) (?:be )?${changed})?${afterwards}+$`,
      'iu',
    ),
    (_, thing, one, other) => `Nobody can ${baseOf(one!)}${other ? ` or ${baseOf(other)}` : ''} ${plural(thing!)}`,
  ],
]

const thenTold = (who: string, verb: string, thing: string, people: string): string =>
  `${who} can ${verb} ${plural(thing)} || When a ${thing} is ${participleOf(verb)}, ${people} is told`

const bases: Readonly<Record<string, string>> = {
  chang: 'change',
  edit: 'edit',
  updat: 'update',
  modif: 'modify',
  alter: 'alter',
  delet: 'delete',
  remov: 'remove',
}
const baseOf = (done: string): string => bases[done.toLowerCase().replace(/i?ed$/, '')] ?? done

/** granted -> grant, refused -> refuse, approved -> approve. */
const infinitive = (done: string): string => {
  const stem = done.toLowerCase().replace(/ed$/, '')
  if (/ied$/.test(done)) return `${done.slice(0, -3)}y`
  if (/(?:[iou]s|[aeiou]v|[iu]n|rg|dg|nc|iz|at|ur|os|uc|it(?<=cit|vit)|as(?<=eas))$/.test(stem)) return `${stem}e`
  return /(.)\1$/.test(stem) && !/(?:ss|ll|ff)$/.test(stem) ? stem.slice(0, -1) : stem
}

/** Returns the sentences that a sentence says. */
export const sentencesOfOne = (text: string): string[] =>
  (text.length > 400 || speaksOfKeys(text) ? undefined : partedBy(wordings, text)) ?? [text]
