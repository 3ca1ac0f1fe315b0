/**
 * Alembic migrations of a system. The chain only grows: a file that was written stays byte for byte, and a new one comes
 * where the physical schema has to change. `migrations/schema.json` is the schema after the last file, hidden tables and
 * columns included; the next change is planned against it.
 */
import { readFileSync } from 'node:fs'
import { AppError } from '../../schemas/errors.ts'
import type { Architecture } from '../../schemas/generated/architecture.ts'
import type { FileTree } from '../file-tree.ts'
import { wantedSchema } from './migrations-columns.ts'
import type { Physical } from './migrations-physical.ts'
import { planMigration, type Step } from './migrations-plan.ts'
import { str } from './migrations-python.ts'
import { renderChanges, renderIndexes } from './migrations-render.ts'
import { summarize } from './migrations-summary.ts'

const VERSION = /^migrations\/versions\/((\d{4,})\w*)\.py$/
const SCHEMA = 'migrations/schema.json'

const source = (name: string): string => readFileSync(new URL(`./migrations/${name}`, import.meta.url), 'utf8')

/** Returns the schema at the end of a chain of migrations; undefined where there is no chain yet. */
export const readSchema = (migrations: FileTree | undefined): Physical | undefined => {
  const text = migrations?.get(SCHEMA)
  if (text === undefined) return undefined
  try {
    return JSON.parse(Buffer.from(text).toString()) as Physical
  } catch (cause) {
    throw new AppError('migrations-damaged', `${SCHEMA} is not what the last build wrote`, {
      help: 'Bring the file back on the main branch as the last build tag has it, push, and build again.',
      cause,
    })
  }
}

/** Revisions of the chain in order, those that people wrote by hand included. Throws AppError `migrations-damaged`. */
const readChain = (migrations: FileTree | undefined): { head: string | undefined; next: number } => {
  const revisions = new Map<string, string | undefined>()
  let next = 1
  for (const [path, content] of migrations ?? []) {
    const match = VERSION.exec(path)
    if (!match) continue
    const text = Buffer.from(content).toString()
    const revision = /^revision\b[^=\n]*= *["']([^"']+)["']/m.exec(text)?.[1]
    if (revision) revisions.set(revision, /^down_revision\b[^=\n]*= *["']([^"']+)["']/m.exec(text)?.[1])
    next = Math.max(next, Number(match[2]) + 1)
  }
  const parents = new Set(revisions.values())
  const heads = [...revisions.keys()].filter((revision) => !parents.has(revision))
  if (heads.length > 1)
    throw new AppError('migrations-damaged', `The migrations have more than one end: ${heads.sort().join(', ')}`, {
      help: 'Give one of them the other as its down_revision on the main branch, push, and build again.',
    })
  return { head: heads[0], next }
}

const migrationFile = (revision: string, parent: string | undefined, title: string, lines: string[]): string => {
  const body = lines.map((line) => line.replace(/^(?=.)/gm, '    ')).join('\n')
  const needs = [
    /\bsa\./.test(body) ? 'import sqlalchemy as sa\n' : '',
    /\bop\./.test(body) ? 'from alembic import op\n' : '',
    /\bsupport\./.test(body) ? '\nfrom migrations import support\n' : '',
  ]
  return `"""${title}"""

${needs.join('')}
revision: str = ${str(revision)}
down_revision: str | None = ${parent ? str(parent) : 'None'}


def upgrade() -> None:
${body}
`
}

const slugOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, 40)
    .replace(/^_+|_+$/g, '')

const newFiles = (migrations: FileTree | undefined, steps: Step[], after: Physical): FileTree => {
  const files: FileTree = new Map()
  const { head, next } = readChain(migrations)
  let parent = head
  let number = next
  const add = (lines: string[], title: string) => {
    if (lines.length === 0) return
    const revision = String(number).padStart(4, '0')
    files.set(`migrations/versions/${revision}_${slugOf(title)}.py`, migrationFile(revision, parent, title, lines))
    parent = revision
    number += 1
  }
  const changes = steps.filter((step) => step.kind !== 'create-index' && step.kind !== 'drop-index')
  const indexes = steps.filter((step) => step.kind === 'create-index' || step.kind === 'drop-index')
  add(renderChanges(steps, after), head ? summarize(changes.length > 0 ? changes : indexes) : 'Initial schema.')
  add(renderIndexes(steps), summarize(indexes))
  return files
}

/**
 * Returns all of migrations/ for an architecture. `previous` is migrations/ of the commit that the build starts from;
 * its versions come back byte for byte. Throws AppError `migration-needs-default` where rows that exist would lack a
 * value, and `migrations-damaged` where the chain cannot be continued. Pure.
 */
export const emitMigration = (previous: FileTree | undefined, architecture: Architecture): FileTree => {
  const before = readSchema(previous)
  const { steps, after } = planMigration(before, wantedSchema(before, architecture))
  const tree: FileTree = new Map()
  for (const [path, content] of previous ?? []) if (VERSION.test(path)) tree.set(path, content)
  for (const [path, content] of newFiles(previous, steps, after)) tree.set(path, content)
  tree.set('migrations/env.py', source('env.py'))
  tree.set('migrations/support.py', source('support.py'))
  tree.set(SCHEMA, `${JSON.stringify(after, null, 2)}\n`)
  return tree
}
