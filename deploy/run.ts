import type { DeployContext, Step } from './target.ts'

/** How one action of a plan is done, and how what a failed one began is undone. `State` is what the steps hand on. */
export type Handler<State> = {
  run: (step: Step, state: State, context: DeployContext) => Promise<void>
  /** Must be safe to call when `run` did nothing, or half of it. */
  undo?: (step: Step, state: State) => Promise<void>
}

/**
 * Runs the steps of a plan in order and reports each one's title before it begins.
 * When one fails or the signal aborts, what was begun is undone, last step first, and the first error is thrown;
 * an undo that fails is logged and does not keep the others from running.
 */
export const runSteps = async <State>(
  steps: Step[],
  handlers: { [action: string]: Handler<State> },
  state: State,
  context: DeployContext,
): Promise<void> => {
  const begun: Step[] = []
  try {
    for (const step of steps) {
      context.signal.throwIfAborted()
      const handler = handlers[step.action]
      if (!handler) throw new Error(`no handler for the step ${step.action}`)
      await context.report(step.title)
      begun.push(step)
      const from = performance.now()
      await handler.run(step, state, context)
      context.log.debug({ step: step.action, ms: Math.round(performance.now() - from) }, 'deploy step done')
    }
  } catch (error) {
    for (const step of begun.reverse()) {
      const undo = handlers[step.action]?.undo
      await undo?.(step, state).catch((cause: unknown) => {
        context.log.warn({ step: step.action, err: cause }, 'a deploy step could not be undone')
      })
    }
    // A closed connection is how an abort shows inside a step; the reason is the abort.
    context.signal.throwIfAborted()
    throw error
  }
}
