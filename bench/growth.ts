/**
 * How the work of a build grows with the system: `npm run bench:growth -- [--sizes 10,100,1000] [--rounds 3]`.
 *
 * Each size runs in a process of its own, cold, on the functions that the stages call. Goals: at most 11 times the time
 * for ten times the components, and less than 1 GB.
 */
import { execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { canonicalArchitecture } from '../pipeline/blueprint/canonical.ts'
import { checkBlueprint } from '../pipeline/blueprint/check.ts'
import { planDeployment } from '../pipeline/blueprint/deployment.ts'
import { emitComponent } from '../pipeline/generate/emit.ts'
import { readTree } from '../pipeline/generate/repository-objects.ts'
import { generate } from '../pipeline/generate/stage.ts'
import type { Check } from '../pipeline/harden/check.ts'
import { formatCheck } from '../pipeline/harden/format.ts'
import { lintCheck } from '../pipeline/harden/lint.ts'
import { typesCheck } from '../pipeline/harden/types.ts'
import { writeTree } from '../pipeline/tree-folder.ts'
import { readConfig } from '../schemas/config.ts'
import { watchMemory } from './memory.ts'
import { syntheticArchitecture } from './synthetic.ts'

const GOAL_RATIO = 11
const GOAL_MB = 1024
/** The work that the goal is about; the other lines show where its time goes. */
const COUNTED = ['generate', 'lint', 'type check']

type Times = { [work: string]: number }

const measure = async (components: number): Promise<Times> => {
  const { pythonBin } = readConfig(process.env)
  const work = await mkdtemp(join(tmpdir(), 'growth-'))
  const times: Times = {}
  const time = async <T>(name: string, run: () => T | Promise<T>): Promise<T> => {
    const from = performance.now()
    try {
      return await run()
    } finally {
      times[name] = performance.now() - from
    }
  }
  const { signal } = new AbortController()
  const log = pino({ level: 'silent' })
  try {
    const synthetic = syntheticArchitecture(components)
    const architecture = await time('plan', () => canonicalArchitecture(synthetic))
    const deployment = planDeployment(architecture, { engine: 'sqlite' })
    const blueprint = { architecture: architecture.value, deployment }
    const problems = await time('check blueprint', () => checkBlueprint(architecture.value, deployment))
    const wrong = problems.find(({ severity }) => severity === 'error')
    if (wrong) throw new Error(`the synthetic blueprint is wrong: ${wrong.message}`)
    const repo = join(work, 'repo.git')
    const begun = performance.now()
    const trees = await time('  its components', () =>
      Object.keys(architecture.value.components).map((name) => emitComponent(name, blueprint)),
    )
    let step = '  its components'
    let since = performance.now()
    const report = async (next: { step: string }) => {
      const now = performance.now()
      if (step !== '  its components') times[step] = now - since
      step = `  ${next.step.toLowerCase()}`
      since = now
    }
    const input = { blueprint, components: trees, repo, buildNumber: 1, pythonBin }
    const { commit } = await generate.run(input, { signal, report, log })
    times[step] = performance.now() - since
    times.generate = performance.now() - begun
    const folder = join(work, 'tree')
    await writeTree(folder, await readTree(repo, commit, { signal }))
    const context = { folder, scratch: work, cache: join(work, 'cache'), pythonBin, engine: 'sqlite' as const, signal }
    const check = async (name: string, { run }: Check) => {
      const finding = await time(name, () => run(context))
      if (finding.result !== 'passed') throw new Error(`${name}: ${finding.summary}\n${finding.detail ?? ''}`)
    }
    await check('layout', formatCheck)
    await check('lint', lintCheck)
    await check('type check', typesCheck)
    return times
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

const measureInProcess = async (components: number): Promise<{ times: Times; own: number; tree: number }> => {
  const child = fork(fileURLToPath(import.meta.url), ['--one', String(components)])
  const memory = watchMemory(child.pid ?? 0)
  let times: Times | undefined
  child.on('message', (message: Times) => {
    times = message
  })
  await once(child, 'exit')
  const { own, tree } = memory.stop()
  if (!times) throw new Error(`${components} components could not be measured`)
  return { times, own, tree }
}

const { values } = parseArgs({
  options: {
    one: { type: 'string' },
    sizes: { type: 'string', default: '10,100,1000' },
    rounds: { type: 'string', default: '3' },
  },
})

const main = async (): Promise<void> => {
  const sizes = values.sizes.split(',').map(Number)
  const best = new Map<number, { times: Times; own: number; tree: number }>()
  // Rounds outside, sizes inside: a machine that is busy for a while slows all sizes and not one of them.
  for (let round = 0; round < Number(values.rounds); round += 1)
    for (const size of sizes) {
      const now = await measureInProcess(size)
      const before = best.get(size)
      for (const [work, ms] of Object.entries(before?.times ?? {}))
        now.times[work] = Math.min(ms, now.times[work] ?? ms)
      best.set(size, {
        times: now.times,
        own: Math.max(now.own, before?.own ?? 0),
        tree: Math.max(now.tree, before?.tree ?? 0),
      })
    }
  const load = execFileSync('cat', ['/proc/loadavg'], { encoding: 'utf8' }).split(' ')[0]
  console.log(`Best of ${values.rounds} rounds, ms; the machine's load at the end was ${load}.\n`)
  console.log(
    `| work | ${sizes.join(' | ')} | ${sizes
      .slice(1)
      .map((size, n) => `${sizes[n]} -> ${size}`)
      .join(' | ')} |`,
  )
  console.log(
    `|---|${sizes.map(() => '---:|').join('')}${sizes
      .slice(1)
      .map(() => '---:|')
      .join('')}`,
  )
  let missed = 0
  for (const work of Object.keys(best.get(sizes[0] ?? 0)?.times ?? {})) {
    const times = sizes.map((size) => best.get(size)?.times[work] ?? Number.NaN)
    const ratios = times.slice(1).map((ms, n) => ms / (times[n] ?? ms))
    const goal = COUNTED.includes(work)
    if (goal) missed += ratios.filter((ratio) => ratio > GOAL_RATIO).length
    const mark = (ratio: number) => `${ratio.toFixed(1)}${goal && ratio > GOAL_RATIO ? ' (missed)' : ''}`
    console.log(
      `| ${work.replace(/^ {2}/, '- ')} | ${times.map((ms) => ms.toFixed(0)).join(' | ')} | ${ratios.map(mark).join(' | ')} |`,
    )
  }
  const peak = (kind: 'own' | 'tree') => sizes.map((size) => `${best.get(size)?.[kind].toFixed(0)} MB`).join(' | ')
  console.log(`| peak memory, Node | ${peak('own')} |`)
  console.log(`| peak memory, with the tools | ${peak('tree')} |`)
  if (sizes.some((size) => (best.get(size)?.tree ?? 0) > GOAL_MB)) missed += 1
  console.log(`\nGoals: at most ${GOAL_RATIO}x for ${COUNTED.join(', ')}; at most ${GOAL_MB} MB. Missed: ${missed}.`)
  process.exitCode = missed > 0 ? 1 : 0
}

if (values.one) {
  process.send?.(await measure(Number(values.one)))
  process.disconnect?.()
} else await main()
