import pluralize from 'pluralize'
import type { Architecture } from '../../schemas/generated/architecture.ts'
import { wordsOfExpression } from '../expressions/words.ts'
import { conditionOf, pluralWords, refOf, toWords, wordsOfField } from './names.ts'
import type { Operation } from './operations.ts'
import { joinWords } from './words.ts'

/** Their own, what hangs on something that they can see, or what names them (`as` technician). */
type Part = 'own' | 'under' | { as: string }

/** How much of what is stored a role reaches with an operation: all, what conditions let through (`where`), or parts. */
export type Reach = 'all' | { where: readonly string[] } | readonly Part[]

export const isParts = (reach: Reach): reach is readonly Part[] => Array.isArray(reach)
export const isSome = (reach: Reach): reach is { where: readonly string[] } => reach !== 'all' && !isParts(reach)

/** Returns how much a role reaches with an operation; undefined where nothing. */
export const reachOf = ({ grants, owner }: Operation, role: string): Reach | undefined => {
  const scopes = grants.get(role)
  if (!scopes) return undefined
  if (scopes.includes(undefined)) return 'all'
  if (scopes.some((scope) => conditionOf(scope) !== undefined))
    return { where: scopes.map((scope) => conditionOf(scope) ?? (scope === 'own' ? `this.${owner} == me.id` : '')) }
  // Where rows belong to who made them, a reference to somebody is no ownership.
  const isOwn = (scope: string | undefined): boolean => scope === 'own' || !owner || scope === owner
  const others = scopes.filter((scope) => scope !== 'parent')
  const parties = new Set(others.filter((scope) => !isOwn(scope)).map((scope) => wordsOfField(scope!)))
  return [
    ...(others.some(isOwn) ? (['own'] as const) : []),
    ...[...parties].map((as) => ({ as })),
    ...(scopes.includes('parent') ? (['under'] as const) : []),
  ]
}

/** The closest first. */
const distanceOf = (reach: Reach): number => {
  if (!isParts(reach)) return isSome(reach) ? 4 : 5
  if (reach.some((part) => typeof part === 'object')) return 3
  return reach.length > 1 ? 2 : reach[0] === 'own' ? 0 : 1
}

/** The operations of a role by how far they reach, the closest first. */
export const reaches = (operations: Operation[], role: string): [Reach, Operation[]][] => {
  const found = new Map<string, [Reach, Operation[]]>()
  for (const operation of operations) {
    const reach = reachOf(operation, role)
    if (reach === undefined) continue
    const key = JSON.stringify(reach)
    found.set(key, [reach, [...(found.get(key)?.[1] ?? []), operation]])
  }
  return [...found.values()].toSorted(([a], [b]) => distanceOf(a) - distanceOf(b))
}

export const wordsOfParty = ({ as }: { as: string }): string => `whose ${as} they are`

/** "Ideas where status is not rejected", "their own defects and those of teams they belong to"; "certain ideas" where that takes many words. */
export const someInWords = (things: string, where: readonly string[]): string => {
  const parts = where.map((condition) => wordsOfCondition(condition))
  if (parts.some((part) => part === undefined)) return `certain ${things}`
  const [first, ...others] = parts as Which[]
  return joinWords([
    first!.own ? `their own ${things}${first!.which}` : `${things}${first!.which}`,
    ...others.map(({ own, which }) => (own ? `their own${which}` : `those${which}`)),
  ])
}

/** What a condition lets through: one's own, and which. */
type Which = { own: boolean; which: string }

const wordsOfCondition = (condition: string): Which | undefined => {
  const [, mine, rest = ''] = /^(this\.(?:owner|user)_id == me\.id)?(?: && )?(.*)$/s.exec(condition) ?? []
  const group = belonging.exec(rest)?.groups
  if (group) return mine ? undefined : { own: false, which: wordsOfGroup(group) }
  const whole = /^this\.(?:\w+\.)*(\w+)\.(?:owner|user)_id == me\.id$/.exec(rest)?.[1]
  if (whole && !mine) return { own: false, which: ` of their own ${pluralize(toWords(whole))}` }
  const words = rest ? wordsOfExpression(rest) : ''
  const plain = words.length <= 60 && !/[().[\]]/.test(words) && !/\bcaller\b/.test(words)
  if (!plain || (!mine && words === '')) return undefined
  return { own: mine !== undefined, which: words ? ` where ${words}` : '' }
}

/** Rows of a group are reached by who belongs to it: `TeamMember.exists(m, m.team_id == this.team_id && m.user_id == me.id)`. */
const belonging =
  /^\w+\.exists\(m, m\.(?<of>\w+) == this\.(?<path>[\w.]+) && m\.\w+ == me\.id(?: && m\.\w+ (?:== "(?<role>[\w ]+)"|in \[(?<roles>[^\]]+)\]))?\)$/

const wordsOfGroup = ({ of, path, role, roles }: Record<string, string | undefined>): string => {
  const as = role ?? roles?.replaceAll('"', '')
  const which = as ? `of which they are ${joinWords(as.split(', ').map(toWords), 'or')}` : 'that they belong to'
  return path === 'id' ? ` ${which}` : ` of ${pluralize(wordsOfField(of!))} ${which}`
}

/** "todos", "replies of tickets they can see", "their own tasks and those of tickets they can see". */
export const wordsOfReach = (
  architecture: Architecture,
  name: string,
  parent: string | undefined,
  reach: Reach,
): string => {
  const model = architecture.models[name]!
  const things = pluralWords(name, model)
  if (isSome(reach)) return someInWords(things, reach.where)
  if (reach === 'all' || isOwnAlone(reach)) return things
  const above = parent && refOf(model.fields[parent]?.type ?? '')?.model
  const parts = reach.flatMap((part) => {
    if (part === 'own') return ['']
    if (part !== 'under') return [wordsOfParty(part)]
    return above ? [`of ${pluralWords(above, architecture.models[above]!)} they can see`] : []
  })
  return joinWords(
    parts.map((part, at) => (part === '' ? `their own ${things}` : `${at === 0 ? things : 'those'} ${part}`)),
  )
}

/** What is said once before all such things: "their own loans and notes". */
export const isOwnAlone = (reach: Reach): boolean => isParts(reach) && reach.length === 1 && reach[0] === 'own'
