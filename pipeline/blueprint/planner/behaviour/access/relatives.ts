import { splitGrant } from '../../../names.ts'
import { peopleOf, plural, sentence, singular, withArticle } from '../../language/words.ts'
import { rolesOfRows } from '../among/two.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'

const sees =
  /^(?:the |all )?(?<who>relatives|family members|carers|caregivers|guardians|next of kin|visitors|godparents|legal guardians) (?:can |may )?(?<only>only )?(?:see|view|look at|read)s? (?:only )?(?:the |all (?:the )?)?(?<things>[\p{L}-]+(?: [\p{L}-]+)?) of their (?:own )?(?<whom>[\p{L}-]+)$/iu

/** "Relatives can see the doses of their resident": whose relative somebody is, staff says; they see what is of those and no more. */
export const readOfTheirs: Read = (said) => {
  const found = sees.exec(said.trim())?.groups
  if (!found) return undefined
  const whom = singular(found.whom!.toLowerCase())
  const last = singular(found.who!.toLowerCase().split(' ').at(-1)!)
  // A member is whoever is of the house.
  const who = /^(?:member|kin|visitor)$/.test(last) ? 'relative' : last
  return {
    said,
    rest: [],
    implies: [
      `${sentence(plural(who))} can see all ${found.things}`,
      `${sentence(withArticle(singular(found.things!.toLowerCase())))} belongs to ${withArticle(whom)}`,
    ],
    after: 8,
    apply: (draft) => apply(draft, who, whom, found.things!, found.only !== undefined),
  }
}

const apply = (draft: BehaviourDraft, who: string, whom: string, things: string, only: boolean): Outcome => {
  const person = draft.exactModel(whom)
  const thing = draft.findModel(things)
  const field = person && thing && draft.refFrom(thing, person)
  if (!person || !thing || !field || draft.noAccounts || draft.exactModel(who))
    return { unresolved: `It is not known whose ${plural(things)} are whose.` }
  draft.ensureRole(who)
  const account = draft.ensureAccounts()
  const ties = draft.ensureModel(
    `${person.key}_${who}`,
    {},
    {
      refs: [
        { to: person, onDelete: 'cascade' },
        { to: account, onDelete: 'cascade' },
      ],
      ungranted: true,
      only: ['create', 'list', 'read', 'delete'],
      unique: [[`${person.key}_id`, `${account.key}_id`]],
    },
  )
  // Whoever enters the residents says whose relatives people are.
  const staff = rolesOfRows(draft, person).filter((role) => role !== who)
  for (const op of ['create', 'list', 'read', 'delete'])
    draft.grantOnly(
      ties,
      op,
      staff.map((role) => ({ role })),
    )
  for (const role of staff) for (const op of ['list', 'read']) draft.grant(role, account, op)
  const scope = `where ${ties.name}.exists(r, r.${person.key}_id == this.${field} && r.${account.key}_id == me.id)`
  const { roles } = draft.architecture.policies
  roles[who] = (roles[who] ?? []).filter((line) => {
    const { endpoint } = splitGrant(line)
    return only ? endpoint === account.endpoint : endpoint !== thing.endpoint
  })
  for (const op of ['list', 'read']) draft.grant(who, thing, op, scope)
  return {
    understood: [`${sentence(plural(who))} see the ${plural(thing.words)} of those whose ${who} they are said to be.`],
    assumptions: [
      `Which ${who} belongs to which ${person.words} is entered by ${staff.length > 0 ? `${staff.map(peopleOf).join(' and ')} and ` : ''}administrators.`,
    ],
  }
}
