import type { Architecture } from '../../../../schemas/generated/architecture.ts'
import { registrationOf, rolesFieldOf } from '../../names.ts'
import { wordsOfRole } from '../../role-words.ts'
import { withArticle } from '../language/words.ts'

/** Whether who signs up is to say what they are from a change on: not in a system where all of them are everything already. */
export const asksForRole = (current: Architecture): boolean => {
  const roles = rolesFieldOf(current)
  return roles?.choice === true || !Array.isArray(roles?.default) || roles.default.length < 2
}

/**
 * Lets whoever signs up say what they are where there are several roles that one gets by that: what only freelancers may not
 * see would be seen by everybody who is a client as well. Returns the line that tells it; undefined where there is no choice.
 */
export const chooseRole = (architecture: Architecture): string | undefined => {
  const roles = rolesFieldOf(architecture)
  const shape = registrationOf(architecture)
  if (!roles || !shape) return undefined
  const all = Array.isArray(roles.default) ? roles.default.map(String) : []
  if (all.length < 2) {
    if (roles.choice) {
      delete roles.choice
      delete shape.role
    }
    return undefined
  }
  // People may have a role of their own kind ("their role in the band"): then everybody gets all, as ever.
  if (shape.role && !roles.choice) return undefined
  roles.choice = true
  shape.role = { type: 'enum', values: [all[0]!, ...all.slice(1), 'all'] }
  const words = all.map((role) => withArticle(wordsOfRole(role)))
  return `Whoever signs up says whether they are ${words.slice(0, -1).join(', ')} or ${words.at(-1)}, or ${all.length === 2 ? 'both' : 'all of it'} (role at sign-up).`
}
