import { fieldTypes, looseFields } from '../lexicon/field-types.ts'
import { everybody, isPersonNoun } from '../lexicon/people.ts'
import { containers, places } from '../lexicon/system-words.ts'
import { knownThings } from '../lexicon/things.ts'
import { isReading } from '../lexicon/verbs.ts'
import type { Fact } from '../read/facts.ts'
import { keyOf, type Noun, nounOf } from '../read/noun.ts'
import { roleOf } from '../read/people.ts'
import { isKnown } from './defaults.ts'

/** What the text says of one noun, before it is decided whether it is stored. */
export type Candidate = { key: string; noun: Noun; hows: Set<string>; fieldFacts: number; by?: string }

export type Collected = {
  candidates: Map<string, Candidate>
  roles: string[]
  accounts: boolean
  explicit: boolean | undefined
  /** Nouns that are only ever changed or deleted, never made or seen: another word for what is there. */
  meddled: ReadonlySet<string>
  /** One that is only ever seen, and that no list knows: "the storage location" is something of what is there, not a thing. */
  looked: ReadonlySet<string>
  /** Nouns that people make rows of: "members write notes". */
  made: ReadonlySet<string>
}

const specials = new Set(['everyone', 'signed', 'nobody', 'we', 'owner', 'user'])

/** Gathers nouns and roles, and decides whether people have accounts. */
export const collect = (facts: readonly Fact[]): Collected => {
  const candidates = new Map<string, Candidate>()
  const touch = (noun: Noun, how: string, by?: string): void => {
    const key = keyOf(noun)
    if (!key || key.length > 40) return
    const known = candidates.get(key)
    if (known) known.hows.add(how)
    else candidates.set(key, { key, noun, hows: new Set([how]), fieldFacts: 0, ...(by ? { by } : {}) })
  }
  const roles: string[] = []
  let explicit: boolean | undefined
  let personal = false
  for (const fact of facts) {
    if (fact.kind === 'thing') touch(fact.noun, fact.how, fact.by)
    if (fact.kind === 'fields') {
      touch(fact.of, fact.extends ? 'headline' : 'fields')
      const candidate = candidates.get(keyOf(fact.of))
      if (candidate && !fact.extends && fact.items.some((item) => isOwnField(item, facts))) candidate.fieldFacts += 1
    }
    if (fact.kind === 'parent' && fact.sure) {
      touch(fact.child, 'related')
      touch(fact.parent, 'related')
    }
    if (fact.kind === 'many') {
      if (fact.from.article !== '@who') touch(fact.from, 'related')
      // What people do something with is there, whether or not anything else is said of it.
      touch(fact.to, fact.via && fact.from.article === '@who' ? 'taken' : 'related')
    }
    if (fact.kind === 'nested') touch(fact.of, 'related')
    if (fact.kind === 'accounts') explicit = fact.on && explicit !== false ? true : fact.on ? explicit : false
    if (fact.kind === 'role' && !specials.has(fact.name) && !roles.includes(fact.name)) roles.push(fact.name)
    if (fact.kind === 'access') {
      for (const name of fact.who) if (!specials.has(name) && !roles.includes(name)) roles.push(name)
      if (
        fact.scope !== 'all' ||
        fact.only ||
        (fact.not && fact.who.includes('everyone')) ||
        fact.who.includes('user') ||
        fact.who.includes('signed') ||
        fact.who.includes('owner')
      )
        personal = true
    }
  }
  const described = (role: string): boolean => (candidates.get(role)?.fieldFacts ?? 0) > 0
  const acting = roles.filter((role) => !described(role))
  const accounts = explicit === false ? needsAccounts(facts) : (explicit ?? (personal || acting.length > 0))
  const meddled = new Set<string>()
  const looked = new Set<string>()
  for (const [key] of candidates) {
    const acts = facts.flatMap((fact) =>
      fact.kind === 'access' && fact.noun && keyOf(fact.noun) === key ? [fact] : [],
    )
    if (
      acts.length > 0 &&
      acts.every((fact) => fact.ops.length > 0 && fact.ops.every((op) => op === 'update' || op === 'delete'))
    )
      meddled.add(key)
    const ones = acts.length > 0 && acts.every(({ noun }) => noun && !noun.plural)
    if (
      ones &&
      !knownThings.has(key.replaceAll('_', ' ')) &&
      (acts.every(({ ops }) => ops.every(isReading)) || acts.some(({ not, ops }) => not && ops.every(isReading)))
    )
      looked.add(key)
  }
  const made = new Set(
    facts.flatMap((fact) =>
      fact.kind === 'access' && !fact.not && fact.noun?.plural && fact.ops.includes('create') ? [keyOf(fact.noun)] : [],
    ),
  )
  return { candidates, roles, accounts, explicit, meddled, looked, made }
}

