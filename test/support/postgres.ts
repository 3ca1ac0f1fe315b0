import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { freePort, makeFolder, ownerOf, type RunningServer, runServer } from './server.ts'

export type PostgresServer = RunningServer & {
  /** The URL of a superuser at a database of this name. */
  url: (database: string) => string
  /** Makes an empty database and returns its URL. */
  createDatabase: () => Promise<string>
}

const folderOfPrograms = (): string => {
  const versions = readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a))
  return join('/usr/lib/postgresql', versions[0]!, 'bin')
}

/** Starts a PostgreSQL of Debian's package with a new cluster in a temporary folder, on a free port of 127.0.0.1. */
export const startPostgres = async (): Promise<PostgresServer> => {
  const programs = folderOfPrograms()
  const owner = ownerOf('postgres')
  const folder = await makeFolder('autocoder-postgres-', owner)
  const data = join(folder, 'data')
  await promisify(execFile)(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'test', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'],
    {
      cwd: folder,
      ...owner,
    },
  )
  const port = await freePort()
  const url = (database: string) => `postgresql://test@127.0.0.1:${port}/${database}`
  const ask = async (statement: string): Promise<void> => {
    const client = new Client({ connectionString: url('postgres') })
    client.on('error', () => undefined)
    await client.connect()
    try {
      await client.query(statement)
    } finally {
      await client.end()
    }
  }
  const server = await runServer({
    command: join(programs, 'postgres'),
    args: [
      '-D',
      data,
      '-p',
      String(port),
      '-k',
      folder,
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'max_connections=200',
    ],
    folder,
    owner,
    stopSignal: 'SIGINT',
    ready: async () => {
      await ask('select 1')
      return true
    },
  })
  let made = 0
  return {
    ...server,
    url,
    createDatabase: async () => {
      const name = `test_${process.pid}_${++made}`
      await ask(`create database ${name}`)
      return url(name)
    },
  }
}
