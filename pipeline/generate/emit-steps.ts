import type { Assignments, Requirement, Step } from '../../schemas/generated/architecture.ts'
import { isEvent, shapeOfEvent } from '../blueprint/background.ts'
import { own } from '../blueprint/names.ts'
import { rowsOfEach, stepsOfEach, whenOf } from '../blueprint/taken.ts'
import { checkExpression, type Expression } from '../expressions/check.ts'
import { pythonOf } from '../expressions/python.ts'
import { type Scope, type ValueType, valueTypeOf } from '../expressions/scope.ts'
import { sqlOf } from '../expressions/sql.ts'
import { modelOf } from './emit-context.ts'
import { type Draft, row, storeOf, use } from './emit-draft.ts'
import { attributeOf, identifier, variableOf } from './emit-names.ts'
import { text } from './emit-python.ts'

/** The body of a method that is being written: what its names stand for, and the lines so far. */
export type Body = {
  draft: Draft
  scope: Scope
  /** Name of an expression -> how it is written in Python. */
  bind: { [name: string]: string }
  lines: string[]
  /** Variables that are taken. */
  taken: Set<string>
  /** Variables that hold what was loaded, and how. */
  loads: Map<string, string>
  /** The call with which rows of other models are written: as they are stored, whoever may. */
  inside: string
  /** The row whose hooks these lines are, or whose transition: what they write into it calls no hooks again. */
  own?: string
}

/** Returns the body of a method with these names, each written as it is in `bind`; `me` is the call. */
export const newBody = (draft: Draft, scope: Scope, bind: { [name: string]: string }): Body => ({
  draft,
  scope,
  bind: { me: 'call', ...bind },
  lines: [],
  taken: new Set(['self', 'call', 'body', 'inside', ...Object.values(bind)]),
  loads: new Map(),
  inside: 'inside',
})

/**
 * Returns the lines of a method: without names that nothing uses, and with the call that reaches rows as they are stored,
 * where one is needed.
 */
export const finished = (lines: readonly string[]): string[] => {
  const code = lines.join('\n').replace(/(?<!f)"(?:[^"\\]|\\.)*"/g, '""')
  const named = lines.map((line) => {
    const [, indent = '', name, rest] = /^(\s*)(\w+)(?:: [\w |]+)? = (await .*)$/.exec(line) ?? []
    const uses = name === undefined ? 0 : code.match(new RegExp(`(?<![\\w.])${name}\\b`, 'g'))!.length
    return uses === 1 ? `${indent}${rest}` : line
  })
  return named.some((line) => /\binside\b/.test(line)) ? ['inside = call.within(None)', ...named] : named
}

/** Checks an expression once more to know what it looks at. Throws where the blueprint was not checked. */
export const lookedAt = (body: Body, expression: string, expected: readonly ValueType[] = []): Expression => {
  const checked = checkExpression(expression, body.scope, body.draft.context.architecture, expected)
  if (!checked.expression) throw new Error(`${expression}: ${checked.problem.message}`)
  return checked.expression
}

/** Returns the Python of an expression; the lines that load what it looks at are written before. */
export const pythonValue = (body: Body, expression: string, expected: readonly ValueType[] = []): string => {
  const { architecture } = body.draft.context
  const { code, imports, loads } = pythonOf(expression, body.scope, architecture, body.bind, { expected })
  for (const [module, names] of Object.entries(imports)) use(body.draft, module, ...names)
  return loaded(body, loads, code)
}

/** Writes the statements that load what code looks at; a name that is taken by something else is given up for another. */
const loaded = (body: Body, loads: readonly string[], code: string): string => {
  const renamed = new Map<string, string>()
  const inTerms = (text: string): string =>
    [...renamed].reduce((at, [from, to]) => at.replace(new RegExp(`(?<![\\w."])${from}\\b(?!")`, 'g'), to), text)
  for (const statement of loads) {
    const [, name = '', rest = ''] = /^(\w+) = (.*)$/s.exec(statement) ?? []
    const value = inTerms(rest)
    let free = name
    for (let number = 2; body.taken.has(free) || (body.loads.get(free) ?? value) !== value; number++)
      free = `${name}_${number}`
    if (free !== name) renamed.set(name, free)
    body.loads.set(free, value)
    body.lines.push(`${free} = ${value}`)
  }
  return inTerms(code)
}

