import { plural } from '../../language/words.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'

const everything =
  /^(?:all|every|each|any|the)?\s*(?:things?|everything|anything|objects?|items?|entries|records?|rows?|data|lists?|tables?|models?|resources?|of (?:them|it)|all lists?|all tables?|entit(?:y|ies)|ones?)?$/i

/** Returns the models that words mean: one or several by name, "them", or all where nothing certain was named. */
export const targetsOf = (draft: BehaviourDraft, said: string): Found[] | undefined => {
  const text = said.trim().replace(/^(?:(?:all|any|every|each|the|our|a|an|of)\s+)+/i, '')
  if (/^(?:it|them|they|these|those)$/i.test(text)) {
    const it = draft.it()
    return it ? [it] : draft.models()
  }
  if (everything.test(said.trim()) || everything.test(text)) return draft.models()
  const found = text
    .split(/\s*(?:,|\band\b|\bor\b)\s*/i)
    .filter((part) => part !== '')
    .map((part) => draft.findModel(part) ?? belonging(draft, part))
  return found.length > 0 && found.every((one) => one !== undefined)
    ? [...new Map(found.map((one) => [one.name, one])).values()]
    : undefined
}

const ofOne =
  /^(?<things>.+?) (?:of|for|in|on) (?:an?|one|the|each|every|this|that) (?<thing>[\p{L}-]+(?: [\p{L}-]+)?)$/iu

/** "Registrations of an event": these, where they belong to one. */
const belonging = (draft: BehaviourDraft, said: string): Found | undefined => {
  const { things = '', thing = '' } = ofOne.exec(said)?.groups ?? {}
  const [model, owner] = things ? [draft.findModel(things), draft.findModel(thing)] : []
  return model && owner && draft.refFrom(model, owner) !== undefined ? model : undefined
}

/** Names of models for a sentence: "photos", or "everything" where it is all of them. */
export const nameAll = (draft: BehaviourDraft, models: readonly Found[]): string =>
  models.length > 1 && models.length === draft.models().length
    ? 'everything'
    : models.map(({ words }) => plural(words)).join(' and ')
