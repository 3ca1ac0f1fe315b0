import { isDeepStrictEqual } from 'node:util'
import type { EachStep, Step, TimerPort } from '../../../../../schemas/generated/architecture.ts'
import { KEPT } from '../../../checks/behaviour/scope-names.ts'
import { listed, peopleOf, sentence, toName, withArticle } from '../../language/words.ts'
import { signUpRolesOf } from '../access/holders.ts'
import type { Outcome } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { standing } from '../rules.ts'
import { ensureNotices, noticeStep } from '../timers/notices.ts'
import { nobodySignsIn } from '../unsigned.ts'
import { type Chosen, choose } from './choose.ts'
import { type Lead, leadWords } from './lead.ts'
import { ensureMark } from './marks.ts'
import { fieldWords, happens, isDueBy, isNamed, mayLack, noticeText, timeText } from './notice-text.ts'
import type { Reminder } from './read-reminder.ts'
import { isNow, saidOfRows, stillToCome } from './still-to-come.ts'
import { type RowTime, timesMeant } from './time-of.ts'
import { isThing, type Whom } from './whom.ts'

/** Makes a timer that tells each of those who are meant once, as a notification of theirs. */
export const applyReminder = (draft: BehaviourDraft, reminder: Reminder): Outcome => {
  const said = isThing(draft, reminder.who) ? { ...reminder, who: '', about: reminder.about ?? reminder.who } : reminder
  if (draft.noAccounts) return { unresolved: 'Without accounts there is nobody who could be reminded.' }
  if (!draft.userModel()) return { unresolved: nobodySignsIn }
  const times = timesMeant(draft, said)
  if (typeof times === 'string') return { unresolved: times }
  const chosen = choose(draft, times, said)
  if (typeof chosen === 'string') return { unresolved: chosen }
  if (said.instead && !putAside(draft, chosen.one.row))
    return {
      unresolved: 'There are several reminders of that: say which of them stops, as in "stop reminding members".',
    }
  const made = said.leads.map((lead) => remind(draft, said, chosen, lead))
  const refused = made.find((one) => typeof one === 'string')
  if (refused !== undefined) return { unresolved: refused as string }
  const lines = made as Made[]
  if (lines.every(({ there }) => there)) return { holds: lines.map(({ text }) => text).join(' ') }
  const { row, thing, ref } = chosen.one
  const daily = lines.find(({ timer }) => timer.cron)
  return {
    understood: lines.map(({ text }) => text),
    assumptions: [
      'Who is reminded finds it among their notifications; nothing is sent by email.',
      `Of each ${row.words} people are reminded once, and again where ${ref === undefined ? 'its time' : `the time of the ${thing.words}`} changes.`,
      ...(daily && !said.when?.zone
        ? [`Times of day are in UTC: reminders are looked for at ${clockOf(daily.timer)}.`]
        : []),
    ],
  }
}

/** Takes away the only reminder that there is of some rows. Returns false where there are several. */
const putAside = (draft: BehaviourDraft, { name: model, component }: Found): boolean => {
  const { ports } = draft.architecture.components[component]!
  const there = Object.entries(ports).filter(
    ([name, port]) =>
      port.kind === 'timer' &&
      name.startsWith('remind_') &&
      port.do?.some(({ each }) => each?.model === model && /\bmade\.rule == /.test(each.where ?? '')),
  )
  for (const [name] of there.length === 1 ? there : []) delete ports[name]
  return there.length <= 1
}

type Made = { text: string; timer: TimerPort; there: boolean }

const remind = (draft: BehaviourDraft, said: Reminder, chosen: Chosen, lead: Lead): Made | string => {
  const { one, whom } = chosen
  const { row, path } = one
  if (one.field.type === 'date' && lead.seconds % 86_400 !== 0)
    return `Of ${withArticle(one.thing.words)} only the day is known, not the hour: say “the day before”, or give it a start with a date and a time.`
  const as = [...KEPT, 'person', 'made'].includes(row.key) ? 'row' : row.key
  const timer = timerOf(said, one.field.type, lead)
  const where = whereOf(said, chosen, lead, as, timer.cron !== undefined)
  if (typeof where === 'string') return where
  const mark = ensureMark(draft, row)
  const text = `${whoWords(draft, said.who, chosen)} reminded ${whenWords(one, lead)}.`
  const tells = whom.map((each) => tellStep(draft, chosen, each, as, lead))
  const build = (name: string): TimerPort => {
    const time = timeText(one, as)
    const rule = `"${name}: ${leadWords(lead).replace(/ when$/, '')}"`
    const done = `${mark.name}.exists(made, made.${mark.ref} == ${as}.id && made.rule == ${rule} && made.time == string(${as}.${path}))`
    const marks: Step = { create: { model: mark.name, values: { [mark.ref]: `${as}.id`, rule, time } } }
    const steps = [marks, ...tells] as EachStep['do']
    const each = { as, model: row.name, where: [...where, `!${done}`].join(' && '), do: steps }
    return { ...timer, description: text, do: [{ each }] }
  }
  const { ports } = draft.architecture.components[row.component]!
  for (const [name, port] of Object.entries(ports))
    if (port.kind === 'timer' && isDeepStrictEqual(port.do, build(name).do))
      return { text: sentence(text), timer, there: true }
  const name = freeName(draft, nameOf(said.who, row))
  ports[name] = build(name)
  return { text: sentence(text).replace(/\.$/, ` (${ensureNotices(draft).path}).`), timer, there: false }
}

