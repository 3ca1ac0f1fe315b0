import type { Policy, Role } from '../../../queue/store/schema.ts'
import type { Mention } from '../../../schemas/generated/chat-event.ts'
import { plain } from '../../chat/plain.ts'

/** What a sentence wants of the team rather than of a system; `system` is how the system was called, where it was. */
export type TeamWish =
  | { kind: 'role'; role: Role | undefined; who: Mention[] }
  | { kind: 'policy'; policy: Partial<Policy>; words: string }
  /** It speaks to the team, and no rule is like it. */
  | { kind: 'no-rule'; words: string }
  /** It gives something to people whom nobody here knows. */
  | { kind: 'stranger'; names: string[] }
  | { kind: 'people' | 'audit' }
  | { kind: 'hand-over'; system: string | undefined; to: Mention }
  | { kind: 'fork'; system: string | undefined; as: string | undefined }
  | { kind: 'subscribe' | 'unsubscribe' | 'archive' | 'restore'; system: string | undefined }

const role = '(?<role>viewer|builder|approver|admin|administrator)s?'
const gives: readonly RegExp[] = [
  new RegExp(`^(?:make|set|turn) (?<who>.+?)(?: into| to)?(?: an?| the)? ${role}$`, 'i'),
  new RegExp(`^give (?<who>.+?) the role(?: of)?(?: an?)? ${role}$`, 'i'),
  new RegExp(`^(?<who>.+?) (?:is|are)(?: now)?(?: an?)? ${role}$`, 'i'),
]
const takes = /^(?:take (?:away )?the role (?:of|from)|reset the role of|forget the role of) (?<who>.+)$/i

const numbers: Readonly<Record<string, number>> = { one: 1, two: 2, three: 3, '1': 1, '2': 2, '3': 3 }
const everybody = '(?:everybody|everyone|anybody|anyone|new people)'
const team = /^(?:team|(?:in|for) (?:this|our|the) team)\s*[:,]?\s+/i
/** With a colon it is for the team, whatever follows. */
const clearlyTeam =
  /^(?:(?:the |our )?team(?: rules?)?|rules? (?:of|for) (?:this|our|the) team|(?:in|for) (?:this|our|the) team)\s*:\s*/i

type Rule = readonly [RegExp, (said: { [name: string]: string | undefined }) => Partial<Policy> | undefined]
const rules: readonly Rule[] = [
  [new RegExp(`^${everybody} (?:may|can) approve$`, 'i'), () => ({ everybody: 'approver' })],
  [new RegExp(`^${everybody} (?:may|can) (?:ask|build|propose)$`, 'i'), () => ({ everybody: 'builder' })],
  [new RegExp(`^${everybody} (?:may|can) (?:only )?(?:look|watch|read)$`, 'i'), () => ({ everybody: 'viewer' })],
  [new RegExp(`^${everybody} (?:is|are) an? ${role}$`, 'i'), ({ role: to }) => ({ everybody: toRole(to!) })],
  [/^only approvers(?: and admins)? (?:may|can) approve$/i, () => ({ everybody: 'builder' })],
  [/^only builders(?: and (?:above|up))? (?:may|can) (?:ask|build)$/i, () => ({ everybody: 'viewer' })],
  [/^(?:nobody|no one) (?:may|can) approve (?:their|his|her|one's) own(?: \w+)?$/i, () => ({ selfApproval: false })],
  [
    /^(?:people|one|you|everybody|everyone) (?:may|can) approve (?:their|one's|your) own(?: \w+)?$/i,
    () => ({ selfApproval: true }),
  ],
  [
    /^(?<count>one|two|three|[123]) (?:people|persons?|approvals?|approvers?)(?: (?:must|have to|has to) approve| (?:are|is) (?:needed|required|enough))?$/i,
    ({ count }) => ({ approvals: numbers[count!.toLowerCase()]! }),
  ],
  [
    /^(?:quiet hours(?: are)?|no (?:builds|deployments|approvals))(?: from| between)? (?<from>\d{1,2}(?::\d\d)?) ?(?:to|and|until|-|–) ?(?<to>\d{1,2}(?::\d\d)?)(?: (?:in )?\(?(?<zone>[A-Za-z_]+(?:\/[A-Za-z_]+)+|UTC)\)?)?$/i,
    ({ from, to, zone }) => quietOf(from!, to!, zone ?? 'UTC'),
  ],
  [/^no quiet hours$/i, () => ({ quiet: undefined })],
  [
    /^(?:at most|no more than|up to|only) (?<count>\d{1,4}|[a-z]+) systems? (?:may|can) run(?: at (?:once|a time|the same time))?$/i,
    ({ count }) => limitOf(count!),
  ],
  [
    /^(?:no limit (?:of|on|to)(?: the number of)?(?: running)? systems|any number of systems (?:may|can) run)$/i,
    () => ({ systems: undefined }),
  ],
]

const toRole = (said: string): Role => (/^admin/i.test(said) ? 'admin' : (said.toLowerCase() as Role))

const counted = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']

/** None at all would be no limit but an end; it is left to who stops the systems. */
const limitOf = (said: string): Partial<Policy> | undefined => {
  const systems = /^\d+$/.test(said) ? Number(said) : counted.indexOf(said.toLowerCase()) + 1
  return systems > 0 ? { systems } : undefined
}

const clock = (said: string): string | undefined => {
  const [hour = '', minute = '00'] = said.split(':')
  return Number(hour) < 24 && Number(minute) < 60 ? `${hour.padStart(2, '0')}:${minute}` : undefined
}

const quietOf = (from: string, to: string, zone: string): Partial<Policy> | undefined => {
  const [start, end] = [clock(from), clock(to)]
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
  } catch {
    // No time zone of this name.
    return undefined
  }
  return start && end && start !== end ? { quiet: { from: start, to: end, zone } } : undefined
}

/**
 * Returns what a sentence wants of the team, or undefined. `people` finds whom words name; it is only asked about sentences
 * that give something to somebody, and after mentions.
 */
export const teamWishIn = async (
  text: string,
  mentions: readonly Mention[],
  people: (names: string[]) => Promise<(Mention | undefined)[]>,
): Promise<TeamWish | undefined> => {
  const said = plain(text)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\s.!]+$/, '')
    .replace(/^(?:please|pls) /i, '')
  const whoIn = async (words: string): Promise<Mention[]> => {
    const named = mentions.filter(({ name }) => words.includes(`@${name}`))
    if (named.length > 0) return named
    const found = await people(words.split(/\s*,\s*|\s+and\s+/).map((name) => name.replace(/^@/, '')))
    return found.every((one) => one !== undefined) ? found : []
  }
  return (
    (await roleIn(said, whoIn)) ??
    policyIn(said) ??
    listIn(said) ??
    (await handOverIn(said, whoIn)) ??
    forkIn(said) ??
    lifeIn(said)
  )
}

