import { plural, sentence, singular, toName, withArticle } from '../language/words.ts'
import { fieldsOf } from './among/deeds.ts'
import type { Outcome, Read } from './behaviour.ts'
import { fieldFor, isBookingLike, nounOfVerb, wordsOf } from './between.ts'
import { canonical } from './canonical.ts'
import { addBetween, between, countedFor, itemsOf, kindCounted } from './counted.ts'
import type { BehaviourDraft } from './draft.ts'
import type { Found } from './find.ts'
import { type Groups, matching, pattern } from './phrases.ts'
import { addRule, ongoing, where } from './rules.ts'
import { linksMeant } from './toggles/links.ts'

const verb =
  '(?<verb>enrol|enroll|vote|rate|review|join|sign up|register|apply|bid|book|subscribe|like|answer|submit|comment|attend|participate|respond|rsvp|star|favou?rite|bookmark|donate|follow|sponsor|take part|score|judge|adopt|buy|order|borrow|nominate|endorse|play|check in|redeem|use|claim|take|sign)'
const to = '(?:in|for|to|on|at|per|with|as|of)'
const state =
  '(?<state>active|open|running|current|pending|valid|ongoing|unpaid|unreturned|approved|confirmed|accepted|live|published)'

/** Who does it once for what. */
const deeds: readonly RegExp[] = [
  `<same>? ?{who} (?:can|may|must|should)(?: only)? ${verb} (?:only |just |at most )?once (?:${to} )?(?:<same> )?{thing}(?: (?:${to}|and) (?:<same> )?{third})?<tail>`,
  `<same>? ?{who} (?:can|may|must|should)(?: only)? ${verb} (?:${to} )?(?:<same> )?{thing} (?:only |just |at most )?(?:once|one time)(?: (?:per|${to}) (?:<same> )?{third})?<tail>`,
  `(?:nobody can|<same>? ?{who} <cannot>) ${verb} (?:twice|more than once|two times|several times|again|multiple times) (?:${to} )?(?:<same> )?{thing}(?: (?:${to}|and) (?:<same> )?{third})?<tail>`,
  `(?:nobody can|<same>? ?{who} <cannot>) ${verb} (?:${to} )?(?:<same> )?{thing} (?:twice|more than once|two times|several times|again|a second time|multiple times)(?: ${to} (?:<same> )?{third})?<tail>`,
  `(?:each|every|an?|one|any) {who} (?:can |may )?${verb}e?s (?:${to} )?(?:<same> )?{thing} (?:only|just|at most|exactly|no more than) (?:once|one time)(?: (?:per|${to}) (?:<same> )?{third})?<tail>`,
  `<same>? ?{who} <cannot> (?<verb>have|contain|include|list|hold|get|carry) (?:the same|one|an?) {thing} (?:twice|more than once|several times|again|two times)<tail>`,
  `(?:each|every|a|an) {who} (?:has|gets|casts?) (?:only |exactly |just |at most )?one {noun} (?:per|${to}|for each|for every) (?:<same> )?{thing}<tail>`,
].map(pattern)

/** How many there are of a row for what. */
const counts: readonly RegExp[] = [
  `(?:there (?:can|may|must|should|is|are) (?:be )?)?(?:only|at most|no more than|not more than|never more than|just|exactly|max(?:imum)?\\.?(?: of)?|up to)? ?one (?:${state} )?{things} (?:per|for each|for every|for any|of each|by each|from each) {per:6}(?: <atonce>)?<tail>`,
  `<same>? ?{per} (?:can|may|must|should)(?: only)? (?:have|hold|own|be in|belong to|place|submit|make|give|write|leave|post|run|keep) (?:only |at most |no more than |just )?one (?:${state} )?{things}(?: (?<once><atonce>|at any time))?(?: (?:per|for each|for|on|of) (?:<same> )?{third})?<tail>`,
  `(?:nobody can|<same>? ?{per} <cannot>) (?:have|hold|own|be in|belong to|place|submit|make|give|write|leave|post|run|keep) (?:more than one|two|several) (?:${state} )?{things}(?: (?<once><atonce>|at any time))?(?: (?:per|for each|for|on|of) (?:<same> )?{third})?<tail>`,
].map(pattern)

