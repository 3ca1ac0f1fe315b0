import { sentence } from '../../language/words.ts'
import { roleOf } from '../../read/people.ts'
import { holdersOf, peopleRoles, setHolders } from '../access/holders.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import { findPhrase } from '../places/phrase.ts'

const who = '((?:the |an? )?[\\p{L}-]+(?: (?!can\\b|may\\b|are\\b)[\\p{L}-]+)?)'
const what = '((?:[\\p{L}-]+ )?[\\p{L}-]+)'
const may = '(?:can|may|should|are allowed to|is allowed to|must be able to)'
const add = '(?:add|enter|create|record|write|make|type in|put in|submit|post|log)s?'
const added = '(?:added|entered|created|recorded|written|made|typed in|put in|submitted|posted|logged)'
const hand = '(?:by hand|manually|in person|with their own hands|on the website|through the website)'
const nobody = '(?:nobody|no one|no-one|none)(?: else)? (?:but|except|other than|apart from)'

/** Ways to say who alone of the people may add something that devices add too; the groups are who and what. */
const people: readonly RegExp[] = [
  new RegExp(`^(?:only|just) ${who} (?:${may} )?${add} (?:new |any |the )?${what} ${hand}$`, 'iu'),
  new RegExp(`^(?:only|just) ${who} (?:${may} )?(?:manually|by hand) ${add} (?:new |any |the )?${what}$`, 'iu'),
  new RegExp(`^${hand},? only ${who} (?:${may} )?${add} (?:new |any |the )?${what}$`, 'iu'),
  new RegExp(
    `^${nobody} ${who} (?:${may} )?(?:${add} (?:new |any )?${what} ${hand}|(?:manually|by hand) ${add} ${what})$`,
    'iu',
  ),
]
const turned: readonly RegExp[] = [
  new RegExp(
    `^(?:the |new )?${what} (?:can|may|are|must) (?:only )?(?:be )?(?:only )?${added} ${hand} (?:only )?by ${who}(?: only| alone)?$`,
    'iu',
  ),
  new RegExp(
    `^(?:the |new )?${what} (?:can|may|are|must) (?:only )?(?:be )?(?:only )?(?:manually )?${added} (?:only )?by ${who}(?: only| alone)? ${hand}$`,
    'iu',
  ),
  new RegExp(
    `^(?:adding|entering|recording|the entry of) ${what} ${hand} is (?:only )?(?:for|reserved for|limited to|allowed (?:only )?(?:for|to)) ${who}(?: only)?$`,
    'iu',
  ),
]

/** "Only administrators can add readings by hand": of the people, that is; what devices post with their keys stays. */
export const readByHand: Read = (said) => {
  const found = people.map((one) => one.exec(said)?.filter((part) => part !== undefined)).find(Boolean)
  const other = found
    ? undefined
    : turned.map((one) => (/\bonly|\balone$|reserved|limited/i.test(said) ? one.exec(said) : null)).find(Boolean)
  const [whoever, things] = found ? [found[1], found[2]] : [other?.[2], other?.[1]]
  const role = whoever ? roleOf(whoever.toLowerCase()) : undefined
  if (!whoever || !things || !role || /^(?:nobody|owner|we|everyone|user|signed)$/.test(role)) return undefined
  // Who posts is to be known before.
  return { said, rest: ['With user accounts'], after: 3, apply: (draft) => applyByHand(draft, whoever, role, things) }
}

const applyByHand = (draft: BehaviourDraft, whoever: string, role: string, things: string): Outcome => {
  const model = findPhrase(draft, things)?.model
  if (!model) return { unresolved: `There is nothing called “${things}”.` }
  draft.ensureAccounts()
  if (role !== 'admin') draft.ensureRole(role)
  const crowd = peopleRoles(draft)
  const devices = holdersOf(draft, model, 'create').filter((one) => !crowd.includes(one.role) && one.role !== 'anyone')
  const kept = holdersOf(draft, model, 'create').filter((one) => one.role === role)
  setHolders(draft, model, 'create', [...devices, ...(role === 'admin' ? [] : kept.length > 0 ? kept : [{ role }])])
  return {
    understood: [
      `Of the people only ${whoever.replace(/^(?:the|an?) /i, '').toLowerCase()} may add ${things.toLowerCase()}${devices.length > 0 ? `; ${sentence(things).toLowerCase()} that are sent with an API key come as before` : ''}.`,
    ],
  }
}
