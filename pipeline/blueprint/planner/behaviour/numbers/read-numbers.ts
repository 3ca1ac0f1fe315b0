import { singularName } from '../../language/words.ts'
import { numberedThings, runningNumbers as running } from '../../lexicon/running-numbers.ts'
import type { Read } from '../behaviour.ts'
import { applyNumbers } from './apply-numbers.ts'
import { readRunning } from './tail.ts'

/** What is numbered, what its number is called where that was said, and for each of what the numbers begin again. */
export type Numbered = { thing: string; called?: string; under?: string; tail: string }

const each = '(?:(?:each|every|all|any|the|an?|our|new) )*'
const thing =
  '(?<thing>[\\p{L}-]+(?: (?!are\\b|is\\b|an?\\b|its\\b|their\\b|the\\b|own\\b|get|gets|has\\b|have\\b|numbers?\\b|should\\b|must\\b|will\\b|per\\b|by\\b|for\\b|from\\b|like\\b|in\\b|within\\b|with\\b|starting|beginning|consecutively|sequentially|continuously|automatically|one\\b|that\\b|which\\b|also\\b|each\\b|every\\b|receives?\\b|needs?\\b|carr)[\\p{L}-]+)?)'
const under = '(?<under>[\\p{L}-]+(?: [\\p{L}-]+)?)'
const gets =
  '(?:gets?|has|have|receives?|is given|are given|is assigned|are assigned|should (?:get|have|receive)|must (?:get|have)|needs?|carr(?:y|ies)|will get|comes? with)'
const given = '(?:gets?|receives?|is given|are given|is assigned|are assigned|should (?:get|receive)|must get|will get)'
const article = '(?:an? |its own |their own |its |their |own |the )*'
const word = '(?:numbers?\\b|no\\.|no\\b|id\\b|identifier\\b)'
const tail = '(?<tail>.*)'

const whole = (source: string): RegExp => new RegExp(`^(?:please )?${source}$`, 'iu')

