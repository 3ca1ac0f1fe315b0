import type { Architecture, Field, Model, TypeShape } from '../../schemas/generated/architecture.ts'
import { own, shapeOf } from './names.ts'

/** Whether the system counts the rows in the field: 1, 2, 3 in the order in which they are made. */
export const isNumbered = (field: Field): boolean => field.set === 'numbered'

/** Whether the system makes a value where a request gives none: a slug from another field, a random code, a number. */
export const isMade = (field: Field): boolean => field.type === 'slug' || field.type === 'code' || isNumbered(field)

/** Whether the system alone writes the field: keys, times of creation and change, random codes, numbers. */
export const isSystems = (field: Field): boolean =>
  field.key === true || field.set !== undefined || field.type === 'code'

/** Whether a request that makes a row must give the field. */
export const isRequired = (field: Field): boolean =>
  !isSystems(field) && !isMade(field) && !field.optional && field.default === undefined

/** Whether rows can be made of JSON alone, many at once: no file has to come with each. */
export const madeOfJson = (model: Model): boolean =>
  !Object.values(model.fields).some((field) => field.type === 'file' && !field.optional)

/** Characters of a code where the blueprint says nothing. */
export const CODE_LENGTH = 8

/** A field of type object(T) or list(T), with the fields of T at hand. */
export type Shaped = Field & { shape?: TypeShape }

/** Returns an architecture whose fields of shapes carry these: what makes values for a field needs nothing else then. */
export const withShapes = (architecture: Architecture): Architecture => {
  const inFields = (fields: { [name: string]: Field }, depth: number): { [name: string]: Field } =>
    Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, shaped(field, depth)]))
  const shaped = (field: Field, depth: number): Shaped => {
    const shape = own(architecture.types, shapeOf(field.type) ?? '')
    return shape && depth < 8 ? { ...field, shape: inFields(shape, depth + 1) } : field
  }
  return {
    ...architecture,
    models: Object.fromEntries(
      Object.entries(architecture.models).map(([name, model]) => [
        name,
        { ...model, fields: inFields(model.fields, 0) },
      ]),
    ),
  }
}

/** The names of the types that fields hold, of models or of other types that are held. */
export const storedShapes = (architecture: Architecture): Set<string> => {
  const found = new Set<string>()
  const visit = (fields: { [name: string]: Field }) => {
    for (const field of Object.values(fields)) {
      const name = shapeOf(field.type)
      const shape = name === undefined ? undefined : own(architecture.types, name)
      if (!name || !shape || found.has(name)) continue
      found.add(name)
      visit(shape)
    }
  }
  for (const model of Object.values(architecture.models)) visit(model.fields)
  return found
}
