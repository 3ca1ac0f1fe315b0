import { spawn } from 'node:child_process'
import { AppError } from '../../schemas/errors.ts'

export type GitResult = { code: number; stdout: Buffer; stderr: string }

const AUTHOR = { name: 'AutoCoder', email: 'autocoder@localhost' }

/**
 * Runs git on a bare repository and resolves with whatever exit code it had. Nothing of the user's or the machine's
 * configuration takes part: no global or system file, no hooks, no prompts, a fixed identity.
 * Throws AppError `git-missing` when there is no git, and the signal's reason when it aborts.
 */
export const runGit = (
  repo: string,
  args: string[],
  { input, signal }: { input?: string | Uint8Array; signal?: AbortSignal } = {},
): Promise<GitResult> =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const child = spawn(
      'git',
      [
        `--git-dir=${repo}`,
        '-c',
        `safe.directory=${repo}`,
        '-c',
        'core.hooksPath=/dev/null',
        '-c',
        'gc.auto=0',
        ...args,
      ],
      {
        stdio: ['pipe', 'pipe', 'pipe'],
        env: {
          PATH: process.env.PATH,
          LC_ALL: 'C',
          GIT_CONFIG_NOSYSTEM: '1',
          GIT_CONFIG_GLOBAL: '/dev/null',
          GIT_TERMINAL_PROMPT: '0',
          GIT_AUTHOR_NAME: AUTHOR.name,
          GIT_AUTHOR_EMAIL: AUTHOR.email,
          GIT_COMMITTER_NAME: AUTHOR.name,
          GIT_COMMITTER_EMAIL: AUTHOR.email,
        },
        ...(signal && { signal }),
      },
    )
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
    // git may exit before it read everything; its exit code tells the story.
    child.stdin.on('error', () => undefined)
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (signal?.aborted) reject(signal.reason)
      else if (error.code === 'ENOENT')
        reject(new AppError('git-missing', 'git is not installed', { help: 'Install git: apt-get install git' }))
      else reject(error)
    })
    child.on('close', (code) =>
      resolve({ code: code ?? -1, stdout: Buffer.concat(out), stderr: Buffer.concat(err).toString() }),
    )
    child.stdin.end(input)
  })

/** Runs git and returns what it printed. Throws AppError `git-failed` with git's own words on any other exit than 0. */
export const git = async (
  repo: string,
  args: string[],
  options: { input?: string | Uint8Array; signal?: AbortSignal } = {},
): Promise<Buffer> => {
  const result = await runGit(repo, args, options)
  if (result.code !== 0) throw gitFailed(args, result)
  return result.stdout
}

/** Returns the error of a git command that failed: its last line of output, without the folder's name. */
export const gitFailed = (args: string[], result: GitResult): AppError =>
  new AppError('git-failed', `git ${args[0]} failed: ${result.stderr.trim().split('\n').at(-1) ?? result.code}`, {
    help: 'The repository of this system could not be written or read. Check disk space and rights, then retry.',
    retryable: true,
    cause: result.stderr,
  })
