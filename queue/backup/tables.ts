import { createReadStream, createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { is, sql } from 'drizzle-orm'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { type Db, rowsOf } from '../store/db.ts'
import { MIGRATIONS } from '../store/migrations.ts'
import * as schema from '../store/schema.ts'

/** Rows that are read at once, and the characters after which rows are written. */
const ROWS = 200
const BATCH = 2_000_000

/** Where drizzle-orm's migrator keeps what it has run. */
const LEDGER = sql.raw('drizzle.__drizzle_migrations')

const inOrder = (): string[] => {
  const tables = Object.values(schema)
    .filter((value) => is(value, PgTable))
    .map((table) => getTableConfig(table as PgTable))
  const ordered: string[] = []
  const place = ({ name, foreignKeys }: (typeof tables)[number]): void => {
    if (ordered.includes(name)) return
    for (const key of foreignKeys) {
      const { name: wanted } = getTableConfig(key.reference().foreignTable)
      if (wanted !== name) place(tables.find((table) => table.name === wanted)!)
    }
    ordered.push(name)
  }
  for (const table of tables) place(table)
  return ordered
}

/** Names of the store's tables; what a table refers to stands before it. */
export const TABLES: readonly string[] = inOrder()

/** Returns those of the store's tables that are there. */
export const tablesIn = async (db: Db): Promise<string[]> => {
  const found = await rowsOf<{ name: string }>(
    db,
    sql`select name from json_array_elements_text(${JSON.stringify(TABLES)}::json) as t(name) where to_regclass(quote_ident(name)) is not null`,
  )
  return TABLES.filter((table) => found.some(({ name }) => name === table))
}

/** Returns whether any of the store's tables holds a row. */
export const holdsRows = async (db: Db): Promise<boolean> => {
  for (const table of await tablesIn(db)) {
    const [found] = await rowsOf<{ some: boolean }>(
      db,
      sql`select exists (select 1 from ${sql.identifier(table)}) as some`,
    )
    if (found?.some) return true
  }
  return false
}

/** Returns when the newest migration that has run was written, in milliseconds since the epoch; 0 where none has. */
export const migrationIn = async (db: Db): Promise<number> => {
  const [there] = await rowsOf<{ there: boolean }>(
    db,
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as there`,
  )
  if (!there?.there) return 0
  const [newest] = await rowsOf<{ at: string | null }>(db, sql`select max(created_at)::text as at from ${LEDGER}`)
  return Number(newest?.at ?? 0)
}

/** Returns when the newest migration that this release knows was written, in milliseconds since the epoch. */
export const newestMigration = (): number =>
  Math.max(...readMigrationFiles({ migrationsFolder: MIGRATIONS }).map(({ folderMillis }) => folderMillis))

/**
 * Makes the store's tables as they were after the migration of this time. The migrator of the next start goes on from
 * there: an archive of an older release is loaded into its own tables, which then grow.
 */
export const makeTables = async (tx: Db, migration: number): Promise<void> => {
  await tx.execute(sql`create schema if not exists drizzle`)
  await tx.execute(
    sql`create table if not exists ${LEDGER} (id serial primary key, hash text not null, created_at bigint)`,
  )
  for (const { sql: statements, hash, folderMillis } of readMigrationFiles({ migrationsFolder: MIGRATIONS })) {
    if (folderMillis > migration) continue
    for (const statement of statements) await tx.execute(sql.raw(statement))
    await tx.execute(sql`insert into ${LEDGER} (hash, created_at) values (${hash}, ${folderMillis})`)
  }
}

/** Drops the store's tables, which hold no rows, and the migrator's ledger. */
export const dropTables = async (tx: Db): Promise<void> => {
  for (const table of [...(await tablesIn(tx))].reverse()) await tx.execute(sql`drop table ${sql.identifier(table)}`)
  await tx.execute(sql`drop table if exists ${LEDGER}`)
}

/** Moves the store's tables with all their rows, and the migrator's ledger, into a schema of this name. */
export const setTablesAside = async (tx: Db, name: string): Promise<void> => {
  await tx.execute(sql`create schema ${sql.identifier(name)}`)
  for (const table of await tablesIn(tx))
    await tx.execute(sql`alter table ${sql.identifier(table)} set schema ${sql.identifier(name)}`)
  await tx.execute(sql`alter table if exists ${LEDGER} set schema ${sql.identifier(name)}`)
}

async function* linesOf(tx: Db, table: string): AsyncGenerator<string> {
  await tx.execute(
    sql`declare dump no scroll cursor for select row_to_json(t)::text as line from ${sql.identifier(table)} t`,
  )
  for (;;) {
    const rows = await rowsOf<{ line: string }>(tx, sql.raw(`fetch ${ROWS} from dump`))
    if (rows.length === 0) break
    yield rows.map(({ line }) => `${line}\n`).join('')
  }
  await tx.execute(sql`close dump`)
}

/**
 * Writes every table into `<folder>/<table>.ndjson`, a row of JSON a line, as PostgreSQL itself writes and reads it.
 * `tx` must be a transaction that sees one snapshot. Returns the names of the files' tables.
 */
export const dumpTables = async (tx: Db, folder: string): Promise<string[]> => {
  // Bytes have two forms of text; only this one has no backslashes inside.
  await tx.execute(sql`set local bytea_output = 'hex'`)
  const tables = await tablesIn(tx)
  for (const table of tables)
    await pipeline(Readable.from(linesOf(tx, table)), createWriteStream(`${folder}/${table}.ndjson`, { mode: 0o600 }))
  return tables
}

/** Lines end with a line feed only: rows may hold other signs that end lines elsewhere, such as U+2028. */
async function* linesIn(file: string): AsyncGenerator<string> {
  let rest = ''
  for await (const piece of createReadStream(file, 'utf8')) {
    const lines = `${rest}${piece}`.split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
}

const insert = async (tx: Db, table: string, lines: string[]): Promise<void> => {
  if (lines.length === 0) return
  const name = sql.identifier(table)
  await tx.execute(
    sql`insert into ${name} select * from json_populate_recordset(null::${name}, ${`[${lines.join(',')}]`}::json)`,
  )
}

/** Reads what `dumpTables` wrote into the tables, which are empty; numbers that count up go on where they were. */
export const loadTables = async (tx: Db, folder: string, tables: readonly string[]): Promise<void> => {
  for (const table of TABLES.filter((name) => tables.includes(name))) {
    let lines: string[] = []
    let size = 0
    for await (const line of linesIn(`${folder}/${table}.ndjson`)) {
      lines.push(line)
      size += line.length
      if (size < BATCH) continue
      await insert(tx, table, lines)
      lines = []
      size = 0
    }
    await insert(tx, table, lines)
  }
  const counters = await rowsOf<{ table: string; column: string }>(
    tx,
    sql`select table_name as table, column_name as column from information_schema.columns
      where table_schema = current_schema() and column_default like 'nextval(%'
        and table_name in (select json_array_elements_text(${JSON.stringify(tables)}::json))`,
  )
  for (const { table, column } of counters)
    await tx.execute(
      sql`select setval(pg_get_serial_sequence(quote_ident(${table}), ${column}), coalesce(max(${sql.identifier(column)}), 0) + 1, false) from ${sql.identifier(table)}`,
    )
}
