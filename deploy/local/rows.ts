import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { Client } from 'pg'
import { systemPaths } from './paths.ts'

export type RowCount = { table: string; rows: number }

/** Tables that hold the system's own housekeeping; a person who deletes data thinks of the others. */
const housekeeping = /^(?:alembic_version|sqlite_.*|idempotency_.*|refresh_.*|sessions?|.*_tokens?|login_.*|audit.*)$/

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

const inSqlite = (file: string): RowCount[] => {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    const tables = database.prepare("select name from sqlite_master where type = 'table' order by name").all() as {
      name: string
    }[]
    return tables
      .filter(({ name }) => !housekeeping.test(name))
      .map(({ name }) => ({
        table: name,
        rows: Number((database.prepare(`select count(*) as rows from ${quoted(name)}`).get() as { rows: number }).rows),
      }))
  } finally {
    database.close()
  }
}

const inPostgres = async (url: string): Promise<RowCount[]> => {
  const client = new Client({
    connectionString: url.replace(/^postgresql\+\w+:/, 'postgresql:'),
    connectionTimeoutMillis: 3_000,
  })
  await client.connect()
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = current_schema() and table_type = 'BASE TABLE' order by 1",
    )
    const counts: RowCount[] = []
    for (const { name } of tables.filter((table) => !housekeeping.test(table.name))) {
      const { rows } = await client.query<{ rows: string }>(`select count(*) as rows from ${quoted(name)}`)
      counts.push({ table: name, rows: Number(rows[0]?.rows ?? 0) })
    }
    return counts
  } finally {
    await client.end()
  }
}

/** Returns what counts a local system's rows, table by table; undefined where its database cannot be read. */
export const createRowCounter =
  (options: { data: string }) =>
  async (systemId: string): Promise<RowCount[] | undefined> => {
    const paths = systemPaths(options.data, systemId)
    const url = (await readFile(paths.databaseUrl, 'utf8').catch(() => '')).trim()
    try {
      if (url.startsWith('postgresql')) return await inPostgres(url)
      return existsSync(paths.database) ? inSqlite(paths.database) : []
    } catch {
      // The question then says that the rows could not be counted.
      return undefined
    }
  }
