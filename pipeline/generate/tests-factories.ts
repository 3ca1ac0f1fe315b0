import type { Field, Model } from '../../schemas/generated/architecture.ts'
import { isNumbered, isRequired } from '../blueprint/field-kinds.ts'
import { refOf, toSnake, toWords } from '../blueprint/names.ts'
import { identifier } from './emit-names.ts'
import { columnOf, tableOf } from './migrations-physical.ts'
import { bodyFields, type Cast, type Surface } from './tests-cast.ts'
import { UPLOADS } from './tests-files.ts'
import { usedNames } from './tests-scene.ts'
import { uploadFor } from './tests-uploads.ts'
import { canDiffer, literal, sample, uniqueExpression } from './tests-values.ts'

/** Whether rows must have different values in a field, alone or together with others. */
export const mustDiffer = (model: Model, name: string, field: Field): boolean =>
  field.unique === true || (canDiffer(field) && uniqueGroups(model).some((group) => group.includes(name)))

/** Fields that are unique together, by themselves or by a rule. */
const uniqueGroups = (model: Model): readonly (readonly string[])[] => [
  ...(model.unique ?? []),
  ...(model.rules ?? []).flatMap(({ unique }) => (unique ? [unique] : [])),
]

const valueFor = (model: Model, name: string, field: Field): string =>
  field.type === 'file'
    ? uploadFor(field)
    : mustDiffer(model, name, field)
      ? uniqueExpression(name, field)
      : literal(sample(name, field))

const numbered = (expressions: string[]): string =>
  expressions.some((text) => /\bn\b/.test(text.replace(/"[^"{]*"/g, ''))) ? '    n = next(numbers)\n' : ''

const storedValue = (model: Model, name: string, field: Field): string => {
  if (field.set) return 'now()'
  if (field.default !== undefined && !mustDiffer(model, name, field)) return literal(field.default)
  if (field.class === 'secret') return '"not a hash"'
  if (field.type === 'file') return 'stored_file()'
  return valueFor(model, name, field)
}

const makeFunction = (modelName: string, model: Model): string => {
  const entries = Object.entries(model.fields).filter(
    ([, field]) => !field.key && !field.optional && !isNumbered(field),
  )
  const plain = entries.filter(([, field]) => !refOf(field.type))
  const refs = entries.filter(([, field]) => refOf(field.type))
  const values = plain.map(([name, field]) => [name, storedValue(model, name, field)] as const)
  const key = Object.entries(model.fields).find(([, field]) => field.key)?.[0] ?? 'id'
  const versionKey = 'version' in model.fields ? 'version of the row' : 'version'
  const lines = [
    `${literal(key)}: str(uuid4())`,
    ...values.map(([name, value]) => `${literal(name)}: ${value}`),
    ...(model.concurrency === 'version' ? [`${literal(versionKey)}: 1`] : []),
    '**values',
  ]
  const renamed = Object.entries(model.fields)
    .map(([name, field]) => [name, columnOf(name, field)] as const)
    .filter(([name, column]) => column !== name)
  if (model.concurrency === 'version' && versionKey !== 'version') renamed.push([versionKey, 'version'])
  const columns = renamed.length
    ? `, {${renamed.map(([name, column]) => `${literal(name)}: ${literal(column)}`).join(', ')}}`
    : ''
  return `def make_${toSnake(modelName)}(world: World, **values: Any) -> dict[str, Any]:
    """Store a ${toWords(modelName)} and return its values."""
${numbered(values.map(([, value]) => value))}    row: dict[str, Any] = {${lines.join(', ')}}
${refs
  .map(
    ([name, field]) =>
      `    if ${literal(name)} not in row:\n        row[${literal(name)}] = make_${toSnake(refOf(field.type)!.model)}(world)["id"]\n`,
  )
  .join('')}    return world.insert(${literal(tableOf(modelName, model))}, row${columns})
`
}

const bodyFunction = (surface: Surface): string => {
  const { model } = surface
  const fields = bodyFields(surface).filter(([, field]) => isRequired(field))
  const refs = fields.filter(([name, field]) => refOf(field.type) && identifier(name) === name).map(([name]) => name)
  const values = fields
    .filter(([, field]) => !refOf(field.type))
    .map(([name, field]) => [name, valueFor(model, name, field)] as const)
  const items = [
    ...refs.map((name) => `${literal(name)}: ${name}`),
    ...values.map(([name, value]) => `${literal(name)}: ${value}`),
    '**changes',
  ]
  const parameters = [...(refs.length ? ['*', ...refs.map((name) => `${name}: str`)] : []), '**changes: Any']
  return `def ${toSnake(surface.modelName)}_body(${parameters.join(', ')}) -> dict[str, Any]:
    """Return the least that a new ${toWords(surface.modelName)} needs."""
${numbered(values.map(([, value]) => value))}    return {${items.join(', ')}}
`
}

/** Returns tests/factories.py: rows to store and bodies to send, one of each a model, and those that fit conditions. */
export const emitFactories = (cast: Cast, used: ReadonlySet<string>): string => {
  const { architecture } = cast
  const makes = Object.entries(architecture.models).map(([name, model]) => makeFunction(name, model))
  const seen = new Set<string>()
  const bodies = cast.surfaces
    .filter(({ operations, modelName }) => operations.has('create') && !seen.has(modelName) && seen.add(modelName))
    .map(bodyFunction)
  const fitting = [...cast.fitting].filter(([name]) => used.has(name)).map(([, source]) => source)
  const written = [...makes, ...bodies, ...fitting].join('\n\n')
  const body = cast.architecture.http?.ids === 'int' ? written.replaceAll('uuid4()', 'new_id()') : written
  const uploads = usedNames(body, UPLOADS)
  const dates = ['date', 'timedelta'].filter((word) => new RegExp(`\\b${word}\\(`).test(body))
  return `"""Rows to store and bodies to send. What a test does not care about has a valid value."""

${dates.length ? `from datetime import ${dates.join(', ')}\n` : ''}from itertools import count
from typing import Any
${/\buuid4\(/.test(body) ? 'from uuid import uuid4\n' : ''}
${/\bnew_id\(/.test(body) ? 'from runtime.tables import new_id\n' : ''}${uploads.length ? `from tests.uploads import ${uploads.join(', ')}\n` : ''}from tests.world import ${[...(fitting.length ? ['Person'] : []), 'World', ...usedNames(body, new Set(['now', 'soon', 'soon_day']))].join(', ')}

numbers = count(1)


${body}`
}
