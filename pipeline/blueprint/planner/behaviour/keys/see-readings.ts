import { ANYONE } from '../../../names.ts'
import { plural, sentence } from '../../language/words.ts'
import { roleOf } from '../../read/people.ts'
import { holdersOf, peopleRoles, setHolders, signUpRolesOf } from '../access/holders.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'

const seeing =
  /^((?:(?:the|all|every|each) )?[\p{L}-]+(?: [\p{L}-]+)??) (?:can |may )?(?:see|read|view|look at)s? (?:all )?(?:the |our )?(?:readings?|measurements?|measured values|values|data)(?: (?:of|from) (?:the|all|all the) [\p{L}-]+(?: [\p{L}-]+)?)?$/iu

/** "Everybody can see the readings": what devices post, by whatever name it is kept. */
export const readSeeingReadings: Read = (said) => {
  const who = /^(?:only|just) /i.test(said) ? undefined : seeing.exec(said)?.[1]
  const role = who ? roleOf(who) : undefined
  if (!who || !role || /^(?:nobody|owner|we)$/.test(role)) return undefined
  return { said, rest: ['With user accounts'], apply: (draft) => applySeeing(draft, who, role) }
}

const applySeeing = (draft: BehaviourDraft, who: string, role: string): Outcome => {
  const posted = draft.models().filter((model) => isPosted(draft, model))
  if (posted.length === 0) return { unresolved: 'No device posts anything.' }
  const crowd = /^(?:everyone|user|signed)$/.test(role)
  if (!crowd) draft.ensureRole(role)
  const readers = role === 'everyone' ? [ANYONE, ...peopleRoles(draft)] : crowd ? signUpRolesOf(draft) : [role]
  for (const model of posted)
    for (const op of ['list', 'read'])
      setHolders(draft, model, op, [
        ...holdersOf(draft, model, op).filter((one) => !readers.includes(one.role)),
        ...readers.map((one) => ({ role: one })),
      ])
  return {
    understood: [
      `${sentence(who.toLowerCase())} may see all ${posted.map((model) => plural(model.words)).join(' and ')}.`,
    ],
  }
}

/** Rows that are made with the key of a device. */
const isPosted = (draft: BehaviourDraft, model: Found): boolean =>
  Object.values(draft.architecture.models).some(
    ({ keys }) =>
      keys !== undefined &&
      (draft.architecture.policies.roles[keys.role] ?? []).some((line) => line.startsWith(`${model.endpoint}:create@`)),
  )