/** Which rows it is about now; why that is not clear. */
const whereOf = (said: Reminder, { one, whom }: Chosen, lead: Lead, as: string, byDay: boolean): string[] | string => {
  const { row, field, path, which } = one
  const { texts, unclear } = saidOfRows(row, [...(which ? [which] : []), ...said.conditions], as)
  if (unclear !== undefined) return `It is not clear when ${withArticle(row.words)} is “${unclear}”.`
  const isDue = isDueBy(one.name) || said.time.kind === 'due'
  const nobody = whom.flatMap((each) =>
    'field' in each && row.model.fields[each.field]?.optional ? [`${as}.${each.field} != null`] : [],
  )
  const open = stillToCome(one, as, isDue)
  return [
    ...(mayLack(one) ? [`${as}.${path} != null`] : []),
    ...isNow(`${as}.${path}`, field.type, lead, byDay, open.length > standing(row).length || texts.length > 0),
    ...new Set([...texts, ...open]),
    ...(nobody.length === whom.length ? [nobody.length > 1 ? `(${nobody.join(' || ')})` : nobody[0]!] : []),
  ]
}

const tellStep = (draft: BehaviourDraft, { one, whom }: Chosen, each: Whom, as: string, lead: Lead): Step => {
  const notices = ensureNotices(draft)
  const tell = (person: string, theirs: boolean): Step => ({
    create: noticeStep(notices, person, noticeText(draft, one, as, lead.way, theirs)),
  })
  if ('role' in each) {
    const where = `'${each.role}' in person.roles`
    return { each: { as: 'person', model: draft.userModel()!.name, where, do: [tell('person.id', false)] } }
  }
  const step = tell(`${as}.${each.field}`, true)
  const mayBeNobody = whom.length > 1 && one.row.model.fields[each.field]?.optional
  return mayBeNobody ? { ...step, when: `${as}.${each.field} != null` } : step
}

const anybody = /^(?:|people|me|us|i|them|they|everyone|everybody|those|whoever)$/i

/** "members are", "the assignee is"; who is not named by those who sign up, where they are all alike. */
const whoWords = (draft: BehaviourDraft, said: string, { one, whom }: Chosen): string => {
  const roles = signUpRolesOf(draft)
  const alike = whom.some((each) => 'field' in each) && roles.length === 1 && roles[0] !== 'user'
  const has = alike ? peopleOf(roles[0]!) : `whoever has ${withArticle(one.row.words)}`
  const everybody = whom.flatMap((each) => ('role' in each ? [peopleOf(each.role)] : []))
  const words = everybody.length === whom.length ? listed(everybody) : anybody.test(said) ? has : said.toLowerCase()
  return `${words} ${/^(?:the|each|every|an?|whoever)\b/.test(words) && !/s$| and /.test(words) ? 'is' : 'are'}`
}

/** "a day before a class begins", "on the date of a shift" */
const whenWords = (one: RowTime, lead: Lead): string => {
  const thing = withArticle(one.thing.words)
  const verb = happens(one, lead.way)
  if (lead.way === 'on' && /^(?:is|was)$/.test(verb)) return `on the ${fieldWords(one)} of ${thing}`
  const time = isNamed(one)
    ? `the ${fieldWords(one)} of ${thing}`
    : `${thing}${verb === 'is' || verb === 'was' ? '' : ` ${verb}`}`
  return `${leadWords(lead)} ${time}`
}

const nameOf = (who: string, row: Found): string =>
  toName([
    'remind',
    ...(anybody.test(who)
      ? ['of', row.key]
      : who.replace(/\b(?:the|all|every|each|an?|their|its)\s+/gi, '').split(/\s+/)),
  ])

/** A timer's name is its own in the whole system: marks say by it of which reminder a row was told. */
const freeName = ({ architecture }: BehaviourDraft, wish: string): string => {
  const taken = new Set(Object.values(architecture.components).flatMap(({ ports }) => Object.keys(ports)))
  return [wish, ...Array.from({ length: 98 }, (_, at) => `${wish.slice(0, 44)}_${at + 2}`)].find(
    (name) => !taken.has(name),
  )!
}

/** Moments are looked at often enough that nobody is told late, days every morning. */
const timerOf = ({ when }: Reminder, type: string, { seconds, way }: Lead): TimerPort => {
  const base = { dir: 'in', kind: 'timer' } as const
  if (when?.cron) return { ...base, cron: when.cron, zone: when.zone ?? 'UTC', missed: 'once' }
  if (when?.every) return { ...base, every: when.every, missed: 'once' }
  if (type === 'date') return { ...base, cron: '0 6 * * *', zone: 'UTC', missed: 'once' }
  const every = way === 'on' || seconds >= 86_400 ? 3600 : seconds > 3600 ? 900 : 300
  return { ...base, every, missed: 'once' }
}

const clockOf = ({ cron = '' }: TimerPort): string => {
  const [minute = '0', hour = '0'] = cron.split(' ')
  return `${hour}:${minute.padStart(2, '0')}`
}
