import { sentence } from '../../language/words.ts'
import type { Outcome } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { isNumber } from '../places/fields.ts'
import { showValue } from '../shown/apply-shown.ts'

const some =
  /^(?:with |that |have |has |having |still )*(?:(?:free|available|open|remaining) (?<of>[\p{L}]+)|(?<of2>[\p{L}]+) (?:that are )?(?:left|free|available)|(?:not|not yet) (?:full|fully booked|booked up|sold out))$/iu
const none = /^(?:that are |are )?(?:full|fully booked|booked up|booked out|sold out)$/i
const capacity = /^(?:max_|number_of_)?(?:seats|places|spots|spaces|slots|capacity|tickets|participants|attendees)$/

/** "Courses with free seats", "full courses": by what is left of them, which is worked out. Undefined for other words. */
export const byPlacesLeft = (draft: BehaviourDraft, model: Found, words: string, rows: string): Outcome | undefined => {
  const said = some.exec(words)?.groups
  const full = none.test(words)
  if (!said && !full) return undefined
  const of =
    said?.of ??
    said?.of2 ??
    Object.keys(model.model.fields).find((name) => capacity.test(name) && isNumber(model.model.fields[name]))
  const shown = of ? showValue(draft, model, { take: 'left', of: of.replaceAll('_', ' ') }) : undefined
  if (!shown || typeof shown === 'string') return undefined
  const { list } = model.api
  if (list && !list.range?.includes(shown.name)) list.range = [...(list.range ?? []), shown.name]
  return {
    understood: [`${sentence(rows)} are listed by ${model.path}?${shown.name}_${full ? 'max=0' : 'min=1'}.`],
  }
}
