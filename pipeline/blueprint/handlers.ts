import { stringify } from 'yaml'
import type {
  Architecture,
  EventPort,
  Find,
  Hook,
  Model,
  RpcPort,
  Step,
  TimerPort,
} from '../../schemas/generated/architecture.ts'
import { isEvent, isTimer } from './background.ts'
import { whoMay } from './describe.ts'
import { givenLater } from './given-later.ts'
import { own, toSnake } from './names.ts'
import { type Operation, operationsOf } from './operations.ts'
import { looksBackIn } from './scopes.ts'

/** One handler in the one vocabulary of all: what is found, asked, done and answered. */
export type Handler = {
  who?: string
  find?: object
  each?: object
  require?: object[]
  do?: object[]
  answer?: unknown
}

/**
 * Returns every operation, event and timer as the handler that it stands for: CRUD, states, toggles and views written out.
 * Keys are `METHOD path`, `event component.port` and `timer component.port`, in the blueprint's order.
 */
export const handlersOf = (architecture: Architecture): { [name: string]: Handler } => {
  const found: { [name: string]: Handler } = {}
  for (const operation of operationsOf(architecture))
    found[`${operation.method} ${operation.path}`] = { who: whoMay(operation), ...expand(architecture, operation) }
  for (const [component, { ports }] of Object.entries(architecture.components))
    for (const [name, port] of Object.entries(ports)) {
      if (isTimer(port))
        found[`timer ${component}.${name}`] = quiet(port, { [port.cron ? 'cron' : 'every']: port.cron ?? port.every })
      if (isEvent(port) && port.dir === 'in') found[`event ${component}.${name}`] = quiet(port, { type: port.type })
    }
  return found
}

/** Returns the handlers as a YAML file that a person can read. */
export const handlersYaml = (architecture: Architecture): string =>
  `# What every operation does, written out: read off architecture.yaml, and only to be read.\n${stringify(handlersOf(architecture), { lineWidth: 120, aliasDuplicateObjects: false })}`

const quiet = ({ find, require, do: steps }: TimerPort | EventPort, on: object): Handler => ({
  ...on,
  ...(find ? { find } : {}),
  ...(require?.length ? { require } : {}),
  do: steps ?? [],
})

const expand = (architecture: Architecture, operation: Operation): Handler => {
  const port = own(own(architecture.components, operation.component)?.ports, operation.port) as RpcPort
  const model = operation.model ? own(architecture.models, operation.model) : undefined
  if (operation.kind === 'account') return { answer: 'see runtime/accounts.py' }
  if (operation.kind === 'handler') return written(port, operation.op)
  if (operation.kind === 'view') return viewed(port, operation.op)
  return model ? (onModel(operation, port, model, toSnake(operation.model!)) ?? {}) : {}
}

const written = (port: RpcPort, op: string): Handler => {
  const { find, require, do: steps, answer } = port.ops![op]!
  return {
    ...(find ? { find } : {}),
    ...(require?.length ? { require } : {}),
    ...(steps?.length ? { do: steps } : {}),
    ...(answer ? { answer } : {}),
  }
}

const viewed = (port: RpcPort, name: string): Handler => {
  const { of, where, group, select, having, sort } = port.views![name]!
  return {
    each: { model: of, ...(where ? { where } : {}) },
    answer: { group, select, ...(having ? { having } : {}), ...(sort ? { sort } : {}) },
  }
}

/** What a change requires and does may look at the row as it was: found like the row itself. */
const asItWas = (find: { [name: string]: Find }, hook: Hook | undefined): { [name: string]: Find } =>
  looksBackIn([...(hook?.require ?? []), ...(hook?.do ?? [])]) ? { ...find, was: Object.values(find)[0]! } : find

const onModel = (operation: Operation, port: RpcPort, model: Model, row: string): Handler | undefined => {
  const name = operation.model!
  const find = { [row]: { model: name, id: 'id' } }
  const held = (model.rules ?? []).map(({ name: rule, message }) => ({ rule, message }))
  const hook = (op: 'create' | 'update' | 'delete') => model.on?.[op]
  const changes = (op: 'create' | 'update', own: Step[] | object[]) => ({
    ...requirements([...(hook(op)?.require ?? []), ...held]),
    do: [...own, ...(hook(op)?.do ?? [])],
    answer: { row },
  })
  const sent = Object.entries(model.fields)
    .filter(([field, { key, set }]) => !key && !set && field !== model.states?.field && field !== 'password_hash')
    .map(([field]) => field)
  const later = givenLater(model)
  const values = Object.fromEntries(sent.map((field) => [field, `input.${field}`]))
  const given = Object.fromEntries(Object.entries(values).filter(([field]) => !later.has(field)))
  switch (operation.kind) {
    case 'crud':
    case 'bulk':
      switch (operation.op) {
        case 'list':
          return {
            each: { model: name, filter: port.list?.filter ?? [], sort: port.list?.sort ?? [] },
            answer: { page: row },
          }
        case 'read':
          return { find, answer: { row } }
        case 'create':
          return changes('create', [{ create: { model: name, values: given, as: row } }])
        case 'update':
          return { find: asItWas(find, hook('update')), ...changes('update', [{ set: { of: row, values } }]) }
        default:
          return {
            find,
            ...requirements(hook('delete')?.require ?? []),
            do: [
              ...(hook('delete')?.do ?? []),
              model.softDelete ? { set: { of: row, values: { deleted_at: 'now' } } } : { delete: row },
            ],
          }
      }
    case 'transition': {
      const { from, to, require, do: steps } = model.states!.transitions[operation.op]!
      const { field } = model.states!
      return {
        find,
        require: [
          { check: `this.${field} in [${from.map((state) => `'${state}'`).join(', ')}]`, status: 409 },
          ...(require ?? []),
        ],
        do: [{ set: { of: 'this', values: { [field]: `'${to}'` } } }, ...(steps ?? [])],
        answer: { row: 'this' },
      }
    }
    case 'toggle': {
      const [, toggle] = Object.entries(port.toggles!).find(
        ([on, { off }]) => on === operation.op || off === operation.op,
      )!
      const link = { [toggle.of]: `${row}.id`, [toggle.by]: 'me.id' }
      return {
        find,
        do: [
          operation.method === 'PUT'
            ? { create: { model: toggle.model, values: link }, unless: 'there is one' }
            : { delete: toggle.model, where: link },
        ],
        answer: { row },
      }
    }
    case 'members': {
      const toggle = Object.values(port.toggles!).find(({ members }) => members === operation.op)!
      return {
        find,
        each: { model: toggle.model, where: `that.${toggle.of} == ${row}.id` },
        answer: { page: toggle.by },
      }
    }
    case 'history':
      return { find, answer: { page: 'who did what when' } }
    case 'restore':
      return { find, do: [{ set: { of: row, values: { deleted_at: 'null' } } }], answer: { row } }
    case 'keys':
      return { find, do: [operation.method === 'POST' ? { key: 'made anew' } : { key: 'revoked' }] }
    case 'file':
      return {
        find,
        ...(operation.method === 'GET'
          ? { answer: 'the file' }
          : {
              do: [
                {
                  set: {
                    of: row,
                    values: {
                      [operation.path.slice(operation.path.lastIndexOf('/') + 1).replaceAll('-', '_')]:
                        operation.method === 'PUT' ? 'the file' : 'null',
                    },
                  },
                },
              ],
              answer: { row },
            }),
      }
    default:
      return undefined
  }
}

const requirements = (list: object[]): { require?: object[] } => (list.length ? { require: list } : {})
