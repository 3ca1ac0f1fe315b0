import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type PostgresServer, startPostgres } from '../support/postgres.ts'

const python = join(import.meta.dirname, '../../pipeline/generate/python')
const bin = join(import.meta.dirname, '../../.venv/bin')

let postgres: PostgresServer

beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

const run = (tool: string, args: string[], env: object = {}): Promise<{ code: number; said: string }> =>
  new Promise((resolve) => {
    execFile(
      join(bin, tool),
      args,
      { cwd: python, env: { ...process.env, ...env }, maxBuffer: 2 ** 26 },
      (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), said: `${stdout}${stderr}`.slice(-6000) }),
    )
  })

it('the runtime passes its own tests on SQLite and on PostgreSQL', async () => {
  const url = (await postgres.createDatabase()).replace(/^postgres(ql)?:/, 'postgresql+psycopg:')
  const { code, said } = await run('pytest', ['-q', '-p', 'no:cacheprovider'], { RUNTIME_TEST_POSTGRES: url })
  expect(code, said).toBe(0)
  expect(said).not.toMatch(/skipped/)
}, 300_000)

it('the runtime is laid out and linted', async () => {
  for (const args of [
    ['format', '--check', '--no-cache', '.'],
    ['check', '--no-cache', '.'],
  ]) {
    const { code, said } = await run('ruff', args)
    expect(code, said).toBe(0)
  }
})
