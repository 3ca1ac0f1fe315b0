import { createHash } from 'node:crypto'

/** Files in memory: POSIX path relative to the tree's root -> text (UTF-8, LF, one newline at the end) or bytes. */
export type FileTree = Map<string, string | Uint8Array>

/** Returns the sha256 digest of a tree, independent of the order in which files were added: `sha256:<64 hex>`. */
export const digestOf = (tree: FileTree): string => {
  const hash = createHash('sha256')
  for (const path of [...tree.keys()].sort()) {
    const content = tree.get(path)!
    hash.update(`${path}\0${Buffer.byteLength(content)}\0`).update(content)
  }
  return `sha256:${hash.digest('hex')}`
}

/** Returns one tree of several. Throws where two hold the same path with different content: a file has one author. */
export const mergeTrees = (...trees: FileTree[]): FileTree => {
  const merged: FileTree = new Map()
  for (const tree of trees)
    for (const [path, content] of tree) {
      const before = merged.get(path)
      if (before !== undefined && !Buffer.from(before).equals(Buffer.from(content)))
        throw new Error(`two emitters wrote ${path}`)
      merged.set(path, content)
    }
  return merged
}
