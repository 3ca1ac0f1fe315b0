import type { Binding, ValueType } from './scope.ts'

/** One name of an expression: from its scope, or bound by exists, all, filter or an aggregate. Compared by identity. */
export type Variable = { name: string; binding: Binding }

/** One step along a reference: `course` for the field `course_id` that refers to `model`. */
export type Reference = { name: string; field: string; model: string; nullable: boolean }

/** A row: a variable that is a row of `base`, and the references that are followed from it to a row of `model`. */
export type Row = {
  variable: Variable
  base: string
  path: readonly Reference[]
  model: string
  nullable: boolean
  /** It could be missing, but what stands before it made sure that it is not. */
  narrowed?: boolean
}

/** The values that a whole number (or hundred-millionths of a decimal, or microseconds of a duration) can have. */
export type Range = readonly [least: bigint, most: bigint]

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>='
export type Arithmetic = '+' | '-' | '*' | '/' | '%'
export type Take = 'exists' | 'all' | 'one' | 'count' | 'sum' | 'avg' | 'min' | 'max'

type Shape =
  /** Of decimals, dates and times the text; of durations the microseconds. `raw` is a number as it was written. */
  | { kind: 'literal'; value: boolean | bigint | number | string | null; raw?: string }
  | { kind: 'now' }
  | { kind: 'today' }
  | { kind: 'variable'; variable: Variable }
  | { kind: 'input'; variable: Variable; path: readonly string[] }
  | { kind: 'caller'; part: 'id' | 'roles' }
  | { kind: 'field'; row: Row; field: string }
  | { kind: 'row'; row: Row }
  | { kind: 'not'; operand: Typed }
  | { kind: 'negative'; operand: Typed }
  | { kind: 'and' | 'or'; parts: readonly Typed[] }
  | { kind: 'compare'; op: Comparison; left: Typed; right: Typed }
  | { kind: 'arithmetic'; op: Arithmetic; left: Typed; right: Typed }
  | { kind: 'choose'; condition: Typed; yes: Typed; no: Typed }
  | { kind: 'among'; item: Typed; items: readonly Typed[] }
  | { kind: 'member'; item: Typed; list: Typed }
  | { kind: 'call'; name: string; args: readonly Typed[] }
  | {
      kind: 'aggregate'
      take: Take
      variable: Variable
      model: string
      where: Typed | undefined
      of: Typed | undefined
    }
  | { kind: 'elements'; take: 'exists' | 'all' | 'one' | 'count'; variable: Variable; list: Typed; where: Typed }

/** An expression that was checked, as both back ends read it. */
export type Typed = {
  type: ValueType | 'null' | 'row'
  /** Null where something that it looks at is. */
  nullable: boolean
  /** Unknown where arithmetic leaves its range or divides by zero. */
  partial: boolean
  /** Where it begins in the text. */
  at: number
  range?: Range | undefined
  /** Of an enum: its values, and what it is called. */
  values?: readonly string[] | undefined
  enumName?: string | undefined
} & Shape

/** Whether the value can be None or NULL. */
export const canBeUnknown = (typed: Typed): boolean => typed.nullable || typed.partial
