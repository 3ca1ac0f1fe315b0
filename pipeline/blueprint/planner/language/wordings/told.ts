import type { Wording } from '../makings.ts'
import { isPlural, singular, withArticle } from '../words.ts'
import { deedNoun, doneOf, endsInPeople } from './deeds.ts'
import { done, thing } from './thing.ts'

const when = '(?:when(?:ever)?|once|as soon as|if|every time|each time|any time|after|in case)'
const who = '((?:the |all |all the |an? |our |its |their |every |each )?[\\p{L}-]+(?: [\\p{L}-]+){0,2}?)'
const note = '(?:messages?|notifications?|notices?|alerts?|notes?|heads-up|reminders?|pings?)'
const tell = '(?:tell|notify|inform|alert|warn|message|ping|update)'
const tells = '(?:tells|notifies|informs|alerts|warns|messages|pings|is (?:told|announced|reported) to)'
const told = '(?:told|notified|informed|alerted|warned|messaged|pinged|updated)'
const number = '(\\d+|two|three|four|five|six|eight|ten|twenty)'

/** "The customer is told", "customers are told". */
const isTold = (said: string): string => {
  if (us.test(said)) return 'we are told'
  const words = said.replace(/^(?:The|All|Its|Their|An?|Our|Every|Each)\b/, (first) => first.toLowerCase())
  return `${words} ${isPlural(words.split(' ').at(-1)!.toLowerCase()) && !/^(?:an?|every|each) /i.test(words) ? 'are' : 'is'} told`
}
const one = (words: string): string => withArticle(singular(words.toLowerCase()))
const us = /^(?:us|me|we|i)$/i
const isWho = (words: string): boolean => us.test(words) || endsInPeople(words) || /^(?:the|its|their) /i.test(words)

/** What happens, in the words that readers know. */
const plainEvent = (event: string): string =>
  event
    .trim()
    .replace(/,$/, '')
    .replace(
      new RegExp(
        `^(?:there (?:are|is) )?(?:less|fewer) than ${number} (?:pieces |items |units |copies )?of (?:an?|the|any) ${thing}(?: (?:are |is )?(?:left|in stock|there|remaining|available))?$`,
        'iu',
      ),
      (_, count, what) => `the stock of ${one(what)} falls below ${count}`,
    )
    .replace(
      new RegExp(
        `^(?:there (?:are|is)|we (?:have|are down to)|only)? ?(?:less|fewer) than ${number} (?:[\\p{L}]+ )?(?:are |is )?left(?: (?:of|from) (?:an?|the|any|one) ${thing})?(?: (?:are |is )?left)?$`,
        'iu',
      ),
      (_, count, what) => (what ? `the stock of ${one(what)} falls below ${count}` : `the stock falls below ${count}`),
    )
    .replace(
      new RegExp(
        `^(?:an?|the|any) ${thing} (?:has|gets?|goes|drops|is) (?:less|fewer) than ${number}(?: (?:pieces|items|units))? (?:in stock|left|on stock)$`,
        'iu',
      ),
      (_, what, count) => `the stock of ${one(what)} falls below ${count}`,
    )
    .replace(
      new RegExp(
        `^(?:an?|the|any) ${thing} (?:runs|goes|drops|falls|gets) (?:below|under|down to less than) ${number}$`,
        'iu',
      ),
      (whole, what, count) =>
        /\b(?:stock|quantity|amount|level|price|balance|number|count|temperature|weight|score|rating)$/i.test(what)
          ? whole
          : `the stock of ${one(what)} falls below ${count}`,
    )
    .replace(
      new RegExp(`^(?:an?|the) ${thing} gets an? (?:new|different|other) ([\\p{L}]+)$`, 'iu'),
      (_, what, field) => `the ${field} of ${one(what)} changes`,
    )
    .replace(
      new RegExp(`^(?:(?:an?|the) )?${thing}['’]s? ([\\p{L}]+) is (?:moved|shifted|changed|altered|updated)$`, 'iu'),
      (_, what, field) => `the ${field} of ${one(what)} changes`,
    )

