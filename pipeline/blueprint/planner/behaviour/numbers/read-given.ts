import { isNumbered } from '../../../field-kinds.ts'
import type { Read } from '../behaviour.ts'

const changes =
  /^(?:only )?(?:(?:the|all|an?) )?[\p{L}-]+(?: [\p{L}-]+)? (?:can|may|should be able to|must|should) (?:also )?(?:change|edit|set|enter|give|correct|fill in|choose|type|update) (?:the|its|their|an?) (?:(?<thing>[\p{L}-]+) )?numbers?(?: (?:of|for) (?:(?:the|an?|each|all|every) )*(?<of>[\p{L}-]+))?$/iu

/** "Staff can change the number": of one that the system gives that is named, since being allowed to change the row is not it. */
export const readGivenNumber: Read = (said) => {
  const found = changes.exec(said.trim())?.groups
  if (!found) return undefined
  const of = found.of ?? found.thing
  return {
    said,
    rest: [],
    after: 1,
    maybe: true,
    apply: (draft) => {
      const named = of === undefined ? undefined : draft.findModel(of)
      const models = named ? [named] : draft.models()
      const given = models.some(({ model }) => Object.values(model.fields).some(isNumbered))
      if (!given) return { unresolved: '' }
      draft.lose(`Not built: “${said}”. The system gives the number, and nobody changes it.`)
      return { understood: [] }
    },
  }
}
