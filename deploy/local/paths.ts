import { createHash } from 'node:crypto'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

/** The longest path that a unix socket can have is 107 bytes; what is appended to the folder needs 40 of them. */
const SOCKET_FOLDER_LIMIT = 67

/** Where unix sockets live: in the data directory, or, where its path is too long for them, in a folder of the user in /tmp. */
export const socketFolder = (data: string): string => {
  const folder = join(data, 'supervisor')
  if (Buffer.byteLength(folder) <= SOCKET_FOLDER_LIMIT) return folder
  const key = createHash('sha256').update(folder).digest('hex').slice(0, 12)
  return join(tmpdir(), `autocoder-${userInfo().uid}-${key}`)
}

/** The files of the supervisor. All absolute. */
export const supervisorPaths = (data: string) => ({
  folder: join(data, 'supervisor'),
  sockets: socketFolder(data),
  socket: join(socketFolder(data), 'sock'),
  pids: join(data, 'supervisor', 'pids.json'),
  lock: join(data, 'supervisor', 'lock'),
  log: join(data, 'supervisor', 'supervisor.log'),
})

/** The files of one system. All absolute. */
export const systemPaths = (data: string, system: string) => {
  const root = join(data, 'systems', system)
  return {
    root,
    record: join(root, 'deployment.json'),
    data: join(root, 'data'),
    database: join(root, 'data', 'app.db'),
    files: join(root, 'data', 'files'),
    backups: join(root, 'data', 'backups'),
    secrets: join(root, 'secrets'),
    databaseUrl: join(root, 'secrets', 'database_url'),
    jwtKey: join(root, 'secrets', 'jwt_key'),
    setupToken: join(root, 'secrets', 'setup_token'),
    redisUrl: join(root, 'secrets', 'redis_url'),
    webhookSecret: (name: string) => join(root, 'secrets', `webhook_${name}`),
    releases: join(root, 'releases'),
    logs: join(root, 'logs'),
    log: join(root, 'logs', 'app.log'),
  }
}
export type SystemPaths = ReturnType<typeof systemPaths>

/** The private socket on which one process is probed; short, whatever the system is called. */
export const probeSocket = (data: string, system: string, token: string): string => {
  const key = createHash('sha256').update(system).digest('hex').slice(0, 12)
  return join(socketFolder(data), `${key}-${token}.sock`)
}
