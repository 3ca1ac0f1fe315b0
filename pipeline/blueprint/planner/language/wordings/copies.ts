import type { Wording } from '../makings.ts'
import { singular, withArticle } from '../words.ts'
import { thing } from './thing.ts'

const left = '(?:left|available|free|there|in stock|in|remaining|on the shelf|over)'
const copies = '(copies|items|pieces|units|exemplars|copy|stock|one)'
const take = '(borrow|lend|loan|take|rent|hire|reserve|book|check out|get)'
const taken = '(borrowed|lent|loaned|taken|rented|hired|reserved|booked|checked out)'
/** What is lent no more often than there are copies, said in other words. */
export const copiesLeft: readonly Wording[] = [
  // "a tool can only be borrowed while copies are left"
  [
    new RegExp(
      `^(?:(?:an?|the|each|every) )?${thing} (?:can|may) (?:only )?be ${taken}(?: only)? (?:while|as long as|if|when|so long as) (?:(?:there are|there is) )?(?:still )?(?:an?y?|some|enough|at least one|one)? ?(?:free |available )?copies?(?: (?:is|are)(?: still)? ${left}| ${left})?$`,
      'iu',
    ),
    (_, one) => `${withArticle(singular(one!.toLowerCase()))} can not be lent more often than there are copies`,
  ],
  [
    new RegExp(
      `^[\\p{L}-]+s? (?:can|may) (?:only )?${take} (?:an?|the|any) ${thing}(?: only)? (?:while|as long as|if|when|so long as) (?:(?:there are|there is) )?(?:still )?(?:an?y?|some|enough|at least one|one)? ?(?:free |available )?${copies}(?: of it)?(?: (?:is|are)(?: still)? ${left}| ${left})$`,
      'iu',
    ),
    (_, _take, one) => `${withArticle(one!)} can not be lent more often than there are copies`,
  ],
  // "you cannot borrow a tool if no copies are left", "a tool without free copies cannot be borrowed"
  [
    new RegExp(
      `^(?:nobody|no one|you|people|one|[\\p{L}-]+s?) (?:can ?not|cannot|may not|can|may) ${take} (?:an?|the|any) ${thing} (?:if|when|while|once|that has|which has|with) (?:(?:there are|there is|it has) )?(?:no|none|0|zero)(?: (?:free |more |available )*${copies})?(?: (?:is|are))? ?${left}$`,
      'iu',
    ),
    (_, _take, one) => `${withArticle(one!)} can not be lent more often than there are copies`,
  ],
  [
    new RegExp(
      `^(?:an?|the) ${thing} (?:without|with no) (?:any )?(?:free |available |remaining )?copies(?: left)? (?:can ?not|cannot|may not|can not) be ${taken}$`,
      'iu',
    ),
    (_, one) => `${withArticle(one!)} can not be lent more often than there are copies`,
  ],
  // "when all copies are out, a tool cannot be borrowed", "if all copies are lent, nobody else can borrow the tool"
  [
    new RegExp(
      `^(?:when|if|once|while|as soon as) (?:all|every|the last) (?:of (?:its|the) |its |the )?copies? (?:is|are) (?:out|gone|lent|borrowed|taken|given out|rented|loaned)(?: out)?,? (?:(?:an?|the) ${thing} (?:can ?not|cannot|may not|can not) be ${taken}|(?:nobody|no one)(?: else)? (?:can|may) ${take} (?:an?|the) ${thing})(?: any ?more| again)?$`,
      'iu',
    ),
    (_, one, _taken, _take, other) => `${withArticle(one ?? other!)} can not be lent more often than there are copies`,
  ],
  // "only as many loans as copies", "never lend more than the number of copies", "loans may not exceed the copies"
  [
    /^(?:there (?:are|can be|may be) )?only as many ([\p{L}-]+s) (?:of (?:an?|the|one) ([\p{L}-]+(?: [\p{L}-]+)?) )?as (?:there are |it has |we have )?copies$/iu,
    (_, rows, one) =>
      one ? `no more ${rows} of ${withArticle(one)} than it has copies` : `no more ${rows} than copies`,
  ],
  [
    /^(?:never|do not) (?:lend|loan|rent|hire|give)(?: out)? more (?:([\p{L}-]+(?: [\p{L}-]+)?) )?than (?:the number of|there are|we have|it has) (?:copies)(?: of (?:it|them|an? [\p{L}-]+))?$/iu,
    (_, things) =>
      things && !/^copies$/i.test(things)
        ? `${withArticle(singular(things.toLowerCase()))} can not be lent more often than there are copies`
        : 'no more loans than copies',
  ],
  // "neighbours can borrow a tool for two weeks as long as one is left"
  [
    new RegExp(
      `^([\\p{L}-]+s? (?:can|may) ${take} (?:an?|the|any) ${thing}(?: for [\\p{L}\\d]+ [\\p{L}]+)?),? (?:as long as|while|if|so long as|provided(?: that)?) (?:at least )?(?:one|a copy|any|some|one of them|enough) (?:is|are) (?:still )?${left}$`,
      'iu',
    ),
    (_, deed, _take, one) => `${deed} || ${withArticle(one!)} can not be lent more often than there are copies`,
  ],
]
