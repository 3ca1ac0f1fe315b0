import type { Step } from '../../schemas/generated/architecture.ts'

/** Returns what a step of a waiting list does in plain words, '' for one that only makes another possible, else undefined. */
export const waitingWords = (many: string, op: string, { set, each }: Step): string | undefined => {
  const status = set?.of === 'this' ? set.values.status : undefined
  if (op === 'create' && status?.endsWith('? "confirmed" : "waiting"'))
    return `${many} that come when no place is left are waiting, the others confirmed`
  if (op === 'delete' && status === '"waiting"') return ''
  if (op === 'delete' && each?.do.length === 1 && each.do[0]!.set?.values.status === '"confirmed"')
    return `when one of the ${many} is deleted, the first that is waiting gets the place`
  return undefined
}
