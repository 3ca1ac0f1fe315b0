import { isPersonNoun } from '../lexicon/people.ts'
import { baseVerb, isKnownVerb, linkNouns } from '../lexicon/verbs.ts'
import { plural, pluralPhrase, sentence, singular, singularPhrase, withArticle } from './words.ts'

/** A way to say something, and the sentences that say it plainly; ` || ` parts them. */
export type Wording = readonly [RegExp, string | ((...found: string[]) => string)]

/** Returns the sentences that the first fitting wording makes of a text, or undefined where none fits. */
export const partedBy = (wordings: readonly Wording[], text: string): string[] | undefined => {
  for (const [wording, plain] of wordings) {
    const said = wording.test(text) ? text.replace(wording, plain as string) : text
    if (said !== text) return said.split(' || ')
  }
  return undefined
}

/** Verbs that other readers know. */
const known = (verb: string): boolean => {
  const base = baseVerb(verb.toLowerCase())
  return (
    isKnownVerb(base) ||
    /^(?:have|has|are|is|can|may|must|should|will|get|want|need|sign|log|come|pay|work|live|belong|own|use|only|also|never|and|or|who|that|with|of|for|in|on|at|by)$/i.test(
      verb,
    )
  )
}

/** What follows a field's name and is none of its values. */
const notValue = '(?!of\\b|in\\b|is\\b|and\\b|or\\b|field\\b|which\\b|that\\b|from\\b|to\\b|for\\b)'

const plainTime = /^an? (date|time)$/i
const moment = '(an? [\\p{L}-]+(?: (?!to\\b|until\\b|till\\b|and\\b)[\\p{L}-]+)?)'

