/**
 * Builds what a conversation asks for, with all checks and without a bot: `node test/harden/try.ts "request" ["change" ...]`.
 * Prints what was understood and what was not, the checks that failed, and where the code is. `--keep DIR` names the folder.
 */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { canonicalArchitecture } from '../../pipeline/blueprint/canonical.ts'
import { checkBlueprint } from '../../pipeline/blueprint/check.ts'
import { describeArchitecture } from '../../pipeline/blueprint/describe.ts'
import { planChange, planSystem } from '../../pipeline/blueprint/planner/plan.ts'
import type { Architecture } from '../../schemas/generated/architecture.ts'
import { blueprintOf, buildIn } from './build.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { keep: { type: 'string' }, dry: { type: 'boolean', default: false } },
})
const folder = values.keep ?? (await mkdtemp(join(tmpdir(), 'autocoder-try-')))
let current: Architecture | undefined
let failed = false
for (const [index, said] of positionals.entries()) {
  const plan = current ? planChange(said, current) : planSystem(said)
  console.log(`\n> ${said}`)
  if (plan.kind !== 'draft') {
    console.log(JSON.stringify(plan, null, 2))
    failed = true
    break
  }
  current = canonicalArchitecture(plan.architecture).value
  const { stores, people, rules } = describeArchitecture(current)
  for (const [title, lines] of Object.entries({
    stores,
    people,
    rules,
    assumed: plan.assumptions,
    lost: plan.notCarried,
  }))
    for (const line of lines) console.log(`${title.padEnd(8)} ${line}`)
  const wrong = checkBlueprint(current)
  for (const { code, message, location } of wrong) console.log(`WRONG    ${code} ${location?.pointer}: ${message}`)
  failed ||= wrong.length > 0
  if (values.dry || wrong.length > 0) continue
  const built = await buildIn(folder, blueprintOf(current), index + 1).catch((error: Error) =>
    console.log(`FAILED   ${error.message}\n${JSON.stringify(error).slice(0, 4000)}`),
  )
  if (!built) {
    failed = true
    break
  }
  const { hardened } = built
  for (const { check, result, summary, detail } of hardened.evidence) {
    console.log(`check    ${check}: ${summary}`)
    if (result !== 'passed') console.log((detail ?? '').slice(-6000))
  }
  failed ||= !hardened.passed
}
console.log(`\ncode     ${folder}`)
process.exitCode = failed ? 1 : 0
