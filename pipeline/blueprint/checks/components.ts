import type { Architecture, Field, Model, RpcPort, StorePort } from '../../../schemas/generated/architecture.ts'
import { isEvent, isTimer } from '../background.ts'
import { accountModelOf, listOf, own, refOf, splitEndpoint } from '../names.ts'
import { crudOpsOf, isHandler } from '../operations.ts'
import { roleOf } from '../roles.ts'
import { checkEventLink, checkEventPort, checkTimerPort, checkWebhook } from './background.ts'
import { cyclesOf } from './models.ts'
import type { Path, Report } from './report.ts'

/** Names that JavaScript or Python objects have from birth, and so cannot be a part's name. */
const reservedNames = ['constructor', 'runtime', 'app', 'main']

/** The operations that the runtime's accounts implement on an issuer port and beside the users. */
export const issuerOps = [
  'register',
  'login',
  'refresh',
  'logout',
  'me',
  'update_me',
  'change_password',
  'reset_password',
  'setup',
]
const accountOps = ['issue_reset']

/** Components, their ports, and the links between them. */
export const checkComponents = (architecture: Architecture, report: Report): void => {
  const linked = new Map<string, number>()
  for (const [index, link] of architecture.links.entries()) {
    checkLink(architecture, index, report)
    linked.set(`from ${link.from}`, (linked.get(`from ${link.from}`) ?? 0) + 1)
    linked.set(`to ${link.to}`, (linked.get(`to ${link.to}`) ?? 0) + 1)
  }
  const exposed = new Set(architecture.expose.map((exposure) => exposure.port))
  const owners = new Map<string, string>()
  for (const [name, component] of Object.entries(architecture.components)) {
    const path: Path = ['components', name]
    if (reservedNames.includes(name)) report('reserved-name', path, `a component cannot be called '${name}'`)
    if (roleOf(component) === 'isolated') report('isolated-component', path, `${name} has no ports`)
    for (const [portName, port] of Object.entries(component.ports)) {
      const at = [...path, 'ports', portName]
      const endpoint = `${name}.${portName}`
      if (portName === 'constructor') report('reserved-name', at, `a port cannot be called '${portName}'`)
      const count = linked.get(`${port.dir === 'out' ? 'from' : 'to'} ${endpoint}`) ?? 0
      const leaves = port.kind === 'rpc' && (port as RpcPort).external
      // What happened may be heard of in several places; what is asked for is asked in one.
      const fits = port.kind === 'event' ? count > 0 : count === 1
      if (port.dir === 'out' && !fits && !leaves)
        report('unlinked-output', at, `${endpoint} is linked to ${count} ports`)
      if (
        port.dir === 'in' &&
        count === 0 &&
        port.kind !== 'timer' &&
        !exposed.has(endpoint) &&
        !(port as RpcPort).optional
      )
        report('unused-input', at, `nothing reaches ${endpoint}`)
      const modelName = port.kind === 'store' ? (port as StorePort).model : (port as RpcPort).crud
      const model = modelName === undefined ? undefined : own(architecture.models, modelName)
      if (modelName !== undefined && !model)
        report('unknown-model', at, `${endpoint} names the model '${modelName}'`, {
          word: modelName,
          names: Object.keys(architecture.models),
        })
      // Whoever keeps the rows, and whoever offers the standard operations on them; others may read and write them.
      const owns = port.dir === 'in' && (port.kind === 'store' || (port as RpcPort).crud !== undefined)
      if (owns && model) {
        const key = `${port.kind} ${modelName}`
        const other = owners.get(key)
        if (other) report('model-owners', at, `${modelName} belongs to ${other} and to ${name}`)
        owners.set(key, name)
      }
      if (port.kind === 'rpc') checkRpcPort(architecture, endpoint, port as RpcPort, model, at, report)
      if (isEvent(port)) checkEventPort(architecture, name, portName, port, at, report)
      if (isTimer(port)) checkTimerPort(endpoint, port, at, report)
    }
  }
  checkCallCycles(architecture, report)
}

