import pluralize from 'pluralize'
import { describeArchitecture } from '../../pipeline/blueprint/describe.ts'
import { accountModelOf, pluralWords, rolesFieldOf, toWords, wordsOfField } from '../../pipeline/blueprint/names.ts'
import { operationsOf } from '../../pipeline/blueprint/operations.ts'
import { wireName } from '../../pipeline/blueprint/wire-names.ts'
import { joinWords } from '../../pipeline/blueprint/words.ts'
import type { Architecture } from '../../schemas/generated/architecture.ts'
import { asksToCount, countingAnswer } from './counting.ts'
import { accessWords, seenWords } from './field-seen.ts'
import { grantWords, roleAskedFor } from './granting.ts'
import { literal } from './literal.ts'

const verbs: [string, RegExp][] = [
  ['delete', /\b(?:delete|remove|erase|destroy)\w*\b/],
  ['create', /\b(?:create|add|make|post|insert|write|new|book|submit)\w*\b/],
  ['update', /\b(?:update|change|edit|modify|alter|patch)\w*\b/],
  ['list', /\b(?:list|search|browse|filter|find|sort)\w*\b/],
  ['read', /\b(?:see|read|view|look|get|access|show)\w*\b/],
]
const verbWords: Record<string, string> = {
  delete: 'delete',
  create: 'add',
  update: 'change',
  list: 'list',
  read: 'see',
}

const fieldWords = (architecture: Architecture, model: string): string =>
  joinWords([
    ...Object.entries(architecture.models[model]!.fields)
      .filter(([name, field]) => !field.key && !field.set && name !== 'password_hash')
      .map(([name, field]) => `${wordsOfField(name)}${field.type === 'enum' ? ` (${field.values?.join(', ')})` : ''}`),
    ...Object.keys(architecture.models[model]!.computed ?? {}).map((name) => `${toWords(name)} (computed)`),
  ])

const many = (architecture: Architecture, model: string): string => pluralWords(model, architecture.models[model]!)

/** The models that a question names, in singular or plural. */
const modelsIn = (architecture: Architecture, question: string): string[] =>
  Object.keys(architecture.models).filter((name) => {
    const one = toWords(name)
    return [one, many(architecture, name), pluralize(one)].some((word) =>
      new RegExp(`\\b${literal(word)}\\b`).test(question),
    )
  })

