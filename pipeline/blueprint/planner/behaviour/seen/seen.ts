import { checkBlueprint } from '../../../check.ts'
import { isNumbered } from '../../../field-kinds.ts'
import { readersInWords } from '../../../readers-words.ts'
import { wordsOfRole } from '../../../role-words.ts'
import { listed, peopleOf, plural, sentence, withArticle } from '../../language/words.ts'
import { signUpRolesOf } from '../access/holders.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { fieldsMeant, type Meant } from './fields-meant.ts'
import { leaveOut } from './leave-out.ts'
import { seenIn } from './read-seen.ts'
import { readersMeant, readingRoles } from './readers-meant.ts'
import type { Seen } from './spec.ts'

/** "Only HR sees salaries", "customers do not see the internal note": of a field, which is kept from some of its thing's readers. */
export const readSeenFields: Read = (said) => {
  const seen = seenIn(said)
  if (!seen) return undefined
  return {
    said,
    rest: [...(seen.who.kind === 'also' ? [] : ['With user accounts']), ...seen.rest],
    after: seen.who.kind === 'also' ? 41 : 40,
    maybe: true,
    apply: (draft) => applySeen(draft, seen),
  }
}

/** Nothing came of it, and what it says may be about things: then others read it. */
const noField: Outcome = { unresolved: '' }

/** "Only clerks see the storage shelf", where there is no such field and no such thing. */
const nothingCalled = (draft: BehaviourDraft, { object, who }: Seen): Outcome | undefined => {
  const [, name] = /^the ([\p{L}-]+(?: [\p{L}-]+)?)$/iu.exec(object.trim()) ?? []
  if (!name || who.kind === 'also' || draft.findModel(name) || draft.findRole(name)) return undefined
  const given = draft.models().some((model) => {
    const field = draft.findField(model, name)
    return field !== undefined && isNumbered(model.model.fields[field]!)
  })
  return {
    unresolved: given
      ? `The system gives the ${name}, and whoever sees the rest of it sees that too.`
      : `Nothing that is stored is called “${name}”.`,
  }
}

const applySeen = (draft: BehaviourDraft, seen: Seen): Outcome => {
  if (draft.noAccounts) return noField
  const meant = fieldsMeant(draft, seen.object)
  if (meant.length === 0) return nothingCalled(draft, seen) ?? noField
  draft.ensureAccounts()
  const known = new Set(findings(draft).map(({ message }) => message))
  const understood: string[] = []
  for (const one of meant) {
    const readers = readersMeant(draft, one, seen.who)
    // Nothing is kept from anybody yet: that somebody sees it is a right like others.
    if (!readers && seen.who.kind === 'also') return noField
    if (!readers) return { unresolved: 'It is not clear who may see it.' }
    nameIdle(draft, one, readers)
    understood.push(seen.who.kind === 'also' && readers.length === 0 ? show(one) : keep(draft, one, readers))
    if (seen.who.kind === 'confidential' && readers.length > 0)
      draft.assume(
        `${sentence(readersInWords(readers))} look after ${plural(one.model.words)}, so they see what is confidential.`,
      )
  }
  const broken = findings(draft).find(({ message }) => !known.has(message))
  if (broken?.code === 'readers-leak')
    return {
      unresolved: 'Something else would tell it: a report, a value that is worked out, a message or a right uses it.',
    }
  if (broken) return { unresolved: `It cannot be hidden: ${broken.message}.` }
  return { understood, breaks: draft.changing }
}

const findings = (draft: BehaviourDraft) => checkBlueprint(draft.architecture)

/** Keeps fields from all but their readers: in lists nothing tells them, and rows can be made without them. */
const keep = (draft: BehaviourDraft, { model, fields }: Meant, asked: readonly string[]): string => {
  const account = model.name === draft.userModel()?.name
  // Administrators see everything; people see of themselves what they gave when they signed up.
  const readers = [...new Set([...asked, ...(account ? ['@own'] : [])])]
  for (const role of readers.filter((one) => !one.startsWith('@'))) mustSee(draft, model, role)
  const written = readers.length > 0 ? readers : ['admin']
  const left: string[] = []
  for (const name of fields) {
    const field = model.model.fields[name]!
    if (field.default === undefined && !field.optional && !(account && name === 'email')) {
      left.push(name)
      field.optional = true
      if (field.onDelete === 'restrict') field.onDelete = 'set-null'
    }
    field.readers = written as [string, ...string[]]
    leaveOut(draft, model, name)
  }
  if (left.length > 0)
    draft.assume(
      `The ${wordsOf(left)} of ${withArticle(model.words)} may be left out: whoever does not see it cannot give it.`,
    )
  return `Only ${readersInWords(written, account)} see the ${wordsOf(fields)} of ${withArticle(model.words)}.`
}

const wordsOf = (fields: readonly string[]): string =>
  listed(fields.map((name) => name.replace(/_id$/, '').replaceAll('_', ' ')))

/** Who is made one of several by signing up is all of them at once: that is no secret among them, and is said. */
const nameIdle = (draft: BehaviourDraft, { model, fields }: Meant, readers: readonly string[]): void => {
  const roles = signUpRolesOf(draft)
  const inside = roles.filter((role) => readers.includes(role))
  if (inside.length === 0 || inside.length === roles.length) return
  const words = roles.map((role) => withArticle(wordsOfRole(role)))
  draft.lose(
    `Not built: that some who sign up do not see the ${wordsOf(fields)} of ${withArticle(model.words)}. Whoever signs up is ${listed(words)} at once.`,
  )
}

/** Shows fields to whoever sees their rows. */
const show = ({ model, fields }: Meant): string => {
  for (const name of fields) delete model.model.fields[name]!.readers
  return `Whoever sees ${withArticle(model.words)} sees the ${wordsOf(fields)}.`
}

/** Who is to see a field sees the rows that have it. */
const mustSee = (draft: BehaviourDraft, model: Found, role: string): void => {
  const fresh = !Object.hasOwn(draft.architecture.policies.roles, role)
  draft.ensureRole(role)
  if (fresh && role !== 'admin') draft.assume(`${sentence(peopleOf(role))} are made by an admin.`)
  if (role === 'admin' || readingRoles(draft, model).includes(role)) return
  for (const op of ['list', 'read']) draft.grant(role, model, op)
  draft.assume(`${sentence(peopleOf(role))} see ${plural(model.words)}, since they see what is kept from others.`)
}
