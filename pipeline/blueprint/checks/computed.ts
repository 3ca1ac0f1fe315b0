import type { Architecture, Computed, Model, Over } from '../../../schemas/generated/architecture.ts'
import { own, refOf } from '../names.ts'
import type { Path, Report } from './report.ts'

const PLAIN = /^(int|float|decimal|bool|date|datetime|time|string|text|uuid)$/
const NUMBERS = /^(int|float|decimal)$/
const ORDERED = /^(int|float|decimal|date|datetime|time)$/

/** Computed values: of one kind, over rows that refer to the row, of the type that comes out. */
export const checkComputed = (architecture: Architecture, report: Report): void => {
  for (const [name, model] of Object.entries(architecture.models))
    for (const [field, computed] of Object.entries(model.computed ?? {})) {
      const path: Path = ['models', name, 'computed', field]
      const wrong = (message: string): void => report('computed-value', path, `${name}.${field} ${message}`)
      if (own(model.fields, field)) wrong('is also a field')
      if (!PLAIN.test(computed.type)) wrong(`is of type ${computed.type}, which nothing computes`)
      if ((computed.expr === undefined) === (computed.over === undefined)) wrong('needs either expr or over')
      if (computed.over) checkOver(architecture, name, computed, computed.over, path, report, wrong)
    }
}

const checkOver = (
  architecture: Architecture,
  name: string,
  computed: Computed,
  over: Over,
  path: Path,
  report: Report,
  wrong: (message: string) => void,
): void => {
  const [from = '', reference = ''] = over.from.split('.')
  const target = own(architecture.models, from)
  if (!target) {
    report('unknown-model', path, `there is no model ${from}`, { word: from, names: Object.keys(architecture.models) })
    return
  }
  const refers = own(target.fields, reference)
  if (!refers) return missing(report, path, from, target, reference)
  if (refOf(refers.type)?.model !== name) wrong(`counts by ${over.from}, which does not refer to ${name}`)
  const counts = over.take === 'count' || over.take === 'exists'
  if (counts !== (over.field === undefined)) return wrong(counts ? `takes no field to ${over.take}` : 'needs a field')
  if (over.field === undefined) return checkType(computed, [over.take === 'count' ? 'int' : 'bool'], wrong)
  // What a row works out of its own values can be added up as well; what is added up there can not.
  const worked = own(target.computed, over.field)
  const field = own(target.fields, over.field) ?? (worked?.expr === undefined ? undefined : worked)
  if (!field) return missing(report, path, from, target, over.field)
  const fits = over.take === 'sum' || over.take === 'avg' ? NUMBERS : ORDERED
  if (!fits.test(field.type)) return wrong(`cannot take the ${over.take} of ${field.type}`)
  const natural = over.take === 'avg' && field.type === 'int' ? 'float' : field.type
  checkType(computed, field.type === 'int' ? [natural, 'decimal'] : [natural], wrong)
}

const checkType = ({ type }: Computed, fits: readonly string[], wrong: (message: string) => void): void => {
  if (!fits.includes(type)) wrong(`is of type ${type}, and comes out as ${fits.join(' or ')}`)
}

const missing = (report: Report, path: Path, name: string, model: Model, field: string): void =>
  report('unknown-field', path, `${name} has no field '${field}'`, { word: field, names: Object.keys(model.fields) })
