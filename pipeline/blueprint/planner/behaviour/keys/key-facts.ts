import { listed, plural } from '../../language/words.ts'
import type { Outcome, Wish } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { durationPattern } from '../terms/durations.ts'
import { isPeople } from './read-keys.ts'

const keys =
  '(?:the |all |an? |old |leaked |lost |their |its |our |any |each |every )*(?:api[- ]?|access |secret |device )+(?:keys?|tokens?)|(?:the |all |old |leaked |lost )?keys'
const of = '(?: (?:of|for) (?:the |all |an? |each |every )?[\\p{L} -]{2,40}?)?'
const change = '(?:rotat|revok|renew|replac|regenerat|reissu|reset|invalidat|withdraw|block|chang)'
const allow =
  '(?:(?:let|allow) (?:the |all )?[\\p{L}-]+(?: to)? |(?:we|i|the |all )?(?:[\\p{L}-]+ )?(?:can|may|must be able to|should be able to|want to|need to) |it should be possible to )?'

const changing = [
  new RegExp(`^${allow}${change}(?:e|es)? (?:${keys})${of}$`, 'iu'),
  new RegExp(
    `^(?:${keys})${of} (?:can|may|must|should|have to|need to) be (?:able to be )?${change}(?:ed|en|n)(?: (?:by .+|at any time|any time|later|again|easily))?$`,
    'iu',
  ),
  new RegExp(
    `^(?:(?:support|add|allow|have|with|we need) )?(?:api[- ]?)?key (?:rotation|revocation|renewal)$|^(?:rotation|revocation|renewal) of (?:${keys})${of}$`,
    'iu',
  ),
]
const ending = [
  new RegExp(
    `^(?:automatically )?${change}(?:e|es)? (?:${keys})${of} (?:automatically )?(?:after|every|once in|when older than) ?(?:${durationPattern}|month|week|year|quarter|day)(?: automatically)?$`,
    'iu',
  ),
  new RegExp(
    `^(?:${keys})${of} (?:expires?|lapses?|ends?|(?:is|are) (?:only )?(?:valid|good)|lasts?|(?:is|are|must be|should be|get|gets) (?:automatically )?${change}(?:ed|en))(?: automatically)? (?:after|for|every|within) ?(?:${durationPattern}|month|week|year|quarter|day)$`,
    'iu',
  ),
]
const hashed = new RegExp(
  `^(?:store |keep |save )?(?:${keys}) (?:are |is |should be |must be )?(?:only )?(?:stored |kept |saved )?(?:only )?(?:hashed|as (?:an? )?hash(?:es)?|encrypted|shown (?:only )?once|(?:visible|displayed|shown) only once)$`,
  'iu',
)
const forPeople = [
  /^((?:the |all |each |every |our |any )?[\p{L}-]+) (?:can |may |should )?(?:reads?|sees?|lists?|adds?|changes?|posts?|uses?|access(?:es)?|calls?|sign(?:s)? in|authenticates?) ?.{0,60} (?:with|by|using|through|via) (?:an? |their |its )?(?:own |personal )?api[- ]?keys?$/iu,
  /^(?:give |issue )?((?:the |all |each |every |our |any )?[\p{L}-]+) (?:gets?|has|have|needs?|receives?|should (?:get|have)|can (?:get|have|create|make|generate)|may (?:get|have|create|make))? ?(?:an? |their |his |its |own |personal )*(?:(?:api[- ]?|personal )(?:keys?|tokens?)|personal access tokens?)(?: of (?:their|its) own)?$/iu,
]

/** What holds of keys in every system that has them, and what no key does. */
export const readKeyFacts = (said: string): Wish | undefined => {
  const text = said.trim()
  const wish = (apply: Wish['apply']): Wish => ({ said, rest: [], sure: true, apart: true, apply })
  if (ending.some((pattern) => pattern.test(text)))
    return wish((draft) => ({
      unresolved: `No key ends by itself: ${where(draft) ?? 'it is good until it is replaced or revoked'}.`,
    }))
  if (changing.some((pattern) => pattern.test(text))) return wish((draft) => known(draft, where(draft)))
  if (hashed.test(text))
    return wish((draft) => known(draft, 'an API key is shown once, when it is made, and only its hash is kept'))
  const people = forPeople.map((pattern) => pattern.exec(text)?.[1]).find((one) => one !== undefined)
  return people && isPeople(people)
    ? wish(() => ({
        unresolved:
          'People sign in with their account and get a token; keys are for devices and other programs: say “the ERP reads orders with an API key”.',
      }))
    : undefined
}

const withKeys = (draft: BehaviourDraft): Found[] => draft.models().filter(({ model }) => model.keys !== undefined)

/** Where keys are replaced and revoked; undefined where there are none. */
const where = (draft: BehaviourDraft): string | undefined => {
  const models = withKeys(draft)
  return models.length === 0
    ? undefined
    : `the keys of ${listed(models.map(({ words }) => plural(words)))} are replaced with POST and revoked with DELETE at ${listed(models.map(({ path }) => `${path}/{id}/keys`))}, by whoever may change them`
}

const known = (draft: BehaviourDraft, what: string | undefined): Outcome =>
  what === undefined || withKeys(draft).length === 0
    ? {
        unresolved:
          'Nothing has an API key yet; say “each sensor gets its own API key” or “the ERP reads orders with an API key”.',
      }
    : { holds: `It is so already: ${what}.` }
