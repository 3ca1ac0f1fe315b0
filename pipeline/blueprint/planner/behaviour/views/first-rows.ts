import { toKebab } from '../../../names.ts'
import { plural, toName } from '../../language/words.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { findField, isNumber, isTime } from '../places/fields.ts'
import { numberOf, numberPattern } from '../terms/numbers.ts'
import { addTop } from './top.ts'

/** Which fields an adjective compares (none: when it was made), and whether the greatest comes first. */
type Order = { fields?: RegExp; down: boolean }

const price = /^(?:.*_)?(?:price|cost|fee|rent|rate)s?(?:_.*)?$/
const time = /^(?:.*_)?(?:time|seconds|minutes|duration)(?:_.*)?$/
const length = /^(?:.*_)?(?:length|distance|duration|minutes|hours|km)(?:_.*)?$/
const weight = /^(?:.*_)?(?:weight|kg)(?:_.*)?$/
const size = /^(?:.*_)?(?:size|area|m2|capacity|amount)(?:_.*)?$/

const orders: Readonly<Record<string, Order>> = {
  newest: { down: true },
  latest: { down: true },
  'most recent': { down: true },
  oldest: { down: false },
  cheapest: { fields: price, down: false },
  'most expensive': { fields: price, down: true },
  dearest: { fields: price, down: true },
  fastest: { fields: time, down: false },
  slowest: { fields: time, down: true },
  longest: { fields: length, down: true },
  shortest: { fields: length, down: false },
  heaviest: { fields: weight, down: true },
  lightest: { fields: weight, down: false },
  biggest: { fields: size, down: true },
  largest: { fields: size, down: true },
  smallest: { fields: size, down: false },
  deepest: { fields: /^(?:.*_)?depth(?:_.*)?$/, down: true },
  tallest: { fields: /^(?:.*_)?height(?:_.*)?$/, down: true },
  highest: { fields: /^(?:.*_)?(?:height|altitude)(?:_.*)?$/, down: true },
}

const shown = '(?:please )?(?:also )?(?:show|list|display|see|give|get)(?: (?:me|us|everyone|everybody|people))? '
const page = '(?: (?:first|at the top|(?:on|at) (?:the|our) (?:start|home|front|first|main) ?page))?'
const first = new RegExp(
  `^(?:${shown})?(?:the |our )?(?:(?:top )?(?<n>${numberPattern}) )?(?<by>${Object.keys(orders).join('|')}) (?:(?<n2>${numberPattern}) )?(?<things>[\\p{L}-]+(?: [\\p{L}-]+)?)${page}$`,
  'iu',
)
const withLeast = new RegExp(
  `^(?:${shown})?(?:the )?(?<n>${numberPattern}) (?<things>[\\p{L}-]+(?: [\\p{L}-]+)?) with the (?<least>lowest|smallest|shortest|least|fewest|fastest|highest|longest|largest|biggest|greatest|best|most) (?<by>[\\p{L}-]+(?: [\\p{L}-]+)?)${page}$`,
  'iu',
)

/** "Show the ten newest offers", "the 3 teams with the lowest time": the first rows of a list, as a page of its own. */
export const readFirstRows: Read = (sentence) => {
  const text = sentence.trim()
  const by = first.exec(text)?.groups
  const least = by ? undefined : withLeast.exec(text)?.groups
  const said = by ?? least
  const many = said?.n ?? said?.n2
  const top = many === undefined ? undefined : numberOf(many)
  if (!said || top === undefined || top < 2 || !Number.isInteger(top)) return undefined
  return {
    said: sentence,
    rest: [],
    ...(by ? { sure: true } : {}),
    apply: (draft) => {
      const model = draft.findModel(said.things!)
      if (!model || model.name === draft.userModel()?.name) return { unresolved: `There are no “${said.things}”.` }
      const order = by ? orders[by.by!.toLowerCase()]! : undefined
      const field = order ? fieldFor(model, order) : findField(model, said.by!)
      if (
        !field ||
        !(field === 'created_at' || isNumber(model.model.fields[field]) || isTime(model.model.fields[field]))
      )
        return { unresolved: `It is not clear by which number or day of ${plural(model.words)} they are ordered.` }
      const down = order ? order.down : !/^(?:lowest|smallest|shortest|least|fewest|fastest)$/i.test(said.least!)
      const name = toName((by ? by.by! : `${said.least} ${said.by}`).toLowerCase().split(' '))
      return firstRows(draft, model, { name, field, down, top, said: text })
    },
  }
}

const fieldFor = (model: Found, { fields }: Order): string | undefined => {
  if (!fields) return 'created_at' in model.model.fields ? 'created_at' : undefined
  const found = Object.entries(model.model.fields).filter(([name, field]) => isNumber(field) && fields.test(name))
  return found.length === 1 ? found[0]![0] : undefined
}

type First = { name: string; field: string; down: boolean; top: number; said: string }

const firstRows = (draft: BehaviourDraft, model: Found, { name, field, down, top, said }: First): Outcome => {
  const who = addTop(draft, model, { name, column: field, of: `this.${field}`, down, top, said })
  return {
    understood: [
      `Report: the ${top} ${name.replaceAll('_', ' ')} ${plural(model.words)}, for ${who} (${model.path}/${toKebab(name)}).`,
    ],
  }
}
