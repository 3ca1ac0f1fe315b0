import type { Model, Rule } from '../../schemas/generated/architecture.ts'
import { toSnake } from '../blueprint/names.ts'
import { checkExpression } from '../expressions/check.ts'
import { pythonOf } from '../expressions/python.ts'
import type { Scope } from '../expressions/scope.ts'
import { sqlOf } from '../expressions/sql.ts'
import type { Context } from './emit-context.ts'
import { attributeOf, rowClass, variableOf } from './emit-names.ts'
import { docstring, type Imports, pythonModule, text } from './emit-python.ts'
import { ruleIndexes } from './migrations-physical.ts'

/** What a module of rules is written of: functions before the constants that use them. */
type Module = { context: Context; imports: Map<string, Set<string>>; parts: string[] }

/** The constant in app/rules.py that holds a model's rules; undefined for a model without any. */
export const rulesOf = (name: string, model: Model): string | undefined =>
  model.rules?.length ? `${toSnake(name).toUpperCase()}_RULES` : undefined

/** Returns app/rules.py; undefined in a system without rules. */
export const emitRules = (context: Context): string | undefined => {
  const models = Object.entries(context.architecture.models).filter(([, { rules }]) => rules?.length)
  if (models.length === 0) return undefined
  const module: Module = { context, imports: new Map(), parts: [] }
  for (const [name, model] of models) {
    use(module, 'app.models', rowClass(name))
    use(module, 'runtime.rules', 'Rules')
    const rules = model.rules!.map((rule) => emitRule(module, name, model, rule))
    module.parts.push(
      [
        `${rulesOf(name, model)} = Rules[${rowClass(name)}](`,
        ...rules.flatMap((rule) => rule.map((line) => `    ${line}`)),
        ')',
      ].join('\n'),
    )
  }
  const imports: Imports = Object.fromEntries([...module.imports].map(([from, names]) => [from, [...names]]))
  return pythonModule(
    'The rules: what holds between the values of a row, and between rows. Stores hold them.',
    imports,
    module.parts,
  )
}

const use = ({ imports }: Module, module: string, ...names: string[]) => {
  imports.set(module, new Set([...(imports.get(module) ?? []), ...names]))
}

const emitRule = (module: Module, name: string, model: Model, rule: Rule): string[] => {
  if (rule.unique) return emitUnique(module, name, model, rule)
  if (rule.exclude) return emitExclude(module, name, model, rule)
  if (rule.limit) return emitLimit(module, name, model, rule)
  return emitCheck(module, name, model, rule)
}

const call = (name: string, rule: Rule, options: string[]): string[] => [
  `${name}(`,
  ...[text(rule.name), text(rule.message), ...options].map((option) => `    ${option},`),
  '),',
]

const emitUnique = (module: Module, name: string, model: Model, rule: Rule): string[] => {
  use(module, 'runtime.rules', 'Unique')
  const { name: index } = ruleIndexes(module.context.architecture, name, model).get(rule)!
  return call('Unique', rule, [`index=${text(index)}`, `fields=${tuple(rule.unique!)}`])
}

const emitExclude = (module: Module, name: string, model: Model, rule: Rule): string[] => {
  use(module, 'runtime.rules', 'NoOverlap')
  use(module, 'runtime.timespans', 'Span')
  const { same, start, end, minutes, closed } = rule.exclude!
  const span = [
    text(attributeOf(start)),
    ...(end ? [`end=${text(attributeOf(end))}`] : []),
    ...(minutes === undefined ? [] : [`minutes=${typeof minutes === 'number' ? minutes : text(attributeOf(minutes))}`]),
    ...(closed ? ['closed=True'] : []),
  ]
  return call('NoOverlap', rule, [
    `same=${tuple(same)}`,
    `span=Span(${span.join(', ')})`,
    ...concerning(module, name, model, rule),
  ])
}

const emitLimit = (module: Module, name: string, model: Model, rule: Rule): string[] => {
  use(module, 'runtime.rules', 'Limit')
  const { per, max, sum, within } = rule.limit!
  if (within) use(module, 'runtime.periods', 'Within')
  const number = /^\d+$/.test(max.trim())
  const most = number ? max.trim() : question(module, name, rule, 'most', max)
  const followed = number ? [] : looksAt(module.context, name, model, max).references
  return call('Limit', rule, [
    `per=${tuple(per)}`,
    `most=${most}`,
    ...(sum ? [`total=${text(attributeOf(sum))}`] : []),
    ...(within ? [`within=Within(${[attributeOf(within.field), within.unit, within.zone].map(text).join(', ')})`] : []),
    ...concerning(module, name, model, rule, number ? [] : [max]),
    ...(followed.length ? [`deciding=${tuple(followed)}`] : []),
  ])
}

