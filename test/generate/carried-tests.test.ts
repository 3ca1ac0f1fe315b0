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

const policiesOf = (request: string): string[] =>
  String(testsOf(request).get('tests/test_policies.py')).match(/(?<=^def test_)\w+/gm) ?? []

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
  ['keys with which nothing may be done', 'Users sign in. Plots have a name. Each sensor gets its own API key.'],
  ['a view that counts other rows', 'Ideas have a title. Residents can upvote ideas. Top 5 ideas by upvotes.'],
])('is Python without likely mistakes: %s', async (_, request) => {
  expect(await lint(request)).toMatch(/^All checks passed!/)
})

const CLUB =
  'Groups have a name. Groups are private: only members see them. Messages have a text and belong to a group.'

it('refuses nobody what whoever sees the parent may make', () => {
  const policies = policiesOf(`${CLUB} Members of a group can post messages.`)
  expect(policies).toContain('user_makes_messages')
  expect(policies).not.toContain('user_makes_no_messages_beyond_what_is_allowed')
  // Whoever sees a group need not be its admin.
  expect(policies).toContain('user_makes_no_group_members_beyond_what_is_allowed')
})

it('refuses nobody what whoever sees the parent may make, where the condition is about what that belongs to', () => {
  const request = `Projects have a name, tasks have a title and belong to a project, comments have a text and belong to
    a task. Tasks can only be seen by members of their project. Only members of a project may see and write its comments.`
  const policies = policiesOf(request.replace(/\s+/g, ' '))
  expect(policies).toContain('user_makes_comments')
  expect(policies).not.toContain('user_makes_no_comments_beyond_what_is_allowed')
  // Projects are seen by everybody.
  expect(policies).toContain('user_makes_no_tasks_beyond_what_is_allowed')
})
