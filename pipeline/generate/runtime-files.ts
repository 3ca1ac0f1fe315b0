import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FileTree } from '../file-tree.ts'

const folder = join(import.meta.dirname, 'python')
let files: FileTree | undefined

/** Returns what every generated system gets as it is: runtime/ and requirements.lock. Read from disk once. */
export const runtimeFiles = (): FileTree => {
  files ??= new Map([
    ...readdirSync(join(folder, 'runtime'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('__pycache__'))
      .map((entry): [string, string] => {
        const path = join(entry.parentPath, entry.name)
        return [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')]
      })
      .sort(([a], [b]) => (a < b ? -1 : 1)),
    ['requirements.lock', readFileSync(join(folder, 'runtime.lock'), 'utf8')],
  ])
  return files
}
