import type { Field } from '../../../../../schemas/generated/architecture.ts'
import { pluralOf } from '../../../names.ts'
import { plural, sentence, withArticle } from '../../language/words.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { titleField } from '../places/fields.ts'
import { BY_SLUG } from './read-alike.ts'
import { targetsOf } from './targets.ts'

const codes =
  /^(?:(?:each|every|an?|the|all) )?([\p{L}-]+(?: [\p{L}-]+)?) (?:gets?|has|have|receives?|should (?:get|have)|must have|is given|are given) (?:an? |its own |their own )?(?:short )?(?:random|unique random|generated|secret random|automatically generated|auto-?generated)(?:,? (?:and )?unique)?(?: (?:\d+|four|five|six|eight|ten)[- ](?:character|digit|letter|char))? ((?:[\p{L}]+ )?(?:code|number|token|key|reference|id|pin|identifier))(?: (?:of|with) (\d+|four|five|six|seven|eight|ten|twelve) (?:characters|signs|letters|chars|digits))?$/iu

/** "Each parcel gets a random tracking code". */
export const readCodes: Read = (said) => {
  const found = codes.exec(said.trim())
  if (!found) return undefined
  const name = found[2]!
    .toLowerCase()
    .replace(/\s+/g, '_')
    .replace(/^(?:id|key)$/, 'code')
  const words: Readonly<Record<string, number>> = { four: 4, five: 5, six: 6, seven: 7, eight: 8, ten: 10, twelve: 12 }
  const length = Math.min(
    64,
    Math.max(4, words[found[3] ?? ''] ?? Number(found[3] ?? /(\d+)[- ](?:char|digit|letter)/.exec(said)?.[1] ?? 8)),
  )
  return {
    said,
    rest: [],
    apply: (draft) => {
      const model = draft.findModel(found[1]!)
      if (!model) return { unresolved: `There is nothing called “${found[1]!}”.` }
      draft.ensureField(model, name, { type: 'code', length, unique: true })
      if (!draft.changing) model.model.fields[name] = { type: 'code', length, unique: true }
      return { understood: [`Each ${model.words} gets a random ${name.replaceAll('_', ' ')} of ${length} characters.`] }
    },
  }
}

const slugs = [
  /^(?:read|find|get|fetch|open|look up|reach|see) (?:the |all |an? )*([\p{L}-]+(?: [\p{L}-]+)?) by (?:an? |its |their |the )*slugs?$/iu,
  /^(?:(?:please )?(?:use|add|have|give|generate|make|support|with|we want|we need|i want) )?(?:an? |the )*(?:url |readable |pretty |nice |human-?readable )*slugs?(?: (?:in|for|of|to|on) (?:the )?(?:urls?|paths?|addresses)?(?: ?(?:of|for) )?(?:all |the |each |every )*([\p{L}-]+(?: [\p{L}-]+)?)?)?(?:,? (?:made |generated |built |derived |taken )?(?:from|out of|of) (?:the |its |their )?([\p{L}-]+))?(?: instead of .*)?$/iu,
  /^(?:each |every |an? |all |the )*([\p{L}-]+(?: [\p{L}-]+)?) (?:has|have|gets?|is found by|are found by|should have|need|needs|can be (?:found|read|fetched|opened) by|is reached by|are reached by) (?:an? |its |their |the )*(?:unique |url |readable )*slugs?(?:,? (?:made |generated |built |derived |taken )?(?:from|out of|of) (?:the |its |their )?([\p{L}-]+))?(?: (?:in|for) (?:the |its )?urls?)?$/iu,
]

/** "Posts have a slug made from the title": a readable name that is unique, by which a row is read too. */
export const readSlugs: Read = (said) => {
  const found = slugs.map((pattern) => pattern.exec(said.trim())).find((one) => one)
  if (!found) return undefined
  const about = (found[1] ?? '').replace(/^(?:urls?|paths?)$/i, '')
  return {
    said,
    rest: [],
    apply: (draft) => {
      const models = (about ? targetsOf(draft, about) : draft.models())?.filter((model) =>
        titleField(draft.architecture, model.name),
      )
      if (!models || models.length === 0) return { unresolved: 'There is nothing with a title to make a slug of.' }
      return { understood: models.map((model) => addSlug(draft, model, found[2])) }
    },
  }
}

const addSlug = (draft: BehaviourDraft, model: Found, said: string | undefined): string => {
  const from = (said ? draft.findField(model, said) : undefined) ?? titleField(draft.architecture, model.name)!
  const field: Field = { type: 'slug', from, unique: true }
  draft.ensureField(model, 'slug', draft.changing ? { ...field, optional: true } : field)
  if (!draft.changing) model.model.fields.slug = field
  const row = 'row'
  model.api.ops = {
    ...model.api.ops,
    // Who may is settled once everything is said.
    [BY_SLUG]: {
      description: `${sentence(plural(model.words))} are read by their slug too`,
      method: 'GET',
      path: '/by-slug/{slug}',
      find: { [row]: { model: model.name, where: `${row}.slug == slug` } },
      answer: { row },
    },
  }
  return `${sentence(withArticle(model.words))} has a slug made of its ${from.replaceAll('_', ' ')}, and is read by it too (${model.path}/by-slug/{slug}).`
}

