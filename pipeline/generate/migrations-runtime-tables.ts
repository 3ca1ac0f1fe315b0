import type { Architecture } from '../../schemas/generated/architecture.ts'
import { isNumbered } from '../blueprint/field-kinds.ts'
import { backgroundTables } from './migrations-background-tables.ts'
import type { Table } from './migrations-physical.ts'
import { optional, required, tableOf } from './migrations-runtime-columns.ts'

/** Tables of systems with accounts: sessions, tokens and failed sign-ins. */
const accountTables = (): [string, Table][] => [
  tableOf(
    'runtime_sessions',
    {
      id: required('uuid'),
      user_id: required('uuid'),
      created_at: required('datetime'),
      expires_at: required('datetime'),
      revoked_at: optional('datetime'),
    },
    ['user_id', 'expires_at'],
  ),
  tableOf(
    'runtime_refresh_tokens',
    { hash: required('text'), session_id: required('uuid'), used_at: optional('datetime') },
    ['session_id'],
  ),
  tableOf(
    'runtime_one_time_tokens',
    {
      hash: required('text'),
      user_id: optional('uuid'),
      expires_at: optional('datetime'),
      used_at: optional('datetime'),
    },
    ['user_id'],
  ),
  tableOf(
    'runtime_failed_sign_ins',
    { account: required('text'), failures: required('int'), last_at: required('datetime') },
    ['last_at'],
  ),
]

/** The table of systems whose devices sign in with API keys. */
const keyTables = (): [string, Table][] => [
  tableOf(
    'runtime_api_keys',
    {
      hash: required('text'),
      holder: required('text'),
      row_id: required('uuid'),
      created_at: required('datetime'),
      last_used_at: optional('datetime'),
      revoked_at: optional('datetime'),
    },
    ['row_id'],
  ),
]

/** The table of systems that number rows: the last number of each series. */
const numberTables = (): [string, Table][] => [
  tableOf('runtime_numbers', { series: required('text'), last: required('int') }, []),
]

/** Tables of every system. */
const sharedTables = (): [string, Table][] => [
  tableOf(
    'runtime_idempotency',
    {
      key: required('text'),
      fingerprint: required('text'),
      status: optional('int'),
      headers: optional('json'),
      body: optional('text'),
      created_at: required('datetime'),
    },
    ['created_at'],
  ),
]

/** The table of systems that keep what was done with rows. */
const historyTables = (): [string, Table][] => [
  tableOf(
    'runtime_history',
    {
      id: required('uuid'),
      model: required('text'),
      row_id: required('uuid'),
      at: required('datetime'),
      by: optional('uuid'),
      operation: required('text'),
      from_state: optional('text'),
      to_state: optional('text'),
      changes: required('json'),
    },
    ['row_id'],
  ),
]

/**
 * Returns the tables that the runtime keeps for itself, by name. They equal the tables of the runtime's own metadata; a
 * test asks Alembic whether they do. A new version of the runtime changes them here, and systems get a migration.
 */
export const runtimeTables = (architecture: Architecture): Record<string, Table> =>
  Object.fromEntries([
    ...sharedTables(),
    ...(architecture.policies.authn ? accountTables() : []),
    ...(Object.values(architecture.models).some(({ keys }) => keys) ? keyTables() : []),
    ...(Object.values(architecture.models).some(({ history }) => history) ? historyTables() : []),
    ...(Object.values(architecture.models).some(({ fields }) => Object.values(fields).some(isNumbered))
      ? numberTables()
      : []),
    ...backgroundTables(architecture),
  ])
