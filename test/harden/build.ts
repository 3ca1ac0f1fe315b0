import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { parse } from 'yaml'
import type { Blueprint } from '../../pipeline/blueprint/blueprint.ts'
import { canonicalArchitecture, canonicalDeployment } from '../../pipeline/blueprint/canonical.ts'
import { planDeployment } from '../../pipeline/blueprint/deployment.ts'
import { emitComponent } from '../../pipeline/generate/emit.ts'
import { generate } from '../../pipeline/generate/stage.ts'
import { harden } from '../../pipeline/harden/stage.ts'
import { packageRelease } from '../../pipeline/package/stage.ts'
import type { StageContext } from '../../pipeline/stage.ts'
import type { Architecture } from '../../schemas/generated/architecture.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
export const pythonBin = join(root, '.venv/bin')

export const readFixture = (name: string): Architecture =>
  parse(readFileSync(join(root, `test/fixtures/blueprints/${name}.architecture.yaml`), 'utf8')) as Architecture

/** Returns the canonical blueprint of an architecture on SQLite. */
export const blueprintOf = (source: Architecture): Blueprint => {
  const architecture = canonicalArchitecture(source)
  const deployment = planDeployment(architecture, { engine: 'sqlite' })
  return { architecture: architecture.value, deployment: canonicalDeployment(deployment).value }
}

export const stageContext = (signal = new AbortController().signal): StageContext => ({
  signal,
  report: async () => undefined,
  log: pino({ level: process.env.LOG_LEVEL ?? 'silent' }),
})

/** Runs generate on a folder of the test's. */
export const generateIn = (folder: string, blueprint: Blueprint, buildNumber: number, context = stageContext()) => {
  const components = Object.keys(blueprint.architecture.components).map((name) => emitComponent(name, blueprint))
  return generate.run({ blueprint, components, repo: join(folder, 'repo.git'), buildNumber, pythonBin }, context)
}

/** Runs generate, harden and package on a folder of the test's, one after another, and returns what each gave. */
export const buildIn = async (folder: string, blueprint: Blueprint, buildNumber = 1, context = stageContext()) => {
  const repo = join(folder, 'repo.git')
  const generated = await generateIn(folder, blueprint, buildNumber, context)
  const { commit } = generated
  const hardened = await harden.run({ repo, commit, work: join(folder, 'work'), pythonBin, engine: 'sqlite' }, context)
  const packaging = () =>
    packageRelease.run(
      {
        repo,
        commit,
        releases: join(folder, 'releases'),
        system: 'system-1',
        name: blueprint.architecture.system.name,
        blueprint,
        evidence: hardened.evidence,
      },
      context,
    )
  return { repo, generated, hardened, packaging }
}

/** As buildIn without packaging: the checks that failed, with what they said. */
export const failedChecks = async (folder: string, blueprint: Blueprint, buildNumber = 1) => {
  const { hardened } = await buildIn(folder, blueprint, buildNumber)
  return hardened.evidence
    .filter(({ result }) => result === 'failed')
    .map(({ check, summary, detail }) => ({ check, summary, detail }))
}
