import type { Find, Requirement, Step } from '../../schemas/generated/architecture.ts'
import { isRpc } from './emit-context.ts'
import { portsOf, row, use } from './emit-draft.ts'
import { identifier } from './emit-names.ts'
import {
  type Body,
  nameRow,
  pythonValue,
  queryOf,
  writeRequirements,
  writerOf,
  writeSteps,
  writesOf,
} from './emit-steps.ts'

/** What happens when something is asked for, has happened, or is due. */
export type Handling = { find?: { [name: string]: Find }; require?: Requirement[]; do?: Step[] }

/**
 * Writes the lines of a handler into a body: rows are found (and locked, where they are written), what is required is
 * asked, the steps are done. `own` is the model that the port is about, whose rows are reached within the caller's scope: those
 * that are found by their id, and the one that is answered (`shown`), however it is found.
 */
export const writeHandling = (body: Body, handling: Handling, own?: Own): void => {
  const written = writesOf(handling.do)
  const finds = Object.entries(handling.find ?? {})
  const later = finds.filter(([name, { id }]) => id !== undefined && written.has(name))
  // Two that lock the same rows in another order would wait for each other.
  const together = later.length > 1 ? new Set(later.map(([name]) => name)) : new Set<string>()
  for (const [name, find] of finds) writeFind(body, name, find, written.has(name) && !together.has(name), own)
  if (together.size) {
    use(body.draft, 'runtime.locks', 'lock_rows')
    body.lines.push(`await lock_rows(call.session, ${[...together].map((name) => body.bind[name]).join(', ')})`)
  }
  writeRequirements(body, handling.require)
  writeSteps(body, handling.do ?? [])
}

type Own = { model: string; store: string; shown?: string }

const writeFind = (body: Body, name: string, find: Find, lock: boolean, own: Own | undefined) => {
  const { model, id, where, optional } = find
  const among = where === undefined ? [] : [queryOf(body, where, name, model)]
  const options = lock ? ['lock=True'] : []
  const key = id === undefined ? undefined : pythonValue(body, id)
  const variable = nameRow(body, name, model, optional)
  if (key === undefined) {
    const method = optional ? 'first' : 'one'
    const isShown = own?.model === model && own.shown === name
    const [store, call] = isShown ? [own.store, 'call'] : [writerOf(body, model), body.inside]
    body.lines.push(`${variable} = await ${store}.${method}(${[call, ...among, ...options].join(', ')})`)
    return
  }
  const reached = reachOf(body, model, own)
  const method = optional ? 'maybe' : 'find'
  const annotation = reached.typed ? '' : `: ${row(body.draft, model)}${optional ? ' | None' : ''}`
  body.lines.push(
    `${variable}${annotation} = await ${reached.port}.${method}(${[reached.call, key, ...among, ...options].join(', ')})`,
  )
}

/** Where a row is found by its id: what the caller may see where the component has a way to ask, else what is stored. */
const reachOf = (body: Body, model: string, own: Own | undefined) => {
  if (own?.model === model) return { port: own.store, call: 'call', typed: true }
  const seen = portsOf(body.draft.context, body.draft.name).find(
    ([, port]) => isRpc(port) && port.dir === 'out' && port.crud === model,
  )
  if (seen) return { port: `self.${identifier(seen[0])}`, call: 'call', typed: false }
  return { port: writerOf(body, model), call: body.inside, typed: true }
}
