import type { Logger } from 'pino'
import { createLocalTarget } from '../deploy/local/target.ts'
import type { Blueprint } from '../pipeline/blueprint/blueprint.ts'
import { parseArchitecture, parseDeployment } from '../pipeline/blueprint/parse.ts'
import { planChange, planSystem, readingsOf } from '../pipeline/blueprint/planner/plan.ts'
import { emitComponent } from '../pipeline/generate/emit.ts'
import { generate } from '../pipeline/generate/stage.ts'
import { harden } from '../pipeline/harden/stage.ts'
import { packageRelease } from '../pipeline/package/stage.ts'
import type { Config } from '../schemas/config.ts'
import { AppError } from '../schemas/errors.ts'
import { createCompile } from './compile.ts'
import type { BlueprintText, Pipeline } from './pipeline-contract.ts'

/** Stored blueprints are ours and may be of any size. */
const trusted = { maxBytes: Number.POSITIVE_INFINITY, maxSigns: Number.POSITIVE_INFINITY }

/** Returns the real stages, bound to this machine. */
export const createPipeline = ({ config, log }: { config: Config; log: Logger }): Pipeline => {
  const { pythonBin } = config
  const read = rememberLast(toBlueprint)
  return {
    compile: createCompile(
      { planSystem, planChange, readingsOf },
      config.systemsDatabaseUrl ? 'postgres' : 'sqlite',
      config.systemsRedisUrl !== undefined,
    ),
    emitComponent: (component, blueprint) => emitComponent(component, read(blueprint)),
    generate: (input, context) => generate.run({ ...input, blueprint: read(input.blueprint), pythonBin }, context),
    harden: (input, context) => harden.run({ ...input, pythonBin, engine: 'sqlite' }, context),
    packageRelease: (input, context) => packageRelease.run({ ...input, blueprint: read(input.blueprint) }, context),
    target: createLocalTarget({
      data: config.data,
      systemsHost: config.systemsHost,
      publicHost: config.systemsPublicHost,
      systemsDatabaseUrl: config.systemsDatabaseUrl,
      systemsRedisUrl: config.systemsRedisUrl,
      pythonBin,
      log,
    }),
  }
}

const toBlueprint = ({ architecture, deployment }: BlueprintText): Blueprint => {
  const [first, second] = [parseArchitecture(architecture, trusted), parseDeployment(deployment, trusted)]
  const problem = [...first.diagnostics, ...second.diagnostics][0]
  if (!first.value || !second.value)
    throw new AppError('blueprint-invalid', `The stored blueprint cannot be read: ${problem?.message}`, {
      help: problem?.help,
    })
  return { architecture: first.value, deployment: second.value }
}

/** A build asks for the same blueprint once a component; parsing it anew would make a large system's build quadratic. */
const rememberLast = (parse: (text: BlueprintText) => Blueprint): ((text: BlueprintText) => Blueprint) => {
  let last: { text: BlueprintText; blueprint: Blueprint } | undefined
  return (text) => {
    if (last?.text.architecture !== text.architecture || last.text.deployment !== text.deployment)
      last = { text, blueprint: parse(text) }
    return last.blueprint
  }
}
