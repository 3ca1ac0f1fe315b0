import type { Architecture, Field, Model, RpcPort } from '../../../schemas/generated/architecture.ts'
import { expansionOf } from '../expansions.ts'
import { isMade, isSystems } from '../field-kinds.ts'
import { accountModelOf, own, refOf, splitEndpoint, splitGrant } from '../names.ts'
import { ownerFieldOf, restrictedFields } from '../readers.ts'
import type { Path, Report } from './report.ts'

/** The field of accounts that is nobody's to see. */
const SIGN_IN = 'password_hash'

/** Fields that only some may see: that there are such people, that rows can be made without them, that lists do not tell. */
export const checkReaders = (architecture: Architecture, report: Report): void => {
  for (const [name, model] of Object.entries(architecture.models))
    for (const [fieldName, field] of restrictedFields(model))
      checkField(architecture, name, model, fieldName, field, report)
  for (const [name, { ports }] of Object.entries(architecture.components))
    for (const [portName, port] of Object.entries(ports))
      if (port.kind === 'rpc') checkPort(architecture, port as RpcPort, ['components', name, 'ports', portName], report)
}

const checkField = (
  architecture: Architecture,
  modelName: string,
  model: Model,
  name: string,
  field: Field,
  report: Report,
): void => {
  const path: Path = ['models', modelName, 'fields', name, 'readers']
  const wrong = (message: string, help?: string): void =>
    report('readers', path, `${modelName}.${name} ${message}`, undefined, help)
  const account = accountModelOf(architecture)
  if (!account) wrong('is seen by some only, and nobody signs in', 'Add policies.authn, or remove the readers.')
  const owner = ownerFieldOf(architecture, modelName)
  const roles = Object.keys(architecture.policies.roles)
  for (const reader of field.readers ?? []) {
    if (reader === '@own') {
      if (!owner) wrong('is for whose row it is, and no port of the model has an owner')
    } else if (reader.startsWith('@')) {
      const names = own(model.fields, reader.slice(1))
      if (!names || refOf(names.type)?.model !== account) wrong(`is for ${reader}, which refers to no account`)
    } else if (reader === 'anyone' || !roles.includes(reader))
      report('readers', path, `${modelName}.${name} is for '${reader}', which is no role of people who sign in`, {
        word: reader,
        names: roles,
      })
  }
  const needed = neededFor(architecture, modelName, model, name, field)
  if (needed) wrong(`${needed}, so everybody who sees the row sees it`, 'Remove the readers.')
  else if (
    !field.optional &&
    field.default === undefined &&
    !(modelName === account && field.readers?.includes('@own'))
  )
    // An account is made by whoever it is of, who sees it.
    wrong('must be given by whoever makes a row, also by who may not see it', 'Make it optional, or give it a default.')
}

/** What a field is needed for that cannot be kept from whoever sees the row; undefined where it can. */
const neededFor = (
  architecture: Architecture,
  modelName: string,
  model: Model,
  name: string,
  field: Field,
): string | undefined => {
  if (isSystems(field) || isMade(field)) return 'is written by the system'
  if (field.type === 'roles' || (modelName === accountModelOf(architecture) && name === SIGN_IN))
    return 'is needed to sign in'
  if (field.type === 'file') return 'is a file, which has links of its own'
  if (field.class === 'secret' || field.class === 'card') return 'is never shown to anybody'
  if (name === ownerFieldOf(architecture, modelName)) return 'says whose the row is'
  if (name === model.states?.field) return 'is the state'
  const slug = Object.entries(model.fields).find(([, each]) => each.type === 'slug' && each.from === name)
  if (slug) return `is what ${slug[0]} is made of`
  if (Object.values(model.computed ?? {}).some(({ over }) => over?.from === `${modelName}.${name}`))
    return 'is what values are computed by'
  for (const each of Object.values(architecture.models))
    for (const [computed, { over }] of Object.entries(each.computed ?? {}))
      if (
        over &&
        over.from.split('.')[0] === modelName &&
        (over.field === name || over.from === `${modelName}.${name}`)
      )
        return `is what ${computed} is computed of`
  for (const grants of Object.values(architecture.policies.roles))
    for (const grant of grants) {
      const { endpoint, scope } = splitGrant(grant)
      const { component, port } = splitEndpoint(endpoint)
      const about = (own(own(architecture.components, component)?.ports, port) as RpcPort | undefined)?.crud
      if (about === modelName && scope === name) return 'says who may touch the row'
    }
  return undefined
}

/** Lists, parents, embedding and signing up, which would tell. */
const checkPort = (architecture: Architecture, port: RpcPort, path: Path, report: Report): void => {
  const model = own(architecture.models, port.crud ?? '')
  const hidden = new Map(restrictedFields(model))
  for (const key of ['filter', 'range', 'sort', 'search'] as const)
    for (const [index, name] of (port.list?.[key] ?? []).entries())
      if (hidden.has(name))
        report(
          'readers-leak',
          [...path, 'list', key, index],
          `${port.crud}.${name} could be found out through the list`,
        )
  const order = port.list?.order.replace(/^-/, '')
  if (order !== undefined && hidden.has(order))
    report('readers-leak', [...path, 'list', 'order'], `the order of the list tells ${port.crud}.${order}`)
  for (const field of [port.parent, port.field])
    if (field !== undefined && hidden.has(field))
      report('readers-leak', path, `${port.crud}.${field} is what rows are found under`)
  for (const [index, name] of (port.expand ?? []).entries()) {
    const expansion = expansionOf(architecture, port, name)
    const by = expansion && (expansion.kind === 'one' ? port.crud! : expansion.model)
    if (expansion && own(own(architecture.models, by!)?.fields, expansion.field)?.readers)
      report('readers-leak', [...path, 'expand', index], `embedding ${name} tells ${by}.${expansion.field}`)
  }
  for (const [toggle, { model: name, of, by }] of Object.entries(port.toggles ?? {}))
    for (const field of [of, by])
      if (own(own(architecture.models, name)?.fields, field)?.readers)
        report('readers-leak', [...path, 'toggles', toggle], `${toggle} tells ${name}.${field}`)
  checkSigningUp(architecture, port, path, report)
}

/** Whoever signs up says nothing about themselves that they may not see afterwards. */
const checkSigningUp = (architecture: Architecture, port: RpcPort, path: Path, report: Report): void => {
  const account = accountModelOf(architecture)
  const shape = own(architecture.types, own(port.ops, 'register')?.in ?? '')
  for (const name of Object.keys(shape ?? {})) {
    const field = own(own(architecture.models, account ?? '')?.fields, name)
    if (field?.readers && !field.readers.includes('@own'))
      report(
        'readers-leak',
        [...path, 'ops', 'register'],
        `whoever signs up gives ${account}.${name}, and may not see it`,
      )
  }
}
