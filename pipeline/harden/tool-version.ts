import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/**
 * Returns the version of a tool of the Python environment, from its package's metadata: no process is started for it.
 * `unknown` where the environment does not hold the package.
 */
export const toolVersion = async (pythonBin: string, name: string): Promise<string> => {
  const lib = join(dirname(pythonBin), 'lib')
  for (const python of await readdir(lib).catch(() => [] as string[])) {
    const packages = await readdir(join(lib, python, 'site-packages')).catch(() => [] as string[])
    const found = packages.find((entry) => entry.startsWith(`${name}-`) && entry.endsWith('.dist-info'))
    if (found) return found.slice(name.length + 1, -'.dist-info'.length)
  }
  return 'unknown'
}
