import { isPersonNoun } from '../../lexicon/people.ts'
import type { Wording } from '../makings.ts'
import { isPlural, sentence, singular } from '../words.ts'

const count =
  '(?:several|many|some|multiple|various|a few|a couple of|a number of|a team of|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\d{1,3})'
const group = `${count} (?:[\\p{L}-]+ )??[\\p{L}-]+s`
const groups = `(${group}(?:(?:, | and |, and )(?:${count} )?(?:[\\p{L}-]+ )??[\\p{L}-]+s)*)`
const work = '(?:work|practi[sc]e|teach|treat|see|are employed|are on duty|are available)'
const place = '((?:[\\p{L}-]+ ){0,3}[\\p{L}-]+)'

/** Who works at the one place there is, said as what it has; other counts say nothing of what is kept. */
const keptOf = (whole: string, people: string, at?: string): string => {
  const each = people
    .toLowerCase()
    .split(/, and |, | and /)
    .map((one) => one.replace(new RegExp(`^${count} `, 'iu'), ''))
  const last = (words: string): string => words.split(' ').at(-1)!
  if (!each.every((one) => isPlural(last(one))) || !isPersonNoun(singular(last(each[0]!)))) return whole
  return [...(at ? [`A ${at}`] : []), ...each.map((one) => `Track ${one}`)].map(sentence).join(' || ')
}

/** That several people work somewhere, in other words than "our practice has several dentists". */
export const staffed: readonly Wording[] = [
  // "we are a practice with several dentists", "a salon with three stylists"
  [
    new RegExp(
      `^(?:(?:we are|we're|i am|i'm|we run|i run|we have|i have|i own|this is) )?(?:an?|the|our|my) ${place} (?:with|of|that has|which has|that employs) ${groups}$`,
      'iu',
    ),
    (whole, at, people) => keptOf(whole!, people!, at),
  ],
  [
    new RegExp(`^(?:our|my) ${place} (?:has|have|employs?) ${groups}$`, 'iu'),
    (whole, at, people) => keptOf(whole!, people!, at),
  ],
  [
    new RegExp(
      `^(?:(?:we are|we're|we run|i run|i have|i own|this is) )?(?:an?|the|our|my) ${place},? (?:where|in which|at which) ${groups} ${work}$`,
      'iu',
    ),
    (whole, at, people) => keptOf(whole!, people!, at),
  ],
  [
    new RegExp(`^${groups} ${work} (?:here|with us|for us|(?:at|in|for) (?:our|the|my) ${place})$`, 'iu'),
    (whole, people, at) => keptOf(whole!, people!, at),
  ],
  [
    new RegExp(
      `^(?:(?:in|at) (?:our|the|my) ${place},? )?(?:there are|we have|we employ|work) ${groups}(?: working)?$`,
      'iu',
    ),
    (whole, at, people) => keptOf(whole!, people!, at),
  ],
  [
    new RegExp(
      `^(?:there are|we have|we employ) ${groups}(?: working)? (?:here|(?:at|in) (?:our|the|my) ${place})$`,
      'iu',
    ),
    (whole, people, at) => keptOf(whole!, people!, at),
  ],
]
