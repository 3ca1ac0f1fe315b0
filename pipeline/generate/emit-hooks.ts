import type { Hook, Model, Requirement, Step } from '../../schemas/generated/architecture.ts'
import { toSnake, toWords } from '../blueprint/names.ts'
import { hookScope, looksBack, looksBackIn, rowScope } from '../blueprint/scopes.ts'
import { withArticle } from '../blueprint/words.ts'
import { partsOf } from '../expressions/conjunction.ts'
import { type Context, isRpc, isStore, modelOf } from './emit-context.ts'
import { type Draft, method, portsOf, row, storeOf, use } from './emit-draft.ts'
import { attributeOf, identifier, variableOf } from './emit-names.ts'
import { text } from './emit-python.ts'
import { writeTaken } from './emit-states.ts'
import { finished, lookedAt, newBody, writeRequirements, writeSteps, writesOf } from './emit-steps.ts'
import { tableOf } from './migrations-physical.ts'

/** The component that does what goes along with writing rows of a model: the first that offers it, else that stores it. */
const hookedBy = (context: Context, model: string): string | undefined => {
  const names = Object.keys(context.architecture.components)
  const has = (name: string) => storeOf(context, name, model) !== undefined
  const offers = (name: string) =>
    portsOf(context, name).some(([, port]) => isRpc(port) && port.dir === 'in' && port.crud === model)
  return names.find((name) => has(name) && offers(name)) ?? names.find(has)
}

/**
 * Writes the hooks of the models that a component looks after and the transitions that other steps take, and returns the
 * lines that hang them into the stores.
 */
export const writeHooks = (draft: Draft): string[] =>
  portsOf(draft.context, draft.name).flatMap(([portName, port]) => {
    if (!isStore(port) || port.dir !== 'out' || hookedBy(draft.context, port.model) !== draft.name) return []
    const model = modelOf(draft.context, port.model)
    if (storeOf(draft.context, draft.name, port.model) !== portName) return []
    const taken = writeTaken(draft, portName, port.model)
    if (!model.on) return taken
    use(draft, 'runtime.hooks', 'Hooks')
    const options = [...KINDS.flatMap((kind) => writeHook(draft, port.model, model, kind)), ...writtenAlong(model)]
    return [`        ${identifier(portName)}.hooks = Hooks(${options.join(', ')})`, ...taken]
  })

/** References of a new row by which its hooks find rows that they write: `each` of the row with that id. */
const writtenAlong = ({ on }: Model): string[] => {
  const names = (on?.create?.do ?? []).flatMap(({ each }) => {
    if (!each?.where || !writesOf(each.do).has(each.as)) return []
    return partsOf(each.where).flatMap((part) => new RegExp(`^${each.as}\\.id == this\\.(\\w+)$`).exec(part)?.[1] ?? [])
  })
  const written = [...new Set(names)].sort().map((name) => text(attributeOf(name)))
  return written.length ? [`writes=frozenset({${written.join(', ')}})`] : []
}

type Kind = {
  name: string
  on: 'create' | 'update' | 'delete'
  words: string
  asked: (hook: Hook) => Requirement[]
  done?: true
}

const all = ({ require = [] }: Hook): Requirement[] => require
const none = (): Requirement[] => []
const before = (hook: Hook): Requirement[] => all(hook).filter(({ check }) => !looksBack(check))
const after = (hook: Hook): Requirement[] => all(hook).filter(({ check }) => looksBack(check))

const KINDS: readonly Kind[] = [
  { name: 'before_create', on: 'create', asked: all, words: 'Ask what must hold before {a} is made.' },
  { name: 'after_create', on: 'create', asked: none, done: true, words: 'Do what goes along with making {a}.' },
  { name: 'before_update', on: 'update', asked: before, words: 'Ask what must hold before {a} is changed.' },
  { name: 'after_update', on: 'update', asked: after, done: true, words: 'Do what goes along with changing {a}.' },
  {
    name: 'before_delete',
    on: 'delete',
    asked: all,
    done: true,
    words: 'Ask what must hold before {a} is deleted, and do what goes along with it.',
  },
]

/** How the row as it was is called; what nothing looks at begins with an underscore. */
const nameBefore = (variable: string, looked: readonly (Requirement | Step)[]): string => {
  const name = variable === 'was' ? 'was_2' : 'was'
  return looksBackIn(looked) ? name : `_${name}`
}

/** What is asked after a change is said first in what goes along with it. */
const wordsOf = ({ name, words }: Kind, asked: readonly Requirement[], steps: readonly Step[]): string =>
  name === 'after_update' && asked.length > 0
    ? steps.length > 0
      ? 'Ask what must hold of a changed {}, and do what goes along with it.'
      : 'Ask what must hold of a changed {}.'
    : words

const writeHook = (draft: Draft, name: string, model: Model, kind: Kind): string[] => {
  const hook = model.on?.[kind.on]
  const asked = hook ? kind.asked(hook) : []
  const steps = kind.done ? (hook?.do ?? []) : []
  if (asked.length + steps.length === 0) return []
  const variable = variableOf(toSnake(name))
  const changed = kind.name === 'after_update'
  const was = changed ? nameBefore(variable, [...asked, ...steps]) : undefined
  const body = newBody(draft, changed ? hookScope(name, kind.on) : rowScope(name), {
    this: variable,
    ...(was === undefined ? {} : { was }),
  })
  body.own = 'this'
  if (kind.on === 'create' && asked.some(({ check }) => lookedAt(body, check).models.length > 0)) {
    use(draft, 'runtime.locks', 'lock_groups')
    body.lines.push(`await lock_groups(call.session, ${text(tableOf(name, model))}, ["create"])`)
  }
  writeRequirements(body, asked)
  writeSteps(body, steps)
  use(draft, 'runtime.call', 'Call')
  const called = method(
    draft,
    `${kind.name}_${toSnake(name)}`,
    '',
    `call: Call, ${variable}: ${row(draft, name)}${was === undefined ? '' : `, ${was}: ${row(draft, name)}`}) -> None`,
    wordsOf(kind, asked, steps)
      .replace('{a}', withArticle(toWords(name)))
      .replace('{}', toWords(name)),
    finished(body.lines),
  )
  return [`${kind.name}=self.${called}`]
}
