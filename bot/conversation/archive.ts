import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { releaseIn } from '../../queue/folders.ts'
import * as builds from '../../queue/store/builds.ts'
import type { Db } from '../../queue/store/db.ts'
import * as systems from '../../queue/store/systems.ts'
import type { Build } from './state.ts'

/** What tools leave behind; never part of the code that a person takes away. */
const skipped = new Set(['__pycache__', '.git', '.venv', '.mypy_cache', '.ruff_cache', '.pytest_cache', '.hypothesis'])

/** Returns the paths of all files under a folder, relative to it, sorted. A folder that is gone has none. */
export const filesIn = async (folder: string): Promise<string[]> => {
  const found: string[] = []
  const walk = async (inside: string): Promise<void> => {
    const entries = await readdir(join(folder, inside), { withFileTypes: true }).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return []
        throw error
      },
    )
    for (const entry of entries) {
      const path = inside ? `${inside}/${entry.name}` : entry.name
      if (entry.isDirectory() && !skipped.has(entry.name)) await walk(path)
      else if (entry.isFile() && !entry.name.endsWith('.pyc')) found.push(path)
    }
  }
  await walk('')
  return found.sort()
}

/** Returns the folder of the release that a build made, or undefined where it made none. */
export const releaseFolder = (data: string, build: Pick<Build, 'release'>): string | undefined =>
  build.release ? releaseIn(data, build.release).folder : undefined

/** Returns a build's code as a zip with one folder in it, or undefined where its release is gone or of another team. */
export const zipOf = async (
  db: Db,
  data: string,
  buildId: string,
  teamId: string,
): Promise<{ name: string; bytes: Uint8Array } | undefined> => {
  const build = await builds.get(db, buildId)
  const folder = build && build.teamId === teamId ? releaseFolder(data, build) : undefined
  if (!build || !folder) return undefined
  const paths = await filesIn(folder)
  if (paths.length === 0) return undefined
  const slug = (await systems.get(db, build.systemId))?.slug ?? 'system'
  const entries: Record<string, [Uint8Array, { mtime: Date }]> = {}
  for (const path of paths) {
    const { mtime } = await stat(join(folder, path))
    entries[`${slug}/${path}`] = [await readFile(join(folder, path)), { mtime }]
  }
  return { name: `${slug}-build-${build.number}.zip`, bytes: zipSync(entries, { level: 6 }) }
}
