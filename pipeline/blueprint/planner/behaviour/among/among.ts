import { plural, sentence, singular, toName, withArticle } from '../../language/words.ts'
import { signUpRoles } from '../../lexicon/people.ts'
import { roleOf } from '../../read/people.ts'
import { ensureOwner } from '../access/holders.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { requireOn } from '../rules.ts'
import { rolesOf } from '../states/people-of.ts'
import { deedOf, fieldsOf } from './deeds.ts'
import { type Among, readAmong } from './read-among.ts'

/** Reads what people do to people of their own kind, or to others who sign in: "members rate each other". */
export const readDoneToPeople: Read = (text) => {
  const said = readAmong(text)
  if (!said) return undefined
  const { noun } = said.deed
  const has = `${sentence(withArticle(noun))} has ${said.fields ?? fieldsOf[noun]}`
  return {
    said: text,
    rest: said.fields ? [has] : [],
    // Who does it signs up; of a new system it is also said what is kept.
    implies: [
      ...kinds(said.who)
        .filter((who) => !said.whom || signUpRoles.has(who))
        .map((who) => `${sentence(plural(who))} sign up and log in`),
      `Users can add ${plural(noun)}`,
      noun === 'report'
        ? `A report belongs to ${withArticle(whomOf(said))}`
        : `Each ${noun} is about ${withArticle(whomOf(said))}`,
      ...(said.to ? [`${sentence(withArticle(noun))} belongs to ${withArticle(singular(said.to))}`] : []),
      ...(said.fields || usual.test(noun) ? [] : [has]),
    ],
    // Between two of a kind it means nothing else.
    ...(said.whom ? {} : { sure: true }),
    after: -1,
    apply: (draft) => (draft.noAccounts ? applyWithout(draft, said) : apply(draft, said)),
  }
}

/** Their usual fields are known, and give way to those that are named. */
const usual = /^(?:rating|review|message|comment|note|grade)$/

/** About whom it is, in one word. */
const whomOf = (said: Among): string => {
  if (said.whom) return singular(said.whom.split(' ').at(-1)!)
  const both = kinds(said.who)
  return both.length > 1 ? 'user' : both[0]!
}

const kinds = (who: string): string[] =>
  plainWho(who)
    .split(' and ')
    .map(singular)
    .map((one) => (/^(?:user|signed)$/.test(roleOf(one) ?? '') ? 'user' : one))

const apply = (draft: BehaviourDraft, said: Among): Outcome => {
  const whom = whomOf(said)
  const stored = whom === 'user' ? undefined : draft.exactModel(whom)
  if (said.whom && !stored && !draft.findRole(said.whom))
    return { unresolved: `It is not clear who ${plural(whom)} are.` }
  const account = draft.ensureAccounts()
  const target = stored ?? account
  const roles =
    stored && !said.whom && !draft.findRole(whom) ? rolesOf(draft, 'users') : rolesOf(draft, plainWho(said.who))
  for (const role of roles) draft.ensureRole(role)
  const thing = said.to ? draft.findModel(said.to) : undefined
  if (said.to && (!thing || thing.name === account.name)) return { unresolved: `There is no “${said.to}”.` }
  const field = `${toName([whom])}_id`
  const rows = rowsOf(draft, said, target, field, thing)
  const owner = ensureOwner(draft, rows)
  if (thing) {
    const ref = draft.ensureRef(rows, thing)
    if (!draft.changing) delete rows.model.fields[ref]!.optional
  }
  // As of whatever else is rated: each once.
  const once = said.once || (said.whom !== undefined && stored !== undefined && said.deed.noun === 'rating')
  settle(draft, rows, { ...said, once }, owner, field)
  allow(draft, rows, roles, said, field, target, target.name === account.name)
  const understood = [describe(said, whom, rows)]
  if (said.notSelf) {
    const not = forbidSelf(draft, rows)
    if (!not) return { unresolved: `It is not known which account belongs to which ${whom}.` }
    understood.push(not)
  }
  if (said.unbuilt)
    draft.lose(`Not built: “${said.unbuilt}”. ${sentence(plural(said.deed.noun))} may be made at any time.`)
  // Who chooses among people sees who there is.
  if (target.name === account.name)
    for (const role of roles) for (const op of ['list', 'read']) draft.grant(role, account, op)
  return {
    understood,
    assumptions: assumed(said, whom, target.name === account.name || target.api.owner !== undefined),
  }
}

