import { constants, existsSync } from 'node:fs'
import { access, mkdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '../schemas/errors.ts'
import { restoreNote } from './folders.ts'
import { codeOf } from './probe.ts'

/** One folder after the other: Node's own recursive mkdir never ends where a file system takes no folders, as /proc. */
const make = async (folder: string): Promise<void> => {
  if (await stat(folder).catch(() => undefined)) return
  if (dirname(folder) !== folder) await make(dirname(folder))
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
    // Another process may have been faster.
    if (codeOf(error) !== 'EEXIST') throw error
  })
}

/** Makes a folder where it is missing. Throws AppError `data-unusable` where it cannot be made or written. */
export const makeWritable = async (folder: string): Promise<void> => {
  try {
    await make(folder)
    await access(folder, constants.W_OK | constants.X_OK)
    if (!(await stat(folder)).isDirectory()) throw Object.assign(new Error('not a directory'), { code: 'ENOTDIR' })
  } catch (cause) {
    throw new AppError('data-unusable', `The data directory ${folder} cannot be written: ${codeOf(cause)}`, {
      help: `Run: sudo chown -R "$USER" ${folder} (or set AUTOCODER_DATA to another place).`,
      cause,
    })
  }
}

/**
 * Makes the data directory where it is missing. Throws AppError `data-unusable` where it cannot be made or written, and
 * `restore-unfinished` where an interrupted restore left it between two states.
 */
export const makeDataFolder = async (folder: string): Promise<void> => {
  await makeWritable(folder)
  if (existsSync(restoreNote(folder)))
    throw new AppError('restore-unfinished', `A restore into ${folder} was interrupted`, {
      help: 'Run the same npm run restore again: it brings the directory to the one state or the other.',
    })
}

/** Throws AppError `python-missing` where the environment of generated systems has no Python. */
export const expectPython = async (bin: string): Promise<void> => {
  const python = join(bin, 'python')
  await access(python, constants.X_OK).catch((cause: unknown) => {
    throw new AppError('python-missing', `${python} cannot be run: ${codeOf(cause)}`, {
      help: 'Run npm start, whose set-up makes the environment; or mend AUTOCODER_PYTHON where that is set.',
      cause,
    })
  })
}
