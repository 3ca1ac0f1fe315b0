import { accountModelOf, pluralWords, toWords, wordsOfField } from '../../pipeline/blueprint/names.ts'
import { type Operation, operationsOf } from '../../pipeline/blueprint/operations.ts'
import type { Architecture, RpcPort, View } from '../../schemas/generated/architecture.ts'

/** Asks for what only the rows say: how many there are, which has the most, what they come to. */
const counts =
  /\bhow (?:many|often)\b|\b(?:number|count|amount|sum|total) of\b|\b(?:average|mean|sum|total)\b.* of\b|\b(?:has|have|had|with|get|gets|got|did|does|do)\b.*\b(?:the )?(?:most|fewest|least|highest|lowest)\b|\bmost (?:often|common|frequent|popular)\b|\b(?:which|what|who)\b.*\b(?:the )?(?:most|fewest|highest|lowest)\b/
/** Asks for a number that the blueprint knows, or for what is in it. */
const ofBlueprint =
  /\bhow many (?:fields?|endpoints?|routes?|roles?|rules?|models?|tables?|reports?|builds?|systems?)\b|\b(?:may|can|allowed|at most|must|endpoints?|routes?)\b/

/** Whether a question, in lower case, asks for what the rows say rather than the blueprint. */
export const asksToCount = (question: string): boolean => counts.test(question) && !ofBlueprint.test(question)

/** What stands behind "per month", "by each machine", "which weekday", and the like. */
const grouping =
  /\b(?:per|by|for|in|on|each|every|which|what)(?: (?:each|every|which|the))* (?<by>[\p{L}-]+(?: [\p{L}-]+)?)/gu
const lately = /\b(?:last|this|past|current) (?<by>day|week|month|year)\b/g
const times = ['day', 'week', 'month', 'year'] as const
const timeWords: Record<string, string> = {
  weekday: 'day',
  date: 'day',
  daily: 'day',
  monthly: 'month',
  yearly: 'year',
}

/** "the average price of defects", as the planner takes it. */
const measured = /\b(?<take>average|sum|total) (?<of>[\p{L}-]+(?: [\p{L}-]+)?) of\b/u

/** Returns what the planner calls a way to count the rows of a model: "month", "machine", "user"; undefined where it is none. */
const wayOf = (architecture: Architecture, model: string, said: string): string | undefined => {
  const first = said.split(' ')[0]!
  const time = times.find((each) => each === first) ?? timeWords[first]
  if (time) return time
  const { fields } = architecture.models[model]!
  const field = Object.keys(fields)
    .map(wordsOfField)
    .find((words) => words === said || words === first)
  if (field) return field === 'owner' ? 'user' : field
  const person = ['user', 'person', ...Object.keys(architecture.policies.roles).map(toWords)].includes(first)
  return person && isOwned(architecture, model) ? 'user' : undefined
}

const isOwned = (architecture: Architecture, model: string): boolean =>
  Object.values(architecture.models[model]!.fields).some(
    ({ type }) => type === `ref(${accountModelOf(architecture)}.id)`,
  )

/** Returns what a question wants rows counted by; undefined for all together. */
const countedBy = (architecture: Architecture, model: string, question: string): string | undefined => {
  for (const { groups } of [...question.matchAll(grouping), ...question.matchAll(lately)]) {
    const way = wayOf(architecture, model, groups?.by ?? '')
    if (way) return way
  }
  // "Who has reported the most": whoever a row belongs to.
  return /\bwho\b/.test(question) && isOwned(architecture, model) ? 'user' : undefined
}

const viewOf = (architecture: Architecture, { component, port, op }: Operation): View | undefined =>
  (architecture.components[component]?.ports[port] as RpcPort | undefined)?.views?.[op]

/** Whether a report counts by what a question asks for. */
const countsBy = (view: View, by: string | undefined): boolean => {
  const columns = Object.keys(view.group).map(wordsOfField)
  return by === undefined ? columns.length === 0 : columns.includes(by) || (by === 'user' && columns.includes('owner'))
}

/**
 * Returns what helps where a question needs the rows of a model, which a blueprint does not hold: the report that counts
 * them, with its address below `url` where the system runs, else the sentence that adds one.
 */
export const countingAnswer = (
  architecture: Architecture,
  model: string,
  question: string,
  url: string | undefined,
): string => {
  const things = pluralWords(model, architecture.models[model]!)
  const by = countedBy(architecture, model, question)
  const weekday = /\bweekdays?\b/.test(question)
  const reports = operationsOf(architecture).flatMap((operation) => {
    const view = operation.kind === 'view' ? viewOf(architecture, operation) : undefined
    return view?.of === model ? [{ operation, view }] : []
  })
  const sum = measured.exec(question)?.groups
  const take = sum && (sum.take === 'average' ? 'avg' : 'sum')
  const report = reports.find(
    ({ view }) => countsBy(view, by) && (!take || Object.values(view.select).some((measure) => measure.take === take)),
  )
  const start = `I do not read what is stored, so I cannot count ${things}`
  if (report)
    return `${start}: the report ${toWords(report.operation.op)} does, at GET ${url ?? ''}${report.operation.path}.`
  const what = sum
    ? `show the ${sum.take} ${sum.of} of ${things}`
    : by === undefined
      ? `count ${things}`
      : `show ${things}`
  const wish = by === undefined ? what : `${what} per ${by}`
  const close = weekday ? ' Weekdays I do not add up; days I do.' : ''
  return `${start}: say “${wish}” and I add a report.${close}`
}
