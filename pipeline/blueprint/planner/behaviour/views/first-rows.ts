import type { View } from '../../../../../schemas/generated/architecture.ts'
import { toKebab } from '../../../names.ts'
import { plural, sentence, toName } from '../../language/words.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { findField, isNumber, isTime, titleField } from '../places/fields.ts'
import { numberOf, numberPattern } from '../terms/numbers.ts'
import { grantToReaders } from './see.ts'

/** What an adjective compares, and whether the greatest comes first. */
type Order = { fields: RegExp; down: boolean; made?: true }

const orders: Readonly<Record<string, Order>> = {
  newest: { fields: /^created_at$/, down: true, made: true },
  latest: { fields: /^created_at$/, down: true, made: true },
  'most recent': { fields: /^created_at$/, down: true, made: true },
  oldest: { fields: /^created_at$/, down: false, made: true },
  cheapest: { fields: /^(?:.*_)?(?:price|cost|fee|rent|rate)s?(?:_.*)?$/, down: false },
  'most expensive': { fields: /^(?:.*_)?(?:price|cost|fee|rent|rate)s?(?:_.*)?$/, down: true },
  dearest: { fields: /^(?:.*_)?(?:price|cost|fee|rent|rate)s?(?:_.*)?$/, down: true },
  fastest: { fields: /^(?:.*_)?(?:time|seconds|minutes|duration)(?:_.*)?$/, down: false },
  slowest: { fields: /^(?:.*_)?(?:time|seconds|minutes|duration)(?:_.*)?$/, down: true },
  longest: { fields: /^(?:.*_)?(?:length|distance|duration|minutes|hours|km)(?:_.*)?$/, down: true },
  shortest: { fields: /^(?:.*_)?(?:length|distance|duration|minutes|hours|km)(?:_.*)?$/, down: false },
  heaviest: { fields: /^(?:.*_)?(?:weight|kg)(?:_.*)?$/, down: true },
  lightest: { fields: /^(?:.*_)?(?:weight|kg)(?:_.*)?$/, down: false },
  biggest: { fields: /^(?:.*_)?(?:size|area|m2|capacity|amount)(?:_.*)?$/, down: true },
  largest: { fields: /^(?:.*_)?(?:size|area|m2|capacity|amount)(?:_.*)?$/, down: true },
  smallest: { fields: /^(?:.*_)?(?:size|area|m2|capacity|amount)(?:_.*)?$/, down: false },
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

const fieldFor = (model: Found, { fields, made }: Order): string | undefined => {
  if (made) return 'created_at' in model.model.fields ? 'created_at' : undefined
  const found = Object.entries(model.model.fields).filter(([name, field]) => isNumber(field) && fields.test(name))
  return found.length === 1 ? found[0]![0] : undefined
}

type First = { name: string; field: string; down: boolean; top: number; said: string }

const firstRows = (draft: BehaviourDraft, model: Found, { name, field, down, top, said }: First): Outcome => {
  const title = titleField(draft.architecture, model.name)
  const view: View = {
    description: sentence(said.slice(0, 400)),
    of: model.name,
    group: { id: 'this.id', ...(title && title !== field ? { [title]: `this.${title}` } : {}) },
    select: { [field]: { take: down ? 'max' : 'min', of: `this.${field}` } },
    sort: [`${down ? '-' : ''}${field}`, 'id'],
    maxPage: Math.min(1000, top),
  }
  model.api.views = { ...model.api.views, [name]: view }
  const who = grantToReaders(draft, model, name)
  return {
    understood: [
      `Report: the ${top} ${name.replaceAll('_', ' ')} ${plural(model.words)}, for ${who} (${model.path}/${toKebab(name)}).`,
    ],
  }
}