/** Without accounts the rows say of both who they are. */
const applyWithout = (draft: BehaviourDraft, said: Among): Outcome => {
  const whom = whomOf(said)
  if (said.whom) return { unresolved: `Without accounts nobody knows who ${plural(whom)} are.` }
  const people = draft.ensureModel(toName([whom]), { name: { type: 'string' } })
  const field = `${people.key}_id`
  const rows = rowsOf(draft, said, people, field)
  const by = draft.ensureRef(rows, people, { field: 'by_id' })
  settle(draft, rows, said, by, field)
  const understood = [`${sentence(withArticle(rows.words))} says which ${whom} made it and which ${whom} it is about.`]
  if (said.notSelf) understood.push(forbidSelf(draft, rows)!)
  return { understood }
}

const settle = (draft: BehaviourDraft, rows: Found, { scale, once }: Among, by: string, field: string): void => {
  if (scale) setScale(draft, rows, scale)
  if (once) rows.model.unique = [...(rows.model.unique ?? []), [by, field]]
}

const plainWho = (who: string): string =>
  who
    .toLowerCase()
    .split(/ (?:and|or) /)
    .map((one) => one.split(' ').at(-1)!)
    .join(' and ')

/** The rows: those that were described, where they are of nothing else; else new ones. */
const rowsOf = (draft: BehaviourDraft, said: Among, target: Found, field: string, thing?: Found): Found => {
  const key = toName([said.deed.noun])
  const there = draft.exactModel(key)
  const own = there && (draft.refFrom(there, target) === field || isFree(draft, there, thing))
  const rows = own
    ? there
    : draft.ensureModel(there ? `${toName([whomOf(said)])}_${key}` : key, ownFields(said), {
        owned: !draft.noAccounts,
        refs: [
          { to: target, field, onDelete: 'cascade' },
          ...(thing ? [{ to: thing, onDelete: 'cascade' as const }] : []),
        ],
        ungranted: !draft.noAccounts,
      })
  draft.ensureRef(rows, target, { field })
  if (!draft.changing) {
    delete rows.model.fields[field]!.optional
    rows.model.fields[field]!.onDelete = 'cascade'
  }
  return rows
}

const isFree = (draft: BehaviourDraft, model: Found, thing: Found | undefined): boolean =>
  !draft.changing &&
  draft
    .models()
    .filter(({ name }) => name !== thing?.name)
    .every(({ name }) => !Object.values(model.model.fields).some(({ type }) => type === `ref(${name}.id)`))

const ownFields = ({ deed }: Among): Parameters<BehaviourDraft['ensureModel']>[1] =>
  deed.noun === 'rating' || deed.noun === 'review' || deed.noun === 'assessment' || deed.noun === 'evaluation'
    ? {
        [deed.noun === 'review' ? 'rating' : 'score']: { type: 'int', min: 1, max: 5 },
        ...(deed.noun === 'rating' ? {} : { comment: { type: 'text', optional: true } }),
      }
    : deed.noun === 'grade'
      ? { grade: { type: 'string' } }
      : {
          text: {
            type: 'text',
            ...(/^(?:challenge|invitation|nomination|request)$/.test(deed.noun) ? { optional: true } : {}),
          },
        }

/** The number that is given is from here to there. */
const setScale = (draft: BehaviourDraft, rows: Found, [min, max]: readonly [number, number]): void => {
  const there = Object.entries(rows.model.fields).find(
    ([name, { type }]) =>
      /^(?:score|rating|grade|stars|points|value|mark)$/.test(name) && /^(?:int|string)$/.test(type),
  )
  const number = { type: 'int' as const, min, max }
  if (there) rows.model.fields[there[0]] = { ...number, ...(there[1].optional ? { optional: true } : {}) }
  else draft.ensureField(rows, 'score', number)
}

