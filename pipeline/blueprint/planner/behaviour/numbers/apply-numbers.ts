import type { Field, Numbers } from '../../../../../schemas/generated/architecture.ts'
import { isNumbered } from '../../../field-kinds.ts'
import { refOf, toWords } from '../../../names.ts'
import { numbersInWords } from '../../../numbers.ts'
import { listingOf } from '../../assemble/listing.ts'
import { insertField } from '../../change/fields.ts'
import { plural, sentence, toName } from '../../language/words.ts'
import type { Outcome } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import type { Numbered } from './read-numbers.ts'
import { periodically, type Running } from './tail.ts'

/** Has the system number rows: in the field that is there for it, else in one that is added. */
export const applyNumbers = (draft: BehaviourDraft, said: Numbered, running: Running): Outcome => {
  const model = draft.findModel(said.thing)
  if (!model) return { unresolved: `There is nothing called “${said.thing}”.` }
  const numbers = numbersOf(draft, model, running)
  if (typeof numbers === 'string') return { unresolved: numbers }
  const name = fieldFor(draft, model, said.called)
  const there = model.model.fields[name]
  if (there && isNumbered(there)) return renumber(draft, model, name, there, numbers)
  const field: Field = {
    type: numbers.as === undefined ? 'int' : 'string',
    ...(there?.description && { description: there.description }),
    set: 'numbered',
    ...(Object.keys(numbers).length > 0 && { numbers }),
    ...(there?.column && { column: there.column }),
  }
  if (there && draft.changing && !(there.type === 'int' && field.type === 'int'))
    return {
      unresolved: `Whoever makes ${plural(model.words)} gives their ${toWords(name)}. Remove that first, or give the running number another name.`,
    }
  if (there) replace(model, name, field)
  else insertField(model, name, field)
  const words = numbersInWords(model.name, model.model, name)
  return {
    understood: [draft.changing ? `${words} Those that are there already are numbered too.` : words],
    ...(there && draft.changing ? { breaks: true } : {}),
  }
}

/** A number that runs already: it holds, or runs otherwise from now on. */
const renumber = (draft: BehaviourDraft, model: Found, name: string, there: Field, asked: Numbers): Outcome => {
  const numbers = { ...there.numbers, ...asked }
  const type = numbers.as === undefined ? 'int' : 'string'
  const same = JSON.stringify(numbers) === JSON.stringify(there.numbers ?? {})
  if (same) return { holds: numbersInWords(model.name, model.model, name) }
  if (draft.changing && (type !== there.type || asked.per))
    return {
      unresolved: `${sentence(plural(model.words))} have running numbers already, which cannot begin again in another way.`,
    }
  const field: Field = { ...there, type, numbers }
  model.model.fields[name] = field
  const words = numbersInWords(model.name, model.model, name)
  return draft.changing
    ? { understood: [`${words} Numbers that were given out stay.`], breaks: type === 'string' }
    : { understood: [words] }
}

/** What was said of the numbers as the blueprint has it, or why it cannot be so. */
const numbersOf = (draft: BehaviourDraft, model: Found, running: Running): Numbers | string => {
  const numbers = periodically(running)
  if (typeof numbers === 'string') return numbers
  const per: string[] = []
  for (const words of numbers.per) {
    const to = draft.findModel(words)
    const ref = (to && draft.refFrom(model, to, words)) ?? draft.findField(model, words)
    if (ref === undefined || !refOf(model.model.fields[ref]!.type))
      return `${sentence(plural(model.words))} do not say which ${words} they are of.`
    if (!per.includes(ref)) per.push(ref)
  }
  const [first, ...others] = per
  return {
    ...(numbers.from === undefined ? {} : { from: numbers.from }),
    ...(first ? { per: [first, ...others] as NonNullable<Numbers['per']> } : {}),
    ...(numbers.as === undefined ? {} : { as: numbers.as }),
  }
}

/** The field that is meant, or the name that it gets. */
const fieldFor = (draft: BehaviourDraft, model: Found, called: string | undefined): string => {
  const { fields } = model.model
  const wanted = called ? toName([...called.split(' '), 'number']) : 'number'
  const own = [wanted, `${model.key}_number`, `${model.key.split('_').at(-1)}_number`, 'number']
  const there = own.filter((name) => Object.hasOwn(fields, name))
  // What people gave in a system that runs is not theirs any more only where that is the number that was spoken of.
  const fits = draft.changing ? there.filter((name) => name === wanted || fields[name]!.type === 'int') : there
  const running = Object.keys(fields).filter((name) => isNumbered(fields[name]!))
  if (fits.length === 0 && running.length === 1 && (!called || model.key.endsWith(called.toLowerCase())))
    return running[0]!
  return fits.find((name) => isNumbered(fields[name]!)) ?? fits[0] ?? wanted
}

/** Exchanges a field that callers gave for one that the system gives. */
const replace = (model: Found, name: string, field: Field): void => {
  model.model.fields = Object.fromEntries(
    Object.entries(model.model.fields).map(([each, one]) => [each, each === name ? field : one]),
  )
  const { list } = model.api
  if (!list) return
  const fresh = listingOf([[name, field]], undefined)
  for (const key of ['filter', 'sort', 'search'] as const)
    list[key] = list[key].flatMap((each) => (each === name && !fresh[key].includes(name) ? [] : [each]))
  for (const key of ['filter', 'sort', 'search'] as const)
    if (fresh[key].includes(name) && !list[key].includes(name)) list[key].push(name)
  const range = [...(list.range ?? []).filter((each) => each !== name), ...(fresh.range ?? [])]
  if (range.length > 0) list.range = range
  else delete list.range
}
