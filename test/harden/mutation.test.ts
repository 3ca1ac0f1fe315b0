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

type Mutation = { what: string; file: string; from: string; to: string }
type Result = { code: number; failed: string[]; output: string }

const component = 'app/components/todos/component.py'
const mutations: Mutation[] = [
  { what: 'nothing is broken', file: 'README.md', from: '#', to: '#' },
  {
    what: 'create stores something else',
    file: component,
    from: 'values = body.model_dump()',
    to: 'values = {**body.model_dump(), "title": "x"}',
  },
  { what: 'create may happen twice for one key', file: component, from: ', idempotent=True', to: '' },
  {
    what: 'create does not say where',
    file: component,
    from: '        call.location(f"/v1/todos/{todo.id}")\n',
    to: '',
  },
  { what: 'list forgets what was asked', file: component, from: 'LISTING, query)', to: 'LISTING, TodoQuery())' },
  {
    what: 'read shows what belongs to others',
    file: component,
    from: 'todo = await self.data.read(call, id)',
    to: 'todo = await self.data.read(call.within(None), id)',
  },
  {
    what: 'update changes nothing',
    file: component,
    from: 'changes = body.model_dump(exclude_unset=True)',
    to: 'changes = {}',
  },
  { what: 'update takes absent for null', file: component, from: 'model_dump(exclude_unset=True)', to: 'model_dump()' },
  {
    what: 'update overwrites newer versions',
    file: component,
    from: '"api.update", versioned=True',
    to: '"api.update"',
  },
  {
    what: 'delete deletes nothing',
    file: component,
    from: 'await self.data.delete(call, id)',
    to: 'await self.data.read(call, id)',
  },
  { what: 'a title may be empty', file: 'app/components/todos/schemas.py', from: 'min_length=1, ', to: '' },
  {
    what: 'passwords are stored as they are',
    file: 'runtime/passwords.py',
    from: 'asyncio.to_thread(_HASHER.hash, password)',
    to: 'asyncio.sleep(0, password)',
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
  test.each(mutations.map((mutation, index) => [mutation.what, index] as const))('notice when %s', (what, index) => {
    const { code, failed, output } = results[index]!
    if (what === 'nothing is broken') expect(output, output).toMatch(/^\d+ passed/m)
    else expect(failed.length, `${code}: ${output}`).toBeGreaterThan(0)
  })
})
