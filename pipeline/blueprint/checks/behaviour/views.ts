import type { Measure, RpcPort, View } from '../../../../schemas/generated/architecture.ts'
import type { Scope, ValueType } from '../../../expressions/scope.ts'
import { columnScope, columnsOf, rowScope } from '../../../expressions/view.ts'
import { own } from '../../names.ts'
import { crudOpsOf } from '../../operations.ts'
import type { Path } from '../report.ts'
import { type Checks, checkAt, checkCondition, checkShown, checkZone, modelAt } from './expression.ts'

const COLUMNS: readonly ValueType[] = ['bool', 'int', 'float', 'decimal', 'string', 'date', 'datetime', 'time', 'uuid']
const NUMBERS: readonly ValueType[] = ['int', 'decimal', 'float']
const ORDERED: readonly ValueType[] = [...NUMBERS, 'string', 'date', 'datetime', 'time', 'duration']
const PAGING = ['limit', 'cursor']
const PARAMETERS = /^(uuid|string|text|int|float|decimal|bool|date|datetime|time|email|url|phone|enum|ref\(.+\))$/

/** Reports: rows of a model that the component has, columns with names of their own, in an order of these. */
export const checkViews = (checks: Checks, component: string, port: RpcPort, path: Path): void => {
  for (const [name, view] of Object.entries(port.views ?? {})) {
    const at = [...path, 'views', name]
    const wrong = (message: string, where: Path = at, meant?: { word: string; names: string[] }): void =>
      checks.report('view', where, `the report ${component}:${name} ${message}`, meant)
    if (!modelAt(checks, [...at, 'of'], view.of)) continue
    if (port.crud !== undefined && port.crud !== view.of)
      wrong(`is of ${view.of} on a port of ${port.crud}`, [...at, 'of'])
    const others: string[] = [...crudOpsOf(port), ...Object.keys(port.ops ?? {}), 'bulk']
    if (others.includes(name)) wrong('has the name of another operation')
    const grouped = Object.keys(view.group).length > 0
    if (!grouped && (view.having !== undefined || view.maxPage !== undefined))
      wrong('has no groups to choose from or to page through')
    for (const parameter of grouped ? PAGING.filter((each) => own(view.params, each)) : [])
      wrong(`takes ${parameter}, as every page does`, [...at, 'params', parameter])
    for (const [parameter, field] of Object.entries(view.params ?? {}))
      if (!PARAMETERS.test(field.type)) wrong(`takes ${parameter} of type ${field.type}`, [...at, 'params', parameter])
    checkZone(checks, [...at, 'zone'], view.zone)
    checkColumns(checks, at, view, wrong)
  }
}

type Wrong = (message: string, at?: Path, meant?: { word: string; names: string[] }) => void

const checkColumns = (checks: Checks, path: Path, view: View, wrong: Wrong): void => {
  const scope = rowScope(view)
  if (view.where !== undefined) checkCondition(checks, [...path, 'where'], view.where, scope)
  for (const [column, text] of Object.entries(view.group)) {
    const at = [...path, 'group', column]
    checkShown(checks, at, checkAt(checks, at, text, scope, COLUMNS), scope)
  }
  for (const [column, measure] of Object.entries(view.select)) {
    const at = [...path, 'select', column]
    if (column in view.group) wrong(`has two columns ${column}`, at)
    checkMeasure(checks, at, measure, scope, (message) => wrong(message, at))
  }
  if (view.having !== undefined) {
    const { groups, measures } = columnsOf(checks.architecture, view)
    checkCondition(checks, [...path, 'having'], view.having, columnScope(view, [...groups, ...measures]))
  }
  const names = [...Object.keys(view.group), ...Object.keys(view.select)]
  for (const [index, sort] of (view.sort ?? []).entries()) {
    const word = sort.replace(/^-/, '')
    if (!names.includes(word))
      wrong(`is sorted by '${word}', which is no column`, [...path, 'sort', index], { word, names })
  }
}

const checkMeasure = (
  checks: Checks,
  path: Path,
  { take, of, where }: Measure,
  scope: Scope,
  wrong: (message: string) => void,
): void => {
  if (where !== undefined) checkCondition(checks, [...path, 'where'], where, scope)
  if (of === undefined) {
    if (take !== 'count') wrong(`takes the ${take} of nothing`)
    return
  }
  const types = take === 'count' ? COLUMNS : take === 'sum' || take === 'avg' ? NUMBERS : ORDERED
  checkShown(checks, [...path, 'of'], checkAt(checks, [...path, 'of'], of, scope, types), scope)
}
