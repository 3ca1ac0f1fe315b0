import { isPersonNoun } from '../lexicon/people.ts'
import { baseVerb, isKnownVerb } from '../lexicon/verbs.ts'
import { set } from '../lexicon/word-set.ts'
import { doings, isNoKind, isOfSentence } from './sentence-words.ts'
import { singular } from './words.ts'

/** Words of a sentence between or before others; nothing is called by them. */
const ofSentence =
  /(?:^|_)(?:their|than|them|him|us|we)(?:_|$)|_(?:is|are|were|who)_|^(?:of|let|only|there|were|while|whom|because|then)_|^it_(?:to|by|is|was|has|starts|ends)(?:_|$)|^while$/
/** "How it was read", "the sound they train" are what people call something. */
const called = /(?:^|_)(?:it|they|we|what|how|where)_(?!to(?:_|$)|by(?:_|$)|starts|ends|write|note|enter)/

/** Verbs whose form with "s" is no noun that anything is called after. */
const finite = set(
  `accepts adds answers approves asks assigns borrows brings buys cancels chooses collects comes confirms creates decides
  declines delivers describes diagnoses edits enters examines explains finds gets gives goes grants inspects keeps lends
  makes moves opens packs pays picks prescribes publishes puts receives refuses rejects repairs returns says sells sends
  submits takes tells uploads visits wants writes`,
)
/** With these behind it, a name tells when: "opens at", "returns on". */
const moment = set('at on in from until by for')
/** "Visits per year", "returns in stock", "answers given": nouns after all. */
const nounAfterAll = set('answers visits returns grants repairs picks packs moves delivers')
/** What begins a deed and no name of a field. */
const deedFirst =
  /^(?:write|give|bring|choose|tell|ask|say|put|describe|enter|prescribe|diagnose|examine|decide|assign|send(?!_at|_on)|pay_(?:the_)?(?:fee|deposit|rent|bill|dues?)|leave_(?:note|review|comment|message)|make_(?:offer|estimate|choice))(?:_|$)/
/** "Euros per month", "cents per kilometre": how much something is, and not what. */
const amount = /^(?:euros?|dollars?|cents?|pounds?|francs?|percent)_(?:per|an?|each|for|of)(?:_|$)/
/** Deeds that nothing that is stored is called after. */
const alone =
  /^(?:ask|say|tell|keep|decide|choose|come|see|do|get|go|put|let|become|give|want|happen|bring|enter|write)$/
const many = /^(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+)_|^(?:most|least)_/
/** How things are, and not what they are: "overdue books". */
const state =
  /^(?:overdue|unpaid|open|pending|expired|upcoming|cancelled|declined|rejected|approved|accepted|unanswered|unfinished|popular|unpopular)_/

/** Whether a name says only how things are that have a name themselves: overdue books. */
export const isInState = (name: string): boolean => state.test(name)

/** "Order per child": one of something for each, which is a rule; a price or a number for each is what it costs. */
const oneForEach =
  /^(?!.*(?:price|fee|rent|rate|cost|charge|wage|salary|pay|amount|budget|tariff|deposit|tax|consumption|usage|limit|max|min|speed|average|count|dose|weight|volume|yield|size|level|power|score|s_per_))[a-z_]+_per_/
/** "Not paid by due", "one at". */
const torn = /^not_[a-z]+_|^(?:one|two|three)_(?:at|of|in|on|for|per|and|or|to|from)$|^(?:one|two|three)$/

/** "Status dirty (clean, inspected)": the first of its values. */
const stateAndValue = /^(?:status|state|stage)_(?!code|note|text|type|kind|name|of_|at_)[a-z]+$/

const isDeed = (words: readonly string[], at: number): boolean => {
  const word = words[at]!
  if (!finite.has(word) || at === words.length - 1 || moment.has(words[at + 1]!)) return false
  return !nounAfterAll.has(word) || (at > 0 && isPersonNoun(singular(words[at - 1]!)))
}

/** Somebody and what they do ("mechanic diagnoses bike"), or what somebody does ("quotes price"), of a name in snake_case. */
const holdsDeed = (words: readonly string[]): boolean =>
  words.some(
    (word, at) =>
      isDeed(words, at) ||
      (at > 0 &&
        at < words.length - 1 &&
        isPersonNoun(words[at - 1]!) &&
        word.endsWith('s') &&
        !moment.has(words[at + 1]!) &&
        isKnownVerb(baseVerb(word)) &&
        /^(?:checks?|reads|sees|reports|books|orders|quotes|rates|reviews|plans|bills|notes|marks|lists|offers|posts|records|rents|fixes|closes|handles)$/.test(
          word,
        )),
  ) || /^quotes_(?:an?_)?(?:price|amount)$/.test(words.join('_'))

/**
 * Whether what would be a field in snake_case is a piece of a sentence: it holds a deed, words that stand between others, or
 * only how much something is. Yes or no may well be called after a deed ("accepts dogs").
 */
export const isClauseField = (name: string, type = 'string'): boolean => {
  if (ofSentence.test(name) && !called.test(name)) return true
  if (isOfSentence(name) || torn.test(name)) return true
  if (oneForEach.test(name) && /^(?:string|text|date|bool|list)/.test(type)) return true
  if (type.startsWith('enum') && stateAndValue.test(name)) return true
  if (type === 'bool' || type.startsWith('enum')) return false
  return holdsDeed(name.split('_')) || deedFirst.test(name) || amount.test(name)
}

/**
 * Whether what would be a thing, in snake_case and the singular, is a piece of a sentence: somebody with a deed, a number, a
 * superlative; or only how things are that stand in `others` ("overdue books" where there are books).
 */
export const isClauseThing = (name: string, others: (noun: string) => boolean = () => true): boolean => {
  const words = name.split('_')
  if (words.length === 1) return alone.test(name)
  return (
    ofSentence.test(name) ||
    isOfSentence(name) ||
    isNoKind(name) ||
    many.test(name) ||
    holdsDeed([...words, '']) ||
    words.some((word, at) => at > 0 && doings.has(word) && isPersonNoun(words[at - 1]!) && at === words.length - 1) ||
    (state.test(name) && others(name.replace(state, '')))
  )
}
