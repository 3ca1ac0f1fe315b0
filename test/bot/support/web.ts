import { pino } from 'pino'
import { createWebAdapter, type WebAdapter } from '../../../bot/web/adapter.ts'
import type { WebReader } from '../../../bot/web/read.ts'

/** Returns the page's adapter on any free port of loopback, with what a test has to read. */
export const createTestPage = (data: string, reader: WebReader): WebAdapter =>
  createWebAdapter({
    host: '127.0.0.1',
    port: 0,
    url: undefined,
    data,
    team: 'local',
    actor: 'tester',
    reader,
    ready: async () => true,
    log: pino({ level: 'silent' }),
  })
