import { ANYONE, keyModelOf, refOf } from '../../../names.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'

/** Returns the model of what people are told: each has their own, which they read and throw away. */
export const ensureNotices = (draft: BehaviourDraft): Found => {
  draft.ensureAccounts()
  const there = draft.exactModel('notification')
  if (there) return there
  const notices = draft.ensureModel(
    'notification',
    { text: { type: 'text', min: 1, max: 1000 }, read: { type: 'bool', default: false } },
    { owned: true, only: ['list', 'read', 'update', 'delete'], ungranted: true },
  )
  for (const role of Object.keys(draft.architecture.policies.roles))
    if (role !== ANYONE && !keyModelOf(draft.architecture, role))
      for (const op of ['list', 'read', 'update', 'delete']) draft.grant(role, notices, op, 'own')
  return notices
}

/** The step that tells the account behind `person` (an expression) something. */
export const noticeStep = (
  notices: Found,
  person: string,
  text: string,
): { model: string; values: { [field: string]: string } } => {
  const fields = Object.entries(notices.model.fields)
  const line =
    fields.find(
      ([name, field]) => /^(?:text|message|body|content)$/.test(name) && /^(?:text|string)$/.test(field.type),
    )?.[0] ??
    fields.find(([, field]) => /^(?:text|string)$/.test(field.type))?.[0] ??
    'text'
  const owner = notices.api.owner ?? fields.find(([, field]) => refOf(field.type)?.model === 'User')?.[0] ?? 'owner_id'
  return { model: notices.name, values: { [owner]: person, [line]: text } }
}

/** The field of a model that refers to the account of the people whom words mean; their own rows where none is named so. */
export const personOf = (draft: BehaviourDraft, model: Found, words: string): string | undefined => {
  const user = draft.userModel()
  if (!user) return undefined
  const named = draft.refFrom(model, user, words.replace(/^(?:the|all|every|each|an?)\s+/gi, ''))
  return named ?? model.api.owner
}
