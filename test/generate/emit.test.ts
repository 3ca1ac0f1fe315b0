import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { canonicalArchitecture } from '../../pipeline/blueprint/canonical.ts'
import { planDeployment } from '../../pipeline/blueprint/deployment.ts'
import { parseArchitecture } from '../../pipeline/blueprint/parse.ts'
import { digestOf } from '../../pipeline/file-tree.ts'
import { emitComponent } from '../../pipeline/generate/emit.ts'
import { attributeOf, filterName, rowClass } from '../../pipeline/generate/emit-names.ts'
import { docstring, text } from '../../pipeline/generate/emit-python.ts'
import { publicFields } from '../../pipeline/generate/public-fields.ts'
import { emitTests } from '../../pipeline/generate/tests.ts'
import type { Field, Model } from '../../schemas/generated/architecture.ts'
import { fixture } from './system.ts'
import { emitFrom, writeTree } from './write.ts'

const golden = join(import.meta.dirname, '../golden/generate')
/** What is written for one system: not the runtime, which is copied, nor migrations and tests, which have tests of their own. */
const written = (name: string) =>
  new Map([...emitFrom(fixture(name))].filter(([path]) => /^(app|docs)\/|^README|^pyproject/.test(path)))

describe.each(['todo', 'clinic'])('the golden files of the %s system', (name) => {
  // `UPDATE_GOLDEN=1 npx vitest run test/generate/emit.test.ts` writes them anew: read the difference before committing it.
  it('are what is emitted', () => {
    const folder = join(golden, name)
    if (process.env.UPDATE_GOLDEN) {
      rmSync(folder, { recursive: true, force: true })
      writeTree(written(name), folder)
    }
    const kept = existsSync(folder)
      ? readdirSync(folder, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      : []
    const tree = written(name)
    expect([...tree.keys()].sort()).toEqual(kept.sort())
    for (const [path, content] of tree) expect(content, path).toBe(readFileSync(join(folder, path), 'utf8'))
  })
})

describe.each([
  'todo',
  'clinic',
  'nasty',
  'support',
  'journal',
  'charity',
  'parcels',
  'dues',
  'signals',
  'staff',
  'billing',
])('the files of the %s system', (name) => {
  it('are the same bytes each time, and end in one newline', () => {
    const tree = emitFrom(fixture(name))
    expect(digestOf(emitFrom(fixture(name)))).toBe(digestOf(tree))
    for (const [path, content] of tree) {
      expect(String(content).endsWith('\n') || content === '', path).toBe(true)
      expect(String(content), path).not.toMatch(/[ \t]\n|\r|\n\n$/)
    }
  })

  it('let no component import another', () => {
    for (const [path, content] of written(name)) {
      const own = /^app\/components\/(\w+)\//.exec(path)?.[1]
      if (!own) continue
      for (const [, other] of String(content).matchAll(/app\.components\.(\w+)/g)) expect(other, path).toBe(own)
    }
  })
})

it('emits what the hostile names of the fixture ask for', () => {
  expect(['class', 'metadata', 'self', 'model_config', 'title'].map(attributeOf)).toEqual([
    'class_',
    'metadata_',
    'self_',
    'model_config_',
    'title',
  ])
  expect(filterName('limit', new Set())).toBe('limit_is')
  expect(filterName('price_min', new Set(['price_min']))).toBe('price_min_is')
  expect(['Pet', 'Call', 'None'].map(rowClass)).toEqual(['Pet', 'CallRow', 'NoneRow'])
})

it('lets no text of a blueprint end a literal or a docstring early', () => {
  expect(text('a"b\\c\n')).toBe(`'a"b\\\\c\\n'`)
  expect(docstring('Ends """ with \\ and "')).toEqual([`"""Ends ''' with \\\\ and '"""`])
})

it('refuses an operation that nothing implements', () => {
  const { value } = parseArchitecture(fixture('todo'))
  const port = value!.components.accounts!.ports.users as { ops: object }
  port.ops = { fly: {} }
  const canonical = canonicalArchitecture(value!)
  const blueprint = { architecture: canonical.value, deployment: planDeployment(canonical, { engine: 'sqlite' }) }
  expect(() => emitComponent('accounts', blueprint)).toThrow('accounts.users:fly')
})

it('shows nothing of people in passing that only some may see', () => {
  const readers: [string] = ['@own']
  const name = { type: 'string', optional: true }
  const model = (field: object): Model => ({
    fields: { id: { type: 'uuid', key: true }, name: field as Field },
    concurrency: 'none',
  })
  expect(publicFields(model(name)).map(([field]) => field)).toEqual(['id', 'name'])
  expect(publicFields(model({ ...name, readers })).map(([field]) => field)).toEqual(['id'])
})

it('lets nobody but who may hand out reset tokens in the tests of that, whoever else changes accounts', () => {
  // A role that stands before the administrators' and changes accounts too.
  const line = '      - accounts.users:read\n'
  const yaml = fixture('staff').replace(line, `${line}      - accounts.users:update\n`)
  const { value } = canonicalArchitecture(parseArchitecture(yaml).value!)
  const tests = emitTests({ architecture: value, deployment: undefined as never }).get('tests/test_accounts.py')
  expect(String(tests)).toMatch(/as_admin\.post\(f"[^"]*\/issue-reset"\)/)
})
