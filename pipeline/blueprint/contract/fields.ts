import type { Field, TypeShape } from '../../../schemas/generated/architecture.ts'
import { toPascal, toSnake } from '../names.ts'
import type { Contract, Reference, Schema } from './document.ts'
import { merged } from './resources.ts'

/** What a property became, and what of it could not be kept. */
export type Read = { field: Field; lost?: string }

/** The shapes that fields name; filled while fields are read. */
export type Shapes = { [name: string]: TypeShape }

/** The name by which a property is kept; undefined where no spelling leads back to it. */
export const fieldNameOf = (property: string, camel: boolean): string | undefined => {
  const name = camel ? toSnake(property) : property
  if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name) || name.length > 50) return undefined
  return spelled(name, camel) === property ? name : undefined
}

/** How a field is spelled outside. */
export const spelled = (name: string, camel: boolean): string =>
  camel ? name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()) : name

const FORMATS: { [format: string]: Field['type'] } = {
  date: 'date',
  'date-time': 'datetime',
  time: 'time',
  email: 'email',
  uri: 'url',
  url: 'url',
  uuid: 'uuid',
}

/** Returns the field that holds a property. `shapes` takes in the objects that it holds. */
export const fieldOf = (
  contract: Contract,
  property: Schema | Reference,
  named: { model: string; name: string },
  camel: boolean,
  shapes: Shapes,
): Read => {
  const schema = merged(contract, property)
  const types = [schema.type].flat().filter((type) => (type as string) !== 'null')
  const type = types.length === 1 ? types[0] : schema.properties ? 'object' : undefined
  const description = schema.description?.replace(/\s+/g, ' ').trim().slice(0, 500)
  const words = description ? { description } : {}
  if (
    schema.enum?.length &&
    schema.enum.every((value) => typeof value === 'string' && value !== '' && value.length <= 50)
  )
    return { field: { type: 'enum', values: [...new Set(schema.enum as string[])] as [string, ...string[]], ...words } }
  switch (type) {
    case 'string':
      return { field: { ...textOf(schema), ...words } }
    case 'integer':
      return { field: { type: 'int', ...boundsOf(schema), ...words } }
    case 'number':
      return { field: { type: 'float', ...boundsOf(schema), ...words } }
    case 'boolean':
      return { field: { type: 'bool', ...words } }
    case 'array':
      return listOf(contract, schema as OpenArray, named, camel, shapes, words)
    case 'object': {
      const shape = shapeFor(contract, property, named, camel, shapes)
      return shape ? { field: { type: `object(${shape})`, ...words } } : { field: { type: 'json', ...words } }
    }
    default:
      return { field: { type: 'json', ...words }, lost: 'may be of several types and is kept as it is sent' }
  }
}

type OpenArray = Schema & { type: 'array'; items: Schema | Reference }

const textOf = (schema: Schema): Field => {
  const type = FORMATS[schema.format ?? '']
  if (type) return { type }
  const long = schema.maxLength === undefined || schema.maxLength > 500
  return {
    type: long && schema.minLength === undefined ? 'text' : 'string',
    ...(schema.minLength === undefined ? {} : { min: schema.minLength }),
    ...(schema.maxLength === undefined ? {} : { max: schema.maxLength }),
  }
}

const boundsOf = (schema: Schema): { min?: number; max?: number } => ({
  ...(schema.minimum === undefined ? {} : { min: schema.minimum }),
  ...(schema.maximum === undefined ? {} : { max: schema.maximum }),
})

const PLAIN: { [type: string]: string } = { string: 'string', integer: 'int', number: 'float' }

const listOf = (
  contract: Contract,
  schema: OpenArray,
  named: { model: string; name: string },
  camel: boolean,
  shapes: Shapes,
  words: { description?: string },
): Read => {
  const items = merged(contract, schema.items)
  const plain = PLAIN[[items.type].flat()[0] ?? '']
  const bounds = {
    ...(schema.minItems === undefined ? {} : { min: schema.minItems }),
    ...(schema.maxItems === undefined ? {} : { max: schema.maxItems }),
  }
  if (plain) {
    const element = plain === 'string' ? (items.format === 'date' ? 'date' : 'string') : plain
    return { field: { type: `list(${element})`, ...bounds, ...words } }
  }
  const shape = shapeFor(contract, schema.items, named, camel, shapes)
  return shape ? { field: { type: `list(${shape})`, ...bounds, ...words } } : { field: { type: 'json', ...words } }
}

/** Returns the name of an object's shape, put into `shapes`; undefined for objects of any shape. */
const shapeFor = (
  contract: Contract,
  value: Schema | Reference,
  { model, name }: { model: string; name: string },
  camel: boolean,
  shapes: Shapes,
): string | undefined => {
  const schema = merged(contract, value)
  const properties = Object.entries(schema.properties ?? {})
  if (properties.length === 0) return undefined
  const shape = toPascal((contract.nameOf(value) ?? `${model}_${name}`).replaceAll(/[^A-Za-z0-9]+/g, '_'))
  if (shapes[shape]) return shape
  const fields: TypeShape = {}
  shapes[shape] = fields
  for (const [property, inner] of properties) {
    const key = fieldNameOf(property, camel)
    // What cannot be spelled, or leads in a circle, stays open: the object is kept as it is sent.
    if (!key || contract.nameOf(inner) === shape) {
      delete shapes[shape]
      return undefined
    }
    const { field } = fieldOf(contract, inner, { model: shape, name: key }, camel, shapes)
    fields[key] = schema.required?.includes(property) ? field : { ...field, optional: true }
  }
  return shape
}
