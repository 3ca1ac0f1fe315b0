import type { Fact } from '../read/facts.ts'
import type { Sketch, Thing } from './sketch.ts'

/** "A student can enrol in a course only once": the row that ties them is unique for both. */
export const resolveOnce = (sketch: Sketch, facts: readonly Fact[]): void => {
  for (const fact of facts) {
    if (fact.kind !== 'once') continue
    for (const thing of sketch.things.values()) {
      const columns = fact.names.map((name) => columnOf(thing, name))
      if (columns.length < 2 || columns.some((column) => column === undefined)) continue
      const group = [...new Set(columns as string[])]
      if (!thing.unique.some((one) => one.length === group.length && one.every((name) => group.includes(name))))
        thing.unique.push(group)
      break
    }
  }
}

const columnOf = (thing: Thing, name: string): string | undefined =>
  thing.refs.find((ref) => ref.to === name)?.field ??
  thing.fields.find((field) => field.name === name)?.name ??
  (/^(?:day|date)$/.test(name)
    ? thing.fields.find((field) => field.type === 'date')?.name
    : /^(?:time|slot|hour)$/.test(name)
      ? thing.fields.find((field) => field.type === 'datetime' || field.type === 'time')?.name
      : undefined)