/** Which values are there once. */
const values: readonly RegExp[] = [
  `(?:the |an? |all )?{field} (?:of (?:a |an |the |all )?{things} )?(?:is|are|must be|has to be|have to be|should be|needs to be|shall be|stays?|must stay) unique (?:per|within|in|for each|inside|across|among|within each|within an?|for every|in each) (?:<same> )?{thing}`,
  `unique {field} (?:per|within|in|for each|inside|for every) (?:<same> )?{thing}`,
  `(?:no )?two {things} (?:of|in|on|with|at|within|from|by) (?:the same|one|a|an) {thing} (?:<cannot>|can|may|must|should)? ?(?:have|share|use|bear|get|carry) the same {field}`,
  `(?:no )?two {things} (?:<cannot>|can|may|must|should)? ?(?:have|share|use|bear|get|carry) the same {field}(?: (?:in|within|on|at|of) (?:the same|one|a|an) {thing})?`,
  `(?:the |an? )?(?:same )?{field} (?:can|may) (?:only )?be (?:used|given|taken|assigned|chosen|appear) (?:only )?once (?:per|within|in|for each|in each|on) (?:<same> )?{thing}`,
  `(?:the |an? )?{field} (?:can|may|must|should) (?:only )?(?:appear|occur|exist|be there) (?:only )?once (?:per|within|in|for each|in each|in an?|on) (?:<same> )?{thing}`,
  `(?:no )?two {things} (?:<cannot>|can|may|must|should)? ?(?:ever )?(?:share|have) (?:an?|one|their) {field}`,
  `there (?:must|can|may|should) (?:not|never) be two {things} (?:with|that have|which have|sharing) the same {field}`,
  `(?:the |an? |each |every |one |same )*{field} (?:of (?:an?|the|each|every) {things} )?(?:can|may|must|should) (?:only )?(?:exist|appear|occur|be used|be given|be taken|be assigned|be there|be entered|be chosen) (?:only |just )?once`,
  `(?:the |an? |each |every |one |same )*{field} (?:of (?:an?|the|each|every) {things} )?<cannot> (?:exist|appear|occur|be used|be given|be taken|be assigned|be entered|be there|be chosen) (?:twice|two times|more than once|again|several times|a second time)`,
  `(?:the |an? )?{field} (?:of (?:an?|the|each|every) {things} )?(?:must|has to|have to|should|needs to|need to) (?:be )?(?:different|distinct|differ) (?:for|in|from) (?:each|every|all|any other|one) {things2}(?: to (?:another|the next))?`,
  `(?:each|every|any) {things} (?:has|needs|gets|must have|has to have|should have) (?:its|their|his|her|an?) (?:own )?unique {field}`,
  `(?:the )?combination of {field} and {thing} (?:is|must be|has to be|should be)(?: always)? unique(?: (?:for|among|in) {things})?`,
  `{field} and {thing} (?:together )?(?:are|must be|have to be|should be) (?:together )?unique(?: together| in combination| as a pair)?`,
  `(?:the |all )?{owner:1} {field} (?:is|are|must be|has to be|have to be|should be|needs to be|need to be|must stay) unique`,
].map(pattern)

/** Reads what there is only once: a vote per person and photo, a number per hall, one open order per customer. */
export const readOnce: Read = (sentence) => {
  const text = canonical(sentence)
  const deed = matching(deeds, text)
  if (deed) {
    const { who, verb: does = '', thing } = deed.groups
    const rest =
      who && isOpinion.test(does) && !/\d/.test(thing!) ? [`${plural(singular(who))} can ${does} ${thing}`] : []
    return { said: sentence, rest, apply: (draft) => applyDeed(draft, deed.groups) }
  }
  const count = matching(counts, text)
  if (count && !/^(?:day|week|month|year)$/i.test(itemsOf(count.groups.per).at(-1) ?? ''))
    return { said: sentence, rest: [], apply: (draft) => applyCount(draft, count.groups) }
  const value = matching(values, text)
  if (value) return { said: sentence, rest: [], apply: (draft) => applyValue(draft, value.groups) }
  return undefined
}

/** Deeds that are no way to take part. */
const isOpinion =
  /^(?:vote|rate|review|like|answer|comment|respond|star|favou?rite|bookmark|score|judge|nominate|endorse|donate|bid|sponsor|follow)$/i

