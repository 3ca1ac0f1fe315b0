import type { Architecture } from '../../schemas/generated/architecture.ts'

/** `due_on` -> `dueOn`. */
export const toCamel = (name: string): string =>
  name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

/** Returns a field's or parameter's name as callers of the system write it. */
export const wireName = ({ http }: Architecture, name: string): string =>
  http?.casing === 'camel' ? toCamel(name) : name

/** The methods of an update, the one to show first. */
export const updateMethods = ({ http }: Architecture): readonly ('PATCH' | 'PUT')[] =>
  http?.update === 'PUT' ? ['PUT'] : http?.update === 'both' ? ['PATCH', 'PUT'] : ['PATCH']
