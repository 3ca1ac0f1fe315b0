import type { Computed } from '../../../../schemas/generated/architecture.ts'
import { sentence as capital, plural, sentence, toName, withArticle } from '../language/words.ts'
import type { Outcome, Read } from './behaviour.ts'
import { wordsOf } from './between.ts'
import { canonical } from './canonical.ts'
import type { BehaviourDraft } from './draft.ts'
import type { Found } from './find.ts'
import { type Groups, matching, pattern } from './phrases.ts'
import { conditionFor } from './places/conditions.ts'
import { lengthOfRow } from './shown/length-of-row.ts'
import { pricedBy, priceIn } from './shown/priced-by.ts'
import { priceOfEach } from './shown/rows-shown.ts'

const shows =
  '(?:shows?|has|have|tells?|displays?|includes?|carr(?:y|ies)|comes? with|(?:should|must|can|may) (?:show|have|tell|display|include))(?: also)?'
const average = '(?<average>average|mean)'
const most =
  '(?<best>highest|best|biggest|largest|maximum|top|greatest|latest|last|newest|lowest|smallest|cheapest|minimum|earliest|first|oldest)'
const each = '(?:each|every|an?|the|all|any)'

const patterns: readonly RegExp[] = [
  // the total of an order is the sum of its lines
  `(?:the |an? )?{name}(?: of ${each} {thing})? (?:is|equals|must be|should be|are) (?:always )?(?:calculated as |computed as |automatically )?(?:the )?(?<sum>sum|total)(?: of)?(?: (?:the|its|all|their|these))*(?: {amount} of(?: (?:the|its|all|their))*)? {children}(?: (?:of|in|on|for) (?:the|that|it|its|this) ?(?:{thing2})?)?`,
  `(?:the |an? )?{name}(?: of ${each} {thing})? (?:is|are) (?:added up|summed up|calculated|computed|worked out|summed|counted)(?: automatically)? (?:from|over|by adding(?: up)?|by summing(?: up)?|as the sum of)(?: (?:the|its|all|their))* {children}`,
  `${each}? ?{thing} ${shows} (?:the |an? |its )?(?<sum>sum|total)(?: {amount})? of (?:the |its |all |their )*{children}`,
  `(?:show |display |give )?(?:the )?(?<sum>total|sum)(?: {amount})? of (?:the |an? |each |every )?{thing}'s? {children}`,
  // number of comments on each post
  `(?:show |display |give |with |we want to see |i want to see )?(?:the )?(?<count>number|count) of {children} (?:on|of|per|in|for|under|by) ${each} {thing}(?: (?:is|are) (?:shown|displayed|visible|counted))?`,
  `${each}? ?{thing} ${shows} (?:the |an? |its )?(?:total )?(?<count>number|count) of (?:its |the |all |their )*{children}(?: it has| on it| in it)?`,
  `${each}? ?{thing} ${shows} (?<count>how many) {children}(?: (?:it has|there are|they have|it got|it received|belong to it|are on it|are in it|it contains|have been made|were made))?(?: so far)?`,
  `(?:show |display |tell |count )(?<count>how many) {children} (?:${each} {thing} (?:has|have|got)|there are (?:on|in|for|per|of) ${each} {thing})`,
  `(?:the )?{name}(?: of ${each} {thing})? (?:is|equals) (?:the )?(?<count>number|count) of (?:its |the |their |all )*{children}`,
  // average rating of a film
  `(?:show |display |give |calculate )?(?:the |an? )?${average} {amount} (?:of|for|per) ${each} {thing}(?: (?:is|are) (?:shown|displayed|visible|calculated|computed|worked out)(?: automatically| from (?:the |its )?{children})?| is the average of (?:its |the |all )*{children2})?`,
  `${each}? ?{thing} ${shows} (?:the |an? |its |their )*${average} {amount}(?: of (?:its |the |all |their )*{children})?`,
  `(?:the )?{name} of ${each} {thing} (?:is|equals) (?:the )?${average} (?:{amount} )?of (?:its |the |all |their )*{children}(?:'s? {amount2})?`,
  `(?:the )?{name} (?:is|equals) (?:the )?${average} of (?:its |the |all |their )*{children}`,
  // the highest bid of an item
  `${each}? ?{thing} ${shows} (?:the |an? |its |their )*${most} {children}`,
  `(?:show |display )(?:the )?${most} {children} (?:of|on|for|per) ${each} {thing}`,
  // seats that are left
  `${each}? ?{thing} ${shows} (?:the )?(?:number of |how many )?(?<left>free|available|remaining|open|empty) {seats}`,
  `${each}? ?{thing} ${shows} (?<left>how many) {seats} (?:are|it has)(?: still)? (?:left|free|available|remaining|open)`,
  `(?:show |display )(?:the number of |how many )?(?<left>free|available|remaining) {seats} (?:of|in|for|per) ${each} {thing}`,
  // price times quantity
  `(?:the |an? )?{name}(?: of ${each} {thing})? (?:is|equals|=) (?:the )?{x} (?<op>times|multiplied by|\\*|x|plus|\\+|minus|less|divided by|\\/) (?:the )?{y}`,
  `(?:the |an? )?{name}(?: of ${each} {thing})? (?:is|equals|=) (?:the )?{x} (?<op>times|multiplied by|\\*|x) (?<y>\\d+\\.\\d+)`,
].map(pattern)

