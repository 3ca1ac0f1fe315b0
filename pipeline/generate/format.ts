import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '../../schemas/errors.ts'
import type { FileTree } from '../file-tree.ts'
import { runTool } from '../run-tool.ts'
import { writeTree } from '../tree-folder.ts'

export type FormatOptions = {
  pythonBin: string
  signal?: AbortSignal
  /** Paths that stay as they are: migrations of earlier builds are never touched again. */
  keep?: ReadonlySet<string>
}

/**
 * Returns the tree with sorted imports and ruff's layout in every Python file, under the tree's own pyproject.toml.
 * Formatting twice gives the same bytes as once. Throws AppError `generated-invalid` where a file is not Python.
 */
export const formatPython = async (tree: FileTree, { pythonBin, signal, keep }: FormatOptions): Promise<FileTree> => {
  const wanted = (path: string) => path.endsWith('.py') && !keep?.has(path)
  const folder = await mkdtemp(join(tmpdir(), 'autocoder-format-'))
  try {
    await writeTree(folder, new Map([...tree].filter(([path]) => wanted(path) || path === 'pyproject.toml')), signal)
    const ruff = join(pythonBin, 'ruff')
    for (const args of [
      ['check', '--select', 'I', '--fix', '--quiet', '--no-cache', '.'],
      ['format', '--quiet', '--no-cache', '.'],
    ]) {
      const result = await runTool(ruff, args, { cwd: folder, signal, timeoutMs: 120_000 })
      if (result.code !== 0)
        throw new AppError('generated-invalid', 'The generated code is not valid Python', {
          help: 'This is a fault of AutoCoder, not of the request. The details are in the log.',
          cause: result.output,
        })
    }
    const formatted: FileTree = new Map()
    for (const [path, content] of tree)
      formatted.set(path, wanted(path) ? await readFile(join(folder, path), 'utf8') : content)
    return formatted
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
