import type { Typed } from './typed.ts'

/** What an index can be limited by: comparisons of the row's own fields with each other and with constants. */
export const isPredicate = (typed: Typed): boolean => {
  switch (typed.kind) {
    case 'literal':
      return true
    case 'field':
      return typed.row.path.length === 0 && typed.type !== 'json' && !typed.type.startsWith('list(')
    case 'not':
      return isPredicate(typed.operand)
    case 'and':
    case 'or':
      return typed.parts.every(isPredicate)
    case 'compare':
      return isPredicate(typed.left) && isPredicate(typed.right)
    case 'among':
      return isPredicate(typed.item) && typed.items.every(({ kind }) => kind === 'literal')
    default:
      return false
  }
}
