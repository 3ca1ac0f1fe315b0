import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runSchemathesis } from '../support/schemathesis.ts'
import { fixture, SETUP_TOKEN, type System, startSystem } from './system.ts'

const config = join(import.meta.dirname, 'schemathesis.toml')

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
      ['staff', 30, everything],
    ]
  : [
      ['todo', 2, 'examples,coverage,fuzzing'],
      ['clinic', 2, 'examples,fuzzing'],
      ['nasty', 1, 'examples,fuzzing'],
      ['hives', 2, 'examples,fuzzing'],
      ['photos', 2, 'examples,fuzzing'],
      ['realworld', 2, 'examples,fuzzing'],
      ['board', 2, 'examples,fuzzing'],
      ['staff', 2, 'examples,coverage,fuzzing'],
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
      const { code, said } = await runSchemathesis(system.url, { config, examples, phases, header })
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
