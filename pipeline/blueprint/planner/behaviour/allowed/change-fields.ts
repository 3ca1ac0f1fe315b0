import type { Requirement } from '../../../../../schemas/generated/architecture.ts'
import { toWords } from '../../../names.ts'
import { listed, peopleOf, plural, sentence, withArticle } from '../../language/words.ts'
import { hasOneOf, holdersOf, letSee } from '../access/holders.ts'
import { bracketed, comparable, stays } from '../as-it-was.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { requireOn } from '../rules.ts'
import { doerOf, isPeople } from '../states/doers.ts'
import { rolesOf } from '../states/people-of.ts'

/**
 * Who changes which fields of a thing: nobody, only some, all but some, some nothing else, or some these too. `thing` where it is named;
 * `sets`: they alone give the first value too; `once`: what is empty may be filled in.
 */
type Said = {
  kind: 'nobody' | 'only' | 'not' | 'nothing else' | 'these'
  fields: string[]
  thing?: string
  who: string[]
  sets: boolean
  once: boolean
}

const can = '(?:can|may|must|should|are allowed to|is allowed to)'
const never =
  '(?:can ?not|cannot|may not|must not|should not|can never|may never|must never|are not allowed to|is not allowed to)'
const change = '(?<verb>change|edit|modify|update|alter|adjust|correct|set|enter|fill in)'
const changed = '(?<verb>changed|edited|modified|updated|altered|adjusted|corrected|set|entered|filled in)'
const word = '[\\p{L}-]+(?: (?!and\\b|or\\b|of\\b|on\\b|only\\b|once\\b|after|later\\b|when\\b|any)[\\p{L}-]+)?'
const fields = `(?:the |its |their )(?<fields>${word}(?:(?:, | and | or |, and )(?:the )?${word})*)`
const of = `(?: (?:of|on) (?:an? |the |any |each |every |all |their (?:own )?)?(?<thing>${word}))?`
const who = '(?:the |an? |all )?(?<who>[\\p{L}-]+(?: [\\p{L}-]+)?(?:(?:, | and | or )(?:the )?[\\p{L}-]+)*)'
const later =
  '(?<once> (?:afterwards?|later(?: on)?|any ?more|again|once (?:it|they) (?:is|are|was|were|has been|have been) (?:set|entered|given|saved|made|there)|after (?:that|it was set|it is set|creation)))?'
const forms: readonly (readonly [Said['kind'], RegExp])[] = (
  [
    ['nobody', `(?:nobody|no one) ${can} (?:ever )?${change} ${fields}${of}${later}`],
    ['nobody', `${fields}${of} (?:${never}) (?:ever )?be ${changed}${later}(?: by anyone| by anybody)?`],
    [
      'nobody',
      `${fields}${of} (?:is|are|stays?|remains?) (?:final|immutable|unchangeable|fixed(?= (?:afterwards?|once|after)))${later}`,
    ],
    ['only', `only ${who} ${can} ${change} ${fields}${of}${later}`],
    ['only', `${fields}${of} ${can} only be ${changed} by ${who}`],
    ['only', `${fields}${of} (?:is|are) (?:only )?${changed} (?:only )?by ${who}(?: only| alone)?`],
    ['not', `${who} ${never} ${change} ${fields}${of}${later}`],
    ['nothing else', `${who} ${can} only ${change} ${fields}${of}`],
    ['nothing else', `${who} ${can} ${change} (?:only |just |nothing but )${fields}${of}`],
    ['nothing else', `${who} ${can} ${change} ${fields}${of} (?:only|but nothing else|and nothing else)`],
    ['these', `${who} ${can} ${change} ${fields}${of}`],
  ] as const
).map(([kind, source]) => [kind, new RegExp(`^${source}$`, 'iu')])

