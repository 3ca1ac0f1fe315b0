import pluralize from 'pluralize'
import { ANYONE, accountModelOf, toWords } from '../../pipeline/blueprint/names.ts'
import { operationsOf } from '../../pipeline/blueprint/operations.ts'
import { wordsOfRole } from '../../pipeline/blueprint/role-words.ts'
import { wireName } from '../../pipeline/blueprint/wire-names.ts'
import { joinWords } from '../../pipeline/blueprint/words.ts'
import type { Architecture } from '../../schemas/generated/architecture.ts'

/** Returns the roles that somebody has to be given: neither what signing up gives, nor that of devices and of everyone. */
const givenRoles = (architecture: Architecture, account: string): string[] => {
  const roles = Object.values(architecture.models[account]!.fields).find((field) => field.type === 'roles')
  const defaults: unknown = roles?.default
  const devices = Object.values(architecture.models).flatMap(({ keys }) => (keys ? [keys.role] : []))
  return Object.keys(architecture.policies.roles).filter(
    (role) => role !== ANYONE && !devices.includes(role) && !(Array.isArray(defaults) && defaults.includes(role)),
  )
}

/**
 * Returns how an administrator of a system makes somebody something: `An administrator makes somebody coach with
 * PATCH /v1/users/{id} and {"roles": ["coach"]}.` Undefined where no role has to be given. `wanted` is the role that was asked for.
 */
export const grantWords = (architecture: Architecture, wanted?: string): string | undefined => {
  const account = accountModelOf(architecture)
  if (!account) return undefined
  const update = operationsOf(architecture).find(
    ({ model, op, kind }) => model === account && op === 'update' && kind === 'crud',
  )
  const roles = givenRoles(architecture, account)
  // Where there is none but the administrator, the first one's token says all.
  const named = wanted && roles.includes(wanted) ? [wanted] : roles.filter((role) => role !== 'admin')
  if (!update || named.length === 0) return undefined
  const field = wireName(architecture, 'roles')
  return `An administrator makes somebody ${joinWords(named.map(wordsOfRole), 'or')} with ${update.method} ${update.path} and {"${field}": ["${named[0]}"]}; GET ${update.path.replace(/\/\{\w+\}$/, '')} lists people with their ids.`
}

/** Returns the role that a question is about: "how do I make somebody a coach?" gives `coach`; undefined where it is about none. */
export const roleAskedFor = (architecture: Architecture, question: string): string | undefined =>
  Object.keys(architecture.policies.roles).find((role) =>
    new RegExp(`\\b(?:${toWords(role)}|${pluralize(toWords(role))})\\b`).test(question),
  )
