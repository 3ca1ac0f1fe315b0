/** `npm run -s chat -- [--json] [--yes] [--team NAME] ["message" ...]`: the conversation in a terminal. */

import { userInfo } from 'node:os'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '../../schemas/config.ts'
import { AppError, printed, toAppError } from '../../schemas/errors.ts'
import type { Bot } from '../bot.ts'
import { socketPath } from './adapter.ts'
import { createClient } from './client.ts'
import type { TerminalPush } from './lines.ts'
import { type Link, openLink } from './link.ts'
import { createJsonOutput, createTextOutput } from './output.ts'
import { parseUsage, type Usage, usageText } from './usage.ts'

type Handlers = { onPush: (push: TerminalPush) => void; onEnd: () => void }

/** How long a bot that is just starting in another process is waited for. */
const START_TRIES = 60

const isNobody = (error: unknown): boolean =>
  ['ENOENT', 'ECONNREFUSED', 'ECONNRESET'].includes((error as NodeJS.ErrnoException).code ?? '')

const nameOf = (): string => {
  try {
    return userInfo().username
  } catch {
    return 'you'
  }
}

/** Lines of stdin as they arrive; at a terminal with a prompt. */
async function* linesOf(prompt: boolean): AsyncGenerator<string> {
  const reader = createInterface({ input: process.stdin, ...(prompt ? { output: process.stdout, prompt: '› ' } : {}) })
  let open = true
  reader.once('close', () => {
    open = false
  })
  // Lines go on coming after the end of input; only a prompt would then be one too many.
  const ask = (): void => {
    if (prompt && open) reader.prompt()
  }
  ask()
  for await (const line of reader) {
    if (line.trim() !== '') yield line.trim()
    ask()
  }
}

/** Asks the running bot for an address that lets a person into its web chat. */
const invite = async (path: string, name: string): Promise<number> => {
  const url = await new Promise<string | undefined>((resolve, reject) => {
    const onEnd = (): void => reject(new AppError('thread-away', 'The bot ended before it answered'))
    const onPush = (push: TerminalPush): void => {
      if (push.type === 'invite') resolve(push.url)
    }
    openLink(path, { onPush, onEnd }).then((link) => link.send({ type: 'invite', name }), reject)
  }).catch((error: unknown) => {
    if (!isNobody(error)) throw error
    throw new AppError('web-chat-away', 'No bot runs here that could let somebody in', { help: 'Run: npm start' })
  })
  if (!url) throw new AppError('web-chat-away', 'The running bot shows no web chat', { help: 'Run: npm start' })
  process.stdout.write(`${url}\n`)
  return 0
}

const run = async (usage: Usage): Promise<number> => {
  const config = readConfig(process.env)
  if (usage.invite) return invite(socketPath(config.data), usage.invite)
  const path = socketPath(config.data)
  let own: Bot | undefined

  const attach = async (handlers: Handlers): Promise<Link> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await openLink(path, handlers)
      } catch (error) {
        if (!isNobody(error)) throw error
      }
      if (own) throw new Error('the bot of this process does not listen')
      try {
        // Most calls attach to a running bot: only the others load what a whole bot needs.
        if (process.stderr.isTTY) process.stderr.write('No bot runs here yet: starting one ...\n')
        const { startOwnBot } = await import('../start.ts')
        own = await startOwnBot(config, { web: false })
      } catch (error) {
        // Another process holds the directory and is about to listen.
        if (toAppError(error).code !== 'data-in-use' || tries >= START_TRIES) throw error
        await sleep(250)
      }
    }
  }

  const write = (text: string): void => void process.stdout.write(text)
  const screen = process.stdout.isTTY === true
  const client = createClient({
    attach,
    output: usage.json ? createJsonOutput(write) : createTextOutput(write, screen),
    yes: usage.yes,
    team: usage.team,
    actor: nameOf(),
  })
  let failed = false
  let open = false
  try {
    await client.start()
    const prompt = usage.messages.length === 0 && process.stdin.isTTY === true && screen && !usage.json
    for await (const text of usage.messages.length > 0 ? usage.messages : linesOf(prompt)) {
      const outcome = await client.tell(text)
      open = outcome === 'question'
      if (outcome === false) failed = true
    }
  } finally {
    client.close()
    await own?.stop(10_000)
  }
  return failed || open ? 1 : 0
}

const main = async (): Promise<number> => {
  const usage = parseUsage(process.argv.slice(2))
  if ('help' in usage) {
    process.stdout.write(usageText)
    return 0
  }
  if ('wrong' in usage) {
    process.stderr.write(`${usage.wrong}\n\n${usageText}`)
    return 2
  }
  try {
    return await run(usage)
  } catch (error) {
    process.stderr.write(printed(error))
    return 1
  }
}

// A reader that went away, such as `head`, is no reason for a stack trace.
process.stdout.on('error', () => process.exit(1))
const code = await main()
process.exit(code)
