import type { Architecture, Field } from '../../../../schemas/generated/architecture.ts'
import { keyModelOf, refOf, toSnake } from '../../names.ts'
import type { FieldSpec } from '../read/field-spec.ts'
import type { Sketch, Thing } from '../resolve/sketch.ts'
import { entriesOf } from './view.ts'

/** Returns a stored field in the planner's own terms. */
export const toSpec = (name: string, field: Field): FieldSpec => ({
  name,
  words: name.replaceAll('_', ' '),
  type: field.type,
  typed: true,
  several: false,
  ...(field.optional ? { said: 'optional' as const } : {}),
  ...(field.values ? { values: [...field.values] } : {}),
  ...(field.min !== undefined ? { min: field.min } : {}),
  ...(field.max !== undefined ? { max: field.max } : {}),
  ...(field.unique ? { unique: true } : {}),
  ...(field.default !== undefined && field.default !== null && !Array.isArray(field.default)
    ? { default: field.default }
    : {}),
})

/** Returns the current revision as a sketch, so that what is added is read against what is there. */
export const toSketch = (architecture: Architecture): Sketch => {
  const things = new Map<string, Thing>()
  for (const entry of entriesOf(architecture)) {
    if (entry.name === 'User' && architecture.policies.authn) continue
    const thing: Thing = {
      key: entry.key,
      words: entry.words,
      fields: [],
      refs: [],
      unique: [],
      owned: entry.api.owner !== undefined,
      ...(entry.api.parent ? { parent: entry.api.parent } : {}),
    }
    for (const [name, field] of Object.entries(entry.model.fields)) {
      const ref = refOf(field.type)
      if (ref)
        thing.refs.push({
          field: name,
          to: ref.model === 'User' && architecture.policies.authn ? 'user' : toSnake(ref.model),
          optional: field.optional === true,
          onDelete: field.onDelete ?? 'restrict',
          nested: false,
        })
      else if (!['id', 'created_at', 'updated_at'].includes(name)) thing.fields.push(toSpec(name, field))
    }
    things.set(entry.key, thing)
  }
  const roles = Object.keys(architecture.policies.roles)
  const signUp = architecture.models.User?.fields.roles?.default
  const signUpRoles = Array.isArray(signUp) ? signUp.map(String) : []
  return {
    title: '',
    things,
    accounts: architecture.policies.authn !== undefined,
    userFields: [],
    signUpRoles,
    adminNamed: roles.includes('admin'),
    grantedRoles: roles.filter(
      (role) => role !== 'admin' && !signUpRoles.includes(role) && !keyModelOf(architecture, role),
    ),
    permissions: new Map(),
    barred: new Map(),
    userPermissions: [],
    many: [],
    linkRoles: new Map(),
    assumptions: [],
    notCarried: [],
  }
}
