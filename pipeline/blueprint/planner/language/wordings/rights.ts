import { isPersonNoun } from '../../lexicon/people.ts'
import type { Wording } from '../makings.ts'
import { pluralPhrase, sentence, singular, singularPhrase, withArticle } from '../words.ts'
import { endsInPeople } from './deeds.ts'
import { thing } from './thing.ts'

/** What people belong to, though some of it also names who sits in it. */
const groups =
  /^(?:committee|board|council|team|club|group|crew|choir|band|society|association|community|department|family|families|household|chapter|troop|patrol|squad|circle|workspace)s?$/i
const isSomebody = (word: string): boolean => !groups.test(word) && isPersonNoun(singular(word.toLowerCase()))

const see = '(?:see|read|view|access|look at|open)'
const ofMembers = (group: string, what: string): string =>
  `Only members of ${withArticle(singular(group.toLowerCase()))} can see its ${pluralPhrase(what)}`

const doers = '((?:the |all |our )?[\\p{L}-]+(?: (?!do\\b|does\\b|can\\b|may\\b|must\\b|should\\b)[\\p{L}-]+)?)'
const notSee =
  '(?:(?:can ?not|can not|may not|must not|should not|must never|should never) (?:see|read|view|look at)|(?:do|does) not (?:get to )?(?:see|read|view)|never (?:see|read|view)s?)'
/** What is kept of people themselves: fields, and no rows of theirs. */
const ofPeople =
  /(?:numbers?|phones?|e-?mails?|address(?:es)?|names?|birthdays?|birth dates?|dates? of birth|salar(?:y|ies)|wages?|ages?|details|data|profiles?|accounts?)$/i
const anyone =
  '(?:everybody|everyone|people|users|members|participants|each (?:member|user|person)|an? (?:member|user))'
const theirs =
  '(?:that |which )?(?:they|he or she) (?:are|is|belongs?|are members|is a member)(?: an? members?)?(?: in| to| of)(?: themselves)?'
const onlySee = `(?:(?:can |may |should )?only ${see}s?|(?:can |may |should )?${see}s? only)`
const ofGroup = (said: string, group: string, what: string): string =>
  groups.test(group) ? ofMembers(group, what) : said

/** What people leave behind by doing something, by its participle. */
const left: Readonly<Record<string, string>> = {
  registered: 'registrations',
  'signed up': 'registrations',
  booked: 'bookings',
  reserved: 'reservations',
  enrolled: 'enrolments',
  applied: 'applications',
  borrowed: 'loans',
  ordered: 'orders',
  voted: 'votes',
  donated: 'donations',
}

