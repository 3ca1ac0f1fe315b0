import { isEvent, isExternal } from '../blueprint/background.ts'
import { own, splitEndpoint } from '../blueprint/names.ts'
import { hasConditions } from './emit-access.ts'
import { type Context, isStore } from './emit-context.ts'
import { fileKeeper, hasFiles } from './emit-files.ts'
import { givesKeys } from './emit-keys.ts'
import { componentClass, identifier, packageOf, rowClass } from './emit-names.ts'
import { type Imports, pythonModule, text } from './emit-python.ts'
import { httpShape } from './emit-shape.ts'

/** Returns app/registry.py: every component, made and wired in an order in which each finds what it needs. */
export const emitRegistry = (context: Context): string => {
  const { architecture } = context
  const names = Object.keys(architecture.components)
  const imports: { [module: string]: string[] } = {
    'runtime.database': ['Database'],
    'runtime.registry': ['Registry'],
    'runtime.settings': ['Settings'],
  }
  for (const name of names) imports[`${packageOf(name)}.component`] = [componentClass(name, context.rows)]
  if (hasConditions(context)) imports['app.access'] = ['CONDITIONS']
  if (context.issuer) {
    imports['datetime as dt'] = []
    imports['runtime.accounts'] = ['SignIn']
  }
  if (context.keyRoles.size) {
    imports['app.models'] = [...context.keyRoles.keys()].map(rowClass)
    imports['runtime.key_ring'] = ['KeyRing']
  }
  const shape = httpShape(context)
  if (shape) imports['runtime.http_shape'] = ['HttpShape']
  if (fileKeeper(context).length) imports['runtime.file_keeper'] = ['FileKeeper']
  const used = new Set(
    architecture.links.flatMap(({ from, to }) => (isEventLink(context, to) ? [from, to] : [to])).map(componentOf),
  )
  const lines = [...inOrder(context).flatMap((name) => wire(context, name, used)), ...eventLinks(context)]
  return pythonModule('The registry: which components there are, and how they are wired.', imports as Imports, [
    mapping('EXPOSE', Object.fromEntries(architecture.expose.map(({ port, path }) => [port, path]))),
    roles(architecture.policies.roles),
    [
      'def build(database: Database, settings: Settings) -> Registry:',
      '    """Return all components, wired along the links of the blueprint."""',
      `    registry = Registry(expose=EXPOSE, roles=ROLES${shape ? `, http=${shape}` : ''}${context.issuer ? `, issuer=${text(context.issuer)}` : ''}${hasConditions(context) ? ', conditions=CONDITIONS' : ''})`,
      ...[...keyRing(context), ...fileKeeper(context)].map((line) => `    ${line}`),
      ...lines.map((line) => `    ${line}`),
      '    return registry',
    ].join('\n'),
  ])
}

const componentOf = (endpoint: string): string => endpoint.split('.')[0]!

const isEventLink = (context: Context, to: string): boolean => {
  const { component, port } = splitEndpoint(to)
  return own(own(context.architecture.components, component)?.ports, port)?.kind === 'event'
}

/** Lines that let ports hear of the events of others: when all are there, for events may go in circles. */
const eventLinks = (context: Context): string[] => {
  const end = (endpoint: string): string => {
    const { component, port } = splitEndpoint(endpoint)
    return `${variable(component)}.${identifier(port)}`
  }
  return context.architecture.links
    .filter(({ to }) => isEventLink(context, to))
    .map(({ from, to }) => `${end(from)}.link(${end(to)})`)
}

/** Lines that make the capability behind API keys, where a model has them. */
const keyRing = (context: Context): string[] => {
  if (!context.keyRoles.size) return []
  const roles = [...context.keyRoles].map(([model, role]) => `${rowClass(model)}: ${text(role)}`)
  return [`key_ring = KeyRing(database, settings, {${roles.join(', ')}})`, 'registry.key_ring = key_ring']
}