const patterns = [
  // "Each invoice gets a running number", "tickets have a sequential ticket number".
  whole(
    `${each}${thing} (?:automatically )?${gets} (?:automatically )?${article}${running} (?:(?<called>[\\p{L}-]+) )?${word}${tail}`,
  ),
  // "When an invoice is made, it gets the next number".
  whole(
    `(?:when|whenever|once|as soon as) (?:an? |the )?(?:new )?${thing} (?:is|was) (?:made|created|added|placed|issued|entered|registered|opened),? (?:it|they|this|the [\\p{L}-]+) (?:automatically )?${gets} ${article}${running} (?:(?<called>[\\p{L}-]+) )?${word}${tail}`,
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
  whole('number (?<thing>[\\p{L}-]+s)'),
  // "Give each invoice a running number", "add a running number to invoices".
  whole(`(?:give|assign) ${each}${thing} ${article}${running} (?:(?<called>[\\p{L}-]+) )?${word}${tail}`),
  whole(
    `(?:add|assign|give|put) ${article}${running} (?:(?<called>[\\p{L}-]+) )?${word} (?:to|for|on) ${each}${thing}${tail}`,
  ),
  // "Every project numbers its tasks (1, 2, 3)".
  whole(`${each}${under} numbers (?:its|their|the)(?: own)? ${thing}${tail}`),
]

const runs =
  '(?:(?:should |must |shall |will |may |can |have to |do |does )?(?:start|begin|run|count|continue|go|increase|look|reset|restart|are\\b|is\\b|be\\b|like\\b|not have|have no\\b|has no\\b|without))'

/** "Invoice numbers run from 1000", "the ticket numbers are consecutive". */
const ofNumbers = whole(`(?:the |our |all |its |their )*${thing} (?:numbers?|numbering|ids?)(?<tail> ${runs}.*)`)
/** "The number counts up": of what was spoken of last. */
const ofIts = whole(
  `(?:the|its|their|this|these) (?:(?:running|consecutive|sequential) )?(?:numbers?|numbering)(?<tail> ${runs}.*)`,
)
/** "The numbers of invoices". */
const numbersOf = whole(`(?:the )?(?:numbers|numbering) (?:of|for) ${each}${thing}(?<tail> ${runs}.*)`)
/** That a number is unique or required says nothing of who gives it. */
const counted =
  /consecutive|sequential|running|successive|continu|ascending|gap|automatic|assigned|generated|system|given|count|start|begin|runs?\b|from\b|reset|increas|goes? up|like\b|form(?:at)?\b/i
const bySomebody = /\bby (?!the system\b|itself\b|themselves\b|one\b|1\b|year\b|month\b)/i
const adjective =
  /^ (?:(?:should |must |may |can |do |does )not have (?:any )?gaps?|(?:have|has|with) no gaps?|(?:should |must |shall |will |have to )?(?:are|is|be) (?:(?:unique,? (?:and )?)?(?:running|sequential|consecutive|successive|continuous|ascending|gap-?less|automatic)|without (?:any )?gaps?|(?:automatically )?(?:assigned|generated|given|counted up)(?: automatically| by the system)*)(?: and unique)?)/i

/** "Members get a membership number", "tickets get a number like T-0001": who gives it is the system. */
const named = [
  whole(
    `${each}${thing} (?:automatically )?${given} (?:automatically )?${article}(?:unique )?(?:(?<called>[\\p{L}-]+) )?number\\b${tail}`,
  ),
  whole(
    `${each}${thing} ${gets} ${article}(?:unique )?(?:(?<called>[\\p{L}-]+) )?numbers?(?<tail> (?:like|such as|in the (?:form|format)|of the form|starting|(?:that|which) (?:runs?|starts?|counts?|increases?|is (?:counted|assigned|generated|given))) .*)`,
  ),
  whole(`${each}${thing} ${gets} (?:the |their )?(?:(?<called>[\\p{L}-]+) )?numbers(?<tail>:? [\\p{L}#]*[-_/]?\\d.*)`),
  whole(
    `(?:use |give (?:them|it|each) |with |add |we (?:want|need) )?an? (?<thing>(?<called>[\\p{L}-]+)) number(?<tail> (?:like|such as|in the (?:form|format)|of the form|(?:that|which) (?:runs?|starts?|counts?|increases?|is (?:counted|assigned|generated|given))) .*)`,
  ),
]

/** Whether a number is called after the thing itself: the ticket number of tickets, the membership number of members. */
const ownWord = (called: string, of: string): boolean => {
  const [a = '', b = ''] = [called, of.split(' ').at(-1)!].map((each) => singularName(each.toLowerCase()))
  return a === b || (Math.min(a.length, b.length) > 3 && (a.startsWith(b) || b.startsWith(a)))
}

const notThings = /^(?:there|they|we|you|i|page|pages|phone|telephone|house|serial|version|line|row|who)$/i

const readNumbered = (said: string): Numbered | undefined => {
  const text = said.trim()
  if (!/\bnumber/i.test(text) && !/\bids?\b/i.test(text)) return undefined
  for (const pattern of patterns) {
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
    const thing = singularName(found.thing!.toLowerCase().split(' ').at(-1)!)
    if (!found.tail && !numberedThings.has(thing)) continue
    return { thing: found.thing!, tail: found.tail ?? '', ...(found.called && { called: found.called }) }
  }
  return readOfNumbers(text)
}

const readOfNumbers = (text: string): Numbered | undefined => {
  const its = ofIts.exec(text)?.groups
  const { thing = its && 'it', tail = '' } = (numbersOf.exec(text) ?? ofNumbers.exec(text))?.groups ?? {}
  const said = its?.tail ?? tail
  if (!thing || !counted.test(said) || bySomebody.test(said)) return undefined
  const called = its || numbersOf.test(text) ? {} : { called: thing.split(' ').at(-1)! }
  return { thing: its ? 'it' : thing, ...called, tail: said.replace(adjective, '') }
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
    ...(found.thing === 'it'
      ? {}
      : { founds: [`${found.thing} have a ${found.called ? `${found.called} ` : ''}number`] }),
    sure: true,
    apply: (draft) => applyNumbers(draft, found, all),
  }
}
