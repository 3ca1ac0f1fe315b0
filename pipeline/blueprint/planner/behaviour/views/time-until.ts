import type { View } from '../../../../../schemas/generated/architecture.ts'
import { toKebab, toWords } from '../../../names.ts'
import { plural, sentence, toName } from '../../language/words.ts'
import { roleOf } from '../../read/people.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { createdField } from '../places/fields.ts'
import { stampOf, stepsTo } from '../states/stamp.ts'
import { groupOf, isZoned, midnightUtc } from './groups.ts'
import { grantToReaders } from './see.ts'
import { splitGroups } from './split-groups.ts'

const asks =
  '(?:(?:please )?(?:also )?(?:show|list|display|give|get|report)(?: (?:me|us))? |(?<who>(?:the |all )?[\\p{L}-]+) (?:wants?(?: to (?:see|know))?|can see|sees?|needs?) |(?:i|we) (?:want|need|would like)(?: to (?:see|know))? )?'
const until = [
  `^${asks}(?:the )?(?:average|mean) (?:time|duration|number of (?:hours|days)|hours|days) (?:until|till|to|before) (?:(?:an?|the|each|every) )?(?:(?<thing>[\\p{L}-]+) )?(?:(?:is|are|gets?|has been|being|be) )?(?<state>[\\p{L}]+(?:ed|en|wn|sed|ld|id|one|nt)|closing|delivery|completion|approval|payment|repair)$`,
  `^${asks}how long (?:it takes |does it take )?(?:on average )?(?:until |till |for )(?:an?|the|each|every) (?<thing>[\\p{L}-]+) (?:is|are|gets|has been|to be) (?<state>[\\p{L}]+(?:ed|en|wn|ld|id|one|nt))(?: on average)?$`,
].map((source) => new RegExp(source, 'iu'))

const nouns: Readonly<Record<string, string>> = {
  closing: 'closed',
  delivery: 'delivered',
  completion: 'completed',
  approval: 'approved',
  payment: 'paid',
  repair: 'repaired',
}

/** "The average time until a ticket is closed per month": from when a row was made until it came to a state. */
export const readTimeUntil: Read = (said) => {
  const { measure, groups } = splitGroups(said.trim())
  const found = said.length > 200 ? undefined : until.map((one) => one.exec(measure)?.groups).find(Boolean)
  if (!found) return undefined
  const who = found.who && roleOf(found.who) ? { words: found.who, only: false } : undefined
  const spec = { thing: found.thing, state: found.state!.toLowerCase(), groups, said, ...(who ? { who } : {}) }
  return { said, rest: who ? ['With user accounts'] : [], sure: true, after: 5, apply: (draft) => apply(draft, spec) }
}

type Spec = {
  thing: string | undefined
  state: string
  groups: readonly string[]
  said: string
  who?: { words: string; only: boolean }
}

const apply = (draft: BehaviourDraft, spec: Spec): Outcome => {
  const state = nouns[spec.state] ?? spec.state
  const named = spec.thing && !/^(?:it|they)$/i.test(spec.thing) ? draft.findModel(spec.thing) : undefined
  const reaching = (model: Found): boolean => stepsTo(model, state).length > 0
  const model = named ?? draft.models().find(reaching)
  if (!model || !reaching(model)) return { unresolved: `Nothing here is ever ${state}: say by which steps it goes.` }
  const created = createdField(model)
  const groups = spec.groups.map((group) => groupOf(draft, model, group))
  if (!created || groups.some((group) => group === undefined))
    return { unresolved: `${sentence(plural(model.words))} can not be put together in this way.` }
  const field = stampOf(draft, model, state)
  if (!field) return { unresolved: `The time at which it is ${state} can not be written down.` }
  const group = Object.assign({}, ...groups.map((one) => one!.columns)) as { [column: string]: string }
  const zoned = isZoned(group)
  const view: View = {
    description: sentence(spec.said.slice(0, 400)),
    of: model.name,
    where: `this.${field} != null`,
    group,
    select: {
      count: { take: 'count' },
      average_hours: { take: 'avg', of: `inHours(this.${field} - this.${created})` },
    },
    ...(Object.keys(group).length > 0 ? { sort: Object.keys(group), maxPage: 100 } : {}),
    ...(zoned ? { zone: 'UTC' } : {}),
  }
  const name = toName(['time', 'until', state])
  model.api.views = { ...model.api.views, [name]: view }
  const who = grantToReaders(draft, model, name, spec.who)
  if (zoned) draft.assume(midnightUtc)
  return {
    understood: [
      `Report: average hours until ${plural(model.words)} are ${toWords(state)}, for ${who} (${model.path}/${toKebab(name)}).`,
    ],
  }
}