const applyDeed = (draft: BehaviourDraft, said: Groups): Outcome => {
  const thing = draft.findModel(said.thing!)
  const who =
    said.who && !/^(?:people|you|one|person|everyone|everybody|we|they)$/i.test(said.who)
      ? draft.findModel(said.who)
      : (draft.userModel() ?? personOf(draft))
  if (!thing) return { unresolved: `There is no ${said.thing} here.` }
  const byValue = said.who && !draft.findModel(said.who) ? valueTie(draft, thing, said) : undefined
  if (byValue) return unique(draft, byValue.model, byValue.fields, [])
  if (!who) return { unresolved: `It does not say who: name the people that ${said.verb ?? 'do it'}.` }
  if (isMarked(draft, said.verb ?? said.noun, thing)) return once(thing)
  const noun = (said.noun ? toName([said.noun]) : undefined) ?? nounOfVerb(said.verb)
  const named = noun ? draft.findModel(noun) : undefined
  const own = named && named.name !== thing.name && named.name !== who.name ? named : undefined
  const tied = between(draft, thing, who)
  // Whoever rates a course is not in it by that: the row of the deed is made by what is said besides.
  if (!own && tied && isBookingLike(tied) && isOpinion.test(said.verb ?? ''))
    return { unresolved: `There is no ${(noun ?? 'entry').replaceAll('_', ' ')} that could be one alone.` }
  const tie = own ?? tied ?? addBetween(draft, noun ?? 'entry', [thing, who])
  if (!tie) return { unresolved: `Nothing here ties ${who.words} and ${thing.words}.` }
  const fields = [said.who ?? who.words, said.thing!, ...itemsOf(said.third)].map((words) =>
    fieldIn(draft, tie, words, who),
  )
  if (fields.some((field) => field === undefined))
    return { unresolved: `${sentence(withArticle(tie.words))} does not say whose and of what it is.` }
  return unique(draft, tie, fields as string[], [])
}

/** "the same email can only book a tour once": a value of the rows that hang on the thing. */
const valueTie = (
  draft: BehaviourDraft,
  thing: Found,
  said: Groups,
): { model: Found; fields: string[] } | undefined => {
  for (const { model, field } of draft.childrenOf(thing)) {
    const value = draft.findField(model, said.who!)
    if (value && value !== field) return { model, fields: [value, field] }
  }
  return undefined
}

const personOf = (draft: BehaviourDraft): Found | undefined =>
  draft
    .models()
    .find((one) =>
      /^(?:member|customer|user|patient|student|guest|reader|client|borrower|person|player|employee|donor|tenant|visitor|voter)$/.test(
        one.key,
      ),
    )

const fieldIn = (draft: BehaviourDraft, tie: Found, words: string, who: Found): string | undefined =>
  /^(?:people|you|one|person|everyone|everybody|we|they|user|users|account)$/i.test(words)
    ? (draft.refFrom(tie, who) ?? draft.ensureRef(tie, who))
    : fieldFor(draft, tie, words)

/** "Vote for" where a vote is a mark on a poll: everybody has one at most. */
const isMarked = (draft: BehaviourDraft, deed: string | undefined, thing: Found): boolean =>
  deed !== undefined &&
  linksMeant(draft, deed.replace(/^voted?$|^votes$/i, 'vote')).some(({ target }) => target.name === thing.name)
const once = (thing: Found): Outcome => ({
  holds: `Each person marks ${withArticle(thing.words)} once at most, already.`,
})

const applyCount = (draft: BehaviourDraft, said: Groups): Outcome => {
  const per = [...itemsOf(said.per), ...itemsOf(said.third)]
  const marked = per.map((one) => draft.findModel(one)).find((one) => one && isMarked(draft, said.things, one))
  if (marked && per.length > 1) return once(marked)
  if (per.length === 0) per.push((draft.userModel() ?? personOf(draft))?.words ?? '')
  const counted =
    countedFor(
      draft,
      said.things!,
      per.map((one) =>
        /^(?:person|people|account)$/i.test(one) ? ((draft.userModel() ?? personOf(draft))?.words ?? one) : one,
      ),
      undefined,
    ) ?? newTie(draft, said.things!, per)
  if (!counted) return { unresolved: `It does not say what ties ${said.things} to ${per.join(' and ')}.` }
  const { model } = counted
  const conditions = said.state ? inState(draft, model, said.state.toLowerCase()) : said.once ? ongoing(model) : []
  if (conditions === undefined)
    return { unresolved: `${sentence(withArticle(model.words))} does not say whether it is ${said.state}.` }
  const kind = kindCounted(model, said.things!)
  if (!kind) return { unresolved: `It does not say which ${plural(model.words)} are meant by “${said.things}”.` }
  const named = kind.length > 0 ? said.things!.split(' ').slice(0, -1).join(' ') : said.state
  return unique(draft, model, counted.per, [...kind, ...conditions], named)
}

const newTie = (draft: BehaviourDraft, noun: string, per: readonly string[]) => {
  const things = per.map((words) => draft.findModel(/^(?:person|people|account)$/i.test(words) ? 'user' : words))
  if (things.length < 2 || things.some((one) => one === undefined) || draft.findModel(noun)) return undefined
  const model = addBetween(draft, toName([noun.replace(/s$/, '')]), things as Found[])
  const fields = model ? things.map((one) => draft.refFrom(model, one!)) : []
  return model && fields.every((field) => field !== undefined) ? { model, per: fields as string[] } : undefined
}

