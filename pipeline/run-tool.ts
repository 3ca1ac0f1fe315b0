import { spawn } from 'node:child_process'
import { AppError } from '../schemas/errors.ts'

export type ToolResult = { code: number; output: string; seconds: number; timedOut: boolean }

export type ToolOptions = {
  cwd: string
  env?: Record<string, string>
  signal?: AbortSignal
  /** Ends a program that serves until it is told to stop; its output is returned as if it had ended by itself. */
  stop?: AbortSignal
  timeoutMs: number
}

/** What of a tool's output is kept; a runaway one must not fill the memory. */
const MAX_OUTPUT = 2_000_000
const KILL_AFTER_MS = 1_000

/** The variables that a tool sees: where programs are, and none of what the bot's own environment holds. */
const cleanEnvironment = (env: Record<string, string> = {}): Record<string, string> => ({
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  LANG: 'C.UTF-8',
  PYTHONUNBUFFERED: '1',
  PYTHONDONTWRITEBYTECODE: '1',
  NO_COLOR: '1',
  ...env,
})

/**
 * Runs a program to its end and resolves with exit code and output (stdout and stderr as they came). On abort or timeout
 * the whole process group is ended: SIGTERM, a second later SIGKILL. Rejects with the signal's reason on abort, and with
 * AppError `tool-missing` where the program is not there.
 */
export const runTool = (command: string, args: string[], options: ToolOptions): Promise<ToolResult> =>
  new Promise((resolve, reject) => {
    const { cwd, env, signal, stop, timeoutMs } = options
    signal?.throwIfAborted()
    const started = performance.now()
    const child = spawn(command, args, {
      cwd,
      env: cleanEnvironment(env),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    let output = ''
    let timedOut = false
    const keep = (chunk: string) => {
      if (output.length < MAX_OUTPUT) output += chunk
    }
    child.stdout.setEncoding('utf8').on('data', keep)
    child.stderr.setEncoding('utf8').on('data', keep)
    const kill = (name: NodeJS.Signals) => {
      try {
        if (child.pid) process.kill(-child.pid, name)
      } catch {
        // The group is gone already.
      }
    }
    let killer: NodeJS.Timeout | undefined
    const end = () => {
      kill('SIGTERM')
      killer = setTimeout(kill, KILL_AFTER_MS, 'SIGKILL')
    }
    const timer = setTimeout(() => {
      timedOut = true
      end()
    }, timeoutMs)
    signal?.addEventListener('abort', end, { once: true })
    stop?.addEventListener('abort', end, { once: true })
    const done = () => {
      clearTimeout(timer)
      clearTimeout(killer)
      signal?.removeEventListener('abort', end)
      stop?.removeEventListener('abort', end)
    }
    child.on('error', (cause) => {
      done()
      reject(
        new AppError(
          'tool-missing',
          `A program that AutoCoder needs could not be started: ${command.split('/').at(-1)}`,
          {
            help: 'Run the set-up again: npm start does it.',
            cause,
          },
        ),
      )
    })
    child.on('close', (code) => {
      done()
      kill('SIGKILL')
      if (signal?.aborted) reject(signal.reason)
      else resolve({ code: code ?? -1, output, seconds: (performance.now() - started) / 1000, timedOut })
    })
  })
