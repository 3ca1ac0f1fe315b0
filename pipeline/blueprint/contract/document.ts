import SwaggerParser from '@apidevtools/swagger-parser'
import type { OpenAPIV3 } from 'openapi-types'
import { parse } from 'yaml'

export type Schema = OpenAPIV3.SchemaObject
export type Reference = OpenAPIV3.ReferenceObject

/** An OpenAPI file that was read: what stands in it, and what its references lead to. */
export type Contract = {
  document: OpenAPIV3.Document
  /** Follows a reference within the file; what is none comes back as it is. */
  follow: <T extends object>(value: T | Reference) => T
  /** `#/components/schemas/Pet` -> Pet; undefined for what is no reference to a schema. */
  nameOf: (value: object | undefined) => string | undefined
}

/** What was sent is no OpenAPI file that can be built from. */
export type Unreadable = { problem: string; help: string }

/** More than this is no description of one system. In characters. */
const LARGEST = 1_000_000

const HELP = 'Send an OpenAPI 3 file as YAML or JSON, whole in itself: references to other files are not followed.'

/** Whether a text looks like an OpenAPI or Swagger file: it says so itself. */
export const isContract = (text: string): boolean =>
  /^\s*(?:#.*\n\s*|---\s*\n)*["']?(?:openapi|swagger)["']?\s*:|^\s*\{[\s\S]{0,2000}?"(?:openapi|swagger)"\s*:\s*"/.test(
    text,
  )

/** Reads an OpenAPI 3 file. Nothing outside of it is touched: no file, no address. */
export const readContract = async (text: string): Promise<Contract | Unreadable> => {
  if (text.length > LARGEST)
    return { problem: `The file has ${text.length} characters; at most ${LARGEST} are read.`, help: HELP }
  let parsed: unknown
  try {
    parsed = parse(text, { maxAliasCount: 100 })
  } catch (error) {
    return { problem: `The file is neither YAML nor JSON: ${firstLine(error)}`, help: HELP }
  }
  if (typeof parsed !== 'object' || parsed === null)
    return { problem: 'The file holds no OpenAPI description.', help: HELP }
  const version = (parsed as { openapi?: unknown }).openapi
  if (typeof version !== 'string' || !version.startsWith('3.'))
    return {
      problem: 'swagger' in parsed ? 'This is a Swagger 2 file.' : 'The file does not say which OpenAPI it follows.',
      help: `${HELP} Converters from Swagger 2 to OpenAPI 3 are well known.`,
    }
  const document = parsed as OpenAPIV3.Document
  try {
    // On a copy: references stay readable in what is used below, for they name things.
    await SwaggerParser.validate(structuredClone(document), {
      resolve: { external: false },
      dereference: { circular: 'ignore' },
    })
  } catch (error) {
    return { problem: `The file does not follow OpenAPI ${version}: ${placesOf(error)}`, help: HELP }
  }
  return { document, follow: (value) => follow(document, value), nameOf }
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]!.slice(0, 300)

/** Places that are named; the first mended often mends the others. */
const PLACES = 3

/** Returns where a file breaks the schema, as `info: must have required property 'version'`. */
const placesOf = (error: unknown): string => {
  const lines = (error instanceof Error ? error.message : '').split('\n').slice(1)
  const places = lines.flatMap((line) => {
    const [, path = '', message = ''] = /^\s+#\/?(\S*) (.+)$/.exec(line) ?? []
    // What only says that an alternative did not fit is noise beside the reason.
    if (message === '' || /exactly one schema|property '\$ref'/.test(message)) return []
    const parts = path.split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    return [`${parts.join(' > ') || 'the file'}: ${message}`]
  })
  return places.length > 0 ? [...new Set(places)].slice(0, PLACES).join('; ') : firstLine(error)
}

/** Deeper than this a reference leads in a circle. */
const DEEPEST = 20

const follow = <T extends object>(document: OpenAPIV3.Document, value: T | Reference, depth = 0): T => {
  if (!('$ref' in value)) return value
  const parts = value.$ref.replace(/^#\//, '').split('/')
  let found: unknown = document
  for (const part of parts)
    found = (found as { [key: string]: unknown } | undefined)?.[part.replaceAll('~1', '/').replaceAll('~0', '~')]
  if (typeof found !== 'object' || found === null || depth > DEEPEST) return {} as T
  return follow(document, found as T | Reference, depth + 1)
}

const nameOf = (value: object | undefined): string | undefined =>
  value && '$ref' in value ? /^#\/components\/schemas\/([^/]+)$/.exec((value as Reference).$ref)?.[1] : undefined