/** Returns the Python of a condition, true only where the expression is. */
export const conditionOf = (body: Body, expression: string): string => {
  const code = pythonValue(body, expression, ['bool'])
  return lookedAt(body, expression, ['bool']).nullable ? `(${code}) is True` : code
}

/** Returns the condition of a query for rows that the expression calls `name`. */
export const queryOf = (body: Body, expression: string, name: string, model: string): string => {
  const scope: Scope = { ...body.scope, [name]: { kind: 'row', model } }
  const known = Object.entries(body.bind).map(([each, python]) => [each, each === 'me' ? python : { python }])
  const bind = { ...Object.fromEntries(known), [name]: row(body.draft, model) }
  const { code, imports } = sqlOf(expression, scope, body.draft.context.architecture, bind, { where: true })
  for (const [module, names] of Object.entries(imports)) use(body.draft, module, ...names)
  return code
}

/** Gives a row a name and returns the variable that holds it. */
export const nameRow = (body: Body, name: string, model: string, nullable = false): string => {
  let variable = variableOf(name)
  for (let number = 2; body.taken.has(variable) || body.loads.has(variable); number++)
    variable = `${variableOf(name)}_${number}`
  body.taken.add(variable)
  body.scope = { ...body.scope, [name]: { kind: 'row', model, ...(nullable ? { nullable } : {}) } }
  body.bind = { ...body.bind, [name]: variable }
  return variable
}

/** Returns how a component writes the rows of a model. Throws where it has no way to them. */
export const writerOf = (body: Body, model: string): string => {
  const store = storeOf(body.draft.context, body.draft.name, model)
  if (!store) throw new Error(`${body.draft.name} writes ${model} without a store of it`)
  return `self.${identifier(store)}`
}

const modelNamed = (body: Body, name: string): string => {
  const binding = body.scope[name]
  if (binding?.kind !== 'row') throw new Error(`${name} is no row`)
  return binding.model
}

/** Returns the dict of attributes and values, and which of them the caller sent under the same name. */
export const assigned = (body: Body, model: string, values: Assignments): { dict: string; sent: string } => {
  const { fields } = modelOf(body.draft.context, model)
  const items = Object.entries(values).map(
    ([field, expression]) =>
      `${text(attributeOf(field))}: ${pythonValue(body, expression, fields[field] ? [valueTypeOf(fields[field])] : [])}`,
  )
  const sent = Object.entries(values)
    .filter(([field, expression]) => expression.trim() === `input.${field}`)
    .map(([field]) => text(attributeOf(field)))
  return { dict: `{${items.join(', ')}}`, sent: sent.length ? `, {${sent.join(', ')}}` : '' }
}

/** Returns the arguments of a shape; a field whose name is Python's own is given by name all the same. */
const shapeArguments = (body: Body, shape: string, values: Assignments): string => {
  const fields = own(body.draft.context.architecture.types, shape) ?? {}
  return Object.entries(values)
    .map(([name, expression]) => {
      const value = pythonValue(body, expression, fields[name] ? [valueTypeOf(fields[name])] : [])
      return attributeOf(name) === name ? `${name}=${value}` : `**{${text(name)}: ${value}}`
    })
    .join(', ')
}

type StepKind = 'create' | 'set' | 'take' | 'delete' | 'each' | 'emit' | 'call'

