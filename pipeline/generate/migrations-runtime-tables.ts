import type { Architecture } from '../../schemas/generated/architecture.ts'
import { type Column, indexName, type Table } from './migrations-physical.ts'

const required = (type: Column['type'], extra: Partial<Column> = {}): Column => ({ type, nullable: false, ...extra })
const optional = (type: Column['type']): Column => ({ type, nullable: true })

const tableOf = (name: string, columns: Record<string, Column>, indexes: [string[], boolean][] = []): Table => ({
  columns,
  key: [Object.keys(columns)[0]!],
  indexes: Object.fromEntries(
    indexes.map(([over, unique]) => [indexName(unique ? 'uq' : 'ix', name, over), { columns: over, unique }]),
  ),
})

/** Returns the tables that the runtime keeps for itself, by name. They equal the tables of runtime's metadata. */
export const RUNTIME_TABLES = (_architecture: Architecture): Record<string, Table> => ({
  runtime_idempotency: tableOf(
    'runtime_idempotency',
    {
      key: required('text'),
      fingerprint: required('text'),
      status: optional('int'),
      headers: optional('json'),
      body: optional('text'),
      created_at: required('datetime'),
    },
    [[['created_at'], false]],
  ),
})
