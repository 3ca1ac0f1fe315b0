import { toWords } from '../blueprint/names.ts'
import { withArticle } from '../blueprint/words.ts'
import type { Writing } from './emit-behaviour.ts'
import { modelOf } from './emit-context.ts'
import { answer, decorate, method, schemas } from './emit-draft.ts'
import { variableOf } from './emit-names.ts'

/** Writes POST .../{id}/restore, for whoever may delete. */
export const writeRestore = ({ crud, path }: Writing): void => {
  if (!crud || !modelOf(crud.draft.context, crud.model).softDelete) return
  if (crud.port.only && !crud.port.only.includes('delete')) return
  schemas(crud, 'Out')
  method(
    crud.draft,
    `restore_${crud.one}`,
    decorate(crud, 'post', `${path}/{id}/restore`, 'delete', ['status=200']),
    `call: Current, id: UUID) -> ${crud.model}Out`,
    `Bring back ${withArticle(toWords(crud.model))} that was deleted.`,
    [`${variableOf(crud.one)} = await ${crud.store}.restore(call, id)`, ...answer(crud, false)],
  )
}
