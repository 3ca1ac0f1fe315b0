import { Redis } from 'ioredis'
import { freePort, makeFolder, ownerOf, type RunningServer, runServer } from './server.ts'

export type RedisServer = RunningServer & { url: string }

/** Starts a Redis of Debian's package in a temporary folder, on a free port of 127.0.0.1, with the settings that production wants. */
export const startRedis = async (): Promise<RedisServer> => {
  const owner = ownerOf('redis')
  const folder = await makeFolder('autocoder-redis-', owner)
  const port = await freePort()
  const url = `redis://127.0.0.1:${port}`
  const settings = [
    '--appendonly',
    'yes',
    '--appendfsync',
    'everysec',
    '--maxmemory-policy',
    'noeviction',
    '--save',
    '',
  ]
  const server = await runServer({
    command: 'redis-server',
    args: ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, ...settings],
    folder,
    owner,
    stopSignal: 'SIGTERM',
    ready: async () => {
      const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 1 })
      client.on('error', () => undefined)
      try {
        await client.connect()
        return (await client.ping()) === 'PONG'
      } finally {
        client.disconnect()
      }
    },
  })
  return { ...server, url }
}
