import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import pg from 'pg'
import { AppError } from '../../schemas/errors.ts'
import { keepSecret, randomSecret } from './secrets.ts'

const ITERATIONS = 4096

/** The database of a system and its role, which share a name; PostgreSQL cuts names after 63 bytes. */
export const databaseName = (system: string): string => {
  const plain = `autocoder_${system.replaceAll('-', '_')}`
  // a_b and a-b must not meet, nor two long ids that begin alike
  const key = createHash('sha256').update(system).digest('hex').slice(0, 8)
  return `${plain.slice(0, 54)}_${key}`
}

/** The form in which PostgreSQL stores a password (RFC 5803), so that no statement carries the password itself. */
export const scramOf = (password: string, salt = randomBytes(16)): string => {
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, 'sha256')
  const sign = (text: string) => createHmac('sha256', salted).update(text).digest()
  const stored = createHash('sha256').update(sign('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${stored}:${sign('Server Key').toString('base64')}`
}

const withServer = async <T>(serverUrl: string | undefined, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  if (!serverUrl)
    throw new AppError('deploy-database', 'The system wants PostgreSQL and no server is configured', {
      help: 'Set SYSTEMS_DATABASE_URL to a PostgreSQL server on which databases may be made.',
    })
  const client = new pg.Client({ connectionString: serverUrl, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined) // the statement that runs fails with it
  try {
    await client.connect()
    return await work(client)
  } catch (cause) {
    throw new AppError('deploy-database', 'The PostgreSQL server of the systems could not do what was asked', {
      help: 'Check that SYSTEMS_DATABASE_URL can be reached and that its user may create databases and roles.',
      retryable: true,
      cause,
    })
  } finally {
    await client.end().catch(() => undefined)
  }
}

const urlFor = (serverUrl: string, name: string, password: string): string => {
  const url = new URL(serverUrl)
  return `postgresql+psycopg://${name}:${password}@${url.host}/${name}${url.search}`
}

const exists = async (client: pg.Client, query: string, name: string): Promise<boolean> =>
  (await client.query(query, [name])).rowCount === 1

/**
 * Makes the system's database, its role and the file with the URL, or what is missing of them; safe to repeat after
 * an interruption at any point, because the password in the file is the one that the role is given each time.
 */
export const createDatabase = async (wish: {
  serverUrl: string | undefined
  system: string
  file: string
}): Promise<void> => {
  const name = databaseName(wish.system)
  await withServer(wish.serverUrl, async (client) => {
    const url = await keepSecret(wish.file, () => urlFor(wish.serverUrl ?? '', name, randomSecret(32)()))
    const role = client.escapeIdentifier(name)
    const secret = client.escapeLiteral(scramOf(new URL(url.replace('+psycopg', '')).password))
    if (!(await exists(client, 'SELECT 1 FROM pg_roles WHERE rolname = $1', name)))
      await client.query(`CREATE ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE`)
    await client.query(`ALTER ROLE ${role} PASSWORD ${secret}`)
    if (await exists(client, 'SELECT 1 FROM pg_database WHERE datname = $1', name)) return
    // An owner other than oneself may be named by who is its member; a superuser needs it no more than it harms.
    await client.query(`GRANT ${role} TO CURRENT_USER`)
    // The server's own default may be SQL_ASCII (a cluster made under the C locale), which no driver decodes.
    await client.query(`CREATE DATABASE ${role} OWNER ${role} TEMPLATE template0 ENCODING 'UTF8'`)
    await client.query(`REVOKE ALL ON DATABASE ${role} FROM PUBLIC`)
  })
}

/** Deletes the system's database with all its rows, and its role. */
export const dropDatabase = (wish: { serverUrl: string | undefined; system: string }): Promise<void> =>
  withServer(wish.serverUrl, async (client) => {
    const name = client.escapeIdentifier(databaseName(wish.system))
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    await client.query(`DROP ROLE IF EXISTS ${name}`)
  })
