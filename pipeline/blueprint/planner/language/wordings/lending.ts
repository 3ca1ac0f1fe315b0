import type { Wording } from '../makings.ts'
import { isPeople } from '../turns/words.ts'
import { pluralPhrase, sentence } from '../words.ts'

const people = '((?:the |all |our |an? )?[\\p{L}-]+(?: (?!can\\b|may\\b|must\\b)[\\p{L}-]+)?)'
const can = '(?:(?:can|may|could|should be able to|are allowed to|is allowed to|are able to) )?'
const out = '(?:check|sign|take)s?[ -]out|takes? home|takes? on loan|loans?'
const lends = `(borrows?|lends?|rents?|hires?|${out})`
const lent = '(borrowed|lent|loaned|rented|hired|checked[ -]out|signed[ -]out|taken out|taken home|lent out)'
const things =
  '(?:an? |the |any |our |their )?([\\p{L}-]+(?: (?!until\\b|till\\b|with\\b|by\\b|for\\b|up\\b|and\\b)[\\p{L}-]+)?)'
const day = '((?:(?:due|return|end|closing|back)[ -])?(?:date|day)|deadline)'
const until = `,? (?:until|till|with|by|up to|before|against|for use until|and (?:must |have to |has to )?(?:return|bring back|give back|hand back)s? (?:it|them)(?: back)? (?:by|until|before|on)) (?:(?:an?|the|some|its|their) )?(?:certain |given |agreed |set |fixed |specific )?${day}(?: of return| by which (?:they|it) (?:must|have to|has to) be (?:returned|back|brought back))?`

/** What people check out or sign out and have no loan of: a basket, a guest, a room that they leave. */
const leftOrPaid =
  /^(?:cart|basket|order|purchase|room|hotel|guest|visitor|sample|child|children|kid|time|bill|page)s?$/i

/** "Borrowed" and "borrows" are both borrow; whatever is taken out and comes back is borrowed. */
const plainVerb = (said: string): string => (/^rent/i.test(said) ? 'rent' : /^hire/i.test(said) ? 'hire' : 'borrow')

const lending = (who: string, verb: string, what: string, until: string): string => {
  const plain = plainVerb(verb)
  // The day by which a loan comes back is one of its usual ones, and it is overdue only while it is not back.
  const fields =
    plain === 'borrow' ? 'a borrowed on (optional), a due on and a returned on (optional)' : `a ${until.toLowerCase()}`
  const deed = `${sentence(who)} can ${plain} ${pluralPhrase(what)}`
  // Said twice: of whose it is, and of what it has.
  return `${deed} || ${deed} with ${fields}`
}

/** What is lent and until when, said in other words than "members can borrow tools". */
export const lendings: readonly Wording[] = [
  // "members borrow tools until a due date", "students check out laptops with a return date"
  [
    new RegExp(`^${people} ${can}${lends} ${things}${until}$`, 'iu'),
    (whole, who, verb, what, by) =>
      isPeople(who!) && !isPeople(what!) && !leftOrPaid.test(what!) ? lending(who!, verb!, what!, by!) : whole!,
  ],
  // "tools are borrowed by members until a due date"
  [
    new RegExp(`^${things} (?:are|can be|may be|is|get) ${lent} by ${people}${until}$`, 'iu'),
    (whole, what, verb, who, by) => (isPeople(who!) && !isPeople(what!) ? lending(who!, verb!, what!, by!) : whole!),
  ],
  // "students check out laptops"
  [
    new RegExp(`^${people} ${can}(?:${out}) ${things}$`, 'iu'),
    (whole, who, what) =>
      isPeople(who!) && !isPeople(what!) && !leftOrPaid.test(what!.split(' ').at(-1)!)
        ? `${sentence(who!)} can borrow ${pluralPhrase(what!)}`
        : whole!,
  ],
]
