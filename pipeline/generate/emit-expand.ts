import type { Model, RpcPort } from '../../schemas/generated/architecture.ts'
import { type Expansion, expansionOf } from '../blueprint/expansions.ts'
import { toPascal, toSnake } from '../blueprint/names.ts'
import { type Context, isRpc, modelOf } from './emit-context.ts'
import { type Crud, portsOf, schemas, use } from './emit-draft.ts'
import { attributeOf, identifier, packageOf, rowClass } from './emit-names.ts'
import { type Imports, text } from './emit-python.ts'
import { outward } from './emit-shape.ts'
import { publicFields } from './public-fields.ts'

/** Returns what a port can embed. */
export const expansionsOf = (context: Context, port: RpcPort): Expansion[] =>
  (port.expand ?? []).map((name) => {
    const found = expansionOf(context.architecture, port, name)
    if (!found) throw new Error(`${port.crud} has no ${name} to embed`)
    return found
  })

/** The start of the names of the shapes in which something is embedded: `PostComments` for comments in posts. */
export const embeddedName = (port: RpcPort, { name }: Expansion): string => `${port.crud}${toPascal(name)}`

/** Returns the model as it is embedded: people show only what they show to everybody. */
export const embeddedModel = (context: Context, { model: name }: Expansion): Model => {
  const model = modelOf(context, name)
  return name === context.accountModel ? { ...model, fields: Object.fromEntries(publicFields(model)) } : model
}

/** Returns the lines of a shape that something is embedded in. */
export const embeddedLines = (context: Context, port: RpcPort): string[] => {
  const expansions = expansionsOf(context, port)
  if (!expansions.length) return []
  const names = expansions.map(({ name }) => text(attributeOf(name)))
  return [
    ...expansions.map((expansion) => {
      const one = `${embeddedName(port, expansion)}Out`
      return `    ${attributeOf(expansion.name)}: ${expansion.kind === 'one' ? one : `list[${one}]`} | None = fields.embedded()`
    }),
    `    expansions: ClassVar[frozenset[str]] = frozenset({${names.join(', ')}})`,
  ]
}

/** Returns the parameter of a list that says what to embed. */
export const expandParameter = (context: Context, port: RpcPort): string[] => {
  const names = expansionsOf(context, port).map(({ name }) => text(outward(context, name)))
  return names.length ? [`    expand: str | None = fields.expanding(${names.join(', ')})`] : []
}

const constantOf = (port: RpcPort): string => `EXPANSIONS_OF_${toSnake(port.crud!).toUpperCase()}`

/** Returns the lines that embed in some answers what was asked for. */
export const expanded = (crud: Crud, asked: string, items: string): string[] => {
  if (!crud.port.expand?.length) return []
  use(crud.draft, 'runtime.expand', 'embed')
  use(crud.draft, `${packageOf(crud.draft.name)}.repository`, constantOf(crud.port))
  return [`await embed(call, self.${identifier(crud.portName)}, ${asked}, ${items}, ${constantOf(crud.port)})`]
}

/** Returns the parameter of a method that reads one object. */
export const expandSignature = (crud: Crud): string => {
  const names = expansionsOf(crud.draft.context, crud.port).map(({ name }) => outward(crud.draft.context, name))
  if (!names.length) return ''
  use(crud.draft, 'typing', 'Annotated')
  use(crud.draft, 'fastapi', 'Query')
  schemas(crud, 'Expand')
  return `, expand: ${crud.model}Expand = None`
}

/** Returns the type of that parameter. */
export const expandType = (context: Context, port: RpcPort): string[] => {
  const names = expansionsOf(context, port).map(({ name }) => text(outward(context, name)))
  return names.length
    ? [`${port.crud}Expand = Annotated[str | None, Query(**fields.expand_rules(${names.join(', ')}))]`]
    : []
}

/** Returns what a component's ports can embed, as constants of its repository. */
export const expansionParts = (context: Context, component: string): { imports: Imports; parts: string[] } => {
  const ports = portsOf(context, component)
    .map(([, port]) => port)
    .filter((port): port is RpcPort => isRpc(port) && port.dir === 'in' && port.crud !== undefined)
    .filter((port) => port.expand?.length)
  const expansions = ports.flatMap((port) => expansionsOf(context, port).map((expansion) => ({ port, expansion })))
  if (!expansions.length) return { imports: {}, parts: [] }
  return {
    imports: {
      'app.models': expansions.map(({ expansion }) => rowClass(expansion.model)),
      [`${packageOf(component)}.schemas`]: expansions.map(
        ({ port, expansion }) => `${embeddedName(port, expansion)}Out`,
      ),
      'runtime.expand': [
        'Expansion',
        ...expansions.map(({ expansion }) => (expansion.kind === 'one' ? 'One' : 'Many')),
      ],
    },
    parts: ports.map((port) =>
      [
        `${constantOf(port)}: dict[str, Expansion] = {`,
        ...expansionsOf(context, port).map(
          (each) => `    ${text(outward(context, each.name))}: ${writeExpansion(context, port, each)},`,
        ),
        '}',
      ].join('\n'),
    ),
  }
}

const writeExpansion = (context: Context, port: RpcPort, expansion: Expansion): string => {
  const { name, kind, model, field } = expansion
  const row = rowClass(model)
  const shape = `${embeddedName(port, expansion)}Out`
  const into = text(attributeOf(name))
  if (kind === 'one') {
    const open = model === context.accountModel ? ', open_to_all=True' : ''
    return `One(${into}, ${row}, ${shape}, ${text(attributeOf(field))}${open})`
  }
  const created = Object.entries(modelOf(context, model).fields).find(([, { set }]) => set === 'created')?.[0]
  const order = created ? `${row}.${attributeOf(created)}, ${row}.id` : `${row}.id,`
  return `Many(${into}, ${row}, ${shape}, ${row}.${attributeOf(field)}, (${order}))`
}
