import type { Field, Model } from '../../schemas/generated/architecture.ts'
import { fileFieldsOf, fileLinksPath } from '../blueprint/file-links.ts'
import { own, toKebab, toSnake, toWords } from '../blueprint/names.ts'
import { withArticle } from '../blueprint/words.ts'
import type { Writing } from './emit-behaviour.ts'
import { type Context, isRpc, modelOf } from './emit-context.ts'
import { type Crud, decorate, method, portsOf, use } from './emit-draft.ts'
import { attributeOf, identifier, packageOf, variableOf } from './emit-names.ts'
import { text } from './emit-python.ts'

/** Whether the rows behind one of a component's ports have files. */
export const hasFiles = (context: Context, component: string): boolean =>
  portsOf(context, component).some(
    ([, port]) =>
      isRpc(port) &&
      port.dir === 'in' &&
      fileFieldsOf(own(context.architecture.models, port.crud ?? '') ?? NONE).length > 0,
  )

const NONE: Model = { fields: {}, concurrency: 'none' }

/** Returns the constant that says what may be uploaded into a field: PHOTO_IMAGE. */
const rulesOf = (model: string, field: string): string => `${toSnake(model)}_${field}`.toUpperCase()

/** Returns the constants of a model's file fields. */
export const fileRules = (context: Context, model: string): string[] => {
  const lines = fileFieldsOf(modelOf(context, model)).map(([name, field]) => {
    const types = field.file!.types.map(text)
    const listed = `(${types.join(', ')}${types.length === 1 ? ',' : ''})`
    return `${rulesOf(model, name)} = file_fields.FileRules(${text(name)}, most=${sizeOf(field.file!.maxBytes)}, types=${listed})`
  })
  return lines.length ? [lines.join('\n')] : []
}

/** So many bytes as a person writes them: 8 * 2**20. */
const sizeOf = (bytes: number): string => {
  for (const power of [30, 20, 10]) if (bytes % 2 ** power === 0) return `${bytes / 2 ** power} * 2**${power}`
  return String(bytes)
}

/** The option of an operation that takes the files of a new row. */
export const filesOption = (crud: Crud): string[] => {
  const names = fileFieldsOf(modelOf(crud.draft.context, crud.model)).map(([name]) => rulesOf(crud.model, name))
  if (!names.length) return []
  use(crud.draft, `${packageOf(crud.draft.name)}.schemas`, ...names)
  return [`files=(${names.join(', ')}${names.length === 1 ? ',' : ''})`]
}

/** Writes the operations on the files of rows: put in place, had back, taken away. */
export const writeFiles = (writing: Writing): void => {
  const { crud, draft } = writing
  if (!crud) return
  for (const [name, field] of fileFieldsOf(modelOf(draft.context, crud.model))) writeFile(writing, crud, name, field)
}

const writeFile = ({ draft, path, port }: Writing, crud: Crud, name: string, field: Field): void => {
  const offers = (op: string) => port.only?.some((each) => each === op) ?? true
  const at = `${path}/{id}/${toKebab(name)}`
  const rules = rulesOf(crud.model, name)
  const [what, one] = [toWords(name), toWords(crud.model)]
  const versioned = crud.versioned ? ['versioned=True'] : []
  const attribute = attributeOf(name)
  const row = variableOf(crud.one)
  const variable = identifier(name) === row ? `${identifier(name)}_file` : identifier(name)
  if (offers('update')) {
    use(draft, 'runtime.file_fields', 'File', 'shown')
    use(draft, `${packageOf(draft.name)}.schemas`, rules)
    method(
      draft,
      `put_${name}_of_${crud.one}`,
      decorate(crud, 'put', at, 'update', [`files=(${rules},)`, ...versioned, `find=${crud.find}`]),
      'call: Current, id: UUID) -> File',
      `Upload the ${what} of ${withArticle(one)}, in place of the one before.`,
      [
        `${variable} = call.file(${text(name)})`,
        crud.versioned
          ? `${row} = await ${crud.store}.update(call, id, {${text(attribute)}: ${variable}})`
          : `await ${crud.store}.update(call, id, {${text(attribute)}: ${variable}})`,
        ...(crud.versioned ? [`call.etag(${row}.row_version)`] : []),
        `return shown(${variable}, minutes=${field.file!.linkMinutes})`,
      ],
    )
  }
  if (offers('read')) {
    use(draft, 'starlette.requests', 'Request')
    use(draft, 'starlette.responses', 'Response')
    use(draft, `${packageOf(draft.name)}.schemas`, rules)
    method(
      draft,
      `get_${name}_of_${crud.one}`,
      decorate(crud, 'get', at, 'read', [`downloads=${rules}.types`, 'answers=(304, 416)']),
      'call: Current, request: Request, id: UUID) -> Response',
      `Download the ${what} of ${withArticle(one)}.`,
      [
        `${row} = await ${crud.store}.read(call, id)`,
        `return await self.file_keeper.answer(request, ${row}.${attribute})`,
      ],
    )
  }
  if (offers('update') && field.optional)
    method(
      draft,
      `delete_${name}_of_${crud.one}`,
      decorate(crud, 'delete', at, 'update', versioned),
      'call: Current, id: UUID) -> None',
      `Remove the ${what} of ${withArticle(one)}.`,
      [`await ${crud.store}.update(call, id, {${text(attribute)}: None})`],
    )
}

/** Lines of the registry that make the capability behind files, where a model has any. */
export const fileKeeper = (context: Context): string[] => {
  const path = fileLinksPath(context.architecture)
  return path ? [`file_keeper = FileKeeper(database, settings, ${text(path)})`, 'registry.files = file_keeper'] : []
}
