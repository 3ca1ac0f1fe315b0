import { peopleOf } from '../../language/words.ts'
import { roleOf } from '../../read/people.ts'
import type { Read } from '../behaviour.ts'
import { rolesOf } from '../states/people-of.ts'
import { holdersOf, setHolders } from './holders.ts'

const pattern =
  /^(?<who>(?:the |all )?[\p{L}-]+s) (?:can |may )?(?:only )?(?:see|view|manage|access)s? (?:only )?their (?:own )?(?<people>[\p{L}-]+s)$/iu

/** "Instructors see only their own students", of whom nothing is kept: it is not known whose they are. */
export const readOwnPeople: Read = (said) => {
  const found = pattern.exec(said.trim())?.groups
  const role = found ? roleOf(found.people!) : undefined
  if (!found || !role || /^(?:user|everyone|signed|nobody|we|owner)$/.test(role)) return undefined
  return {
    said,
    rest: [],
    apply: (draft) => {
      if (draft.exactModel(role)) return { unresolved: '' }
      draft.lose(`Not built: “${said}”. It is not known which ${peopleOf(role)} are whose.`)
      return { understood: [] }
    },
  }
}

const below =
  /^(?<who>(?:the |all )?[\p{L}-]+s) (?:can |may )?(?:only )?(?:see|view|manage)s? (?:only )?(?:the )?(?<things>[\p{L}-]+s) of their own (?<others>[\p{L}-]+s)$/iu

/** "Landlords see only defects of their own buildings", where no buildings are kept: they see no more than what is their own. */
export const readOfOwnThings: Read = (said) => {
  const found = below.exec(said.trim())?.groups
  if (!found) return undefined
  return {
    said,
    rest: [said],
    after: 9,
    apply: (draft) => {
      if (draft.findModel(found.others!)) return { unresolved: '' }
      draft.lose(`Not built: “${said}”. There are no ${found.others} here, so they see none.`)
      // Who sees some only, and it is not known which, sees none.
      const model = draft.findModel(found.things!)
      const roles = rolesOf(draft, found.who!)
      if (model && model.name !== draft.userModel()?.name)
        for (const op of ['list', 'read', 'update', 'delete'])
          setHolders(
            draft,
            model,
            op,
            holdersOf(draft, model, op).filter(({ role }) => !roles.includes(role)),
          )
      return { understood: [] }
    },
  }
}
