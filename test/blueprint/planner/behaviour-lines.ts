import type {
  Architecture,
  Hook,
  Model,
  Requirement,
  RpcPort,
  Rule,
  Step,
} from '../../../schemas/generated/architecture.ts'

/** Returns the behaviour of an architecture in short lines, such as `Booking exclude room_id starts_at..ends_at where ...`. */
export const linesOf = (architecture: Architecture): string[] => [
  ...Object.entries(architecture.models).flatMap(([name, model]) =>
    modelLines(name, model).map((line) => `${name} ${line}`),
  ),
  ...Object.entries(architecture.components).flatMap(([name, { ports }]) =>
    Object.values(ports).flatMap((port) =>
      port.kind === 'rpc' && port.dir === 'in' ? operationLines(name, port) : [],
    ),
  ),
  ...Object.entries(architecture.components).flatMap(([name, { ports }]) =>
    Object.entries(ports).flatMap(([portName, port]) =>
      port.kind === 'timer'
        ? [`timer ${name}.${portName} ${port.cron ?? `every ${port.every}`}${stepsText(port.do)}`]
        : [],
    ),
  ),
  ...Object.entries(architecture.policies.roles).flatMap(([role, grants]) =>
    grants.map((grant) => `${role} may ${grant}`),
  ),
  ...Object.entries(architecture.http ?? {}).map(([key, value]) => `http ${key} ${JSON.stringify(value)}`),
  ...architecture.expose.map(({ port, path }) => `at ${path} ${port}`),
]

const modelLines = (_name: string, model: Model): string[] => [
  ...Object.entries(model.fields).map(
    ([field, { type, values, min, max, optional, default: fallback }]) =>
      `field ${field} ${type}${values ? ` ${values.join('|')}` : ''}${min === undefined ? '' : ` >=${min}`}${max === undefined ? '' : ` <=${max}`}${optional ? ' ?' : ''}${fallback === undefined ? '' : ` =${fallback}`}`,
  ),
  ...(model.unique ?? []).map((fields) => `unique ${fields.join(' ')}`),
  ...Object.entries(model.fields).flatMap(([name, field]) => (field.unique ? [`unique ${name}`] : [])),
  ...(model.rules ?? []).map(ruleLine),
  ...Object.entries(model.computed ?? {}).map(([field, { type, expr, over }]) =>
    over
      ? `computed ${field} ${over.take}${over.field ? ` ${over.field}` : ''} of ${over.from}${over.where ? ` where ${over.where}` : ''}`
      : `computed ${field} ${type} = ${expr}`,
  ),
  ...Object.entries(model.states?.transitions ?? {}).map(
    ([transition, { from, to, require, do: steps }]) =>
      `${model.states!.field}: ${transition} ${from.join('|')} -> ${to}${requireText(require)}${stepsText(steps)}`,
  ),
  ...laterLines(model),
  ...Object.entries(model.on ?? {}).flatMap(([op, hook]) => {
    const line = hookLine(op, op === 'create' ? withoutLater(model, hook) : hook)
    return line === `on ${op}` ? [] : [line]
  }),
  ...Object.entries(model.fields).flatMap(([name, { readers }]) =>
    readers ? [`seen ${name} ${readers.join(' ')}`] : [],
  ),
  ...Object.entries(model.fields).flatMap(([name, { set, numbers }]) =>
    set === 'numbered'
      ? [
          `numbered ${name}${numbers?.as ? ` as ${numbers.as}` : ''}${numbers?.from === undefined ? '' : ` from ${numbers.from}`}${numbers?.per ? ` per ${numbers.per.join(' ')}` : ''}`,
        ]
      : [],
  ),
  ...(model.history ? ['history'] : []),
  ...(model.softDelete ? ['restorable'] : []),
  ...(model.keys ? [`keys ${model.keys.role}`] : []),
]

/** What only happens after a row was made has a line of its own: `later returned_on flagged`. */
const laterLines = (model: Model): string[] => {
  const names = Object.keys(model.fields).filter((name) => model.on?.create?.require?.some(isLater(name)))
  return names.length > 0 ? [`later ${names.join(' ')}`] : []
}

const isLater =
  (field: string) =>
  ({ check }: Requirement): boolean =>
    check === `this.${field} == null` || check === `!this.${field}`

const withoutLater = (model: Model, hook: Hook): Hook => ({
  ...hook,
  require: (hook.require ?? []).filter((one) => !Object.keys(model.fields).some((field) => isLater(field)(one))),
})

const ruleLine = (rule: Rule): string => {
  const where = rule.where ? ` where ${rule.where}` : ''
  if (rule.check) return `check ${rule.check}`
  if (rule.unique) return `unique ${rule.unique.join(' ')}${where}`
  if (rule.exclude) {
    const { same, start, end, minutes, closed } = rule.exclude
    return `exclude ${same.join(' ')}${same.length > 0 ? ' ' : ''}${start}${end ? `..${end}` : ` for ${minutes}`}${closed ? ' closed' : ''}${where}`
  }
  const { per, max, sum, within } = rule.limit!
  return `limit ${sum ? `${sum} ` : ''}per ${per.join(' ') || 'all'}${within ? ` ${within.unit} of ${within.field}` : ''} <= ${max}${where}`
}

const hookLine = (op: string, { require, do: steps }: Hook): string =>
  `on ${op}${requireText(require)}${stepsText(steps)}`

const requireText = (require: readonly Requirement[] = []): string =>
  require.map(({ check }) => ` require ${check}`).join('')

const stepsText = (steps: readonly Step[] = []): string => steps.map((step) => ` do ${stepText(step)}`).join('')

const stepText = (step: Step): string => {
  const when = step.when ? ` when ${step.when}` : ''
  const values = (of: { [field: string]: string }): string =>
    Object.entries(of)
      .map(([field, value]) => `${field}=${value}`)
      .join(', ')
  if (step.create) return `create ${step.create.model} ${values(step.create.values)}${when}`
  if (step.set) return `set ${step.set.of} ${values(step.set.values)}${when}`
  if (step.take) return `take ${step.take.of} ${step.take.transition}${when}`
  if (step.delete) return `delete ${step.delete}${when}`
  if (step.each)
    return `each ${step.each.model}${step.each.where ? ` where ${step.each.where}` : ''}${stepsText(step.each.do)}${when}`
  return JSON.stringify(step)
}

const operationLines = (component: string, port: RpcPort): string[] => [
  ...Object.entries(port.ops ?? {}).flatMap(([name, op]) => [
    ...(op.do || op.require ? [`${component}:${name}${requireText(op.require)}${stepsText(op.do)}`] : []),
    ...(op.path ? [`${component}:${name} ${op.method ?? 'POST'} ${op.path}${op.public ? ' public' : ''}`] : []),
    ...(op.webhook ? [`${component}:${name} webhook ${op.webhook.secret ?? 'unsigned'}`] : []),
    ...(op.answer?.redirect ? [`${component}:${name} redirects to ${op.answer.redirect}`] : []),
  ]),
  ...(port.bulk ? [`${component} bulk ${port.bulk}`] : []),
  ...(port.list && port.list.maxPage !== 100 ? [`${component} page ${port.list.maxPage}`] : []),
]