/** Who may what, said in other words. */
export const rights: readonly Wording[] = [
  // "members may no longer delete tools", "stop letting guests see prices": what somebody can not
  [
    /^((?:only )?(?:the |all )?[\p{L}-]+(?: (?!may\b|can\b)[\p{L}-]+)?) (?:may|can|should|must|shall) no longer ((?!be\b)[\p{L}]+ (?!.*\b(?:once|when|after|if|while|until|before|less|more|within|unless)\b).+)$/iu,
    '$1 can not $2',
  ],
  [
    /^(?:please )?(?:stop letting|do not let|never let|no longer let) ((?:the |all )?[\p{L}-]+) ((?!be\b)[\p{L}]+ (?!.*\b(?:once|when|after|if|while|until|before|unless)\b).+?)(?: any ?more| any longer| again)?$/iu,
    '$1 can not $2',
  ],
  // "nobody may close a ticket they opened themselves", "you cannot approve a claim that you made yourself"
  [
    /^(?:(?:nobody|no one|no-one) (?:can|may|must|should|is allowed to)|(?:you|people|they|one|[\p{L}-]+s) (?:can ?not|may not|must not|should not|must never)) ([\p{L}]+(?: or [\p{L}]+)?) (?:an? |the |any )?([\p{L}-]+(?: [\p{L}-]+)?) (?:that |which )?(?:they|you|he or she|he|she|one) (?:have |has )?(?:made|opened|created|wrote|written|filed|submitted|requested|handed in|posted|added|entered|uploaded)(?: (?:themselves|themself|yourself|yourselves|himself|herself|oneself|on their own))?$/iu,
    (_, verbs, thing) => `Nobody may ${verbs} their own ${singularPhrase(thing!)}`,
  ],
  // "agents can change and close tickets assigned to them": each of the two
  [
    /^((?:the |all )?[\p{L}-]+s (?:can |may )(?:only )?)([\p{L}]+) and ([\p{L}]+) ((?:the )?[\p{L}-]+s (?:(?:that|which) (?:are|is) )?assigned to (?:them|him|her))$/iu,
    '$1$2 $4 || $1$3 $4',
  ],
  // "only the agent a ticket is assigned to can change or close it"
  [
    /^only (?:the |an? )([\p{L}-]+)(?: (?:that|to whom|whom|to which))? (?:an?|the) ([\p{L}-]+) is assigned(?: to)? (?:can|may) ([\p{L}]+)(?:,? (?:or|and) ([\p{L}]+))? it$/iu,
    (_, who, thing, one, other) =>
      [one, other]
        .filter(Boolean)
        .map((verb) => `Only ${pluralPhrase(who!)} can ${verb} ${pluralPhrase(thing!)} assigned to them`)
        .join(' || '),
  ],
  // "students do not see each other's essays", "tenants cannot see defects of others": only their own
  [
    new RegExp(
      `^${doers} ${notSee} (?:each other['’]s|one another['’]s|others['’]|other(?: people| [\\p{L}-]+s)['’]s?|(?:any|some)(?:one|body) else['’]s) ${thing}$`,
      'iu',
    ),
    (said, who, what) =>
      endsInPeople(who!) && !ofPeople.test(what!) ? `${who} can only see their own ${what}` : said!,
  ],
  [
    new RegExp(
      `^${doers} ${notSee} (?:the )?${thing} (?:of|from|by) (?:others|each other|one another|other(?: people| [\\p{L}-]+s)|(?:any|some)(?:one|body) else)$`,
      'iu',
    ),
    (said, who, what) =>
      endsInPeople(who!) && !groups.test(said!.split(' ').at(-1)!) ? `${who} can only see their own ${what}` : said!,
  ],
  // "other members do not see them", "nobody else can see my notes"
  [
    new RegExp(`^other ((?!people\\b)[\\p{L}-]+s) ${notSee} (?:(?:the |their )?(?!them$|it$)${thing}|them|it)$`, 'iu'),
    (said, who, what) =>
      endsInPeople(who!) ? `${sentence(who!)} can only see their own ${what ? pluralPhrase(what) : 'ones'}` : said!,
  ],
  // "applicants do not see the ratings": what they do not see they may not see
  [
    /^((?:the |all |our |other )?[\p{L}-]+(?: (?!do\b|does\b)[\p{L}-]+)?) (?:do|does) not (?:get to )?(see|view|read|change|edit|delete) (.+)$/iu,
    (said, who, verb, what) => (endsInPeople(who!) ? `${who} can not ${verb} ${what}` : said!),
  ],
  // "organisers can see who registered for an event": the registrations
  [
    new RegExp(
      `^((?:only )?(?:the |all |our )?[\\p{L}-]+(?: (?!can\\b|may\\b|should\\b|cannot\\b)[\\p{L}-]+)?) ((?:can ?not|can not|may not|must not|can|may|should) )?(?:see|view|know|list|get)s? (?:(?:everyone|everybody|those|all|people) )?who (?:has |have |is |are )?(${Object.keys(left).join('|')})(?: (?:(?:for|to|in|on|up for) )?(?:an? |the |each |every |their |which )?[\\p{L}-]+)?$`,
      'iu',
    ),
    (_, who, may, done) => `${who} ${may?.replace(/should /i, 'can ') ?? 'can '}see ${left[done!.toLowerCase()]}`,
  ],
  // "only members have the right to see photos"
  [
    /^((?:only )?(?:the |all |our )?[\p{L}-]+(?: [\p{L}-]+)?) (?:has|have|gets?) (?:the |a )?(?:right|permission|privilege|authori[sz]ation) to ([\p{L}]+ .+)$/iu,
    '$1 can $2',
  ],
  // "let chairs invite members"
  [
    /^(?:please )?(?:let|allow) (?:the |all )?(?!users\b|people\b)((?:[\p{L}-]+ )?[\p{L}-]+s) (?:to )?(?!only\b|know\b)([\p{L}-]+ .+)$/iu,
    (said, who, rest) => (isPersonNoun(singular(who!.toLowerCase().split(' ').at(-1)!)) ? `${who} can ${rest}` : said!),
  ],
  // "nobody but members of the committee can read its meetings", "people who are not in a committee cannot see its meetings"
  [
    new RegExp(
      `^(?:nobody|no one|none) (?:but|except|other than|besides|outside) (?:the )?(?:members of )?(?:an?|the) ${thing} (?:can|may) ${see} (?:its|their|the) ${thing}$`,
      'iu',
    ),
    (_, group, what) => ofMembers(group!, what!),
  ],
  [
    new RegExp(
      `^(?:people|users|those|anyone|anybody|everybody|everyone) (?:who (?:are|is) not (?:in|(?:an? )?members? of|part of)|outside(?: of)?|not in) (?:an?|the) ${thing} (?:can ?not|can not|may not|must not) ${see} (?:its|their|the) ${thing}$`,
      'iu',
    ),
    (_, group, what) => ofMembers(group!, what!),
  ],
  [
    new RegExp(
      `^(?:non-?members|outsiders|others|strangers) (?:can ?not|can not|may not|must not) ${see} (?:the )?${thing} of (?:an?|the) ${thing}$`,
      'iu',
    ),
    (_, what, group) => ofMembers(group!, what!),
  ],
  // "members see only the meetings of their own committees", "people only see tasks of teams that they belong to"
  [
    new RegExp(
      `^${anyone} ${onlySee} (?:the )?${thing} (?:of|in|from) (?:the |their |his or her )(?:own )?${thing}$`,
      'iu',
    ),
    (said, what, group) => ofGroup(said!, group!, what!),
  ],
  [
    new RegExp(`^${anyone} ${onlySee} (?:the )?${thing} (?:of|in|from) (?:the )?${thing} ${theirs}$`, 'iu'),
    (said, what, group) => ofGroup(said!, group!, what!),
  ],
  [
    new RegExp(`^${anyone} ${onlySee} (?:their|his or her) (?:own )?([\\p{L}-]+?)(?:['’]s|s['’]) ${thing}$`, 'iu'),
    (said, group, what) => ofGroup(said!, group!, what!),
  ],
  // "members cannot see the meetings of other committees", "tasks of other teams are hidden"
  [
    new RegExp(
      `^${anyone} (?:can ?not|can not|may not|must not|do not) ${see} (?:the )?${thing} (?:of|in|from) other ${thing}$`,
      'iu',
    ),
    (said, what, group) => ofGroup(said!, group!, what!),
  ],
  // "meetings are for committee members only", "meetings are private to the committee"
  [
    new RegExp(`^(?:the )?${thing} are (?:only )?for ([\\p{L}-]+) members(?: only)?$`, 'iu'),
    (said, what, group) =>
      isSomebody(group!) || /^(?:all|signed-in|our|its|their)$/i.test(group!) ? said! : ofMembers(group!, what!),
  ],
  [
    new RegExp(
      `^(?:the )?${thing} are (?:private|internal|confidential) to (?:the|their|its|each|every) ${thing}$`,
      'iu',
    ),
    (said, what, group) =>
      /^(?:authors?|owners?|users?|creators?|members?|people)$/i.test(group!) || isSomebody(group!)
        ? said!
        : ofMembers(group!, what!),
  ],
  // who invites members adds them
  [
    /^((?:only )?(?:the )?(?:chairs?|captains?|leaders?|organi[sz]ers?|coach(?:es)?|hosts?|team leads?)) (?:can|may) invite (?:new |other )?(members|people)((?: (?:to|into) .+)?)$/iu,
    '$1 can add $2$3',
  ],
  // "the chair of a committee invites members", "members are invited by the chair"
  [
    /^(?:the |an? )?(chair|captain|leader|organi[sz]er|coach|host|team lead) of (?:an?|the|each|every) [\p{L}-]+ (?:can |may )?(invite|add|remove)s? (?:its |the |new )?(?:members|people)$/iu,
    (_, who, verb) => `${pluralPhrase(who!)} can ${verb!.toLowerCase()} members`,
  ],
  [
    /^(?:new )?(?:members|people) (?:are|can be|may be|get) (invited|added|removed) (?:only )?by (?:the |its |their |an? )?(chair|captain|leader|organi[sz]er|coach|host|team lead)s?(?: of (?:the|an?|their|its) [\p{L}-]+)?$/iu,
    (_, done, who) =>
      `${pluralPhrase(who!)} can ${{ i: 'invite', a: 'add', r: 'remove' }[done!.charAt(0).toLowerCase()]} members`,
  ],
  // "meetings have a date and minutes": what is written down
  [
    /^((?:an? |each |every |the )?(?:[\p{L}-]+ )?(?:meeting|assembl(?:y|ie)|sitting|hearing|conference)s?(?: of (?:an? |the )?[\p{L}-]+)? (?:has|have|with) (?:.+ )?)minutes((?:,| and ).+)?$/iu,
    '$1minutes (text)$2',
  ],
]
