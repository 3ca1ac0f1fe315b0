import type { Logger } from 'pino'

/** What a stage is given besides its input. */
export type StageContext = {
  /** Aborts when the build is cancelled or the worker shuts down; every stage and child process obeys it. */
  signal: AbortSignal
  /** Tells the thread how far the stage is. Steps are in plain words: "Checking types". */
  report: (progress: { step: string; done?: number; total?: number }) => Promise<void>
  log: Logger
}

/** A stage is idempotent and cancellable, and knows nothing of chat or queue. */
export type Stage<Input, Output> = {
  name: 'compile' | 'generate' | 'harden' | 'package' | 'deploy'
  run: (input: Input, context: StageContext) => Promise<Output>
}

export const defineStage = <Input, Output>(stage: Stage<Input, Output>): Stage<Input, Output> => stage
