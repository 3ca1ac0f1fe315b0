import type {
  Architecture,
  Computed,
  Http,
  Model,
  RpcPort,
  Rule,
  States,
  Step,
  TimerPort,
  View,
} from '../../schemas/generated/architecture.ts'
import { wordsOfExpression } from '../expressions/words.ts'
import { dueWords } from './due-words.ts'
import { isNumbered } from './field-kinds.ts'
import { goesAlongOf } from './going-along.ts'
import { pluralWords, standsAside, toWords, wordsOfField } from './names.ts'
import { numbersInWords } from './numbers.ts'
import { hiddenFieldsInWords } from './readers-words.ts'
import { stepWords, whenWords } from './step-words.ts'
import { waitingWords } from './waiting-words.ts'
import { joinWords } from './words.ts'

/** One rule of a system in a person's words, and where it stands in architecture.yaml. */
export type RuleLine = { pointer: string; text: string }

/** Returns what a system does beyond storing, a line each, in the blueprint's order. Equal lines mean equal behaviour. */
export const behaviourOf = (architecture: Architecture): RuleLine[] => [
  ...Object.entries(architecture.models).flatMap(([name, model]) => ofModel(architecture, name, model)),
  ...Object.entries(architecture.components).flatMap(([name, { ports }]) =>
    Object.entries(ports).flatMap(([portName, port]) => {
      const at = `/components/${name}/ports/${portName}`
      if (port.kind === 'timer') return [{ pointer: at, text: ofTimer(portName, port as TimerPort) }]
      return port.kind === 'rpc' && port.dir === 'in' ? ofPort(architecture, name, port as RpcPort, at) : []
    }),
  ),
  ...ofHttp(architecture.http),
  ...ofAuthn(architecture.policies.authn),
]

/** What a page has at most, and how long people are signed in, where nothing was said. */
const USUAL_PAGE = 100
const USUAL_MINUTES = 15
const USUAL_DAYS = 30

const ofAuthn = (authn: Architecture['policies']['authn']): RuleLine[] => {
  if (!authn) return []
  const { accessMinutes, refreshDays } = authn
  const at = '/policies/authn'
  return [
    ...(accessMinutes === USUAL_MINUTES
      ? []
      : [{ pointer: `${at}/accessMinutes`, text: `An access token is good for ${minutesOf(accessMinutes)}.` }]),
    ...(refreshDays === USUAL_DAYS
      ? []
      : [
          {
            pointer: `${at}/refreshDays`,
            text: `People stay signed in for ${refreshDays === 1 ? 'a day' : `${refreshDays} days`}.`,
          },
        ]),
  ]
}

/** Returns all that holds and that happens by itself, as people read it: what there is only once, what only some see, the behaviour, what goes along. */
export const rulesInWords = (architecture: Architecture): string[] => [
  ...onceOf(architecture),
  ...hiddenFieldsInWords(architecture),
  ...addressesOf(architecture),
  ...behaviourOf(architecture).map(({ text }) => text),
  ...goesAlongOf(architecture),
]

/** "There is at most one rating per person and course." */
const onceOf = ({ models }: Architecture): string[] =>
  Object.entries(models).flatMap(([name, { unique }]) =>
    (unique ?? []).map((fields) => {
      const per = fields.map((field) => (field === 'owner_id' ? 'person' : wordsOfField(field)))
      return `There is at most one ${toWords(name)} per ${joinWords(per)}.`
    }),
  )

/** What addresses begin with, where it is not what they usually do; else which things are found elsewhere. */
const addressesOf = ({ expose }: Architecture): string[] => {
  const things = expose.filter((one) => !standsAside(one))
  const elsewhere = things.filter(({ path }) => !path.startsWith('/v1/'))
  if (elsewhere.length === 0) return []
  const base = commonPath(things.map(({ path }) => path))
  if (base === '') return ['Addresses begin with the thing itself.']
  if (base !== undefined && things.length > 1) return [`All addresses begin with ${base}.`]
  return elsewhere.map(({ port, path }) => sentence(`${toWords(port.split('.')[0]!)} are at ${path}`))
}

/** The folder in which all paths stand; undefined where they stand in several. */
const commonPath = ([first = '', ...others]: readonly string[]): string | undefined => {
  const base = first.slice(0, first.lastIndexOf('/'))
  return others.every((path) => path.slice(0, path.lastIndexOf('/')) === base) ? base : undefined
}

const sentence = (text: string): string => {
  const first = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(first) ? first : `${first}.`
}

