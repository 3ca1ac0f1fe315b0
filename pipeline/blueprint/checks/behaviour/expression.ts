import type { Architecture, Field, Model } from '../../../../schemas/generated/architecture.ts'
import { checkExpression, type Expression } from '../../../expressions/check.ts'
import { isNullable, type Scope, typeWords, type ValueType, valueTypeOf } from '../../../expressions/scope.ts'
import { isSystems } from '../../field-kinds.ts'
import { own } from '../../names.ts'
import type { Path, Report } from '../report.ts'

/** What the checks of behaviour work with. */
export type Checks = { architecture: Architecture; report: Report }

/** Returns what an expression is; reports what is wrong with it, and its type where it is none of the expected. */
export const checkAt = (
  { architecture, report }: Checks,
  path: Path,
  text: string,
  scope: Scope,
  expected: readonly ValueType[] = [],
  enumeration?: { values: readonly string[]; name: string },
): Expression | undefined => {
  const { expression, problem } = checkExpression(text, scope, architecture, expected, enumeration)
  if (!problem) {
    checkKept(architecture, report, path, expression)
    return expression
  }
  const place = problem.at === 0 ? '' : `, at ${excerpt(text, problem.at)}`
  report('expression', path, `${problem.message} (in \`${text}\`${place})`, undefined, problem.help)
  return undefined
}

/** Whether an expression only allows or refuses something: what it looks at goes nowhere. */
const onlyRefuses = (path: Path): boolean =>
  (path[0] === 'models' && path[2] === 'rules') ||
  path.some((part, index) => part === 'require' && typeof path[index + 1] === 'number')

/** Reports an expression that would tell others what only some may see. */
const checkKept = (architecture: Architecture, report: Report, path: Path, found: Expression): void => {
  const fieldOf = ({ model, field }: Expression['reads'][number]) => own(own(architecture.models, model)?.fields, field)
  const kept = found.reads.filter((each) => fieldOf(each)?.readers)
  if (kept.length === 0) return
  // Whoever may write what a value is compared with finds the value out by trying.
  const others = found.reads.some((each) => {
    const field = fieldOf(each)
    return field && !field.readers && !isSystems(field)
  })
  if (onlyRefuses(path) && !others && !found.names.includes('input')) return
  for (const { model, field } of kept)
    if (onlyRefuses(path))
      report(
        'readers-leak',
        path,
        `\`${found.text}\` compares ${model}.${field}, which only some may see, with what others write`,
        undefined,
        'Compare it with a constant, or with fields that the same people see.',
      )
    else report('readers-leak', path, `\`${found.text}\` tells ${model}.${field}, which only some may see`)
}

const excerpt = (text: string, at: number): string =>
  at >= text.length ? 'its end' : `\`${text.slice(at, at + 20)}${text.length > at + 20 ? '…' : ''}\``

/** Reports a condition that is none. */
export const checkCondition = (checks: Checks, path: Path, text: string, scope: Scope): Expression | undefined =>
  checkAt(checks, path, text, scope, ['bool'])

/** Reports a value that does not fit the field it is for. `sure`: a condition before it says that it is there. */
export const checkValueFor = (
  checks: Checks,
  path: Path,
  text: string,
  scope: Scope,
  name: string,
  field: Field,
  sure = false,
): Expression | undefined => {
  const enumeration = field.type === 'enum' ? { values: field.values ?? [], name } : undefined
  const type = valueTypeOf(field)
  const found = checkAt(checks, path, text, scope, [type], enumeration)
  if (found?.nullable && !found.partial && !isNullable(field) && !sure)
    checks.report(
      'expression-missing',
      path,
      `\`${text}\` may be null, and ${name} needs ${enumeration ? 'a value' : typeWords(type)}`,
    )
  return found
}

/** Reports a secret that would be shown. */
export const checkShown = (
  { architecture, report }: Checks,
  path: Path,
  found: Expression | undefined,
  scope: Scope,
): void => {
  for (const { name, field } of found?.fields ?? []) {
    const binding = own(scope, name)
    const spec = binding?.kind === 'row' ? own(own(architecture.models, binding.model)?.fields, field) : undefined
    if (spec?.class === 'secret' || spec?.class === 'card' || spec?.never?.includes('response'))
      report('secret-shown', path, `\`${found!.text}\` shows the ${spec.class ?? 'hidden'} field ${name}.${field}`)
  }
}

/** Returns a field of a model; reports one that is not there. */
export const fieldAt = (
  { report }: Checks,
  path: Path,
  modelName: string,
  model: Model,
  name: string,
): Field | undefined => {
  const field = own(model.fields, name)
  if (!field)
    report('unknown-field', path, `${modelName} has no field '${name}'`, {
      word: name,
      names: Object.keys(model.fields),
    })
  return field
}

/** Returns a model; reports one that is not there. */
export const modelAt = ({ architecture, report }: Checks, path: Path, name: string): Model | undefined => {
  const model = own(architecture.models, name)
  if (!model)
    report('unknown-model', path, `there is no model ${name}`, { word: name, names: Object.keys(architecture.models) })
  return model
}

/** Reports a time zone that nobody knows. */
export const checkZone = ({ report }: Checks, path: Path, zone: string | undefined): void => {
  if (zone === undefined) return
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
  } catch {
    report('zone', path, `there is no time zone '${zone}'`, { word: zone, names: Intl.supportedValuesOf('timeZone') })
  }
}
