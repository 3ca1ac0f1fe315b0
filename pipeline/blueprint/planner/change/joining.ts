import { listed, plural, withArticle } from '../language/words.ts'
import { roleOf } from '../read/people.ts'
import { addRole, signUpRoles } from './accounts.ts'
import { type Draft, note } from './draft.ts'

const people =
  '(?:people|users|persons|everybody|everyone|whoever|anybody|anyone|somebody|someone|those|new (?:people|users|accounts)|one)'
const admin = '(?:an? |the |our )?(?:admin|administrator)s?'
const made = '(?:made|appointed|chosen|named|picked|approved|selected|added|assigned|promoted|given|granted)'
const role = '(?:(?:an?|the|only|just) )*(?<role>[\\p{L}-]+(?: [\\p{L}-]+)??)'
const sole = '(?: only| alone| and nothing else| and nothing more)?'

/** By signing up one becomes this and nothing else. */
const becomes = [
  `^(?:only )?${people} (?:who |that )?(?:sign|signs|signed|register|registers|registered|join|joins)(?: up| in)? (?:(?:should|must|will|can|may) )?(?:always |only |just )*(?:become|becomes|be|are|is|get) ${role}${sole}$`,
  `^${people} (?:can |may |should |must )?(?:only )?(?:sign|signs|register|registers)(?: up)? (?:only )?as ${role}${sole}$`,
  `^(?:signing up|sign-?up|registration|registering) (?:only )?(?:makes|gives|creates) (?:one |people |somebody |you )?(?:only )?${role}${sole}$`,
  `^new (?:people|users|accounts|sign-?ups) (?:are|become|should be|get) (?:always |only |just )*${role}${sole}$`,
].map((source) => new RegExp(source, 'iu'))

/** One does not become this by signing up. */
const granted = [
  `^(?:only )?${role} (?:are|is|get|can be|may be|must be|should be|have to be|need to be)(?: only)? ${made} (?:only )?by ${admin}$`,
  `^only ${admin} (?:can |may )?(?:make|makes|appoint|appoints|choose|chooses|name|names|add|adds|approve|approves)(?: people| users| somebody| someone| others)? ${role}$`,
  `^${admin} (?:makes?|appoints?|chooses?|names?)(?: people| users| somebody| someone| others)? ${role}$`,
  `^${people} (?:can ?not|cannot|may not|must not|should not|(?:can|may) no longer|do not) (?:sign up|register) as ${role}(?: any ?more)?$`,
  `^${people} (?:who|that) (?:sign|signs|register|registers)(?: up)? (?:do not|does not|must not|should not|can ?not|will not) (?:become|get|be) ${role}(?: any ?more)?$`,
  `^(?:nobody|no one) (?:becomes?|is|gets|can become|may become|should become) ${role} by (?:signing up|registering|sign-?up)$`,
  `^${role} (?:can ?not|cannot|may not|must not|should not|do not|(?:can|may) no longer) (?:sign up|register)(?: themselves| by themselves| on their own)?$`,
].map((source) => new RegExp(source, 'iu'))

/** Reads what one becomes by signing up: "people who sign up become members only", "volunteers are made by an admin". */
export const readJoining = (clause: string, draft: Draft): boolean => {
  const said = clause.trim().replace(/[.!]+$/, '')
  for (const pattern of becomes) {
    const name = named(pattern, said, draft)
    if (!name) continue
    joinAs(draft, [name])
    return true
  }
  for (const pattern of granted) {
    const name = named(pattern, said, draft)
    if (!name) continue
    addRole(draft, name)
    grantByAdmin(draft, [name])
    draft.heard = true
    return true
  }
  return false
}

/** The role that a pattern names: one that there is, or at least a word for people. */
const named = (pattern: RegExp, said: string, draft: Draft): string | undefined => {
  const words = pattern.exec(said)?.groups?.role
  const name = words ? roleOf(words) : undefined
  if (!draft.architecture.policies.authn || !name || /^(?:admin|everyone|nobody|we|owner|signed)$/.test(name))
    return undefined
  return name
}

/** Takes roles out of what one gets by signing up. People who have them keep them. */
export const grantByAdmin = (draft: Draft, roles: readonly string[]): void => {
  const before = signUpRoles(draft)
  const left = before.filter((one) => !roles.includes(one))
  if (left.length < before.length) joinAs(draft, left.length > 0 ? left : ['user'])
}

const joinAs = (draft: Draft, roles: readonly string[]): void => {
  const field = draft.architecture.models.User?.fields.roles
  const before = signUpRoles(draft)
  draft.heard = true
  if (!field || before.join() === roles.join()) return
  for (const one of roles) addRole(draft, one)
  field.default = [...roles]
  const names = (some: readonly string[]): string[] => some.map((one) => one.replaceAll('_', ' '))
  const gone = names(before.filter((one) => !roles.includes(one)))
  note(
    draft,
    `Whoever signs up becomes ${listed(names(roles).map((one) => withArticle(one)))}${gone.length > 0 ? `; ${listed(gone.map((one) => plural(one)))} are made by an admin` : ''}.`,
    'major',
  )
  if (gone.length > 0)
    draft.assumptions.push(
      `Who is ${listed(
        gone.map((one) => withArticle(one)),
        'or',
      )} already stays so.`,
    )
}