type WhoIn = (words: string) => Promise<Mention[]>

const roleIn = async (said: string, whoIn: WhoIn): Promise<TeamWish | undefined> => {
  for (const pattern of gives) {
    const groups = pattern.exec(said)?.groups
    if (!groups) continue
    const who = await whoIn(groups.who!)
    if (who.length > 0) return { kind: 'role', role: toRole(groups.role!), who }
    const strange = strangersIn(groups.who!, pattern === gives[2] || /admin/i.test(groups.role!) ? marked : called)
    if (strange) return strange
  }
  const taken = takes.exec(said)?.groups
  if (!taken) return undefined
  const who = await whoIn(taken.who!)
  return who.length > 0 ? { kind: 'role', role: undefined, who } : strangersIn(taken.who!, named)
}

const marked = /^@\S/
const named = /^(?:@\S|\p{Lu}[\p{L}'’-]+$)/u
/** One word alone, no plural: "make todos an approver" is about todos. */
const called = /^(?:@\S|\p{Lu}[\p{L}'’-]+$|\p{Ll}+[^s\P{L}]$)/u

/** Returns who is meant by words that name people and find none, or undefined where they may name anything. */
const strangersIn = (words: string, form: RegExp): TeamWish | undefined => {
  const names = words.split(/\s*,\s*|\s+and\s+/).map((name) => name.trim())
  return names.every((name) => form.test(name))
    ? { kind: 'stranger', names: names.map((name) => name.replace(/^@/, '')) }
    : undefined
}

const policyIn = (said: string): TeamWish | undefined => {
  const clearly = clearlyTeam.test(said)
  if (!clearly && !team.test(said)) return undefined
  const words = said.replace(clearly ? clearlyTeam : team, '')
  for (const [pattern, policyOf] of rules) {
    const match = pattern.exec(words)
    const policy = match ? policyOf(match.groups ?? {}) : undefined
    if (policy) return { kind: 'policy', policy, words }
  }
  return clearly ? { kind: 'no-rule', words } : undefined
}

const listIn = (said: string): TeamWish | undefined => {
  if (/^(?:show (?:me )?)?(?:the )?audit(?: log| trail)?$/i.test(said)) return { kind: 'audit' }
  if (
    /^(?:show (?:me )?)?(?:the |our )?(?:team|team rules|roles|roles and rules|rules of (?:this|the|our) team)$|^who (?:may|can) approve here\??$/i.test(
      said,
    )
  )
    return { kind: 'people' }
  return undefined
}

const handOverIn = async (said: string, whoIn: WhoIn): Promise<TeamWish | undefined> => {
  const groups = /^(?:hand|give|pass)(?: over)?(?: (?<name>.+?))?(?: over)? to (?<who>.+)$/i.exec(said)?.groups
  if (!groups) return undefined
  const [to] = await whoIn(groups.who!)
  if (to?.kind === 'person') return { kind: 'hand-over', system: groups.name, to }
  // "give everybody access to shifts" hands nothing over.
  return /\bover\b/i.test(said) && !to ? strangersIn(groups.who!, named) : undefined
}

const name = '[\\p{L}][\\p{L}\\d -]{0,39}'

/** Returns how a copy may be called, or undefined where a text is no name. */
export const forkName = (text: string): string | undefined => {
  const said = plain(text).replace(/\s+/g, ' ').trim()
  return new RegExp(`^${name}$`, 'u').test(said) ? said : undefined
}

const forkIn = (said: string): TeamWish | undefined => {
  const groups = /^fork(?: (?<name>.+?))?(?: (?:as|into) (?<as>[\p{L}][\p{L}\d -]{0,39}))?$/iu.exec(said)?.groups
  return groups ? { kind: 'fork', system: groups.name, as: groups.as } : undefined
}

const lives: readonly (readonly ['subscribe' | 'unsubscribe' | 'archive' | 'restore', RegExp])[] = [
  ['unsubscribe', /^unsubscribe(?: (?:(?:this (?:channel|thread)|us) )?(?:from )?(?<name>.+))?$/i],
  ['subscribe', /^(?:subscribe(?: (?:this (?:channel|thread)|us))?(?: to)?|tell us here about)(?: (?<name>.+))?$/i],
  ['archive', /^archive(?: (?<name>.+))?$/i],
  ['restore', /^(?:unarchive|bring back)(?: (?<name>.+))?$/i],
]

const lifeIn = (said: string): TeamWish | undefined => {
  for (const [kind, pattern] of lives) {
    const match = pattern.exec(said)
    if (match) return { kind, system: match.groups?.name }
  }
  return undefined
}
