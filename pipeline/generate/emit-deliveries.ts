import { toWords } from '../blueprint/names.ts'
import { crudOpsOf } from '../blueprint/operations.ts'
import { subjectModels } from '../blueprint/subjects.ts'
import { withArticle } from '../blueprint/words.ts'
import type { Writing } from './emit-behaviour.ts'
import { decorate, method, use } from './emit-draft.ts'
import { text } from './emit-python.ts'

/** Writes GET .../{id}/deliveries of a model whose rows name an address that is called; it is allowed to whom reading is. */
export const writeDeliveries = ({ draft, port, crud }: Writing): void => {
  if (!crud || port.dir !== 'in' || !crudOpsOf(port).includes('read')) return
  if (!subjectModels(draft.context.architecture).has(crud.model)) return
  use(draft, 'typing', 'Annotated')
  use(draft, 'fastapi', 'Query')
  use(draft, 'runtime.delivery_desk', 'DeliveriesQuery', 'DeliveryPage', 'deliveries_of')
  method(
    draft,
    `list_deliveries_of_${crud.one}`,
    decorate(crud, 'get', `${crud.path}/{id}/deliveries`, 'read', []),
    'call: Current, id: UUID, query: Annotated[DeliveriesQuery, Query()]) -> DeliveryPage',
    `List the calls that were made for ${withArticle(toWords(crud.model))}, the newest first.`,
    [
      `await ${crud.store}.read(call, id)`,
      `return await deliveries_of(call, ${crud.store}.database, ${text(crud.model)}, id, query)`,
    ],
  )
}
