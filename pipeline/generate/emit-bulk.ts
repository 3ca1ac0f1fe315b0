import { madeOfJson } from '../blueprint/field-kinds.ts'
import { toWords } from '../blueprint/names.ts'
import type { Writing } from './emit-behaviour.ts'
import { modelOf } from './emit-context.ts'
import { type Crud, decorate, method, schemas, use } from './emit-draft.ts'
import { docstring } from './emit-python.ts'
import { createdStatus } from './emit-shape.ts'

/** Writes POST and PATCH .../bulk: the port's create and update for many at once, all or none. */
export const writeBulk = ({ crud, path, port }: Writing): void => {
  if (!crud || !port.bulk) return
  const update = crud.methods.get('update')
  const create = madeOfJson(modelOf(crud.draft.context, crud.model)) ? crud.methods.get('create') : undefined
  if (create) {
    const answer = modelOf(crud.draft.context, crud.model).keys ? 'BulkMade' : 'Bulk'
    schemas(crud, answer, 'BulkCreate')
    use(crud.draft, 'runtime.bulk', 'each_of')
    const idempotent = port.idempotency?.includes('create') ? ['idempotent=True'] : []
    method(
      crud.draft,
      `create_${crud.many}`,
      decorate(crud, 'post', `${path}/bulk`, 'create', [...createdStatus(crud.draft.context), ...idempotent]),
      `call: Current, body: ${crud.model}BulkCreate) -> ${crud.model}${answer}`,
      `Make many ${toWords(crud.many)}: all or none.`,
      [...lockSeries(crud), `return ${crud.model}${answer}(items=await each_of(call, body.items, self.${create}))`],
    )
  }
  if (update) writeChange(crud, path, update)
}

/** Rows of several series are made in the order in which they are sent; who makes others in another waits before that. */
const lockSeries = (crud: Crud): string[] => {
  const several = Object.values(modelOf(crud.draft.context, crud.model).fields).some(({ numbers }) => numbers?.per)
  if (!several) return []
  use(crud.draft, 'runtime.numbering', 'lock_series')
  return [`await lock_series(call.session, ${crud.rows}, body.items)`]
}

const writeChange = (crud: Crud, path: string, update: string): void => {
  schemas(crud, 'Bulk', 'BulkChange', 'BulkUpdate', 'Out')
  use(crud.draft, 'runtime.bulk', 'each_of')
  use(crud.draft, 'runtime.call', 'Call')
  method(
    crud.draft,
    `update_${crud.many}`,
    decorate(crud, 'patch', `${path}/bulk`, 'update', ['answers=(404,)']),
    `call: Current, body: ${crud.model}BulkUpdate) -> ${crud.model}Bulk`,
    `Change many ${toWords(crud.many)}: all or none.`,
    [
      `async def change(call: Call, item: ${crud.model}BulkChange) -> ${crud.model}Out:`,
      `    return await self.${update}(call, item.id, item)`,
      '',
      `await ${crud.store}.lock_all(call, [item.id for item in body.items])`,
      `return ${crud.model}Bulk(items=await each_of(call, body.items, change))`,
    ],
  )
}

/** Returns the shapes of bulk operations: what is sent to make and to change many, and what is answered. */
export const bulkShapes = (
  name: string,
  most: number,
  operations: { create: boolean; update: boolean; keys: boolean },
): string[] => {
  const words = toWords(name)
  const shape = (suffix: string, base: string, text: string, ...lines: string[]): string =>
    [`class ${name}${suffix}(${base}):`, ...docstring(text, '    '), '', ...lines.map((line) => `    ${line}`)].join(
      '\n',
    )
  const items = (type: string) => `items: list[${name}${type}] = Field(min_length=1, max_length=${most})`
  return [
    ...(operations.create
      ? [shape('BulkCreate', 'fields.Schema', `What is sent to make many of ${words}.`, items('Create'))]
      : []),
    ...(operations.update
      ? [
          shape(
            'BulkChange',
            `${name}Update`,
            `What is to change of one ${words}.`,
            'id: fields.Key = Field(exclude=True)',
          ),
          shape('BulkUpdate', 'fields.Schema', `What is sent to change many of ${words}.`, items('BulkChange')),
        ]
      : []),
    ...(operations.create && operations.keys
      ? [shape('BulkMade', 'fields.Record', 'What was made, in the order it was sent.', `items: list[${name}Made]`)]
      : []),
    ...(operations.update || (operations.create && !operations.keys)
      ? [
          shape(
            'Bulk',
            'fields.Record',
            'What was made or changed, in the order it was sent.',
            `items: list[${name}Out]`,
          ),
        ]
      : []),
  ]
}
