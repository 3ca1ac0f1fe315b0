import { peopleOf, sentence } from '../../language/words.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import { doerOf, isPeople } from '../states/doers.ts'

const who = '(?:an? |the |all )?(?<who>[\\p{L}-]+(?: [\\p{L}-]+)?)'
const whom = '(?:an? |the |all )?(?<whom>[\\p{L}-]+(?: [\\p{L}-]+)?)'
const more = '(?:,? (?:and|but) (?:(?:they )?can )?(?:also |besides |in addition )(?<more>.+))?'
const forms: readonly RegExp[] = [
  `^${who} (?:can|may) (?:also )?do (?:everything|anything|all|whatever|the same things?|what) (?:that )?${whom} (?:can|may)(?: do)?(?: too| as well)?${more}$`,
  `^${who} (?:have|has|get|gets) (?:all )?(?:the )?(?:same )?(?:rights|permissions) (?:as|of) ${whom}(?: too| as well)?${more}$`,
  `^${who} (?:can|may) do the same (?:things? )?as ${whom}(?: too| as well)?${more}$`,
].map((source) => new RegExp(source, 'iu'))

/** "Managers can do everything technicians can, and also delete tickets": carried out when it is known what these may. */
export const readSameAs: Read = (said) => {
  const found = forms.map((form) => form.exec(said.trim())?.groups).find(Boolean)
  if (!found || !isPeople(found.who!) || !isPeople(found.whom!)) return undefined
  return {
    said,
    rest: found.more ? [`${found.who} can ${found.more}`] : [],
    implies: ['With user accounts'],
    after: 9,
    sure: true,
    apply: (draft) => copyRights(draft, doerOf(found.who!) ?? '', doerOf(found.whom!) ?? ''),
  }
}

const copyRights = (draft: BehaviourDraft, role: string, other: string): Outcome => {
  const known = draft.findRole(other)
  if (!known || !role || role === known) return { unresolved: `There are no ${peopleOf(other || 'people')} here.` }
  draft.ensureRole(role)
  const { roles } = draft.architecture.policies
  const held = new Set(roles[role])
  const fresh = roles[known]!.filter((grant) => !held.has(grant))
  roles[role] = [...held, ...fresh]
  return {
    understood:
      fresh.length === 0 ? [] : [`${sentence(peopleOf(role))} may do everything that ${peopleOf(known)} may.`],
  }
}
