import { createHash } from 'node:crypto'
import { Document, isScalar, isSeq, visit, type YAMLMap } from 'yaml'
import type { Architecture, Component, Field, Model, Port, RpcPort } from '../../schemas/generated/architecture.ts'
import type { Deployment } from '../../schemas/generated/deployment.ts'
import { schemaOf } from '../../schemas/validate.ts'
import { CODE_LENGTH, isMade, isNumbered } from './field-kinds.ts'
import { pluralOf, refOf } from './names.ts'

export type Canonical<T> = { value: T; yaml: string; digest: string }

/**
 * Returns the one form of an architecture: defaults written out, keys of structures in the schema's order, `false` and
 * empty options left out where they say nothing. What people ordered (models, fields, values, grants) keeps its order.
 * Equal meaning is equal bytes; the digest is sha256 of the YAML.
 */
export const canonicalArchitecture = (architecture: Architecture): Canonical<Architecture> =>
  seal({
    apiVersion: architecture.apiVersion,
    system: pick(architecture.system, ['name', 'title', 'version', 'description']),
    ...(nonEmpty(architecture.types)
      ? { types: mapValues(architecture.types!, (type) => mapValues(type, canonicalField)) }
      : {}),
    models: mapEntries(architecture.models, canonicalModel),
    components: mapValues(architecture.components, canonicalComponent),
    links: architecture.links.map((link) => pick(link, ['from', 'to', 'onFailure'])),
    expose: architecture.expose.map((exposure) => pick(exposure, ['port', 'path'])),
    ...(architecture.contract ? { contract: inSchemaOrder('contract', architecture.contract) } : {}),
    ...(nonEmpty(architecture.http) ? { http: inSchemaOrder('http', architecture.http) } : {}),
    policies: {
      ...(architecture.policies.authn
        ? { authn: pick(architecture.policies.authn, ['scheme', 'issuer', 'accessMinutes', 'refreshDays']) }
        : {}),
      roles: mapValues(architecture.policies.roles, (grants) => [...grants]),
    },
  })

/** As canonicalArchitecture, for a deployment: maps are sorted by name, for their order says nothing. */
export const canonicalDeployment = (deployment: Deployment): Canonical<Deployment> =>
  seal({
    apiVersion: deployment.apiVersion,
    environment: deployment.environment,
    architecture: pick(deployment.architecture, ['name', 'digest']),
    target: pick(deployment.target, ['kind']),
    services: sorted(deployment.services, (service) => ({
      place: [...service.place].sort(),
      replicas: pick(service.replicas, ['min', 'max']),
    })),
    bindings: sorted(deployment.bindings, (binding) => pick(binding, ['engine', 'secret'])),
    ...(deployment.transports
      ? { transports: { events: pick(deployment.transports.events, ['engine', 'secret']) } }
      : {}),
    ...(deployment.outbound ? { outbound: { allow: [...deployment.outbound.allow] } } : {}),
    secrets: pick(deployment.secrets, ['source']),
    crypto: pick(deployment.crypto, ['jwt', 'password']),
  })

/** Returns the digest that a person approves: of both canonical files. */
export const blueprintDigest = (architecture: Canonical<Architecture>, deployment: Canonical<Deployment>): string =>
  sha256(`${architecture.digest}\n${deployment.digest}\n`)

const seal = <T>(value: T): Canonical<T> => {
  const document = new Document(value, { aliasDuplicateObjects: false })
  visit(document, {
    Map: (_key, node) => {
      if (isShort(node)) node.flow = true
    },
    Seq: (_key, node) => {
      if (node.items.every((item) => isScalar(item))) node.flow = true
    },
  })
  const yaml = document.toString({ lineWidth: 120, flowCollectionPadding: false })
  return { value, yaml, digest: sha256(yaml) }
}

/** What reads best on one line: a field, an operation, a link. */
const isShort = (node: YAMLMap): boolean => {
  const flat = node.items.every(
    ({ value }) => isScalar(value) || (isSeq(value) && value.items.every((item) => isScalar(item))),
  )
  return (
    flat &&
    node.items.length > 0 &&
    !node.items.some(
      ({ key }) => (isScalar(key) && key.value === 'apiVersion') || (isScalar(key) && key.value === 'description'),
    ) &&
    JSON.stringify(node).length <= 110
  )
}

