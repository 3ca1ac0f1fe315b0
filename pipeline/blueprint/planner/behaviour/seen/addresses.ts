import { holdersOf, signUpRolesOf } from '../access/holders.ts'
import type { BehaviourDraft } from '../draft.ts'
import { leaveOut } from './leave-out.ts'

const named = /(?:^|_)(?:name|handle|nickname|username|alias)$/
const saidToBeSeen =
  /\b(?:see|sees|show|shows|list|lists|know|exchange|share|find|search)\b[^.;]*\be-?mails?\b|\bby (?:their )?e-?mail\b|\be-?mails?\b[^.;]*\b(?:visible|shown|public)\b/i

/**
 * Keeps from people who sign up how to reach each other, where they may see accounts at all: whoever rates, follows or
 * writes to others sees what they are called. In a change (`before`: what ran) only where they come to see accounts by it.
 */
export const keepAddresses = (draft: BehaviourDraft, before?: BehaviourDraft): void => {
  const account = draft.userModel()
  if (!account || seeEachOther(draft).length === 0) return
  if (before && seeEachOther(before).length > 0) return
  const { fields } = account.model
  const hidden = Object.keys(fields).filter(
    (name) => fields[name]!.class === 'pii' && !named.test(name) && fields[name]!.readers === undefined,
  )
  const kept = saidToBeSeen.test(draft.architecture.system.description)
    ? hidden.filter((name) => name !== 'email')
    : hidden
  if (kept.length === 0) return
  const joined = signUpRolesOf(draft)
  const staff = rolesThatSee(draft).filter((role) => !joined.includes(role))
  for (const name of kept) {
    fields[name]!.readers = ['@own', ...staff]
    leaveOut(draft, account, name)
  }
  draft.assume('People see of each other what they are called, not how to reach them.')
  if (Object.keys(fields).some((name) => named.test(name))) return
  giveName(draft)
  draft.assume('Whoever signs up can give a name, which is what others see.')
}

/** The roles of whoever signs up that may see the accounts of others. */
const seeEachOther = (draft: BehaviourDraft): string[] => {
  const joined = signUpRolesOf(draft)
  return rolesThatSee(draft).filter((role) => joined.includes(role))
}

/** The roles of people, administrators aside, that may see accounts which are not theirs. */
const rolesThatSee = (draft: BehaviourDraft): string[] => {
  const account = draft.userModel()
  const holders = account ? ['list', 'read'].flatMap((op) => holdersOf(draft, account, op)) : []
  const seeing = new Set(holders.filter(({ scope }) => scope !== 'own').map(({ role }) => role))
  // As they stand in the blueprint.
  return Object.keys(draft.architecture.policies.roles).filter((role) => seeing.has(role))
}

/** What people are called, where accounts do not say it yet. */
const giveName = (draft: BehaviourDraft): void => {
  const account = draft.userModel()!
  draft.ensureField(account, 'name', { type: 'string', max: 100, optional: true })
  const { types } = draft.architecture
  const registration = types?.Registration ?? types?.AccountRegistration
  if (registration) registration.name = { ...account.model.fields.name! }
}
