/** Fields that only some of those see who see the row. */
import type { Architecture, Field, Model, RpcPort } from '../../schemas/generated/architecture.ts'
import { accountModelOf, own } from './names.ts'

/** Who sees a field, besides administrators: whoever has one of the roles, and whom one of the fields of the row names. */
export type Readers = { roles: string[]; fields: string[] }

/** The role that may see every field. */
const ADMIN = 'admin'

/** The field that says whose a row is: of an account the key, of others what the port that offers them calls the owner. */
export const ownerFieldOf = (architecture: Architecture, modelName: string): string | undefined => {
  const model = own(architecture.models, modelName)
  if (modelName === accountModelOf(architecture))
    return Object.entries(model?.fields ?? {}).find(([, { key }]) => key)?.[0]
  for (const { ports } of Object.values(architecture.components))
    for (const port of Object.values(ports)) {
      const { kind, dir, crud, owner } = port as RpcPort
      if (kind === 'rpc' && dir === 'in' && crud === modelName && owner !== undefined) return owner
    }
  return undefined
}

/** Returns who sees a field; undefined where that is everybody who sees the row. */
export const readersOf = (architecture: Architecture, modelName: string, field: Field): Readers | undefined => {
  if (!field.readers) return undefined
  const named = field.readers.filter((each) => each.startsWith('@')).map((each) => each.slice(1))
  return {
    roles: [...new Set([ADMIN, ...field.readers.filter((each) => !each.startsWith('@'))])].toSorted(),
    fields: named.map((each) => (each === 'own' ? (ownerFieldOf(architecture, modelName) ?? each) : each)),
  }
}

/** The fields of a model that only some may see. */
export const restrictedFields = (model: Model | undefined): [string, Field][] =>
  Object.entries(model?.fields ?? {}).filter(([, { readers }]) => readers !== undefined)