const sha256 = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`

const fieldKeys = [
  'type',
  'description',
  'key',
  'set',
  'numbers',
  'values',
  'file',
  'from',
  'length',
  'scale',
  'min',
  'max',
  'default',
  'optional',
  'unique',
  'index',
  'class',
  'choice',
  'readers',
  'never',
  'onDelete',
  'column',
] as const satisfies (keyof Field)[]

const canonicalField = (field: Field): Field => {
  const filled: Field = { ...field }
  if (refOf(field.type)) {
    filled.index = true
    filled.onDelete ??= field.optional ? 'set-null' : 'restrict'
  }
  if (field.type === 'decimal') filled.scale ??= 2
  if (isMade(field) && !isNumbered(field)) filled.unique = true
  if (field.numbers) filled.numbers = inSchemaOrder('numbers', field.numbers)
  if (field.type === 'code') filled.length ??= CODE_LENGTH
  if (field.type === 'bool' && !field.optional) filled.default ??= false
  for (const flag of ['key', 'unique', 'index', 'optional'] as const) if (filled[flag] === false) delete filled[flag]
  return pick(filled, fieldKeys)
}

const canonicalModel = (model: Model, name: string): Model => ({
  ...pick(model, ['description']),
  plural: pluralOf(name, model),
  ...pick(model, ['table']),
  fields: mapValues(model.fields, canonicalField),
  ...(model.unique?.length ? { unique: model.unique.map((fields) => [...fields]) } : {}),
  ...(model.rules?.length ? { rules: model.rules.map((rule) => inSchemaOrder('rule', rule)) } : {}),
  ...(nonEmpty(model.computed)
    ? { computed: mapValues(model.computed!, (computed) => inSchemaOrder('computed', computed)) }
    : {}),
  ...(model.states ? { states: inSchemaOrder('states', model.states) } : {}),
  ...(model.on ? { on: inSchemaOrder('hooks', model.on) } : {}),
  ...(model.history ? { history: true } : {}),
  ...(model.softDelete ? { softDelete: true } : {}),
  ...(model.keys ? { keys: pick(model.keys, ['role']) } : {}),
  concurrency: model.concurrency,
})

const canonicalComponent = (component: Component): Component => ({
  ...pick(component, ['description']),
  ...(component.requires?.length ? { requires: [...component.requires] } : {}),
  ports: mapValues(component.ports, canonicalPort),
})

const canonicalPort = (port: Port): Port => {
  if (port.kind === 'store') return pick(port, ['dir', 'kind', 'model']) as Port
  if (port.kind === 'event') return inSchemaOrder('eventPort', port)
  if (port.kind === 'timer') return inSchemaOrder('timerPort', port)
  const rpc = pick(port as RpcPort, [
    'dir',
    'kind',
    'crud',
    'only',
    'ops',
    'list',
    'idempotency',
    'owner',
    'public',
    'parent',
    'field',
    'optional',
    'toggles',
    'views',
    'bulk',
    'csv',
    'expand',
    'external',
  ])
  if (rpc.ops) rpc.ops = mapValues(rpc.ops, (op) => inSchemaOrder('operation', op))
  if (rpc.toggles) rpc.toggles = mapValues(rpc.toggles, (toggle) => inSchemaOrder('toggle', toggle))
  if (rpc.views)
    rpc.views = mapValues(rpc.views, (view) => {
      const ordered = inSchemaOrder('view', view)
      if (ordered.params) ordered.params = mapValues(ordered.params, canonicalField)
      return ordered
    })
  if (rpc.list) rpc.list = pick(rpc.list, ['maxPage', 'filter', 'range', 'sort', 'search', 'order'])
  return rpc
}

type Shape = {
  $ref?: string
  type?: string
  properties?: { [key: string]: Shape }
  additionalProperties?: Shape | boolean
  items?: Shape
  oneOf?: Shape[]
}

let definitions: { [name: string]: Shape } | undefined

/** Returns a copy whose keys stand in the schema's order at every depth; maps keep theirs, and `false` and emptiness go. */
const inSchemaOrder = <T>(definition: string, value: T): T => {
  definitions ??= schemaOf('architecture').$defs as { [name: string]: Shape }
  return order(definitions[definition]!, value, definitions) as T
}

const order = (shape: Shape, value: unknown, all: { [name: string]: Shape }): unknown => {
  const known = shape.$ref ? { ...shape, ...all[shape.$ref.slice('#/$defs/'.length)]! } : shape
  if (Array.isArray(value)) return value.map((item) => (known.items ? order(known.items, item, all) : item))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  if (!known.properties) {
    const each = known.additionalProperties
    return Object.fromEntries(
      entries.map(([key, item]) => [key, typeof each === 'object' ? order(each, item, all) : item]),
    )
  }
  return Object.fromEntries(
    Object.entries(known.properties).flatMap(([key, part]) => {
      const item = (value as { [key: string]: unknown })[key]
      const says =
        item !== undefined &&
        item !== false &&
        !(Array.isArray(item) && item.length === 0 && key !== 'same' && key !== 'per')
      return says ? [[key, order(part, item, all)]] : []
    }),
  )
}

/** Returns the named keys in this order, without those that are absent. */
const pick = <T extends object, K extends keyof T>(value: T, keys: readonly K[]): T =>
  Object.fromEntries(keys.filter((key) => value[key] !== undefined).map((key) => [key, value[key]])) as T

const nonEmpty = (value: object | undefined): boolean => value !== undefined && Object.keys(value).length > 0

const mapEntries = <T, R>(record: { [key: string]: T }, map: (value: T, key: string) => R): { [key: string]: R } =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]))

const mapValues = <T, R>(record: { [key: string]: T }, map: (value: T) => R) => mapEntries(record, map)

const sorted = <T, R>(record: { [key: string]: T }, map: (value: T) => R): { [key: string]: R } =>
  Object.fromEntries(
    Object.keys(record)
      .sort()
      .map((key) => [key, map(record[key]!)]),
  )
