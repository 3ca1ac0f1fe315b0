import { singularName } from '../../language/words.ts'
import type { Read } from '../behaviour.ts'
import { applyNumbers } from './apply-numbers.ts'
import { readRunning } from './tail.ts'

/** What is numbered, what its number is called where that was said, and for each of what the numbers begin again. */
export type Numbered = { thing: string; called?: string; under?: string; tail: string }

const each = '(?:(?:each|every|all|any|the|an?|our|new) )*'
const thing =
  '(?<thing>[\\p{L}-]+(?: (?!are\\b|is\\b|get|gets|has\\b|have\\b|numbers?\\b|should\\b|must\\b|will\\b)[\\p{L}-]+)?)'
const under = '(?<under>[\\p{L}-]+(?: [\\p{L}-]+)?)'
const running =
  '(?:(?:unique|own|automatic|automatically|new),? )*(?:running|sequential|consecutive|successive|continuous|incrementing|increasing|ascending|auto-?increment(?:ed|ing)?|(?:automatically )?assigned|automatic|serially assigned|gap-?less)(?:,? (?:and )?unique)?'
const gets =
  '(?:gets?|has|have|receives?|is given|are given|is assigned|are assigned|should (?:get|have|receive)|must (?:get|have)|needs?|carr(?:y|ies)|will get|comes? with)'
const given = '(?:gets?|receives?|is given|are given|is assigned|are assigned|should (?:get|receive)|must get|will get)'
const article = '(?:an? |its own |their own |its |their |own |the next )*'
const word = '(?:number|no\\.?|id|identifier|numbers)'
const tail = '(?<tail>.*)'

const whole = (source: string): RegExp => new RegExp(`^(?:please )?${source}$`, 'iu')

const running_ = [
  // "Each invoice gets a running number", "tickets have a sequential ticket number".
  whole(
    `${each}${thing} (?:automatically )?${gets} (?:automatically )?${article}${running} (?:(?<called>[\\p{L}-]+) )?${word}${tail}`,
  ),
  // "Invoices are numbered consecutively".
  whole(
    `${each}${thing} (?:is|are|get|gets|should be|must be|shall be|will be|have to be|has to be|need to be|needs to be) (?:automatically |always )*(?:consecutively |sequentially |continuously )?numbered${tail}`,
  ),
  // "Number the orders per year".
  whole(
    `(?:auto-?|automatically |consecutively |sequentially )?number (?:each|every|all|the|our)(?: the)? ${thing}${tail}`,
  ),
  whole(
    `number ${thing} (?=consecutively|sequentially|continuously|automatically|in order|one after|per |by |from |starting|like )(?<tail>.*)`,
  ),
  // "Give each invoice a running number", "add a running number to invoices".
  whole(`(?:give|assign) ${each}${thing} ${article}${running} (?:(?<called>[\\p{L}-]+) )?${word}${tail}`),
  whole(
    `(?:add|assign|give|put) ${article}${running} (?:(?<called>[\\p{L}-]+) )?${word} (?:to|for|on) ${each}${thing}${tail}`,
  ),
  // "Every project numbers its tasks (1, 2, 3)".
  whole(`${each}${under} numbers (?:its|their|the)(?: own)? ${thing}${tail}`),
]

/** "Invoice numbers run from 1000", "the ticket numbers are consecutive". */
const ofNumbers = whole(
  `(?:the |our |all |its |their )*${thing} (?:numbers?|numbering|ids?)(?<tail> (?:(?:should |must |shall |will |have to )?(?:start|begin|run|count|continue|go|increase|look|reset|restart|are|is|be|like)).*)`,
)
const adjective =
  /^ (?:should |must |shall |will |have to )?(?:are|is|be) (?:(?:unique,? (?:and )?)?(?:running|sequential|consecutive|successive|continuous|ascending|gap-?less|automatic)|without (?:any )?gaps?|(?:automatically )?(?:assigned|generated|given|counted up)(?: automatically| by the system)*)(?: and unique)?/i

/** "Members get a membership number", "tickets get a number like T-0001": who gives it is the system. */
const named = [
  whole(
    `${each}${thing} (?:automatically )?${given} (?:automatically )?${article}(?:unique )?(?:(?<called>[\\p{L}-]+) )?number${tail}`,
  ),
  whole(
    `${each}${thing} ${gets} ${article}(?:unique )?(?:(?<called>[\\p{L}-]+) )?numbers?(?<tail> (?:like|such as|in the (?:form|format)|of the form|starting|that (?:runs?|starts?|counts?)|which (?:runs?|starts?|counts?)) .*)`,
  ),
  whole(
    `(?:use |give (?:them|it|each) |with |add |we (?:want|need) )?an? (?<thing>[\\p{L}-]+) number(?<tail> (?:like|such as|in the (?:form|format)|of the form) .*)`,
  ),
]

/** Whether a number is called after the thing itself: the ticket number of tickets, the membership number of members. */
const ownWord = (called: string, of: string): boolean => {
  const [a = '', b = ''] = [called, of.split(' ').at(-1)!].map((each) => singularName(each.toLowerCase()))
  return a === b || (Math.min(a.length, b.length) > 3 && (a.startsWith(b) || b.startsWith(a)))
}

const notThings = /^(?:there|they|we|you|i|page|pages|phone|telephone|house|serial|version|line|row|who|it)$/i

const readNumbered = (said: string): Numbered | undefined => {
  const text = said.trim()
  if (!/\bnumber/i.test(text) && !/\bids?\b/i.test(text)) return undefined
  for (const pattern of running_) {
    const found = pattern.exec(text)?.groups
    if (found)
      return {
        thing: found.thing!,
        tail: found.tail ?? '',
        ...(found.called && { called: found.called }),
        ...(found.under && { under: found.under }),
      }
  }
  for (const pattern of named) {
    const found = pattern.exec(text)?.groups
    if (!found || (found.called && !ownWord(found.called, found.thing!))) continue
    return { thing: found.thing!, tail: found.tail ?? '', ...(found.called && { called: found.called }) }
  }
  const found = ofNumbers.exec(text)?.groups
  if (!found) return undefined
  return { thing: found.thing!, called: found.thing!.split(' ').at(-1)!, tail: found.tail!.replace(adjective, '') }
}

/** "Each invoice gets a running number", "number the orders per year", "a ticket number like T-0001". */
export const readNumbers: Read = (said) => {
  const found = readNumbered(said)
  if (!found || notThings.test(found.thing)) return undefined
  const running = readRunning(found.tail)
  if (!running) return undefined
  const all = found.under ? { ...running, per: [found.under, ...running.per] } : running
  return {
    said,
    rest: found.under ? [`${found.thing} belong to ${found.under}`] : [],
    sure: true,
    apply: (draft) => applyNumbers(draft, found, all),
  }
}
