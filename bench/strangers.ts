/**
 * Prints the cards of requests that strangers wrote, to be scored by a person: `node bench/strangers.ts [seen|held] [--build]`.
 * With `--build` every request is built with all its checks instead, one line each; exits with 1 where one does not build.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const script = fileURLToPath(new URL('../test/harden/try.ts', import.meta.url))
const [set = 'seen'] = process.argv.slice(2).filter((word) => !word.startsWith('--'))
if (set !== 'seen' && set !== 'held') {
  console.error(`There are two sets of requests, seen and held, and no “${set}”: node bench/strangers.ts held --build`)
  process.exit(2)
}
const builds = process.argv.includes('--build')
const conversations = readFileSync(new URL(`./strangers/${set}.txt`, import.meta.url), 'utf8')
  .split(/\n\s*\n/)
  .map((block) => block.trim().split('\n'))
  .filter(([request]) => request !== '')

/** Prints what became of one message or several, and returns whether all of it was built. */
const tried = async (said: readonly string[], dry: boolean): Promise<{ printed: string; good: boolean }> => {
  const folder = mkdtempSync(join(tmpdir(), 'autocoder-strangers-'))
  const words = [script, '--keep', folder, ...(dry ? ['--dry'] : []), ...said]
  return run(process.execPath, words, { maxBuffer: 2 ** 26 })
    .then(
      ({ stdout }) => ({ printed: stdout, good: true }),
      ({ stdout, stderr }: { stdout: string; stderr: string }) => ({ printed: `${stdout}${stderr}`, good: false }),
    )
    .finally(() => rmSync(folder, { recursive: true, force: true }))
}

let built = 0
for (const [index, messages] of conversations.entries()) {
  const said = messages.map((line) => line.replace(/^\+ /, ''))
  const { printed, good } = await tried(builds ? said.slice(0, 1) : said, !builds)
  if (!builds) console.log(printed)
  else {
    built += Number(good)
    const checks = printed.split('\n').filter((line) => line.startsWith('check'))
    console.log(`${index + 1}: ${good ? 'built' : 'NOT BUILT'}, ${checks.at(-1) ?? printed.slice(-300)}`)
  }
}
if (builds) {
  console.log(`${built} of ${conversations.length} built`)
  process.exitCode = built === conversations.length ? 0 : 1
}
