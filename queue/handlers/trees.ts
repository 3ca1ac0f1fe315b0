import type { FileTree } from '../../pipeline/file-tree.ts'

/** A tree as JSON: bytes are base64. */
export type StoredTree = [path: string, content: string | { base64: string }][]

export const toStoredTree = (tree: FileTree): StoredTree =>
  [...tree].map(([path, content]) => [
    path,
    typeof content === 'string' ? content : { base64: Buffer.from(content).toString('base64') },
  ])

export const toTree = (stored: StoredTree): FileTree =>
  new Map(
    stored.map(([path, content]) => [
      path,
      typeof content === 'string' ? content : new Uint8Array(Buffer.from(content.base64, 'base64')),
    ]),
  )
