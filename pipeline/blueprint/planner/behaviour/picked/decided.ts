import { listed, plural, sentence, singular } from '../../language/words.ts'
import { ensureOwner } from '../access/holders.ts'
import { rolesOfRows } from '../among/two.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import { transitionsOf } from '../states/apply-sequence.ts'
import { rolesOf } from '../states/people-of.ts'

const decides =
  /^(?<who>[\p{L}-]+(?: [\p{L}-]+)?) decide on (?:the )?(?<rows>[\p{L}-]+) of their own (?<of>[\p{L}-]+(?: [\p{L}-]+)?): (?<verbs>[\p{L}, ]+)$/iu

/** "Drivers decide on requests of their own rides: accept, decline": whoever made what is asked for decides, and nobody else. */
export const readDecided: Read = (said) => {
  const found = decides.exec(said.trim())?.groups
  if (!found) return undefined
  const { who = '', rows = '', of = '', verbs = '' } = found
  return { said, rest: [], sure: true, after: 6, apply: (draft) => apply(draft, who, rows, of, verbs.split(/,\s*/)) }
}

const apply = (draft: BehaviourDraft, who: string, rows: string, of: string, verbs: readonly string[]): Outcome => {
  const [model, thing] = [draft.findModel(rows), draft.findModel(of)]
  const field = model && thing && draft.refFrom(model, thing)
  const ops = model ? verbs.flatMap((verb) => transitionsOf(model.model, verb)) : []
  if (!model || !thing || !field || ops.length === 0)
    return { unresolved: `It is not known which ${rows} are for which ${of}.` }
  if (draft.noAccounts) return { unresolved: 'Without accounts nobody knows who decides.' }
  const owner = ensureOwner(draft, thing)
  ensureOwner(draft, model)
  const scope = `where this.${field.replace(/_id$/, '')}.${owner} == me.id`
  const makers = rolesOfRows(draft, model)
  const deciders = rolesOf(draft, who).map((role) => ({ role, scope }))
  for (const op of ops) draft.grantOnly(model, op, deciders)
  for (const op of ['list', 'read'])
    draft.grantOnly(model, op, [...makers.map((role) => ({ role, scope: 'own' })), ...deciders])
  return {
    understood: [
      `${sentence(plural(model.words))} are decided on (${listed([...verbs], 'or')}) by who made the ${singular(of)}, who sees them beside whoever made them.`,
    ],
  }
}
