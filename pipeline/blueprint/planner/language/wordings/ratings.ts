import { numberOf } from '../../behaviour/terms/numbers.ts'
import type { Wording } from '../makings.ts'
import { plural, singularPhrase } from '../words.ts'

const who = '((?:the |each |every |all )?[\\p{L}-]+(?: (?!can\\b|may\\b|rates?\\b|gives?\\b)[\\p{L}-]+)?)'
const what = '(?:(?:an?|the|each|every|all|any) )?([\\p{L}-]+(?: (?!once\\b|with\\b|from\\b|between\\b)[\\p{L}-]+)?)'
const number = '(\\d{1,3}|one|zero)'
const upTo = '(\\d{1,3}|three|five|six|ten)'
const units = '(?:stars|points|marks|hearts)'
const often = '(,? (?:only )?once|,? one time)?'

/** People of whom one speaks as of one: "the jury" is who judges. */
const people = (said: string): string => (/^(?:the )?jury$/i.test(said) ? 'Judges' : said)
const rated = (who: string, what: string, from: string, to: string): string =>
  `${people(who)} can rate ${plural(singularPhrase(what.toLowerCase()))} from ${numberOf(from) ?? from} to ${numberOf(to) ?? to}`

/** As other readers know it. */
const plainly = / from \d+ to \d+$/

/** Ratings, in the words in which others give them. */
export const ratings: readonly Wording[] = [
  // "attendees rate a talk once with 1 to 5 stars", "guests rate a room with one to five stars": one is all that anybody gives
  [
    new RegExp(
      `^${who} (?:(?:can|may) )?rates? ${what}${often} (?:with |by )?(?:from |between )?${number}(?: ${units})? ?(?:to|and|-|–) ?${upTo}(?: ${units})?${often}$`,
      'iu',
    ),
    (all, one, thing, _once, from, to) => (plainly.test(all!) ? all! : rated(one!, thing!, from!, to!)),
  ],
  // "the jury gives each recipe points from 1 to 10", "judges give every photo a score between 1 and 5, once"
  [
    new RegExp(
      `^${who} (?:(?:can|may) )?gives? (?:an?|each|every|the|all) ([\\p{L}-]+) (?:an? )?(?:points?|scores?|marks?|grades?|ratings?|stars)${often} (?:from |between |of )?${number} ?(?:to|and|-|–) ?${upTo}${often}$`,
      'iu',
    ),
    (_, one, thing, _once, from, to) => rated(one!, thing!, from!, to!),
  ],
  [
    new RegExp(
      `^${who} (?:(?:can|may) )?gives? (?:an?|each|every|the|all) ([\\p{L}-]+) ${number} ?(?:to|-|–) ?${upTo} (?:points|stars|marks)${often}$`,
      'iu',
    ),
    (_, one, thing, from, to) => rated(one!, thing!, from!, to!),
  ],
  // "visitors can vote for recipes, one vote per person and recipe, but not for their own": a mark is one of each anyway
  [
    /^(.+ (?:vote for|vote on|upvote|like|rate) .+?), (?:only )?(?:one|a single) (?:vote|like|rating) (?:per|for each) (?:person|member|user|visitor|head|account)(?: (?:and|per) [\p{L}]+)?(,? (?:but )?(?:never|not) for their own(?: [\p{L}]+)?)?$/iu,
    (_, act, own) => `${act!}${own ? ', but not for their own' : ''}`,
  ],
]
