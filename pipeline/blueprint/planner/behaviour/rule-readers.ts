import { readAges } from './ages.ts'
import type { Read } from './behaviour.ts'
import { readCapacity } from './capacity.ts'
import { readCheck } from './checks.ts'
import { readEffect } from './effects.ts'
import { readLimitInState } from './limit-in-state.ts'
import { readLimitOfKind } from './limit-of-kind.ts'
import { readLimit } from './limits.ts'
import { readMarksEach } from './marks-each.ts'
import { readNotAgain } from './not-again.ts'
import { readNotTwice } from './not-twice.ts'
import { readOnce } from './once.ts'
import { readOpenOnly } from './open-only.ts'
import { readOverlap } from './overlap.ts'
import { readStays } from './stays/stays.ts'
import { readSum } from './sums.ts'
import { readTimes } from './times.ts'
import { readWaitingList } from './waiting-list.ts'
import { readWithinCapacity } from './within-capacity.ts'

/** A reader is asked only about sentences with one of its words: patterns are dear, and most sentences are no rules. */
const about =
  (words: RegExp, read: Read): Read =>
  (sentence) =>
    words.test(sentence) ? read(sentence) : undefined

/** What must hold, the steps that things go through, who is told, and what follows from what. */
export const ruleReaders: readonly Read[] = [
  about(/\b(?:votes?|upvotes?|likes?|favou?rites?|bookmarks?|stars?|hearts?|claps?|points?)\b/i, readMarksEach),
  about(/\b(?:most|more|max\w*|up to|only)\b/i, readLimitInState),
  about(/\b(?:old|older|over|above|least|minimum|under|age)\b/i, readAges),
  about(/\bthe same\b.*\b(?:within|in|inside|during)\b/i, readNotAgain),
  about(/\b(?:twice|again|more than once|times?)\b/i, readNotTwice),
  about(/\b(?:wait|waiting|waitlist|list|queue|line)\b/i, readWaitingList),
  about(/\b(?:min(?:ute)?s?|hrs?|hours?|\d+ ?h|days?|nights?|weeks?|fortnights?|months?|years?)\b/i, readStays),
  about(
    /book|reserv|rent|hire|borrow|join|order|buy|bought|enrol|register|sign|apply|bid|rate|review|donat|lend|lent|attend|comment|vote|taken|used/i,
    readOpenOnly,
  ),
  about(
    /overlap|clash|conflict|collid|intersect|double|simultan|parallel|\bcross\b|coincide|\b(?:same|once|twice|one|already|time|two places|multiple|more than once)\b/i,
    readOverlap,
  ),
  about(
    /\b(?:more|most|exceed|surpass|limited|up to|over|above|beyond|higher|greater|larger|bigger|fit)\b/i,
    readWithinCapacity,
  ),
  about(/\b(?:more|most|exceed|total|sum|over|than|max\w*|maximum|up to|only|together|higher|beyond)\b/i, readSum),
  about(
    /over-?(?:book|s[eo]l|fill|subscri|load|crowd)|exceed|reached|taken|gone|\b(?:as many|than|full|sold out|booked up|booked out|fully|free|as long as|until)\b/i,
    readCapacity,
  ),
  about(
    /\b(?:once|twice|one|two|same|unique|different|distinct|more than|again|combination|several|multiple)\b/i,
    readOnce,
  ),
  about(
    /\b(?:most|more|max\w*|up to|only|limit\w*|restrict\w*|cap|capped|takes?|holds?|fits?|seats?|carr\w+|room|space|places|tops|once|twice|times|needs?|requires?)\b/i,
    readLimit,
  ),
  about(/advance|ahead|before|between|from|on|highest|previous|last|best|every|wait|current|existing/i, readTimes),
  about(
    /than|before|after|least|most|exceed|above|below|past|future|negative|positive|zero|between|within|longer|differ|equal|up to|last|self|selves|range/i,
    readCheck,
  ),
  about(
    /\b(?:when\w*|once|as soon|if|each|every|after|for|with|more|delet\w*|remov\w*|cancel\w*|return\w*)\b/i,
    readEffect,
  ),
  about(/\b(?:most|more|only|exactly|max\w*|up to)\b/i, readLimitOfKind),
]
