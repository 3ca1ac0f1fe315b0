import type { DeployTarget, Release } from '../deploy/target.ts'
import type { FileTree } from '../pipeline/file-tree.ts'
import type { StageContext } from '../pipeline/stage.ts'
import type { Diagnostic } from '../schemas/diagnostic.ts'
import type { Evidence } from '../schemas/generated/evidence.ts'

/** A blueprint as the store keeps it: canonical YAML. */
export type BlueprintText = { architecture: string; deployment: string }

export type CompileInput = {
  text: string
  answers: Record<string, string>
  /** The revision that a change is drafted on; absent for a new system. */
  base?: BlueprintText
  /** What the base's card names as left out, where nobody approved it yet. */
  lost?: string[]
  /** Makes a system of its own out of the base; the text is its title. */
  fork?: boolean
}

export type CompileOutput =
  | {
      kind: 'proposal'
      /** Name of the system in lower-case letters, digits and hyphens, and as people read it. */
      slug: string
      title: string
      blueprint: BlueprintText
      digest: string
      components: string[]
      /** What the blueprint card shows; see RevisionCard. */
      card: unknown
      picture: { svg: string; png: Uint8Array }
    }
  | { kind: 'question'; questions: unknown[] }
  /** `already`: all of it is so in the base. */
  | { kind: 'refusal'; text: string; help: string; already?: true }
  /** The planner's blueprint did not pass the checks. */
  | { kind: 'invalid'; diagnostics: Diagnostic[] }

/**
 * What the workers call. queue/pipeline.ts binds the real stages; whoever tests the queue gives others. Every function
 * can run again after it died half-way, and stops when its signal aborts.
 */
export type Pipeline = {
  compile: (input: CompileInput, context: StageContext) => Promise<CompileOutput>
  /** Pure and fast. */
  emitComponent: (component: string, blueprint: BlueprintText) => FileTree
  generate: (
    input: { blueprint: BlueprintText; components: FileTree[]; repo: string; buildNumber: number },
    context: StageContext,
  ) => Promise<{ commit: string; files: number; conflicts: string[] }>
  /** `work` is a scratch folder that exists, is empty and goes afterwards. */
  harden: (
    input: { repo: string; commit: string; work: string },
    context: StageContext,
  ) => Promise<{ digest: string; passed: boolean; evidence: Evidence[] }>
  packageRelease: (
    input: {
      repo: string
      commit: string
      releases: string
      system: string
      name: string
      blueprint: BlueprintText
      evidence: Evidence[]
    },
    context: StageContext,
  ) => Promise<{ release: Release }>
  target: DeployTarget
}
