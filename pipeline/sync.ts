import { open } from 'node:fs/promises'

/** Resolves when what was written to a file or folder is on the disk: before that, nothing may be named after it. */
export const sync = async (path: string): Promise<void> => {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