const ofModel = ({ models }: Architecture, name: string, model: Model): RuleLine[] => {
  const ofStep = (step: Step): string => stepWords({ models, own: name }, step)
  const at = `/models/${name}`
  const many = pluralWords(name, model)
  const lines: RuleLine[] = []
  const add = (pointer: string, text: string) => void lines.push({ pointer: `${at}${pointer}`, text: sentence(text) })
  for (const [index, rule] of (model.rules ?? []).entries()) add(`/rules/${index}`, ofRule(many, rule))
  for (const [field, spec] of Object.entries(model.fields))
    if (isNumbered(spec)) add(`/fields/${field}/numbers`, numbersInWords(name, model, field))
  for (const [field, computed] of Object.entries(model.computed ?? {}))
    add(`/computed/${field}`, `${many} show ${toWords(field)}: ${ofComputed(computed)}`)
  if (model.states) for (const text of ofStates(many, model, model.states, ofStep)) add('/states', text)
  for (const [op, hook] of Object.entries(model.on ?? {})) {
    const one = `one of the ${many} is ${{ create: 'made', update: 'changed', delete: 'deleted' }[op as 'create' | 'update' | 'delete']}`
    // What holds when a row is made and when it is changed is one rule.
    for (const { message } of hook.require ?? [])
      if (!lines.some(({ pointer, text }) => pointer.startsWith(`${at}/on/`) && text === sentence(message)))
        add(`/on/${op}/require`, message)
    for (const step of hook.do ?? []) {
      const condition = whenWords({ models, own: name }, step)
      const text =
        (op === 'create' ? dueWords(name, step) : undefined) ??
        waitingWords(many, op, step) ??
        `when ${[one, ...(condition ? [condition] : [])].join(' and ')}: ${ofStep(step)}`
      if (text !== '') add(`/on/${op}/do`, text)
    }
  }
  for (const [field, { type, file }] of Object.entries(model.fields))
    if (type === 'file' && file)
      add(
        `/fields/${field}`,
        `${many} have a file, ${toWords(field)}: ${joinWords(file.types, 'or')}, at most ${sizeOf(file.maxBytes)}; links to it are good for ${minutesOf(file.linkMinutes)}`,
      )
  if (model.history) add('/history', `every change of ${many} is kept: who did what when`)
  if (model.softDelete) add('/softDelete', `deleted ${many} can be restored`)
  if (model.keys) add('/keys', `each of the ${many} signs in with an API key of its own`)
  return lines
}

/** Goes on with a sentence; a name or an abbreviation keeps its capitals. */
const lowered = (text: string): string =>
  /^(?:Only|Nobody|No|A|An|The|Each|Every|It|At)\b/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text

/** A rule is its message; that of an overlap speaks to the one who causes it, so the rule itself is said. */
const ofRule = (many: string, { message, exclude, where }: Rule): string => {
  if (!exclude) return message
  const same = exclude.same.map(wordsOfField)
  return `two ${many}${same.length ? ` of the same ${joinWords(same)}` : ''} cannot overlap${where ? ` where ${wordsOfExpression(where)}` : ''}`
}

const takes: { [take: string]: string } = {
  count: 'the number of',
  sum: 'the sum of',
  avg: 'the average of',
  min: 'the least of',
  max: 'the greatest of',
}

const ofComputed = ({ description, expr, over }: Computed): string => {
  if (description) return description
  if (!over) return expr ? wordsOfExpression(expr) : ''
  const [from = '', field = ''] = over.from.split('.')
  const rows = `${toWords(from)} rows with this ${wordsOfField(field)}`
  const where = over.where ? ` where ${wordsOfExpression(over.where)}` : ''
  if (over.take === 'exists') return `whether there are ${rows}${where}`
  return `${takes[over.take]} ${over.field ? `${toWords(over.field)} of ` : ''}${rows}${where}`
}

const ofStates = (
  many: string,
  model: Model,
  { field, transitions }: States,
  ofStep: (step: Step) => string,
): string[] => {
  const initial = model.fields[field]?.default
  return [
    `${many} begin as ${initial} and change their ${toWords(field)} only step by step`,
    ...Object.entries(transitions).map(([name, step]) => {
      const does = step.description ? ` (${step.description.replace(/\.$/, '')})` : ''
      const only = (step.require ?? []).map(({ message }) => message.replace(/\.$/, ''))
      const then = (step.do ?? []).map(ofStep)
      return `${toWords(name)}: from ${joinWords(step.from, 'or')} to ${step.to}${does}${only.map((message) => `; ${lowered(message)}`).join('')}${then.length ? `; then ${joinWords(then)}` : ''}`
    }),
  ]
}

const sizeOf = (bytes: number): string =>
  bytes >= 2 ** 20 ? `${Math.round((bytes / 2 ** 20) * 10) / 10} MB` : `${Math.ceil(bytes / 1024)} KB`

