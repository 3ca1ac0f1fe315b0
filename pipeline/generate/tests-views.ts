/** Tests of views: each is worked out once more, row by row, in Python. */
import type { Field, Model, RpcPort, View } from '../../schemas/generated/architecture.ts'
import { ANYONE, own, refOf, toPascal, toSnake } from '../blueprint/names.ts'
import { type Operation, operationsOf } from '../blueprint/operations.ts'
import { checkExpression } from '../expressions/check.ts'
import { pythonOf } from '../expressions/python.ts'
import type { Scope } from '../expressions/scope.ts'
import { columnScope, columnsOf, conjunctsOf, rowScope } from '../expressions/view.ts'
import { attributeOf, packageOf, rowClass, variableOf } from './emit-names.ts'
import { type Imports, importBlock } from './emit-python.ts'
import { type Cast, fixtureOf, refusesUnknown } from './tests-cast.ts'
import { mustDiffer } from './tests-factories.ts'
import {
  type Actor,
  argument,
  isPersonal,
  type Limit,
  limitsOf,
  makeBeyond,
  makeFor,
  scopesOf,
} from './tests-limits.ts'
import { usedNames } from './tests-scene.ts'
import { literal, ordered, sample } from './tests-values.ts'

/** Rows of a test: enough for groups of different sizes. */
const ROWS = 8

type Viewing = { cast: Cast; component: string; port: RpcPort; name: string; view: View; operation: Operation }

/** Returns tests/test_views.py; undefined in a system without views that somebody of the tests may use. */
export const emitViewTests = (cast: Cast): string | undefined => {
  const imports = new Map<string, Set<string>>()
  const add = (more: Imports) => {
    for (const [module, names] of Object.entries(more))
      imports.set(module, new Set([...(imports.get(module) ?? []), ...names]))
  }
  const parts = viewings(cast).flatMap((viewing) => {
    const actor = actorOf(viewing)
    return actor ? [...reckoning(viewing, add), ...viewTests(viewing, actor, add)] : []
  })
  if (parts.length === 0) return undefined
  const body = parts.join('\n\n')
  const factories = usedNames(body, cast.factories)
  const helpers = usedNames(body, new Set(['Reckoning', 'Taken', 'reckoned', 'shown_groups', 'shown_object']))
  const block = importBlock({
    ...Object.fromEntries([...imports].map(([module, names]) => [module, [...names]])),
    typing: ['Any'],
    ...(/\bCall\b/.test(body) ? { 'runtime.call': ['Call'] } : {}),
  })
  return `"""The views: what each says must be what its rows come to."""

${block}
${factories.length ? `from tests.factories import ${factories.join(', ')}\n` : ''}from tests.reckoning import ${helpers.join(', ')}
from tests.world import Person, World, problem


${body}`
}

const viewings = (cast: Cast): Viewing[] =>
  operationsOf(cast.architecture)
    .filter(({ kind }) => kind === 'view')
    .map((operation) => {
      const { component, port: portName, op: name } = operation
      const port = cast.architecture.components[component]!.ports[portName] as RpcPort
      return { cast, component, port, name, view: port.views![name]!, operation }
    })

type Viewer = Actor & { roles: string[]; limits: Limit[] | undefined }

/** Somebody who may use the view and lists as many of its rows as possible; nobody whose rights are conditions on rows. */
const actorOf = ({ cast, port, view, operation }: Viewing): Viewer | undefined => {
  const surface = cast.surfaces.find(({ modelName }) => modelName === view.of)
  const listing = surface?.operations.get('list')
  const rightsOf = (role: string): Limit[] | undefined | false => {
    const scopes = scopesOf(operation, role)
    if (scopes.length === 0) return false
    const listed = listing ? scopesOf(listing, role) : []
    if ([...scopes, ...listed].some((scope) => scope?.startsWith('where '))) return false
    if (listing?.access === 'public' || !surface) return scopes.includes(undefined) ? undefined : false
    const limits = listing ? limitsOf(cast.byAddress, surface, listing, role) : false
    if (limits !== false) return limits ?? (scopes.includes(undefined) ? undefined : ownLimits(scopes))
    return scopes.includes(undefined) ? undefined : ownLimits(scopes)
  }
  const ownLimits = (scopes: (string | undefined)[]): Limit[] | false => {
    const fields = scopes.flatMap((scope) =>
      scope === 'own' ? (port.owner ?? []) : scope && scope !== 'parent' ? scope : [],
    )
    return port.crud === view.of && fields.length > 0 && fields.map((field) => ({ field }))
  }
  const viewers = [ANYONE, ...cast.roles].flatMap((role): Viewer[] => {
    const limits = rightsOf(role)
    // Who is not signed in owns nothing; people are rows of the account model themselves.
    if (limits === false || (limits && (role === ANYONE || view.of === cast.accountModel))) return []
    return [{ name: fixtureOf(role), role, roles: role === ANYONE ? [] : [role], limit: limits?.[0], limits }]
  })
  return viewers.find(({ limits }) => limits === undefined) ?? viewers[0]
}

