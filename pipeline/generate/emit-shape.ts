import { toSnake } from '../blueprint/names.ts'
import { updateMethods, wireName } from '../blueprint/wire-names.ts'
import type { Context } from './emit-context.ts'
import { text } from './emit-python.ts'

/** What differs from the usual in how requests and answers look, as the registry is told; undefined where nothing does. */
export const httpShape = ({ architecture }: Context): string | undefined => {
  const { casing, list, itemsKey, totalKey, root, rootKey, errors, token, cors, invalid, nulls, unknown } =
    architecture.http ?? {}
  const options = [
    ...(casing === 'camel' ? ['casing="camel"'] : []),
    ...(list && list !== 'envelope' ? [`list=${text(list)}`] : []),
    ...(itemsKey && itemsKey !== 'items' ? [`items_key=${text(itemsKey)}`] : []),
    ...(totalKey ? [`total_key=${text(totalKey)}`] : []),
    ...(root ? ['root=True'] : []),
    ...(rootKey ? [`root_key=${text(rootKey)}`] : []),
    ...(errors && errors !== 'problem' ? [`errors=${text(errors)}`] : []),
    ...(invalid && invalid !== 422 ? [`invalid=${invalid}`] : []),
    ...(nulls === 'omit' ? ['omit_nulls=True'] : []),
    ...(unknown === 'ignore' ? ['ignore_unknown=True'] : []),
    ...(token ? [`token_header=${text(token.header)}`, `token_scheme=${text(token.scheme)}`] : []),
    ...(cors?.length ? [`cors=(${cors.map(text).join(', ')}${cors.length === 1 ? ',' : ''})`] : []),
  ]
  return options.length ? `HttpShape(${options.join(', ')})` : undefined
}

/** What callers write for a field. */
export const outward = (context: Context, name: string): string => wireName(context.architecture, name)

/** The base of a shape that is one object of a model: with the key that it stands under, where it stands under one. */
export const objectBase = ({ architecture }: Context, base: string, model: string): string =>
  architecture.http?.root || architecture.http?.rootKey ? `${base}, called=${text(toSnake(model))}` : base

/** The base of a page: with the name of what is listed, where lists bear it. */
export const pageBase = ({ architecture }: Context, base: string, plural: string): string =>
  architecture.http?.list === 'named' ? `${base}, called=${text(plural)}` : base

/** Whether lists say how many there are in all. */
export const countsLists = ({ architecture }: Context): boolean =>
  architecture.http?.list === 'named' || architecture.http?.totalKey !== undefined

/** What comes first in app/__init__.py of a system whose callers write otherwise than usual. */
export const casingLines = ({ architecture }: Context): string => {
  const { casing, unknown, nulls } = architecture.http ?? {}
  const shapes = [
    ...(casing === 'camel' ? ['spell_in_camel_case'] : []),
    ...(unknown === 'ignore' ? ['ignore_unknown_fields'] : []),
    ...(nulls === 'omit' ? ['leave_out_nulls'] : []),
  ]
  const rows = numbersIds({ architecture }) ? ['number_ids'] : []
  if (!shapes.length && !rows.length) return ''
  const imports = [
    ...(shapes.length ? [`from runtime.fields import ${shapes.toSorted().join(', ')}`] : []),
    ...(rows.length ? [`from runtime.tables import ${rows.join(', ')}`] : []),
  ]
  return `\n${imports.join('\n')}\n\n# Before any shape is defined that callers see.\n${[...shapes, ...rows].map((call) => `${call}()\n`).join('')}`
}

/** Whether callers see ids as whole numbers. */
export const numbersIds = ({ architecture }: Pick<Context, 'architecture'>): boolean => architecture.http?.ids === 'int'

/** Returns a module of shapes in which ids are what callers see. */
export const withNumbers = (context: Context, module: string): string =>
  numbersIds(context)
    ? module
        .replaceAll('uuid.UUID', 'fields.NumberedId')
        .replaceAll('fields.Key', 'fields.NumberedKey')
        .replace(/^import uuid\n/m, '')
    : module

/** The option of a create that does not answer 201. */
export const createdStatus = ({ architecture }: Context): string[] =>
  architecture.http?.created === 200 ? ['status=200'] : []

/** Whether a delete answers what it deleted. */
export const showsDeleted = ({ architecture }: Context): boolean => architecture.http?.deleted === 200

/** The decorators of an update: most systems have one. */
export const updateVerbs = ({ architecture }: Context): ('patch' | 'put')[] =>
  updateMethods(architecture).map((method) => (method === 'PUT' ? 'put' : 'patch'))
