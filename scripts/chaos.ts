/**
 * Kills the bot with SIGKILL at random moments of a build, starts it again, and counts what came of it:
 * every build must end exactly once, with one deployment, one final card and a URL that answers.
 *
 *   npm run chaos -- [--rounds 30] [--seed N]
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { healthOf, inspect, problemsOf, root, runCampaign, sleep, startBot } from './chaos/campaign.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '30' }, seed: { type: 'string' } } })

/** Runs the terminal to its end, or until it has seen the first progress: then it dies too, for it would start a bot anew. */
const ask = (env: Record<string, string>, message: string, untilProgress: boolean) =>
  new Promise<string>((resolve) => {
    const child = spawn(process.execPath, ['bot/terminal/main.ts', '--json', '--yes', message], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let printed = ''
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      if (untilProgress && printed.includes('"type":"progress"')) child.kill('SIGKILL')
    })
    child.once('exit', () => resolve(printed))
  })

const round = async (delay: number): Promise<string[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'autocoder-chaos-'))
  const env = { PATH: process.env.PATH ?? '', HOME: folder, AUTOCODER_DATA: join(folder, 'data'), WEB_PORT: '0' }
  try {
    const first = await startBot(env)
    await ask(env, 'Build me a todo API with user authentication', true)
    await sleep(delay)
    await first.kill('SIGKILL')
    const second = await startBot(env)
    // A message in the same conversation is answered after the build before it has come to its end.
    const deadline = Date.now() + 90_000
    let printed = ''
    while (Date.now() < deadline) {
      printed = await ask(env, 'status of todo', false)
      if (/running|failed/i.test(printed) && !/building|being built/i.test(printed)) break
      await sleep(500)
    }
    const url = /http:\/\/[\w.:[\]]+:\d+/.exec(printed)?.[0]
    const healthy = await healthOf(url)
    await second.kill('SIGTERM')
    const found = await inspect({ data: env.AUTOCODER_DATA })
    return [...problemsOf(found), ...(healthy === 200 ? [] : [`${url ?? 'no address'} answered ${healthy}`])]
  } catch (error) {
    return [String(error)]
  } finally {
    await ask(env, 'stop todo', false)
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

await runCampaign({
  rounds: Number(values.rounds),
  seed: Number(values.seed ?? Date.now() % 1_000_000),
  // As long as a build takes, and a little more: the moments around the switch are the interesting ones.
  round: async (_number, random) => {
    const delay = random() * 9_000
    return { what: `killed ${Math.round(delay)} ms into the build`, problems: await round(delay) }
  },
})
