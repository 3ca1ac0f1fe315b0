import { singular, toName } from '../../language/words.ts'
import { baseVerb } from '../../lexicon/verbs.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { keepMakersFrom } from './keep-makers.ts'

const own = [
  /^(?:nobody|no ?one|no-one|no [\p{L}-]+) (?:may|can|must|should|is allowed to) ([\p{L}-]+)(?: or ([\p{L}-]+))? (?:(?:their|his or her|his|her|its|one's) own|own|what they (?:made|wrote|filed|requested) themselves)(?: ([\p{L} -]+))?$/iu,
  /^(?:[\p{L}-]+s?|people|they) (?:may|can|must|should) ?not ([\p{L}-]+)(?: or ([\p{L}-]+))? (?:their|his or her|his|her|its|one's) own(?: ([\p{L} -]+))?$/iu,
  /^(?:the )?(?:own )?([\p{L} -]+?) (?:may|can|must|should) ?not be ([\p{L}]+ed) by (?:(?:the )?(?:person|one|user|people|whoever) who (?:made|filed|created|wrote|asked for|requested|submitted) (?:it|them)|their (?:author|owner|requester|creator)s?|the (?:requester|author|owner|applicant|submitter))$/iu,
]

/** "Nobody may approve their own request": what one made is decided by somebody else. */
export const readNotOwn: Read = (said) => {
  for (const [i, pattern] of own.entries()) {
    const found = pattern.exec(said.trim())
    if (!found) continue
    const verbs = (i === 2 ? [found[2]!] : [found[1]!, found[2]])
      .filter((one): one is string => one !== undefined)
      .map((one) => baseVerb(one.toLowerCase()))
    const object = i === 2 ? found[1]! : (found[3] ?? 'it')
    return { said, rest: ['With user accounts'], after: 8, apply: (draft) => applyNotOwn(draft, verbs, object) }
  }
  return undefined
}

const applyNotOwn = (draft: BehaviourDraft, verbs: readonly string[], object: string): Outcome => {
  const model = draft.findModel(object)
  if (!model) return { unresolved: `There is nothing called “${object}”.` }
  const owner = model.api.owner ?? personIn(draft, model)
  if (!owner) return { unresolved: `${model.words} entries do not say who made them.` }
  const done: string[] = []
  for (const verb of verbs) {
    const op = operationOf(model, verb)
    if (!op) return { unresolved: `“${verb}” is nothing that is done to ${model.words} entries by itself.` }
    keepMakersFrom(model, op, owner)
    done.push(verb)
  }
  return { understood: [`Nobody may ${done.join(' or ')} their own ${model.words}.`] }
}

const personIn = (draft: BehaviourDraft, model: Found): string | undefined => {
  const user = draft.userModel()
  return user ? draft.refFrom(model, user) : undefined
}

/** The transition or marking that a verb means; deleting and reading are themselves. */
const operationOf = (model: Found, verb: string): string | undefined => {
  const transitions = Object.keys(model.model.states?.transitions ?? {})
  const named =
    transitions.find((one) => one === verb || one.startsWith(`${verb}_`)) ??
    Object.entries(model.model.states?.transitions ?? {}).find(
      ([, { to }]) => to === toName([singular(verb)]) || to.startsWith(verb.replace(/e$/, '')),
    )?.[0]
  if (named) return named
  return /^(?:delete|remove)$/.test(verb) ? 'delete' : undefined
}
