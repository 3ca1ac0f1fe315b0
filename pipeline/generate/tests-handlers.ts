import type { Find, RpcPort, Operation as Shape } from '../../schemas/generated/architecture.ts'
import { own, refOf, toSnake } from '../blueprint/names.ts'
import { isHandler, isOpen, type Operation, operationsOf } from '../blueprint/operations.ts'
import { handlerScope, scopeAfter } from '../blueprint/scopes.ts'
import type { Cast } from './tests-cast.ts'
import { type Actor, argument, limitsOf, makeFor } from './tests-limits.ts'
import { fn, usedNames } from './tests-scene.ts'
import { type Demand, inputValue, meet, type Stage, type Values } from './tests-situations.ts'
import { breaksNothing, isSafe } from './tests-steps.ts'
import { literal } from './tests-values.ts'

/** Returns tests/test_handlers.py: what handlers answer, and what they refuse; undefined where none can be set up. */
export const emitHandlerTests = (cast: Cast): string | undefined => {
  const tests = operationsOf(cast.architecture)
    .filter(({ kind }) => kind === 'handler')
    .flatMap((operation) => handlerTests(cast, operation))
  if (tests.length === 0) return undefined
  const body = tests.join('\n\n')
  const factories = usedNames(body, cast.factories)
  const helpers = usedNames(body, new Set(['NOBODY', 'Person', 'World', 'problem', 'soon', 'soon_day']))
  return `"""The handlers: what they answer, and what they refuse."""

${factories.length ? `from tests.factories import ${factories.join(', ')}\n` : ''}from tests.world import ${helpers.join(', ')}


${body}`
}

/** A handler that can be set up: which rows there are, and where the request speaks of them. */
type Setting = {
  cast: Cast
  operation: Operation
  shape: Shape
  actor: Actor
  stage: Stage
  /** Part of the path, or field of the body -> the row and its field that stand there. */
  spoken: Map<string, { row: string; field: string }>
}

const ME = 'the id of who does it'

const handlerTests = (cast: Cast, operation: Operation): string[] => {
  const port = own(own(cast.architecture.components, operation.component)?.ports, operation.port) as RpcPort | undefined
  const shape = port?.ops?.[operation.op]
  const actor = port && shape && isHandler(shape) && !shape.webhook ? actorOf(cast, operation) : undefined
  const setting = actor && settingOf(cast, operation, port!, shape!, actor)
  if (!setting) return []
  return [...doneTest(setting), ...lostTest(setting), ...refusedTests(setting)]
}

/** Somebody who may do it without a condition. */
const actorOf = (cast: Cast, operation: Operation): Actor | undefined => {
  if (isOpen(operation)) return { name: 'as_anyone', role: undefined, limit: undefined }
  const surface = cast.byAddress.get(`${operation.component}.${operation.port}`)
  for (const role of cast.roles) {
    if (operation.access === 'signed-in') return { name: `as_${role}`, role, limit: undefined }
    const scopes = operation.grants.get(role)
    if (scopes?.includes(undefined)) return { name: `as_${role}`, role, limit: undefined }
    const limits = surface && scopes ? limitsOf(cast.byAddress, surface, operation, role) : false
    if (limits && limits.length > 0 && !limits[0]!.fit && !limits[0]!.parent)
      return { name: `as_${role}`, role, limit: limits[0] }
  }
  return undefined
}

const settingOf = (
  cast: Cast,
  operation: Operation,
  port: RpcPort,
  shape: Shape,
  actor: Actor,
): Setting | undefined => {
  const rows: {
    [name: string]: { model: string; refers: { [field: string]: string }; fixed: { [field: string]: unknown } }
  } = {}
  const spoken: Setting['spoken'] = new Map()
  const missing: string[] = []
  for (const [name, find] of Object.entries(shape.find ?? {})) {
    rows[name] = { model: find.model, refers: {}, fixed: {} }
    const placed = place(rows, spoken, name, find, cast, operation, actor)
    if (placed) continue
    if (!find.optional) return undefined
    delete rows[name]
    missing.push(name)
  }
  const scope = scopeAfter(handlerScope(cast.architecture, port, operation.op), shape)
  const parameters = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, each]) => each!)
  if (!parameters.every((each) => spoken.has(each))) return undefined
  const input = own(cast.architecture.types, shape.in ?? '') ?? {}
  const me = { id: ME, roles: actor.role ? [actor.role] : [] }
  return {
    cast,
    operation,
    shape,
    actor,
    spoken,
    stage: { architecture: cast.architecture, scope, rows, input, me, missing },
  }
}

