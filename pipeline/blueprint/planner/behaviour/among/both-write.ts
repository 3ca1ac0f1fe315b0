import { plural, sentence, singular, withArticle } from '../../language/words.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import { requireOn } from '../rules.ts'
import { stateFieldOf } from '../states/state-field.ts'
import { rolesOfRows, type Two, twoOf } from './two.ts'

const writes =
  /^(?:after|once|when|as soon as|if) (?:it|(?:an? |the |their )?(?<thing>[\p{L}-]+)) (?:is|was|has been) (?<state>[\p{L}]+),? (?:then )?(?:both|the two|both of them|the two of them|they both) (?:(?:can|may) )?(?:write|send|exchange|post)(?: each other)? (?<gift>messages|notes|comments)(?: (?:to|with) each other)?$/iu
const sees =
  /^only (?:the two|both|the two of them|both of them|these two|the two (?:people|members|users|partners)) (?:can |may )?(?:see|read|view) (?:the |their |these |those )?(?<gift>messages|notes|comments|them)$/iu

/** "After it is accepted both can write messages": messages of the two, which nobody else sees. */
export const readBothWrite: Read = (said) => {
  const found = writes.exec(said.trim())?.groups
  if (!found) return undefined
  const { state = '', gift = '', thing } = found
  return {
    said,
    rest: [],
    sure: true,
    after: 4,
    apply: (draft) => apply(draft, singular(gift.toLowerCase()), state.toLowerCase(), thing),
  }
}

/** "Only the two of them see the messages": so it is. */
export const readOnlyTheTwo: Read = (said) => {
  const gift = sees.exec(said.trim())?.groups?.gift
  if (!gift) return undefined
  return {
    said,
    rest: [],
    sure: true,
    after: 5,
    apply: (draft) => {
      const rows = draft.exactModel(/^them$/i.test(gift) ? 'message' : singular(gift.toLowerCase()))
      const between = rows && draft.models().some((one) => twoOf(draft, one) && draft.refFrom(rows, one))
      return rows && between
        ? { understood: [`${sentence(plural(rows.words))} are seen by the two alone.`] }
        : { unresolved: 'It is not known which two.' }
    },
  }
}

const apply = (draft: BehaviourDraft, gift: string, state: string, thing: string | undefined): Outcome => {
  const named = thing ? draft.findModel(thing) : undefined
  const affairs = (named ? [named] : draft.models()).flatMap((model) => {
    const field = stateFieldOf(model)
    const two = twoOf(draft, model)
    return two && field?.values.includes(state) ? [{ two, field: field.name }] : []
  })
  const one = affairs[0]
  if (!one || affairs.length > 1) return { unresolved: `It is not known what is ${state} between whom.` }
  if (draft.exactModel(gift)) return { unresolved: `${sentence(plural(gift))} are something else already.` }
  const { rows } = one.two
  const roles = rolesOfRows(draft, rows)
  const made = draft.ensureModel(
    gift,
    { text: { type: 'text' } },
    {
      owned: true,
      refs: [{ to: rows, onDelete: 'cascade' }],
      ungranted: true,
      only: ['create', 'list', 'read', 'delete'],
    },
  )
  const mine = isOneOf(one.two, `this.${rows.key}`)
  requireOn(made, 'create', {
    check: `this.${rows.key}.${one.field} == '${state}'`,
    message: `${sentence(plural(gift))} are written once the ${rows.words} is ${state}.`,
    status: 409,
  })
  requireOn(made, 'create', {
    check: mine,
    message: `Only the two write ${plural(gift)}.`,
    status: 403,
  })
  const grant = (ops: readonly string[], scope: string): void => {
    for (const op of ops)
      draft.grantOnly(
        made,
        op,
        roles.map((role) => ({ role, scope })),
        true,
      )
  }
  grant(['create', 'delete'], 'own')
  grant(['list', 'read'], `where ${mine}`)
  return {
    understood: [`Once ${withArticle(rows.words)} is ${state}, the two write ${plural(gift)}, which nobody else sees.`],
  }
}

/** The condition that the caller is one of the two of a row. */
const isOneOf = ({ owner, other }: Two, row: string): string => `(${row}.${owner} == me.id || ${row}.${other} == me.id)`
