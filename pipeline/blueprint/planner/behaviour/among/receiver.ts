import { listed, plural, sentence, withArticle } from '../../language/words.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { requireOn } from '../rules.ts'
import { transitionsOf } from '../states/apply-sequence.ts'
import { ensureStep } from '../states/ensure-step.ts'
import { stateFieldOf } from '../states/state-field.ts'
import { verbOf } from '../states/verbs.ts'
import { rolesOfRows, twoOf } from './two.ts'

const receiver =
  /^(?:only )?(?:the |its |their )?(?:receiver|recipient|addressee|invitee|person asked|other (?:one|person)|one who (?:is|was) (?:asked|invited|challenged)|one who (?:receives|gets|got|received) it)(?: of (?:an? |the )?(?<thing>[\p{L}-]+))? (?:can|may|must) (?<verbs>[\p{L}]+(?:(?:,| or| and|, or) [\p{L}]+)*)(?: (?:it|them|an? [\p{L}-]+|the [\p{L}-]+|[\p{L}-]+s))?$/iu

/** "Only the receiver may accept or decline": of what somebody sends to somebody, the other one. */
export const readReceiver: Read = (said) => {
  const found = receiver.exec(said.trim())?.groups
  if (!found || /\b(?:see|read|view|change|edit|delete|write)\b/i.test(found.verbs!)) return undefined
  const verbs = found
    .verbs!.toLowerCase()
    .split(/\s*(?:,|\bor\b|\band\b)\s*/)
    .filter(Boolean)
  return { said, rest: [], sure: true, after: 3, apply: (draft) => apply(draft, said.trim(), verbs, found.thing) }
}

/** The state to which a step leads. */
const endOf = (model: Found, verb: string): string | undefined =>
  stateFieldOf(model)?.values.find((value) => verbOf(value) === verb)

const apply = (draft: BehaviourDraft, said: string, verbs: readonly string[], thing: string | undefined): Outcome => {
  const named = thing ? draft.findModel(thing) : undefined
  const affairs = (named ? [named] : draft.models()).flatMap((model) => {
    const two = twoOf(draft, model)
    return two && verbs.every((verb) => endOf(model, verb) !== undefined) ? [two] : []
  })
  const one = affairs[0]
  if (!one || affairs.length > 1) {
    draft.lose(`Not built: “${said}”. It is not known who receives what.`)
    return { understood: [] }
  }
  const { rows, scope } = one
  const ops = verbs.flatMap((verb) => {
    const there = transitionsOf(rows.model, verb)
    if (there.length > 0) return there
    const made = ensureStep(draft, rows, endOf(rows, verb)!)
    // It is decided once.
    const { states, fields } = rows.model
    const first = states && fields[states.field]?.default
    for (const name of made) if (typeof first === 'string') states!.transitions[name]!.from = [first]
    return made
  })
  const roles = rolesOfRows(draft, rows)
  for (const op of ops)
    draft.grantOnly(
      rows,
      op,
      roles.map((role) => ({ role, scope })),
    )
  for (const op of ['list', 'read'])
    draft.grantOnly(
      rows,
      op,
      roles.flatMap((role) => [
        { role, scope: 'own' },
        { role, scope },
      ]),
    )
  // What somebody said yes to stays what it was: it is not sent on to somebody else.
  const { states, fields } = rows.model
  const open = states && fields[states.field]?.default
  if (typeof open === 'string')
    requireOn(rows, 'update', {
      check: `this.${states!.field} == '${open}'`,
      message: `${sentence(withArticle(rows.words))} that is answered stays as it is.`,
      status: 409,
    })
  return {
    understood: [`${sentence(plural(rows.words))}: only whom they are sent to may ${listed([...verbs], 'or')} them.`],
    breaks: draft.changing,
  }
}
