import { isPersonNoun } from '../../lexicon/people.ts'
import type { Wording } from '../makings.ts'
import { isPlural, plural, singular, withArticle } from '../words.ts'
import { doneOf } from './deeds.ts'

const noun = '([\\p{L}-]+)'
const when = '(?:when(?:ever)?|once|as soon as|every time|each time|if)'
const lowers = '(?:reduces?|lowers?|decreases?|takes? (?:away )?from|diminish(?:es)?|cuts?)'
const raises = '(?:increases?|raises?|adds? to|counts? towards?|is added to|are added to)'
const falls =
  '(?:goes down|go down|is reduced|are reduced|decreases?|is lowered|are lowered|drops?|falls?|shrinks?|is decreased|are decreased)'
const rises = '(?:goes up|go up|is increased|are increased|increases?|is raised|are raised|grows?|rises?)'
const moves = `(${falls}|${rises})`
const changes = `(${lowers}|${raises})`
/** A number, and of what: "the stock of its product", "the campaign's total", "the stock". */
const value =
  "(?:(?:the |its |their )?(?:number of )?([\\p{L}-]+)(?: of (?:the|its|their|that|an?|each) ([\\p{L}-]+))?|(?:the |its |their |an? )?([\\p{L}-]+)['’]s? (?:number of )?([\\p{L}-]+))"
const by = '(?: by (?:the |its |their )?([\\p{L}\\d-]+)(?: of it)?)?'
const making = '(placing|making|recording|entering|adding|creating|booking|registering|logging)'

const isDown = (verb: string): boolean => new RegExp(`^(?:${lowers}|${falls})$`, 'iu').test(verb.trim())
/** What counts: not "the price", which nothing that is made changes by itself. */
const isCounted = (word: string): boolean =>
  /^(?:stocks?|totals?|copies|balances?|points?|quantit(?:y|ies)|amounts?|inventory|credits?|budgets?|seats|places|counts?|scores?|hours|units|pieces|items|stock level|level|supply|sum)$/i.test(
    word,
  )

/** "When an order is made, the stock of the product goes down by the quantity". */
const effect = (
  event: string,
  field: string,
  holder: string | undefined,
  down: boolean,
  amount: string | undefined,
): string =>
  `When ${event}, the ${field.toLowerCase()}${holder ? ` of the ${singular(holder.toLowerCase())}` : ''} ${isPlural(field.toLowerCase()) ? 'go' : 'goes'} ${down ? 'down' : 'up'}${amount ? ` by ${/^(?:\d+|one|two|three)$/i.test(amount) ? amount : `the ${amount}`}` : ''}`

const made = (rows: string): string => `${withArticle(singular(rows.toLowerCase()))} is made`
const isRow = (word: string): boolean =>
  !isPersonNoun(singular(word.toLowerCase())) && !/^(?:it|they|we|you|this|that|staff|nobody|who)$/i.test(word)
const ofThat = (
  whole: string,
  event: string | undefined,
  [field, holder, holder2, field2]: readonly (string | undefined)[],
  down: boolean,
  amount?: string,
): string => {
  const name = field ?? field2
  return event && name && isCounted(name) ? effect(event, name, holder ?? holder2, down, amount) : whole
}

const gains = (who: string, many: string, field: string, rows: string): string =>
  `${withArticle(singular(who.toLowerCase()))} gets ${many} ${field.toLowerCase()} for each ${singular(rows.toLowerCase())}`

