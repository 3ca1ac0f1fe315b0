import { randomUUID } from 'node:crypto'
import { AppError } from '../../schemas/errors.ts'
import type { FileTree } from '../file-tree.ts'
import { git } from './repository-git.ts'

/** A path that git, an archive and every file system take alike, and that stays inside the tree. */
const SAFE_PATH = /^(?!\.git(?:\/|$))(?:[A-Za-z0-9_.\-+@]+\/)*[A-Za-z0-9_.\-+@]+$/

const assertPath = (path: string): void => {
  if (!SAFE_PATH.test(path) || path.split('/').some((part) => part === '.' || part === '..' || part === '.git'))
    throw new AppError('internal', `a generated file has an unusable path: ${JSON.stringify(path)}`)
}

/**
 * Writes a tree as one commit in one git process and returns its id. No branch moves: the commit hangs on a ref of its
 * own (returned as `ref`) until the caller has put it where it belongs and deletes that.
 */
export const writeCommit = async (
  repo: string,
  tree: FileTree,
  { message, parent, signal }: { message: string; parent: string | undefined; signal?: AbortSignal },
): Promise<{ commit: string; ref: string }> => {
  const ref = `refs/autocoder/incoming-${randomUUID()}`
  const now = `${Math.floor(Date.now() / 1000)} +0000`
  const parts: (string | Uint8Array)[] = [
    `commit ${ref}\nmark :1\ncommitter AutoCoder <autocoder@localhost> ${now}\n`,
    `data ${Buffer.byteLength(message)}\n${message}\n`,
    parent ? `from ${parent}\ndeleteall\n` : '',
  ]
  for (const path of [...tree.keys()].sort()) {
    assertPath(path)
    const content = tree.get(path)!
    parts.push(`M 100644 inline ${path}\ndata ${Buffer.byteLength(content)}\n`, content, '\n')
  }
  parts.push('\nget-mark :1\ndone\n')
  const input = Buffer.concat(parts.map((part) => Buffer.from(part)))
  const out = await git(repo, ['fast-import', '--quiet', '--done', '--force'], { input, signal })
  return { commit: out.toString().trim(), ref }
}

type Entry = { path: string; oid: string }

const listEntries = async (repo: string, commit: string, under: string[], signal?: AbortSignal): Promise<Entry[]> => {
  const out = await git(repo, ['ls-tree', '-r', '-z', '--full-tree', commit, ...under], { signal })
  return out
    .toString()
    .split('\0')
    .filter(Boolean)
    .map((line) => {
      const [meta, path] = line.split('\t') as [string, string]
      const [mode, , oid] = meta.split(' ') as [string, string, string]
      // A link could point anywhere on the machine that runs the release.
      if (mode === '120000' || mode === '160000')
        throw new AppError('repository-link', `${path} is a link, and a system consists of plain files`, {
          help: 'Replace it by a file on the main branch, push, and build again.',
        })
      return { path, oid }
    })
}

const decode = (bytes: Buffer): string | Uint8Array => {
  const text = bytes.toString('utf8')
  return Buffer.from(text, 'utf8').equals(bytes) ? text : new Uint8Array(bytes)
}

/**
 * Returns the files of a commit: text where the bytes are UTF-8, bytes otherwise. `under` limits it to these folders or
 * files. Throws AppError `repository-link` where the tree holds a symbolic link or a submodule.
 */
export const readTree = async (
  repo: string,
  commit: string,
  { under = [], signal }: { under?: string[]; signal?: AbortSignal } = {},
): Promise<FileTree> => {
  const entries = await listEntries(repo, commit, under, signal)
  const tree: FileTree = new Map()
  if (entries.length === 0) return tree
  const input = entries.map((entry) => `${entry.oid}\n`).join('')
  const out = await git(repo, ['cat-file', '--batch'], { input, signal })
  let at = 0
  for (const { path } of entries) {
    const end = out.indexOf(10, at)
    const size = Number(out.toString('latin1', at, end).split(' ')[2])
    tree.set(path, decode(out.subarray(end + 1, end + 1 + size)))
    at = end + 1 + size + 1
  }
  return tree
}

/** Returns the files of a commit as bytes by path, sorted: what fflate's zip takes. */
export const readFiles = async (repo: string, commit: string): Promise<Record<string, Uint8Array>> => {
  const tree = await readTree(repo, commit)
  const encoder = new TextEncoder()
  return Object.fromEntries(
    [...tree].map(([path, content]) => [path, typeof content === 'string' ? encoder.encode(content) : content]),
  )
}