const constant = ({ component, name }: Viewing): string => `${toSnake(component)}_${name}`.toUpperCase()

/** The functions that say what each expression of a view is worth, and the view made of them. */
const reckoning = (viewing: Viewing, add: (imports: Imports) => void): string[] => {
  const { cast, view } = viewing
  const parts: string[] = []
  const row = variableOf(toSnake(view.of))
  const worth = (part: string, expression: string, sent: readonly string[] = []): string => {
    const bind = { this: row, params: 'query', me: 'call' }
    const options = view.zone ? { zone: view.zone } : {}
    const written = pythonOf(expression, rowScope(view, sent), cast.architecture, bind, options)
    add(written.imports)
    const name = `${constant(viewing).toLowerCase()}_${part}`
    add({ 'app.models': [rowClass(view.of)] })
    parts.push(
      [
        `async def ${name}(call: Call, ${row}: ${rowClass(view.of)}, query: Any) -> Any:`,
        ...returning(written).map((line) => `    ${line}`),
        '',
      ].join('\n'),
    )
    return name
  }
  const where = conjunctsOf(view).map(({ text, params }, at) => {
    const names = params.map((name) => literal(attributeOf(name)))
    return `([${names.join(', ')}], ${worth(`where_${at + 1}`, text, params)})`
  })
  const group = Object.entries(view.group).map(([name, text]) => `${literal(name)}: ${worth(`by_${name}`, text)}`)
  const select = Object.entries(view.select).map(([name, { take, of, where: only }]) => {
    const options = [
      literal(take),
      ...(of === undefined ? [] : [worth(`of_${name}`, of)]),
      ...(only === undefined ? [] : [`where=${worth(`only_${name}`, only)}`]),
    ]
    return `${literal(name)}: Taken(${options.join(', ')})`
  })
  const having = view.having === undefined ? [] : [`    having=lambda group, query: ${havingOf(viewing, add)},`]
  add({ 'app.models': [rowClass(view.of)] })
  parts.push(
    [
      `${constant(viewing)} = Reckoning(`,
      `    model=${rowClass(view.of)},`,
      `    where=[${where.join(', ')}],`,
      `    group={${group.join(', ')}},`,
      `    select={${select.join(', ')}},`,
      ...having,
      ')',
      '',
    ].join('\n'),
  )
  return parts
}

/** The lines that return an expression: what is loaded to be returned as it is needs no name. */
const returning = ({ loads, code }: { loads: readonly string[]; code: string }): string[] => {
  const last = loads.at(-1)
  const start = `${code} = `
  if (!last?.startsWith(start)) return [...loads, `return ${code}`]
  return [...loads.slice(0, -1), `return ${last.slice(start.length)}`]
}

const havingOf = ({ cast, view }: Viewing, add: (imports: Imports) => void): string => {
  const { groups, measures } = columnsOf(cast.architecture, view)
  const scope: Scope = columnScope(view, [...groups, ...measures])
  const bind = {
    ...Object.fromEntries([...groups, ...measures].map(({ name }) => [name, { python: `group[${literal(name)}]` }])),
    params: 'query',
  }
  const written = pythonOf(view.having!, scope, cast.architecture, bind)
  add(written.imports)
  return written.code
}

/** What the fields that a view looks at hold in the rows of its tests: field -> expressions, used in turn. */
const variety = ({ cast, view }: Viewing, limits: Limit[] | undefined): { [field: string]: string[] } => {
  const model = own(cast.architecture.models, view.of)!
  const fixed = new Set((limits ?? []).map(({ field }) => field))
  const texts = [
    ...conjunctsOf(view).map(({ text }) => text),
    ...Object.values(view.group),
    ...Object.values(view.select).flatMap(({ of, where }) => [of ?? [], where ?? []].flat()),
  ]
  const names = new Set<string>()
  for (const text of texts) {
    const { expression } = checkExpression(text, rowScope(view), cast.architecture)
    for (const { name, field } of expression?.fields ?? []) if (name === 'this') names.add(field)
    for (const [start, reference] of expression?.follows ?? [])
      if (start === 'this')
        for (const field of [`${reference}_id`, reference!]) if (own(model.fields, field)) names.add(field)
  }
  const chosen = [...names].filter((name) => !fixed.has(name)).map((name) => [name, model.fields[name]!] as const)
  return Object.fromEntries(
    chosen.flatMap(([name, field]) => {
      const values = valuesOf(model, name, field)
      return values.length > 0 ? [[name, field.optional ? [...values, 'None'] : values]] : []
    }),
  )
}

const valuesOf = (model: Model, name: string, field: Field): string[] => {
  if (field.key || field.set || field.class === 'secret' || mustDiffer(model, name, field)) return []
  const ref = refOf(field.type)
  if (ref) return inUnique(model, name) ? [] : [`${targetOf(name)}_1`, `${targetOf(name)}_2`]
  if (field.type === 'enum') return (field.values ?? []).map(literal)
  return ordered(name, field).map((value, at) => literal(field.type === 'datetime' ? near(String(value), at) : value))
}

