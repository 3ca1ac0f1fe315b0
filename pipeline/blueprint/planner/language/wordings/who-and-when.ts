import type { Wording } from '../makings.ts'
import { singular, withArticle } from '../words.ts'
import { deedNoun, doneOf } from './deeds.ts'
import { done, thing } from './thing.ts'

const one = (words: string): string =>
  /^(?:it|they|them)$/i.test(words) ? 'it' : withArticle(singular(words.toLowerCase()))
const keep =
  '(?:please |also |always )?(?:(?:we|i) (?:want|need|have) to |it should be possible to )?(?:record|store|save|remember|note|note down|write down|keep|log|register|track|keep track of|know|see)'
const what = `(?:(?:an?|the|each|every) )?${thing}`
const is = '(?:is|was|has been|are|were|gets?|got)'
const when = '(?:when(?:ever)?|once|as soon as)'
const both = (thing: string, deed: string): string => `${at(thing, deed)} || ${by(thing, deed)}`
const at = (thing: string, deed: string): string =>
  `When ${one(thing)} is ${deed}, the ${deed.replaceAll(' ', '-')}-at time is set`
const by = (thing: string, deed: string): string => `When ${one(thing)} is ${deed}, who ${deed} it is noted`
const timed = (field: string): string => (/\b(?:date|time|day|moment)$/i.test(field) ? field : `${field} time`)
/** Who makes a row and when is kept anyway. */
const byItself = /^(?:made|created|added|entered|changed|edited|updated|deleted|removed)$/i

/** That it is written down who took a step and when, and what a step sets, said in other words. */
export const whoAndWhen: readonly Wording[] = [
  // "remember when and by whom it was approved"
  [
    new RegExp(`^${keep} (?:when and by whom|by whom and when) ${what} ${is} ${done}$`, 'iu'),
    (whole, thing, deed) => (byItself.test(deed!) ? whole! : both(thing!, deed!)),
  ],
  // "store who approved a claim and when", "we want to know who approved it"
  [
    new RegExp(
      `^${keep} (when and )?who ${done} (?:(?:an?|the|each|every) )?(it|[\\p{L}-]+(?: (?!and\\b)[\\p{L}-]+)?)( and when)?$`,
      'iu',
    ),
    (whole, first, deed, thing, last) =>
      byItself.test(deed!) ? whole! : first || last ? both(thing!, deed!) : by(thing!, deed!),
  ],
  // "store who refused it and why"
  [
    new RegExp(
      `^${keep} (?:who|by whom) ${done} (?:(?:an?|the|each|every) )?(it|[\\p{L}-]+(?: (?!and\\b)[\\p{L}-]+)?) and why$`,
      'iu',
    ),
    (_, deed, thing) => `${by(thing!, deed!)} || why ${one(thing!)} is ${deed}`,
  ],
  // "when a claim is approved, remember who approved it and when"
  [
    new RegExp(
      `^${when} ${what} ${is} ${done},? ${keep} who (?:did it|did so|did that|[\\p{L}]+(?:ed|en) it)( and when)?$`,
      'iu',
    ),
    (_, thing, deed, last) => (last ? both(thing!, deed!) : by(thing!, deed!)),
  ],
  [
    new RegExp(`^${when} ${what} ${is} ${done},? ${keep} (?:when and by whom|by whom and when)$`, 'iu'),
    (_, thing, deed) => both(thing!, deed!),
  ],
  // "the end is the moment it is finished"
  [
    new RegExp(
      `^(?:the|its) ([\\p{L}-]+(?: (?!is\\b)[\\p{L}-]+)?) is (?:always )?the (?:moment|time|date|day|date and time)(?: when| at which| on which| that)? ${what} ${is} ${done}$`,
      'iu',
    ),
    (_, field, thing, deed) => `When ${one(thing!)} is ${deed}, the ${timed(field!)} is set`,
  ],
  // "shipping an order sets the shipping date"
  [
    new RegExp(
      `^${deedNoun} (?:of )?(?:an?|the|any) ${thing} (?:also |automatically )?(?:sets|fills in|stores|saves|records|notes|notes down|stamps) (?:the|its) ([\\p{L}-]+(?: [\\p{L}-]+)?)$`,
      'iu',
    ),
    (_, deed, thing, field) => `When ${one(thing!)} is ${doneOf(deed!)}, the ${timed(field!)} is set`,
  ],
]
