import { sentence, toName, withArticle } from '../language/words.ts'
import type { Outcome, Read } from './behaviour.ts'
import type { BehaviourDraft } from './draft.ts'
import { verbOf } from './states/verbs.ts'
import { ensureHappening } from './told/ensure-happening.ts'
import { placeOf } from './told/happenings.ts'
import { type Happening, readHappening } from './told/read-told.ts'

const when = '(?:when(?:ever)?|once|as soon as|if|every time|each time|after)'
const moment = '(?<field>(?:[\\p{L}-]+ ){0,3}?(?:date|time|day|timestamp|moment))'
const kept =
  '(?:set|recorded|noted|stored|saved|filled in|stamped|remembered|written down|entered|logged|kept|registered|added|taken down)'
const now =
  '(?: (?:automatically|to (?:today|now|the current (?:date|time|day)|that day|the day)|as (?:today|now)|by the system))*'
const is = '(?:(?:is|gets|should be|must be|will be|has to be) (?:also |then |automatically )*)'

const patterns: readonly RegExp[] = [
  `^${when} (?<event>.+?),? (?:then )?(?:the|its|an?) ${moment} ${is}${kept}${now}$`,
  `^(?:the|its|an?) ${moment} ${is}${kept}${now} ${when} (?<event>.+)$`,
  `^${when} (?<event>.+?),? (?:then )?(?:set|record|note|store|save|fill in|remember|enter|log|keep) (?:the|its|an?) ${moment}${now}$`,
  `^(?:on|upon|at|with) (?<deed>[\\p{L}-]+(?:ing|al|ment|tion|sion)),? (?:the|its|an?) ${moment} ${is}${kept}${now}$`,
].map((text) => new RegExp(text, 'iu'))

/** Longer sentences are not read: these patterns try every way to cut them. */
const longest = 200

/** Reads that a moment is written down when something happens: "when it is picked up, the pick-up date is set". */
export const readMoments: Read = (said) => {
  if (said.length > longest || !/\b(?:date|time|day|timestamp|moment)\b/i.test(said)) return undefined
  const groups = patterns.map((pattern) => pattern.exec(said.trim())?.groups).find(Boolean)
  if (!groups) return undefined
  const happening = groups.deed ? ofDeed(groups.deed) : readHappening(groups.event!)
  if (!happening) return undefined
  // "The repaired-at time is noted": where nothing says that it is a step, people write it down.
  const noted = happening.kind === 'done' && /\bis noted$/i.test(said)
  // "The printed-at time": what is called after when.
  const field = groups.field!.replace(/-(at) time$|-(on) date$/i, ' $1$2')
  return {
    said,
    rest: [],
    sure: true,
    after: 3,
    ...(noted
      ? {}
      : { ahead: { said, rest: [], after: 1.5, apply: (draft: BehaviourDraft) => ensureHappening(draft, happening) } }),
    apply: (draft) => keep(draft, happening, field, noted),
  }
}

const nouns: Readonly<Record<string, string>> = {
  approval: 'approved',
  delivery: 'delivered',
  payment: 'paid',
  arrival: 'arrived',
  collection: 'collected',
  completion: 'completed',
  cancellation: 'cancelled',
  rejection: 'rejected',
  shipment: 'shipped',
}

/** "On signing": when what was spoken of is signed. */
const ofDeed = (deed: string): Happening => {
  const word = deed.toLowerCase()
  return { kind: 'deed', thing: 'it', verb: nouns[word] ? verbOf(nouns[word]) : word.replace(/ing$/, ''), fresh: false }
}

const keep = (draft: BehaviourDraft, happening: Happening, said: string, noted: boolean): Outcome => {
  const place = placeOf(draft, happening)
  const written = noted && typeof place === 'string' ? draft.findModel(happening.thing) : undefined
  if (typeof place === 'string' && !written) return { unresolved: place }
  const model = typeof place === 'string' ? written! : place.model
  const known = draft.findField(model, said)
  const name =
    known ??
    draft.ensureField(model, toName(said.split(/[\s-]+/)), {
      type: /time|moment| at$/i.test(said) ? 'datetime' : 'date',
      optional: true,
    })
  const field = model.model.fields[name]!
  const words = name.replaceAll('_', ' ')
  if (field.set || field.key) return { unresolved: `“${said}” is written by the system itself.` }
  if (!/^(?:date|datetime)$/.test(field.type)) return { unresolved: `“${said}” is no date of ${model.words}.` }
  // Nobody gives it: it comes when that happens.
  if (!draft.changing) field.optional = true
  if (typeof place === 'string')
    return { understood: [`${sentence(withArticle(model.words))} has ${withArticle(words)}, once it was.`] }
  place.add([{ set: { of: 'this', values: { [name]: field.type === 'date' ? 'today()' : 'now' } } }])
  return {
    understood: [`When a ${model.words} ${place.words.replace(/' \+ .*$/, 'in another state')}, its ${words} is set.`],
  }
}
