import { type BackupReport, writeBackup } from '../queue/backup/backup.ts'
import { openFolder, openServer, stateFolder } from '../queue/backup/database.ts'
import { lockData } from '../queue/store/data-lock.ts'
import type { Config } from '../schemas/config.ts'
import { AppError, toAppError } from '../schemas/errors.ts'
import { socketPath } from './terminal/adapter.ts'
import type { TerminalPush } from './terminal/lines.ts'
import { isListening, openLink } from './terminal/link.ts'

/** Asks the running bot, which alone can read its embedded database. Resolves with undefined where no bot listens. */
const askBot = async (data: string, file: string): Promise<BackupReport | undefined> => {
  const path = socketPath(data)
  if (!(await isListening(path))) return undefined
  return new Promise((resolve, reject) => {
    const onEnd = (): void => reject(new AppError('bot-away', 'The bot ended before the backup was written'))
    const onPush = (push: TerminalPush): void => {
      if (push.type === 'backup') resolve(push.report)
      if (push.type === 'backup-failed') reject(new AppError(push.code, push.text, { help: push.help }))
      if (push.type === 'backup' || push.type === 'backup-failed') void link.then((open) => open.close())
    }
    const link = openLink(path, { onPush, onEnd })
    link.then((open) => open.send({ type: 'backup', file }), reject)
  })
}

const fromFolder = async (data: string, file: string): Promise<BackupReport> => {
  const state = stateFolder(data)
  if (!state)
    throw new AppError('backup-empty', `There is nothing to back up in ${data}: no bot has run there`, {
      help: 'Check AUTOCODER_DATA, and DATABASE_URL where the bot runs with one.',
    })
  const unlock = await lockData(data)
  try {
    const { db, close } = await openFolder(state)
    try {
      return await writeBackup({ db, data, file })
    } finally {
      await close()
    }
  } finally {
    unlock()
  }
}

/**
 * Writes a backup of everything into a file (an absolute path): from the server, from the directory, or by the bot that
 * has the directory open. Throws AppError `backup-…`, `store-unreachable`, `data-in-use` with who has it and does not
 * answer, `bot-away`.
 */
export const takeBackup = async (config: Pick<Config, 'data' | 'databaseUrl'>, file: string): Promise<BackupReport> => {
  const { data, databaseUrl } = config
  if (databaseUrl) {
    const { db, close } = await openServer(databaseUrl)
    try {
      return await writeBackup({ db, data, file })
    } finally {
      await close()
    }
  }
  try {
    return await fromFolder(data, file)
  } catch (error) {
    if (toAppError(error).code !== 'data-in-use') throw error
    const report = await askBot(data, file)
    if (!report) throw error
    return report
  }
}

/** Returns what a person must know of a backup, a line each. */
export const renderBackup = ({ file, size, manifest }: BackupReport, options: { ownKeys: boolean }): string[] => [
  `${file}: ${(size / 1e6).toFixed(1)} MB, ${manifest.systems.length} ${manifest.systems.length === 1 ? 'system' : 'systems'}`,
  manifest.key
    ? 'It holds the key that seals tokens, and every secret of the systems: keep it as safe as these. Only you may read it (0600).'
    : 'It holds every secret of the systems: keep it as safe as these. Only you may read it (0600).',
  ...(options.ownKeys
    ? ['Tokens are sealed with AUTOCODER_KEYS, which is not in it: keep that apart, or workspaces must install again.']
    : []),
  ...(manifest.elsewhere.length > 0
    ? [
        'Not in it, back these databases up on their server (pg_dump):',
        ...manifest.elsewhere.map((database) => `  ${database}`),
      ]
    : []),
]
