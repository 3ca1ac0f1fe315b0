import type { Architecture, Measure, RpcPort, View } from '../../schemas/generated/architecture.ts'
import { toKebab, toPascal, toWords } from '../blueprint/names.ts'
import type { ValueType } from '../expressions/scope.ts'
import { sqlOf } from '../expressions/sql.ts'
import { columnScope, columnsOf, conjunctsOf, rowScope, type ViewColumn } from '../expressions/view.ts'
import type { Writing } from './emit-behaviour.ts'
import { type Context, isRpc } from './emit-context.ts'
import { method, row, use } from './emit-draft.ts'
import { askedType, ruled, SHOWN_VALUES, storedDefault } from './emit-fields.ts'
import { attributeOf, identifier, packageOf, rowClass } from './emit-names.ts'
import { docstring, type Imports, text } from './emit-python.ts'
import { pageBase } from './emit-shape.ts'

/** Groups of a page where the blueprint says nothing. */
const MOST_GROUPS = 100

/** The in ports of a component that have views. */
const viewsOf = (context: Context, component: string): [string, View][] =>
  Object.values(context.architecture.components[component]!.ports)
    .filter((port): port is RpcPort => isRpc(port) && port.dir === 'in')
    .flatMap((port) => Object.entries(port.views ?? {}))

const isGrouped = (view: View): boolean => Object.keys(view.group).length > 0

/** The start of the names of a view's classes. */
const shapeName = (name: string, view: View): string => `${view.of}${toPascal(name)}`

const functionName = (name: string): string => `view_${name}`

const wordsOf = (name: string, view: View): string =>
  view.description || `${toWords(name).replace(/^./, (first) => first.toUpperCase())}.`

/** Writes GET .../<view>. */
export const writeViews = ({ draft, portName, port, path }: Writing): void => {
  if (port.dir !== 'in') return
  for (const [name, view] of Object.entries(port.views ?? {})) {
    const shape = shapeName(name, view)
    const answer = isGrouped(view) ? `${shape}Page` : `${shape}Out`
    use(draft, 'typing', 'Annotated')
    use(draft, 'fastapi', 'Query')
    use(draft, 'runtime.call', 'Current')
    use(draft, 'runtime.component', 'get')
    use(draft, `${packageOf(draft.name)}.schemas`, `${shape}Query`, answer)
    use(draft, `${packageOf(draft.name)}.repository`, functionName(name))
    const reach = `self.${identifier(portName)}.over(call, ${row(draft, view.of)})`
    const made = `${functionName(name)}(${viewFunction(draft.context.architecture, name, view).takes.join(', ')})`
    method(
      draft,
      name,
      `    @get(${text(`${path}/${toKebab(name)}`)}, ${text(`${portName}.${name}`)})`,
      `call: Current, query: Annotated[${shape}Query, Query()]) -> ${answer}`,
      wordsOf(name, view),
      isGrouped(view)
        ? [
            `groups = await ${made}.page(call, query, ${reach})`,
            `return ${answer}.model_validate(groups, from_attributes=True)`,
          ]
        : [`return ${answer}.model_validate(await ${made}.one(call, ${reach}))`],
    )
  }
}

const shownType = (type: ValueType): string => {
  const shown = type === 'duration' ? 'dt.timedelta' : SHOWN_VALUES[type]
  if (!shown) throw new Error(`a view cannot answer with ${type}`)
  return shown
}

const columnLine = ({ name, type, nullable }: ViewColumn): string => {
  const attribute = attributeOf(name)
  const options = attribute === name ? [] : [`serialization_alias=${text(name)}`]
  const shown = `${shownType(type)}${nullable ? ' | None' : ''}`
  return `    ${attribute}: ${shown}${options.length ? ` = Field(${options.join(', ')})` : ''}`
}

const parameterLines = (view: View): string[] =>
  Object.entries(view.params ?? {}).map(([name, field]) => {
    const attribute = attributeOf(name)
    const type = ruled(field, askedType(field, `Literal[${(field.values ?? []).map(text).join(', ')}]`))
    const given =
      field.default !== undefined && field.default !== null
        ? [`default=${storedDefault(field, field.default)}`]
        : field.optional
          ? ['default=None']
          : []
    const options = [
      ...given,
      ...(attribute === name ? [] : [`alias=${text(name)}`]),
      ...(field.description ? [`description=${text(field.description)}`] : []),
    ]
    const optional = field.optional ? ' | None' : ''
    return `    ${attribute}: ${type}${optional}${options.length ? ` = Field(${options.join(', ')})` : ''}`
  })

const shapeOf = (name: string, base: string, words: string, lines: string[]): string =>
  [`class ${name}(${base}):`, ...docstring(words, '    '), ...(lines.length ? ['', ...lines] : [])].join('\n')