/** The conditions under which a row is active, open, paid; undefined where the model does not say. */
const inState = (draft: BehaviourDraft, model: Found, state: string): string[] | undefined => {
  for (const [name, field] of Object.entries(model.model.fields)) {
    const value = field.values?.find((one) => one.toLowerCase() === state)
    if (value) return [`this.${name} == '${value}'`]
    if (field.type === 'bool' && (name === state || name === `is_${state}`)) return [`this.${name}`]
  }
  const going = ongoing(model)
  if (going.length > 0 && /^(?:active|open|running|current|ongoing|unreturned|pending|valid|live)$/.test(state))
    return going
  if (!/^(?:active|current|valid|live|open)$/.test(state)) return undefined
  draft.ensureField(model, 'active', { type: 'bool', default: true })
  return ['this.active']
}

const applyValue = (draft: BehaviourDraft, said: Groups): Outcome => {
  const owner = said.owner && !/\b(?:and|of)\b/.test(said.field!) ? draft.findModel(said.owner) : undefined
  if (said.owner && (!owner || draft.changing || draft.findField(owner, `${said.owner} ${said.field}`)))
    return { unresolved: `Nothing here is ${withArticle(said.owner)} with a ${said.field}.` }
  const named = owner ?? (said.things ? draft.findModel(said.things) : undefined)
  const within = said.thing ? draft.findModel(said.thing) : undefined
  const model =
    named ??
    draft
      .models()
      .find(
        (one) =>
          within &&
          one.name !== within.name &&
          draft.refFrom(one, within) !== undefined &&
          hasField(draft, one, said.field!),
      ) ??
    draft
      .models()
      .find((one) => hasField(draft, one, said.field!) && (!said.thing || hasField(draft, one, said.thing))) ??
    ownerOf(draft, said)
  const field = model ? fieldIn2(draft, model, said.field!) : undefined
  if (!model || !field) return { unresolved: `Nothing here has ${withArticle(said.field!)}.` }
  const other = said.thing ? fieldFor(draft, model, said.thing) : undefined
  if (said.thing && !other) return { unresolved: `${sentence(withArticle(model.words))} has no ${said.thing}.` }
  return unique(draft, model, [...(other ? [other] : []), field], [])
}

/** "seat numbers are unique per hall": the number of seats. */
const fieldIn2 = (draft: BehaviourDraft, model: Found, words: string): string | undefined => {
  const plain = words.toLowerCase().replace(new RegExp(`^(?:${model.words}s? )`), '')
  return (
    draft.findField(model, words) ?? draft.findField(model, plain) ?? draft.findField(model, `${model.words} ${words}`)
  )
}

const hasField = (draft: BehaviourDraft, model: Found, words: string): boolean =>
  fieldIn2(draft, model, words) !== undefined

const ownerOf = (draft: BehaviourDraft, said: Groups): Found | undefined => {
  const named = said.things ? draft.findModel(said.things) : undefined
  if (named) return hasField(draft, named, said.field!) ? named : undefined
  const first = draft.findModel(said.field!.split(' ')[0]!)
  return first && hasField(draft, first, said.field!) ? first : draft.it()
}

/** Makes values one of a kind among the rows of a model, or among those that fulfil conditions. */
export const unique = (
  draft: BehaviourDraft,
  model: Found,
  fields: readonly string[],
  conditions: readonly string[],
  state?: string,
): Outcome => {
  const names = [...new Set(bothOf(model, fields))]
  const told = names.map((name) => (name === 'owner_id' ? 'person' : wordsOf(name)))
  const message =
    names.length > 1 || conditions.length > 0 || model.model.fields[names[0]!]?.type.startsWith('ref(')
      ? `There is at most one ${state ? `${state.toLowerCase()} ` : ''}${model.words} per ${told.join(' and ')}.`
      : `No two ${model.words} entries have the same ${told[0]}.`
  if (!draft.changing) for (const name of names) delete model.model.fields[name]!.optional
  for (const name of names)
    if (model.model.fields[name]?.onDelete === 'set-null' && !model.model.fields[name]!.optional)
      model.model.fields[name]!.onDelete = 'restrict'
  if (
    conditions.length === 0 &&
    model.model.unique?.some((group) => group.length === names.length && group.every((name) => names.includes(name)))
  )
    return { understood: [message] }
  addRule(model, {
    name: `one_per_${toName(told)}`,
    message,
    unique: names as [string, ...string[]],
    ...where(conditions),
  })
  return { understood: [message] }
}

/** "One review per member" of reviews by members about members: of each by each. */
const bothOf = ({ key, api, model }: Found, fields: readonly string[]): readonly string[] =>
  fields.length === 1 &&
  api.owner &&
  fields[0] !== api.owner &&
  model.fields[fields[0]!]?.type === model.fields[api.owner]?.type &&
  Object.hasOwn(fieldsOf, key.slice(key.lastIndexOf('_') + 1))
    ? [api.owner, ...fields]
    : fields
