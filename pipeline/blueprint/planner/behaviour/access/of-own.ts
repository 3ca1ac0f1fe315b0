import { sentence } from '../../language/words.ts'
import type { Outcome, Read } from '../behaviour.ts'
import { canonical } from '../canonical.ts'
import type { BehaviourDraft } from '../draft.ts'
import { pattern } from '../phrases.ts'
import { ensureOwner, type Holder, holdersOf, letSee, setHolders } from './holders.ts'

const verb = '(?:see|read|view|change|edit|update|modify|correct|rename|delete|remove|add|create|upload|write|manage)'
const does = pattern(
  `(?:an? |the |every |each )?{who:2} (?:can |may )?(?<only>only )?(?<verbs>${verb}s?(?:(?:, | and | or |, and ){1}${verb}s?)*) (?:only |just )?(?:the |all )?{things:2} (?:for|of|on|to|in|about|on|at) (?:their|his|her|its|his or her)(?: own)? {parents:2}(?: only)?`,
)

/** What each verb may be, as operations. */
const operations: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(?:see|read|view)/, ['list', 'read']],
  [/^(?:change|edit|update|modify|correct|rename)/, ['update']],
  [/^(?:delete|remove)/, ['delete']],
  [/^(?:add|create|upload|write)/, ['create']],
  [/^manage/, ['list', 'read', 'create', 'update', 'delete']],
]
const seeing: readonly string[] = ['list', 'read']

type OfOwn = { who: string; things: string; parents: string; ops: string[]; only: boolean; said: string }

/** "A landlord sees only applications for their own apartments", "users can change photos of their own devices": rows below what one made oneself. */
export const readOfOwn: Read = (said) => {
  const found = does.exec(canonical(said))?.groups
  if (!found) return undefined
  const { who, things, parents, verbs } = found as { [name: string]: string }
  const ops = verbs!
    .toLowerCase()
    .split(/\s*(?:,|\band\b|\bor\b)\s*/)
    .flatMap((one) => operations.find(([shape]) => shape.test(one))?.[1] ?? [])
  if (ops.every((op) => seeing.includes(op)) && !/\bonly\b|\bown\b/i.test(said)) return undefined
  const only = /\bonly\b/i.test(said)
  return {
    said,
    rest: [],
    implies: ['With user accounts'],
    after: 6,
    apply: (draft) =>
      apply(draft, { who: who!, things: things!, parents: parents!, ops: [...new Set(ops)], only, said }),
  }
}

const apply = (draft: BehaviourDraft, { who, things, parents, ops, only, said }: OfOwn): Outcome => {
  const [model, parent, user] = [draft.findModel(things), draft.findModel(parents), draft.userModel()]
  const role = draft.findRole(who)
  if (!model || !parent || !user || parent.name === user.name || model.name === parent.name)
    return { unresolved: `It is not known which ${things} belong to ${parents}.` }
  if (!role) return { unresolved: `There is no role ${who}.` }
  const ref = draft.refFrom(model, parent)
  if (!ref) return { unresolved: `${things} do not say to which ${parents} they belong.` }
  const owner = draft.refFrom(parent, user) ?? ensureOwner(draft, parent)
  const scope = `where this.${ref.replace(/_id$/, '')}.${owner} == me.id`
  for (const op of ops) {
    // What somebody may do with their own stays; that they may with everything goes, where a running system did not have it.
    const goes = seeing.includes(op) || only || !draft.changing
    const others = holdersOf(draft, model, op).filter(
      (one: Holder) => one.role !== role || one.scope === 'own' || (!goes && one.scope === undefined),
    )
    if (!others.some((one) => one.role === role && one.scope === undefined))
      setHolders(draft, model, op, [...others, { role, scope }])
  }
  letSee(draft, model, role, scope)
  return { understood: [`${sentence(said.replace(/\.$/, ''))}.`] }
}