/** What changes with something else, said in other words than "when an order is placed, the stock goes down". */
export const effects: readonly Wording[] = [
  // "the operating hours of the machine go up by the hours of the run"
  [
    new RegExp(
      `^(?:then )?the ([\\p{L}-]+(?: [\\p{L}-]+)?) of (?:the|its|that|an?) ([\\p{L}-]+) (?:then )?${moves} by the ([\\p{L}-]+) of (?:the|an?|each) ([\\p{L}-]+)$`,
      'iu',
    ),
    (_, field, owner, move, amount, row) =>
      `When ${withArticle(row!)} is made, the ${field} of its ${owner} ${move} by its ${amount}`,
  ],
  // "an order reduces the stock", "donations increase the total of their campaign"
  [
    new RegExp(`^(?:an? |each |every |the |all )?${noun} ${changes} ${value}${by}$`, 'iu'),
    (whole, rows, verb, ...rest) =>
      isRow(rows!) && !/ing$/i.test(rows!)
        ? ofThat(whole!, made(rows!), rest.slice(0, 4), isDown(verb!), rest[4])
        : whole!,
  ],
  // "a returned loan increases the copies of its book"
  [
    new RegExp(
      `^(?:an? |each |every |the |all )?([\\p{L}]+(?:ed|en|id|nt|ld)) ${noun} ${changes} ${value}${by}$`,
      'iu',
    ),
    (whole, done, rows, verb, ...rest) =>
      isRow(rows!)
        ? ofThat(
            whole!,
            `${withArticle(singular(rows!.toLowerCase()))} is ${done!.toLowerCase()}`,
            rest.slice(0, 4),
            isDown(verb!),
            rest[4],
          )
        : whole!,
  ],
  // "placing an order reduces the stock", "ordering a product reduces its stock", "returning a loan increases the copies"
  [
    new RegExp(`^${making} (?:an? |the )${noun} ${changes} ${value}${by}$`, 'iu'),
    (whole, _deed, rows, verb, ...rest) => ofThat(whole!, made(rows!), rest.slice(0, 4), isDown(verb!), rest[4]),
  ],
  [
    new RegExp(`^([\\p{L}]{3,}ing) (?:an? |the )${noun} ${changes} (its )?${value}${by}$`, 'iu'),
    (whole, deed, rows, verb, its, ...rest) => {
      const event = `${withArticle(singular(rows!.toLowerCase()))} is ${doneOf(deed!)}`
      const field = rest[0] ?? rest[3]
      if (!field || !isCounted(field)) return whole!
      return its
        ? `When ${event}, its ${field.toLowerCase()} ${isPlural(field) ? 'go' : 'goes'} ${isDown(verb!) ? 'down' : 'up'}`
        : ofThat(whole!, event, rest.slice(0, 4), isDown(verb!), rest[4])
    },
  ],
  // "selling reduces the stock"
  [
    new RegExp(`^(selling|ordering|buying|lending) ${changes} ${value}$`, 'iu'),
    (whole, deed, verb, ...rest) => ofThat(whole!, `something is ${doneOf(deed!)}`, rest.slice(0, 4), isDown(verb!)),
  ],
  // "the stock goes down with every order", "with each order the stock goes down", "after an order the stock is reduced"
  [
    new RegExp(`^${value} ${moves}${by} (?:with|on|after|for) (?:each|every|an?) (?:new )?${noun}$`, 'iu'),
    (whole, ...found) => {
      const [field, holder, holder2, field2, verb, amount, rows] = found
      return isRow(rows!)
        ? ofThat(whole!, made(rows!), [field, holder, holder2, field2], isDown(verb!), amount)
        : whole!
    },
  ],
  [
    new RegExp(`^(?:with|on|after|for) (?:each|every|an?) (?:new )?${noun},? ${value} ${moves}${by}$`, 'iu'),
    (whole, rows, ...found) => {
      const [field, holder, holder2, field2, verb, amount] = found
      return isRow(rows!)
        ? ofThat(whole!, made(rows!), [field, holder, holder2, field2], isDown(verb!), amount)
        : whole!
    },
  ],
  // "when an order is placed, the quantity is subtracted from the stock"
  [
    new RegExp(
      `^${when} (.+?),? (?:the |its |their )${noun} (?:is|are|gets?) (subtracted from|deducted from|taken off|taken from|removed from|added to|put back (?:in)?to) ${value}$`,
      'iu',
    ),
    (whole, event, amount, verb, ...rest) =>
      ofThat(whole!, event, rest.slice(0, 4), !/^(?:added|put)/i.test(verb!), amount!.toLowerCase()),
  ],
  [
    new RegExp(
      `^(?:the )?${noun} of (?:an?|each|every|the) ${noun} (?:is|are|gets?) (subtracted from|deducted from|taken off|taken from|removed from|added to) ${value}$`,
      'iu',
    ),
    (whole, amount, rows, verb, ...rest) =>
      isRow(rows!)
        ? ofThat(whole!, made(rows!), rest.slice(0, 4), !/^added/i.test(verb!), amount!.toLowerCase())
        : whole!,
  ],
  // "every sale takes its quantity off the stock", "a donation adds its amount to the total of the campaign"
  [
    new RegExp(
      `^(?:an? |each |every |(?:${making}) (?:an? |the ))?${noun} (?:takes?|removes?|subtracts?|deducts?|adds?) (?:its|their|the) ${noun} (off|from|away from|to) ${value}$`,
      'iu',
    ),
    (whole, _making, rows, amount, where, ...rest) =>
      isRow(rows!)
        ? ofThat(whole!, made(rows!), rest.slice(0, 4), !/^to$/i.test(where!), amount!.toLowerCase())
        : whole!,
  ],
  // "when a loan is returned, the book's copies go up by one", "... the number of copies goes up"
  [
    new RegExp(
      `^${when} (.+?),? (?:the |its |an? )([\\p{L}-]+)['’]s? (?:number of )?([\\p{L}-]+) ${moves}${by}$`,
      'iu',
    ),
    (whole, event, holder, field, verb, amount) =>
      isCounted(field!) ? effect(event!, field!, holder, isDown(verb!), amount) : whole!,
  ],
  [
    new RegExp(`^${when} (.+?),? the number of ${noun}(?: of (?:the|its|that) ${noun})? ${moves}${by}$`, 'iu'),
    (whole, event, field, holder, verb, amount) =>
      isCounted(field!) ? effect(event!, field!, holder, isDown(verb!), amount) : whole!,
  ],
  // "when a loan is returned, a copy is added to the book", "... the book has one copy more"
  [
    new RegExp(
      `^${when} (.+?),? (?:an?|one) ${noun} is (?:added|put back|given back|returned) to (?:the|its|that) ${noun}$`,
      'iu',
    ),
    (whole, event, field, holder) =>
      isCounted(plural(field!.toLowerCase()))
        ? effect(event!, plural(field!.toLowerCase()), holder, false, 'one')
        : whole!,
  ],
  [
    new RegExp(
      `^${when} (.+?),? (?:the|its|that) ${noun} (?:has|gets) (?:one|a) (?:(?:more|further) ${noun}|${noun} (more|less|fewer))$`,
      'iu',
    ),
    (whole, event, holder, field, field2, less) => {
      const name = plural((field ?? field2 ?? '').toLowerCase())
      return isCounted(name) ? effect(event!, name, holder, /^(?:less|fewer)$/i.test(less ?? ''), 'one') : whole!
    },
  ],
  [
    new RegExp(`^${when} (.+?),? one is (added to|taken off|taken from) ${value}$`, 'iu'),
    (whole, event, verb, ...rest) => ofThat(whole!, event, rest.slice(0, 4), !/^added/i.test(verb!), 'one'),
  ],
  [
    new RegExp(`^([\\p{L}]{3,}ing) (?:an? |the )${noun} puts (?:an?|one|the) ${noun} back$`, 'iu'),
    (whole, deed, rows, field) =>
      isCounted(plural(field!.toLowerCase()))
        ? effect(
            `${withArticle(singular(rows!.toLowerCase()))} is ${doneOf(deed!)}`,
            plural(field!.toLowerCase()),
            undefined,
            false,
            undefined,
          )
        : whole!,
  ],
  // "each loan takes one of the copies of the tool"
  [
    new RegExp(`^(?:an? |each |every )${noun} (takes|adds) (?:one|1) (?:of|to|from) ${value}$`, 'iu'),
    (whole, rows, verb, ...rest) =>
      isRow(rows!) ? ofThat(whole!, made(rows!), rest.slice(0, 4), /^takes/i.test(verb!), 'one') : whole!,
  ],
  // "each visit gives the member 10 points", "members get 10 points per visit"
  [
    new RegExp(
      `^(?:an? |each |every |the )?${noun} (?:gives|earns|brings) (?:the |its |their |an? )?${noun} (\\d+) ${noun}$`,
      'iu',
    ),
    (_, rows, who, many, field) => gains(who!, many!, field!, rows!),
  ],
  [
    new RegExp(
      `^(?:for|with) (?:each|every|an?) ${noun},? (?:the |an? |each |every )?${noun} (?:gets?|receives?|earns?|gains?) (\\d+) ${noun}$`,
      'iu',
    ),
    (_, rows, who, many, field) => gains(who!, many!, field!, rows!),
  ],
  [
    new RegExp(
      `^(?:the |an? |each |every )?${noun} (?:get|gets|receive|receives|earn|earns|gain|gains) (\\d+) ${noun} (?:per|for each|for every|with each|with every|for an?) ${noun}$`,
      'iu',
    ),
    (whole, who, many, field, rows) => (isCounted(field!) ? gains(who!, many!, field!, rows!) : whole!),
  ],
  [
    new RegExp(`^(?:each|every|an?) ${noun} adds (\\d+) ${noun} to (?:the|its|an?) ${noun}$`, 'iu'),
    (_, rows, many, field, who) => gains(who!, many!, field!, rows!),
  ],
  // "the stock stays at zero or above", "orders that exceed the stock are rejected"
  [
    new RegExp(
      `^(?:the )?${noun}(?: of (?:an?|the) ${noun})? (?:(?:always )?(?:stays?|remains?|is|must (?:stay|be|remain)) (?:at )?(?:zero|0) or (?:above|more|higher)|never (?:goes?|falls?|drops?|gets?|becomes?|sinks?) (?:below (?:zero|0)|negative))$`,
      'iu',
    ),
    (whole, field, of) =>
      isCounted(field!)
        ? `The ${field!.toLowerCase()}${of ? ` of ${withArticle(of)}` : ''} can never go below zero`
        : whole!,
  ],
  [
    new RegExp(
      `^(?:(?:an? |no )?${noun} (?:can ?not|cannot|must not|may not|can|may) (?:be (?:larger|bigger|greater|higher|more) than|exceed)|${noun} (?:that|which) exceed) the stock(?: (?:is|are) (?:rejected|refused|not (?:allowed|possible|accepted)))?$`,
      'iu',
    ),
    (whole, rows, many) =>
      isRow((rows ?? many)!) && /\b(?:not|cannot|no|reject\w*|refused)\b/i.test(whole!)
        ? 'The stock can never go below zero'
        : whole!,
  ],
  [/^only what is in stock can be (?:ordered|sold|bought|taken)$/iu, 'The stock can never go below zero'],
]
