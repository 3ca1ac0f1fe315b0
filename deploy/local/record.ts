import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '../../schemas/errors.ts'
import type { LocalDeployment } from '../../schemas/generated/local-deployment.ts'
import { validatorOf } from '../../schemas/validate.ts'
import { systemPaths } from './paths.ts'

/** Returns the record of a system, or undefined where it was never deployed. Throws AppError `deploy-record` when the file is damaged. */
export const readRecord = async (data: string, system: string): Promise<LocalDeployment | undefined> => {
  const text = await readFile(systemPaths(data, system).record, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw error
  })
  if (text === undefined) return undefined
  const validate = validatorOf<LocalDeployment>('local-deployment')
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    parsed = undefined
  }
  if (!validate(parsed))
    throw new AppError('deploy-record', `What was noted about the deployment of ${system} cannot be read`, {
      help: 'Deploy the system again; its data and its secrets are untouched.',
    })
  return parsed
}

/** Writes a file whole or not at all, also when the machine loses power. */
export const writeWhole = async (path: string, text: string, mode: number): Promise<void> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const fresh = `${path}.${process.pid}.new`
  const file = await open(fresh, 'w', mode)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(fresh, path)
}

export const writeRecord = (data: string, system: string, record: LocalDeployment): Promise<void> =>
  writeWhole(systemPaths(data, system).record, `${JSON.stringify(record, null, 2)}\n`, 0o600)

export const removeRecord = (data: string, system: string): Promise<void> =>
  rm(systemPaths(data, system).record, { force: true })

/** Returns every deployed system's record by its id; a damaged one is left out. */
export const readRecords = async (data: string): Promise<Map<string, LocalDeployment>> => {
  const names = await readdir(join(data, 'systems')).catch(() => [])
  const records = new Map<string, LocalDeployment>()
  for (const name of names) {
    const record = await readRecord(data, name).catch(() => undefined)
    if (record) records.set(name, record)
  }
  return records
}