/** "No login" is said of the others where somebody alone may do something. */
const needsAccounts = (facts: readonly Fact[]): boolean =>
  facts.some(
    (fact) =>
      fact.kind === 'access' &&
      fact.only &&
      !fact.not &&
      fact.scope === 'all' &&
      fact.ops.length > 0 &&
      !fact.who.some((who) => specials.has(who)),
  )

/** False for an item that only says that another thing belongs here, as "projects" in "clients have projects". */
const isOwnField = (item: string, facts: readonly Fact[]): boolean => {
  const noun = /[(:]/.test(item) ? undefined : nounOf(item)
  if (!noun?.plural) return true
  const key = keyOf(noun)
  return !facts.some(
    (fact) =>
      (fact.kind === 'thing' && keyOf(fact.noun) === key) ||
      (fact.kind === 'fields' && keyOf(fact.of) === key) ||
      (fact.kind === 'access' && fact.noun && keyOf(fact.noun) === key),
  )
}

/** True where a candidate is something that is stored, and not a role, a place or a mere name of the system. */
export const isStored = (candidate: Candidate, all: Collected): boolean => {
  const { key, hows, fieldFacts } = candidate
  const others = all.candidates.size
  // Only something is done with it: it is stored where there is nothing else to store.
  if (fieldFacts === 0 && hows.size === 1 && hows.has('acted')) {
    // "Everybody can see the list": another word for all that is kept.
    if (/^(?:list|board|page|site|app|system)$/.test(key) && others > 1) return false
    if (all.meddled.has(key) && others > all.meddled.size) return false
    if (all.looked.has(key) && others > all.looked.size) return false
  }
  if ((everybody.has(key) && fieldFacts === 0) || key === 'admin') return false
  if (all.accounts && (/^(?:user|admin|administrator|login)$/.test(key) || (key === 'account' && fieldFacts === 0)))
    return false
  if (fieldFacts > 0) return true
  if (
    containers.has(key) &&
    !(all.candidates.size === 1 && isKnown(key)) &&
    ![...hows].some((how) => how === 'acted' || how === 'related')
  )
    return false
  if (all.accounts && all.roles.includes(key)) return false
  if (hows.size === 1 && hows.has('place')) return false
  if (hows.size === 1 && hows.has('related') && !isKnown(key) && !isPersonNoun(key)) return false
  if (hows.size === 1 && hows.has('headline')) {
    const others = [...all.candidates.values()].filter(
      (other) =>
        other.key !== key &&
        !other.hows.has('place') &&
        !(other.hows.size === 1 && other.hows.has('headline')) &&
        !all.roles.includes(other.key),
    )
    return (
      others.length === 0 ||
      (knownThings.has(key.replaceAll('_', ' ')) &&
        !others.some((other) => other.key.startsWith(key) || key.startsWith(other.key)) &&
        others.every((other) => !sameAffair(key, other.key)))
    )
  }
  const isWritten = all.made.has(key) && /^(?:note|comment|message|feedback)$/.test(key)
  if (
    hows.size === 1 &&
    hows.has('acted') &&
    !isWritten &&
    (looseFields.has(key) || (fieldTypes.has(key) && !isKnown(key)))
  )
    return false
  if (places.has(key) && hows.size === 1 && hows.has('acted') && !isKnown(key)) return false
  if (all.accounts && roleOf(key) === 'user') return false
  return isPersonNoun(key) ? !(all.accounts && all.roles.includes(key)) : true
}

const affairs: readonly (readonly string[])[] = [
  ['todo', 'task', 'chore', 'item'],
  ['recipe', 'dish'],
  ['expense', 'transaction'],
  ['ticket', 'issue', 'bug', 'defect', 'problem', 'fault', 'incident', 'complaint', 'damage', 'error', 'request'],
  ['chat', 'message', 'conversation'],
  ['booking', 'reservation', 'appointment'],
  ['photo', 'picture', 'image'],
  ['article', 'post', 'page'],
  ['note', 'entry'],
  ['bookmark', 'link'],
  ['event', 'meeting'],
  ['movie', 'film'],
  ['inventory', 'item', 'product'],
  ['project', 'board'],
]
const sameAffair = (a: string, b: string): boolean =>
  affairs.some((group) => group.includes(a.split('_').at(-1)!) && group.includes(b.split('_').at(-1)!))
