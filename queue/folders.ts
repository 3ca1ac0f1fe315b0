import { basename, join } from 'node:path'
import type { Release } from '../deploy/target.ts'

/** Where a system's things are under the data directory. */
export const repositoryOf = (data: string, systemId: string): string => join(data, 'systems', systemId, 'repo.git')
export const releasesOf = (data: string, systemId: string): string => join(data, 'systems', systemId, 'releases')
/** The file that is there while a restore puts things in place; nothing else may work in the directory then. */
export const restoreNote = (data: string): string => join(data, 'restore.json')
export const scratchOf = (data: string, buildId: string): string => join(data, 'tmp', `build-${buildId}`)

/** Returns a stored release with its folder under today's data directory, which may have moved since it was written. */
export const releaseIn = (data: string, stored: unknown): Release => {
  const release = stored as Release
  return { ...release, folder: join(releasesOf(data, release.system), basename(release.folder)) }
}