/** "Nobody can change the price afterwards", "only technicians can set the price", "customers can edit the device only". */
export const readChangeFields: Read = (sentence) => {
  const text = sentence
    .trim()
    .replace(/[.!]+$/, '')
    .replace(/\bcan't\b/gi, 'cannot')
  for (const [kind, form] of forms) {
    const found = form.exec(text)?.groups
    if (!found) continue
    const people = found.who?.split(/,? (?:and|or) (?:the )?|, (?:the )?/) ?? []
    if (people.some((one) => !isPeople(one)) || (kind !== 'nobody' && people.length === 0)) return undefined
    const said: Said = {
      kind,
      fields: found.fields!.split(/,? (?:and|or) (?:the )?|, (?:the )?/),
      ...(found.thing ? { thing: found.thing } : {}),
      who: people.flatMap((one) => doerOf(one) ?? []),
      sets: kind === 'only' && /^(?:set|enter|entered|fill)/i.test(found.verb ?? ''),
      once: found.once !== undefined,
    }
    return {
      said: sentence,
      rest: [],
      // What is set or filled in is a field: whoever may do that may not change all else because no field is called so.
      ...(kind === 'these' && fills.test(found.verb!) ? {} : { maybe: true }),
      sure: kind === 'these' ? fills.test(found.verb!) : found.thing !== undefined,
      after: 8,
      apply: (draft) => apply(draft, said, sentence),
    }
  }
  return undefined
}

const fills = /^(?:set|enter|fill in)$/i

const apply = (draft: BehaviourDraft, said: Said, sentenceSaid: string): Outcome => {
  const model = modelOf(draft, said)
  if (!model && said.kind === 'these' && !said.fields.some((one) => draft.findModel(one)))
    return { unresolved: `Nothing here has a ${listed(said.fields)}; say what it belongs to.` }
  if (!model) return { unresolved: '' }
  const missing = said.fields.filter((one) => draft.findField(model, one) === undefined)
  if (missing.length > 0)
    return { unresolved: said.thing ? `${sentence(plural(model.words))} have no ${listed(missing)}.` : '' }
  const names = said.fields.map((one) => draft.findField(model, one)!)
  if (!names.every((name) => isGiven(model, name) && isPlain(model, name))) return { unresolved: '' }
  const message = `${sentence(sentenceSaid.trim().replace(/[.!]+$/, ''))}.`
  const done: Outcome = { understood: [message], breaks: true }
  if (said.kind === 'nobody') {
    requireOn(model, 'update', { check: unchanged(model, names, said.once), message, status: 409 })
    return done
  }
  if (!draft.architecture.policies.authn) return { unresolved: 'Nobody signs in here.' }
  const roles = said.kind === 'not' ? said.who.flatMap((one) => draft.findRole(one) ?? []) : rolesOf(draft, said.who)
  if (roles.length < said.who.length) return { unresolved: `There are no ${listed(said.who.map(peopleOf))} here.` }
  for (const role of roles) draft.ensureRole(role)
  // Who changes all of it changes these as well.
  if (said.kind === 'these' && roles.some((role) => changersOf(draft, model).includes(role))) return { unresolved: '' }
  const theirs = (some: readonly string[]): string =>
    sentence(`${listed(some.map(peopleOf))} change only the ${listed(said.fields)} of ${withArticle(model.words)}.`)
  if (said.kind === 'nothing else') return changeOnly(draft, model, names, roles, message) ?? done
  if (said.kind === 'these') return changeOnly(draft, model, names, roles, theirs(roles)) ?? done
  const holders = changersOf(draft, model)
  // Who changes nothing of it so far changes nothing else from now on.
  const fresh = said.kind === 'only' ? roles.filter((role) => role !== 'admin' && !holders.includes(role)) : []
  const kept = fresh.length > 0 ? changeOnly(draft, model, names, fresh, theirs(fresh)) : undefined
  if (kept) return kept
  const free = [...(said.kind === 'only' ? roles : holders.filter((role) => !roles.includes(role))), 'admin']
  const requirement: Omit<Requirement, 'check'> = { message, status: 403 }
  requireOn(model, 'update', { ...requirement, check: `${hasOneOf(free)} || ${unchanged(model, names, said.once)}` })
  // Who it falls to is theirs to say from the first, where a row can be made without.
  const { fields } = model.model
  const people = names.every((name) => fields[name]!.type === 'ref(User.id)' && fields[name]!.optional)
  return said.sets || (said.kind === 'only' && people) ? setByThem(model, names, free, requirement) : done
}

/** Whether people give a field: no key, no owner, no state, nothing that the system sets. */
const isGiven = ({ model, api }: Found, name: string): boolean => {
  const { set, key } = model.fields[name]!
  return !set && !key && name !== api.owner && name !== model.states?.field
}

const isPlain = ({ model }: Found, name: string): boolean => comparable.test(model.fields[name]!.type)

const changersOf = (draft: BehaviourDraft, model: Found): string[] => [
  ...new Set(holdersOf(draft, model, 'update').map(({ role }) => role)),
]

/** Lets roles change some fields of a thing and no other; returns why not, where the others cannot be compared. */
const changeOnly = (
  draft: BehaviourDraft,
  model: Found,
  names: readonly string[],
  roles: readonly string[],
  message: string,
): Outcome | undefined => {
  const rest = Object.keys(model.model.fields).filter((name) => !names.includes(name) && isGiven(model, name))
  if (!rest.every((name) => isPlain(model, name)))
    return { unresolved: `${sentence(plural(model.words))} have values that cannot be compared.` }
  const holders = changersOf(draft, model)
  const others = [...holders.filter((role) => !roles.includes(role)), 'admin']
  for (const role of roles.filter((one) => !holders.includes(one))) {
    draft.grant(role, model, 'update')
    letSee(draft, model, role)
  }
  if (rest.length > 0)
    requireOn(model, 'update', {
      check: `${hasOneOf(others)} || ${unchanged(model, rest, false)}`,
      message,
      status: 403,
    })
  return undefined
}

/** They alone give the first value as well: others leave it out. */
const setByThem = (
  model: Found,
  names: readonly string[],
  free: readonly string[],
  requirement: Omit<Requirement, 'check'>,
): Outcome => {
  for (const name of names) {
    const field = model.model.fields[name]!
    delete field.default
    field.optional = true
  }
  const empty = bracketed(names.map((name) => `this.${name} == null`).join(' && '))
  requireOn(model, 'create', { ...requirement, check: `${hasOneOf(free)} || ${empty}` })
  return {
    understood: [requirement.message],
    breaks: true,
    assumptions: [
      `The ${listed(names.map((name) => toWords(name.replace(/_id$/, ''))))} of ${withArticle(model.words)} may be left out: only ${listed(free.filter((role) => role !== 'admin').map(peopleOf))} give it.`,
    ],
  }
}

/** What is named, else what was spoken of, else what alone has such a field. */
const modelOf = (draft: BehaviourDraft, { thing, fields: [first = ''] }: Said): Found | undefined => {
  // "The technician" is a field of a defect, though technicians are people too.
  const itself = draft.findModel(first)
  if (itself && itself.name !== draft.userModel()?.name) return undefined
  if (thing) return draft.findModel(thing)
  const having = draft
    .models()
    .filter((model) => model.name !== draft.userModel()?.name && draft.findField(model, first))
  const it = draft.it()
  return having.find(({ name }) => name === it?.name) ?? (having.length === 1 ? having[0] : undefined)
}

const unchanged = ({ model }: Found, names: readonly string[], once: boolean): string =>
  bracketed(
    names
      .map((name) => (once && model.fields[name]!.optional ? `(was.${name} == null || ${stays(name)})` : stays(name)))
      .join(' && '),
  )
