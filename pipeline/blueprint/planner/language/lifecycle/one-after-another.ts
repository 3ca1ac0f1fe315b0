import { saidVerb } from '../../behaviour/states/verbs.ts'
import { isPlural, participleOf, singular } from '../words.ts'
import { stateName } from './state-names.ts'
import { arePeople, article, isPerson, many, sentenceOf, subjectOf, thingBefore, thingWords } from './things.ts'
import type { Told } from './told.ts'

const later =
  '(?:then|after that|after this|afterwards?|later(?: on)?|next|finally|lastly|eventually|(?:at|in) the (?:very )?end|at last|once that is done)'
const joints = new RegExp(
  `(?:,? (?:and |but )?${later}\\b,? |, (?:and )?(?=(?:it|they|we|somebody|someone|the [\\p{L}-]+) [\\p{L}]+))`,
  'iu',
)
const sequel = new RegExp(`\\b${later}\\b`, 'i')

const begins = [
  new RegExp(
    `^${article}${thingWords} (?:always |usually )?(?:starts?|begins?)(?: out| off| (?:its|their) life)? (?:as |in |with |at |being )?(?:state |status )?(?<state>[^,]+)$`,
    'iu',
  ),
  new RegExp(`^${article}${thingWords} (?:is|are|gets?) (?<state>[^,]+?)(?: at)? first$`, 'iu'),
  new RegExp(`^(?:at )?first,? (?:${article}${thingWords}|it|they) (?:is|are|gets?) (?<state>[^,]+)$`, 'iu'),
  new RegExp(`^${article}${thingWords} (?:is|are) first (?<state>[^,]+)$`, 'iu'),
  new RegExp(
    `^${article}${thingWords} first (?:is|are|gets?|stays?|goes|comes|waits)(?: in| into| to)? (?<state>[^,]+)$`,
    'iu',
  ),
  new RegExp(`^${article}${thingWords} (?<comes>comes? in|arrives?)$`, 'iu'),
]
const becomes =
  /^(?:(?:it|they|this|that|the [\p{L}-]+) )?(?:is|are|gets?|stays?|becomes?|turns? (?:in)?to|moves? (?:on )?(?:to|into)|goes? (?:on )?(?:to|into)|ends?(?: up)? (?:as|in|being)|counts? as|changes? (?:in)?to|has been|have been|comes? to)(?: (?:marked|set|put)(?: as| to| on)?)? (?<state>.+)$/iu
const weMake =
  /^(?:we|i|you|somebody|someone) (?:send|make|write|prepare|give|issue|get|hold|do|have)(?: out| them| him| her)* (?:an? |the |our )(?<state>[\p{L}-]+)$/iu
const acts =
  /^(?<who>we|i|you|somebody|someone|(?:an? |the |our )?[\p{L}-]+(?: [\p{L}-]+)?) (?<verb>[\p{L}]+) (?:it|them)(?: (?<up>off|up|out|in|over|back))?$/iu

/** Weddings that start as inquiries start as an inquiry each. */
const oneOf = (state: string): string => (/^[\p{L}-]+s$/u.test(state) && isPlural(state) ? singular(state) : state)

/** "We order the book", "it arrives". */
const weDo =
  /^(?:we|somebody|someone) (?!send|make|write|prepare|give|issue|get|hold|do|have)(?<verb>[\p{L}]+?) (?:the|this|that) [\p{L}-]+$/iu
const alone = /^(?:it|they) (?<verb>[\p{L}]+s|arrive|expire|end)$/iu

type Part = { state: string; who?: string; verb?: string }

/** Returns the state that a clause of a story ends in, and who brings it there where that is said. */
const partOf = (clause: string): Part | undefined => {
  const text = clause.trim()
  const named = (becomes.exec(text) ?? weMake.exec(text))?.groups?.state ?? text
  const ours = weDo.exec(text)?.groups
  if (ours) return { state: participleOf(saidVerb(ours.verb!)) }
  const itself = alone.exec(text)?.groups
  if (itself && !/^(?:is|has|was|gets|becomes|goes|does)$/i.test(itself.verb!))
    return { state: participleOf(saidVerb(itself.verb!)) }
  const acted = acts.exec(text)?.groups
  if (acted) {
    const verb = [saidVerb(acted.verb!), acted.up].filter(Boolean).join(' ')
    const us = /^(?:we|i|you|somebody|someone)$/i.test(acted.who!)
    if (!us && !arePeople(acted.who!)) return undefined
    return { state: participleOf(verb), ...(us ? {} : { who: acted.who!, verb }) }
  }
  const state = stateName(named)
  return state === undefined ? undefined : { state }
}

/** "A wedding starts as an inquiry, then we send an offer, then it is confirmed, and at the end it is done". */
export const oneAfterAnother: Told = (text, before) => {
  if (!sequel.test(text)) return undefined
  const [head = '', ...rest] = text.split(joints)
  const found = begins.map((pattern) => pattern.exec(head.trim())?.groups).find(Boolean)
  const thing = found && (found.thing ?? thingBefore(before))
  const firsts = found?.comes
    ? ['received']
    : (found?.state ?? '').split(/ and (?:then )?(?:becomes?|gets?|is|are) /i).map(stateName)
  const parts = rest.map(partOf)
  if (!thing || isPerson(thing) || parts.length === 0) return undefined
  if (firsts.some((one) => one === undefined) || parts.some((one) => one === undefined)) return undefined
  const told = parts as Part[]
  const names = [...new Set([...(firsts as string[]), ...told.map(({ state }) => state)])].map(oneOf)
  return names.length < 2
    ? undefined
    : [
        `${sentenceOf(thing)} goes ${names.join(', ')}`,
        ...told.flatMap(({ who, verb }) => (who ? [`${subjectOf(who)} can ${verb} ${many(thing)}`] : [])),
      ]
}
