import { sql } from 'drizzle-orm'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import type * as schema from './schema.ts'

/** The database or a transaction of it, on either driver: every function of the store takes one. */
export type Db = PgDatabase<PgQueryResultHKT, typeof schema>

/** Returns the rows of a statement written by hand. The caller vouches for their shape. */
export const rowsOf = async <Row>(db: Db, statement: ReturnType<typeof sql>): Promise<Row[]> => {
  const result = (await db.execute(statement)) as unknown as { rows: Row[] }
  return result.rows
}

/** Holds a lock of this name until the transaction ends; others wait. */
export const lockInTransaction = async (db: Db, name: string): Promise<void> => {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`)
}
