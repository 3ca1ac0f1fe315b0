import type { Step } from '../../../../../schemas/generated/architecture.ts'
import { ANYONE, refOf, toWords } from '../../../names.ts'
import { isPlural, plural, singular } from '../../language/words.ts'
import { signUpRoles } from '../../lexicon/people.ts'
import { doersOf, linkNouns } from '../../lexicon/verbs.ts'
import { ensureOwner, signUpRolesOf } from '../access/holders.ts'
import { attendanceOf } from '../attendance.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { meansMaker } from '../makers.ts'
import { doerOf, withoutLead } from '../states/doers.ts'

/** Gives each of those who are told a step; `create` makes the step for the expression of an account's id. */
export type Recipients = { models: Found[]; steps: (create: (person: string) => Step) => Step[] }

/**
 * Returns who is meant by words, seen from a row of `model`; undefined where nobody is. `theirs`: whoever the row is of, also
 * where several are named ("applicants, when their application is decided"); `ofRow`: a row may be of one of them.
 */
export const recipientsOf = (
  draft: BehaviourDraft,
  model: Found,
  words: string,
  { theirs = false, ofRow: isOf = true }: { theirs?: boolean; ofRow?: boolean } = {},
): Recipients | undefined => {
  const user = draft.ensureAccounts()
  const plain = withoutLead(words.trim()).replace(/^(?:(?:of )?(?:its|their|his|her|our|both)\s+)+/i, '')
  const of = /^(.+?) of (?:the|that|an?|this|their|its) ([\p{L} -]+)$/iu.exec(plain)
  if (of) {
    const above = draft.findModel(of[2]!)
    if (above && above.name !== model.name)
      return throughParent(draft, model, above, of[1]!) ?? groupOf(draft, model, above, of[1]!)
    return recipientsOf(draft, model, of[1]!)
  }
  // Whoever asks for a system: the one whose row it is, or who looks after all of them.
  if (/^(?:i|we|me|us)$/i.test(plain))
    return model.api.owner ? onePerson(model, model.api.owner) : everybody(user, 'admin')
  const assigned = assignedWords.exec(plain)
  if (assigned) return assigneeOf(draft, model, assigned.groups?.noun)
  const takers = takersOf(draft, model, plain)
  if (takers) return takers
  // "All its helpers": those who registered for it, where registrations say so.
  const inIt = attendanceOf(draft, plain, model)
  if (inIt && /s$/i.test(plain)) return whoMade(draft, { model: inIt.tie, field: inIt.thing })
  const marked = followersOf(draft, model, plain)
  if (marked) return marked
  // A customer who is only written down has no account to be told on.
  const stored = draft.exactModel(plain.toLowerCase().replace(/s$/, '').replace(/\s+/g, '_'))
  if (stored && stored.name !== user.name && draft.refFrom(model, stored)) return undefined
  const ref = draft.refFrom(model, user, plain)
  const named = ref && keyFits(ref, plain) ? ref : undefined
  if (named) return onePerson(model, named)
  // "The owner" of a business, who has rights of their own, is not whoever handed something in.
  const appointed = draft.findRole(plain)
  if (appointed !== undefined && meansMaker(plain) && !signUpRolesOf(draft).includes(appointed))
    return everybody(user, appointed)
  if (meansMaker(plain)) {
    const maker = model.api.owner ?? ref
    const theirs = maker ? onePerson(model, maker) : parentOwner(draft, model, user)
    if (theirs || draft.findRole(plain) === undefined) return theirs ?? onePerson(model, ensureOwner(draft, model))
  }
  const above = isOne(words) ? namedAbove(draft, model, plain) : undefined
  if (above) return above
  const role = doerOf(plain)
  if (role === undefined || role === 'nobody') return undefined
  // "The user" is the one whose it is, "users" are all.
  if (/^(?:the|that|this|its) (?:user|person)$/i.test(words.trim()) && model.api.owner)
    return onePerson(model, model.api.owner)
  if (/^(?:everyone|user|signed|we)$/.test(role)) return everybody(user, undefined)
  // The head nurse is no nurse like others.
  const found = draft.findRole(role)
  const known = found !== undefined && (found === role || !role.includes('_')) ? found : role
  // Whoever signs up is told of what is theirs; who looks after things is told of everybody's.
  const signsUp = signUpRolesOf(draft).includes(known)
  if (signsUp && model.api.owner) return onePerson(model, model.api.owner)
  if (signsUp && ref) return onePerson(model, ref)
  // "When a slot is cancelled the member is told": whoever booked it.
  if (signsUp)
    return (
      parentOwner(draft, model, user) ??
      takersIn(draft, model) ??
      (theirs || (isOf && isOne(words)) ? ofRow(draft, model, user, known) : everybody(user, known))
    )
  // "The customer is told when a repair is ready": of that repair, never every customer there is.
  if (signUpRoles.has(singular(plain.toLowerCase())) && (theirs || (isOf && isOne(words))) && known === role)
    return ofRow(draft, model, user, known)
  draft.ensureRole(known)
  return everybody(user, known)
}

