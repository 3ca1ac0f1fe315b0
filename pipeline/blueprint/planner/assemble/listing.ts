import type { Field, Listing } from '../../../../schemas/generated/architecture.ts'
import { isNumbered } from '../../field-kinds.ts'
import { searchable } from './field.ts'

/** Query parameters that lists use themselves. */
const taken = new Set(['limit', 'cursor', 'sort', 'q'])
const ranged = new Set(['int', 'float', 'decimal', 'date', 'datetime', 'time'])
const unsorted = (type: string): boolean => /^(json|text|roles|file|list\(|object\(|ref\()/.test(type)
const unfiltered = (type: string): boolean => type === 'json' || type === 'text' || type === 'file'

/** Returns what a list can be asked: everything that is cheap and meaningful, so that nobody has to ask for it. */
export const listingOf = (fields: readonly (readonly [string, Field])[], order: string | undefined): Listing => {
  const open = fields.filter(
    ([name, field]) => name !== 'id' && field.class !== 'secret' && field.never === undefined && !taken.has(name),
  )
  const names = open.map(([name]) => name)
  const range = open.filter(([, field]) => ranged.has(field.type)).map(([name]) => name)
  const clashing = new Set(range.flatMap((name) => [`${name}_min`, `${name}_max`]))
  const listing: Listing = {
    maxPage: 100,
    filter: open
      .filter(
        ([name, field]) =>
          !unfiltered(field.type) && (field.set === undefined || isNumbered(field)) && !clashing.has(name),
      )
      .map(([name]) => name),
    sort: open.filter(([, field]) => !unsorted(field.type)).map(([name]) => name),
    search: searchable(open),
    order:
      order &&
      names.includes(order.replace(/^-/, '')) &&
      !unsorted(open.find(([name]) => name === order.replace(/^-/, ''))![1].type)
        ? order
        : '-created_at',
  }
  if (range.length > 0) listing.range = range
  return {
    maxPage: listing.maxPage,
    filter: listing.filter,
    ...(listing.range ? { range: listing.range } : {}),
    sort: listing.sort,
    search: listing.search,
    order: listing.order,
  }
}