const embeds =
  /^(?:(?:[\p{L}-]+ (?:can|should|may) (?:also )?)?(?:please )?(?:show|include|embed|return|expand|see) )(?:the |its |their |each |every |all )*((?:[\p{L}-]+ ?){1,3}?)(?: (?:and|,) (?:the |its |their )?([\p{L}-]+(?: [\p{L}-]+)?))? (?:with|in|inside|together with|along with|next to) (?:each |every |the |all |a single )+([\p{L}-]+(?: [\p{L}-]+)?)(?: (?:too|as well|object|response|answer|itself|directly|in (?:one|the same) (?:request|response|answer)))*$/iu

const noun = '[\\p{L}-]+(?: [\\p{L}-]+)?'
const tail = '(?: (?:too|as well|itself|directly|in (?:one|the same) (?:request|response|answer|list)))*'
/** "Show each loan with its tool", "loans show their tool", "embed the tool in loans": of what, then what. */
const embedsOf: readonly RegExp[] = [
  `^(?:please )?(?:(?:show|list|return|get|give|see|answer|fetch|load) )(?:me |us )?(?:each |every |all |the |a )*(?<of>${noun})(?<!together|along) (?:with|together with|along with|including) (?:all )?(?:its|their|the) (?<what>${noun})(?: and (?:its |their |the )?(?<more>${noun}))?${tail}$`,
  `^(?:each |every |all |an? )?(?<of>${noun})(?<!together|along) (?:with|together with|along with|including) (?:all )?(?:its|their) (?<what>${noun})${tail}$`,
  `^(?:an? |the |each |every )?(?<of>${noun}) (?:should |must |can |also )*(?:shows?|includes?|embeds?|carr(?:y|ies)|comes? with) (?:its|their|the whole|the full) (?<what>${noun})${tail}$`,
  `^(?:please )?(?:embed|expand|include|inline|nest) (?:the |its |their )?(?<what>${noun}) (?:in|into|inside|within|on) (?:the |each |every |all )?(?<of>${noun})${tail}$`,
].map((one) => new RegExp(one, 'iu'))

const counts = /\b(?:number|count|total|sum|average|how)\b/i

/** "Show the author with each post": what ?expand= embeds. */
export const readEmbeds: Read = (said) => {
  const text = said.trim()
  if (counts.test(text)) return undefined
  const { of = '', what = '', more } = embedsOf.map((one) => one.exec(text)?.groups).find(Boolean) ?? {}
  const found = embeds.exec(text)
  const pairs: [of: string, what: string[]][] = [
    ...(of ? [[of, [what, ...(more ? [more] : [])]] as [string, string[]]] : []),
    ...(found ? [[found[3]!, [found[1]!.trim(), ...(found[2] ? [found[2]] : [])]] as [string, string[]]] : []),
  ]
  return pairs.length === 0 ? undefined : { said, rest: [], apply: (draft) => embed(draft, pairs) }
}

const embed = (draft: BehaviourDraft, pairs: readonly [of: string, what: string[]][]): Outcome => {
  for (const [of, words] of pairs) {
    const model = draft.findModel(of)
    const names = model ? words.flatMap((one) => embedName(draft, model, one) ?? []) : []
    if (!model || names.length < words.length) continue
    const before = model.api.expand ?? []
    model.api.expand = [...new Set([...before, ...names])]
    return {
      understood:
        before.length === model.api.expand.length
          ? []
          : [
              `${sentence(plural(model.words))} can be had with their ${words.join(' and ')} in one answer (?expand=${names.join(',')}).`,
            ],
    }
  }
  return { unresolved: `There is nothing called “${pairs[0]![1][0]}” to show with it.` }
}

/** Whoever made a row, whatever they are called. */
const makers = /^(?:authors?|owners?|creators?|writers?|posters?|makers?)$/i

/** The reference without _id, or the plural of children, that words mean. */
const embedName = (draft: BehaviourDraft, model: Found, said: string): string | undefined => {
  const target = draft.findModel(said)
  const field = draft.findField(model, said)
  if (field?.endsWith('_id')) return field.replace(/_id$/, '')
  if (model.api.owner && !target && makers.test(said)) return model.api.owner.replace(/_id$/, '')
  const ref = target ? draft.refFrom(model, target, said) : undefined
  if (ref) return ref.replace(/_id$/, '')
  const child = target ? draft.childrenOf(model).find((one) => one.model.name === target.name) : undefined
  return child ? pluralOf(child.model.name, child.model.model) : undefined
}
