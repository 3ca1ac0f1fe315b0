import type { Outcome, Read } from '../behaviour.ts'
import { canonical } from '../canonical.ts'
import type { BehaviourDraft } from '../draft.ts'
import { pattern } from '../phrases.ts'
import { ensureOwner, type Holder, holdersOf, setHolders } from './holders.ts'

const sees = pattern(
  '(?:an? |the |every |each )?{who:2} (?:can |may )?(?:only )?(?:sees?|reads?|views?) (?:only |just )?(?:the |all )?{things:2} (?:for|of|on|to|in|about|on|at) (?:their|his|her|its|his or her)(?: own)? {parents:2}(?: only)?',
)

/** "A landlord sees only applications for their own apartments": rows below what one made oneself. */
export const readOfOwn: Read = (said) => {
  const found = sees.exec(canonical(said))?.groups
  if (!found) return undefined
  const { who, things, parents } = found as { who: string; things: string; parents: string }
  if (!/\bonly\b|\bown\b/i.test(said)) return undefined
  return {
    said,
    rest: [],
    implies: ['With user accounts'],
    after: 6,
    apply: (draft) => apply(draft, { who, things, parents, said }),
  }
}

const apply = (
  draft: BehaviourDraft,
  { who, things, parents, said }: { who: string; things: string; parents: string; said: string },
): Outcome => {
  const [model, parent, user] = [draft.findModel(things), draft.findModel(parents), draft.userModel()]
  const role = draft.findRole(who)
  if (!model || !parent || !user || parent.name === user.name || model.name === parent.name)
    return { unresolved: `It is not known which ${things} belong to ${parents}.` }
  if (!role) return { unresolved: `There is no role ${who}.` }
  const ref = draft.refFrom(model, parent)
  if (!ref) return { unresolved: `${things} do not say to which ${parents} they belong.` }
  const owner = draft.refFrom(parent, user) ?? ensureOwner(draft, parent)
  const scope = `where this.${ref.replace(/_id$/, '')}.${owner} == me.id`
  for (const op of ['list', 'read']) {
    // What somebody sees of their own stays; that they see everything goes.
    const others = holdersOf(draft, model, op).filter((one: Holder) => one.role !== role || one.scope === 'own')
    setHolders(draft, model, op, [...others, { role, scope }])
  }
  return { understood: [`${said.charAt(0).toUpperCase()}${said.slice(1)}.`] }
}
