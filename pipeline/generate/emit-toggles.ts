import type { RpcPort, Toggle } from '../../schemas/generated/architecture.ts'
import { own, refOf, toKebab, toPascal, toWords } from '../blueprint/names.ts'
import { capital, withArticle } from '../blueprint/words.ts'
import type { Writing } from './emit-behaviour.ts'
import { type Context, isRpc, modelOf } from './emit-context.ts'
import { answer, type Crud, decorate, method, portsOf, row, schemas, storeOf, use } from './emit-draft.ts'
import { shownType, wordsOf } from './emit-fields.ts'
import { attributeOf, identifier, packageOf, rowClass, variableOf } from './emit-names.ts'
import { docstring, text } from './emit-python.ts'
import { countsLists, outward, pageBase } from './emit-shape.ts'
import { publicFields } from './public-fields.ts'

/** Writes PUT and DELETE .../{id}/<toggle> for oneself, and GET .../{id}/<members> for those who did. */
export const writeToggles = ({ crud, port }: Writing): void => {
  if (!crud || port.dir !== 'in') return
  for (const [name, toggle] of Object.entries(port.toggles ?? {})) {
    const words =
      toggle.description || `${capital(toWords(name))} ${withArticle(toWords(crud.model))}: once, and for oneself.`
    writeSwitch(crud, toggle, 'put', name, name, 'switch_on', words)
    const undone = `Take back what ${toWords(name)} did, where it was done.`
    writeSwitch(crud, toggle, 'delete', toggle.off, name, 'switch_off', undone)
    writeMembers(crud, name, toggle)
  }
}

/** Where the marks are kept. */
const marksOf = ({ draft, portName }: Crud, toggle: Toggle): string => {
  use(draft, 'runtime.toggles', 'Marks')
  const store = storeOf(draft.context, draft.name, toggle.model)
  if (!store) throw new Error(`${draft.name} has no store of ${toggle.model}`)
  const marks = [
    `self.${identifier(portName)}`,
    `self.${identifier(store)}`,
    text(attributeOf(toggle.of)),
    text(attributeOf(toggle.by)),
  ]
  return `Marks(${marks.join(', ')})`
}

const writeSwitch = (
  crud: Crud,
  toggle: Toggle,
  verb: 'put' | 'delete',
  op: string,
  path: string,
  switched: string,
  words: string,
) => {
  schemas(crud, 'Out')
  use(crud.draft, 'runtime.toggles', switched)
  method(
    crud.draft,
    `${op}_${crud.one}`,
    decorate(crud, verb, `${crud.path}/{id}/${toKebab(path)}`, op, verb === 'delete' ? ['status=200'] : []),
    `call: Current, id: UUID) -> ${crud.model}Out`,
    words,
    [`${variableOf(crud.one)} = await ${switched}(call, id, ${marksOf(crud, toggle)})`, ...answer(crud, false)],
  )
}

const writeMembers = (crud: Crud, name: string, toggle: Toggle) => {
  const { draft } = crud
  const link = modelOf(draft.context, toggle.model)
  const people = refOf(link.fields[toggle.by]!.type)!.model
  const shape = shapeOf(crud.model, toggle)
  const since = sinceOf(draft.context, toggle)
  use(draft, 'typing', 'Annotated')
  use(draft, 'fastapi', 'Query')
  use(draft, 'runtime.toggles', 'MarksQuery', 'marked_by')
  use(draft, `${packageOf(draft.name)}.repository`, listingOf(toggle))
  use(draft, `${packageOf(draft.name)}.schemas`, shape, `${shape}Page`)
  const values = publicFields(modelOf(draft.context, people)).map(
    ([field]) => `${attributeOf(field)}=person.${attributeOf(field)}`,
  )
  if (since) values.push(`since=mark.${attributeOf(since)}`)
  method(
    draft,
    `list_${toggle.members}`,
    decorate(crud, 'get', `${crud.path}/{id}/${toKebab(toggle.members)}`, toggle.members, []),
    `call: Current, id: UUID, query: Annotated[MarksQuery, Query()]) -> ${shape}Page`,
    `List those who ${toWords(name)} ${withArticle(toWords(crud.model))}.`,
    [
      `marks = ${marksOf(crud, toggle)}`,
      `page = await marked_by(call, id, marks, ${listingOf(toggle)}, query, ${row(draft, people)})`,
      `items = [${shape}(${values.join(', ')}) for ${since ? 'mark' : '_mark'}, person in page.items]`,
      `return ${shape}Page(items=items, next_cursor=page.next_cursor${countsLists(draft.context) ? ', total=page.total or 0' : ''})`,
    ],
  )
}