/** What people make, bring, ask for and decide on: whose the fields are that are named with it. */
export const makings: readonly Wording[] = [
  // "a batch is brewed, fermented, bottled": one after the other, where "or" would name what it can be
  [
    /^((?:an?|each|every|the) [\p{L}-]+(?: [\p{L}-]+)?) is ((?:first )?[\p{L}-]+(?:ed|en|pt|wn|nt|ld)(?: (?:up|out|in|off|over))?(?:, (?:then )?[\p{L}-]+(?:ed|en|pt|wn|nt|ld)(?: (?:up|out|in|off|over))?){1,6},? (?:and )?(?:then |finally )?[\p{L}-]+(?:ed|en|pt|wn|nt|ld)(?: (?:up|out|in|off|over))?|[\p{L}-]+ed, (?:then )?[\p{L}-]+ed, (?:then )?[\p{L}-]+ed)$/iu,
    (_, thing, states) =>
      `${thing} goes ${states!.replace(/\b(?:first|then|finally|and) /gi, '').replace(/(?<!,) (?=(?!(?:up|out|in|off|over)$)\S+$)/, ', ')}`,
  ],
  // "bookings of a device must not overlap and last at most 4 hours"
  [
    /^((?:the |all |two )?([\p{L}-]+s)(?: (?:of|for|in) .{2,30}?)?) ((?:must not|cannot|can not|may not|should not|must never) overlap),? and (?:must |can |may |should )?(?:only )?(lasts?|takes?) (.+)$/iu,
    (_, whole, things, not, last, length) =>
      `${/^two /i.test(whole!) ? whole : `Two ${whole!.replace(/^(?:the|all) /i, '')}`} ${not} || ${sentence(things!)} ${last} ${length}`,
  ],
  // "people request a visit for a dog at a time"
  [
    /^(.+ (?:request|book|reserve|schedule|make|arrange)s? (?:an? )([\p{L}-]+) (?:for|of|with|at|in) (?:an? |the )[\p{L}-]+(?: [\p{L}-]+)?) at (?:an? |some )?(?:certain |given )?(?:time|date and time)$/iu,
    (_, whole, thing) => `${whole} || Each ${thing} has a start and an end`,
  ],
  // "each idea has a status open, planned or rejected that only moderators change"
  [
    new RegExp(
      `^(.*\\b(?:status|state|stage|phase)) ${notValue}((?:[\\p{L}-]+, )*[\\p{L}-]+,? (?:and|or) [\\p{L}-]+),? (?:that|which) (only )?(.+?) (?:can |may )?(?:changes?|sets?|updates?)$`,
      'iu',
    ),
    (_, lead, values, only, who) => `${lead} (${values}) || ${only ? 'Only ' : ''}${who} can change the status`,
  ],
  // "issues have a title and a status new, assigned, fixed": the values stand in brackets
  [
    new RegExp(
      `^(.*\\b(?:status|state|stage|phase|priority|severity|urgency)) ${notValue}((?:[\\p{L}-]+, ){2,}(?:and |or )?[\\p{L}-]+|(?:[\\p{L}-]+, )+(?:and|or) [\\p{L}-]+)$`,
      'iu',
    ),
    '$1 ($2)',
  ],
  // "guests bring devices with a type": what people bring is entered by them, whatever the verb
  [
    /^((?:the |all |our )?([\p{L}-]+s)) ([\p{L}]+)(?: in| over| along| back)? (?:an? |their |the )?([\p{L}-]+) with ((?:an? |their )?.+)$/iu,
    (whole, who, noun, verb, thing, fields) =>
      isPersonNoun(singular(noun!.toLowerCase())) && !known(verb!)
        ? `${who} can add ${plural(singular(thing!))} || Each ${singular(thing!)} has ${fields}`
        : whole!,
  ],
  // "two lessons of one instructor must not overlap, and a lesson lasts at most 2 hours"
  [
    /^((?:two|no two) .+? (?:must not|cannot|can not|may not|should not|may|can) overlap),? and ((?:an?|each|every) [\p{L}-]+ (?:lasts?|takes?|can|may|must|is) .+)$/iu,
    '$1 || $2',
  ],
  // "staff put tools in the catalogue, each with a name": what they put there, and what each has
  [
    /^((?:the |all |our )?(?:[\p{L}-]+s|staff|people)) (?:can |may )?(?:put|place|enter|list|bring|load) ([\p{L}-]+s)(?: (?:in|into|on|onto|to) (?:the|our|an?) [\p{L}-]+)?, each (?:with|has|having) (.+)$/iu,
    (_, who, things, fields) => `${who} can create ${things} || Each ${singular(things!)} has ${fields}`,
  ],
  // "a stay goes requested, confirmed, done, and only staff confirm": two sentences
  [
    /^((?:an?|each|every|the|all) ?[\p{L}-]*(?: [\p{L}-]+)? (?:goes?|moves?|passes|pass) .+?),? (?:and|but) (only (?:the )?[\p{L}-]+ (?:can |may )?[\p{L}-]+.*)$/iu,
    '$1 || $2',
  ],
  // "helpers sign up for shifts with a date, a start and an end": these are the shift's
  [
    /^((?:the |all |our )?(?!teams|groups|clubs|companies|schools)[\p{L}-]+s (?:can )?(?:sign up|register|enrol+) (?:for|in)) ([\p{L}-]+s) with (an? (?!.*\b(?:their|his|her|name|number)\b).+)$/iu,
    (_, deed, things, fields) => `${deed} ${things} || Each ${singular(things!)} has ${fields}`,
  ],
  // "guests book berths from an arrival to a departure, with a note": these are the booking's
  [
    new RegExp(
      `^((?:the |all |our )?[\\p{L}-]+s (?:can )?(book|reserve|rent|hire) (?:an? |the )?[\\p{L}-]+(?: [\\p{L}-]+)??(?: for (?:an? |their |one of their )[\\p{L}-]+)?) (?:from|between) ${moment} (?:to|until|till|and) ${moment}(?:,? (?:and )?with (.+)|,? (?:for )?((?:at most|up to|no longer than|not longer than|at least) .+))?$`,
      'iu',
    ),
    (_, deed, verb, from, to, fields, length) => {
      const row = linkNouns.get(verb!.toLowerCase())
      // "From a date to a date" has no names of its own.
      const [begin, end] = [from!, to!].map((one) => one.replace(/^an? day$/i, 'a date'))
      const span = [begin!.replace(plainTime, 'a start $1'), end!.replace(plainTime, 'an end $1')]
      const has = fields ? `${span.join(', ')}, ${fields}` : span.join(' and ')
      return `${deed} || Each ${row} has ${has}${length ? ` || ${sentence(withArticle(row!))} lasts ${length}` : ''}`
    },
  ],
  // "courses with a name and a price are public"
  [
    /^((?:the |all |our )?[\p{L}-]+s) with (an? .+?) (?:are|can be|must be) (public|private|visible .+|seen .+|open to .+)$/iu,
    (_, things, fields, rest) => `${things} have ${fields} || ${things} are ${rest}`,
  ],
  // "tenants apply for an apartment with a letter": the letter is the application's
  [
    /^((?:the |all |our )?([\p{L}-]+s)) (?:can )?apply for (?:an? |the )?([\p{L}-]+(?: [\p{L}-]+)?) with (.+)$/iu,
    (whole, who, noun, thing, fields) =>
      isPersonNoun(singular(noun!.toLowerCase()))
        ? `${who} apply for ${thing} || Each application has ${fields}`
        : whole!,
  ],
  // "marshals create races with a date": whoever does such a thing is a person, also where nobody knows the word
  [
    /^((?:the |all |our )?(?![\p{L}-]*(?:ss|us|is)\b)([\p{L}-]+s)) (?:can )?(create|offer|plan|run|organi[sz]e|host|publish|add|post|write|schedule|propose|lead|teach) (?:the |their |our |new )?([\p{L}-]+(?: [\p{L}-]+)?s) with (.+)$/iu,
    (whole, who, noun, verb, things, fields) =>
      isPersonNoun(singular(noun!.toLowerCase()))
        ? whole!
        : `${who} can ${/^(?:run|lead|teach|offer|host)$/i.test(verb!) ? 'create' : verb} ${things} || Each ${singular(things!)} has ${fields}`,
  ],
  // "teachers give lessons to pupils": what is given is theirs
  [
    /^((?:the |all |our )?[\p{L}-]+s) (give|offer|teach|provide) ([\p{L}-]+s) (?:to|for) (?:the |their |our )?([\p{L}-]+s)$/iu,
    (whole, who, verb, things, people) =>
      isPersonNoun(singular(who!.split(' ').at(-1)!.toLowerCase())) && isPersonNoun(singular(people!.toLowerCase()))
        ? `${who} ${verb === 'teach' ? 'teach' : 'create'} ${things}`
        : whole!,
  ],
  // "users upload photos to albums": each is in one
  [
    /^((?:the |all |our )?[\p{L}-]+s) (?:can )?(upload|add) (photos|pictures|images|documents|videos|files|songs|recordings|sketches) (?:in)?to (?:an? |their |the |our )?([\p{L}-]+?)s?$/iu,
    (_, who, verb, files, place) => `${sentence(files!)} belong to ${withArticle(place!)} || ${who} ${verb} ${files}`,
  ],
  // "teachers grade homework from 1 to 6"
  [
    /^((?:the |all |our )?[\p{L}-]+s) (?:can )?(grade|score|mark) (?:the |each |every |all )?(?!it\b|them\b)([\p{L}-]+) (?:from |with |between )?(\d+) (?:to|and|-) (\d+)$/iu,
    (_, who, verb, thing, from, to) =>
      `${who} can change ${thing} || Each ${singular(thing!)} has an optional ${verb === 'score' ? 'score' : 'grade'} from ${from} to ${to}`,
  ],
  // "bidders place bids with an amount on auctions": the amount is of the bid
  [
    /^((?:the |all )?[\p{L}-]+s|people) ((?:can |may )?(?:place|leave|write|post|upload|add|make|submit|give|send)) ([\p{L}-]+s) with ((?:an? (?!links?\b|references?\b|connections?\b|answers?\b)[\p{L}-]+(?: [\p{L}-]+)?(?:, | and |, and )?)+) (on|to|for|about) (?:an? |the )?([\p{L}-]+?)(s?)$/iu,
    (_, who, verb, things, fields, preposition, thing, many) =>
      `${who} ${verb} ${things} ${preposition} ${many ? `${thing}s` : withArticle(thing!)} with ${fields}`,
  ],
  // "members write reviews of books with a text": the text is of the review
  [
    /^((?:the |all )?[\p{L}-]+s|people) ((?:can |may )?(?:leave|write|post|add|make|submit|give|send)) ([\p{L}-]+s) (?:of|about) ([\p{L}-]+s) (with (?:an? )?[\p{L}-]+.*)$/iu,
    (_, who, verb, things, others, fields) => `${who} ${verb} ${things} of ${withArticle(singular(others!))} ${fields}`,
  ],
  // "customers place orders with a total": the total is the order's
  [
    /^((?:the |all |our )?([\p{L}-]+s)) (?:can |may )?(?:places?|submits?|files?|lodges?|raises?|(?:hands?|sends?|turns?|puts?) in) (?:an? |their |new )?((?:[\p{L}-]+ )?(?:orders?|bookings?|reservations?|requests?|applications?|claims?|complaints?|bids?|entries|reports?|pre-orders?|proposals?|quotes?|tickets?|expenses|offers?|ideas?|manuscripts?|papers?|abstracts?|forms?|essays?|works?|homework|assignments?|time-?sheets?|invoices?|receipts?|notices?|statements?|suggestions?|objections?|appeals?|registrations?|notes?|samples?|projects?|drafts?|designs?|articles?)) with ((?:an? |their |the )?.+)$/iu,
    (whole, who, noun, thing, fields) =>
      isPersonNoun(singular(noun!.toLowerCase()))
        ? `${who} can add ${pluralPhrase(thing!)} || Each ${singularPhrase(thing!)} has ${fields!.replace(/\btheir\b/gi, 'a')}`
        : whole!,
  ],
  // "mentors publish sessions with a title": they make them, and change their own
  [
    /^((?:the |all |our )?[\p{L}-]+s) (?:can |may )?publish ([\p{L}-]+s) with ((?:an? |the |their )?.+)$/iu,
    (_, who, things, fields) => `${who} can create ${things} || Each ${singular(things!.toLowerCase())} has ${fields}`,
  ],
  // "guests book pitches from a date to a date"
  [
    /^((?:the |all |our )?[\p{L}-]+s (?:can |may )?(book|reserve|rent|hire|borrow|lease) (?:an? |the )?[\p{L}-]+(?: [\p{L}-]+)?) from (?:an? |one )(date|day|time)(?: and time)? (?:to|until|till) (?:an?|another|the next|the other)(?: other)? (?:date|day|time)(?: and time)?$/iu,
    (_, deed, verb, unit) =>
      `${deed} || Each ${linkNouns.get(verb!.toLowerCase())} has ${/^time$/i.test(unit!) ? 'a start and an end' : 'a start date and an end date'}`,
  ],
  // "guests reserve tables for a date and a time, with a number of people": all of it is the reservation's
  [
    /^((?:the |all |our )?[\p{L}-]+s (?:can |may )?(book|reserve|order|rent|hire) (?:an? |the )?[\p{L}-]+(?: [\p{L}-]+)?) for (an? (?:date|day|time)(?: and (?:an? )?(?:date|day|time))?),? (?:and )?(?:with |for )(an? (?:number|party|group|size|name|note|quantity|amount|message|comment|phone)\b.*)$/iu,
    (_, deed, verb, day, more) => `${deed} || Each ${linkNouns.get(verb!.toLowerCase())} has ${day}, ${more}`,
  ],
  [
    /^((?:the |all |our )?[\p{L}-]+s (?:can |may )?(book|reserve|order|rent|hire) (?:an? |the )?[\p{L}-]+(?: [\p{L}-]+)?) for (an? (?:date|day) and (?:an? )?time)$/iu,
    (_, deed, verb, day) => `${deed} || Each ${linkNouns.get(verb!.toLowerCase())} has ${day}`,
  ],
  // "guests can review games, but only once per game"
  [
    /^((?:the |all |our )?[\p{L}-]+s (?:can |may )?(?:review|rate) (?:an? |the |each )?([\p{L}-]+)),? (?:but )?(?:only |at most )?once (?:per|for each|for every|for the same) ([\p{L}-]+)$/iu,
    (whole, deed, things, thing) =>
      singular(things!.toLowerCase()) === singular(thing!.toLowerCase()) ? `${deed} once` : whole!,
  ],
  // "members buy passes that are valid for a year"
  [
    /^(.+ ([\p{L}-]+s)) (?:that|which) (?:are|stay) (valid|good) for (.+)$/iu,
    (_, whole, things, how, length) => `${whole} || ${sentence(things!)} are ${how} for ${length}`,
  ],
  // "laptops are flagged for replacement"
  [/^(.+ (?:is|are|gets?) (?:automatically )?flagged) for (?!more\b|over\b|at\b|an?\b|\d)[\p{L}-]+$/iu, '$1'],
  // "customers order cakes for a date": the date is the order's
  [
    /^((?:the |all |our )?(?:[\p{L}-]+s|children|people) (?:can |may )?(book|reserve|order|rent|hire) (?:an? |the )?[\p{L}-]+(?: [\p{L}-]+)?) for an? ((?:pick-?up |delivery |certain |given )?(?:date|day|time|date and time))$/iu,
    (_, deed, verb, day) =>
      `${deed} || Each ${linkNouns.get(verb!.toLowerCase())} has a ${day!.replace(/^(?:certain|given) /i, '').replace(/^day$/i, 'date')}`,
  ],
  // "accountants manage invoices with a number": who looks after them, and what they have
  [
    /^((?:the |all |our )?([\p{L}-]+)) (?:can |may )?(manages?|administers?|maintains?|handles?|keeps?|looks? after|takes? care of|oversees?) (?:all |the |our )*((?!their\b|his\b|her\b)(?:[\p{L}-]+ )?[\p{L}-]+s) with ((?:an? |the |optional )?.+)$/iu,
    (whole, who, noun, _verb, things, fields) =>
      isPersonNoun(singular(noun!.toLowerCase()))
        ? `${/s$/i.test(noun!) || /^staff$/i.test(noun!) ? who : sentence(plural(noun!.toLowerCase()))} can manage ${things} || Each ${singularPhrase(things!)} has ${fields}`
        : whole!,
  ],
  // "receptionists book appointments for patients with a dentist and a start": for whom it is, and what it has
  [
    /^((?:the |all |our )?[\p{L}-]+s|staff) (?:can |may )?(?:books?|schedules?|makes?|arranges?|plans?|enters?) (?:an? )?(appointment|visit|session|lesson|consultation|meeting|viewing|treatment|examination|check-up|surgery|booking|reservation)s? for (?:the |our |an? )?([\p{L}-]+s|children|a [\p{L}-]+)(?:,? with ((?:an? |the )?.+))?$/iu,
    (whole, who, thing, whom, fields) => {
      const one = singular(whom!.toLowerCase().replace(/^a /, ''))
      return isPersonNoun(one)
        ? `${who} can add ${plural(thing!.toLowerCase())} || Each ${thing!.toLowerCase()} has ${withArticle(one)}${fields ? `, ${fields}` : ''}`
        : whole!
    },
  ],
  // "drivers mark shipments as delivered with a photo"
  [
    /^(.+ (?:can |may )?marks? (?:an? |the |their )?([\p{L}-]+?)s? as [\p{L}-]+) with ((?:an? )[\p{L} -]+)$/iu,
    (_, deed, thing, fields) =>
      `${deed} || Each ${singular(thing!.toLowerCase())} has an optional ${fields!.replace(/^an? /i, '')}`,
  ],
  // "sellers list items with a price", "instructors teach courses with a level": they make them
  [
    /^((?:the |all |our )?([\p{L}-]+s)) (?:can |may )?(list|advertise|put up|teach|offer|hold|lead|run|host|give) (?!all\b|their\b|only\b)((?:[\p{L}-]+ )?[\p{L}-]+s) with ((?:an? |the )[\p{L}].*)$/iu,
    (whole, who, noun, _verb, things, fields) =>
      isPersonNoun(singular(noun!.toLowerCase()))
        ? `${who} can add ${things} || Each ${singularPhrase(things!)} has ${fields}`
        : whole!,
  ],
]
