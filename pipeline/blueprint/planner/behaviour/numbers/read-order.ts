import { isNumbered } from '../../../field-kinds.ts'
import { toWords } from '../../../names.ts'
import { plural, sentence } from '../../language/words.ts'
import type { Read } from '../behaviour.ts'

const thing = '(?:(?:each|every|all|the|our) )*(?<thing>[\\p{L}-]+(?: [\\p{L}-]+)?)'
const by = 'by (?:the |their |its )?(?:[\\p{L}-]+ )?numbers?'
const direction =
  '(?:,? (?:with the )?(?:(?<down>(?:the )?(?:highest|newest|latest|largest|last|greatest)(?: (?:one|number))? first|(?:in )?descending(?: order)?|downwards?)|(?:the )?(?:lowest|oldest|smallest|first|earliest)(?: (?:one|number))? first|(?:in )?ascending(?: order)?|upwards?))?'
const patterns = [
  `^(?:please )?(?:sort|list|order|show) ${thing} ${by}${direction}$`,
  `^${thing} (?:are|is|should be|must be) (?:always )?(?:sorted|listed|ordered|shown) ${by}${direction}$`,
].map((source) => new RegExp(source, 'iu'))

/** "Orders are listed by number": by the one that the system gives; of any other number it is said elsewhere. */
export const readNumberOrder: Read = (said) => {
  const found = patterns.map((one) => one.exec(said.trim())?.groups).find(Boolean)
  if (!found) return undefined
  return {
    said,
    rest: [],
    after: 1,
    maybe: true,
    apply: (draft) => {
      const model = draft.findModel(found.thing!)
      const name = model && Object.keys(model.model.fields).find((each) => isNumbered(model.model.fields[each]!))
      if (!model?.api.list || !name) return { unresolved: '' }
      const order = `${found.down ? '-' : ''}${name}`
      const words = `${sentence(plural(model.words))} are listed by ${toWords(name)}${found.down ? ', the last one first' : ''}.`
      if (model.api.list.order === order) return { holds: words }
      model.api.list.order = order
      return { understood: [words] }
    },
  }
}
