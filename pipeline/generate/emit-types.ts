import type { Field, TypeShape } from '../../schemas/generated/architecture.ts'
import type { Context } from './emit-context.ts'
import { ruled, sentType, wordsOf } from './emit-fields.ts'
import { attributeOf } from './emit-names.ts'
import { docstring, type Imports, pythonModule, text } from './emit-python.ts'

/** Returns app/types.py: the roles, and the shapes of operations that are not about one model. */
export const emitTypes = (context: Context): string => {
  const types = Object.entries(context.architecture.types ?? {}).map(([name, shape]) => emitType(name, shape))
  const body = types.join('\n')
  const roles = context.roles.length ? [`Role = typing.Literal[${context.roles.map(text).join(', ')}]`] : []
  const imports: Imports = {
    ...(/\bdt\./.test(body) ? { 'datetime as dt': [] } : {}),
    ...(roles.length || /\btyping\./.test(body) ? { typing: [] } : {}),
    ...(/\bpydantic\./.test(body) ? { pydantic: [] } : {}),
    ...(types.length ? { runtime: ['fields'] } : {}),
  }
  return pythonModule('Types that several components share.', imports, [...roles, ...types])
}

const emitType = (name: string, shape: TypeShape): string =>
  [
    `class ${name}(fields.Message):`,
    ...docstring(`${name.replace(/([a-z0-9])([A-Z])/g, '$1 $2')}.`, '    '),
    '',
    ...Object.entries(shape).map(([fieldName, field]) => emitField(fieldName, field)),
  ].join('\n')

const emitField = (name: string, field: Field): string => {
  const values = field.values ? `typing.Literal[${field.values.map(text).join(', ')}]` : ''
  const sent = ruled(field, field.type === 'email' ? 'fields.SignInEmail' : sentType(field, values))
  // Module names, because a type of the blueprint may be called Field or Annotated.
  const type = sent.replace(/^Annotated\[/, 'typing.Annotated[').replaceAll(' Field(', ' pydantic.Field(')
  const attribute = attributeOf(name)
  const info = [...(attribute === name ? [] : [`alias=${text(name)}`]), ...wordsOf(field)]
  if (field.optional && !info.length) return `    ${attribute}: ${type} | None = None`
  if (field.optional) info.unshift('default=None')
  return `    ${attribute}: ${type}${field.optional ? ' | None' : ''}${info.length ? ` = pydantic.Field(${info.join(', ')})` : ''}`
}