const mapping = (name: string, entries: { [key: string]: string }): string =>
  Object.keys(entries).length
    ? [`${name} = {`, ...Object.entries(entries).map(([key, value]) => `    ${text(key)}: ${text(value)},`), '}'].join(
        '\n',
      )
    : `${name}: dict[str, str] = {}`

const roles = (granted: { [role: string]: readonly string[] }): string => {
  if (!Object.keys(granted).length) return 'ROLES: dict[str, list[str]] = {}'
  return [
    'ROLES: dict[str, list[str]] = {',
    ...Object.entries(granted).flatMap(([role, grants]) =>
      grants.length
        ? [`    ${text(role)}: [`, ...grants.map((grant) => `        ${text(grant)},`), '    ],']
        : [`    ${text(role)}: [],`],
    ),
    '}',
  ].join('\n')
}

/** Names that the function uses for itself. */
const LOCALS = new Set(['database', 'settings', 'registry', 'dt', 'build', 'key_ring', 'file_keeper'])

const variable = (name: string): string => (LOCALS.has(name) ? `${name}_` : identifier(name))

const wire = (context: Context, name: string, used: ReadonlySet<string>): string[] => {
  const assigned = used.has(name) ? `${variable(name)} = ` : ''
  const component = context.architecture.components[name]!
  const className = componentClass(name, context.rows)
  const ports = Object.entries(component.ports)
  const needs = ports
    .filter(([, port]) => port.dir === 'out' && !isEvent(port) && !isExternal(port))
    .map(([port]) => {
      const [target = '', offered = ''] = (context.links.get(`${name}.${port}`) ?? '').split('.')
      return { port, expression: `${variable(target)}.${identifier(offered)}` }
    })
  const isStoreOnly = ports.every(([, port]) => isStore(port) && port.dir === 'in')
  if (isStoreOnly) return [`${assigned}registry.add(${className}(database))`]
  const parameters = needs.map(({ port, expression }) => `${identifier(port)}=${expression}`)
  if (givesKeys(context, name)) parameters.push('key_ring=key_ring')
  if (hasFiles(context, name)) parameters.push('file_keeper=file_keeper')
  if (!context.issuer?.startsWith(`${name}.`))
    return [`${assigned}registry.add(${className}(${parameters.join(', ')}))`]
  const scheme = context.architecture.http?.token?.scheme
  const { accessMinutes, refreshDays } = context.architecture.policies.authn!
  const store = needs.find(({ port }) => {
    const found = component.ports[port]!
    return isStore(found) && found.model === context.accountModel
  })
  return [
    'sign_in = SignIn(',
    `    ${store!.expression},`,
    '    settings,',
    `    system=${text(context.architecture.system.name)},`,
    `    access=dt.timedelta(minutes=${accessMinutes}),`,
    `    refresh=dt.timedelta(days=${refreshDays}),`,
    `    admin_roles=[${context.adminRoles.map(text).join(', ')}],`,
    ...(scheme && scheme.toLowerCase() !== 'bearer' ? [`    token_type=${text(scheme.toLowerCase())},`] : []),
    ')',
    'registry.authenticator = sign_in',
    `${assigned}registry.add(${className}(${[...parameters, 'sign_in=sign_in'].join(', ')}))`,
  ]
}

/** Returns the components so that each comes after those it is linked to: stores first. */
const inOrder = (context: Context): string[] => {
  const order: string[] = []
  const state = new Map<string, 'open' | 'done'>()
  const visit = (name: string) => {
    if (state.has(name)) return
    state.set(name, 'open')
    for (const [port, { dir, kind }] of Object.entries(context.architecture.components[name]?.ports ?? {})) {
      const needs = dir === 'out' && kind !== 'event'
      const target = needs ? context.links.get(`${name}.${port}`)?.split('.')[0] : undefined
      if (target) visit(target)
    }
    state.set(name, 'done')
    order.push(name)
  }
  for (const name of Object.keys(context.architecture.components)) visit(name)
  return order
}
