import { conditionOf, own, splitEndpoint, splitGrant } from '../blueprint/names.ts'
import { sqlOf } from '../expressions/sql.ts'
import { type Context, isRpc } from './emit-context.ts'
import { identifier, rowClass } from './emit-names.ts'
import { docstring, type Imports, pythonModule, text } from './emit-python.ts'

/** The condition of one or more grants on one port, as a function of app/access.py. */
type Condition = { key: string; name: string; model: string; expression: string }

/** Returns the conditions of all grants, each once. */
const conditionsOf = (context: Context): Condition[] => {
  const found = new Map<string, Condition>()
  const taken = new Map<string, number>()
  for (const grant of Object.values(context.architecture.policies.roles).flat()) {
    const { endpoint, scope } = splitGrant(grant)
    const expression = conditionOf(scope)
    const key = `${endpoint} where ${expression}`
    if (expression === undefined || found.has(key)) continue
    const { component, port: portName } = splitEndpoint(endpoint)
    const port = own(own(context.architecture.components, component)?.ports, portName)
    if (!port || !isRpc(port) || !port.crud) throw new Error(`${grant} asks of no rows`)
    const number = (taken.get(component) ?? 0) + 1
    taken.set(component, number)
    const name = identifier(`${component}_where${number > 1 ? `_${number}` : ''}`)
    found.set(key, { key, name, model: port.crud, expression })
  }
  return [...found.values()]
}

/** Returns app/access.py: what grants ask of the rows; undefined where they ask nothing. */
export const emitAccess = (context: Context): string | undefined => {
  const conditions = conditionsOf(context)
  if (!conditions.length) return undefined
  const imports = new Map<string, Set<string>>()
  const use = (wanted: Imports): void => {
    for (const [module, names] of Object.entries(wanted))
      imports.set(module, new Set([...(imports.get(module) ?? []), ...names]))
  }
  use({ 'sqlalchemy as sa': [], 'runtime.call': ['Call', 'Condition'] })
  const functions = conditions.map(({ name, model, expression }) => {
    const row = rowClass(model)
    const code = sqlOf(
      expression,
      { this: { kind: 'row', model }, me: { kind: 'caller' } },
      context.architecture,
      { this: 'this', me: 'call' },
      { where: true },
    )
    use(code.imports)
    use({ 'app.models': [row] })
    return [
      `def ${name}(call: Call, this: type[${row}]) -> sa.SQLColumnExpression[bool]:`,
      ...docstring(`${expression}.`, '    '),
      `    return ${code.code}`,
    ].join('\n')
  })
  return pythonModule(
    'What grants with a condition ask of a row: `this` is its class, or what stands for it in a query.',
    Object.fromEntries([...imports].map(([module, names]) => [module, [...names]])),
    [
      ...functions,
      [
        'CONDITIONS: dict[str, Condition] = {',
        ...conditions.map(({ key, name }) => `    ${text(key)}: ${name},`),
        '}',
      ].join('\n'),
    ],
  )
}

/** Whether grants have conditions, so that there is an app/access.py. */
export const hasConditions = (context: Context): boolean =>
  Object.values(context.architecture.policies.roles)
    .flat()
    .some((grant) => conditionOf(splitGrant(grant).scope) !== undefined)
