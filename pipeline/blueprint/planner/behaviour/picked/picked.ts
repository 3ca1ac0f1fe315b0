import { plural, sentence, singular, withArticle } from '../../language/words.ts'
import { ensureOwner } from '../access/holders.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { addRule, requireOn } from '../rules.ts'
import { rolesOf } from '../states/people-of.ts'

type Said = { who: string; verb: string; thing: string; per?: string }

const picks =
  /^(?:only )?(?:the |an? )?(?<who>[\p{L}-]+(?: of (?:the |an? )?[\p{L}-]+)?) (?:can |may |then )*(?<verb>pick|choose|select|accept|award|approve)s? (?:only |exactly |at most )?(?:one|a single) (?:of the )?(?<thing>[\p{L}-]+)(?: (?:per|for each|for every|for the|of the|on each|for) (?<per>[\p{L}-]+))?(?<others>(?:,|;)? (?:and )?(?:then )?(?:all |the )*(?:others?|rest|other [\p{L}-]+) (?:are|is|get|gets) (?:then |automatically )*(?:declined|rejected|refused|turned down)|, which (?:then )?(?:declines|rejects|refuses|turns down) (?:all |the )*(?:others?|rest|other [\p{L}-]+)(?: automatically)?)?$/iu

/** "Sellers accept one offer per item", "the owner picks one application, all others are then declined". */
export const readPicked: Read = (said) => {
  const found = picks.exec(said.trim())?.groups
  if (!found || (!found.per && !found.others)) return undefined
  const one: Said = { who: found.who!, verb: found.verb!.toLowerCase(), thing: singular(found.thing!.toLowerCase()) }
  if (found.per) one.per = singular(found.per.toLowerCase())
  return {
    said,
    rest: [],
    implies: one.per ? [`${sentence(withArticle(one.thing))} belongs to ${withArticle(one.per)}`] : [],
    sure: true,
    after: 6,
    apply: (draft) => apply(draft, one),
  }
}

const apply = (draft: BehaviourDraft, { who, verb, thing, per }: Said): Outcome => {
  const model = draft.findModel(thing)
  if (!model) return { unresolved: `There are no ${plural(thing)} to choose from.` }
  const parent = parentOf(draft, model, per)
  if (!parent) return { unresolved: `It is not known what ${plural(model.words)} are for.` }
  const { found: of, field } = parent
  if (draft.noAccounts) return { unresolved: 'Without accounts nobody knows who chooses.' }
  draft.ensureAccounts()
  ensureOwner(draft, model)
  const owner = ensureOwner(draft, of)
  const to = verb === 'approve' ? 'approved' : 'accepted'
  const op = verb === 'approve' ? 'approve' : 'accept'
  if (model.model.states)
    return { unresolved: `${sentence(plural(model.words))} have steps of their own; say who takes them.` }
  const state = {
    type: 'enum' as const,
    values: ['pending', to, 'declined'] as [string, ...string[]],
    default: 'pending',
  }
  const known = Object.entries(model.model.fields).find(([name, { type }]) => name === 'status' && type === 'enum')
  if (known && draft.changing) return { unresolved: `${sentence(plural(model.words))} have a status already.` }
  if (known) model.model.fields.status = state
  else draft.ensureField(model, 'status', state)
  const [row, ref] = [model.key, field.replace(/_id$/, '')]
  const message = `Only one ${model.words} of ${withArticle(of.words)} is ${to}.`
  addRule(model, { name: `one_${to}_per_${of.key}`, message, unique: [field], where: `this.status == '${to}'` })
  // Nobody sends how it was decided: a new one is open, and what is decided stays as it is.
  const { create } = model.model.on ?? {}
  const open = { set: { of: 'this', values: { status: "'pending'" } } }
  model.model.on = { ...model.model.on, create: { ...create, do: [open, ...(create?.do ?? [])] } }
  const { update } = model.model.on
  const kept = { set: { of: 'this', values: { status: 'was.status' } } }
  model.model.on.update = { ...update, do: [kept, ...(update?.do ?? [])] }
  for (const change of ['update', 'delete'] as const)
    requireOn(model, change, {
      check: "this.status == 'pending'",
      message: `${sentence(withArticle(model.words))} that is decided stays as it is.`,
      status: 409,
    })
  model.api.ops = {
    ...model.api.ops,
    [op]: {
      description: `Who made the ${of.words} accepts ${withArticle(model.words)}; the others of the same ${of.words} are then declined.`,
      find: { [row]: { model: model.name, id: 'id' } },
      require: [
        {
          check: `${row}.${ref}.${owner} == me.id`,
          message: `Only who made the ${of.words} accepts ${withArticle(model.words)}.`,
          status: 403,
        },
        { check: `${row}.status == 'pending'`, message: `This ${model.words} is decided already.`, status: 409 },
      ],
      do: [
        { set: { of: row, values: { status: `'${to}'` } } },
        {
          each: {
            as: 'other',
            model: model.name,
            where: `other.${field} == ${row}.${field} && other.id != ${row}.id && other.status == 'pending'`,
            do: [{ set: { of: 'other', values: { status: "'declined'" } } }],
          },
        },
      ],
      answer: { row },
    },
  }
  // Who made what it is for sees and decides; who made it sees and changes it; nobody else does.
  const where = `where this.${ref}.${owner} == me.id`
  const deciders = rolesOf(draft, who).length > 0 ? rolesOf(draft, who) : rolesOf(draft, 'users')
  const makers = rolesOf(draft, 'users').filter((role) => mayMake(draft, model, role))
  draft.grantOnly(
    model,
    op,
    deciders.map((role) => ({ role })),
    true,
  )
  for (const change of ['update', 'delete'])
    draft.grantOnly(
      model,
      change,
      makers.map((role) => ({ role, scope: 'own' })),
    )
  for (const see of ['list', 'read'])
    draft.grantOnly(model, see, [
      ...makers.map((role) => ({ role, scope: 'own' })),
      ...deciders.map((role) => ({ role, scope: where })),
    ])
  return {
    understood: [
      `Who made ${withArticle(of.words)} accepts one of its ${plural(model.words)}; the others are then declined.`,
      message,
    ],
    assumptions: [`${sentence(plural(model.words))} are seen by who made them and by who made the ${of.words}.`],
  }
}

const mayMake = (draft: BehaviourDraft, model: Found, role: string): boolean =>
  (draft.architecture.policies.roles[role] ?? []).some(
    (line) => line.startsWith(`${model.endpoint}:create`) || line.startsWith(`${model.endpoint}:*`),
  )

const parentOf = (
  draft: BehaviourDraft,
  model: Found,
  per: string | undefined,
): { found: Found; field: string } | undefined => {
  const named = per ? draft.findModel(per) : undefined
  if (per && !named) return undefined
  const field = named ? draft.refFrom(model, named) : undefined
  if (named) return field ? { found: named, field } : undefined
  return draft
    .models()
    .filter(({ name }) => name !== model.name)
    .flatMap((found) => {
      const to = draft.refFrom(model, found)
      return to && found.api.owner ? [{ found, field: to }] : []
    })[0]
}
