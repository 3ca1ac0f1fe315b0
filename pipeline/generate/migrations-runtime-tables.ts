import type { Architecture } from '../../schemas/generated/architecture.ts'
import type { Table } from './migrations-physical.ts'

/** Returns the tables that the runtime keeps for itself, by name. They equal the tables of runtime's metadata. */
export const RUNTIME_TABLES = (_architecture: Architecture): Record<string, Table> => ({})
