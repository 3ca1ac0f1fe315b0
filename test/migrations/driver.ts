import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { FileTree } from '../../pipeline/file-tree.ts'
import type { Physical } from '../../pipeline/generate/migrations-physical.ts'
import { writeTree } from '../../pipeline/tree-folder.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

export type Dump = Record<string, Record<string, Record<string, string>>>

/** A release as migrations see it: its migrations on disk, and the schema that its models declare. */
export type ReleaseFiles = { folder: string; physical: Physical }

/** Starts the Python process that migrates, compares and inserts for the tests. `stop` ends it and removes its folders. */
export const startDriver = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'autocoder-migrations-'))
  const child = spawn(
    join(root, '.venv/bin/python'),
    [join(root, 'test/migrations/driver.py'), join(root, 'pipeline/generate/python')],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  let count = 0
  const ask = async (request: Record<string, unknown>): Promise<unknown> => {
    child.stdin.write(`${JSON.stringify(request)}\n`)
    const { value, done } = await lines.next()
    if (done) throw new Error('the driver ended')
    const answer = JSON.parse(value) as { ok?: unknown; error?: string; trace?: string }
    if (answer.error !== undefined) throw new Error(`${answer.error}\n${answer.trace}`)
    return answer.ok
  }
  return {
    folder,
    release: async (migrations: FileTree, physical: Physical): Promise<ReleaseFiles> => {
      count += 1
      const at = join(folder, `release-${count}`)
      await writeTree(at, migrations)
      return { folder: at, physical }
    },
    sqliteUrl: () => {
      count += 1
      return `sqlite+aiosqlite:///${join(folder, `db-${count}.db`)}`
    },
    migrate: (release: ReleaseFiles, url: string) => ask({ do: 'migrate', url, ...release }),
    compare: (release: ReleaseFiles, url: string) => ask({ do: 'compare', url, ...release }) as Promise<string[]>,
    /** As compare, with the release's own app/models.py in place of what the test says it declares. */
    compareReal: (release: ReleaseFiles, url: string) =>
      ask({ do: 'compare', url, ...release, real: true }) as Promise<string[]>,
    insert: (release: ReleaseFiles, url: string, seed: string, sparse = false) =>
      ask({ do: 'insert', url, ...release, seed, sparse }) as Promise<number>,
    put: (release: ReleaseFiles, url: string, table: string, row: Record<string, string>) =>
      ask({ do: 'put', url, ...release, table, row }),
    dump: (url: string) => ask({ do: 'dump', url }) as Promise<Dump>,
    stop: async () => {
      child.stdin.end()
      await new Promise((resolve) => child.once('close', resolve))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export type Driver = Awaited<ReturnType<typeof startDriver>>