/** Only who made a row changes it; an affair of two is seen by the two. */
const allow = (
  draft: BehaviourDraft,
  rows: Found,
  roles: readonly string[],
  { deed, whom }: Among,
  field: string,
  target: Found,
  byAccount: boolean,
): void => {
  const with_ = (scope: string): { role: string; scope: string }[] => roles.map((role) => ({ role, scope }))
  delete rows.api.public
  for (const op of ['create', 'update', 'delete']) draft.grantOnly(rows, op, with_('own'))
  const about = whom === undefined ? roles : rolesOf(draft, whom)
  const scope = byAccount ? field : scopeOfOwner(target, field)
  const told = scope && deed.noun !== 'report' ? about.map((role) => ({ role, scope })) : []
  const seen = deed.between ? with_('own') : roles.map((role) => ({ role }))
  // Whom it is about sees it, where not everybody does already.
  const others = told.filter(({ role }) => deed.between || !roles.includes(role))
  for (const op of ['list', 'read']) draft.grantOnly(rows, op, [...seen, ...others])
}

/** Those whom people entered themselves for are they. */
const scopeOfOwner = (target: Found, field: string): string | undefined =>
  target.api.owner && `where this.${field.replace(/_id$/, '')}.${target.api.owner} == me.id`

const describe = ({ deed, once }: Among, whom: string, rows: Found): string =>
  `${sentence(withArticle(rows.words))} is of the one who ${/^(?:message|note|comment)/.test(deed.noun) ? 'writes' : 'makes'} it and about ${withArticle(whom)}${once ? ', at most one for the two' : ''}; only who made it changes it.`

const assumed = ({ deed }: Among, whom: string, signsIn: boolean): string[] => [
  deed.noun === 'report'
    ? `Who reports ${withArticle(whom)} and administrators see it, and nobody else.`
    : deed.between
      ? !signsIn
        ? `${sentence(plural(deed.noun))} are seen by who makes them and by administrators.`
        : `${sentence(plural(deed.noun))} are seen by the two whom they concern.`
      : `${sentence(plural(deed.noun))} of ${plural(whom)} are seen by whoever may make them.`,
]

/** Nobody does it to themselves: returns that in words, or undefined where it cannot be told. */
const forbidSelf = (draft: BehaviourDraft, rows: Found): string | undefined => {
  const account = draft.userModel()
  const owner = rows.api.owner ?? (Object.hasOwn(rows.model.fields, 'by_id') ? 'by_id' : undefined)
  if (!owner) return undefined
  const message = `Nobody makes ${withArticle(rows.words)} about themselves.`
  const check = Object.entries(rows.model.fields)
    .filter(([name]) => name !== owner)
    .flatMap(([name, { type }]) => {
      if (type === `ref(${account?.name}.id)` || type === rows.model.fields[owner]!.type)
        return [`this.${name} != this.${owner}`]
      const people = draft.models().find((one) => type === `ref(${one.name}.id)` && one.api.owner)
      return people ? [`this.${name.replace(/_id$/, '')}.${people.api.owner} != this.${owner}`] : []
    })[0]
  if (!check) return undefined
  for (const op of ['create', 'update'] as const) requireOn(rows, op, { check, message, status: 409 })
  return message
}

const self =
  /^(?:(?:nobody|no one|you|people|they|(?:an? |the |all )?[\p{L}-]+) (?:can ?not|cannot|may not|must not|should not|can never|may never)|(?:nobody|no one) (?:can|may|should|must)|(?:users|members|players|people) never) (?<verb>[\p{L}-]+|(?:write|leave|send|give) (?:an? )?(?<gift>[\p{L}-]+) (?:of|about|to|for)) (?:themselves|himself|herself|him- or herself|oneself|yourself)$/iu

/** "Nobody can rate themselves". */
export const readNotThemselves: Read = (said) => {
  const found = self.exec(said.trim())?.groups
  const deed = found ? deedOf(found.gift ?? found.verb!) : undefined
  if (!deed) return undefined
  return {
    said,
    rest: [],
    sure: true,
    apply: (draft) => {
      const rows = draft
        .models()
        .filter(({ key }) => key === toName([deed.noun]) || key.endsWith(`_${toName([deed.noun])}`))
        .map((model) => forbidSelf(draft, model))
        .filter((one) => one !== undefined)
      return rows.length > 0
        ? { understood: rows }
        : { unresolved: `It is not known whom ${plural(deed.noun)} are about.` }
    },
  }
}