/** "The therapist", seen from an entry of a plan that names one. */
const namedAbove = (draft: BehaviourDraft, model: Found, words: string): Recipients | undefined => {
  const user = draft.userModel()!
  for (const { type } of Object.values(model.model.fields)) {
    const target = refOf(type)?.model
    const above = target && target !== user.name ? draft.portOf(target) : undefined
    const field = above && draft.refFrom(above, user, words)
    if (above && field && keyFits(field, words)) return throughParent(draft, model, above, words)
  }
  return undefined
}

const isOne = (words: string): boolean =>
  /^(?:the|its|that|this) [\p{L}-]+$/iu.test(words.trim()) && !isPlural(words.trim().toLowerCase().split(' ').at(-1)!)

/** The account that a row is of, which it says from now on; what people hand in without an account is of nobody. */
const ofRow = (draft: BehaviourDraft, model: Found, user: Found, role: string): Recipients | undefined => {
  if (model.api.public?.includes('create')) return undefined
  const above = parentOwner(draft, model, user) ?? takersIn(draft, model)
  if (above) return above
  draft.ensureRole(role)
  const field = draft.ensureRef(model, user, { field: `${role}_id`, optional: true })
  draft.assume(`Whoever enters ${plural(model.words)} says which ${toWords(role)} each is of; that one is told.`)
  return onePerson(model, field)
}

const assignedWords =
  /^(?:assignees?|(?:assigned|responsible) (?<noun>[\p{L}-]+(?: [\p{L}-]+)?)|(?:whoever|whomever|whom|who|person|one|people|those|[\p{L}-]+) (?:(?:to )?whom )?(?:it|they|(?:the |an? |that |this )?[\p{L}-]+) (?:is|are|was|were|has been|gets?) assigned(?: to)?|(?:whoever|the one|person|[\p{L}-]+) (?:who |that )?(?:is|was|are|were|gets?) (?:assigned|responsible)(?: (?:to|for) (?:it|them|the [\p{L}-]+))?)$/iu

/** "The assignee", "the assigned technician": the one account besides the owner that a row names; nobody else is meant, and no role. */
const assigneeOf = (draft: BehaviourDraft, model: Found, noun: string | undefined): Recipients | undefined => {
  const user = draft.userModel()!
  const named = (row: Found): string[] =>
    Object.entries(row.model.fields).flatMap(([name, { type }]) =>
      name !== row.api.owner && refOf(type)?.model === user.name ? [name] : [],
    )
  const fields = named(model)
  const field = fields.length > 1 ? fields.find((one) => noun && keyFits(one, noun)) : fields[0]
  if (field) return onePerson(model, field)
  const between = draft.childrenOf(model).find((child) => /assign/.test(child.model.key))
  const person = between && named(between.model)[0]
  return between && person ? eachIn(between, person) : undefined
}

const keyFits = (field: string, words: string): boolean => {
  const key = words.toLowerCase().replace(/s$/, '').replace(/\s+/g, '_')
  return field === `${key}_id` || field.replace(/_id$/, '').endsWith(key)
}

const onePerson = (model: Found, field: string): Recipients => ({
  models: [],
  steps: (create) => {
    const step = create(`this.${field}`)
    return [model.model.fields[field]?.optional ? { ...step, when: `this.${field} != null` } : step]
  },
})

const everybody = (user: Found, role: string | undefined): Recipients => ({
  models: [user],
  steps: (create) => [
    {
      each: {
        as: 'person',
        model: user.name,
        ...(role && role !== ANYONE ? { where: `'${role}' in person.roles` } : {}),
        do: [create('person.id')],
      },
    },
  ],
})

/** "The author of the post" seen from a comment: through the comment's reference. */
const throughParent = (draft: BehaviourDraft, model: Found, above: Found, words: string): Recipients | undefined => {
  const ref = draft.refFrom(model, above)
  const user = draft.userModel()!
  const field = meansMaker(words)
    ? (above.api.owner ?? draft.refFrom(above, user))
    : (draft.refFrom(above, user, words) ?? above.api.owner)
  if (!ref || !field || /^members?$|^followers?$|^participants?$/i.test(words)) return undefined
  const path = `this.${ref.replace(/_id$/, '')}.${field}`
  const optional = model.model.fields[ref]!.optional || above.model.fields[field]!.optional
  return { models: [], steps: (create) => [optional ? { ...create(path), when: `${path} != null` } : create(path)] }
}

