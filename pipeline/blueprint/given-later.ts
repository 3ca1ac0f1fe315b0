import type { Model } from '../../schemas/generated/architecture.ts'

/**
 * Returns the fields that are no part of what is sent to make a row: those that the system sets as it is made, and those
 * that must be empty then because they only happen later.
 */
export const givenLater = ({ fields, on }: Model): ReadonlySet<string> => {
  const set = (on?.create?.do ?? []).flatMap((step) =>
    step.set?.of === 'this' && step.when === undefined ? Object.keys(step.set.values) : [],
  )
  const empty = (on?.create?.require ?? []).flatMap(({ check }) => {
    const [, later, not] = /^(?:this\.(\w+) == null|!this\.(\w+))$/.exec(check) ?? []
    const field = fields[later ?? not ?? '']
    return field && field.default === (later === undefined ? false : undefined) ? [(later ?? not)!] : []
  })
  return new Set(
    [...set, ...empty].filter((name) => fields[name]?.optional === true || fields[name]?.default !== undefined),
  )
}
