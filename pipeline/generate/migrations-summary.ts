import type { Step } from './migrations-plan.ts'

const words: Record<Step['kind'], (step: Step & { name?: string }) => string> = {
  'create-table': ({ table }) => `add ${table}`,
  'add-column': ({ table, name }) => `add ${name} to ${table}`,
  loosen: ({ table, name }) => `make ${name} of ${table} optional`,
  require: ({ table, name }) => `make ${name} of ${table} required`,
  carry: ({ table, name }) => `carry values over to ${name} of ${table}`,
  make: ({ table, name }) => `make ${name} of ${table}`,
  refer: ({ table, name }) => `change what ${name} of ${table} does on deletion`,
  'create-index': ({ name }) => `index ${name}`,
  'drop-index': ({ name }) => `drop index ${name}`,
}

/** Returns the steps in one sentence, such as "Add due_at to todos." */
export const summarize = (steps: Step[]): string => {
  const added = new Set(steps.flatMap((step) => (step.kind === 'add-column' ? [`${step.table}.${step.name}`] : [])))
  const told = steps.filter((step) => step.kind !== 'refer' || !added.has(`${step.table}.${step.name}`))
  const parts = told.map((step) =>
    step.kind === 'loosen' && step.hide ? `hide ${step.name} of ${step.table}` : words[step.kind](step),
  )
  const [first = 'change nothing', ...rest] = [...new Set(parts)]
  const more = rest.length > 3 ? [...rest.slice(0, 2), `${rest.length - 2} more`] : rest
  const sentence = [first, ...more].join(', ')
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`
}
