import type { Architecture, Field } from '../../../../schemas/generated/architecture.ts'
import { addAccounts, addRole } from '../change/accounts.ts'
import { type Draft, note } from '../change/draft.ts'
import { answered } from '../questions/question.ts'
import type { Question } from '../result.ts'
import { holdersOf } from './access/holders.ts'
import { type Finder, type Found, finderOf } from './find.ts'
import { allowOnly, grantLine, withhold } from './grant.ts'
import { addFieldTo, addModelTo, addReferenceTo, type NewModel } from './make.ts'

/** The architecture in the making, and what all readers do with it. Every change is made in `architecture` itself. */
export type BehaviourDraft = Finder & {
  /** A mutable copy: of what the request's other sentences made, or of the current revision. */
  architecture: Architecture
  /** A running system is changed: what is added must bear the rows that exist. */
  changing: boolean
  /** It was said that there are none: nobody is told apart. */
  noAccounts: boolean
  /** Adds a field unless it is there, to lists too, bearable for existing rows in a change. Returns its name. */
  ensureField: (model: Found, name: string, field: Field) => string
  /** Returns the field that refers to `to`, added where there is none. */
  ensureRef: (model: Found, to: Found, options?: { field?: string; optional?: boolean }) => string
  /** Returns the model, added with store, service, links, path and grants where there is none of that name. */
  ensureModel: (key: string, fields: { [name: string]: Field }, options?: NewModel) => Found
  /** Adds a role unless it is there; without accounts, accounts too. */
  ensureRole: (role: string) => void
  /** Adds accounts unless there are some. Returns the account model. */
  ensureAccounts: () => Found
  /** Lets a role (or `anyone`) use an operation; scope is `own`, `parent`, a field, or `where <expression>`. */
  grant: (role: string, model: Found, op: string, scope?: string) => void
  /**
   * Lets these roles use an operation and no others; `admin` keeps what it may do, unless `notAdmin`. In a system without
   * accounts everybody may, and the roles are left out.
   */
  grantOnly: (model: Found, op: string, who: readonly { role: string; scope?: string }[], notAdmin?: boolean) => void
  /** As grantOnly, beside whoever earlier sentences named for it: "customers cancel orders, staff cancels any order". */
  grantToNamed: (model: Found, op: string, who: readonly { role: string; scope?: string }[]) => void
  /** Notes that makers may change or delete rows whatever others decided on them. */
  unlock: (model: Found, op: 'update' | 'delete') => void
  /** Takes an operation from a role that has it only by a `*` within limits. */
  withhold: (role: string, model: Found, op: string) => void
  /** Returns the answer to a question, or undefined while it is open: then the outcome is `{ question }`. */
  answer: (question: Question) => string | undefined
  /** Adds to what is assumed. */
  assume: (text: string) => void
  /** Adds to what is not carried. */
  lose: (text: string) => void
}

/** Returns what readers work on. `about`: what was said before, in which "it" is looked for. */
export const createBehaviourDraft = (draft: Draft, about: string, changing: boolean): BehaviourDraft => {
  const { architecture } = draft
  const finder = finderOf(architecture, about)
  const ensureAccounts = (): Found => {
    if (!architecture.policies.authn) addAccounts(draft)
    return finder.userModel()!
  }
  return {
    ...finder,
    architecture,
    changing,
    noAccounts: draft.noAccounts === true && !architecture.policies.authn,
    ensureField: (model, name, field) => addFieldTo(model, name, field, changing),
    ensureRef: (model, to, options = {}) => {
      const there = options.field === undefined ? finder.refFrom(model, to) : undefined
      return there ?? addReferenceTo(architecture, model, to, { ...options, changing })
    },
    ensureModel: (key, fields, options = {}) => {
      const there = finder.exactModel(key)
      if (there) return there
      addModelTo(architecture, key, fields, options, finder)
      return finder.exactModel(key)!
    },
    ensureRole: (role) => {
      ensureAccounts()
      if (role !== 'admin') addRole(draft, role)
    },
    ensureAccounts,
    grant: (role, model, op, scope) => grantLine(architecture, role, model.endpoint, op, scope),
    grantOnly: (model, op, who, notAdmin = false) => allowOnly(architecture, model, op, who, notAdmin),
    grantToNamed: (model, op, who) => {
      const key = `${model.endpoint}:${op}`
      const before = draft.takers.get(key) ?? (draft.also ? holdersOf({ architecture }, model, op) : [])
      const named = [...before, ...who]
      const wide = new Set(named.flatMap(({ role, scope }) => (scope === undefined ? [role] : [])))
      const all = named.filter(({ role, scope }) => scope === undefined || !wide.has(role))
      draft.takers.set(key, all)
      allowOnly(architecture, model, op, all, false)
    },
    unlock: (model, op) => void draft.unlocked.add(`${model.name}:${op}`),
    withhold: (role, model, op) => withhold(architecture, model, role, op),
    answer: (question) => answered(question, draft.answers),
    assume: (text) => void draft.assumptions.push(text),
    lose: (text) => void draft.notCarried.push(text),
  }
}

/** Returns a draft that finds what it finds in another architecture: the one that ran before. Only for looking. */
export const asOf = (draft: BehaviourDraft, architecture: Architecture): BehaviourDraft => ({
  ...draft,
  ...finderOf(architecture, ''),
  architecture,
})

/** Notes what a wish came to. */
export const tell = (draft: Draft, understood: readonly string[], breaks: boolean): void => {
  for (const text of understood) note(draft, text, breaks ? 'major' : 'minor')
}
