import type { Wording } from '../makings.ts'
import { isPeople } from '../turns/words.ts'
import { pluralPhrase, sentence, singularPhrase, withArticle } from '../words.ts'

const who = '((?:the |all |our )?[\\p{L}-]+(?: (?!can\\b|may\\b|must\\b)[\\p{L}-]+)?)'
const givers = '((?:the |all |our |only )?[\\p{L}-]+(?:(?:,| and| or) (?:the )?[\\p{L}-]+)*)'
const end = 'with|for|to|of|on|about|in|at|from|by|and|or|that|which|who|per|each|every|as|into|once'
const noun = `[\\p{L}-]+(?: (?!(?:${end})\\b)[\\p{L}-]+)?`

const bad =
  'full|broken|defective|damaged|faulty|dirty|empty|blocked|overflowing|overfull|defect|leaking|stuck|jammed|burnt-out|worn-out|unsafe'
const reportsOf = (lead: string, people: string, what: string, fields: string | undefined): string =>
  `${lead}${sentence(people)} can add reports || Each report has ${withArticle(singularPhrase(what))}${fields ? `, ${fields}` : ''}`

/** Who or what writes down rows of something else. */
const doing =
  /^(?:we|i|you|they|it|staff)$|\b(?:systems?|apps?|api|teams?|groups?|clubs?|schools?|compan(?:y|ies)|departments?|famil(?:y|ies)|households?|offices?|firms?|shops?|stores?|hospitals?|clinics?|partners?|crews?|sensors?|devices?|machines?|meters?|stations?|cameras?|robots?|desks?|warehouses?)$/i

/** What a row has, with its article. */
const item = "(?:the|an?|its|their) [\\p{L}-]+(?: (?!and\\b)[\\p{L}'-]+){0,3}"

const lead = '((?:[^:,.;]{3,40}: |an? [\\p{L} -]{3,30} (?:where|in which) )?)'

const marks = 'liked|favou?rited|bookmarked|starred|upvoted|followed|hearted|voted (?:for|on)'
const leaves = `${marks}|commented(?: on)?|replied to|rated`
const deed = `${leaves}|[\\p{L}]+(?:ed|en|wn)`

const leave =
  'like|favou?rite|bookmark|star|upvote|follow|vote for|share|comment(?: on)?|reply to|rate|review|report|save|download'

/** What people give and leaves nothing behind. */
const notMade =
  /^(?:access|rights?|permissions?|it|them|feedback|ratings?|reviews?|roles?|money|donations?|birth|answers?|advice|help|stars?|points?|names?|numbers?|this|that|these|those|everything|all)$/i
const receiver = (whom: string): string =>
  /^(?:several|many|some|two|all) /i.test(whom)
    ? pluralPhrase(whom.replace(/^[\p{L}]+ /u, ''))
    : withArticle(singularPhrase(whom))
const isPlace = /^(?:charity|charities|campaigns?|projects?|causes?|each other|others|it|them|us|me)$/i

/** What one of several deeds to a thing leaves behind, as a sentence of its own. */
const deedTo = (things: string, deed: string, by: string | undefined): string => {
  const people = by ?? 'users'
  if (/^commented/i.test(deed)) return `${sentence(people)} can comment on ${things.toLowerCase()}`
  if (/^(?:rat|review)ed$/i.test(deed))
    return `${sentence(people)} can ${deed.toLowerCase().replace(/(?<=rate|review)(?:e?d)$|d$/, '')} ${things.toLowerCase()}`
  return `${sentence(things)} can be ${deed.toLowerCase()}${by ? ` by ${by}` : ''}`
}

/** Who gives and is one: what they give are the rows. */
const houses =
  'bank|foundation|library|company|firm|school|shop|store|city|town|council|museum|club|charity|agency|insurance|clinic|hospital|university|college|association'