/** How each kind of step is written. */
export const STEPS: { [kind in StepKind]: (body: Body, step: Step) => void } = {
  create: (body, { create }) => {
    const { model, values, as } = create!
    const { dict, sent } = assigned(body, model, values)
    const made = as ? `${nameRow(body, as, model)} = ` : ''
    body.lines.push(`${made}await ${writerOf(body, model)}.add(call, ${dict}${sent})`)
  },
  set: (body, { set }) => {
    const model = modelNamed(body, set!.of)
    const { dict, sent } = assigned(body, model, set!.values)
    body.lines.push(
      `await ${writerOf(body, model)}.${body.own === set!.of ? 'put' : 'change'}(call, ${body.bind[set!.of]}, ${dict}${sent})`,
    )
  },
  take: (body, { take }) => {
    const { of, transition } = take!
    body.lines.push(`await ${writerOf(body, modelNamed(body, of))}.take(call, ${body.bind[of]}, ${text(transition)})`)
  },
  delete: (body, step) => {
    const name = step.delete!
    body.lines.push(`await ${writerOf(body, modelNamed(body, name))}.remove(call, ${body.bind[name]})`)
  },
  each: (body, { each }) => {
    const { architecture } = body.draft.context
    const { as, model } = each!
    const [where, steps] = [rowsOfEach(architecture, each!), stepsOfEach(each!)]
    const conditions = where ? [queryOf(body, where, as, model)] : []
    const lock = writesOf(steps).has(as) ? ['lock=True'] : []
    const rows = `${writerOf(body, model)}.each(${[body.inside, ...conditions, ...lock].join(', ')})`
    const inner: Body = { ...body, lines: [] }
    const variable = nameRow(inner, as, model)
    // What is loaded in the loop is not called as what the query's own functions call theirs.
    for (const [, name] of conditions.join().matchAll(/\blambda (\w+):/g))
      if (!body.loads.has(name!)) body.taken.add(name!)
    writeSteps(inner, steps)
    body.lines.push(`async for ${variable} in ${rows}:`, ...indented(inner.lines))
  },
  emit: (body, { emit }) => {
    const { port, values } = emit!
    const found = own(own(body.draft.context.architecture.components, body.draft.name)?.ports, port)
    if (!found || !isEvent(found)) throw new Error(`${body.draft.name} emits through ${port}, which is no event port`)
    const shape = shapeOfEvent(found.type)
    use(body.draft, 'app.types', shape)
    body.lines.push(`await self.${identifier(port)}.emit(call, ${shape}(${shapeArguments(body, shape, values)}))`)
  },
  call: (body, { call }) => {
    const { port, url, body: values, secret } = call!
    const items = Object.entries(values).map(([name, each]) => `${text(name)}: ${pythonValue(body, each)}`)
    const asker = lookedAt(body, url).fields.find(({ name }) => body.scope[name]?.kind === 'row')
    const options = [
      ...(secret === undefined ? [] : [`secret=${pythonValue(body, secret, ['string'])}`]),
      ...(asker ? [`subject=${body.bind[asker.name]}`] : []),
    ]
    const address = pythonValue(body, url, ['string'])
    body.lines.push(
      `await self.${identifier(port)}.send(${['call', address, `{${items.join(', ')}}`, ...options].join(', ')})`,
    )
  },
}

const kindOf = (step: Step): StepKind => (Object.keys(STEPS) as StepKind[]).find((kind) => step[kind] !== undefined)!

export const indented = (lines: readonly string[]): string[] =>
  (lines.length ? lines : ['pass']).flatMap((line) => line.split('\n')).map((line) => (line ? `    ${line}` : line))

/** Writes steps one after another; one with `when` in a block of its own. */
export const writeSteps = (body: Body, steps: readonly Step[]): void => {
  for (const step of steps) {
    const model = step.take && modelNamed(body, step.take.of)
    const when = whenOf(body.draft.context.architecture, step, model)
    if (when === undefined) {
      STEPS[kindOf(step)](body, step)
      continue
    }
    const condition = conditionOf(body, when)
    const inner: Body = { ...body, lines: [] }
    STEPS[kindOf(step)](inner, step)
    body.lines.push(`if ${condition}:`, ...indented(inner.lines))
  }
}

/** Returns the names of rows that steps change, take or delete, those within loops included. */
export const writesOf = (steps: readonly Step[] = []): Set<string> =>
  new Set(
    steps.flatMap((step): string[] => [
      ...(step.set ? [step.set.of] : []),
      ...(step.take ? [step.take.of] : []),
      ...(step.delete ? [step.delete] : []),
      ...(step.each ? writesOf(step.each.do) : []),
    ]),
  )

/** Writes what must be true, in order. */
export const writeRequirements = (body: Body, requirements: readonly Requirement[] = []): void => {
  for (const { check, message, status } of requirements) {
    use(body.draft, 'runtime.handling', 'require')
    const code = pythonValue(body, check, ['bool'])
    body.lines.push(`require(${[code, text(message), ...(status ? [String(status)] : [])].join(', ')})`)
  }
}
