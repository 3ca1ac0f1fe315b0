import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DeployTarget, Release } from '../../../deploy/target.ts'
import type { Pipeline } from '../../../queue/pipeline-contract.ts'
import { AppError } from '../../../schemas/errors.ts'

/** What a test may change while the pipeline runs. */
export type TestPipeline = Pipeline & {
  /** Milliseconds that each stage takes. */
  pace: number
  /** Called at the start of every stage of a build; what it throws, the stage throws. */
  onStage: (stage: string, repo: string) => Promise<void> | void
}

/** `died`: it should serve and does not. */
type Serving = { release: string | null; serving: boolean; died?: boolean }

/**
 * A small pipeline whose stages read and write real files, take a moment, obey their signal and can run again. What it
 * deploys is a line in <data>/deployed, so a test sees every deployment that ever happened.
 */
export const createTestPipeline = (data: string): TestPipeline => {
  const pass = async (stage: string, repo: string, signal: AbortSignal) => {
    await pipeline.onStage(stage, repo)
    await sleep(pipeline.pace, undefined, { signal })
  }
  const pipeline: TestPipeline = {
    pace: 5,
    onStage: () => undefined,
    compile: async ({ text, answers, base }) => {
      if (text.includes('boom')) throw new Error('the planner fell over at /secret/path')
      if (text.includes('refuse')) return { kind: 'refusal', text: 'No.', help: 'Ask for something else.' }
      if (text.includes('ask') && !answers.colour)
        return { kind: 'question', questions: [{ id: 'colour', text: 'Which?' }] }
      const title = text.split(' ')[0] ?? 'x'
      return {
        kind: 'proposal',
        slug: title.toLowerCase(),
        title,
        blueprint: { architecture: `text: ${text}\nbase: ${base?.architecture.length ?? 0}\n`, deployment: 'local\n' },
        digest: `digest of ${text}`,
        components: ['alpha', 'beta', 'gamma'],
        card: { understood: [text, ...Object.values(answers)] },
        picture: { svg: '<svg/>', png: new Uint8Array([1, 2, 3]) },
      }
    },
    emitComponent: (component, blueprint) => new Map([[`app/components/${component}.py`, blueprint.architecture]]),
    generate: async ({ components, repo, buildNumber }, { signal, report }) => {
      await report({ step: 'Writing files', done: 0, total: components.length })
      await pass('generate', repo, signal)
      mkdirSync(repo, { recursive: true })
      writeFileSync(join(repo, 'files'), JSON.stringify(components.flatMap((tree) => [...tree.keys()])))
      return { commit: `commit-${buildNumber}`, files: components.length, conflicts: [] }
    },
    harden: async ({ repo, work }, { signal, report }) => {
      await report({ step: 'Checking' })
      writeFileSync(join(work, 'scratch'), 'x')
      await pass('harden', repo, signal)
      const passed = !readFileSync(join(repo, 'files'), 'utf8').includes('broken')
      const record = { tool: 'test', version: '1', digest: 'sha256:0', seconds: 0.1 }
      return {
        digest: 'sha256:0',
        passed,
        evidence: [
          { ...record, check: 'lint', result: 'passed', summary: 'clean' },
          {
            ...record,
            check: 'tests',
            result: passed ? 'passed' : 'failed',
            summary: passed ? '3 passed' : '1 failed',
          },
        ],
      }
    },
    packageRelease: async ({ repo, commit, releases, system, name }, { signal }) => {
      await pass('package', repo, signal)
      const release: Release = {
        system,
        name,
        digest: `sha256:${commit}`,
        folder: join(releases, commit),
        engine: 'sqlite',
        accounts: false,
      }
      mkdirSync(release.folder, { recursive: true })
      return { release }
    },
    target: createTestTarget(data, pass),
  }
  return pipeline
}

/** The path of the file that holds what serves a system. */
const servingFile = (data: string, system: string): string => join(data, 'systems', system, 'serving.json')

/** Returns every deployment that ever happened: `<system> <digest>`. */
export const deploymentsIn = (data: string): string[] => {
  try {
    return readFileSync(join(data, 'deployed'), 'utf8').trim().split('\n').filter(Boolean)
  } catch {
    return []
  }
}

export const servingIn = (data: string, system: string): Serving => {
  try {
    return JSON.parse(readFileSync(servingFile(data, system), 'utf8')) as Serving
  } catch {
    return { release: null, serving: false }
  }
}

/** Ends what serves, as a killed supervisor would. */
export const letDie = (data: string, system: string): void =>
  writeFileSync(servingFile(data, system), JSON.stringify({ ...servingIn(data, system), serving: false, died: true }))

const createTestTarget = (
  data: string,
  pass: (stage: string, repo: string, signal: AbortSignal) => Promise<void>,
): DeployTarget => {
  const write = (system: string, serving: Serving) => {
    mkdirSync(join(data, 'systems', system), { recursive: true })
    writeFileSync(servingFile(data, system), JSON.stringify(serving))
  }
  const url = (system: string) => `http://127.0.0.1/${system}`
  const serve = (release: Release) => {
    const before = servingIn(data, release.system)
    // As the contract says: a repeated apply of what serves changes nothing.
    if (!before.serving || before.release !== release.digest) {
      appendFileSync(join(data, 'deployed'), `${release.system} ${release.digest}\n`)
      write(release.system, { release: release.digest, serving: true })
    }
    return { url: url(release.system) }
  }
  return {
    name: 'local',
    plan: async () => [],
    apply: async (release, { signal }) => {
      await pass('deploy', release.folder, signal)
      return { ...serve(release), setupTokenFile: undefined }
    },
    probe: async (system) => servingIn(data, system).serving,
    status: async (system) => {
      const { release, serving } = servingIn(data, system)
      return {
        state: serving ? 'running' : 'stopped',
        url: url(system),
        release: release ?? undefined,
        uptime: 1,
        restarts: 0,
        ready: serving,
        usage: serving ? { memory: 96 * 1024 * 1024, processor: 41 } : undefined,
        detail: '',
      }
    },
    logs: async () => [],
    rollback: async (release) => serve(release),
    stop: async (system) => write(system, { ...servingIn(data, system), serving: false }),
    start: async (system) => {
      const { release } = servingIn(data, system)
      if (!release) throw new AppError('deploy-absent', 'Nothing to start')
      write(system, { release, serving: true })
      return { url: url(system) }
    },
    ensure: async () => {
      const systems = join(data, 'systems')
      const dead = (existsSync(systems) ? readdirSync(systems) : []).filter((system) => servingIn(data, system).died)
      for (const system of dead) write(system, { release: servingIn(data, system).release, serving: true })
      return new Map(dead.map((system) => [system, url(system)]))
    },
    remove: async (system, { purge }) =>
      write(system, { release: purge ? null : servingIn(data, system).release, serving: false }),
  }
}
