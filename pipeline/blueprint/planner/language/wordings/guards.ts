import type { Wording } from '../makings.ts'
import { withArticle } from '../words.ts'

const thing = '([\\p{L}-]+)'
const done = '([\\p{L}]+(?:ed|en|wn|id|nt|ld|ne|ght|out|up|de))'
const field = '([\\p{L}-]+(?: (?!before\\b|until\\b|has\\b|is\\b|can\\b|must\\b)[\\p{L}-]+)?)'
const number = '(\\d+|one|two|three|four|five|six|seven|eight|ten|twelve)'
const not = '(?:can ?not|can never|may not|must not|should not|shall not)'
const a = (words: string): string => withArticle(words.toLowerCase())

/** What must be so before a step is taken, said in other words than "a claim can only be submitted if it has a purpose". */
export const guards: readonly Wording[] = [
  // "a permit can not be approved without a fee", "without a summary a report can not be published"
  [
    new RegExp(
      `^(?:an?|the|each|any|no) ${thing} ${not} be ${done} (?:without|unless it has|if it has no|when it has no|while it has no) (?:an? |its |the |any )?${field}$`,
      'iu',
    ),
    (_, one, step, what) => `${a(one!)} can only be ${step} if it has ${a(what!)}`,
  ],
  [
    new RegExp(`^without (?:an? |its |the |any )?${field},? (?:an?|the|no) ${thing} (?:${not}|can) be ${done}$`, 'iu'),
    (_, what, one, step) => `${a(one!)} can only be ${step} if it has ${a(what!)}`,
  ],
  // "the mechanic must enter a diagnosis before a repair is finished", "a diagnosis must be entered before a repair can be finished"
  [
    new RegExp(
      `^(?:the |an? )?[\\p{L}-]+(?: [\\p{L}-]+)? (?:must|has to|have to|needs? to) (?:enter|write|give|record|fill in|add|note|state|set|provide) (?:an? |its |the )${field} before (?:an?|the|it) ?${thing}? (?:is|can be|gets|may be) ${done}$`,
      'iu',
    ),
    (all, what, one, step) => (one ? `${a(one)} can only be ${step} if it has ${a(what!)}` : all!),
  ],
  [
    new RegExp(
      `^(?:an?|its|the) ${field} (?:must|has to|needs to) be (?:entered|given|set|filled in|written|recorded|there|known) before (?:an?|the) ${thing} (?:is|can be|gets|may be) ${done}$`,
      'iu',
    ),
    (_, what, one, step) => `${a(one!)} can only be ${step} if it has ${a(what!)}`,
  ],
  // "nobody may close a case that has open tasks", "a case with open tasks can not be closed"
  [
    new RegExp(
      `^(?:nobody|no one|no-one) (?:can|may) ([\\p{L}]+) (?:an?|the) ${thing} (?:that|which) (?:still )?(?:has|have) (?:any )?([\\p{L}-]+ [\\p{L}-]+)$`,
      'iu',
    ),
    (_, verb, one, rows) => `nobody can ${verb} ${a(one!)} while it has ${rows}`,
  ],
  [
    new RegExp(
      `^(?:an?|the|no) ${thing} (?:with|that has|that still has|which has) (?:any )?((?:open|unfinished|unpaid|pending|unresolved|outstanding|undone|incomplete|running|active) [\\p{L}-]+) (?:${not}|can|may) be ${done}$`,
      'iu',
    ),
    (_, one, rows, step) => `${a(one!)} can not be ${step} while it has ${rows}`,
  ],
  // "a tournament needs at least two teams to start", "a trip needs four hikers before it is confirmed"
  [
    new RegExp(
      `^(?:an?|the|each|every) ${thing} (?:needs|must have|has to have|requires) (?:at least )?${number} ([\\p{L}-]+) (?:to be|before it (?:is|can be)|before being) ${done}$`,
      'iu',
    ),
    (_, one, count, rows, step) => `${a(one!)} can only be ${step} if it has at least ${count} ${rows}`,
  ],
  [
    new RegExp(
      `^(?:an?|the|each|every) ${thing} (?:needs|must have|requires) (?:at least )?${number} ([\\p{L}-]+) to (start|begin|open|run|close|take place|go ahead)(?: (?:running|it))?$`,
      'iu',
    ),
    (_, one, count, rows, verb) =>
      `${a(one!)} can only be ${{ start: 'started', begin: 'started', open: 'opened', run: 'started', close: 'closed' }[verb!.toLowerCase()] ?? 'started'} if it has at least ${count} ${rows}`,
  ],
]