/** Returns the classes of a component's views: what each may be asked for, and what it answers. */
export const viewShapes = (context: Context, component: string): string[] =>
  viewsOf(context, component).flatMap(([name, view]) => {
    const { groups, measures } = columnsOf(context.architecture, view)
    const shape = shapeName(name, view)
    const lines = [...groups, ...measures].map(columnLine)
    const words = `${toWords(name)} of ${toWords(view.of)}`
    if (!isGrouped(view))
      return [
        shapeOf(`${shape}Query`, 'fields.ViewQuery', `What ${words} may be asked for.`, parameterLines(view)),
        shapeOf(`${shape}Out`, 'fields.Record', `The ${words}.`, lines),
      ]
    const most = view.maxPage ?? MOST_GROUPS
    const limit = `    limit: int = Field(default=${Math.min(MOST_GROUPS, most)}, ge=1, le=${most}, description="How many to return at most")`
    return [
      shapeOf(`${shape}Query`, 'fields.ListQuery', `What ${words} may be asked for.`, [limit, ...parameterLines(view)]),
      shapeOf(`${shape}Row`, 'fields.Record', `One group in ${words}.`, lines),
      shapeOf(`${shape}Page`, pageBase(context, 'fields.Record', name), `A part of ${words}.`, [
        `    items: list[${shape}Row]`,
        '    next_cursor: str | None = Field(description="The cursor of the next page; null on the last one")',
      ]),
    ]
  })

/** Returns the functions that build a component's views, and what they import. */
export const viewQueries = (context: Context, component: string): { parts: string[]; imports: Imports } => {
  const imports = new Map<string, Set<string>>()
  const add = (more: Imports) => {
    for (const [module, names] of Object.entries(more))
      imports.set(module, new Set([...(imports.get(module) ?? []), ...names]))
  }
  const parts = viewsOf(context, component).map(([name, view]) => {
    const { code, takes } = viewFunction(context.architecture, name, view, add)
    add({
      'app.models': [rowClass(view.of)],
      ...(takes.includes('call') ? { 'runtime.call': ['Call'] } : {}),
      'runtime.views': ['Measure', 'View', ...(conjunctsOf(view).length ? ['Condition'] : [])],
      ...(takes.includes('query') ? { [`${packageOf(component)}.schemas`]: [`${shapeName(name, view)}Query`] } : {}),
    })
    return code
  })
  return { parts, imports: Object.fromEntries([...imports].map(([module, names]) => [module, [...names]])) }
}

const viewFunction = (
  architecture: Architecture,
  name: string,
  view: View,
  add: (imports: Imports) => void = () => undefined,
): { code: string; takes: string[] } => {
  const bind = { this: rowClass(view.of), params: 'query', me: 'call' }
  const zone = view.zone ? { zone: view.zone } : {}
  const value = (expression: string, options: { where?: boolean } = {}, sent: readonly string[] = []): string => {
    const scope = rowScope(view, sent)
    const written = sqlOf(expression, scope, architecture, bind, { ...zone, ...options })
    add(written.imports)
    return written.code
  }
  const { groups, measures } = columnsOf(architecture, view)
  const columns = [...groups, ...measures]
  const measure = ({ take, of, where }: Measure): string =>
    `Measure(${[
      text(take),
      ...(of === undefined ? [] : [value(of)]),
      ...(where === undefined ? [] : [`where=${value(where, { where: true })}`]),
    ].join(', ')})`
  const entries = (key: string, lines: string[]): string[] =>
    lines.length ? [`        ${key}={`, ...lines.map((line) => `            ${line},`), '        },'] : []
  const conjuncts = conjunctsOf(view).map((conjunct) => ({
    ...conjunct,
    code: value(conjunct.text, { where: true }, conjunct.params),
  }))
  const always = conjuncts.filter(({ params }) => params.length === 0)
  const guarded = conjuncts.filter(({ params }) => params.length > 0)
  const body = [
    ...docstring(`Return what stands behind ${toWords(name)}.`, '    '),
    ...(conjuncts.length ? [`    where: list[Condition] = [${always.map(({ code }) => code).join(', ')}]`] : []),
    ...guarded.flatMap(({ params, code }) => [
      `    if ${params.map((each) => `query.${attributeOf(each)} is not None`).join(' and ')}:`,
      `        where.append(${code})`,
    ]),
    '    return View(',
    `        ${rowClass(view.of)},`,
    `        where=${conjuncts.length ? 'where' : '[]'},`,
    ...entries(
      'group',
      Object.entries(view.group).map(([each, expression]) => `${text(attributeOf(each))}: ${value(expression)}`),
    ),
    ...entries(
      'select',
      Object.entries(view.select).map(([each, of]) => `${text(attributeOf(each))}: ${measure(of)}`),
    ),
    ...(view.having === undefined
      ? []
      : [`        having=lambda column: ${having(architecture, view, columns, add)},`]),
    ...(view.sort?.length
      ? [`        sort=[${view.sort.map((each) => text(each.replace(/[a-z].*/, attributeOf))).join(', ')}],`]
      : []),
    '    )',
  ].join('\n')
  const types = { call: 'Call', query: `${shapeName(name, view)}Query` }
  const takes = (['call', 'query'] as const).filter((each) => new RegExp(`\\b${each}\\b(?!=)`).test(body))
  const parameters = takes.map((each) => `${each}: ${types[each]}`).join(', ')
  return { code: `def ${functionName(name)}(${parameters}) -> View:\n${body}`, takes }
}

const having = (
  architecture: Architecture,
  view: View,
  columns: readonly ViewColumn[],
  add: (imports: Imports) => void,
): string => {
  const bind = {
    ...Object.fromEntries(columns.map(({ name }) => [name, { sql: `column[${text(attributeOf(name))}]` }])),
    params: 'query',
  }
  const written = sqlOf(view.having!, columnScope(view, columns), architecture, bind, { where: true })
  add(written.imports)
  return written.code
}
