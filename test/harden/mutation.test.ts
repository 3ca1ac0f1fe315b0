import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mergeTrees } from '../../pipeline/file-tree.ts'
import { emitComponent, emitShared } from '../../pipeline/generate/emit.ts'
import { formatPython } from '../../pipeline/generate/format.ts'
import { emitMigration } from '../../pipeline/generate/migrations.ts'
import { emitTests } from '../../pipeline/generate/tests.ts'
import { writeTree } from '../../pipeline/tree-folder.ts'
import { blueprintOf, pythonBin, readFixture } from './build.ts'

type Mutation = { what: string; file: string; from: string; to: string; tests: string[] }
type Result = { code: number; failed: string[]; output: string }

const component = (what: string, from: string, to: string, ...names: string[]): Mutation => ({
  what,
  file: 'app/components/todos/component.py',
  from,
  to,
  tests: names.map((name) => `tests/${name}`),
})
const todos = 'test_component_todos.py'

/** Each with the tests that are to notice it, so that one does not stand in for another. */
const mutations: Mutation[] = [
  component(
    'create stores something else',
    'values = body.model_dump()',
    'values = {**body.model_dump(), "title": "x"}',
    `${todos}::test_create_returns_what_was_sent`,
  ),
  component(
    'create may happen twice for one key',
    ', idempotent=True',
    '',
    `${todos}::test_create_happens_once_for_one_idempotency_key`,
  ),
  component(
    'create does not say where',
    '        call.location(f"/v1/todos/{todo.id}")\n',
    '',
    `${todos}::test_create_returns_what_was_sent`,
  ),
  component('list forgets what was asked', 'LISTING, query)', 'LISTING, TodoQuery())', todos),
  component(
    'read shows what belongs to others',
    'todo = await self.data.read(call, id)',
    'todo = await self.data.read(call.within(None), id)',
    'test_policies.py',
  ),
  component('update changes nothing', 'changes = body.model_dump(exclude_unset=True)', 'changes = {}', todos),
  component(
    'update takes absent for null',
    'model_dump(exclude_unset=True)',
    'model_dump()',
    `${todos}::test_update_tells_null_from_absent`,
  ),
  component(
    'update overwrites newer versions',
    '"api.update", versioned=True',
    '"api.update"',
    `${todos}::test_update_refuses_a_stale_version`,
  ),
  component(
    'delete deletes nothing',
    'await self.data.delete(call, id)',
    'await self.data.read(call, id)',
    `${todos}::test_delete_removes_it_and_nothing_else`,
  ),
  {
    what: 'a title may be empty',
    file: 'app/components/todos/schemas.py',
    from: 'min_length=1, ',
    to: '',
    tests: [`tests/${todos}`],
  },
  {
    what: 'passwords are stored as they are',
    file: 'runtime/passwords.py',
    from: 'asyncio.to_thread(_HASHER.hash, password)',
    to: 'asyncio.sleep(0, password)',
    tests: ['tests/test_accounts.py'],
  },
]

let folder: string
let results: Result[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'autocoder-mutation-'))
  const blueprint = blueprintOf(readFixture('todo'))
  const components = Object.keys(blueprint.architecture.components).map((name) => emitComponent(name, blueprint))
  const tests = emitTests(blueprint)
  const migrations = emitMigration(undefined, blueprint.architecture)
  const tree = mergeTrees(...components, emitShared(blueprint), migrations, tests)
  await writeTree(join(folder, 'system'), await formatPython(tree, { pythonBin }))
  results = await new Promise<Result[]>((resolve, reject) => {
    const script = join(import.meta.dirname, 'mutate.py')
    const child = execFile(
      join(pythonBin, 'python'),
      [script, join(folder, 'system')],
      { maxBuffer: 1e8 },
      (error, out) => (error ? reject(error) : resolve(JSON.parse(out) as Result[])),
    )
    child.stdin?.end(JSON.stringify(mutations))
  })
}, 300_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the tests of a generated system', () => {
  test.each(mutations.map((mutation, index) => [mutation.what, index] as const))('notice when %s', (_what, index) => {
    const { code, failed, output } = results[index]!
    expect(failed.length, `${code}: ${output}`).toBeGreaterThan(0)
  })
})
