import type { Requirement } from '../../../../../schemas/generated/architecture.ts'
import { negated } from '../../../../expressions/negate.ts'
import { sentence, singular, withArticle } from '../../language/words.ts'
import { holdersOf, signUpRolesOf } from '../access/holders.ts'
import { looksAtNow } from '../as-it-was.ts'
import type { Outcome, Read } from '../behaviour.ts'
import { isBookingLike } from '../between.ts'
import { canonical } from '../canonical.ts'
import type { BehaviourDraft } from '../draft.ts'
import { keepBeforeEnding, keepWhenMoved } from '../moved.ts'
import { createdField, findField } from '../places/fields.ts'
import { dropRequired, requireOn, requireOnStep } from '../rules.ts'
import { stampOf } from '../states/stamp.ts'
import { durationOf, secondsOf } from '../terms/durations.ts'
import { needTime } from '../when-booked.ts'
import { holdsOf, momentOf, type Place, placesOf } from './clause.ts'
import { free, freedRoles, termsOf } from './exempt.ts'
import { readTerms } from './read-allowed.ts'
import { presenceIn } from './rows-hold.ts'
import type { Allowed, Deed, Terms } from './spec.ts'
import { type Target, targetOf } from './target.ts'

/** "Posts can be edited by their author for ten minutes": who else would. */
const byAuthor =
  /(?<= be [\p{L}]+.*) by (?:their|its|the|his or her) (?:own )?(?:authors?|owners?|makers?|creators?|writers?)\b/iu

/**
 * Reads that something may be done only on some terms: while the club is open, until the auction ends, within 15 minutes of
 * posting it, up to 12 hours before it starts, until 6 pm, not with what is one's own.
 */
export const readAllowed: Read = (said) => {
  const tail =
    /^(.+?),? but (?:not|never) (?:for |on |in |to )?(?:their|his|her|his or her|your) own(?: ones?| [\p{L}-]+)?$/iu.exec(
      said,
    )
  const allowed = readTerms(canonical(tail ? notOwn(tail[1]!) : said.replace(byAuthor, '')))
  if (!allowed) return undefined
  const { who, verb, thing } = allowed.deed
  const rest = tail
    ? [tail[1]!]
    : who && !/\b(?:not|never|nobody)\b/i.test(canonical(said))
      ? [rightOf(who, verb, thing && isTheirs(said, thing) ? `their own ${thing}` : thing)]
      : []
  return {
    said,
    rest,
    after: 4,
    apply: (draft) => apply(draft, allowed, said),
  }
}

/** "Hosts can edit their shows until they are approved": their own. */
const isTheirs = (said: string, thing: string): boolean =>
  new RegExp(`\\b(?:their|his|her|your) (?:own )?${thing}\\b`, 'i').test(said)

/** What a sentence says besides its condition. "Members can cancel" says nothing of what: it is no right to all there is. */
const rightOf = (who: string, verb: string, thing: string | undefined): string =>
  thing && !/^(?:withdraw|sign|drop|back|step|pull|opt|unregister|deregister|resign|leave|quit)\b/.test(verb)
    ? `${who} can ${verb} ${thing}`
    : /^(?:cancel|withdraw|delete|remove|edit|change|sign|drop|back|step|pull|opt|unregister|deregister|resign|leave|quit)\b/.test(
          verb,
        )
      ? `${who} sign in`
      : `${who} can ${verb}`

/** "Readers rate a recipe from 1 to 5" with "but not their own" says that readers cannot rate their own recipe. */
const notOwn = (deed: string): string => {
  const found =
    /^((?:the |all )?[\p{L}-]+) (?:can |may )?([\p{L}]+?(?: (?:for|on|to|in))?) (?:an? |the |any |other )?([\p{L}-]+)\b/iu.exec(
      deed,
    )
  return found ? `${found[1]} can not ${found[2]} their own ${found[3]}` : ''
}

