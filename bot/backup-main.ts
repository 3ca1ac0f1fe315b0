/** `npm run backup [-- FILE]`: writes everything that the bot knows and made into one archive. */
import { resolve } from 'node:path'
import { readConfig } from '../schemas/config.ts'
import { printed } from '../schemas/errors.ts'
import { renderBackup, takeBackup } from './backup.ts'

const usage = `Usage: npm run backup [-- FILE]

Writes the bot's database, the key, and the systems with their code, secrets and rows into FILE; without it, into
autocoder-<time>.tar.gz in this folder. The bot may go on meanwhile. No file is overwritten.
`

const main = async (): Promise<number> => {
  const args = process.argv.slice(2)
  const [said] = args
  if (said === '--help' || said === '-h') {
    process.stdout.write(usage)
    return 0
  }
  if (args.length > 1 || said?.startsWith('-')) {
    process.stderr.write(usage)
    return 2
  }
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
  // npm runs scripts in the project's folder and says where the person is.
  const file = resolve(process.env.INIT_CWD ?? '.', said ?? `autocoder-${stamp}.tar.gz`)
  try {
    const config = readConfig(process.env)
    const report = await takeBackup(config, file)
    process.stdout.write(`${renderBackup(report, { ownKeys: config.keys.length > 0 }).join('\n')}\n`)
    return 0
  } catch (error) {
    process.stderr.write(printed(error))
    return 1
  }
}

process.exitCode = await main()
