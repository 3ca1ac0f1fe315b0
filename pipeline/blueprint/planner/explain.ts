import { wordsOfRole } from '../role-words.ts'
import { listed, peopleOf, plural, sentence, withArticle } from './language/words.ts'
import { allOperations } from './lexicon/verbs.ts'
import { isLoose } from './read/field.ts'
import type { FieldSpec } from './read/field-spec.ts'
import type { Reader } from './read/reader.ts'
import type { Permission, Sketch, Thing } from './resolve/sketch.ts'

/** Returns what the thread is told: what was understood, what was assumed, and what could not be carried. */
export const explain = (
  sketch: Sketch,
  reader: Reader,
): { understood: string[]; assumptions: string[]; notCarried: string[] } => {
  const understood: string[] = []
  const assumptions: string[] = [...sketch.assumptions]
  for (const thing of sketch.things.values()) understood.push(describeThing(thing))
  for (const thing of sketch.things.values())
    for (const ref of thing.refs)
      if (ref.to !== 'user')
        understood.push(
          ref.to === thing.key
            ? `${sentence(withArticle(thing.words))} can be under another ${thing.words} (${ref.field}).`
            : `${sentence(withArticle(thing.words))} belongs to ${withArticle(ref.to.replaceAll('_', ' '))}${ref.optional ? ', or to none' : ''} (${ref.field}).`,
        )
  if (sketch.accounts) {
    for (const [key, permissions] of sketch.permissions)
      understood.push(...describePermissions(sketch.things.get(key)!, permissions))
    const people = sketch.signUpRoles.map(wordsOfRole)
    assumptions.push(
      `Whoever signs up becomes ${listed(people.map(withArticle))}.${sketch.grantedRoles.length > 0 ? ` ${sentence(listed(sketch.grantedRoles.map(peopleOf)))} are made by an admin.` : ''}`,
    )
    assumptions.push(
      sketch.barred.size > 0
        ? 'The first admin is made with the setup token.'
        : 'Admins may do everything. The first one is made with the setup token.',
    )
    for (const [key, ops] of sketch.barred)
      understood.push(`Not even admins may ${verbsOf(ops)} ${plural(sketch.things.get(key)!.words)} of others.`)
  } else {
    for (const [key, ops] of sketch.barred)
      understood.push(`Nobody may ${verbsOf(ops)} ${plural(sketch.things.get(key)!.words)}.`)
    const rest = sketch.barred.size > 0 ? 'may do the rest' : 'can read and change everything'
    assumptions.push(
      reader.facts.some((fact) => fact.kind === 'accounts' && !fact.on)
        ? `There is no sign-in: anybody who can reach the address ${rest}.`
        : `Anybody who can reach the address ${rest}; say "add user accounts" to change that.`,
    )
  }
  return { understood, assumptions: [...new Set(assumptions)], notCarried: [...new Set(sketch.notCarried)] }
}

/** Whether a line tells that there is no sign-in. */
export const isOpenToAll = (line: string): boolean =>
  /^(?:There is no sign-in: a|A)nybody who can reach the address /.test(line)

const describeThing = (thing: Thing): string => {
  const fields = thing.fields.map(describeField)
  return `${sentence(plural(thing.words))}${fields.length > 0 ? ` with ${listed(fields)}` : ''}.`
}

const describeField = (field: FieldSpec): string => {
  const notes: string[] = []
  if (field.values) notes.push(listed(field.values, 'or'))
  else if (field.file) notes.push(`file of at most ${sizeOf(field.file.maxBytes ?? 10 * 2 ** 20)}`)
  else if (field.type === 'bool') notes.push('yes or no')
  else if (field.type.startsWith('list(')) notes.push('list')
  if (typeof field.min === 'number' && typeof field.max === 'number' && !field.type.startsWith('s'))
    notes.push(`${field.min} to ${field.max}`)
  if (field.unique) notes.push('unique')
  if (
    field.said === 'optional' ||
    (field.said === undefined &&
      field.type !== 'bool' &&
      !field.type.startsWith('list(') &&
      field.default === undefined &&
      isLoose(field))
  )
    notes.push('optional')
  if (field.default !== undefined) notes.push(`at first ${field.default}`)
  return `${field.name.replaceAll('_', ' ')}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`
}

const sizeOf = (bytes: number): string =>
  bytes >= 2 ** 20 ? `${Math.round((bytes / 2 ** 20) * 10) / 10} MB` : `${Math.ceil(bytes / 1024)} KB`

const words: Readonly<Record<string, string>> = {
  create: 'add',
  list: 'list',
  read: 'read',
  update: 'change',
  delete: 'delete',
}

const verbsOf = (ops: readonly string[]): string =>
  ops.length === allOperations.length
    ? 'do everything with'
    : listed(allOperations.filter((op) => ops.includes(op)).map((op) => words[op]!))

const describePermissions = (thing: Thing, permissions: readonly Permission[]): string[] => {
  const names = plural(thing.words)
  return permissions.map(({ who, ops, scope }) => {
    const subject =
      who === '@public'
        ? 'Everybody, signed in or not,'
        : who === '@signed'
          ? 'Whoever is signed in'
          : sentence(peopleOf(who))
    const which =
      scope === 'own'
        ? `their own ${names}`
        : scope === 'all'
          ? names
          : scope === '@parent'
            ? `the ${names} of what they can see`
            : `${names} that name them as ${scope.slice(1).replace(/_id$/, '').replaceAll('_', ' ')}`
    return `${subject} may ${verbsOf(ops)} ${which}.`
  })
}
