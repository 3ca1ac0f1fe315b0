import { afterAll, beforeAll, describe } from 'vitest'
import { type PostgresServer, startPostgres } from '../support/postgres.ts'

/** Returns the URL of a new, empty database; undefined where the system keeps its rows in SQLite. */
type CreateDatabase = () => Promise<string | undefined>

/** Declares tests twice: of a system on SQLite, and of one on a PostgreSQL server that this file starts and stops. */
export const describeOnEach = (
  what: string,
  tests: (createDatabase: CreateDatabase, engine: 'sqlite' | 'postgres') => void,
): void => {
  let postgres: PostgresServer
  beforeAll(async () => {
    postgres = await startPostgres()
  })
  afterAll(() => postgres.stop())
  describe.each(['sqlite', 'postgres'] as const)(`${what} on %s`, (engine) =>
    tests(async () => (engine === 'postgres' ? postgres.createDatabase() : undefined), engine),
  )
}
