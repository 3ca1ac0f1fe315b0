import { wordsOfRole } from '../../../role-words.ts'
import { peopleOf, plural, withArticle } from '../../language/words.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import { doerOf } from './doers.ts'

const claim =
  /^(?:the |all |any )?(?<who>[\p{L}-]+(?: [\p{L}-]+)??) (?:(?:can|may) )?(?<verb>take on|take over|takes on|takes over|claim|claims|pick up|picks up) (?:(?:an?|the|any|open|new|unassigned) )*(?<thing>[\p{L}-]+)$/iu

/** Reads who takes things on: "lawyers take on cases". From then on a case is theirs; nobody else takes it. */
export const readClaims: Read = (sentence) => {
  const groups = claim.exec(sentence.trim())?.groups
  const role = groups ? doerOf(groups.who!) : undefined
  if (!groups || !role || /^(?:everyone|nobody|we|owner)$/.test(role)) return undefined
  return {
    said: sentence,
    rest: [],
    implies: [`${plural(role.replaceAll('_', ' '))} can see all ${groups.thing}`],
    apply: (draft) => applyClaim(draft, role, groups.verb!.toLowerCase(), groups.thing!),
  }
}

const applyClaim = (draft: BehaviourDraft, role: string, verb: string, thing: string): Outcome => {
  const model = draft.findModel(thing)
  if (!model || model.name === draft.userModel()?.name) return { unresolved: `There is no “${thing}” to take on.` }
  draft.ensureRole(role)
  const field = draft.ensureRef(model, draft.userModel()!, { field: `${role}_id`, optional: true })
  const name = verb.replace(/^(take|claim|pick)s/, '$1').replace(' ', '_')
  model.api.ops = {
    ...model.api.ops,
    [name]: {
      description: `The caller becomes the ${wordsOfRole(role)} of ${withArticle(model.words)} that has none.`,
      find: { [model.key]: { model: model.name, id: 'id' } },
      require: [
        {
          check: `${model.key}.${field} == null`,
          message: `This ${model.words} has ${withArticle(wordsOfRole(role))} already.`,
        },
      ],
      do: [{ set: { of: model.key, values: { [field]: 'me.id' } } }],
      answer: { row: model.key },
    },
  }
  draft.grantOnly(model, name, [{ role }])
  return {
    understood: [`${peopleOf(role)} ${verb} ${plural(model.words)}; a ${model.words} has one of them at most.`],
  }
}
