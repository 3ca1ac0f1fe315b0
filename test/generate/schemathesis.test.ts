import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { fixture, SETUP_TOKEN, type System, startSystem } from './system.ts'

const schemathesis = join(import.meta.dirname, '../../.venv/bin/schemathesis')
const config = join(import.meta.dirname, 'schemathesis.toml')

/** Runs schemathesis; returns its exit code and the end of what it said. */
const run = (args: string[]): Promise<{ code: number; said: string }> =>
  new Promise((resolve) => {
    execFile(schemathesis, args, { maxBuffer: 2 ** 26 }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), said: `${stdout}${stderr}`.slice(-6000) }),
    )
  })

/** A short round for every day; `SCHEMATHESIS=long` looks at everything, and takes minutes. */
const long = process.env.SCHEMATHESIS === 'long'
const everything = 'examples,coverage,fuzzing,stateful'
const rounds: [string, number, string][] = long
  ? [
      ['todo', 50, everything],
      ['clinic', 50, everything],
      ['nasty', 20, everything],
      ['hives', 30, everything],
      ['photos', 30, everything],
      ['realworld', 30, everything],
    ]
  : [
      ['todo', 2, 'examples,coverage,fuzzing'],
      ['clinic', 2, 'examples,fuzzing'],
      ['nasty', 1, 'examples,fuzzing'],
      ['hives', 2, 'examples,fuzzing'],
      ['photos', 2, 'examples,fuzzing'],
      ['realworld', 2, 'examples,fuzzing'],
      ['board', 2, 'examples,fuzzing'],
    ]

/** The header of somebody who may do everything; undefined where nobody signs in. */
const credentials = async (name: string, system: System): Promise<string | undefined> => {
  if (name === 'nasty') return undefined
  if (name === 'hives') return `X-API-Key: ${(await system.ask('POST', '/v1/hives', { name: 'Lime' })).body.api_key}`
  if (name !== 'realworld') return `Authorization: Bearer ${(await system.admin()).token}`
  const user = { email: 'admin@example.com', password: 'correct horse' }
  await system.ask('POST', '/api/users/setup', { user: { token: SETUP_TOKEN, ...user } })
  return `Authorization: Token ${(await system.ask('POST', '/api/users/login', { user })).body.user.accessToken}`
}

it.each(rounds)(
  'schemathesis finds nothing wrong with the %s system',
  async (name, examples, phases) => {
    const system = await startSystem({ yaml: fixture(name) })
    try {
      const header = await credentials(name, system)
      const { code, said } = await run([
        '--config-file',
        config,
        'run',
        `${system.url}/openapi.json`,
        '--no-color',
        '--max-examples',
        String(examples),
        '--phases',
        phases,
        '--seed',
        '1',
        '--suppress-health-check',
        'all',
        ...(header ? ['--header', header] : []),
      ])
      expect(code, said).toBe(0)
      expect(
        system
          .log()
          .split('\n')
          .filter((line) => line.includes('Traceback')),
      ).toEqual([])
    } finally {
      await system.stop()
    }
  },
  long ? 3_600_000 : 300_000,
)
