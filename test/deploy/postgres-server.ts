import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { until } from './stand-in.ts'

/** Returns the folder of PostgreSQL's programs, newest first: Debian keeps them out of the PATH. */
const programs = async (): Promise<string> => {
  const versions = await readdir('/usr/lib/postgresql').catch(() => [])
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0]
  if (!newest) throw new Error('PostgreSQL is not installed: npm test installs it')
  return join('/usr/lib/postgresql', newest, 'bin')
}

/** Starts a real PostgreSQL server of its own on a free port; passwords are asked for, as on a real one. */
export const startPostgres = async (): Promise<{ url: string; stop: () => Promise<void> }> => {
  const bin = await programs()
  const folder = await mkdtemp(join(tmpdir(), 'deploy-pg-'))
  // The server refuses to run as root.
  const root = process.getuid?.() === 0
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  const user = root ? { uid: id('-u'), gid: id('-g') } : {}
  if (root) await chown(folder, id('-u'), id('-g'))
  const data = join(folder, 'data')
  const flags = [
    '-D',
    data,
    '-U',
    'admin',
    '-A',
    'trust',
    '--auth-host=scram-sha-256',
    '--no-sync',
    '-E',
    'SQL_ASCII',
    '--locale=C',
  ]
  execFileSync(join(bin, 'initdb'), flags, { ...user, cwd: folder, stdio: 'ignore' })
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  await once(probe, 'close')
  const options = ['-D', data, '-p', String(port), '-k', folder, '-h', '127.0.0.1', '-F']
  const server = spawn(join(bin, 'postgres'), options, { ...user, cwd: folder, stdio: 'ignore' })
  const run = async (sql: string): Promise<void> => {
    const client = new pg.Client({ host: folder, port, user: 'admin', database: 'postgres' })
    client.on('error', () => undefined)
    await client.connect()
    await client.query(sql).finally(() => client.end())
  }
  await until(
    'the server answers',
    () =>
      run("ALTER ROLE admin PASSWORD 'admin-password'").then(
        () => true,
        () => false,
      ),
    30,
  )
  return {
    url: `postgresql://admin:admin-password@127.0.0.1:${port}/postgres`,
    stop: async () => {
      server.kill('SIGINT')
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit')
      await rm(folder, { recursive: true, force: true })
    },
  }
}