/** The class of one of those who did it. */
const shapeOf = (model: string, { members }: Toggle): string => `${model}${toPascal(members)}Member`

const listingOf = ({ members }: Toggle): string => `LISTING_OF_${members.toUpperCase()}`

/** The field that says since when. */
const sinceOf = (context: Context, { model }: Toggle): string | undefined =>
  Object.entries(modelOf(context, model).fields).find(([, { set }]) => set === 'created')?.[0]

const togglesOf = (context: Context, component: string): [RpcPort, Toggle][] =>
  portsOf(context, component).flatMap(([, port]) =>
    isRpc(port) && port.dir === 'in' && port.crud
      ? Object.values(port.toggles ?? {}).map((toggle): [RpcPort, Toggle] => [port, toggle])
      : [],
  )

/** Returns the shapes of those who did it, as a component's lists of them answer. */
export const toggleShapes = (context: Context, component: string): string[] =>
  togglesOf(context, component).flatMap(([port, toggle]) => {
    const shape = shapeOf(port.crud!, toggle)
    const people = refOf(own(modelOf(context, toggle.model).fields, toggle.by)!.type)!.model
    const fields = publicFields(modelOf(context, people)).map(([name, field]) => {
      const type = `${shownType(field, '')}${field.optional ? ' | None' : ''}`
      const info = [
        ...(attributeOf(name) === name ? [] : [`serialization_alias=${text(outward(context, name))}`]),
        ...wordsOf(field),
      ]
      return `    ${attributeOf(name)}: ${type}${info.length ? ` = Field(${info.join(', ')})` : ''}`
    })
    const since = sinceOf(context, toggle) ? ['    since: fields.Moment'] : []
    return [
      [
        `class ${shape}(fields.Record):`,
        ...docstring(`One of the ${toWords(toggle.members)} of ${withArticle(toWords(port.crud!))}.`, '    '),
        '',
        ...fields,
        ...since,
      ].join('\n'),
      [
        `class ${shape}Page(${pageBase(context, 'fields.Record', toggle.members)}):`,
        '    """A part of a list."""',
        '',
        `    items: list[${shape}]`,
        '    next_cursor: str | None = Field(description="The cursor of the next page; null on the last one")',
        ...(countsLists(context) ? ['    total: int'] : []),
      ].join('\n'),
    ]
  })

/** Returns how those who did it are listed: the latest first, where it is known when. */
export const toggleListings = (context: Context, component: string): { rows: string[]; parts: string[] } => {
  const toggles = togglesOf(context, component).map(([, toggle]) => toggle)
  return {
    rows: toggles.map(({ model }) => rowClass(model)),
    parts: toggles.map((toggle) => {
      const since = sinceOf(context, toggle)
      const marks = rowClass(toggle.model)
      const options = [
        marks,
        ...(since
          ? [`order=${text(`-${since}`)}`, `sort={${text(since)}: ${marks}.${attributeOf(since)}}`]
          : ['order="id"']),
        ...(countsLists(context) ? ['counted=True'] : []),
      ]
      return `${listingOf(toggle)} = Listing(${options.join(', ')})`
    }),
  }
}