/** Patterns are dear, and most sentences have none of these. */
const words =
  /\b(?:sum|total|added up|summed|calculated|computed|worked out|number|count|how many|average|mean|highest|lowest|best|latest|last|free|available|remaining|times|multiplied|plus|minus|divided|largest|biggest|greatest|cheapest|smallest|newest|first|earliest)\b/i

/** Reads values that work themselves out: sums, counts and averages of what belongs to a row, products of its own. */
export const readWorkedOut: Read = (sentence) => {
  if (!words.test(sentence)) return undefined
  const found = matching(patterns, canonical(withShare(sentence)))
  return (
    found && {
      said: sentence,
      rest: [],
      after: found.groups.op ? 3 : 3.1,
      apply: (draft) => apply(draft, found.groups),
    }
  )
}

/** "Price plus 19% tax" is the price times 1.19. */
const withShare = (sentence: string): string =>
  sentence.replace(
    /\b(plus|minus|less|with|including) (\d{1,2}(?:\.\d+)?) ?(?:%|percent|per cent)(?: (?:of (?:it|that)|tax(?:es)?|vat|discount|fee|surcharge|interest|commission|service))*\.?$/iu,
    (_, sign: string, share: string) =>
      `times ${Number((1 + (/minus|less/i.test(sign) ? -1 : 1) * (Number(share) / 100)).toFixed(6))}`,
  )

const apply = (draft: BehaviourDraft, said: Groups): Outcome => {
  if (said.op) return applyProduct(draft, said)
  if (said.left) return applyLeft(draft, said)
  const words = said.children ?? said.children2
  const some = ofSome(draft, said)
  if (some) return { unresolved: some }
  const named = words ? childModel(draft, words) : undefined
  const thing = thingOf(draft, said, named)
  if (!thing) return { unresolved: 'It does not say of what that is worked out.' }
  const model =
    named && draft.refFrom(named, thing) ? named : rowsWith(draft, thing, said.amount ?? said.amount2 ?? words)
  const ref = model ? draft.refFrom(model, thing) : undefined
  if (!model || !ref)
    return { unresolved: `Nothing that belongs to a ${thing.words} is called ${words ?? said.amount}.` }
  const from = `${model.name}.${ref}`
  const many = plural(model.words)
  if (said.count)
    return add(
      draft,
      thing,
      toName([said.name ?? `${many} count`]),
      { type: 'int', over: { take: 'count', from } },
      `the number of its ${many}`,
    )
  const field = numberOf(draft, model, said.amount ?? said.amount2 ?? words)
  if (!field) return { unresolved: `${sentence(withArticle(model.words))} has nothing to add up.` }
  const { type, scale } = model.model.fields[field] ?? model.model.computed![field]!
  const amount = wordsOf(field)
  if (said.best) {
    const least = /^(?:lowest|smallest|cheapest|minimum|earliest|first|oldest)$/i.test(said.best)
    return add(
      draft,
      thing,
      toName([`${said.best} ${amount === 'amount' ? model.words : amount}`]),
      { type, ...(scale ? { scale } : {}), over: { take: least ? 'min' : 'max', from, field } },
      `the ${said.best.toLowerCase()} ${amount} of its ${many}`,
    )
  }
  if (said.average)
    return add(
      draft,
      thing,
      toName([said.name ?? `average ${amount}`]),
      { type: type === 'int' ? 'float' : type, ...(scale ? { scale } : {}), over: { take: 'avg', from, field } },
      `the average ${amount} of its ${many}`,
    )
  return add(
    draft,
    thing,
    toName([said.name ?? `total ${amount}`]),
    { type, ...(scale ? { scale } : {}), over: { take: 'sum', from, field } },
    `the sum of the ${amount} of its ${many}`,
  )
}

