/** Files that the generated tests upload: of a kind that a field takes, and of one that it does not. */
import type { Field } from '../../schemas/generated/architecture.ts'
import { literal } from './tests-values.ts'

const KNOWN: readonly [string, string][] = [
  ['image/png', 'PNG'],
  ['image/jpeg', 'JPEG'],
  ['image/gif', 'GIF'],
  ['image/webp', 'WEBP'],
  ['image/svg+xml', 'SVG'],
  ['application/pdf', 'PDF'],
  ['text/plain', 'TEXT'],
]

const fits = (type: string, pattern: string): boolean =>
  pattern === '*/*' || pattern === type || (pattern.endsWith('/*') && type.startsWith(pattern.slice(0, -1)))

/** Returns the name or the call of a file in tests/uploads.py that the field takes. */
export const uploadFor = ({ file }: Field): string => {
  const found = KNOWN.find(([type]) => file!.types.some((pattern) => fits(type, pattern)))
  return found?.[1] ?? `other(${literal(file!.types[0]!.replace('/*', '/x-sample'))})`
}

/** Returns one that it does not take; undefined where it takes everything. */
export const refusedFor = ({ file }: Field): string | undefined => {
  if (file!.types.includes('*/*')) return undefined
  return KNOWN.find(([type]) => !file!.types.some((pattern) => fits(type, pattern)))?.[1]
}

/** Whether the field makes sure of what its files begin with. */
export const isMadeSureOf = ({ file }: Field): boolean =>
  file!.types.every((pattern) => pattern.startsWith('image/') || pattern === 'application/pdf')
