import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FileTree } from './file-tree.ts'

/** Writes a tree into a folder, which is made where it is missing. What stands there under other paths stays. */
export const writeTree = async (folder: string, tree: FileTree, signal?: AbortSignal): Promise<void> => {
  const folders = new Set([...tree.keys()].map((path) => dirname(join(folder, path))))
  await Promise.all([...folders].map((path) => mkdir(path, { recursive: true })))
  const entries = [...tree]
  // A few at a time: a thousand components are ten thousand files, and a process may hold about a thousand open.
  for (let at = 0; at < entries.length; at += 64) {
    signal?.throwIfAborted()
    await Promise.all(entries.slice(at, at + 64).map(([path, content]) => writeFile(join(folder, path), content)))
  }
}
