import type { FileSpec } from './files.ts'

/** One field as it was said, before it is known whether its noun is a thing of its own. */
export type FieldSpec = {
  /** snake_case */
  name: string
  /** The noun behind the name in plain words: "planted on", "seats". */
  words: string
  /** A plain fieldKind of the schema (no ref); `list(T)` where several were promised. */
  type: string
  /** The type was said, or follows from limits or values, and is not a guess from the name. */
  typed: boolean
  /** Several of it were promised by a quantifier or a plural noun. */
  several: boolean
  /** The phrase began with an article or quantifier, as nouns of things do. */
  said?: 'required' | 'optional'
  values?: string[]
  min?: number | string
  max?: number | string
  /** A bound that excludes its value: "greater than 0". */
  above?: number
  below?: number
  scale?: number
  default?: string | number | boolean
  unique?: boolean
  unit?: string
  /** How the system counts it up, where nobody fills it in. */
  numbered?: { from?: number; as?: string }
  /** What may be uploaded, where the field is a file. */
  file?: FileSpec
  /** What was said of it that no field can hold, word for word. */
  unread?: string
}
