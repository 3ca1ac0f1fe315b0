import { plural, sentence, withArticle } from '../../language/words.ts'
import { roleOf } from '../../read/people.ts'
import { peopleRoles } from '../access/holders.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import { findField } from '../places/fields.ts'
import { isPeople } from '../states/doers.ts'

const anyone =
  '(?:anyone|anybody|everyone|everybody|whoever|people|those|visitors|guests|recipients|customers|users|members|you|the public)'
const see = '(?:see|view|read|look up|look at|open|find|check|track|get|fetch|access|follow)'
const seen = '(?:seen|viewed|read|looked up|opened|found|checked|tracked|fetched|accessed|followed)'
const thing =
  '(?:an? |the |that |their |its |his or her )?(?<thing>[\\p{L}-]+(?: (?!by\\b|with\\b|using\\b|without\\b)[\\p{L}-]+)?)'
const field =
  '(?:an? |the |its |their |his or her )?(?<field>[\\p{L}-]+(?: (?!can\\b|may\\b|without\\b|alone\\b|only\\b|and\\b)[\\p{L}-]+){0,2})'
const open =
  '(?<open>,? (?:even )?(?:without (?:logging|signing) in|without (?:an? |any |having an? )?(?:account|login|log-in|registration)|with no (?:account|login)|publicly))'
const by = '(?:by|with|using|via|through|if they (?:know|have)|when they (?:know|have))'

const patterns = [
  // "anyone who knows the tracking number can see the parcel without logging in"
  `^(?<who>${anyone})(?: who)? (?:knows?|has|have|holds?|with|having) ${field} (?:can|may|should be able to) ${see} ${thing}${open}?$`,
  // "anyone can look up a parcel by its tracking number"
  `^(?<who>${anyone}) (?:can|may|should be able to) ${see} ${thing} ${by} ${field}${open}?$`,
  // "parcels can be looked up by their tracking number without logging in"
  `^(?:the |all )?(?<thing>[\\p{L}-]+(?: [\\p{L}-]+)?) (?:can|may|should) be ${seen}(?: by (?<who>${anyone}))? ${by} ${field}${open}?$`,
].map((pattern) => new RegExp(pattern, 'iu'))

const saysNoRow = /^(?:slugs?|ids?|names?|status|date|type|category|search|filter|keywords?|text)$/i
/** "Polls can be read by anyone": by whom, not by what. */
const isSomebody = (words: string): boolean => roleOf(words) !== undefined || isPeople(words)
/** "Customers can open tickets with a title": they make them, which have one. */
const opensOne = /\bopen (?:an? |new |the |their )*[\p{L}-]+(?: [\p{L}-]+)? with an? /iu
const openToAll = /^(?:anyone|anybody|everyone|everybody|whoever|people|those|visitors|guests|the public)$/i

/** "Anyone who knows the tracking number can see the parcel": a row is read by what tells it apart from all others, not by its id. */
export const readKnownBy: Read = (said) => {
  const found = patterns.map((one) => one.exec(said.trim())?.groups).find((groups) => groups !== undefined)
  if (!found || saysNoRow.test(found.field!) || isSomebody(found.field!) || opensOne.test(said)) return undefined
  const toAll = found.open !== undefined || (found.who !== undefined && openToAll.test(found.who))
  return {
    said,
    rest: ['With user accounts'],
    after: 1,
    ...(/\bwho (?:knows?|has|have|holds?)\b/i.test(said) ? { sure: true } : {}),
    apply: (draft) => apply(draft, found.thing!, found.field!, toAll),
  }
}

const apply = (draft: BehaviourDraft, thing: string, said: string, toAll: boolean): Outcome => {
  const model = draft.findModel(thing)
  if (!model || model.name === draft.userModel()?.name) return { unresolved: `There is nothing called “${thing}”.` }
  const name = findField(model, said)
  const field = name ? model.model.fields[name] : undefined
  if (!name || !field) return { unresolved: `${sentence(withArticle(model.words))} has no ${said}.` }
  if (!/^(?:string|code|email|phone)$/.test(field.type) || field.optional)
    return { unresolved: `Not every ${model.words} has a ${said} of its own.` }
  field.unique = true
  const op = `read_by_${name}`
  const words = name.replaceAll('_', ' ')
  const address = `/by-${name.replaceAll('_', '-')}/{${name}}`
  model.api.ops = {
    ...model.api.ops,
    [op]: {
      description: toAll
        ? `Whoever knows the ${words} of ${withArticle(model.words)} sees it, signed in or not`
        : `${sentence(plural(model.words))} are read by their ${words} too`,
      method: 'GET',
      path: address,
      find: { row: { model: model.name, where: `row.${name} == ${name}` } },
      answer: { row: 'row' },
      ...(toAll ? { public: true } : {}),
    },
  }
  if (!toAll) for (const role of [...peopleRoles(draft), 'admin']) draft.grant(role, model, op)
  const guess =
    field.type === 'code'
      ? ''
      : `whoever guesses a ${words} sees that ${model.words}; say “each ${model.words} gets a random ${words.replace(/^random /, '')}” to make that hard.`
  if (toAll && guess) draft.assume(sentence(guess))
  return {
    understood: [
      `${toAll ? 'Whoever knows' : 'Whoever is signed in and knows'} the ${words} of ${withArticle(model.words)} may see it (${model.path}${address}).`,
    ],
  }
}