/** Whose the fields are, and what is meant by a noun, where the same was said around a corner. */
export const nouns: readonly Wording[] = [
  // "books can have more than one author": several
  [
    /^((?:(?:an?|the|all|each|every) )?[\p{L}-]+(?: [\p{L}-]+)?? (?:(?:can|may) )?(?:has|have)) more than one ([\p{L}-]+)(,? and .+)?$/iu,
    (_, have, one, rest) => `${have} several ${pluralPhrase(one!)}${rest ?? ''}`,
  ],
  // "vets have appointments with pets, with a start and an end": an appointment is of the two
  [
    /^((?:(?:the|all|our) )?[\p{L}-]+s) (?:have|hold|give) (appointments|lessons|consultations|meetings|sessions|interviews|visits|calls|conversations|examinations|talks|trainings|hearings) with (?:the |our |their )?([\p{L}-]+s)(?:,? (?:with|that have|which have|having) (.+))?$/iu,
    (_, hosts, events, guests, fields) => {
      const one = singularPhrase(events!.toLowerCase())
      const host = withArticle(singularPhrase(hosts!.replace(/^(?:the|all|our) /i, '').toLowerCase()))
      return `Each ${one} belongs to ${host} || Each ${one} belongs to ${withArticle(singularPhrase(guests!.toLowerCase()))}${fields ? ` || ${sentence(events!)} have ${fields}` : ''}`
    },
  ],
  // "singers belong to a voice: soprano, alto or tenor", "players are in one of three positions: ..."
  [
    /^((?:the |all |each |every |an? )?[\p{L}-]+(?: [\p{L}-]+)?) (?:belongs?|belong|are|is|plays?|sings?) (?:to|in|on|of|at) (?:an?|one of (?:the |our )?(?:two|three|four|five|six|seven|eight|nine|ten|\d+|following)) ([\p{L}-]+(?: [\p{L}-]+)?): ([\p{L} -]+(?:, [\p{L} -]+)*,? (?:or|and) [\p{L} -]+)$/iu,
    (_, who, what, values) =>
      `${who} ${/s$/i.test(who!) && !/^(?:each|every|an?) /i.test(who!) ? 'have' : 'has'} ${withArticle(singularPhrase(what!))} (${values!.replace(/,? (?:or|and) /i, ', ')})`,
  ],
  // "a length of 20 or 45 minutes"
  [
    /\b(an? [\p{L}-]+) of (\d+(?:, \d+)*) or (\d+) (minutes|hours|days|weeks|metres|meters|cm|kg|litres|liters|euros)\b/iu,
    '$1 in $4 ($2, $3)',
  ],
  // "manage a fleet of vans": vans
  [
    /^(.*\b(?:manages?|tracks?|keeps?|have|has|runs?|owns?|for|our) )(?:an? |the |our |its )?(?:fleet|herd|flock) of (?=[\p{L} -]+s\b)/iu,
    '$1',
  ],
  // "staff register found items with a title", "the front desk registers guests with a name"
  [
    /^((?:the |our )?(?:(?:[\p{L}-]+ )?(?:staff|crew|management|personnel|hr)|front desk|back office|reception|secretariat|[\p{L}-]+ (?:office|desk|department))) (register|enter|file|submit|report|hand in|upload|publish|issue|schedule)s? (?=(?!in\b|on\b|for\b|to\b|with\b)[\p{L}-]+(?: [\p{L}-]+){0,2} with (?:an?|the|their|its) )/iu,
    '$1 can $2 ',
  ],
  // "openings have a title and are visible to the public": what they have, and who sees them
  [
    new RegExp(
      `^((?:the |all |each |every |an? )?${noun}) (has|have) ([^:;]+?),? and (?:they |it )?(is|are) ((?:visible|public|private|secret|confidential|open|shown|hidden)\\b.*)$`,
      'iu',
    ),
    (_, things, have, fields, are, seen) =>
      `${things} ${have} ${fields!.replace(/, ([^,]+)$/, (last) => (/ and /.test(fields!) ? last : last.replace(', ', ' and ')))} || ${sentence(things!)} ${are} ${seen}`,
  ],
  // "each party gets a playlist made of several songs": which of the others belong to it
  [
    new RegExp(
      `^((?:each|every|an?|the|all) ${noun}|[\\p{L}-]+s) (?:gets?|has|have|comes? with|needs?) (?:an? |its |their )${noun} (?:made (?:up )?(?:of|from)|consisting of|composed of|put together from|with) (?:several|many|some|multiple|different|various|a few|a number of|two or more|one or more) (?:of (?:the|our) )?(${noun})$`,
      'iu',
    ),
    (_, owner, things) =>
      `${sentence(owner!)} ${/^(?:each|every|an?|the) /i.test(owner!) ? 'uses' : 'use'} several ${pluralPhrase(things!)}`,
  ],
  // "an appointment with a stylist has a start", "a car with a plate has a colour": what it has, one after the other
  [
    new RegExp(
      `^(an?|each|every) (${noun}) with (an? [\\p{L}-]+(?: (?!has\\b)[\\p{L}-]+)?) has ((?:an?|the) .+)$`,
      'iu',
    ),
    '$1 $2 has $3, $4',
  ],
  // "patients book appointments with a dentist, with a start and an end": what stands behind the second "with" is the appointment's too
  [
    new RegExp(
      `^((?:[^:,.;]{3,40}: )?${who} (?:can |may )?(?:book|make|arrange|schedule|reserve|request|have|get|plan|take|rent|hire|borrow|order|buy)s? (?:an? |their |new )?${noun}(?: online)?(?: for (?:an?|their|one of their) [\\p{L}-]+)? with )(?:an?|the|one of (?:the|our|their)|one) ([\\p{L}-]+(?: (?!with\\b|and\\b|each\\b|in\\b|at\\b|on\\b)[\\p{L}-]+)?)(?: (?:in|at) (an? (?!date|time|day)[\\p{L}-]+))?,? (?:each |and )?(?:with|having) ((?:an? |the |their |optional ).+)$`,
      'iu',
    ),
    (said, lead, people, other, place, fields) =>
      isPeople(people!)
        ? `${lead!.replace(/ online(?= )/i, '')}${withArticle(singularPhrase(other!))}, ${place ? `${place}, ` : ''}${fields}`
        : said!,
  ],
  // "nurses give medication to patients with a dose": what is given is made by them, and has to whom
  [
    new RegExp(
      `^${lead}${givers} (?:can |may )?(?:give|hand out|administer|teach(?=(?:es)? lessons?\\b)|award|issue|assign|pay|feed|dispense)(?:e?s)? (?:an? |the |their )?(${noun}) to (?:an? |the |their |our |each |all )?(${noun}),? (?:each )?with ((?:an? |the |their |optional )?[\\p{L}].*)$`,
      'iu',
    ),
    (said, lead, people, what, whom, fields) =>
      isPeople(people!) && !isPeople(what!) && !notMade.test(what!)
        ? `${lead}${sentence(people!)} can add ${pluralPhrase(what!)} || Each ${singularPhrase(what!)} has ${receiver(whom!)}, ${fields!.replace(/\btheir\b/gi, 'a').replace(/,? and (?:note|record|enter|write down)s? (?:the|an?) /i, ', a ')}`
        : said!,
  ],
  // "nurses give medication to patients"
  [
    new RegExp(
      `^${lead}${givers} (?:can |may )?(?:give|hand out|administer)s? (?:an? |the |their )?(${noun}) to (?:an? |the |their |our |each |all )?(${noun})$`,
      'iu',
    ),
    (said, lead, people, what, whom) =>
      isPeople(people!) && !isPeople(what!) && !notMade.test(what!) && !isPlace.test(whom!)
        ? `${lead}${sentence(people!)} can add ${pluralPhrase(what!)} || Each ${singularPhrase(what!)} has ${receiver(whom!)}`
        : said!,
  ],
  // "the bank gives loans to customers": loans of customers, and nothing of the one bank
  [
    new RegExp(
      `^${lead}(?:the|our|an?) (?:[\\p{L}-]+ )?(?:${houses}) (?:gives|grants|hands out|issues|pays|awards|pays out) (?:an? |the )?(${noun}) to (?:an? |the |its |our |each )?(${noun})(?:,? (?:each )?with ((?:an? |the |their |optional )[\\p{L}].*))?$`,
      'iu',
    ),
    (said, lead, what, whom, fields) =>
      !isPeople(what!) && !notMade.test(what!)
        ? `${lead}Track ${pluralPhrase(what!)} || Each ${singularPhrase(what!)} has ${receiver(whom!)}${fields ? `, ${fields}` : ''}`
        : said!,
  ],
  // "chefs cook meals for guests with a price": the price is the meals', which guests see
  [
    new RegExp(
      `^${lead}${who} (?:can |may )?(?:cook|bake|prepare|brew|sew|knit)s? (${noun}) (?:for|to) (?:the |our |all )?([\\p{L}-]+s),? (?:each )?with ((?:an? |the |optional )[\\p{L}].*)$`,
      'iu',
    ),
    (said, lead, people, what, whom, fields) =>
      isPeople(people!) && isPeople(whom!) && !isPeople(what!)
        ? `${lead}${sentence(people!)} can add ${pluralPhrase(what!)} || Each ${singularPhrase(what!)} has ${fields} || ${sentence(whom!)} can see ${pluralPhrase(what!)}`
        : said!,
  ],
  // "customers order cakes with a size and leave a note"
  [
    new RegExp(
      `^(${lead}${who} (?:can |may )?(?:order|book|request|reserve|rent|hire|buy|submit|report|file|apply for|send in|post|upload)s? .+? with .+?),? and (?:can |may )?(?:also )?(?:leave|add|write|give|enter|attach)s? (?:us )?(?:an? |the )?(?:optional )?(note|comment|message|remark|reason|description|wish|greeting|review)$`,
      'iu',
    ),
    (said, whole, _, people, what) => (isPeople(people!) ? `${whole} and an optional ${what}` : said!),
  ],
  // "nurses give patients medication with a dose", "lessons are given to pupils by teachers with a start"
  [
    new RegExp(
      `^((?:[^:,.;]{3,40}: )?)${who} (?:can |may )?(give|hand|assign|award|pay|administer)s? (?:an? |the |their |each |all )?([\\p{L}-]+) (?:an? |the )?(?!access\\b|rights?\\b|permissions?\\b)(${noun}),? (?:each )?with ((?:an? |the |their |optional )[\\p{L}].*)$`,
      'iu',
    ),
    (said, lead, people, verb, whom, what, fields) =>
      isPeople(people!) && isPeople(whom!) && !isPeople(what!)
        ? `${lead}${people} ${verb} ${what} to ${pluralPhrase(whom!)} with ${fields}`
        : said!,
  ],
  [
    new RegExp(
      `^(${noun}) (?:can be |may be |are |is |get |gets )(?:given|handed out|assigned|awarded|paid|taught|served|offered|administered) to (?:an? |the |each |all )?(${noun}) by (?:the |our )?([\\p{L}-]+),? (?:each )?with ((?:an? |the |their |optional )[\\p{L}].*)$`,
      'iu',
    ),
    (said, what, whom, people, fields) =>
      isPeople(people!) && !isPeople(what!)
        ? `${sentence(pluralPhrase(people!))} give ${what!.toLowerCase()} to ${pluralPhrase(whom!)} with ${fields}`
        : said!,
  ],
  // "photos can be liked, shared or commented"
  [
    new RegExp(
      `^(?:(?:all|the|every|each|an?) )?(${noun}) (?:can|may|could|should) (?:also )?be ((?:(?:${deed})(?:,? and |,? or |, ))+(?:${deed}))(?: by (?:the |all |any )?([\\p{L}-]+(?: [\\p{L}-]+)?))?$`,
      'iu',
    ),
    (said, things, deeds, by) => {
      const all = deeds!.split(/,? and |,? or |, /i)
      const many = pluralPhrase(things!)
      return all.some((deed) => new RegExp(`^(?:${leaves})$`, 'i').test(deed))
        ? all.map((deed) => deedTo(many, deed, by)).join(' || ')
        : said!
    },
  ],
  // "users like, share or comment photos"
  [
    new RegExp(
      `^${who} (?:can |may )?((?:(?:${leave})(?:,? and |,? or |, ))*(?:share|comment(?: on)?)(?:(?:,? and |,? or |, )(?:${leave}))*) (?:the |all |each other's |other )?(${noun})$`,
      'iu',
    ),
    (said, people, verbs, things) => {
      const all = verbs!.split(/,? and |,? or |, /i)
      return isPeople(people!) && all.length > 1
        ? all
            .map((verb) =>
              /^share$/i.test(verb)
                ? `${sentence(things!)} can be shared`
                : `${sentence(people!)} can ${verb.replace(/^comment.*$/i, 'comment on')} ${things}`,
            )
            .join(' || ')
        : said!
    },
  ],
  // "photos can be commented", as people say it without "on"
  [
    new RegExp(
      `^((?:(?:all|the|every|each|an?) )?${noun} (?:can|may|could|should) (?:also )?be commented)((?: by .+)?)$`,
      'iu',
    ),
    '$1 on$2',
  ],
  // "citizens report full bins": the bin stays what it is, what they make is a report of it
  [
    new RegExp(
      `^((?:[^:,.;]{3,40}: )?)${who} (?:can |may )?reports? (?:an? |the |any )?(?:${bad})(?: (?:or|and) (?:${bad}))? (${noun})(?:,? with (.+))?$`,
      'iu',
    ),
    (said, lead, people, what, fields) => (isPeople(people!) ? reportsOf(lead!, people!, what!, fields) : said!),
  ],
  [
    new RegExp(
      `^((?:[^:,.;]{3,40}: )?)${who} (?:can |may )?reports? (?:an? |the |any )?(${noun}) (?:that|which) (?:is|are) (?:${bad})(?: (?:or|and) (?:${bad}))?(?:,? with (.+))?$`,
      'iu',
    ),
    (said, lead, people, what, fields) => (isPeople(people!) ? reportsOf(lead!, people!, what!, fields) : said!),
  ],
  // "arrivals record the tram, the stop and the time": no people, so it is what they have
  [
    new RegExp(
      `^((?:[^:,.;]{3,40}: )?)((?:each |every |an? |the |all )?${noun}) (?:records?|notes?|logs?|states?|captures?|documents?|saves?|stores?) ((?:${item}, )*${item},? and ${item})$`,
      'iu',
    ),
    (said, lead, things, fields) =>
      isPeople(things!) || doing.test(things!) || /\b(?:when|whenever|if|for each|for every|per)\b/i.test(things!)
        ? said!
        : `${lead!.replace(/: $/, ' || ')}${sentence(things!)} ${/^(?:each|every|an?) /i.test(things!) ? 'has' : 'have'} ${fields!.replace(/\b(?:the|its|their) (?=[\p{L}])/giu, 'a ')}`,
  ],
]
