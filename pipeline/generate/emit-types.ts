import type { Architecture, Field, TypeShape } from '../../schemas/generated/architecture.ts'
import { webhooksOf } from '../blueprint/background.ts'
import { storedShapes } from '../blueprint/field-kinds.ts'
import { own, shapeOf } from '../blueprint/names.ts'
import type { Context } from './emit-context.ts'
import { ruled, sentType, storedDefault, wordsOf } from './emit-fields.ts'
import { attributeOf } from './emit-names.ts'
import { docstring, type Imports, pythonModule, text } from './emit-python.ts'
import { objectBase, outward, withNumbers } from './emit-shape.ts'

/** Returns app/types.py: the roles, and the shapes of operations and of fields that are not about one model. */
export const emitTypes = (context: Context): string => {
  const held = storedShapes(context.architecture)
  const accounts = accountShapes(context)
  const sent = sentFromOutside(context.architecture)
  const baseOf = (name: string) =>
    accounts.has(name)
      ? objectBase(context, 'fields.Message', context.accountModel!)
      : `fields.${held.has(name) ? 'Shape' : sent.has(name) ? 'Notice' : 'Message'}`
  const types = inOrder(context.architecture.types ?? {}).map(([name, shape]) =>
    emitType(context, name, shape, baseOf(name)),
  )
  const body = types.join('\n')
  const roles = context.roles.length ? [`Role = typing.Literal[${context.roles.map(text).join(', ')}]`] : []
  const imports: Imports = {
    ...(/\bdt\./.test(body) ? { 'datetime as dt': [] } : {}),
    ...(/\bdecimal\./.test(body) ? { decimal: [] } : {}),
    ...(roles.length || /\btyping\./.test(body) ? { typing: [] } : {}),
    ...(/\bpydantic\./.test(body) ? { pydantic: [] } : {}),
    ...(types.length ? { runtime: ['fields'] } : {}),
  }
  return withNumbers(context, pythonModule('Types that several components share.', imports, [...roles, ...types]))
}

/** Each type after those that it holds. */
const inOrder = (types: { [name: string]: TypeShape }): [string, TypeShape][] => {
  const done = new Map<string, TypeShape>()
  const visit = (name: string, within: readonly string[]) => {
    const shape = types[name]
    if (!shape || done.has(name) || within.includes(name)) return
    for (const field of Object.values(shape)) visit(shapeOf(field.type) ?? '', [...within, name])
    done.set(name, shape)
  }
  for (const name of Object.keys(types)) visit(name, [])
  return [...done]
}

/** The shapes of what webhooks are sent, and the shapes within them. */
const sentFromOutside = (architecture: Architecture): Set<string> => {
  const found = new Set<string>()
  const visit = (name: string | undefined) => {
    if (name === undefined || found.has(name)) return
    found.add(name)
    for (const field of Object.values(own(architecture.types, name) ?? {})) visit(shapeOf(field.type))
  }
  for (const { shape } of webhooksOf(architecture)) visit(shape.in)
  return found
}

/** Types that stand for an account: what signing up and in take and answer. */
const accountShapes = ({ architecture }: Context): ReadonlySet<string> => {
  const [component = '', port = ''] = architecture.policies.authn?.issuer.split('.') ?? []
  const issuer = own(own(architecture.components, component)?.ports, port)
  const ops = (issuer?.kind === 'rpc' && issuer.ops) || {}
  const names = ['register', 'login', 'setup'].flatMap((op) => [own(ops, op)?.in, own(ops, op)?.out])
  return new Set(names.filter((name) => name !== undefined))
}

const emitType = (context: Context, name: string, shape: TypeShape, base: string): string =>
  [
    `class ${name}(${base}):`,
    ...docstring(`${name.replace(/([a-z0-9])([A-Z])/g, '$1 $2')}.`, '    '),
    '',
    ...Object.entries(shape).map(([fieldName, field]) => emitField(context, fieldName, field, base === 'fields.Shape')),
  ].join('\n')

const emitField = (context: Context, name: string, field: Field, held: boolean): string => {
  const values = field.values ? `typing.Literal[${field.values.map(text).join(', ')}]` : ''
  const sent = ruled(field, field.type === 'email' && !held ? 'fields.SignInEmail' : sentType(field, values))
  // Module names, because a type of the blueprint may be called Field or Annotated.
  const type = sent
    .replace(/Annotated\[app_types\.(\w+), fields\.AsJson\]/, '$1')
    .replace(/^Annotated\[/, 'typing.Annotated[')
    .replaceAll(' Field(', ' pydantic.Field(')
  const attribute = attributeOf(name)
  const info = [...(attribute === name ? [] : [`alias=${text(outward(context, name))}`]), ...wordsOf(field)]
  if (field.default !== undefined && field.default !== null)
    info.unshift(
      `${Array.isArray(field.default) ? 'default_factory' : 'default'}=${storedDefault(field, field.default)}`,
    )
  else if (field.optional && !info.length) return `    ${attribute}: ${type} | None = None`
  else if (field.optional) info.unshift('default=None')
  return `    ${attribute}: ${type}${field.optional ? ' | None' : ''}${info.length ? ` = pydantic.Field(${info.join(', ')})` : ''}`
}