/** Whoever owns what a row hangs on. */
const parentOwner = (draft: BehaviourDraft, model: Found, user: Found): Recipients | undefined => {
  for (const [name, field] of Object.entries(model.model.fields)) {
    const target = refOf(field.type)?.model
    const above = target && target !== user.name ? draft.portOf(target) : undefined
    if (above?.api.owner && name !== model.api.owner) return throughParent(draft, model, above, 'owner')
  }
  return undefined
}

/** "The members of the committee" seen from its minutes: the rows between that group and accounts. */
const groupOf = (draft: BehaviourDraft, model: Found, above: Found, words: string): Recipients | undefined => {
  const user = draft.userModel()!
  const ref = draft.refFrom(model, above)
  const between = draft
    .childrenOf(above)
    .find(
      ({ model: child }) =>
        draft.refFrom(child, user) !== undefined &&
        (/member|participant|student|attendee|player|guest/i.test(words)
          ? /member|enrol|registration|participa|attend|signup|booking|player|guest/.test(child.key)
          : child.key.includes(words.replace(/s$/, ''))),
    )
  if (!ref || !between) return undefined
  const person = draft.refFrom(between.model, user)!
  return {
    models: [between.model],
    steps: (create) => [
      {
        each: {
          as: 'one',
          model: between.model.name,
          where: `one.${between.field} == this.${ref}`,
          do: [create(`one.${person}`)],
        },
      },
    ],
  }
}

const takes =
  /^(?:(?:all |every )?(?:[\p{L}]+|those|people|one)|everybody|everyone|anyone|whoever) (?:who |that )?(?:have |has |had )?(?:booked|signed up|registered|enrol+ed|joined|reserved|ordered|applied|subscribed|bought|rented|borrowed|attends?|takes? part|participates?|is (?:booked|registered|enrol+ed|signed up)|are (?:booked|registered|enrol+ed|signed up))(?: (?:for|in|on|to|into|at|with|a place in|a seat on|a ticket for))*(?: (?:it|them|that|this|the [\p{L}-]+))?(?: before| already| so far)?$/iu

/** "Everybody who booked it": whoever made a row that hangs on this one. */
const takersOf = (draft: BehaviourDraft, model: Found, words: string): Recipients | undefined => {
  return takes.test(words) ? takersIn(draft, model) : doersIn(draft, model, words)
}

/** "Subscribers": whoever made a subscription to the row; the verb says what they leave behind. */
const doersIn = (draft: BehaviourDraft, model: Found, words: string): Recipients | undefined => {
  const doer = words.toLowerCase().replace(/s$/, '')
  const left = [...linkNouns].flatMap(([verb, noun]) =>
    doersOf(verb).includes(doer) ? [noun.replaceAll(' ', '_')] : [],
  )
  const user = draft.userModel()!
  const child = draft
    .childrenOf(model)
    .find(
      ({ model: one }) =>
        left.some((key) => one.key === key || one.key.endsWith(`_${key}`)) && draft.refFrom(one, user),
    )
  return child && whoMade(draft, child)
}

const takersIn = (draft: BehaviourDraft, model: Found): Recipients | undefined => {
  const user = draft.userModel()!
  const child = draft
    .childrenOf(model)
    .find(
      ({ model: one }) =>
        draft.refFrom(one, user) !== undefined &&
        /booking|registration|signup|enrol|reservation|ticket|participa|attend|member|application|subscription|order|rental|loan|rsvp/.test(
          one.key,
        ),
    )
  return child && whoMade(draft, child)
}

/** Whoever made the rows that hang on one. */
const whoMade = (draft: BehaviourDraft, child: { model: Found; field: string }): Recipients | undefined => {
  const person = child.model.api.owner ?? draft.refFrom(child.model, draft.userModel()!)
  return person ? eachIn(child, person) : undefined
}

/** The person of each row that hangs on one. */
const eachIn = (child: { model: Found; field: string }, person: string): Recipients => ({
  models: [child.model],
  steps: (create) => [
    {
      each: {
        as: 'one',
        model: child.model.name,
        where: `one.${child.field} == this.id`,
        do: [create(`one.${person}`)],
      },
    },
  ],
})

/** "Followers": whoever marked the row. */
const followersOf = (draft: BehaviourDraft, model: Found, words: string): Recipients | undefined => {
  const toggle = Object.entries(model.api.toggles ?? {}).find(
    ([name, { members }]) =>
      members.replaceAll('_', ' ') === words.toLowerCase() || words.toLowerCase().startsWith(name.replace(/e$/, '')),
  )?.[1]
  const link = toggle && draft.architecture.models[toggle.model]
  if (!toggle || !link) return undefined
  return {
    models: [{ ...model, name: toggle.model, model: link } as Found],
    steps: (create) => [
      {
        each: {
          as: 'one',
          model: toggle.model,
          where: `one.${toggle.of} == this.id`,
          do: [create(`one.${toggle.by}`)],
        },
      },
    ],
  }
}