/** "The average paid amount": of some rows alone, which reports and "shows the total of paid claims" add up. */
const ofSome = (draft: BehaviourDraft, { amount, amount2, children, children2 }: Groups): string | undefined => {
  for (const words of [amount, amount2, children, children2]) {
    const [which = '', ...rest] = words?.toLowerCase().split(' ') ?? []
    const isSome = draft
      .models()
      .some((model) => /^!?this\.\w+(?: [!=]= (?:"[^"]*"|null))?$/.test(conditionFor(model, which, 'this')?.text ?? ''))
    if (rest.length > 0 && isSome && !draft.exactModel(toName([words!])))
      return `What is ${which} is not added up by itself there: ask for it as a report.`
  }
  return undefined
}

const childModel = (draft: BehaviourDraft, words: string): Found | undefined =>
  draft.findModel(words) ?? draft.findModel(words.replace(/'s? .*$/, '')) ?? draft.findModel(words.split(' ').at(-1)!)

const thingOf = (draft: BehaviourDraft, said: Groups, child: Found | undefined): Found | undefined => {
  const named = [said.thing, said.thing2]
    .map((words) => (words ? draft.findModel(words) : undefined))
    .find((one) => one !== undefined)
  if (named) return named
  const parents = child ? draft.models().filter((one) => draft.refFrom(child, one) !== undefined) : []
  const withName = parents.find((one) => said.name && draft.findField(one, said.name) !== undefined)
  const it = draft.it()
  // "an order's total": the possessor stands in the name.
  const owner = said.name ? draft.findModel(said.name.split(/'s? | /)[0]!) : undefined
  return (
    withName ??
    owner ??
    (it && child && draft.refFrom(child, it) ? it : undefined) ??
    parents.find((one) => child?.api.parent !== undefined && draft.refFrom(child, one) === child.api.parent) ??
    parents[0]
  )
}

/** The rows of a thing that have an amount of that name. */
const rowsWith = (draft: BehaviourDraft, thing: Found, amount: string | undefined): Found | undefined => {
  const children = draft.childrenOf(thing).map(({ model }) => model)
  return (
    children.find((one) => amount && draft.findField(one, amount)) ??
    children.find((one) => amount && one.key.includes(toName([amount]))) ??
    children.find((one) => numberOf(draft, one, amount) !== undefined)
  )
}

const numeric = /^(?:int|float|decimal)$/
const numberOf = (draft: BehaviourDraft, model: Found, words: string | undefined): string | undefined => {
  const named = words ? draft.findField(model, words) : undefined
  const stored = Object.keys(model.model.fields).filter((name) => numeric.test(model.model.fields[name]!.type))
  // The cost of several is not their price, where it is that of each.
  const isOfEach =
    named !== undefined && priceOfEach(stored) && !toName([words!]).includes(named) && !/quantity|count/.test(named)
  if (named && !isOfEach && numeric.test(model.model.fields[named]?.type ?? '')) return named
  const worked = Object.entries(model.model.computed ?? {}).filter(([, { expr, type }]) => expr && numeric.test(type))
  if (named && model.model.computed?.[named]) return worked.some(([name]) => name === named) ? named : undefined
  if (worked.length === 1) return worked[0]![0]
  const numbers = Object.entries(model.model.fields)
    .filter(([, { type }]) => numeric.test(type))
    .map(([name]) => name)
  if (priceOfEach(numbers)) return undefined
  return (
    numbers.find((name) =>
      /^(?:amount|total|sum|subtotal|line_total|price|stars|rating|score|points|grade|value|hours|cost|fee|quantity|weight|volume|minutes|distance)(?:_|$)/.test(
        name,
      ),
    ) ?? (numbers.length === 1 ? numbers[0] : undefined)
  )
}

/** Adds a computed value; a stored field of its name gives way, unless it has rows. */
const add = (draft: BehaviourDraft, thing: Found, wish: string, computed: Computed, words: string): Outcome => {
  const name = wish.replace(/^(?:the|an?)_/, '').replace(new RegExp(`^${thing.key}s?_`), '')
  const stored = thing.model.fields[name]
  if (stored && draft.changing)
    return {
      unresolved: `The ${wordsOf(name)} of ${withArticle(thing.words)} is a field that people fill in; remove it first.`,
    }
  if (stored) dropField(thing, name)
  thing.model.computed = { ...thing.model.computed, [name]: computed }
  return {
    understood: [`The ${wordsOf(name)} of ${withArticle(thing.words)} is ${words}.`],
    ...(stored
      ? { assumptions: [`${capital(wordsOf(name))} of ${thing.words} is worked out, so nobody sends it.`] }
      : {}),
  }
}

const dropField = (thing: Found, name: string): void => {
  delete thing.model.fields[name]
  const { list } = thing.api
  if (!list) return
  for (const key of ['filter', 'sort', 'search'] as const) list[key] = list[key].filter((one) => one !== name)
  if (list.range) list.range = list.range.filter((one) => one !== name)
  if (list.order.replace(/^-/, '') === name) list.order = '-created_at'
}

/** "how many seats are left": the seats without those that are taken. */
const applyLeft = (draft: BehaviourDraft, said: Groups): Outcome => {
  const thing = draft.findModel(said.thing!)
  const seats = thing
    ? (draft.findField(thing, said.seats!) ??
      ['seats', 'capacity', 'copies', 'places', 'spots', 'max_participants'].find(
        (name) => thing.model.fields[name]?.type === 'int',
      ))
    : undefined
  const limited = thing
    ? draft
        .childrenOf(thing)
        .find(({ model, field }) =>
          model.model.rules?.some(({ limit }) => limit?.per.length === 1 && limit.per[0] === field),
        )
    : undefined
  const child =
    limited ??
    (thing
      ? draft
          .childrenOf(thing)
          .find(({ model }) =>
            /booking|loan|ticket|registration|enrol|reservation|participant|rental|signup/.test(model.key),
          )
      : undefined)
  if (!thing || !seats || !child)
    return { unresolved: `It is not known how many ${said.seats} there are and what takes them.` }
  const rule = child.model.model.rules?.find(({ limit }) => limit?.per[0] === child.field)
  const taken = toName([`taken ${wordsOf(seats)}`])
  const sum = rule?.limit?.sum
  const where = rule?.where?.replaceAll('this.', 'that.')
  thing.model.computed = {
    ...thing.model.computed,
    [taken]: {
      type: 'int',
      over: {
        take: sum ? 'sum' : 'count',
        from: `${child.model.name}.${child.field}`,
        ...(sum ? { field: sum } : {}),
        ...(where ? { where } : {}),
      },
    },
  }
  return add(
    draft,
    thing,
    toName([`free ${wordsOf(seats)}`]),
    { type: 'int', expr: `this.${seats} - this.${taken}` },
    `its ${wordsOf(seats)} without those that are taken`,
  )
}

const operators: Readonly<Record<string, string>> = {
  times: '*',
  'multiplied by': '*',
  '*': '*',
  x: '*',
  plus: '+',
  '+': '+',
  minus: '-',
  less: '-',
  'divided by': '/',
  '/': '/',
}

const applyProduct = (draft: BehaviourDraft, said: Groups): Outcome => {
  const named = said.thing ? draft.findModel(said.thing) : undefined
  const it = draft.it()
  for (const model of named ? [named] : [...(it ? [it] : []), ...draft.models()]) {
    const parts = [said.x!, said.y!].map((words) => lengthOfRow(draft, model, words) ?? operandOf(draft, model, words))
    if (parts.some((one) => one === undefined)) continue
    const [x, y] = alike(parts as Operand[])
    for (const told of [x!.told, y!.told]) if (told) draft.assume(told)
    if (x!.type !== y!.type && (x!.type === 'float' || y!.type === 'float')) continue
    const type = x!.type === 'decimal' || y!.type === 'decimal' ? 'decimal' : x!.type
    return add(
      draft,
      model,
      toName([said.name!]),
      {
        type,
        ...(type === 'decimal' ? { scale: 2 } : {}),
        expr: `${x!.text} ${operators[said.op!.toLowerCase()]} ${y!.text}`,
      },
      `${said.x} ${said.op} ${said.y}`,
    )
  }
  return { unresolved: `Nothing here has both a ${said.x} and a ${said.y}.` }
}

type Operand = { text: string; type: string; told?: string }

/** A number as such is of the type of the other. */
const alike = (parts: Operand[]): Operand[] =>
  parts.map((one, at) => {
    const other = parts[1 - at]!
    return /^[\d.]+$/.test(one.text) && other.type === 'float'
      ? { ...one, type: 'float', text: one.text.includes('.') ? one.text : `${one.text}.0` }
      : one
  })

/** A number of the row, or of what it refers to: the price of the product. */
const operandOf = (draft: BehaviourDraft, model: Found, words: string): { text: string; type: string } | undefined => {
  const own = draft.findField(model, words)
  const type = own ? (model.model.fields[own]?.type ?? '') : ''
  if (own && numeric.test(type)) return { text: `this.${own}`, type }
  if (/^\d+(?:\.\d+)?$/.test(words)) return { text: words, type: words.includes('.') ? 'decimal' : 'int' }
  const turned =
    /^(?<b>.+?) of (?:the |its |an? )?(?<t>.+)$/i.exec(words)?.groups ??
    /^(?<t>[\p{L}-]+?)(?:'s)? (?<b>.+)$/iu.exec(words)?.groups
  const other = (turned ? draft.findModel(turned.t!) : undefined) ?? pricedBy(draft, model, words)
  const ref = other ? draft.refFrom(model, other) : undefined
  const far = other && ref ? (draft.findField(other, turned?.b ?? words) ?? priceIn(other, words)) : undefined
  const farType = far ? (other!.model.fields[far]?.type ?? '') : ''
  return far && ref && numeric.test(farType)
    ? { text: `this.${ref.replace(/_id$/, '')}.${far}`, type: farType }
    : undefined
}
