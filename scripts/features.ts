/**
 * Writes the table of what every platform can do into README.md: the contract suite runs, and what passed stands there.
 *
 *   npm run features
 */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('..', import.meta.url))
const readme = join(root, 'README.md')
const begin = '<!-- features: written by npm run features -->'
const end = '<!-- /features -->'

type Result = { assertionResults: { ancestorTitles: string[]; title: string; status: string }[] }

const folder = await mkdtemp(join(tmpdir(), 'autocoder-features-'))
const file = join(folder, 'results.json')
try {
  const names = ['web', 'terminal', 'slack', 'discord'].map((name) => `test/contracts/adapter-${name}.test.ts`)
  await promisify(execFile)('vitest', ['run', '--reporter=json', `--outputFile=${file}`, ...names], { cwd: root })
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
const { testResults } = JSON.parse(await readFile(file, 'utf8')) as { testResults: Result[] }
await rm(folder, { recursive: true })

const platforms = new Map<string, Map<string, boolean>>()
for (const { ancestorTitles, title, status } of testResults.flatMap((result) => result.assertionResults)) {
  const platform = /^the adapter contract: (\w+)/.exec(ancestorTitles.join(' '))?.[1]
  if (!platform) continue
  const tests = platforms.get(platform) ?? new Map<string, boolean>()
  platforms.set(platform, tests)
  // Slack passes it twice: over Socket Mode and over HTTP.
  tests.set(title, status === 'passed' && (tests.get(title) ?? true))
}
const columns = [...platforms.keys()].sort()
const rows = [...new Set([...platforms.values()].flatMap((tests) => [...tests.keys()]))]
const mark = (passed: boolean | undefined): string => (passed === undefined ? '' : passed ? 'yes' : 'FAILS')
const table = [
  `| | ${columns.join(' | ')} |`,
  `|---|${columns.map(() => '---|').join('')}`,
  ...rows.map((row) => `| ${row} | ${columns.map((column) => mark(platforms.get(column)?.get(row))).join(' | ')} |`),
].join('\n')
const text = await readFile(readme, 'utf8')
const [head, rest = ''] = text.split(begin)
await writeFile(readme, `${head}${begin}\n${table}\n${end}${rest.split(end)[1] ?? ''}`)
console.log(table)
