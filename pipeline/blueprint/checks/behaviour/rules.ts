import type { Exclude, Limit, Model, Rule } from '../../../../schemas/generated/architecture.ts'
import { typeExpression } from '../../../expressions/check.ts'
import { isPredicate } from '../../../expressions/predicate.ts'
import { ruleScope } from '../../scopes.ts'
import { tellsApart } from '../../values.ts'
import type { Path } from '../report.ts'
import { type Checks, checkAt, checkCondition, checkZone, fieldAt } from './expression.ts'

const KINDS = ['check', 'unique', 'exclude', 'limit'] as const

/** Rules of a model: of one kind each, with names of their own, about fields that fit. */
export const checkRules = (checks: Checks, name: string, model: Model): void => {
  const names = new Set<string>()
  for (const [index, rule] of (model.rules ?? []).entries()) {
    const path: Path = ['models', name, 'rules', index]
    const wrong = (message: string, at = path): void =>
      checks.report('rule-shape', at, `the rule ${rule.name} of ${name} ${message}`)
    const kinds = KINDS.filter((kind) => rule[kind] !== undefined)
    if (kinds.length !== 1) wrong(kinds.length ? `is ${kinds.join(' and ')} at once` : 'says nothing')
    if (names.has(rule.name)) wrong('has the name of another')
    names.add(rule.name)
    checkRule(checks, name, model, rule, path, wrong)
  }
}

type Wrong = (message: string, at?: Path) => void

const checkRule = (checks: Checks, name: string, model: Model, rule: Rule, path: Path, wrong: Wrong): void => {
  const scope = ruleScope(name)
  if (rule.check !== undefined) checkCondition(checks, [...path, 'check'], rule.check, scope)
  if (rule.where !== undefined) {
    if (rule.check !== undefined) wrong('is a check, which has no where; write `!(...) || ...`', [...path, 'where'])
    const where = checkCondition(checks, [...path, 'where'], rule.where, scope)
    if (rule.unique && where && !isPredicate(typeExpression(rule.where, scope, checks.architecture).typed))
      wrong('is kept by an index, which only compares the own fields of rows, with constants', [...path, 'where'])
  }
  for (const [index, field] of (rule.unique ?? []).entries()) {
    const found = fieldAt(checks, [...path, 'unique', index], name, model, field)
    if (found && !comparable(found.type)) wrong(`compares ${field}, which is ${found.type}`, [...path, 'unique', index])
  }
  if (rule.exclude) checkExclude(checks, name, model, rule.exclude, [...path, 'exclude'], wrong)
  if (rule.limit) checkLimit(checks, name, model, rule.limit, [...path, 'limit'], wrong)
}

/** Whether rows with the same value can be found. */
const comparable = (type: string): boolean => tellsApart(type) || type === 'bool' || type === 'enum'

const checkSame = (checks: Checks, name: string, model: Model, fields: string[], path: Path, wrong: Wrong): void => {
  for (const [index, field] of fields.entries()) {
    const found = fieldAt(checks, [...path, index], name, model, field)
    if (found && !comparable(found.type)) wrong(`compares ${field}, which is ${found.type}`, [...path, index])
  }
}

const checkExclude = (checks: Checks, name: string, model: Model, exclude: Exclude, path: Path, wrong: Wrong): void => {
  checkSame(checks, name, model, exclude.same, [...path, 'same'], wrong)
  const start = fieldAt(checks, [...path, 'start'], name, model, exclude.start)
  if (start && start.type !== 'date' && start.type !== 'datetime')
    wrong(`begins at ${exclude.start}, which is ${start.type}`, [...path, 'start'])
  if (exclude.end !== undefined && exclude.minutes !== undefined) wrong('has both an end and minutes', path)
  if (exclude.end !== undefined) {
    const end = fieldAt(checks, [...path, 'end'], name, model, exclude.end)
    if (start && end && end.type !== start.type)
      wrong(`begins at a ${start.type} and ends at a ${end.type}`, [...path, 'end'])
  }
  if (exclude.minutes !== undefined && start?.type === 'date')
    wrong('takes minutes and begins at a date', [...path, 'minutes'])
  if (typeof exclude.minutes !== 'string') return
  const minutes = fieldAt(checks, [...path, 'minutes'], name, model, exclude.minutes)
  if (minutes && minutes.type !== 'int')
    wrong(`takes ${exclude.minutes}, which is ${minutes.type}`, [...path, 'minutes'])
}

const checkLimit = (checks: Checks, name: string, model: Model, limit: Limit, path: Path, wrong: Wrong): void => {
  checkSame(checks, name, model, limit.per, [...path, 'per'], wrong)
  checkAt(checks, [...path, 'max'], limit.max, ruleScope(name), ['int', 'decimal'])
  if (limit.sum !== undefined) {
    const sum = fieldAt(checks, [...path, 'sum'], name, model, limit.sum)
    if (sum && sum.type !== 'int' && sum.type !== 'decimal')
      wrong(`adds up ${limit.sum}, which is ${sum.type}`, [...path, 'sum'])
  }
  if (!limit.within) return
  checkZone(checks, [...path, 'within', 'zone'], limit.within.zone)
  const field = fieldAt(checks, [...path, 'within', 'field'], name, model, limit.within.field)
  if (field && field.type !== 'date' && field.type !== 'datetime')
    wrong(`counts by ${limit.within.field}, which is ${field.type}`, [...path, 'within', 'field'])
}