/** Answers a question about a system from its blueprint, in a few plain lines; undefined where it says nothing about it. */
export const answerFromBlueprint = (
  architecture: Architecture,
  asked: string,
  live: { url: string | undefined },
): string | undefined => {
  const question = asked.toLowerCase()
  const words = describeArchitecture(architecture)
  const operations = operationsOf(architecture).filter((operation) => operation.nestedUnder === undefined)
  const models = modelsIn(architecture, question)
  const verb = verbs.find(([, pattern]) => pattern.test(question))?.[0]

  if (models.length > 0 && asksToCount(question)) return countingAnswer(architecture, models[0]!, question, live.url)
  if (/\b(?:endpoint|route|path|url|address|operation|api)s?\b/.test(question) && !/\bwho\b/.test(question)) {
    const about = words.endpoints.filter(
      (endpoint) =>
        models.length === 0 ||
        models.some((model) => endpoint.path.includes(`/${many(architecture, model).replaceAll(' ', '-')}`)),
    )
    const lines = (about.length > 0 ? about : words.endpoints).map(
      (one) => `${one.method} ${one.path}: ${one.text} (${one.who})`,
    )
    return [...(live.url ? [`It answers at ${live.url}`] : []), ...lines].join('\n')
  }
  if (
    /\bhow\b.*\b(?:log ?in|sign ?in|sign ?up|register|authenticat\w*)\b|\b(?:authentication|sign-?in|login|accounts?)\b/.test(
      question,
    )
  ) {
    const issuer = architecture.policies.authn?.issuer
    const base = architecture.expose.find((exposure) => exposure.port === issuer)?.path
    const token = architecture.http?.token ?? { header: 'Authorization', scheme: 'Bearer' }
    return base
      ? `People sign up with POST ${base}/register (email, password${rolesFieldOf(architecture)?.choice ? ', role' : ''}) and sign in with POST ${base}/login. The answer holds an ${wireName(architecture, 'access_token')}, good for ${architecture.policies.authn?.accessMinutes} minutes, that goes into the ${token.header} header${token.scheme ? ` as “${token.scheme} …”` : ''}; POST ${base}/refresh renews it for ${architecture.policies.authn?.refreshDays} days.`
      : 'There is no sign-in: whoever reaches the address may use all of it.'
  }
  const role = roleAskedFor(architecture, question)
  if (
    (role || /\broles?\b/.test(question)) &&
    role !== 'admin' &&
    /\b(?:make|become|becomes|give|grant|assign|turn|appoint|promote|get|set)\b/.test(question) &&
    !/\b(?:who|may|can (?!i\b|we\b))\b/.test(question)
  ) {
    const granting = grantWords(architecture, role)
    if (granting) return granting
  }
  if (
    /\b(?:first )?admin(?:istrator)?s?\b/.test(question) &&
    /\b(?:become|first|make|set ?up|create)\b/.test(question) &&
    accountModelOf(architecture)
  ) {
    const base = architecture.expose.find((exposure) => exposure.port === architecture.policies.authn?.issuer)?.path
    return `The first administrator is made once with POST ${base}/setup and the one-time token from the system’s secrets. After that an administrator grants roles with PATCH /v1/users/{id}.`
  }
  if (
    /\b(?:who|whose|may|can|allowed|permission|permissions|roles?|everyone|anyone|anybody|private|public)\b/.test(
      question,
    )
  ) {
    if (verb === 'read' || verb === undefined) {
      const seen = seenWords(architecture, question, models, operations)
      if (seen) return seen
    }
    const matching = operations.filter(
      (operation) =>
        operation.model !== undefined &&
        (models.length === 0 || models.includes(operation.model)) &&
        (verb === undefined || operation.op === verb || (verb === 'read' && operation.op === 'list')),
    )
    if (models.length === 0 && verb === undefined) return words.people.join('\n')
    if (matching.length > 0)
      return matching
        .map(
          (operation) =>
            `Who may ${verbWords[operation.op] ?? toWords(operation.op)} ${many(architecture, operation.model!)}: ${accessWords(operation)}.`,
        )
        .filter((line, index, all) => all.indexOf(line) === index)
        .join('\n')
    const target = models[0]
    if (target && verb)
      return `Nobody: ${many(architecture, target)} cannot be ${verb === 'delete' ? 'deleted' : `${verb}d`} through this system.`
  }
  if (
    /\b(?:rules?|behaviou?rs?|constraints?|limits?|business logic|what happens)\b/.test(question) &&
    words.rules.length > 0
  )
    return words.rules.join('\n')
  if (/\b(?:filter|search|sort|find|order)\w*\b/.test(question)) {
    const lines = Object.values(architecture.components).flatMap((component) =>
      Object.values(component.ports).flatMap((port) => {
        if (port.kind !== 'rpc' || !('crud' in port) || !port.crud || !port.list) return []
        if (models.length > 0 && !models.includes(port.crud)) return []
        const { filter, sort, search } = port.list
        return [
          `${many(architecture, port.crud)}: filter by ${joinWords(filter.map(toWords)) || 'nothing'}; sort by ${joinWords(sort.map(toWords)) || 'nothing'}; search in ${joinWords(search.map(toWords)) || 'nothing'}.`,
        ]
      }),
    )
    if (lines.length > 0) return lines.join('\n')
  }
  if (models.length > 0)
    return models.map((model) => `${many(architecture, model)} have: ${fieldWords(architecture, model)}.`).join('\n')
  if (/\b(?:store|stores|save|saves|keep|keeps|data|fields?|models?|tables?|database|contain|know)\w*\b/.test(question))
    return words.stores.join('\n')
  if (/\bwhat (?:is|does|can)\b|\btell me about\b|\bhow does (?:it|this)\b/.test(question))
    return [...words.summary, ...words.stores].join('\n')
  return undefined
}