const apply = (draft: BehaviourDraft, { deed, terms }: Allowed, said: string): Outcome => {
  const target = targetOf(draft, deed)
  if (target && terms.kind === 'while') leaveOpen(target, terms.clause)
  if (target && terms.kind === 'while' && terms.holds && isAlways(target, terms.clause)) return { understood: [] }
  const check = target && checkOf(draft, target, terms)
  if (!target || !check) return { unresolved: whyNot(draft, deed, terms, said) }
  const message = `${sentence(said.replace(/[.!]+$/, ''))}.`
  const requirement: Requirement = { check, message, status: terms.kind === 'notOwn' ? 403 : 409 }
  const { model, op, step } = target
  const role = deed.who ? draft.findRole(deed.who) : undefined
  const before = draft.changing ? [...termsOf(target)] : []
  if (draft.changing) dropEarlier(target, check)
  // The parts of a whole change too where some are added or taken away.
  if (/^(?:change|modify|alter|touch)$/.test(deed.verb) && ofItsWhole(target, check))
    for (const each of ['create', 'update', 'delete'] as const) requireOn(model, each, requirement)
  else if (op !== 'step') requireOn(model, op, requirement)
  if (op === 'create') keepWhenMoved(model, requirement)
  else if (op === 'delete' || (op === 'step' && takesBack.test(step!))) keepBeforeEnding(draft, model, check)
  if (op === 'step') requireOnStep(model, step!, requirement)
  // Who may do so whenever they like still may: these are terms for the others.
  const exempt = freedRoles(before).filter((one) => one !== role)
  for (const one of termsOf(target).filter((each) => looksAtNow(each.check) && !before.includes(each)))
    for (const each of exempt) free(one, each)
  const own = target.leaves || (role !== undefined && ends.test(deed.verb) && signUpRolesOf(draft).includes(role))
  if (
    own &&
    role &&
    role !== 'admin' &&
    model.api.owner &&
    !holdersOf(draft, model, step ?? op).some((one) => one.role === role)
  )
    draft.grant(role, model, step ?? op, 'own')
  return { understood: [message] }
}

