import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { parseArchitecture } from '../../../pipeline/blueprint/parse.ts'
import {
  planChange,
  likeness as planLikeness,
  planSystem,
  readingsOf,
} from '../../../pipeline/blueprint/planner/plan.ts'
import type { PlanResult } from '../../../pipeline/blueprint/planner/result.ts'
import { createCompile, type Planner } from '../../../queue/compile.ts'
import type { Architecture, Field } from '../../../schemas/generated/architecture.ts'
import { createTestPipeline, type TestPipeline } from '../../queue/support/pipeline.ts'

const fixture = (name: string): Architecture => {
  const { value } = parseArchitecture(
    readFileSync(new URL(`../../fixtures/blueprints/${name}.architecture.yaml`, import.meta.url), 'utf8'),
  )
  if (!value) throw new Error(`the fixture ${name} does not parse`)
  return value
}

const draft = (architecture: Architecture): PlanResult => ({
  kind: 'draft',
  architecture,
  understood: ['what was said'],
  assumptions: ['Nobody sees the things of others.'],
  notCarried: [],
})

/** A planner that knows a few sentences; everything behind it is real. */
export const scriptedPlanner = {
  planSystem: (text: string, answers: Record<string, string> = {}): PlanResult => {
    if (/nonsense/.test(text))
      return { kind: 'refusal', text: 'I could not find a system in that.', help: 'Name what it should store.' }
    if (/ask me/.test(text) && !answers.who)
      return {
        kind: 'question',
        questions: [
          {
            id: 'who',
            text: 'Who may see the pets?',
            choices: [
              { label: 'Everyone', value: 'everyone' },
              { label: 'Only their owners', value: 'owners' },
            ],
          },
        ],
      }
    const architecture = fixture(/clinic|pets/.test(text) ? 'clinic' : 'todo')
    architecture.system.description = text
    if (text.includes('<') || text.includes('\u001b')) architecture.system.title = text.slice(0, 60)
    return draft(architecture)
  },
  planChange: (text: string, current: Architecture): PlanResult => {
    const architecture = structuredClone(current)
    const model = Object.entries(architecture.models).find(([name]) => name !== 'User')![1]
    const removed = /remove (\w+)/.exec(text)?.[1]
    if (removed) {
      delete model.fields[removed]
      for (const component of Object.values(architecture.components))
        for (const port of Object.values(component.ports))
          if ('list' in port && port.list)
            for (const key of ['filter', 'sort', 'search'] as const)
              port.list[key] = port.list[key].filter((field) => field !== removed)
    } else {
      const name = (/add (?:an? )?(\w+)/.exec(text)?.[1] ?? 'note').toLowerCase()
      model.fields[name] = { type: 'date', optional: true } satisfies Field
    }
    return draft(architecture)
  },
}

const likeness = (text: string): { newSystem: number; change: number } => ({
  newSystem: /^(?:build|make|create)\b|nonsense|ask me/i.test(text) ? 0.9 : 0,
  change: /^(?:add|remove|rename|let)\b/i.test(text) ? 0.9 : 0,
})

export const scriptedReader = { likeness, makesSystem: (text: string): boolean => likeness(text).newSystem > 0.5 }

/** The planner that people get, and how it reads what they say. */
export const realPlanner: Planner = { planSystem, planChange, readingsOf }
export const realReader = {
  likeness: planLikeness,
  makesSystem: (text: string): boolean => planSystem(text).kind !== 'refusal',
}

export type ScriptedPipeline = TestPipeline & { close: () => Promise<void> }

/** A pipeline whose compile stage is real but for the planner, and whose other stages take `pace` milliseconds. */
export const createScriptedPipeline = (
  data: string,
  options: { accounts?: boolean; planner?: Planner } = {},
): ScriptedPipeline => {
  const pipeline = createTestPipeline(data)
  const servers = new Map<string, Server>()
  const urls = new Map<string, string>()
  const { target, packageRelease, harden } = pipeline
  const serve = async (system: string): Promise<string> => {
    const known = urls.get(system)
    if (known) return known
    const server = createServer((_request, response) => response.end('{"status":"ok"}'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
    servers.set(system, server)
    urls.set(system, url)
    return url
  }
  return Object.assign(pipeline, {
    compile: createCompile(options.planner ?? scriptedPlanner, 'sqlite'),
    harden: async (input: Parameters<typeof harden>[0], context: Parameters<typeof harden>[1]) => {
      const steps = ['Formatting', 'Checking types', 'Running 84 tests', 'Booting it']
      for (const [index, step] of steps.entries()) {
        await context.report({ step, done: index, total: steps.length })
        await new Promise((resolve) => setTimeout(resolve, pipeline.pace / 4))
        context.signal.throwIfAborted()
      }
      return harden(input, context)
    },
    packageRelease: async (
      input: Parameters<typeof packageRelease>[0],
      context: Parameters<typeof packageRelease>[1],
    ) => {
      const { release } = await packageRelease(input, context)
      writeFileSync(join(release.folder, 'README.md'), '# A system\n')
      return { release: { ...release, accounts: options.accounts ?? true } }
    },
    target: {
      ...target,
      apply: async (release: Parameters<typeof target.apply>[0], context: Parameters<typeof target.apply>[1]) => ({
        ...(await target.apply(release, context)),
        url: await serve(release.system),
      }),
      rollback: async (
        release: Parameters<typeof target.rollback>[0],
        context: Parameters<typeof target.rollback>[1],
      ) => {
        await target.rollback(release, context)
        return { url: await serve(release.system) }
      },
      start: async (system: string, context: Parameters<typeof target.start>[1]) => {
        await target.start(system, context)
        return { url: await serve(system) }
      },
      logs: async () => ['started', 'GET /v1/todos 200'],
    },
    close: async () => {
      for (const server of servers.values()) await new Promise((resolve) => server.close(resolve))
    },
  })
}
