/** `npm run worker`: a process that works the queue and shows nothing; any number of them may run beside the bot. */
import { pino } from 'pino'
import { warmPlanner } from '../pipeline/blueprint/planner/warm.ts'
import { readConfig } from '../schemas/config.ts'
import { AppError, printed } from '../schemas/errors.ts'
import { openBackend } from './backend/backend.ts'
import { expectPython, makeDataFolder } from './ground.ts'
import { createPipeline } from './pipeline.ts'
import { createProducer } from './producer.ts'
import { openStore } from './store/store.ts'
import { startWorkers } from './worker.ts'

/** Milliseconds that a stop may take: running stages get two thirds of them to end, then they are handed back. */
const DEADLINE = 25_000

const main = async (): Promise<void> => {
  const config = readConfig(process.env)
  if (!config.redisUrl)
    throw new AppError('worker-without-redis', 'A worker of its own needs Redis, and REDIS_URL is not set', {
      help: 'Set REDIS_URL and DATABASE_URL, or run npm start alone: without them the bot works its queue itself.',
    })
  const log = pino({
    level: config.logLevel,
    base: { process: 'worker', pid: process.pid },
    redact: { paths: ['token', 'password', 'secret', '*.token', '*.password', '*.secret'], censor: '[hidden]' },
  })
  const { data, concurrency } = config
  await makeDataFolder(data)
  await expectPython(config.pythonBin)
  warmPlanner()
  const store = await openStore({ databaseUrl: config.databaseUrl, data, log })
  const backend = await openBackend({ redisUrl: config.redisUrl, data, log })
  const producer = createProducer({ store, backend, concurrency, log })
  const pipeline = createPipeline({ config, log })
  const workers = await startWorkers({ store, backend, producer, pipeline, data, concurrency, log })
  log.info({ concurrency }, 'the worker takes jobs')

  let stopping = false
  const stop = (): void => {
    // A second signal means that somebody does not want to wait; what runs is taken up by another worker.
    if (stopping) process.exit(1)
    stopping = true
    void (async () => {
      await workers.stop(DEADLINE)
      await backend.close()
      await store.close()
    })().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'the worker did not stop well')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

main().catch((error: unknown) => {
  process.stderr.write(printed(error))
  process.exit(1)
})