const telling = (event: string, people: string): string => `When ${plainEvent(event)}, ${isTold(people)}`
/** Only where people stand there: "the status is told" is none. */
const tellingWho = (whole: string, event: string, people: string): string =>
  isWho(people) ? telling(event, people) : whole

/** Who is told of what, said in other words than "when a job is printed, the front desk is told". */
export const tellings: readonly Wording[] = [
  // "a message goes to the front desk when a job is printed", "when a job is printed, a message goes to the front desk"
  [
    new RegExp(
      `^(?:an? |the |there is an? |there must be an? )${note} (?:goes|goes out|is sent|gets sent|must go|should go|must be sent|should be sent|for|is given|is shown)(?: to)? ${who} ${when} (.+)$`,
      'iu',
    ),
    (whole, people, event) => tellingWho(whole!, event!, people!),
  ],
  [
    new RegExp(
      `^${when} (.+?),? (?:then )?(?:an? |the )${note} (?:goes|goes out|is sent|gets sent|must go|should go|must be sent|should be sent) to ${who}$`,
      'iu',
    ),
    (whole, event, people) => tellingWho(whole!, event!, people!),
  ],
  // "the front desk hears about it when a job is printed", "customers find out when their job is printed"
  [
    new RegExp(
      `^${who} (?:(?:should |must |has to |have to |needs? to |wants? to |will )?(?:hears?(?: about it| of it)?|finds? out|learns?(?: about it| of it)?|gets? word|gets? to know|be made aware|is made aware|are made aware)|(?:should|must|has to|have to|needs? to|wants? to|want|will) (?:know|see|hear|be aware)|gets? to hear) ${when} (.+)$`,
      'iu',
    ),
    (whole, people, event) => tellingWho(whole!, event!, people!),
  ],
  [
    new RegExp(
      `^${when} (.+?)(?:,|(?= (?:the|all|its|their) )) ?${who} (?:(?:should|must|has to|have to|needs? to|wants? to) (?:know|hear)(?: about it| of it)?|(?:hears?|finds? out|learns?)(?: about it| of it)?)$`,
      'iu',
    ),
    (whole, event, people) => tellingWho(whole!, event!, people!),
  ],
  // "let customers know when their job is printed", "give the front desk a heads-up when a job is printed"
  [
    new RegExp(`^(?:please )?let ${who} know ${when} (.+)$`, 'iu'),
    (whole, people, event) => tellingWho(whole!, event!, people!),
  ],
  [
    new RegExp(`^(?:please )?give ${who} (?:an? )?(?:${note}|word) ${when} (.+)$`, 'iu'),
    (whole, people, event) => tellingWho(whole!, event!, people!),
  ],
  // "when a job is printed, we tell the front desk", "when fewer than 5 are left, tell the buyers"
  [
    new RegExp(
      `^${when} (.+?),? (?:then )?(?:we |please |it |the system )?(?:must |should |will )?(?:${tell}|notifies|tells|informs) ${who}$`,
      'iu',
    ),
    (whole, event, people) => tellingWho(whole!, event!, people!),
  ],
  // Ones that are told in words that are known, of what happens in words that are not.
  [
    new RegExp(
      `^(?:please )?(?:${tell}) ${who} ${when} ((?:there (?:are|is) )?(?:less|fewer) than .+|an? .+ (?:runs|goes|drops|falls) below \\S+|an? .+ in stock)$`,
      'iu',
    ),
    (whole, people, event) => tellingWho(whole!, event!, people!),
  ],
  [
    new RegExp(
      `^${who} (?:(?:is|are|gets?|should be|must be|want to be|would like to be) (?:also )?${told}|(?:gets?|receives?|should get|want|need|would like) (?:an? )?${note}) ${when} (.+)$`,
      'iu',
    ),
    (whole, people, event) => (plainEvent(event!) === event ? whole! : tellingWho(whole!, event!, people!)),
  ],
  [
    new RegExp(`^${when} (.+?),? ${who} (?:is|are|gets?|should be|must be) (?:also )?${told}$`, 'iu'),
    (whole, event, people) => (plainEvent(event!) === event ? whole! : tellingWho(whole!, event!, people!)),
  ],
  // "printing a job notifies the front desk", "a new defect notifies the caretakers"
  [
    new RegExp(`^${deedNoun} (?:of )?(an?|the|any) ${thing} ${tells} ${who}$`, 'iu'),
    (whole, deed, _a, what, people) =>
      tellingWho(
        whole!,
        `${one(what!)} is ${/^(?:deleting|removing)$/i.test(deed!) ? 'deleted' : doneOf(deed!)}`,
        people!,
      ),
  ],
  [
    new RegExp(
      `^(?:an?|every|each|any|all)? ?new ${thing} (?:${tells}|are (?:told|announced|reported) to) ${who}$`,
      'iu',
    ),
    (whole, what, people) =>
      isWho(people!) ? `${isTold(people!)} about new ${singular(what!.toLowerCase())}s` : whole!,
  ],
  [
    new RegExp(
      `^(?:(?:please )?let ${who} know|${who} (?:wants?|needs?|has|have|should|must)(?: to)? (?:hear|know|learn)) (?:about|of) (?:all |every |any |each )?new ${thing}$`,
      'iu',
    ),
    (whole, people, others, what) =>
      isWho((people ?? others)!)
        ? `${isTold((people ?? others)!)} about new ${singular(what!.toLowerCase())}s`
        : whole!,
  ],
  // "inform the front desk about printed jobs", "members are informed of deleted events"
  [
    new RegExp(`^(?:please )?${tell} ${who} (?:about|of) (?:all |every |any |each )?(?!new\\b)${done} ${thing}$`, 'iu'),
    (whole, people, deed, what) => tellingWho(whole!, `${one(what!)} is ${deed}`, people!),
  ],
  [
    new RegExp(
      `^${who} (?:is|are|gets?|should be|must be) ${told} (?:about|of) (?:all |every |any |each )?(?!new\\b)${done} ${thing}$`,
      'iu',
    ),
    (whole, people, deed, what) => tellingWho(whole!, `${one(what!)} is ${deed}`, people!),
  ],
  // "members are informed about changes of the date of an event"
  [
    new RegExp(
      `^(?:any |all |each |every )?changes? (?:of|to|in) (?:(?:an?|the) ${thing}['’]s? ([\\p{L}]+)|the ([\\p{L}]+) of (?:an?|the) ${thing}) (?:is|are) (?:told|reported|announced|sent|notified) to ${who}$`,
      'iu',
    ),
    (whole, what, field, field2, what2, people) =>
      tellingWho(whole!, `the ${field ?? field2} of ${one((what ?? what2)!)} changes`, people!),
  ],
  [
    new RegExp(
      `^(?:${tell} ${who}|${who} (?:is|are|gets?|should be|must be) ${told}) (?:about|of) (?:any |all |each |every |an? )?changes? (?:of|to|in) (?:(?:an?|the) ${thing}['’]s? ([\\p{L}]+)|the ([\\p{L}]+) of (?:an?|the) ${thing})$`,
      'iu',
    ),
    (whole, people, others, what, field, field2, what2) =>
      tellingWho(whole!, `the ${field ?? field2} of ${one((what ?? what2)!)} changes`, (people ?? others)!),
  ],
  // "whoever submitted a job is told when it is printed"
  [
    new RegExp(
      `^(?:whoever|the (?:person|one) who|who) (?:has )?(?:submitted|made|created|placed|entered|added|reported|ordered|filed|requested|booked|wrote|posted|opened|sent in|handed in) (?:an?|the) ${thing} (?:is|gets|must be|should be|will be) ${told} ${when} (?:it|the [\\p{L}-]+) (?:is|has been|gets) ${done}$`,
      'iu',
    ),
    (_, what, deed) => `When ${one(what!)} is ${deed}, its owner is told`,
  ],
]
