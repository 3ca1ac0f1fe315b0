/** `npm run restore -- FILE [--replace]`: puts what a backup holds in place. */
import { resolve } from 'node:path'
import { type RestoreReport, restoreBackup } from '../queue/backup/restore.ts'
import { readConfig } from '../schemas/config.ts'
import { printed } from '../schemas/errors.ts'

const usage = `Usage: npm run restore -- FILE [--replace]

Puts a backup into an empty data directory and database (AUTOCODER_DATA, DATABASE_URL). The bot must be stopped.
  --replace  what is there is put aside first, not deleted; its systems are stopped
`

const render = (report: RestoreReport): string[] => {
  if (report.outcome === 'finished-earlier')
    return [
      'An earlier restore had been interrupted when everything was decided: now it is finished.',
      'This one was not begun. Run: npm start',
    ]
  const { manifest, aside } = report
  return [
    `Restored what was backed up at ${manifest.madeAt}: ${manifest.systems.length} ${manifest.systems.length === 1 ? 'system' : 'systems'}.`,
    ...(manifest.key ? ['The key that seals tokens came with it.'] : []),
    ...(aside.folder ? [`What was in the data directory is in ${aside.folder}`] : []),
    ...(aside.schema ? [`What was in the database is in its schema ${aside.schema}`] : []),
    ...(manifest.elsewhere.length > 0
      ? [
          'These databases are not part of a backup; restore them on their server (pg_restore) before the start:',
          ...manifest.elsewhere.map((database) => `  ${database}`),
        ]
      : []),
    'Run: npm start',
  ]
}

const main = async (): Promise<number> => {
  const args = process.argv.slice(2)
  const files = args.filter((word) => !word.startsWith('-'))
  const options = args.filter((word) => word.startsWith('-'))
  if (options.some((word) => word === '--help' || word === '-h')) {
    process.stdout.write(usage)
    return 0
  }
  if (files.length !== 1 || options.some((word) => word !== '--replace')) {
    process.stderr.write(usage)
    return 2
  }
  try {
    const { data, databaseUrl } = readConfig(process.env)
    const file = resolve(process.env.INIT_CWD ?? '.', files[0]!)
    const report = await restoreBackup({ file, data, databaseUrl, replace: options.length > 0 })
    process.stdout.write(`${render(report).join('\n')}\n`)
    return 0
  } catch (error) {
    process.stderr.write(printed(error))
    return 1
  }
}

process.exitCode = await main()