const ends = /^(?:cancel|withdraw|revoke|retract|call off|take back)$/
const span = /\b(?:duration\("[^"]*"\)|days\(\d+\)|hourOf\(now\) [<>]=? \d+)/g
const exemption = /'\w+' in me\.roles \|\| /g

/** What was asked of the time of the same deed before: said anew, it is as long as is said now. */
const dropEarlier = ({ model, op, step }: Target, check: string): void => {
  if (!looksAtNow(check)) return
  const shape = (text: string): string => text.replace(exemption, '').replace(span, '_')
  const same = (one: Requirement): boolean => shape(one.check) === shape(check)
  const transition = step === undefined ? undefined : model.model.states?.transitions[step]
  if (transition?.require) transition.require = transition.require.filter((one) => !same(one))
  if (op !== 'step') dropRequired(model.model, op, same)
  dropRequired(model.model, 'update', (one) => shape(one.check).includes(shape(check.replaceAll('this.', 'was.'))))
}

/** "It cannot be submitted without a purpose": until then it may be without. */
const leaveOpen = ({ model, op }: Target, clause: string): void => {
  const found = op === 'step' ? presenceIn(model, clause) : undefined
  const field = found && model.model.fields[found.field]
  if (field && field.default === undefined && !field.key) field.optional = true
}

/** "When it has a price", where there is none without: so it is already. */
const isAlways = ({ model }: Target, clause: string): boolean => {
  const named = /^(?:it|they) (?:has|have) (?:an?|the|its|their) (.+)$/i.exec(clause.trim())?.[1]
  const field = named ? model.model.fields[findField(model, named) ?? ''] : undefined
  return field !== undefined && !field.optional && field.type !== 'bool'
}
const takesBack = /^(?:cancel|withdraw)/

/** Whether a row is a part of a whole, which goes with it, and the condition is one on that whole. */
const ofItsWhole = ({ model, op }: Target, check: string): boolean => {
  const whole = model.api.parent
  const field = whole ? model.model.fields[whole] : undefined
  return (
    op === 'update' &&
    field?.onDelete === 'cascade' &&
    !isBookingLike(model) &&
    check.includes(`this.${whole!.replace(/_id$/, '')}.`)
  )
}

/** A condition that is named by itself needs no reason here: what it is put on may be done all the same. */
const whyNot = (draft: BehaviourDraft, deed: Deed, terms: Terms, said: string): string =>
  terms.kind === 'notOwn'
    ? `It is not known whose ${withArticle(singular(deed.thing ?? 'thing'))} is.`
    : !draft.changing && (terms.kind !== 'while' || said.includes(`${terms.word} ${terms.clause}`))
      ? ''
      : 'Nothing here says whether that is so.'

const checkOf = (draft: BehaviourDraft, target: Target, terms: Terms): string | undefined => {
  const places = placesOf(draft, target)
  const created = createdField(target.model)
  const span = 'length' in terms ? secondsOf(terms.length) : undefined
  if (terms.kind === 'while') {
    const said = holdsOf(draft, target, terms.clause)
    const holds = said && fromThenOn.test(terms.word) ? orLater(places, said) : said
    return holds && (terms.holds ? holds : negated(holds))
  }
  if (terms.kind === 'since') {
    if (span === undefined || target.op === 'create') return undefined
    const since = terms.from ? cameTo(draft, target, terms.from) : undefined
    if (since) return `this.${since} != null && now <= this.${since} + ${durationOf(span)}`
    return created ? `now <= this.${created} + ${durationOf(span)}` : undefined
  }
  if (terms.kind === 'ahead') {
    const at = span === undefined ? undefined : momentOf(draft, places, terms.event)
    if (!at) return undefined
    const own = /^this\.(\w+)$/.exec(at.path)?.[1]
    if (own) needTime(draft, target.model, own)
    const [then, sign] = [`now + ${durationOf(span!)}`, terms.most && target.op === 'create' ? '>=' : '<=']
    const early = `${at.field.type === 'date' ? `day(${then})` : then} ${sign} ${at.path}`
    return at.field.optional ? `${at.path} == null || ${early}` : early
  }
  if (terms.kind === 'clock') {
    const hour = `hourOf(now) ${terms.before ? '<' : '>='} ${terms.hour}`
    return terms.of ? onDay(momentOf(draft, places, 'the day'), terms.of, terms.before, hour) : hour
  }
  const user = draft.userModel()
  const other = user && places.slice(1).find(({ model }) => draft.refFrom(model, user))
  return other ? `${other.path}.${draft.refFrom(other.model, user)} != me.id` : undefined
}

/** "It was closed", "being approved": the time at which the row came to that state, where steps lead there. */
const cameTo = (draft: BehaviourDraft, { model }: Target, from: string): string | undefined => {
  const state = /(?:^|\b(?:was|were|is|has been|been|being|got|gets) )(?<state>[\p{L}]+(?:ed|en|wn|id|nt|ne))$/iu
    .exec(from.trim())
    ?.groups?.state?.toLowerCase()
  return state ? stampOf(draft, model, state) : undefined
}

/** Before an hour of the day that a row is for: any time on an earlier day, too. */
const onDay = (
  at: ReturnType<typeof momentOf>,
  of: 'same' | 'before',
  before: boolean,
  hour: string,
): string | undefined => {
  if (!at) return undefined
  const path = at.field.type === 'date' ? at.path : `day(${at.path})`
  const day = of === 'before' ? `${path} - days(1)` : path
  const holds = `today() ${before ? '<' : '>'} ${day} || today() == ${day} && ${hour}`
  return at.field.optional ? `${at.path} == null || ${holds}` : holds
}

const fromThenOn = /^(?:after|once|as soon as|until|till|before)$/

/** "After it is submitted" is also when it is approved: a state and all that lie behind it. */
const orLater = (places: readonly Place[], holds: string): string => {
  const [, path, field, value] = /^([\w.]+)\.(\w+) == "([^"]+)"$/.exec(holds) ?? []
  const states = places.find((one) => one.path === path)?.model.model.states
  if (!value || states?.field !== field) return holds
  const later = new Set([value])
  for (const _ of Object.values(states!.transitions))
    for (const { from, to } of Object.values(states!.transitions))
      if (from.some((one) => later.has(one)) && to !== initialOf(places, path!, field!)) later.add(to)
  return later.size === 1 ? holds : `${path}.${field} in [${[...later].map((one) => `"${one}"`).join(', ')}]`
}

const initialOf = (places: readonly Place[], path: string, field: string): unknown =>
  places.find((one) => one.path === path)?.model.model.fields[field]?.default