/** Moments at noon and around midnight: another day in zones to either side. */
const near = (moment: string, at: number): string => `${moment.slice(0, 10)}T${['12:00', '00:30', '23:30'][at % 3]}:00Z`

const inUnique = (model: Model, name: string): boolean =>
  [...(model.unique ?? []), ...(model.rules ?? []).flatMap(({ unique }) => (unique ? [unique] : []))].some((group) =>
    group.includes(name),
  )

const targetOf = (field: string): string => toSnake(field).replace(/_id$/, '')

const viewTests = (viewing: Viewing, actor: Viewer, add: (imports: Imports) => void): string[] => {
  const { cast, component, name, view, operation } = viewing
  const model = own(cast.architecture.models, view.of)!
  const grouped = Object.keys(view.group).length > 0
  const query = `${view.of}${toPascal(name)}Query`
  add({ [`${packageOf(component)}.schemas`]: [query] })
  const fields = variety(viewing, actor.limits)
  const refs = Object.keys(fields).filter((field) => refOf(model.fields[field]!.type))
  const targets = refs.flatMap((field) =>
    [1, 2].map(
      (at) => `${targetOf(field)}_${at} = make_${toSnake(refOf(model.fields[field]!.type)!.model)}(world)["id"]`,
    ),
  )
  const rows = Array.from({ length: ROWS }, (_, at) =>
    makeFor(
      view.of,
      actor,
      Object.entries(fields).map(([field, values], stride) =>
        argument(field, values[Math.floor(at / (stride === 0 ? 1 : stride + 1)) % values.length]!),
      ),
    ),
  )
  const others =
    actor.limits && isPersonal(actor.limits)
      ? [makeBeyond(view.of, actor.limits, actor.name, `${actor.name}_too`)].filter((row) => row !== undefined)
      : []
  const people = [actor.name, ...(others.length ? [`${actor.name}_too`] : [])]
  const ids = actor.limits ? 'ids' : 'None'
  const path = literal(operation.path)
  const parameters = Object.entries(view.params ?? {})
  const asking = (all: boolean): string => {
    const items = parameters.flatMap(([each, field]) => {
      if (!all && (field.optional || field.default !== undefined)) return []
      const value = parameterValue(viewing, each, field, fields)
      return value === undefined ? [] : [`${literal(each)}: ${value}`]
    })
    return `{${items.join(', ')}}`
  }
  const things = `${toSnake(component)}_${name}`
  const test = (suffix: string, all: boolean): string =>
    `def test_${things}_${suffix}(world: World, ${people.map((each) => `${each}: Person`).join(', ')}) -> None:
${[
  ...targets,
  ...(actor.limits ? [`rows = [${rows.join(', ')}]`] : rows),
  ...others,
  ...(actor.limits ? ['ids = [row["id"] for row in rows]'] : []),
  `asked: dict[str, Any] = ${asking(all)}`,
  `expected = reckoned(world, ${constant(viewing)}, ${actor.name}, ${literal(actor.roles)}, ${query}.model_validate(asked, by_alias=True, by_name=True), ${ids})`,
  grouped
    ? `assert shown_groups(${actor.name}, ${path}, asked) == expected`
    : `assert shown_object(${actor.name}.get(${path}, params=asked)) == expected`,
]
  .map((line) => `    ${line}\n`)
  .join('')}`
  const required = parameters
    .filter(([, field]) => !field.optional && field.default === undefined)
    .map(([each]) => each)
  const strict = refusesUnknown(viewing.cast)
  const wrong = `def test_${things}_refuses_a_wrong_question(${actor.name}: Person) -> None:
    answer = ${actor.name}.get(${path}, params={${wrongBase(viewing, required)}"no_such_parameter": 1})
    assert ${strict ? '"no_such_parameter" in problem(answer, 422)' : 'answer.status_code == 200, answer.text'}
${required.length ? `    assert problem(${actor.name}.get(${path}), 422) == ${literal([...required].sort())}\n` : ''}`
  const optional = parameters.length > required.length
  return [test('says_what_its_rows_come_to', false), ...(optional ? [test('takes_its_parameters', true)] : []), wrong]
}

const wrongBase = ({ view }: Viewing, required: string[]): string =>
  required.map((each) => `${literal(each)}: ${queryLiteral(sample(each, view.params![each]!))}, `).join('')

/** What a parameter is asked for: where it is compared with a field, a value that rows have. */
const parameterValue = (
  { view }: Viewing,
  name: string,
  field: Field,
  fields: { [field: string]: string[] },
): string | undefined => {
  const compared = new RegExp(`this\\.(\\w+)\\s*(?:==|!=|<=?|>=?)\\s*params\\.${name}\\b`).exec(view.where ?? '')?.[1]
  const values = compared === undefined ? undefined : own(fields, compared)?.filter((value) => value !== 'None')
  if (values?.length && !/^(True|False)$/.test(values[0]!)) return values[Math.min(1, values.length - 1)]
  if (refOf(field.type)) return undefined
  return queryLiteral(sample(name, field))
}

/** A value as it stands in a query: texts, and words for yes and no. */
const queryLiteral = (value: unknown): string => literal(typeof value === 'boolean' ? String(value) : value)
