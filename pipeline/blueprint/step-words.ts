import type { Architecture, EachStep, Step } from '../../schemas/generated/architecture.ts'
import { allOf, partsOf } from '../expressions/conjunction.ts'
import { wordsOfExpression } from '../expressions/words.ts'
import { own, pluralWords, toWords, wordsOfField } from './names.ts'
import { wordsOfRole } from './role-words.ts'
import { joinWords, withArticle } from './words.ts'

/** Where a step stands: among which models, and of which of them `this` is a row. */
type Place = { models: Architecture['models']; own: string }

/** Returns when a step is done, without that which only keeps it from being done twice; undefined: always. */
export const whenWords = (place: Place, { when, set, take }: Step): string | undefined => {
  if (when === undefined) return undefined
  const field = own(place.models, place.own)?.states?.field
  const to =
    take?.of === 'this' ? own(own(place.models, place.own)?.states?.transitions, take.transition)?.to : undefined
  const value = to === undefined ? undefined : `"${to}"`
  const parts = partsOf(when).filter(
    (part) =>
      part !== `this.${field} != ${value}` &&
      !Object.entries(set?.of === 'this' ? set.values : {}).some(([name, text]) => part === `this.${name} != ${text}`),
  )
  return parts.length > 0 ? wordsOfExpression(allOf(parts)) : undefined
}

/** Returns what a step does in a few words: "the customer is told", "its invoice becomes paid". Equal words mean equal steps. */
export const stepWords = (place: Place, step: Step): string => {
  if (step.create) return ofCreate(step.create)
  const own = ofRow(place, step, subjectOf(step.set?.of ?? step.take?.of ?? step.delete ?? ''))
  if (own !== undefined) return own
  if (step.emit) return `${toWords(step.emit.port)} is passed on`
  if (step.call) return `${step.call.url} is called`
  return ofEach(place, step.each!)
}

const ofCreate = ({ model, values }: NonNullable<Step['create']>): string => {
  if (model !== 'Notification') return `${withArticle(toWords(model))} is made`
  const whom = values.owner_id ?? values.user_id ?? ''
  if (whom === 'person.id' || whom.startsWith('one.')) return 'each is told'
  const who = whom
    .replace(/^this\./, '')
    .replace(/_id$/, '')
    .replaceAll('.', "'s ")
    .replaceAll('_', ' ')
  return `${who} is told`
}

/** What is spoken of, in the sentence and before what is its. */
type Subject = { which: string; whose: string; several: boolean }

const subjectOf = (name: string): Subject =>
  name === 'this'
    ? { which: 'it', whose: 'its', several: false }
    : { which: toWords(name), whose: `${toWords(name)}'s`, several: false }

