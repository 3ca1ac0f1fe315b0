import type { SetStep, Step, Transition } from '../../schemas/generated/architecture.ts'
import { toKebab, toSnake, toWords } from '../blueprint/names.ts'
import { transitionScope } from '../blueprint/scopes.ts'
import { takenIn } from '../blueprint/taken.ts'
import { capital, withArticle } from '../blueprint/words.ts'
import type { Writing } from './emit-behaviour.ts'
import { modelOf } from './emit-context.ts'
import { answer, type Crud, type Draft, decorate, method, row as rowOf, schemas, use } from './emit-draft.ts'
import { attributeOf, identifier, variableOf } from './emit-names.ts'
import { text } from './emit-python.ts'
import { assigned, type Body, finished, lookedAt, newBody, writeRequirements, writeSteps } from './emit-steps.ts'

/** Writes the transitions of a port's model: POST .../{id}/<transition>. */
export const writeTransitions = ({ draft, port, crud }: Writing): void => {
  const states = crud && port.dir === 'in' ? modelOf(draft.context, crud.model).states : undefined
  if (!crud || !states) return
  const taken = takenIn(draft.context.architecture)
  for (const [name, transition] of Object.entries(states.transitions))
    writeTransition(crud, states.field, name, transition, taken.has(`${crud.model}:${name}`))
}

/** `taken`: other steps take rows through it too, by a method of its own. */
const writeTransition = (crud: Crud, field: string, name: string, transition: Transition, taken: boolean) => {
  const { draft, one } = crud
  const row = variableOf(one)
  const body = bodyOf(draft, crud.model, row, transition)
  schemas(crud, 'Out')
  if (transition.in) use(draft, 'app.types', transition.in)
  body.lines.push(`${row} = await ${crud.store}.lock(call, id)`)
  if (taken) body.lines.push(`await ${crud.store}.take(call, ${row}, ${text(name)})`)
  else writeStep(body, crud.store, crud.model, field, transition)
  method(
    draft,
    `${name}_${one}`,
    decorate(crud, 'post', `${crud.path}/{id}/${toKebab(name)}`, name, [
      'status=200',
      'idempotent=True',
      ...(crud.versioned ? ['versioned=True'] : []),
      ...(crud.find && transition.in ? [`find=${crud.find}`] : []),
    ]),
    `call: Current, id: UUID${transition.in ? `, body: ${transition.in}` : ''}) -> ${crud.model}Out`,
    transition.description || `${capital(toWords(name))} ${withArticle(toWords(crud.model))}.`,
    finished([...body.lines, ...answer(crud, false)]),
  )
}

const bodyOf = (draft: Draft, model: string, row: string, transition: Transition): Body =>
  newBody(draft, transitionScope(draft.context.architecture, model, transition), {
    this: row,
    ...(transition.in ? { input: 'body' } : {}),
  })

/** Writes the lines of a transition for a row that is locked: what it asks, the new state, what goes along with it. */
const writeStep = (body: Body, store: string, model: string, field: string, transition: Transition): void => {
  const row = body.bind.this!
  use(body.draft, 'runtime.handling', 'check_state')
  body.lines.push(`check_state(${row}.${attributeOf(field)}, ${tuple(transition.from)}, ${text(transition.to)})`)
  writeRequirements(body, transition.require)
  const { together, rest } = split(body, field, transition.do ?? [])
  const { dict, sent } = assigned(body, model, Object.assign({}, ...together.map(({ values }) => values)))
  const state = `${text(attributeOf(field))}: ${text(transition.to)}`
  body.lines.push(
    `await ${store}.put(call, ${row}, {${[state, ...(dict === '{}' ? [] : [dict.slice(1, -1)])].join(', ')}}${sent})`,
  )
  body.own = 'this'
  writeSteps(body, rest)
}

/**
 * Writes the transitions through which other steps take rows of a model, each as a method by itself. Returns the line that
 * hands them to the store.
 */
export const writeTaken = (draft: Draft, port: string, name: string): string[] => {
  const { states } = modelOf(draft.context, name)
  const taken = takenIn(draft.context.architecture)
  const entries = Object.entries(states?.transitions ?? {}).flatMap(([op, transition]) => {
    if (!states || !taken.has(`${name}:${op}`)) return []
    const row = variableOf(toSnake(name))
    const body = bodyOf(draft, name, row, transition)
    writeStep(body, `self.${identifier(port)}`, name, states.field, transition)
    use(draft, 'runtime.call', 'Call')
    const called = method(
      draft,
      `take_${op}_${toSnake(name)}`,
      '',
      `call: Call, ${row}: ${rowOf(draft, name)}) -> None`,
      `Take ${withArticle(toWords(name))} from ${transition.from.map(toWords).join(' or ')} to ${toWords(transition.to)}, with what goes along with it.`,
      finished(body.lines),
    )
    return [`${text(op)}: self.${called}`]
  })
  return entries.length ? [`        ${identifier(port)}.transitions = {${entries.join(', ')}}`] : []
}

/**
 * What the first steps write into the row itself goes along with its new state: rules that want both are never broken in
 * between. It ends where a value depends on one that was just written.
 */
const split = (body: Body, field: string, steps: readonly Step[]): { together: SetStep[]; rest: Step[] } => {
  const written = new Set([field])
  const together: SetStep[] = []
  for (const { when, set } of steps) {
    if (when !== undefined || set?.of !== 'this') break
    const looked = Object.values(set.values).flatMap((each) => lookedAt(body, each).fields)
    if (looked.some(({ name, field: read }) => name === 'this' && written.has(read))) break
    for (const name of Object.keys(set.values)) written.add(name)
    together.push(set)
  }
  return { together, rest: steps.slice(together.length) }
}

const tuple = (items: readonly string[]): string => `(${items.map(text).join(', ')}${items.length === 1 ? ',' : ''})`
