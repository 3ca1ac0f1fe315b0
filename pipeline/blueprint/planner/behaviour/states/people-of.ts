import { peopleRoles } from '../access/holders.ts'
import type { BehaviourDraft } from '../draft.ts'
import { meansMaker } from '../makers.ts'
import { somebodyOf, withoutLead } from './doers.ts'
import type { Actors } from './spec.ts'

/** The people of a list, one by one. */
export const partsOf = (who: string): string[] => who.split(/\s*(?:,|\band\b|\bor\b)\s*/i)

/** Returns the roles that words for people mean; whoever made a row may be anybody who signs up. */
export const rolesOf = (draft: BehaviourDraft, who: string | readonly string[]): string[] => {
  const { policies } = draft.architecture
  const people = peopleRoles(draft)
  const crowd = people.length > 0 ? people : policies.authn ? ['user'] : []
  return [
    ...new Set(
      [who]
        .flat()
        .flatMap(partsOf)
        .flatMap((one) => {
          if (isMaker(draft, one)) return crowd
          const role = somebodyOf(one)
          if (role === undefined || role === 'nobody') return []
          return /^(?:user|signed|everyone|we|owner)$/.test(role) ? crowd : [draft.findRole(role) ?? role]
        }),
    ),
  ]
}

/** Whether it matters who made a row. */
export const whoMade = (draft: BehaviourDraft, who: string, whose: Actors['whose']): boolean =>
  whose === 'own' || partsOf(who).some((one) => isMaker(draft, one))

/** "The author" where no role is called so: whoever made it. */
export const isMaker = (draft: BehaviourDraft, who: string): boolean =>
  meansMaker(withoutLead(who)) && draft.findRole(who) === undefined
