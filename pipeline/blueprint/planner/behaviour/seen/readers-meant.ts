import { ANYONE, refOf } from '../../../names.ts'
import { singular, withArticle } from '../../language/words.ts'
import { looseWho, roleOf } from '../../read/people.ts'
import { holdersOf, peopleRoles, signUpRolesOf } from '../access/holders.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import type { Meant } from './fields-meant.ts'
import type { Seen } from './spec.ts'

const everybody =
  /^(?:everyone|everybody|anyone|anybody|all|all of them|(?:all |the |any )?(?:users|people|members)|whoever .+)$/i
const themselves =
  /^(?:the |their |its )?(?:[\p{L}-]+ )?(?:themselves|himself|herself|themself|oneself)$|^(?:the |its |their )?(?:owners?|authors?|creators?|person concerned|(?:person|user|one|people|users) (?:it|they) (?:belongs?|belong) to|(?:person|one|people|users?) who (?:made|wrote|created|added|owns?) (?:it|them))$|^(?:whoever (?:made|wrote|created|owns) (?:it|them)|whose (?:it is|they are))$/iu

/** Returns the readers that words mean, as the blueprint has them; undefined where they mean nobody that is known. */
export const readersMeant = (
  draft: BehaviourDraft,
  { model, fields, others }: Meant,
  who: Seen['who'],
): string[] | undefined => {
  const before = fields.map((name) => model.model.fields[name]!.readers).find((one) => one !== undefined)
  const own = ownReader(draft, model)
  switch (who.kind) {
    case 'only':
      return onlyFor(draft, model, who.words, own)
    case 'not': {
      const kept = rolesIn(draft, who.words)
      if (!kept) return undefined
      const mine = own && (others || isAccount(draft, model)) ? [own] : []
      // Whoever does not see it already is not let in by what others lose.
      const now = before ?? [...readingRoles(draft, model), ...mine]
      return now.filter((one) => !kept.includes(one))
    }
    case 'also': {
      if (before && everybody.test(who.words)) return []
      if (!before) return undefined
      const more = onlyFor(draft, model, who.words, own)
      return more.length > 0 ? [...new Set([...before, ...more])] : undefined
    }
    case 'private':
      return own ? [own] : caretakers(draft, model)
    case 'confidential':
      return caretakers(draft, model)
  }
}

const isAccount = (draft: BehaviourDraft, model: Found): boolean => model.name === draft.userModel()?.name

/** Whose a row is, as a reader: its owner, or the one account that it refers to. */
const ownReader = (draft: BehaviourDraft, model: Found): string | undefined => {
  if (model.api.owner || isAccount(draft, model)) return '@own'
  const user = draft.userModel()
  const refs = Object.entries(model.model.fields).filter(([, { type }]) => refOf(type)?.model === user?.name)
  return user && refs.length === 1 ? `@${refs[0]![0]}` : undefined
}

/**
 * "HR", "managers and the owner", "the agent": roles, whose it is, whom a field names. Of whom it is not clear who that is
 * does not see it, and is named: rather too few see it than too many.
 */
const onlyFor = (draft: BehaviourDraft, model: Found, words: string, own: string | undefined): string[] => {
  const found = words
    .split(/\s*(?:,|\band\b|\bor\b|&)\s*/)
    .filter(Boolean)
    .map((part) => {
      const one = part.replace(/^(?:only|also|just|members of|people in|the people in|somebody in) /i, '')
      const reader = themselves.test(one)
        ? own
        : (referenceTo(draft, model, one) ?? makerIn(draft, model, one) ?? roleNamed(draft, one))
      return { one, reader }
    })
  for (const { one, reader } of found)
    if (reader === undefined)
      draft.lose(`Not built: that ${one} may see it. Nothing says who that is for ${withArticle(model.words)}.`)
  return [...new Set(found.flatMap(({ reader }) => reader ?? []))]
}

/** "The mentor", "its agent": a field that refers to an account, where no role is called so. */
const referenceTo = (draft: BehaviourDraft, model: Found, words: string): string | undefined => {
  const one =
    /^(?:the|its|their|his|her|an?) (?:assigned |responsible |respective )?([\p{L}-]+(?: [\p{L}-]+)?)$/iu.exec(
      words,
    )?.[1]
  const user = draft.userModel()
  const field = one && `${one.toLowerCase().replaceAll(/[ -]/g, '_')}_id`
  return field && user && refOf(model.model.fields[field]?.type ?? '')?.model === user.name ? `@${field}` : undefined
}

/** "The seller" of an item is whose it is, where anybody becomes one by signing up. */
const makerIn = (draft: BehaviourDraft, model: Found, words: string): string | undefined => {
  const one = /^(?:the|its|their) ([\p{L}-]+)$/iu.exec(words)?.[1]
  const role = one && singular(one.toLowerCase()) === one.toLowerCase() ? draft.findRole(one) : undefined
  return role && model.api.owner && signUpRolesOf(draft).includes(role) ? '@own' : undefined
}

/** A role of people: one that is there, or one that words for people name. */
const roleNamed = (draft: BehaviourDraft, words: string): string | undefined => {
  const plain = words
    .trim()
    .replace(/^(?:the|our|an?|all|any) /i, '')
    .replace(/ (?:department|role|roles)$/i, '')
  const known = draft.findRole(plain)
  if (known && known !== ANYONE) return known
  const role = roleOf(plain) ?? looseWho(plain)?.names[0]
  if (!role || /^(?:user|signed|we|everyone|owner|nobody|guest|visitor)$/.test(role)) return undefined
  return role
}

/** The roles that a field is kept from; whoever is not signed in is no reader anyway. */
const rolesIn = (draft: BehaviourDraft, words: string): string[] | undefined => {
  const found: string[] = []
  for (const part of words.split(/\s*(?:,|\band\b|\bor\b|&)\s*/).filter(Boolean)) {
    const plain = part.replace(/^(?:the |all |any |normal |ordinary |regular |other |our )+/i, '')
    const known = draft.findRole(plain)
    const role = known ?? roleOf(plain)
    if (known) found.push(known)
    else if (role === 'everyone' || role === 'guest' || role === 'visitor') found.push(ANYONE)
    else if (role === 'user' || role === 'signed') found.push(...signUpRolesOf(draft))
    else return undefined
  }
  return found.length > 0 && !found.includes('admin') ? found : undefined
}

/** The roles of people that see rows of a model, at least some. */
export const readingRoles = (draft: BehaviourDraft, model: Found): string[] => {
  const people = peopleRoles(draft)
  const open = model.api.public?.some((op) => op === 'read' || op === 'list')
  const roles = ['read', 'list'].flatMap((op) => holdersOf(draft, model, op).map(({ role }) => role))
  return people.filter((role) => open || roles.includes(ANYONE) || roles.includes(role))
}

/** Who looks after all rows, and not by having signed up. */
const caretakers = (draft: BehaviourDraft, model: Found): string[] => {
  const signedUp = signUpRolesOf(draft)
  const all = holdersOf(draft, model, 'update').filter(({ scope }) => scope === undefined)
  return [...new Set(all.map(({ role }) => role))].filter((role) => role !== ANYONE && !signedUp.includes(role))
}
