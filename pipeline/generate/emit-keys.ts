import { own, splitGrant, toWords } from '../blueprint/names.ts'
import { withArticle } from '../blueprint/words.ts'
import type { Writing } from './emit-behaviour.ts'
import { type Context, isRpc } from './emit-context.ts'
import { answer, type Crud, decorate, method, portsOf, schemas } from './emit-draft.ts'
import { variableOf } from './emit-names.ts'
import { docstring } from './emit-python.ts'
import { isGuarded } from './emit-readers.ts'

/** Whether the rows behind one of a component's ports get API keys of their own. */
export const givesKeys = (context: Context, component: string): boolean =>
  portsOf(context, component).some(
    ([, port]) => isRpc(port) && port.dir === 'in' && context.keyRoles.has(port.crud ?? ''),
  )

/** The suffix of the shape in which a new row is answered: with its key, where it has one. */
export const madeShape = (crud: Crud): 'Made' | 'Out' => (crud.draft.context.keyRoles.has(crud.model) ? 'Made' : 'Out')

/** What keeps the key of a new row out of the answers that are stored for a repeated request. */
export const secretOf = (crud: Crud): string[] => (madeShape(crud) === 'Made' ? ['secret="api_key"'] : [])

/** Lines that answer a new row. */
export const answerMade = (crud: Crud): string[] => {
  const lines = answer(crud, true)
  if (madeShape(crud) === 'Out') return lines
  const row = variableOf(crud.one)
  return [
    ...lines.slice(0, -1),
    `key = await self.key_ring.issue(call, ${row})`,
    isGuarded(crud.draft.context, crud.model)
      ? `return ${crud.model}Made.model_validate(${row}, context=call).model_copy(update={"api_key": key})`
      : `return ${crud.model}Made(**dict(${crud.model}Out.model_validate(${row})), api_key=key)`,
  ]
}

/** Shapes that show a key: with the row when it is made, alone when it is replaced. */
export const keyShapes = (context: Context, model: string): string[] => {
  if (!context.keyRoles.has(model)) return []
  const words = toWords(model)
  return [
    [
      `class ${model}Made(${model}Out):`,
      ...docstring(`A new ${words}, with the API key that it signs in with.`, '    '),
      '',
      '    api_key: str | None = Field(default=None, description="Shown this once; absent from a repeated answer")',
    ].join('\n'),
    [
      `class ${model}Key(fields.Record):`,
      ...docstring(`The API key of ${withArticle(words)}.`, '    '),
      '',
      '    api_key: str = Field(description="Shown this once, and sent in the header X-API-Key")',
    ].join('\n'),
  ]
}

/** Fields that name the sender of an API key who may make rows only in its own name: filled in where they are left out. */
export const filledByKeys = (context: Context, component: string, portName: string): ReadonlySet<string> => {
  const roles = context.architecture.policies.roles
  const grants = [...context.keyRoles.values()].flatMap((role) => own(roles, role) ?? []).map(splitGrant)
  return new Set(
    grants.flatMap(({ endpoint, op, scope }) =>
      endpoint === `${component}.${portName}` && (op === 'create' || op === '*') && scope && /^[a-z]\w*$/.test(scope)
        ? [scope]
        : [],
    ),
  )
}

/** Writes the operations on API keys: a new one in place of the old, and none any more. */
export const writeKeys = ({ draft, crud, path, port }: Writing): void => {
  if (!crud || !draft.context.keyRoles.has(crud.model) || !(port.only?.includes('update') ?? true)) return
  const one = toWords(crud.model)
  const at = `${path}/{id}/keys`
  schemas(crud, 'Key')
  method(
    draft,
    `rotate_key_of_${crud.one}`,
    decorate(crud, 'post', at, 'update', [`find=${crud.find}`]),
    `call: Current, id: UUID) -> ${crud.model}Key`,
    `Give ${withArticle(one)} a new API key. The one before ends at once.`,
    [
      `${variableOf(crud.one)} = await self.${crud.find}(call, id)`,
      `return ${crud.model}Key(api_key=await self.key_ring.rotate(call, ${variableOf(crud.one)}))`,
    ],
  )
  method(
    draft,
    `revoke_key_of_${crud.one}`,
    decorate(crud, 'delete', at, 'update', []),
    'call: Current, id: UUID) -> None',
    `Revoke the API key of ${withArticle(one)}.`,
    [`await self.key_ring.revoke(call, await self.${crud.find}(call, id))`],
  )
}