/** Says where a row stands that a handler finds; false where that is more than a test can set up. */
const place = (
  rows: { [name: string]: { model: string; refers: { [field: string]: string }; fixed: { [field: string]: unknown } } },
  spoken: Setting['spoken'],
  name: string,
  find: Find,
  cast: Cast,
  operation: Operation,
  actor: Actor,
): boolean => {
  const row = rows[name]!
  if (find.id !== undefined) {
    if (find.where !== undefined) return false
    const id = find.id.trim()
    if (/^\w+$/.test(id) && operation.path.includes(`{${id}}`))
      return spoken.set(id, { row: name, field: 'id' }).size > 0
    const [, owner = '', field = ''] = /^(\w+)\.(\w+)$/.exec(id) ?? []
    if (owner === 'input') return spoken.set(`input.${field}`, { row: name, field: 'id' }).size > 0
    if (!rows[owner] || owner === name) return false
    rows[owner].refers[field] = name
    return true
  }
  const parts = (find.where ?? '').split('&&').map((part) => part.trim())
  return parts.every((part) => {
    const [, left = '', right = ''] = /^([\w.]+) == (.+)$/.exec(part) ?? []
    const [owner, field = ''] = left.split('.')
    const definition = own(cast.architecture.models, row.model)?.fields[field]
    if (owner !== name || !definition) return false
    const ref = refOf(definition.type)
    if (/^\w+$/.test(right) && operation.path.includes(`{${right}}`)) {
      if (!definition.unique || ref) return false
      return spoken.set(right, { row: name, field }).size > 0
    }
    const other = /^(\w+)\.id$/.exec(right)?.[1]
    if (other === 'me' && ref) {
      row.fixed[field] = ME
      return actor.role !== undefined
    }
    if (other && rows[other] && ref) {
      row.refers[field] = other
      return true
    }
    if (/^(true|false|\d+|"[^"]*")$/.test(right) && !ref) {
      row.fixed[field] = JSON.parse(right)
      return true
    }
    return false
  })
}

/** Rows so that each comes after those it refers to; undefined where they refer to each other in a circle. */
const ordered = ({ stage }: Setting): string[] | undefined => {
  const order: string[] = []
  const open = new Set<string>()
  const visit = (name: string): boolean => {
    if (order.includes(name)) return true
    if (open.has(name)) return false
    open.add(name)
    if (!Object.values(stage.rows[name]!.refers).every(visit)) return false
    order.push(name)
    return true
  }
  return Object.keys(stage.rows).every(visit) ? order : undefined
}

const variableOf = (name: string): string => `the_${name}`

/** Lines that make the rows. */
const made = (setting: Setting, values: Values): string[] | undefined =>
  ordered(setting)?.map((name) => {
    const { model, refers, fixed } = setting.stage.rows[name]!
    const changed = [...values].flatMap(([key, value]): [string, unknown][] =>
      key.startsWith(`${name}.`) ? [[key.slice(name.length + 1), value]] : [],
    )
    const given = [
      ...Object.entries(refers).map(([field, other]) => argument(field, `${variableOf(other)}["id"]`)),
      ...[...Object.entries(fixed), ...changed].map(([field, value]) =>
        argument(field, value === ME ? `${setting.actor.name}.id` : literal(value)),
      ),
    ]
    return `${variableOf(name)} = ${makeFor(model, personFor(setting, model), given)}`
  })

/** Returns lines without the names of rows that none of the others speaks of. */
const tidied = (lines: readonly string[]): string[] =>
  lines.map((line, at) => {
    const [, name, value] = /^(the_\w+) = (.*)$/.exec(line) ?? []
    const used = lines.some((other, index) => index !== at && new RegExp(`\\b${name}\\b`).test(other))
    return name === undefined || used ? line : value!
  })

