import type { Wording } from '../makings.ts'
import { singular, withArticle } from '../words.ts'
import { done, thing } from './thing.ts'

const is = '(?:is|was|has been|gets|got|are|were|have been)(?: last)?'
const keep =
  '(?:record|store|save|remember|note|note down|write down|keep|log|register|track|keep track of|take down|memori[sz]e)'
const kept = '(?:recorded|stored|saved|remembered|noted|noted down|written down|kept|logged|registered|tracked)'

/** When a row was made and changed last is kept anyway, and a day that people send is a field. */
const byItself = /^(?:made|created|added|entered|changed|edited|updated|modified|deleted|removed|due|planned)\b/i

/** Of what was done the day alone is asked for: "noted" makes no step of it where there is none. */
const stamped = (whole: string, what: string, deed: string, day: boolean): string =>
  byItself.test(deed)
    ? whole
    : `When ${withArticle(singular(what.toLowerCase()))} is ${deed}, the ${deed.replaceAll(' ', '-')}-${day ? 'on date' : 'at time'} is ${past.test(whole) ? 'noted' : 'set'}`

const past = /\b(?:was|were|has been|have been|got)\b/i

const isDay = (word: string | undefined): boolean => /^(?:date|day)$/i.test(word ?? '')

/** That the moment of a step is written down, said in other words than "when it is printed, the print time is set". */
export const moments: readonly Wording[] = [
  // "record when a job was printed", "save the time when a job is printed"
  [
    new RegExp(
      `^(?:please |also |always )?${keep} (?:the )?(?:exact )?(?:(date|time|day|moment|date and time) )?(?:(?:when|at which|on which|that|of when) )?(?:an?|the|each|every) ${thing} ${is} ${done}$`,
      'iu',
    ),
    (whole, day, what, deed) =>
      /\bwhen\b|time|date|day|moment/i.test(whole!) ? stamped(whole!, what!, deed!, isDay(day)) : whole!,
  ],
  [
    new RegExp(
      `^(?:it (?:is|gets|must be|should be) ${kept}|we (?:want|need|have) to (?:know|see|record|remember)|i (?:want|need) to (?:know|see|record|remember)|we (?:record|remember|note|keep|store|save)) (?:the )?(?:(date|time|day|moment) )?when (?:an?|the|each|every) ${thing} (?:is|was|has been)(?: last)? ${done}$`,
      'iu',
    ),
    (whole, day, what, deed) => stamped(whole!, what!, deed!, isDay(day)),
  ],
  // "a job remembers when it was printed", "a job stores the time it was printed"
  [
    new RegExp(
      `^(?:(?:an?|the|each|every|all) )?${thing} (?:records?|stores?|saves?|remembers?|notes?|keeps?|knows?)(?: track of)? (?:the )?(?:(date|time|day|moment|date and time) )?(?:when |at which |on which )?(?:it|they) (?:is|was|has been|were)(?: last)? ${done}$`,
      'iu',
    ),
    (whole, what, day, deed) => stamped(whole!, what!, deed!, isDay(day)),
  ],
  // "the time a job is printed is noted", "the time of printing is saved"
  [
    new RegExp(
      `^the (date|time|day|moment|date and time) (?:when |at which |on which |that )?(?:an?|the|each|every) ${thing} ${is} ${done} (?:is|gets|must be|should be) ${kept}$`,
      'iu',
    ),
    (whole, day, what, deed) => stamped(whole!, what!, deed!, isDay(day)),
  ],
  // "when a job is printed, the time is saved", "when a job is printed, save the time"
  [
    new RegExp(
      `^(?:when(?:ever)?|once|as soon as) (?:an?|the) ${thing} (?:is|gets|has been) ${done},? (?:the|its) (time|moment|date and time|date|day) (?:is|gets|should be|must be) (?:automatically )?(?:set|${kept})$`,
      'iu',
    ),
    (whole, what, deed, day) => stamped(whole!, what!, deed!, isDay(day)),
  ],
  [
    new RegExp(
      `^(?:when(?:ever)?|once|as soon as) (?:an?|the) ${thing} (?:is|gets|has been) ${done},? (?:then )?${keep} (?:the|its) (time|moment|date and time|date|day)$`,
      'iu',
    ),
    (whole, what, deed, day) => stamped(whole!, what!, deed!, isDay(day)),
  ],
]
