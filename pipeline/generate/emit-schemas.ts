import type { Field, Model, RpcPort } from '../../schemas/generated/architecture.ts'
import { isMade, madeOfJson } from '../blueprint/field-kinds.ts'
import { givenLater } from '../blueprint/given-later.ts'
import { pluralOf, shapeOf, toPascal, toWords } from '../blueprint/names.ts'
import { readersInWords } from '../blueprint/readers-words.ts'
import { capital, withArticle } from '../blueprint/words.ts'
import { withComputed } from './computed-fields.ts'
import { answeredModels, answerShapes } from './emit-answers.ts'
import { bulkShapes } from './emit-bulk.ts'
import { type Context, isRpc, isSet, modelOf } from './emit-context.ts'
import { embeddedLines, embeddedModel, embeddedName, expandParameter, expandType, expansionsOf } from './emit-expand.ts'
import { askedType, ruled, sentType, shownType, storedDefault, wordsOf } from './emit-fields.ts'
import { fileRules } from './emit-files.ts'
import { filledByKeys, keyShapes } from './emit-keys.ts'
import { attributeOf, filterName, isShown, rowClass } from './emit-names.ts'
import { docstring, type Imports, pythonModule, text } from './emit-python.ts'
import { countsLists, objectBase, outward, pageBase, withNumbers } from './emit-shape.ts'
import { toggleShapes } from './emit-toggles.ts'
import { viewShapes } from './emit-views.ts'

