/** The tests that systems carry, as they are written: Python without likely mistakes that asks for what holds. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { canonicalArchitecture } from '../../pipeline/blueprint/canonical.ts'
import { planSystem } from '../../pipeline/blueprint/planner/plan.ts'
import type { FileTree } from '../../pipeline/file-tree.ts'
import { formatPython } from '../../pipeline/generate/format.ts'
import { emitTests } from '../../pipeline/generate/tests.ts'
import { emitFrom, writeTree } from './write.ts'

const pythonBin = join(import.meta.dirname, '../../.venv/bin')

const drawn = (request: string) => {
  const plan = planSystem(request)
  if (plan.kind !== 'draft') throw new Error(`no draft: ${request}`)
  return canonicalArchitecture(plan.architecture).value
}

const testsOf = (request: string): FileTree =>
  emitTests({ architecture: drawn(request), deployment: undefined as never })

/** Writes a system with its tests, laid out, and returns what ruff has to say about it. */
const lint = async (request: string): Promise<string> => {
  const written: FileTree = new Map([...emitFrom(JSON.stringify(drawn(request))), ...testsOf(request)])
  const folder = await mkdtemp(join(tmpdir(), 'autocoder-carried-tests-'))
  try {
    writeTree(await formatPython(written, { pythonBin }), folder)
    const args = ['check', '--no-cache', '--output-format', 'concise', '.']
    const { stdout } = await promisify(execFile)(join(pythonBin, 'ruff'), args, { cwd: folder }).catch((error) => error)
    return stdout
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

it.each([
  ['files that anyone may send', 'Each product has a name and an image (jpeg or png, max 5 MB).'],
  ['files of a kind that has no sample of its own', 'Users upload episodes with a title and an mp3 file up to 50 MB.'],
  ['a view that counts other rows', 'Ideas have a title. Residents can upvote ideas. Top 5 ideas by upvotes.'],
])('is Python without likely mistakes: %s', async (_, request) => {
  expect(await lint(request)).toMatch(/^All checks passed!/)
})
