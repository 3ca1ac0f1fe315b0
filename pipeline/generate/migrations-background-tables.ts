import type { Architecture } from '../../schemas/generated/architecture.ts'
import { eventPorts, externalPorts, timersOf, webhooksOf } from '../blueprint/background.ts'
import type { Table } from './migrations-physical.ts'
import { optional, required, tableOf } from './migrations-runtime-columns.ts'

const message = {
  type: required('text'),
  target: required('text'),
  key: optional('text'),
  body: required('json'),
}

/** Tables of systems with events: what is to be sent, what has arrived, what could not be handled. */
const eventTables = (): [string, Table][] => [
  tableOf('runtime_outbox', { id: required('uuid'), position: required('int'), ...message }, ['position']),
  tableOf(
    'runtime_inbox',
    {
      id: required('uuid'),
      position: required('int'),
      ...message,
      attempts: required('int'),
      due_at: optional('datetime'),
      over_at: optional('datetime'),
    },
    ['key', 'due_at', 'over_at'],
  ),
  tableOf(
    'runtime_dead_letters',
    {
      id: required('uuid'),
      ...message,
      position: required('int'),
      attempts: required('int'),
      error: required('text'),
      died_at: required('datetime'),
    },
    ['died_at'],
  ),
]

const timerTables = (): [string, Table][] => [
  tableOf(
    'runtime_timers',
    {
      name: required('text'),
      schedule: required('text'),
      next_at: required('datetime'),
      last_at: optional('datetime'),
      last_rows: optional('int'),
      last_error: optional('text'),
    },
    [],
  ),
]

/** Tables of systems that call the world outside: each call, and each attempt at it. */
const deliveryTables = (): [string, Table][] => [
  tableOf(
    'runtime_deliveries',
    {
      id: required('uuid'),
      port: required('text'),
      url: required('text'),
      host: required('text'),
      body: required('json'),
      secret: optional('text'),
      subject: optional('text'),
      subject_id: optional('uuid'),
      status: required('text'),
      attempts: required('int'),
      due_at: optional('datetime'),
      created_at: required('datetime'),
      over_at: optional('datetime'),
    },
    ['subject_id', 'due_at', 'created_at'],
  ),
  tableOf(
    'runtime_delivery_attempts',
    {
      id: required('uuid'),
      delivery_id: required('uuid', {
        references: { table: 'runtime_deliveries', column: 'id', onDelete: 'cascade' },
      }),
      at: required('datetime'),
      status: optional('int'),
      error: optional('text'),
      ms: required('int'),
    },
    ['delivery_id'],
  ),
]

const webhookTables = (): [string, Table][] => [
  tableOf(
    'runtime_webhooks',
    {
      id: required('uuid'),
      operation: required('text'),
      path: required('json'),
      body: required('text'),
      status: required('text'),
      error: optional('text'),
      received_at: required('datetime'),
      handled_at: optional('datetime'),
    },
    ['operation', 'received_at'],
  ),
  tableOf(
    'runtime_webhook_ids',
    { key: required('text'), webhook_id: required('uuid'), created_at: required('datetime') },
    ['created_at'],
  ),
]

/** What stands behind ports that no caller asks: module of the runtime -> its tables, where the system has such ports. */
const KINDS: { module: string; used: (architecture: Architecture) => boolean; tables: () => [string, Table][] }[] = [
  { module: 'event_tables', used: (architecture) => eventPorts(architecture).length > 0, tables: eventTables },
  { module: 'timer_tables', used: (architecture) => timersOf(architecture).length > 0, tables: timerTables },
  { module: 'delivery_tables', used: (architecture) => externalPorts(architecture).length > 0, tables: deliveryTables },
  { module: 'webhook_tables', used: (architecture) => webhooksOf(architecture).length > 0, tables: webhookTables },
]

/** Returns the tables behind what a system does in the background; none where it does nothing. */
export const backgroundTables = (architecture: Architecture): [string, Table][] =>
  KINDS.filter(({ used }) => used(architecture)).flatMap(({ tables }) => tables())

/** Returns the modules of the runtime that declare those tables. */
export const backgroundModules = (architecture: Architecture): string[] =>
  KINDS.filter(({ used }) => used(architecture)).map(({ module }) => module)
