import { type ChildProcess, spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Place } from './columns.ts'

// One listener for each process that a test starts.
process.setMaxListeners(50)

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/** Starts a script of this folder; `line` resolves with the next line of its output that matches. */
export const startProcess = (name: string, args: string[]) => {
  const child: ChildProcess = spawn(process.execPath, [script(name), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // The same program starts again and again.
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'autocoder-compile-cache') },
  })
  let output = ''
  let errors = ''
  child.stdout!.on('data', (chunk) => {
    output += chunk
  })
  child.stderr!.on('data', (chunk) => {
    errors += chunk
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const dieWithUs = () => child.kill('SIGKILL')
  process.once('exit', dieWithUs)
  void ended.then(() => process.removeListener('exit', dieWithUs))
  return {
    pid: child.pid!,
    ended,
    kill: (signal: NodeJS.Signals) => {
      child.kill(signal)
      return ended
    },
    line: async (pattern: RegExp, milliseconds = 60_000): Promise<string> => {
      for (const end = Date.now() + milliseconds; Date.now() < end; await sleep(10)) {
        const found = output.split('\n').find((text) => pattern.test(text))
        if (found !== undefined) return found
        if (child.exitCode !== null) break
      }
      throw new Error(`${name} did not print ${pattern}\n${output}\n${errors}`)
    },
  }
}

export type Outcome = {
  builds: string[]
  revisions: number
  deployments: string[]
  system: string
  inbox: string[]
  cards: number[]
}

/**
 * Takes one wish to a running system while its process is killed `kills` times, each a random moment after its workers
 * began to work. Returns what the store says at the end.
 */
export const liveThrough = async (
  place: Place,
  options: { kills: number; pace: number; random: () => number },
): Promise<Outcome> => {
  const args = [JSON.stringify(place), String(options.pace)]
  for (let kill = 0; kill < options.kills; kill += 1) {
    const life = startProcess('life.ts', args)
    await life.line(/^working$/)
    // A build takes about five paces; half of the moments are in one, the others around it.
    await sleep(options.random() * options.pace * 8)
    await life.kill('SIGKILL')
  }
  const last = startProcess('life.ts', args)
  const outcome = await last.line(/^\{/)
  await last.ended
  return JSON.parse(outcome) as Outcome
}

/** What every life must come to: one of everything. */
export const ONE_OF_EACH: Outcome = {
  builds: ['succeeded'],
  revisions: 1,
  deployments: ['live'],
  system: 'running',
  inbox: ['done'],
  cards: [1],
}
