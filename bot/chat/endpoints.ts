import type { CardEndpoint } from '../../schemas/generated/card.ts'

/** What every system with accounts has: nobody decides on a blueprint by these. */
const usual = /^(?:\/v\d+)?\/(?:auth|users)(?:\/|$)/

/** Returns the addresses in the order in which somebody wants to read them: the system's own before the usual ones. */
export const ownFirst = (endpoints: readonly CardEndpoint[]): CardEndpoint[] =>
  [...endpoints].sort((one, other) => Number(usual.test(one.path)) - Number(usual.test(other.path)))
