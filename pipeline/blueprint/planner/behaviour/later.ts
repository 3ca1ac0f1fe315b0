import type { Architecture, Field } from '../../../../schemas/generated/architecture.ts'
import { toWords } from '../../names.ts'
import { sentence, withArticle } from '../language/words.ts'
import { setByTimers } from './written-by-steps.ts'

const back = /^(returned|brought_back|given_back|handed_back)(?:_(?:at|on|date))?$/
const ends = /^(cancel+ed|withdrawn|approved|rejected|declined|resolved|closed|archived|expired)_(?:at|on)$/

/**
 * Keeps what only happens later out of what is sent to make a row: that it was brought back, and what a timer sets. Where a
 * running system is changed, only of fields that are new. Changes the architecture.
 */
export const keepForLater = (architecture: Architecture, before?: Architecture): void => {
  const timed = setByTimers(architecture)
  for (const [name, model] of Object.entries(architecture.models)) {
    const owned = Object.values(architecture.components).some(({ ports }) =>
      Object.values(ports).some((port) => port.kind === 'rpc' && port.crud === name && port.owner !== undefined),
    )
    const happens = (field: string, { type, optional, default: fallback }: Field): string | undefined => {
      const moment = /^date(?:time)?$/.test(type) && optional === true
      const flag = type === 'bool' && fallback === false
      const past = (back.exec(field) ?? (owned && moment ? ends.exec(field) : undefined))?.[1]
      if (past && (moment || flag)) return toWords(past)
      return flag && timed.get(name)?.has(field) ? toWords(field.replace(/^is_/, '')) : undefined
    }
    const later = Object.entries(model.fields).flatMap(([field, shape]) => {
      const word = before?.models[name]?.fields[field] ? undefined : happens(field, shape)
      return word === undefined
        ? []
        : [{ word, check: shape.type === 'bool' ? `!this.${field}` : `this.${field} == null` }]
    })
    if (later.length === 0) continue
    const words = toWords(name)
    const message = `${sentence(withArticle(`new ${words}`))} is not ${later.map(({ word }) => word).join(' or ')} yet.`
    const hook = model.on?.create ?? {}
    const there = (hook.require ?? []).filter(({ check }) => !later.some((one) => one.check === check))
    model.on = {
      ...model.on,
      create: { ...hook, require: [...there, ...later.map(({ check }) => ({ check, message, status: 422 as const }))] },
    }
  }
}
