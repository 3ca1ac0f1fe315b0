import { readFileSync } from 'node:fs'
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

/** Returns schemas/<name>.schema.json as data. */
export const schemaOf = (name: string): { [key: string]: unknown } =>
  JSON.parse(readFileSync(new URL(`${name}.schema.json`, import.meta.url), 'utf8'))

const options = {
  allErrors: true,
  // Diagnostics name the keys that a place may have.
  verbose: true,
  strict: true,
  allowUnionTypes: true,
  discriminator: true,
  strictRequired: false,
} as const
const ajv = new Ajv2020(options)
const ajvCoerce = new Ajv2020({ ...options, coerceTypes: true })
addFormats.default(ajv)
addFormats.default(ajvCoerce)

const compiled = new Map<string, ValidateFunction>()

/**
 * Returns the validator of schemas/<name>.schema.json, compiled once a process.
 * `coerce` turns strings into the numbers and booleans a schema wants: only for environment variables and queries.
 */
export const validatorOf = <T>(name: string, coerce = false): ValidateFunction<T> => {
  const key = `${name}:${coerce}`
  let validate = compiled.get(key)
  if (!validate) {
    validate = (coerce ? ajvCoerce : ajv).compile(schemaOf(name))
    compiled.set(key, validate)
  }
  return validate as ValidateFunction<T>
}

/** Returns an ajv error as one sentence with its place, such as "/fields/0/type must be string". */
export const sentenceOf = (error: ErrorObject): string => {
  const where = error.instancePath || '(top)'
  const extra =
    error.keyword === 'additionalProperties'
      ? ` '${error.params.additionalProperty}'`
      : error.keyword === 'enum'
        ? ` ${(error.params.allowedValues as unknown[]).join(', ')}`
        : ''
  return `${where} ${error.message ?? 'is wrong'}${extra}`
}
