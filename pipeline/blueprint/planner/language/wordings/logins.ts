import type { Wording } from '../makings.ts'
import { endsInPeople } from './deeds.ts'

/** "The front desk logs in and assigns technicians": that they sign in, and what they do. */
export const logins: readonly Wording[] = [
  [
    /^((?:the |our |an? |each |every )?[\p{L}-]+(?: [\p{L}-]+)?) (?:logs|signs) in(?:,? and| to) ([\p{L}]+ .+)$/iu,
    (whole, who, acts) => (endsInPeople(who!) ? `${who} signs in || ${who} ${acts}` : whole!),
  ],
]