const emitCheck = (module: Module, name: string, model: Model, rule: Rule): string[] => {
  const looked = looksAt(module.context, name, model, rule.check!)
  const fields = `fields=${tuple(looked.fields)}`
  if (looked.alone) {
    use(module, 'runtime.rules', 'Check')
    return call('Check', rule, [statement(module, name, rule), fields])
  }
  use(module, 'runtime.rules', 'CheckAmong')
  const follows = looked.references.length ? [`follows=${tuple(looked.references)}`] : []
  return call('CheckAmong', rule, [question(module, name, rule, '', rule.check!), fields, ...follows])
}

/** Of which rows a rule is, and what else it looks at. */
const concerning = (module: Module, name: string, model: Model, rule: Rule, more: string[] = []): string[] => {
  const fields = [...(rule.where ? [rule.where] : []), ...more].flatMap(
    (each) => looksAt(module.context, name, model, each).fields,
  )
  return [
    ...(rule.where ? [`where=${question(module, name, rule, 'concerns', rule.where)}`] : []),
    ...(fields.length ? [`fields=${tuple([...new Set(fields)])}`] : []),
  ]
}

const scopeOf = (name: string): Scope => ({ this: { kind: 'row', model: name } })

/** What an expression looks at: fields of the row, the references it follows from there, and whether that is all. */
const looksAt = ({ architecture }: Context, name: string, model: Model, expression: string) => {
  const { expression: found } = checkExpression(expression, scopeOf(name), architecture)
  if (!found) throw new Error(`${name}: ${expression} was not checked`)
  const references = [...new Set(found.follows.map(([, reference]) => `${reference}_id`))].filter(
    (each) => each in model.fields,
  )
  const direct = found.fields.filter((each) => each.name === 'this').map(({ field }) => field)
  const fields = [...new Set([...direct, ...references])].filter((each) => each in model.fields)
  return { fields, references, alone: found.follows.length === 0 && found.models.length === 0 }
}

/** Adds a function that says of a row whether the rule holds, and returns its name. */
const statement = (module: Module, name: string, rule: Rule): string => {
  const row = variableOf(toSnake(name))
  const { code, imports } = pythonOf(rule.check!, scopeOf(name), module.context.architecture, { this: row })
  return define(
    module,
    [toSnake(name), rule.name],
    `${row}: ${rowClass(name)}`,
    'bool | None',
    rule.message,
    code,
    imports,
  )
}

/** Adds a function that asks the database about rows, and returns its name. */
const question = (module: Module, name: string, rule: Rule, what: string, expression: string): string => {
  const row = variableOf(toSnake(name))
  const options = { where: what === 'concerns' }
  const { code, imports } = sqlOf(expression, scopeOf(name), module.context.architecture, { this: row }, options)
  use(module, 'sqlalchemy as sa')
  use(module, 'typing', 'Any')
  const words = { '': rule.message, most: 'How much is allowed.', concerns: 'Which rows this is about.' }[what]!
  const called = [toSnake(name), rule.name, ...(what ? [what] : [])]
  return define(module, called, `${row}: type[${rowClass(name)}]`, 'sa.SQLColumnExpression[Any]', words, code, imports)
}

const define = (
  module: Module,
  name: string[],
  row: string,
  type: string,
  words: string,
  code: string,
  imports: Imports,
): string => {
  for (const [from, names] of Object.entries(imports)) use(module, from, ...names)
  use(module, 'runtime.call', 'Call')
  const called = name.join('_')
  const call = /\bcall\b/.test(code) ? 'call' : '_call'
  module.parts.push(
    [`def ${called}(${row}, ${call}: Call) -> ${type}:`, ...docstring(words, '    '), `    return ${code}`].join('\n'),
  )
  return called
}

/** Returns a tuple of attributes. */
const tuple = (fields: readonly string[]): string =>
  `(${fields.map((field) => text(attributeOf(field))).join(', ')}${fields.length === 1 ? ',' : ''})`
