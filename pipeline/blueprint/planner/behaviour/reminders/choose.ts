import { listed, plural, sentence, withArticle } from '../../language/words.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Reminder } from './read-reminder.ts'
import { isTie, type RowTime } from './time-of.ts'
import { eachOf, roleOfAll, type Whom, whomOf } from './whom.ts'

/** The rows and their time, and whom of each row it is told. */
export type Chosen = { one: RowTime; whom: Whom[] }

/** The first time for which all people are known; else why there is none. */
export const choose = (draft: BehaviourDraft, times: readonly RowTime[], said: Reminder): Chosen | string => {
  const who = eachOf(said.who)
  let why: string | undefined
  const found: (Chosen & { rank: number })[] = []
  for (const one of times) {
    const rank = rankOf(one, times)
    if (rank === undefined) continue
    const whom = who.map((each) => whomOf(draft, one, each))
    why ??= whom.find((each) => typeof each === 'string') as string | undefined
    const known = whom.flatMap((each) => (typeof each === 'object' ? [each] : []))
    // For each booking everybody would be told again.
    if (known.length < who.length || (one.ref !== undefined && known.some((each) => 'role' in each))) continue
    found.push({ one, whom: known, rank })
  }
  const best = Math.min(...found.map(({ rank }) => rank))
  const first = found.filter(({ rank }) => rank === best)
  if (first.length > 1) return `It could be ${listed(namesOf(first.map(({ one }) => one)), 'or')}: say which.`
  if (first[0]) return first[0]
  if (why) return why
  const own = times.find(({ ref }) => ref === undefined)
  const all = own && who.length === 1 ? roleOfAll(draft, own, said.who) : undefined
  if (own && all) return { one: own, whom: [all] }
  const rows = plural((own ?? times[0]!).row.words)
  return said.who === ''
    ? `${sentence(rows)} belong to nobody who signs in: say who is reminded.`
    : `It is not clear who is meant by “${said.who}”: ${rows} name nobody of that kind who signs in.`
}

/** Several times in words, by their rows where they are of one thing. */
const namesOf = (all: readonly RowTime[]): string[] => {
  const times = [
    ...new Set(all.map(({ name, thing }) => `the ${name.replaceAll('_', ' ')} of ${withArticle(thing.words)}`)),
  ]
  return times.length > 1 ? times : all.map(({ row }) => withArticle(row.words))
}

/** Bookings of a class before the class itself; a booking's own time first where it is always there. */
const rankOf = (one: RowTime, all: readonly RowTime[]): number | undefined => {
  const own = (name: string): RowTime | undefined => all.find(({ row, ref }) => row.name === name && ref === undefined)
  const itself = own(one.row.name)
  if (isTie(one)) return itself && !itself.field.optional ? 2 : 0
  if (one.ref === undefined) return 1
  return itself || own(one.thing.name) ? undefined : 3
}
