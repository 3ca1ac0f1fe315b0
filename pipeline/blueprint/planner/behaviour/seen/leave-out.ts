import { expansionOf } from '../../../expansions.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'

/** Takes a field out of whatever would tell it: lists, and what is embedded by it. */
export const leaveOut = (draft: BehaviourDraft, model: Found, name: string): void => {
  const { list } = model.api
  if (list) {
    list.filter = list.filter.filter((one) => one !== name)
    list.sort = list.sort.filter((one) => one !== name)
    list.search = list.search.filter((one) => one !== name)
    if (list.range) list.range = list.range.filter((one) => one !== name)
    if (list.range?.length === 0) delete list.range
    if (list.order.replace(/^-/, '') === name)
      list.order = list.sort.includes('created_at') ? '-created_at' : list.sort[0]!
  }
  for (const { api } of [...draft.models()]) {
    const left = (api.expand ?? []).filter((into) => {
      const expansion = expansionOf(draft.architecture, api, into)
      const by = expansion?.kind === 'one' ? api.crud : expansion?.model
      return !(by === model.name && expansion?.field === name)
    })
    if (api.expand && left.length < api.expand.length) {
      if (left.length > 0) api.expand = left
      else delete api.expand
    }
  }
}
