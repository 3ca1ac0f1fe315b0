import { toWords } from '../blueprint/names.ts'
import { crudOpsOf } from '../blueprint/operations.ts'
import { withArticle } from '../blueprint/words.ts'
import type { Writing } from './emit-behaviour.ts'
import { modelOf } from './emit-context.ts'
import { decorate, method, use } from './emit-draft.ts'

/** Writes GET .../{id}/history of a model whose changes are kept; it is allowed to whom reading is. */
export const writeHistory = ({ draft, port, crud }: Writing): void => {
  if (!crud || port.dir !== 'in' || !crudOpsOf(port).includes('read') || !modelOf(draft.context, crud.model).history)
    return
  use(draft, 'typing', 'Annotated')
  use(draft, 'fastapi', 'Query')
  use(draft, 'runtime.history', 'HistoryPage', 'HistoryQuery', 'history_of')
  method(
    draft,
    `list_history_of_${crud.one}`,
    decorate(crud, 'get', `${crud.path}/{id}/history`, 'read', []),
    'call: Current, id: UUID, query: Annotated[HistoryQuery, Query()]) -> HistoryPage',
    `List what was done with ${withArticle(toWords(crud.model))}, the newest first.`,
    [`return await history_of(${crud.store}, call, id, query)`],
  )
}
