import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Handler, runSteps } from '../../deploy/run.ts'
import type { Step } from '../../deploy/target.ts'
import { makeContext } from './stand-in.ts'

type Trace = { done: string[]; undone: string[] }
const steps = (count: number): Step[] =>
  Array.from({ length: count }, (_, number) => ({ action: `s${number}`, title: `Step ${number}` }))

const handlersFor = (count: number, failing: number): { [action: string]: Handler<Trace> } =>
  Object.fromEntries(
    steps(count).map((step, number) => [
      step.action,
      {
        run: async (_, trace) => {
          if (number === failing) throw new Error(`failed at ${number}`)
          trace.done.push(step.action)
        },
        // every second one cannot be undone, which must not keep the others from being undone
        undo: async (_, trace) => {
          trace.undone.push(step.action)
          if (number % 2) throw new Error('cannot be undone')
        },
      } satisfies Handler<Trace>,
    ]),
  )

test('undoes what was begun, last first, and throws the first error when any step fails', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 8 }), fc.nat(7), async (count, where) => {
      const failing = where % count
      const trace: Trace = { done: [], undone: [] }
      const context = makeContext()
      await expect(runSteps(steps(count), handlersFor(count, failing), trace, context)).rejects.toThrow(
        `failed at ${failing}`,
      )
      const begun = steps(failing + 1)
      expect(context.steps).toEqual(begun.map((step) => step.title))
      expect(trace.undone).toEqual(begun.map((step) => step.action).reverse())
    }),
  )
})

test('undoes nothing when every step succeeds', async () => {
  const trace: Trace = { done: [], undone: [] }
  await runSteps(steps(4), handlersFor(4, -1), trace, makeContext())
  expect(trace).toEqual({ done: ['s0', 's1', 's2', 's3'], undone: [] })
})

test('throws the reason of the abort and undoes when it is aborted inside a step', async () => {
  const controller = new AbortController()
  const trace: Trace = { done: [], undone: [] }
  const handlers = handlersFor(3, -1)
  handlers.s1 = {
    run: async () => {
      controller.abort(new Error('cancelled'))
      throw new Error('connection closed')
    },
  }
  await expect(runSteps(steps(3), handlers, trace, makeContext(controller.signal))).rejects.toThrow('cancelled')
  expect(trace).toEqual({ done: ['s0'], undone: ['s0'] })
})

test('throws when a plan holds a step that nobody can do', async () => {
  await expect(runSteps(steps(1), {}, {}, makeContext())).rejects.toThrow('no handler for the step s0')
})