/** What a step does to one row, or to each of some; undefined where it is no such step. */
const ofRow = ({ models, own: model }: Place, step: Step, { which, whose, several }: Subject): string | undefined => {
  const become = several ? 'become' : 'becomes'
  if (step.delete !== undefined) return `${which} ${several ? 'are' : 'is'} deleted`
  if (step.take) {
    const to = own(own(models, model)?.states?.transitions, step.take.transition)?.to ?? step.take.transition
    return `${which} ${become} ${toWords(to)}`
  }
  if (!step.set) return undefined
  const { of, values } = step.set
  const changes = Object.entries(values).map(([name, value]) => {
    const words = toWords(name)
    const state = /^["'](\w+)["']$/.exec(value)?.[1]
    if (state && /^(?:status|state|stage|phase)$/.test(name)) return `${which} ${become} ${toWords(state)}`
    if (/^(?:true|false)$/.test(value)) return `${which} ${become} ${value === 'true' ? '' : 'not '}${words}`
    if (/^(?:now|today\(\))$/.test(value)) return `${whose} ${words} is noted`
    const [, sign, by] = new RegExp(`^${of}\\.${name} ([+-]) ([\\w.]+)$`).exec(value) ?? []
    if (by) return `${whose} ${words} goes ${sign === '+' ? 'up' : 'down'} by ${amountOf(by)}`
    return `${whose} ${words} becomes ${amountOf(value)}`
  })
  return joinWords(changes)
}

/** A value: that of the row itself is "its amount". */
const amountOf = (value: string): string => {
  const field = /^this\.(\w+)$/.exec(value)?.[1]
  return field ? `its ${toWords(field)}` : wordsOfExpression(value)
}

const ofEach = (place: Place, each: EachStep): string => {
  const { model, where, do: inner } = each
  const role = /^'(\w+)' in \w+\.roles$/.exec(where ?? '')?.[1]
  if (role && inner.length === 1 && inner[0]!.create?.model === 'Notification')
    return `everybody with the role ${wordsOfRole(role)} is told`
  return (
    belonging(place, each) ??
    `for each ${toWords(model)}${where ? ` where ${wordsOfExpression(where)}` : ''}, ${joinWords(inner.map((step) => stepWords({ ...place, own: model }, step)))}`
  )
}

/** "Its invoice becomes paid where ...": rows that belong together with this one, of which nothing else is done. */
const belonging = (place: Place, each: EachStep): string | undefined => {
  const { as, model, where, do: steps } = each
  const [step] = steps
  if (steps.length !== 1 || ![step!.set?.of, step!.take?.of, step!.delete].includes(as)) return undefined
  const parts = [where, step!.when]
    .flatMap((text) => (text === undefined ? [] : partsOf(text)))
    .filter((part) => !saysDone(place, each, part))
  const relations = parts.map((part) => relation(place, each, part, parts))
  const [found] = relations.filter((one) => one !== undefined && one !== '')
  if (!found || typeof found === 'string') return undefined
  const rest = parts.filter((_, at) => relations[at] === undefined).map((part) => conditionWords(place, part))
  const words = ofRow({ ...place, own: model }, step!, found)
  return `${words}${rest.length ? ` where ${joinWords(rest)}` : ''}`
}

/** Whether a condition only keeps from being done again what is done already. */
const saysDone = ({ models }: Place, { as, model, do: steps }: EachStep, part: string): boolean =>
  steps.some(({ set, take }) => {
    const states = own(models, model)?.states
    const to = own(states?.transitions, take?.transition ?? '')?.to
    return (
      (states !== undefined && to !== undefined && part === `${as}.${states.field} != "${to}"`) ||
      Object.entries(set?.values ?? {}).some(
        ([name, value]) =>
          part === `${as}.${name} != ${value}` ||
          (value === 'true' && part === `!${as}.${name}`) ||
          (value === 'false' && part === `${as}.${name}`),
      )
    )
  })

/** How rows belong to the one that it is about; '' for what only goes along with that. */
const relation = (
  { models, own: mine }: Place,
  { as, model }: EachStep,
  part: string,
  all: readonly string[],
): Subject | '' | undefined => {
  const several = (which: string): Subject => ({ which, whose: `${which}'`, several: true })
  const many = pluralWords(model, models[model]!)
  const up = new RegExp(`^${as}\\.id == this\\.(\\w+)$`).exec(part)?.[1]
  if (up) return { which: `its ${wordsOfField(up)}`, whose: `its ${wordsOfField(up)}'s`, several: false }
  const down = new RegExp(`^${as}\\.(\\w+) == this\\.id$`).exec(part)?.[1]
  if (down)
    return several(
      wordsOfField(down) === toWords(mine) ? `its ${many}` : `the ${many} whose ${wordsOfField(down)} it is`,
    )
  const isOther = `${as}.id != this.id`
  if (part === isOther) return all.some((one) => shared(as, one) !== undefined) ? '' : undefined
  const same = shared(as, part)
  return same === undefined
    ? undefined
    : several(`the ${all.includes(isOther) ? 'other ' : ''}${many} of the same ${wordsOfField(same)}`)
}

const shared = (as: string, part: string): string | undefined =>
  new RegExp(`^${as}\\.(\\w+) == this\\.\\1$`).exec(part)?.[1]

const conditionWords = ({ models }: Place, part: string): string => {
  const [, counted, , , least] = /^(\w+)\.filter\((\w+), \2\.(\w+) == \w+\.id\)\.size\(\) >= (\d+)$/.exec(part) ?? []
  const rows = counted && own(models, counted)
  if (rows) return `it has at least ${least} ${pluralWords(counted, rows)}`
  const [, missing, row, , rest = ''] =
    /^!\(?(\w+)\.exists\((\w+), \2\.(\w+) == \w+\.id && (.+?)\)\)?$/.exec(part) ?? []
  if (missing && row && partsOf(rest).every((one) => one.startsWith(`${row}.`) || one.startsWith(`!${row}.`)))
    return `it has no ${toWords(missing)} of which ${wordsOfExpression(rest)}`
  return wordsOfExpression(part)
}