/** As whom a row is made so that it is seen: it is the port's own, or is asked for through another port. */
const personFor = ({ cast, operation, actor }: Setting, model: string): Actor | undefined => {
  if (operation.model === model) return actor
  const ports = own(cast.architecture.components, operation.component)!.ports
  const through = Object.entries(ports).find(
    ([, port]) => port.kind === 'rpc' && port.dir === 'out' && (port as RpcPort).crud === model,
  )
  const link = cast.architecture.links.find(({ from }) => from === `${operation.component}.${through?.[0]}`)
  const surface = link && cast.byAddress.get(link.to)
  const read = surface?.operations.get('read')
  if (!surface || !read || !actor.role) return undefined
  const limits = limitsOf(cast.byAddress, surface, read, actor.role)
  return limits ? { ...actor, limit: limits[0] } : undefined
}

/** The request, with what the rows are called in it. */
const request = (setting: Setting, values: Values, nobody = ''): string => {
  const { operation, spoken, stage, actor } = setting
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const at = spoken.get(name)!
    return name === nobody ? '{NOBODY}' : `{${variableOf(at.row)}['${at.field}']}`
  })
  const items = Object.keys(stage.input).map((name) => {
    const at = spoken.get(`input.${name}`)
    const ref = refOf(stage.input[name]!.type)
    const text = at
      ? `${variableOf(at.row)}["${at.field}"]`
      : ref
        ? `${makeFor(ref.model, undefined)}["id"]`
        : literal(inputValue(stage, values, name))
    return `${literal(name)}: ${text}`
  })
  const body = items.length ? `, json={${items.join(', ')}}` : ''
  return `${actor.name}.request(${literal(operation.method)}, ${path.includes('{') ? 'f' : ''}"${path}"${body})`
}

const nameOf = ({ operation }: Setting): string => `${toSnake(operation.op)}_of_${toSnake(operation.component)}`

const statusOf = ({ answer }: Shape): number =>
  answer?.redirect ? 302 : (answer?.status ?? (answer?.row || answer?.values ? 200 : 204))

const demandsOf = (shape: Shape): Demand[] => (shape.require ?? []).map(({ check }) => ({ text: check, wanted: true }))

const doneTest = (setting: Setting): string[] => {
  const { shape, stage, actor } = setting
  const values = meet(stage, demandsOf(shape))
  const lines = values && made(setting, values)
  if (!values || !lines || !isSafe(stage, shape.do ?? [], values) || !breaksNothing(stage, shape.do ?? [])) return []
  return [
    fn(
      `${nameOf(setting)}_answers`,
      [actor.name],
      tidied([
        ...lines,
        `answer = ${request(setting, values)}`,
        `assert answer.status_code == ${statusOf(shape)}, answer.text`,
      ]),
    ),
  ]
}

/** What the path names and is not there is a 404. */
const lostTest = (setting: Setting): string[] => {
  const id = [...setting.spoken].find(([key, { field }]) => field === 'id' && !key.startsWith('input.'))?.[0]
  const none: Values = new Map()
  const lines = made(setting, none)
  if (!id || !lines) return []
  return [
    fn(
      `${nameOf(setting)}_finds_nothing_where_nothing_is`,
      [setting.actor.name],
      tidied([...lines, `assert problem(${request(setting, none, id)}, 404) == []`]),
    ),
  ]
}

/** A test for each requirement that can be left unmet while those before it are met. */
const refusedTests = (setting: Setting): string[] =>
  (setting.shape.require ?? []).flatMap((requirement, at) => {
    const { shape, stage, actor } = setting
    const values = meet(stage, [...demandsOf(shape).slice(0, at), { text: requirement.check, wanted: false }])
    const lines = values && made(setting, values)
    if (!lines) return []
    return [
      fn(
        `${nameOf(setting)}_is_refused_by_requirement_${at + 1}`,
        [actor.name],
        tidied([
          ...lines,
          `answer = ${request(setting, values)}`,
          `assert answer.status_code == ${requirement.status ?? 409}, answer.text`,
          `assert answer.json()["detail"] == ${literal(requirement.message)}`,
        ]),
      ),
    ]
  })