/** Returns the shapes of a component that offers standard operations: what is sent, what is answered, what is asked for. */
export const emitSchemas = (context: Context, component: string): string => {
  const ports = Object.entries(context.architecture.components[component]!.ports)
  const cruds = ports.flatMap(([name, port]): [string, RpcPort][] =>
    isRpc(port) && port.dir === 'in' && port.crud !== undefined ? [[name, port]] : [],
  )
  const shown = new Set(cruds.map(([, { crud }]) => crud))
  const answered = [...answeredModels(context, component)].filter((name) => !shown.has(name))
  const parts = [
    ...cruds.flatMap(([name, port]) => emitShapes(context, port, filledByKeys(context, component, name))),
    ...answered.flatMap((name) => [
      ...emitEnums(name, modelOf(context, name)),
      emitOut(context, name, withComputed(context.architecture, name)),
    ]),
    ...answerShapes(context, component),
    ...toggleShapes(context, component),
    ...viewShapes(context, component),
  ]
  const body = parts.join('\n')
  const typing = ['Annotated', 'Any', 'ClassVar', 'Literal'].filter((name) =>
    new RegExp(`\\b${name}${name === 'Any' ? ',' : '\\['}`).test(body),
  )
  const imports: Imports = {
    ...(/\bdt\./.test(body) ? { 'datetime as dt': [] } : {}),
    ...(/\bdecimal\./.test(body) ? { decimal: [] } : {}),
    ...(/\buuid\./.test(body) ? { uuid: [] } : {}),
    ...(typing.length ? { typing } : {}),
    ...(/\bQuery\(/.test(body) ? { fastapi: ['Query'] } : {}),
    ...(/\bField\(/.test(body) ? { pydantic: ['Field'] } : {}),
    ...(/\bapp_types\./.test(body) ? { app: ['types as app_types'] } : {}),
    ...(/\bRole\b/.test(body) ? { 'app.types': ['Role'] } : {}),
    ...guardedRows(body),
    ...(/\bfields\./.test(body)
      ? { runtime: ['fields', ...(/\bfile_fields\./.test(body) ? ['file_fields'] : [])] }
      : {}),
  }
  return withNumbers(context, pythonModule(`What ${component} takes and answers.`, imports, parts))
}

/** What shapes need that show each caller what they may see. */
const guardedRows = (body: string): Imports => {
  const rows = [...body.matchAll(/\bGuarded, of=(\w+)/g)].map(([, row]) => row!)
  return rows.length ? { 'app.models': [...new Set(rows)], 'runtime.readers': ['Guarded'] } : {}
}

const emitShapes = (context: Context, port: RpcPort, filled: ReadonlySet<string>): string[] => {
  const name = port.crud!
  const model = modelOf(context, name)
  const offers = (op: string) => port.only?.some((each) => each === op) ?? true
  const words = toWords(name)
  const account = name === context.accountModel
  const shapes: string[] = []
  shapes.push(...emitEnums(name, model))
  const sendable = Object.entries(model.fields).filter(
    ([fieldName, field]) =>
      !isSet(field) && !(account && fieldName === 'password_hash') && fieldName !== model.states?.field,
  )
  const changeable = sendable.filter(([, field]) => field.type !== 'file')
  const later = givenLater(model)
  const given = sendable.filter(([fieldName]) => !later.has(fieldName))
  if (offers('create')) shapes.push(...emitCreate(context, name, port, given, filled))
  shapes.push(...fileRules(context, name))
  if (offers('update')) {
    const lines = changeable.map(([fieldName, field]) =>
      changeLine(context, name, fieldName, field, account && fieldName === 'email'),
    )
    shapes.push(
      shape(
        `${name}Update`,
        objectBase(context, 'fields.Schema', name),
        `What is sent to change ${withArticle(words)}: only what is to change.`,
        lines,
      ),
    )
  }
  if (account) {
    const own = changeable.filter(([fieldName]) => fieldName !== 'email' && fieldName !== 'roles')
    shapes.push(
      shape(
        `${name}SelfUpdate`,
        objectBase(context, 'fields.Schema', name),
        'What people may change of their own account.',
        own.map(([fieldName, field]) => changeLine(context, name, fieldName, field, false)),
      ),
    )
  }
  const shown = withComputed(context.architecture, name)
  for (const expansion of expansionsOf(context, port)) {
    const embedded = embeddedModel(context, expansion)
    const called = embeddedName(port, expansion)
    const said = `${capital(withArticle(toWords(expansion.model)))} as it is embedded in ${withArticle(words)}.`
    shapes.push(...emitEnums(called, embedded), emitOut(context, called, embedded, [], said, expansion.model))
  }
  shapes.push(...expandType(context, port))
  shapes.push(emitOut(context, name, shown, embeddedLines(context, port)), ...keyShapes(context, name))
  if (port.bulk)
    shapes.push(
      ...bulkShapes(name, port.bulk, {
        create: offers('create') && madeOfJson(model),
        update: offers('update'),
        keys: model.keys !== undefined,
      }),
    )
  if (offers('list')) shapes.push(emitPage(context, name), emitQuery(context, name, shown, port))
  return shapes
}

/** What a class of this module could also be called; an enum's alias gives way. */
const SUFFIXES = new Set([
  'Create',
  'Update',
  'SelfUpdate',
  'Out',
  'Query',
  'Page',
  'CreateUnder',
  'Made',
  'Key',
  'Bulk',
  'BulkCreate',
  'BulkMade',
  'BulkChange',
  'BulkUpdate',
])

/** Returns the alias of an enum's values. */
const valuesOf = (model: string, field: string): string => {
  const suffix = toPascal(field)
  return `${model}${SUFFIXES.has(suffix) ? `${suffix}Value` : suffix}`
}

const shape = (name: string, base: string, words: string, lines: readonly string[]): string =>
  [`class ${name}(${base}):`, ...docstring(words, '    '), ...(lines.length ? ['', ...lines] : [])].join('\n')

/** Returns `attribute: type = Field(...)`, or less where less says the same. */
export const line = (attribute: string, type: string, maker: string, options: readonly string[]): string => {
  if (!options.length) return `    ${attribute}: ${type}${maker === 'Field' ? '' : ` = ${maker}()`}`
  const [first] = options
  if (options.length === 1 && first!.startsWith('default=')) return `    ${attribute}: ${type} = ${first!.slice(8)}`
  return `    ${attribute}: ${type} = ${maker}(${options.join(', ')})`
}

const alias = (context: Context, name: string, kind: 'alias' | 'serialization_alias'): string[] =>
  attributeOf(name) === name ? [] : [`${kind}=${text(outward(context, name))}`]

const emitCreate = (
  context: Context,
  name: string,
  port: RpcPort,
  sendable: [string, Field][],
  filled: ReadonlySet<string>,
): string[] => {
  const words = toWords(name)
  const linesOf = (skip: string | undefined) =>
    sendable.flatMap(([fieldName, field]) =>
      fieldName === skip
        ? [
            line(attributeOf(fieldName), `${sentType(field, '')} | None`, 'Field', [
              'default=None',
              ...alias(context, fieldName, 'alias'),
              'description="If given, the one in the path"',
            ]),
          ]
        : [createLine(context, name, port, fieldName, field, filled)],
    )
  const shapes = [
    shape(
      `${name}Create`,
      objectBase(context, 'fields.Schema', name),
      `What is sent to make ${withArticle(words)}.`,
      linesOf(undefined),
    ),
  ]
  if (port.parent)
    shapes.push(
      shape(
        `${name}CreateUnder`,
        objectBase(context, 'fields.Schema', name),
        `What is sent to make ${withArticle(words)} under its parent.`,
        linesOf(port.parent),
      ),
    )
  return shapes
}

const createLine = (
  context: Context,
  name: string,
  port: RpcPort,
  fieldName: string,
  field: Field,
  filled: ReadonlySet<string>,
): string => {
  const type = ruled(field, sentType(field, valuesOf(name, fieldName)))
  const info = [...alias(context, fieldName, 'alias'), ...wordsOf(field)]
  const attribute = attributeOf(fieldName)
  if (fieldName === port.owner)
    return line(attribute, `${type} | None`, 'Field', [
      'default=None',
      ...info,
      ...(field.description ? [] : ['description="Whose it is; without it, the caller\'s"']),
    ])
  if (filled.has(fieldName))
    return line(attribute, `${type} | None`, 'Field', [
      'default=None',
      ...info,
      ...(field.description ? [] : [`description="Without it, who sends the API key"`]),
    ])
  if (field.default !== undefined && field.default !== null)
    return line(attribute, type + (field.optional ? ' | None' : ''), 'Field', [sentDefault(field), ...info])
  if (field.optional || isMade(field)) return line(attribute, `${type} | None`, 'Field', ['default=None', ...info])
  return line(attribute, type, 'Field', info)
}

const sentDefault = (field: Field): string =>
  `${Array.isArray(field.default) ? 'default_factory' : 'default'}=${storedDefault(field, field.default)}`

const changeLine = (context: Context, model: string, name: string, field: Field, signIn: boolean): string => {
  const type = ruled(field, signIn ? 'fields.SignInEmail' : sentType(field, valuesOf(model, name)))
  const optional = field.optional ? ' | None' : ''
  return line(attributeOf(name), type + optional, 'fields.absent', [
    ...alias(context, name, 'alias'),
    ...wordsOf(field),
  ])
}

/** A release that does not know a made field yet makes rows without it. */
const mayLack = (field: Field): boolean => (field.optional === true && field.type !== 'json') || isMade(field)

/** The aliases of the values of a model's enums. */
const emitEnums = (name: string, model: Model): string[] => {
  const enums = Object.entries(model.fields).filter(([, field]) => field.type === 'enum')
  const lines = enums.map(
    ([fieldName, field]) => `${valuesOf(name, fieldName)} = Literal[${field.values!.map(text).join(', ')}]`,
  )
  return lines.length ? [lines.join('\n')] : []
}

const emitOut = (
  context: Context,
  name: string,
  model: Model,
  more: readonly string[] = [],
  words = `${capital(withArticle(toWords(name)))} as it is answered.`,
  /** The model whose rows it shows. */
  of = name,
): string => {
  const lines = Object.entries(model.fields)
    .filter(([, field]) => isShown(field))
    .map(([fieldName, field]) =>
      line(
        attributeOf(fieldName),
        shownType(field, valuesOf(name, fieldName)) + (mayLack(field) || field.readers ? ' | None' : ''),
        'Field',
        [
          ...(field.readers ? ['default=None'] : []),
          ...alias(context, fieldName, 'serialization_alias'),
          ...wordsOf(field),
          ...(field.readers && !field.description
            ? [`description=${text(`Only ${readersInWords(field.readers, of === context.accountModel)} see it`)}`]
            : []),
        ],
      ),
    )
  const guarded = Object.values(model.fields).some(({ readers }) => readers !== undefined)
  const base = guarded
    ? objectBase(context, `Guarded, of=${rowClass(of)}`, name)
    : objectBase(context, more.length ? 'fields.Expandable' : 'fields.Record', name)
  return shape(`${name}Out`, base, words, [...lines, ...more])
}

const emitPage = (context: Context, name: string): string =>
  shape(
    `${name}Page`,
    pageBase(context, 'fields.Record', pluralOf(name, modelOf(context, name))),
    'A part of a list.',
    [
      `    items: list[${name}Out]`,
      '    next_cursor: str | None = Field(description="The cursor of the next page; null on the last one")',
      ...(countsLists(context) ? ['    total: int'] : []),
    ],
  )

/** A parameter of a list: what it is called, the attribute of the query, and the field it is about. */
export type Filter = {
  parameter: string
  attribute: string
  field: string
  kind: 'equals' | 'contains' | 'at_least' | 'at_most'
}

/** Returns the parameters of a list beyond those that every list has. Values of json and of secret fields cannot be filtered by. */
export const filtersOf = (model: Model, port: RpcPort): Filter[] => {
  const listing = port.list
  if (!listing) return []
  const filters: Filter[] = []
  const taken = new Set<string>(port.csv ? ['format'] : [])
  const add = (parameter: string, field: string, kind: Filter['kind']) => {
    taken.add(parameter)
    filters.push({ parameter, attribute: attributeOf(parameter), field, kind })
  }
  const usable = (name: string) => {
    const field = model.fields[name]
    return field !== undefined && !['json', 'file'].includes(field.type) && !shapeOf(field.type) && isShown(field)
  }
  for (const name of (listing.range ?? []).filter(usable)) {
    add(`${name}_min`, name, 'at_least')
    add(`${name}_max`, name, 'at_most')
  }
  for (const name of listing.filter.filter(usable)) {
    const type = model.fields[name]!.type
    add(filterName(name, taken), name, type.startsWith('list(') || type === 'roles' ? 'contains' : 'equals')
  }
  return filters
}

const emitQuery = (context: Context, name: string, model: Model, port: RpcPort): string => {
  const most = port.list?.maxPage ?? 100
  const sorts = sortable(model, port)
  const searched = searchable(model, port)
  const lines = [
    `    limit: int = Field(default=${Math.min(20, most)}, ge=1, le=${most}, description="How many to return at most")`,
    ...(sorts.length
      ? [`    sort: str | None = fields.sorting(${sorts.map((sort) => text(outward(context, sort))).join(', ')})`]
      : []),
    ...(searched.length
      ? [`    q: str | None = fields.searching(${searched.map((each) => text(outward(context, each))).join(', ')})`]
      : []),
    ...(port.csv ? ['    format: fields.Format = None'] : []),
    ...expandParameter(context, port),
    ...filtersOf(model, port).map(({ parameter, attribute, field, kind }) => {
      const type = askedType(model.fields[field]!, valuesOf(name, field))
      return line(attribute, `${type} | None`, 'Field', [
        'default=None',
        ...alias(context, parameter, 'alias'),
        ...(kind === 'at_least' ? [`description=${text(`The least ${toWords(field)}`)}`] : []),
        ...(kind === 'at_most' ? [`description=${text(`The greatest ${toWords(field)}`)}`] : []),
        ...(kind === 'contains' ? [`description=${text(`A member of ${toWords(field)}`)}`] : []),
      ])
    }),
  ]
  return shape(`${name}Query`, 'fields.ListQuery', `What a list of ${toWords(name)} may be asked for.`, lines)
}

/** Returns the texts that a list may be searched in. */
export const searchable = (model: Model, port: RpcPort): string[] =>
  (port.list?.search ?? []).filter((name) => {
    const field = model.fields[name]
    return field !== undefined && isShown(field) && !/^(json|file|roles|(list|object)\(.*)$/.test(field.type)
  })

/** Returns the fields that a list may be sorted by. */
export const sortable = (model: Model, port: RpcPort): string[] =>
  (port.list?.sort ?? []).filter((name) => {
    const field = model.fields[name]
    return (
      field !== undefined &&
      isShown(field) &&
      !['json', 'file', 'roles'].includes(field.type) &&
      !/^(list|object)\(/.test(field.type)
    )
  })
