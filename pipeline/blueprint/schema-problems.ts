import type { ErrorObject } from 'ajv'
import type { Diagnostic } from '../../schemas/diagnostic.ts'
import type { Locate } from './parse.ts'
import { closest } from './suggest.ts'

/** Returns a path of keys as a JSON pointer. */
export const toDiagnosticPath = (path: readonly (string | number)[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** Returns ajv's errors as diagnostics: one a place, the telling one, in the order of the file. */
export const explain = (errors: ErrorObject[], value: unknown, locate: Locate): Diagnostic[] => {
  const byPlace = new Map<string, Diagnostic>()
  for (const error of errors) {
    // These only repeat that something inside them is wrong.
    if (['oneOf', 'anyOf', 'if', 'propertyNames'].includes(error.keyword) && errors.length > 1) continue
    const path = toPath(error.instancePath, value)
    const extra = error.keyword === 'additionalProperties' ? String(error.params.additionalProperty) : undefined
    const place = extra === undefined ? path : [...path, extra]
    const key = toDiagnosticPath(place)
    if (byPlace.has(key)) continue
    byPlace.set(key, {
      code: 'schema',
      severity: 'error',
      message: messageOf(error, place),
      location: locate(place),
      help: helpOf(error, extra),
    })
  }
  return [...byPlace.values()].sort(
    (a, b) => a.location!.line - b.location!.line || a.location!.column - b.location!.column,
  )
}

const toPath = (pointer: string, value: unknown): (string | number)[] => {
  const path: (string | number)[] = []
  let here = value
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    path.push(Array.isArray(here) ? Number(key) : key)
    here = (here as Record<string, unknown> | undefined)?.[key]
  }
  return path
}

const messageOf = (error: ErrorObject, place: readonly (string | number)[]): string => {
  const name = place.length === 0 ? 'the file' : place.join('.')
  switch (error.keyword) {
    case 'additionalProperties':
      return `${name} is not a known key`
    case 'required':
      return `${name} lacks '${error.params.missingProperty}'`
    case 'enum':
      return `${name} must be one of ${(error.params.allowedValues as unknown[]).join(', ')}`
    case 'const':
      return `${name} must be ${JSON.stringify(error.params.allowedValue)}`
    case 'type':
      return `${name} must be ${([] as string[]).concat(error.params.type as string).join(' or ')}`
    case 'pattern':
      return error.propertyName === undefined
        ? `${name} is not spelled as it must be (${error.params.pattern})`
        : `the name '${error.propertyName}' in ${name} is not spelled as it must be (${error.params.pattern})`
    case 'discriminator':
      return `${name} has an unknown kind`
    default:
      return `${name} ${error.message ?? 'is wrong'}`
  }
}

const helpOf = (error: ErrorObject, extra: string | undefined): string => {
  const known = Object.keys((error.parentSchema?.properties as object | undefined) ?? {})
  if (extra !== undefined) {
    const near = closest(extra, known)
    return near
      ? `Did you mean '${near}'?`
      : 'Remove it, or see schemas/architecture.schema.json for the keys there are.'
  }
  if (error.keyword === 'required') return `Add '${error.params.missingProperty}'.`
  return 'See the description in the JSON Schema.'
}