const checkRpcPort = (
  architecture: Architecture,
  endpoint: string,
  port: RpcPort,
  model: Model | undefined,
  path: Path,
  report: Report,
): void => {
  if (!port.crud && !port.ops && !port.views && !port.external)
    report('port-shape', path, `${endpoint} has neither crud nor ops`)
  const account = accountModelOf(architecture)
  const isIssuer = architecture.policies.authn?.issuer === endpoint
  for (const [op, shape] of Object.entries(port.ops ?? {})) {
    const at = [...path, 'ops', op]
    const known = isIssuer ? issuerOps : port.crud !== undefined && port.crud === account ? accountOps : []
    if (!known.includes(op) && !isHandler(shape))
      report('no-behaviour', at, `${endpoint}:${op} has no behaviour`, { word: op, names: known })
    if (shape.webhook) checkWebhook(endpoint, op, shape, at, report)
    for (const type of [shape.in, shape.out])
      if (type && !own(architecture.types, type) && !own(architecture.models, type))
        report('unknown-type', at, `${endpoint}:${op} names the type '${type}'`, {
          word: type,
          names: [...Object.keys(architecture.types ?? {}), ...Object.keys(architecture.models)],
        })
    const output = shape.out ? own(architecture.types, shape.out) : undefined
    for (const [field, spec] of Object.entries(output ?? {}))
      if (spec.class === 'secret' || spec.class === 'card')
        report('secret-shown', at, `${endpoint}:${op} answers with the ${spec.class} '${field}'`)
  }
  if (!model) return
  const fieldNames = Object.keys(model.fields)
  const reference = (key: 'owner' | 'parent' | 'field'): void => {
    const name = port[key]
    if (name === undefined) return
    if (key === 'field') return
    const field = own(model.fields, name)
    if (!field)
      return report('unknown-field', [...path, key], `${port.crud} has no field '${name}'`, {
        word: name,
        names: fieldNames,
      })
    const target = refOf(field.type)?.model
    if (!target || (key === 'owner' && target !== account))
      report(
        'port-shape',
        [...path, key],
        `${port.crud}.${name} does not refer to ${key === 'owner' ? 'an account' : 'a model'}`,
      )
  }
  reference('owner')
  reference('parent')
  for (const [index, op] of (port.idempotency ?? []).entries())
    if (op !== 'create') report('port-shape', [...path, 'idempotency', index], `${op} is idempotent without a key`)
  checkListing(port, model, path, report)
}

const ordered = /^(string|int|float|decimal|date|datetime|time|email|url|phone|enum|bool|uuid|slug|code)$/
const ranged = /^(int|float|decimal|date|datetime|time)$/
const searched = /^(string|text|email|url|phone|slug|code|list\(string\))$/

const checkListing = (port: RpcPort, model: Model, path: Path, report: Report): void => {
  const list = port.list
  if (!list) {
    if (port.dir === 'in' && crudOpsOf(port).includes('list'))
      report('port-shape', path, 'the list operation has no `list` options')
    return
  }
  const check = (key: 'filter' | 'range' | 'sort' | 'search', fits: (type: string) => boolean): void => {
    for (const [index, name] of (list[key] ?? []).entries()) {
      const at = [...path, 'list', key, index]
      const field = own(model.fields, name) ?? own<Field>(key === 'search' ? undefined : model.computed, name)
      if (!field)
        report('unknown-field', at, `${port.crud} has no field '${name}'`, {
          word: name,
          names: [...Object.keys(model.fields), ...Object.keys(model.computed ?? {})],
        })
      else if (field.never?.includes('response'))
        report('secret-shown', at, `${port.crud}.${name} could be guessed through the list`)
      else if (!fits(field.type)) report('listing-field', at, `${port.crud}.${name} is of type ${field.type}`)
    }
  }
  check(
    'filter',
    (type) =>
      ordered.test(type) ||
      listOf(type) !== undefined ||
      refOf(type) !== undefined ||
      type === 'roles' ||
      type === 'text',
  )
  check('range', (type) => ranged.test(type))
  check('sort', (type) => ordered.test(type))
  check('search', (type) => searched.test(type))
  if (!list.sort.includes(list.order.replace(/^-/, '')))
    report('listing-field', [...path, 'list', 'order'], `the order '${list.order}' is not one of the sorts`)
}

