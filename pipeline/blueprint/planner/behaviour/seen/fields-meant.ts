import { isMade, isSystems } from '../../../field-kinds.ts'
import { refOf } from '../../../names.ts'
import { findField } from '../../change/view.ts'
import { toName } from '../../language/words.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'

/** Fields of one thing that a sentence speaks of. `others`: of rows that are somebody else's. */
export type Meant = { model: Found; fields: string[]; others: boolean }

const owners = '(?:each other|one another|other [\\p{L}-]+|others|everyone else|anybody else)'
const possessive = /^(?:the |an? |all |any |every |each )?((?:[\p{L}-]+ ){0,2}?[\p{L}-]+?)(?:['’]s|s['’]) (.+)$/iu
const ofWhom = /^(.+?) (?:of|for|on|in|from|about) (?:the |an? |all |any |every |each |their |its )?([\p{L}'’ -]+)$/iu

/** Returns the fields that words mean, each with its thing; none where one of the words names no field. */
export const fieldsMeant = (draft: BehaviourDraft, object: string): Meant[] => {
  const others = new RegExp(`\\b${owners}\\b`, 'iu').test(object)
  const { names, of } = split(object)
  const models = of ? [draft.findModel(of)].filter((one) => one !== undefined) : candidates(draft)
  const found = models.flatMap((model): Meant[] => {
    const fields = names.map((name) => fieldOf(draft, model, name))
    return fields.every((field) => field !== undefined) ? [{ model, fields: [...new Set(fields)], others }] : []
  })
  const spoken = draft.it()
  // Where several things have such a field, it is that of what was spoken of, else all: rather too little is shown.
  const near = found.filter(({ model }) => model.name === spoken?.name)
  return of || near.length === 0 ? found : near
}

/** All things, the accounts among them. */
const candidates = (draft: BehaviourDraft): Found[] => {
  const users = draft.userModel()
  return [...draft.models(), ...(users ? [users] : [])]
}

/** "an employee's salary and bonus", "the email of a member" -> what is meant, and of whom. */
const split = (object: string): { names: string[]; of: string | undefined } => {
  const plain = object
    .trim()
    .replace(/^(?:each other|one another)['’]s? /i, '')
    .replace(/^(?:the )?others['’]? /i, '')
  const owned = possessive.exec(plain)
  const behind = owned ? undefined : ofWhom.exec(plain)
  const text = owned?.[2] ?? behind?.[1] ?? plain
  const whose = (owned?.[1] ?? behind?.[2])?.replace(/^(?:other|others|another)\b ?/i, '').trim()
  return {
    names: text.split(/\s*(?:,|\band\b|\bor\b|\bnor\b)\s*/).filter(Boolean),
    of:
      whose && !/^(?:each other|one another|others?|everyone else|it|them|themselves)$/i.test(whose)
        ? whose
        : undefined,
  }
}

const lead = /^(?:the|an?|all|any|every|each|their|his|her|its|our|my|other|own|actual|exact)\s+/i

const fieldOf = (draft: BehaviourDraft, model: Found, words: string): string | undefined => {
  let plain = words.trim()
  for (let i = 0; i < 3; i += 1) plain = plain.replace(lead, '')
  if (!/^[\p{L}\d' -]{2,60}$/u.test(plain)) return undefined
  const key = toName(plain.split(/\s+/))
  // What is a thing by itself has rights of its own.
  if (!key || draft.exactModel(key)) return undefined
  // "Employee salaries" are the salaries of employees.
  const bare = [key, key.startsWith(`${model.key}_`) ? key.slice(model.key.length + 1) : ''].filter(Boolean)
  const name = bare
    .flatMap((one) => [findField(model, one.replaceAll('_', ' ')), alike(model, one)])
    .find((one) => one !== undefined)
  const field = name === undefined ? undefined : model.model.fields[name]
  return field && !isSystems(field) && !isMade(field) && !(refOf(field.type) && name === model.api.owner)
    ? name
    : undefined
}

/** Ways to call what one reaches people by, and what is written down for oneself. */
const synonyms: readonly (readonly string[])[] = [
  ['phone', 'phone_number', 'telephone', 'telephone_number', 'mobile', 'mobile_number', 'cell_phone'],
  ['email', 'email_address', 'e_mail', 'e_mail_address', 'mail_address'],
  ['address', 'home_address', 'postal_address', 'street_address'],
  ['date_of_birth', 'birthday', 'birth_date', 'birthdate'],
  ['salary', 'pay', 'wage'],
]

const alike = (model: Found, key: string): string | undefined => {
  const one = key.replace(/ies$/, 'y').replace(/(?:(?<=ss|x|ch)es|s)$/, '')
  const group = synonyms.find((names) => names.includes(key) || names.includes(one))
  return Object.keys(model.model.fields).find((name) => group?.includes(name) || name.replace(/s$/, '') === one)
}
