import { blueprintDigest, canonicalArchitecture, canonicalDeployment } from '../pipeline/blueprint/canonical.ts'
import { checkBlueprint } from '../pipeline/blueprint/check.ts'
import { readContract } from '../pipeline/blueprint/contract/document.ts'
import { draftContract } from '../pipeline/blueprint/contract/draft.ts'
import { splitContract } from '../pipeline/blueprint/contract/text.ts'
import { planDeployment } from '../pipeline/blueprint/deployment.ts'
import { describeArchitecture } from '../pipeline/blueprint/describe.ts'
import { type Change, diffArchitecture } from '../pipeline/blueprint/diff.ts'
import { drawArchitecture } from '../pipeline/blueprint/draw.ts'
import { parseArchitecture } from '../pipeline/blueprint/parse.ts'
import type { Reading } from '../pipeline/blueprint/planner/one-by-one.ts'
import type { Draft, PlanResult } from '../pipeline/blueprint/planner/result.ts'
import { stillLost } from '../pipeline/blueprint/planner/still-lost.ts'
import { AppError } from '../schemas/errors.ts'
import type { Architecture } from '../schemas/generated/architecture.ts'
import type { BlueprintText, CompileInput, CompileOutput } from './pipeline-contract.ts'

/** What a revision's `card` column holds: everything that its card shows and that cannot be had from its files. */
export type RevisionCard = {
  understood: string[]
  assumptions: string[]
  notCarried: string[]
  /** What came of each sentence of the message; empty where it was one, absent in revisions from before it was kept. */
  readings?: Reading[]
  /** Against the revision it was drafted on; empty for a new system. */
  changes: Change[]
  description: ReturnType<typeof describeArchitecture>
  /** The picture in words. */
  alt: string
  /** Of the picture, in CSS pixels. Absent in revisions that were drawn before it was kept. */
  size?: { width: number; height: number }
}

export type Planner = {
  planSystem: (text: string, answers?: Record<string, string>) => PlanResult
  planChange: (text: string, current: Architecture, answers?: Record<string, string>) => PlanResult
  /** What came of each sentence, where a planner can tell. */
  readingsOf?: (text: string, plan: Draft, current?: Architecture, answers?: Record<string, string>) => Reading[]
}

/** Returns the compile stage: wish -> planner -> canonical, checked, compared, described and drawn blueprint. */
export const createCompile =
  (planner: Planner, engine: 'sqlite' | 'postgres', redis = false) =>
  async ({ text, answers, base, lost = [], fork }: CompileInput): Promise<CompileOutput> => {
    const stored = base && readStored(base)
    // A fork stands beside what it came from: nothing of it is a change.
    const current = fork ? undefined : stored
    const sent = splitContract(text)
    const plan =
      stored && fork
        ? forked(stored, text)
        : sent
          ? await planContract(sent.contract)
          : current
            ? planner.planChange(text, current, answers)
            : planner.planSystem(text, answers)
    if (plan.kind !== 'draft') return plan
    const architecture = canonicalArchitecture(plan.architecture)
    const deployment = canonicalDeployment(planDeployment(architecture, { engine, redis }))
    const diagnostics = checkBlueprint(architecture.value, deployment.value)
    if (diagnostics.some((diagnostic) => diagnostic.severity === 'error')) return { kind: 'invalid', diagnostics }
    const { alt, width, height, ...picture } = await drawArchitecture(architecture.value)
    const card: RevisionCard = {
      understood: plan.understood,
      assumptions: plan.assumptions,
      notCarried: [...new Set([...plan.notCarried, ...stillLost(lost, text)])],
      readings: fork || sent ? [] : (planner.readingsOf?.(text, plan, current, answers) ?? []),
      changes: current ? diffArchitecture(current, architecture.value) : [],
      description: describeArchitecture(architecture.value),
      alt,
      size: { width: Math.round(width), height: Math.round(height) },
    }
    const { name, title } = architecture.value.system
    return {
      kind: 'proposal',
      slug: name,
      title: title ?? name,
      blueprint: { architecture: architecture.yaml, deployment: deployment.yaml },
      digest: blueprintDigest(architecture, deployment),
      components: Object.keys(architecture.value.components),
      card,
      picture,
    }
  }

/** The longest name of a system that leaves room for a number behind it; see schemas/architecture. */
const NAME = 30

const nameFrom = (title: string): string => {
  const name = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, NAME)
    .replace(/^[^a-z]+|-+$/g, '')
  return name || 'copy'
}

/** The same system under another name. */
const forked = (from: Architecture, title: string): PlanResult => ({
  kind: 'draft',
  architecture: { ...from, system: { ...from.system, name: nameFrom(title), title } },
  understood: [`The same as ${from.system.title ?? from.system.name}, with rows of its own.`],
  assumptions: [],
  notCarried: [],
})

/** A blueprint that serves an OpenAPI file, or what is wrong with the file. */
const planContract = async (text: string): Promise<PlanResult> => {
  const contract = await readContract(text)
  return 'problem' in contract
    ? { kind: 'refusal', text: contract.problem, help: contract.help }
    : draftContract(contract, text)
}

const readStored = (base: BlueprintText): Architecture => {
  const { value, diagnostics } = parseArchitecture(base.architecture)
  if (!value)
    throw new AppError('internal', `a stored revision does not parse: ${diagnostics[0]?.message ?? 'no reason given'}`)
  return value
}