const checkLink = (architecture: Architecture, index: number, report: Report): void => {
  const link = architecture.links[index]!
  const path: Path = ['links', index]
  const from = findPort(architecture, link.from, [...path, 'from'], report)
  const to = findPort(architecture, link.to, [...path, 'to'], report)
  if (!from || !to) return
  if (from.dir !== 'out' || to.dir !== 'in')
    return report('link-direction', path, `${link.from} is ${from.dir}, ${link.to} is ${to.dir}`)
  if (from.kind !== to.kind) return report('link-kind', path, `${link.from} is ${from.kind}, ${link.to} is ${to.kind}`)
  if (from.kind === 'store') {
    if ((from as StorePort).model !== (to as StorePort).model)
      report(
        'link-kind',
        path,
        `${link.from} is about ${(from as StorePort).model}, ${link.to} about ${(to as StorePort).model}`,
      )
    return
  }
  if (from.kind === 'event') return checkEventLink(architecture, link, path, report)
  const [need, offer] = [from as RpcPort, to as RpcPort]
  if (need.crud && need.crud !== offer.crud)
    return report('link-kind', path, `${link.from} is about ${need.crud}, ${link.to} about ${offer.crud ?? 'no model'}`)
  const missing = [
    ...crudOpsOf(need).filter((op) => !crudOpsOf(offer).includes(op)),
    ...Object.keys(need.ops ?? {}).filter((op) => !own(offer.ops, op)),
  ]
  for (const op of missing) report('link-operation', path, `${link.to} does not offer ${op}`)
  checkThroughField(architecture, link.from, need, path, report)
}

/** An out port with `field` checks that reference: the component's own model must have it, and it must refer to the port's model. */
const checkThroughField = (
  architecture: Architecture,
  endpoint: string,
  need: RpcPort,
  path: Path,
  report: Report,
): void => {
  if (!need.field) return
  const ports = Object.values(own(architecture.components, splitEndpoint(endpoint).component)?.ports ?? {})
  const stores = ports.filter((port): port is StorePort => port.kind === 'store' && port.dir === 'out')
  const field = stores
    .map((store) => own(own(architecture.models, store.model)?.fields, need.field!))
    .find((each) => each !== undefined)
  if (!field) return report('unknown-field', path, `${endpoint} checks the field '${need.field}', which is not there`)
  if (refOf(field.type)?.model !== need.crud) report('port-shape', path, `${need.field} does not refer to ${need.crud}`)
}

/** Returns the port of an endpoint; reports and returns undefined where there is none. */
export const findPort = (architecture: Architecture, endpoint: string, path: Path, report: Report) => {
  const { component: name, port: portName } = splitEndpoint(endpoint)
  const component = own(architecture.components, name)
  if (!component) {
    report('unknown-component', path, `'${endpoint}' names the component '${name}'`, {
      word: name,
      names: Object.keys(architecture.components),
    })
    return undefined
  }
  const port = own(component.ports, portName)
  if (!port)
    report('unknown-port', path, `${name} has no port '${portName}'`, {
      word: portName,
      names: Object.keys(component.ports),
    })
  return port
}

const checkCallCycles = (architecture: Architecture, report: Report): void => {
  const calls = new Map<string, string[]>()
  for (const link of architecture.links) {
    if (!isRpc(architecture, link.to)) continue
    const from = splitEndpoint(link.from).component
    calls.set(from, [...(calls.get(from) ?? []), splitEndpoint(link.to).component])
  }
  for (const cycle of cyclesOf(Object.keys(architecture.components), (name) => [...(calls.get(name) ?? [])]))
    report('sync-cycle', ['components', cycle[0]!], [...cycle, cycle[0]].join(' -> '))
}

const isRpc = (architecture: Architecture, endpoint: string): boolean => {
  const { component, port } = splitEndpoint(endpoint)
  return own(own(architecture.components, component)?.ports, port)?.kind === 'rpc'
}
