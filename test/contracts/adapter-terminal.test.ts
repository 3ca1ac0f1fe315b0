import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { createTerminalAdapter, socketPath } from '../../bot/terminal/adapter.ts'
import type { TerminalPush } from '../../bot/terminal/lines.ts'
import { openLink } from '../../bot/terminal/link.ts'
import { renderTerminalEvent } from '../../bot/terminal/render.ts'
import { describeAdapter } from './adapter.ts'

const log = pino({ level: 'silent' })

describeAdapter('terminal', async (onEvent) => {
  const data = await mkdtemp(join(tmpdir(), 'autocoder-terminal-'))
  const adapter = createTerminalAdapter({
    data,
    log,
    conversationOf: async () => 'conversation',
    catchUp: async () => undefined,
    address: () => undefined,
    invite: (name) => `http://localhost/?name=${name}`,
    save: async () => undefined,
    backup: () => Promise.reject(new Error('nobody asks for one')),
  })
  await adapter.start(onEvent)
  const shown = new Map<string, string>()
  const whispers: string[] = []
  const answers = new Map<string, (push: TerminalPush) => void>()
  let ready: () => void = () => undefined
  const greeted = new Promise<void>((resolve) => {
    ready = resolve
  })
  const link = await openLink(socketPath(data), {
    onEnd: () => undefined,
    onPush: (push) => {
      if (push.type === 'ready') ready()
      if (push.type === 'whisper') whispers.push(push.text)
      if (push.type === 'card') shown.set(push.key, JSON.stringify(renderTerminalEvent(push.card, 'conversation')))
      if (push.type === 'accepted' || push.type === 'refused') answers.get(push.id)?.(push)
    },
  })
  link.send({ type: 'hello', team: 'local', actor: 'tester' })
  await greeted
  const acknowledged = async (id: string, send: () => void): Promise<void> => {
    const answer = new Promise<TerminalPush>((resolve) => answers.set(id, resolve))
    send()
    const push = await answer
    if (push.type === 'refused') throw new Error(push.text)
  }
  return {
    adapter,
    thread: { team: 'local', thread: 'terminal' },
    write: (text, id) => acknowledged(id, () => link.send({ type: 'say', id, text })),
    press: (card, button, value, id) =>
      acknowledged(id, () => link.send({ type: 'press', id, card, button, ...(value === undefined ? {} : { value }) })),
    seen: async () => [...shown.values()].map((text) => JSON.stringify(JSON.parse(text ?? 'null'))).join('\n'),
    whispers: async () => whispers.join('\n'),
    close: async () => {
      link.close()
      await adapter.stop()
      await rm(data, { recursive: true, force: true })
    },
  }
})

it('lets only its owner open the socket', async () => {
  const data = await mkdtemp(join(tmpdir(), 'autocoder-socket-'))
  const adapter = createTerminalAdapter({
    data,
    log,
    conversationOf: async () => 'conversation',
    catchUp: async () => undefined,
    address: () => undefined,
    invite: (name) => `http://localhost/?name=${name}`,
    save: async () => undefined,
    backup: () => Promise.reject(new Error('nobody asks for one')),
  })
  await adapter.start(async () => undefined)
  expect((await stat(socketPath(data))).mode & 0o777).toBe(0o600)
  await adapter.stop()
  await rm(data, { recursive: true, force: true })
})
