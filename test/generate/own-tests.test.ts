import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { canonicalArchitecture } from '../../pipeline/blueprint/canonical.ts'
import { parseArchitecture } from '../../pipeline/blueprint/parse.ts'
import { emitTests } from '../../pipeline/generate/tests.ts'
import { type PostgresServer, startPostgres } from '../support/postgres.ts'
import { emitFrom, writeTree } from './write.ts'

const root = join(import.meta.dirname, '../..')

let postgres: PostgresServer

beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

/** Writes a system with the tests that it carries, runs them on PostgreSQL, and returns what they said at the end. */
const run = async (name: string): Promise<{ code: number; said: string }> => {
  const folder = mkdtempSync(join(tmpdir(), 'autocoder-own-tests-'))
  const yaml = readFileSync(join(root, `test/fixtures/blueprints/${name}.architecture.yaml`), 'utf8')
  const tree = emitFrom(yaml, 'postgres')
  const architecture = canonicalArchitecture(parseArchitecture(yaml).value!).value
  for (const [path, content] of emitTests({ architecture, deployment: undefined as never })) tree.set(path, content)
  writeTree(tree, folder)
  const url = (await postgres.createDatabase()).replace(/^postgres(ql)?:/, 'postgresql+psycopg:')
  try {
    return await new Promise((resolve) => {
      execFile(
        join(root, '.venv/bin/python'),
        ['-m', 'pytest', '-q', '--tb=short', '--maxfail=5', '-p', 'no:cacheprovider', 'tests'],
        { cwd: folder, env: { ...process.env, TEST_DATABASE_URL: url }, maxBuffer: 2 ** 26 },
        (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), said: `${stdout}${stderr}`.slice(-6000) }),
      )
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

it.each(['tool-library', 'print-shop', 'practice', 'billing', 'board', 'committees', 'marina', 'staff'])(
  'the tests that %s carries pass on PostgreSQL',
  async (name) => {
    const { code, said } = await run(name)
    expect(code, said).toBe(0)
    expect(said).toMatch(/\d{2,} passed/)
  },
  300_000,
)
