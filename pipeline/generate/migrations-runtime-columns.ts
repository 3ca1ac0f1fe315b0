import type { Column, Table } from './migrations-physical.ts'

export const required = (type: Column['type'], extra: Partial<Column> = {}): Column => ({
  type,
  nullable: false,
  ...extra,
})
export const optional = (type: Column['type']): Column => ({ type, nullable: true })

/** A table whose first column is its key, with plain indexes over these columns. */
export const tableOf = (name: string, columns: Record<string, Column>, indexed: string[]): [string, Table] => [
  name,
  {
    columns,
    key: [Object.keys(columns)[0]!],
    indexes: Object.fromEntries(indexed.map((over) => [`ix_${name}_${over}`, { columns: [over], unique: false }])),
  },
]