const minutesOf = (minutes: number): string => {
  if (minutes % 1440 === 0) return minutes === 1440 ? 'a day' : `${minutes / 1440} days`
  if (minutes % 60 === 0) return minutes === 60 ? 'an hour' : `${minutes / 60} hours`
  return `${minutes} minutes`
}

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** "every Monday at 6:00 (UTC)", or the cron line where it says more. */
export const whenOf = ({ cron, every, zone }: TimerPort): string => {
  if (every !== undefined) {
    if (every % 86400 === 0) return every === 86400 ? 'every day' : `every ${every / 86400} days`
    if (every % 3600 === 0) return every === 3600 ? 'every hour' : `every ${every / 3600} hours`
    if (every % 60 === 0) return every === 60 ? 'every minute' : `every ${every / 60} minutes`
    return `every ${every} seconds`
  }
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = (cron ?? '').split(' ')
  const at = /^\d+$/.test(minute) && /^\d+$/.test(hour) ? `at ${hour}:${minute.padStart(2, '0')}` : undefined
  const place = ` (${zone ?? 'UTC'})`
  if (at && month === '*' && day === '*' && weekday === '*') return `every day ${at}${place}`
  if (at && month === '*' && day === '*' && weekdays[Number(weekday)])
    return `every ${weekdays[Number(weekday)]} ${at}${place}`
  if (at && month === '*' && /^\d+$/.test(day) && weekday === '*') return `on day ${day} of each month ${at}${place}`
  return `at ${cron}${place}`
}

const ofTimer = (name: string, port: TimerPort): string =>
  sentence(`${whenOf(port)}: ${port.description?.replace(/\.$/, '') ?? toWords(name)}`)

const ofPort = (architecture: Architecture, component: string, port: RpcPort, at: string): RuleLine[] => {
  const lines: RuleLine[] = []
  const add = (pointer: string, text: string) => void lines.push({ pointer: `${at}${pointer}`, text: sentence(text) })
  const model = port.crud ? architecture.models[port.crud] : undefined
  const many = model ? pluralWords(port.crud!, model) : toWords(component)
  for (const [name, toggle] of Object.entries(port.toggles ?? {}))
    add(
      `/toggles/${name}`,
      toggle.description ?? `people can ${toWords(name)}${name === 'vote' ? ' for' : ''} ${many}, and take it back`,
    )
  for (const [name, view] of Object.entries(port.views ?? {})) add(`/views/${name}`, ofView(architecture, name, view))
  for (const [name, { description }] of Object.entries(port.ops ?? {}))
    if (description) add(`/ops/${name}`, description)
  if (port.list && port.list.maxPage !== USUAL_PAGE) add('/list', `a page of ${many} has at most ${port.list.maxPage}`)
  if (port.bulk) add('/bulk', `up to ${port.bulk} ${many} can be sent at once`)
  if (port.csv) add('/csv', `the list of ${many} can be had as CSV`)
  if (port.expand?.length)
    add('/expand', `${many} can be answered together with their ${joinWords(port.expand.map(toWords))}`)
  return lines
}

const ofView = (architecture: Architecture, name: string, view: View): string => {
  const model = architecture.models[view.of]
  const many = model ? pluralWords(view.of, model) : toWords(view.of)
  const columns = joinWords(Object.keys(view.select).map(toWords))
  const per = Object.keys(view.group)
  return `report ${toWords(name)}: ${view.description?.replace(/\.$/, '') ?? `${columns} of ${many}${per.length ? ` per ${joinWords(per.map(toWords))}` : ''}`}`
}

const ofHttp = (http: Http | undefined): RuleLine[] => {
  if (!http) return []
  const lines: RuleLine[] = []
  const add = (key: string, text: string) => void lines.push({ pointer: `/http/${key}`, text: sentence(text) })
  if (http.casing === 'camel') add('casing', 'fields are spelled in camelCase')
  if (http.list === 'bare') add('list', 'lists are answered as bare arrays')
  if (http.list === 'named') add('list', 'lists are answered under the name of what they hold, with a count')
  if (http.itemsKey) add('itemsKey', `lists are answered under "${http.itemsKey}"`)
  if (http.totalKey) add('totalKey', `lists say under "${http.totalKey}" how many there are on all pages`)
  if (http.rootKey) add('rootKey', `objects are answered under "${http.rootKey}"`)
  if (http.root) add('root', 'objects are sent and answered under their name')
  if (http.created === 200) add('created', 'what is made is answered with 200')
  if (http.deleted === 200) add('deleted', 'what is deleted is answered with 200')
  if (http.update && http.update !== 'PATCH')
    add('update', http.update === 'PUT' ? 'changes are sent with PUT' : 'changes are sent with PATCH or PUT')
  if (http.token)
    add('token', `the token is sent as "${http.token.header}: ${http.token.scheme ? `${http.token.scheme} ` : ''}..."`)
  if (http.errors && http.errors !== 'problem')
    add(
      'errors',
      `errors are answered as ${{ error: '{"error": ...}', coded: '{"error": {"code": ..., "message": ...}}', errors: '{"errors": ...}', message: '{"code": ..., "message": ...}' }[http.errors]}`,
    )
  if (http.invalid === 400) add('invalid', 'what is wrong in itself is answered with 400')
  if (http.ids === 'int') add('ids', 'ids are whole numbers')
  if (http.nulls === 'omit') add('nulls', 'values that are null are left out of answers')
  if (http.unknown === 'ignore') add('unknown', 'fields and parameters that nobody knows are not looked at')
  if (http.cors?.length)
    add('cors', `pages of ${http.cors.includes('*') ? 'every origin' : joinWords(http.cors)} may call it`)
  return lines
}
