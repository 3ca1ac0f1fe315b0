import { plural, sentence } from '../../language/words.ts'
import type { Read } from '../behaviour.ts'
import { orderBy } from './ranked.ts'
import type { Rank } from './spec.ts'

const thing = '(?:(?:each|every|all|the|our) )*(?<thing>[\\p{L}-]+(?: [\\p{L}-]+)?)'
const by =
  'by (?:the |their |its )?(?:(?:number|count|amount) of (?:the |their |its )?)?(?<by>popularity|[\\p{L}-]+?)(?: counts?)?'
const deed = '(?<done>popular|loved|favou?rite|[\\p{L}-]+ed(?: for)?|sold|bought|lent)'
const ends =
  '(?:,? (?:with the |the )?(?:(?<up>(?:least|fewest|lowest|worst)(?: [\\p{L}]+)?)|(?:most|highest|best|greatest)(?: [\\p{L}]+)?) (?:first|on top|at the top)|,? (?:in )?(?:descending|desc|(?<up2>ascending|asc))(?: order)?)?'
const shown = '(?:come|comes|go|stand|appear|are|is|should be|must be)(?: always)?(?: shown| listed| displayed)?'
const patterns = [
  `^(?:please )?(?:sort|list|order|rank|show|display) ${thing} ${by}${ends}$`,
  `^${thing} (?:are|is|should be|must be) (?:always )?(?:sorted|listed|ordered|ranked|shown) ${by}${ends}$`,
  `^(?:please )?(?:(?:sort|list|order|rank|show|display|put) )?(?:the )?(?:(?<up>least)|most)[ -]${deed} (?<thing>[\\p{L}-]+(?: (?!come\\b|go\\b|stand\\b|appear\\b|are\\b|is\\b|first\\b)[\\p{L}-]+)?)(?: ${shown})? (?:first|on top|at the top(?: of the list)?)$`,
  `^(?:please )?(?:sort|list|order|rank|show|display) ${thing} (?:with the )?(?:(?<up>least|fewest)|most) (?<by>[\\p{L}-]+?)(?: ones?)? (?:first|on top|at the top)$`,
].map((source) => new RegExp(source, 'iu'))

/** "Ideas are sorted by upvotes", "the most popular ideas come first": by what people do with them. Of fields it is said elsewhere. */
export const readListOrder: Read = (said) => {
  const found = patterns.map((one) => one.exec(said.trim())?.groups).find(Boolean)
  if (!found) return undefined
  const up = found.up ?? found.up2
  const words = (found.done ?? found.by!).toLowerCase()
  const rank: Rank = { by: words === 'popularity' ? 'popular' : words, ...(up ? { up: true } : {}) }
  return {
    said,
    rest: [],
    after: 5,
    maybe: true,
    apply: (draft) => {
      const model = draft.findModel(found.thing!)
      const list = model?.api.list
      if (!model || !list || Object.hasOwn(model.model.fields, rank.by)) return { unresolved: '' }
      const order = orderBy(draft, model, rank)
      if (typeof order === 'string')
        return { unresolved: found.done ? order : `There is no “${found.by}” of ${plural(model.words)} to go by.` }
      const line = `${up ? '' : '-'}${order.field}`
      const told = `${sentence(plural(model.words))} are listed by ${order.words}${up ? '' : ', the most first'}.`
      if (list.order === line) return { holds: told }
      list.order = line
      if (!list.sort.includes(order.field)) list.sort.push(order.field)
      return { understood: [told] }
    },
  }
}
