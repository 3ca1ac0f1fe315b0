import type { Wording } from '../makings.ts'
import { endsInPeople } from './deeds.ts'

/** "The front desk logs in and assigns technicians": that they sign in, and what they do. */
export const logins: readonly Wording[] = [
  // "shops can be seen without logging in": of these alone, not of the whole system
  [
    /^(?:the |all |our )?([\p{L}-]+(?: [\p{L}-]+)?) (?:can|may|should|must) be (seen|read|viewed|browsed|listed|opened|added|created|reported|submitted|sent in|posted) (?:by (?:anyone|everyone|anybody|everybody|visitors|all|people) )?(?:without (?:logging in|signing in|(?:an |any |having an )?accounts?|(?:a )?log-?in|registration)|with no (?:account|log-?in))$/iu,
    (_, things, done) =>
      `Everyone can ${/^(?:add|creat|report|submit|sent|post)/i.test(done!) ? 'add' : 'see'} ${things!.toLowerCase()} without signing in`,
  ],
  [
    /^((?:the |our |an? |each |every )?[\p{L}-]+(?: [\p{L}-]+)?) (?:logs|signs) in(?:,? and| to) ([\p{L}]+ .+)$/iu,
    (whole, who, acts) => (endsInPeople(who!) ? `${who} signs in || ${who} ${acts}` : whole!),
  ],
]
