import { toName } from '../../language/words.ts'
import type { Sequence } from './spec.ts'
import { articles, withPlainSubject } from './subject.ts'
import { consents, refusals } from './verbs.ts'

const thing = `(?:(?:the )?(?:status|state|stage|lifecycle|life cycle|workflow|flow|progress) of )?${articles('an?|the|each|every|all|our|any|one')}(?<thing>[\\p{L}][\\p{L}'-]*(?: [\\p{L}'-]+){0,2}?)(?:['’]s? (?:status|state|stage|lifecycle|workflow))?`
const often = '(?:(?:always|only|then|first|usually|normally|must|has to|have to|should|can|will|shall|may) )*'
const motion =
  '\\b(?:goes?|go|moves?|passes|pass|runs?|progress(?:es)?|proceeds?|travels?|walks?|advances?|flows?|steps?|develops?|evolves?|transitions?)'
const states =
  '(?:(?:the |these |following )*(?:states?|steps?|stages?|phases?|statuses|status values?)(?: of)?\\s*:?\\s*)?'
const rest = '(?<list>.+)'

const patterns: readonly RegExp[] = [
  `^${thing} ${often}${motion}(?: step by step)?(?: only)?(?: (?:through|from|via|along|over|in)\\b)? ?${states}${rest}$`,
  `^${thing} (?:ha(?:s|ve)|with|gets?) (?:an? )?(?:status|state|stage|workflow|lifecycle)(?: field| value)? (?:that|which) ${often}${motion}(?: (?:from|through|via)\\b)? ?${states}${rest}$`,
  `^${thing} (?:status |state )?(?:workflow|lifecycle|life cycle|status flow|state machine|status|states|flow|process)(?: is| are)?\\s*:?\\s*(?<arrows>[^:]*(?:->|→|=>).*)$`,
  `^(?:status|state|workflow|lifecycle|life cycle|flow)(?: of (?:an? |the |each |every )?(?<thing2>[\\p{L}'-]+(?: [\\p{L}'-]+){0,2}?))?(?: is| are)?\\s*:?\\s*(?<arrows2>[^:]*(?:->|→|=>).*)$`,
  `^${thing}(?: are| is)?\\s*:\\s*(?<arrows3>[\\p{L} -]+(?:->[\\p{L} -]+){2,})$`,
  `^${thing} (?:ha(?:s|ve) )?(?:an? )?(?:status|state|stage)s?(?: is| are| can be| has)?\\s*:?\\s*(?<ordered>.+?),? \\(?(?:in (?:this|that|exactly this) order|one after (?:the other|another)|step by step|in sequence|without skipping any(?: step)?|(?:and )?(?:no (?:step|state) (?:can|may) be skipped|steps? (?:cannot|can not|can't|must not|may not) be skipped))\\)?$`,
].map((source) => new RegExp(source, 'iu'))

/** "is first a, then b", "starts as a and becomes b": only where the words tell that one comes after the other. */
const told = new RegExp(
  `^${thing} (?:is|are|gets?|starts? (?:out )?(?:as|in|with)|begins? (?:as|in)|is (?:first )?created as|first (?:is|gets)|are first|is first) (?:first |initially |at first )?(?<list>.+)$`,
  'iu',
)
/** "is submitted, assessed, approved or rejected": it begins with what comes first and ends with a decision. */
const deciding = new RegExp(
  `^${thing} (?:is|are|gets?) (?<list>(?:first )?(?:submitted|filed|requested|reported|received|registered|placed|ordered|created|drafted|proposed|quoted|entered|posted|lodged|raised|applied for), [\\p{L} ,]+? or [\\p{L} ]+)$`,
  'iu',
)
/** "is received, diagnosed, repaired, picked up": what is done to it, beginning with what comes first. */
const done = new RegExp(
  `^${thing} (?:is|are|gets?) (?<list>(?:first )?(?:submitted|filed|requested|reported|received|registered|placed|ordered|drafted|proposed|quoted|lodged|raised|applied for)(?:,? (?:and )?(?:is )?[\\p{L}]+(?:ed|en|ent|aid|old|own|wn|ne|ght|ilt|et)(?: (?:up|out|off|back|in))?){2,})$`,
  'iu',
)
const sequel =
  /\b(?:then|afterwards?|after that|later|finally|next|in the end|eventually|and becomes?|and turns?)\b|->|→/i

/** Longer sentences are not read: these patterns try every way to cut them. */
const longest = 300
/** Words without which nothing goes from state to state. */
const moves = new RegExp(`->|→|=>|\\b${motion}\\b|\\border\\)?$|step by step|one after|skip|${sequel.source}`, 'i')

/** Reads how things go from state to state, or returns undefined. */
export const readSequence = (sentence: string): Sequence | undefined => {
  if (sentence.length > longest || !(moves.test(sentence) || /, .+ or |, .+(?:,| and) /i.test(sentence)))
    return undefined
  const said = withoutOrders(withPlainSubject(sentence))
  for (const pattern of patterns) {
    const groups = pattern.exec(said)?.groups
    if (!groups) continue
    const list = groups.list ?? groups.arrows ?? groups.arrows2 ?? groups.arrows3 ?? groups.ordered ?? ''
    const steps = stepsOf(list)
    if (steps) return { thing: (groups.thing ?? groups.thing2 ?? 'it').trim(), steps }
  }
  const ends = deciding.exec(said)?.groups
  const decided = ends ? stepsOf(ends.list!) : undefined
  if (ends && decided && decided.length > 2) return { thing: ends.thing!.trim(), steps: decided }
  const one = done.exec(said)?.groups
  const deeds = one ? stepsOf(one.list!) : undefined
  if (one && deeds && deeds.length > 2) return { thing: one.thing!.trim(), steps: deeds }
  const groups = told.exec(said)?.groups
  if (groups && sequel.test(groups.list!)) {
    const steps = stepsOf(groups.list!)
    if (steps) return { thing: groups.thing!.trim(), steps }
  }
  return undefined
}

const orders =
  /[,;]?\s*(?:and |but |it |they |which |that |no |the |steps? |states? |\()*(?:(?:must|may|can|could|should|do|does|cannot|can't|never) ?(?:not |never )?(?:be )?(?:skip(?:ped)?|jump(?:ed)?|leave out|left out|miss|go back|be reversed|move back)\b[^,;]*|(?:only |exactly |strictly |always )*in (?:this|that|exactly this|exactly that) order(?: only)?|(?:no|without) (?:skipping|jumping|step (?:can|may) be (?:skipped|left out)).*|(?:only |strictly |always )*step by step|(?:never|not) (?:the other way round|back(?:wards?)?)|(?:only |strictly |always )*one (?:step )?(?:after|at) (?:the other|another|a time)|nothing else)\)?$/i

/** A sentence without what only says that no step is left out. */
const withoutOrders = (sentence: string): string => {
  const text = sentence.trim()
  if (
    / \(?(?:in (?:this|that) order|step by step)/i.test(text) &&
    !new RegExp(`\\b${motion}\\b`, 'i').test(text) &&
    !sequel.test(text)
  )
    return text
  return text.replace(orders, '').trim()
}

const between =
  /\s*(?:->|→|=>|>)\s*|\s*,?\s*(?:and )?(?:then|afterwards?|after that|later|finally|next|in the end|at last|eventually|lastly)(?: (?:it|they|is|are|gets?|becomes?|to|goes to|be|on))*\s+|\s*[,;]\s*(?:and |to )?|\s+(?:to|through|into|becomes?|until|via|followed by|and becomes?|and turns?(?: into)?|turns? (?:into )?|before) (?:it is |they are |being |the )?|\s+and\s+/i
const lead =
  /^(?:(?:is|are|be|being(?! [a-z]+ed\b)|been|it|they|it's|from|to|as|a|an|the|either|first|initially|then|finally|gets?|becomes?|marked(?: as)?|set to|state|status|last|at the end|through|in(?! (?:progress|review|transit|work|production|preparation|use|stock|delivery|treatment|repair|service|storage|process)))\s+)+/i

/** Returns the steps of a list of states, each with its alternatives; undefined where these are not states. */
export const stepsOf = (list: string): string[][] | undefined => {
  const items = list
    .replace(/["“”'‘’()]/g, ' ')
    .split(between)
    .map((item) => (item ?? '').trim())
    .filter((item) => item !== '' && !/^(?:is|are|gets?|becomes?)$/i.test(item))
  const steps = items.map((item) =>
    item
      .split(/\s*(?:\bor\b|\/)\s*/i)
      .map((one) =>
        one
          .replace(lead, '')
          .replace(/\s+(?:first|again|state|status|by .+)$/i, '')
          .trim(),
      )
      .filter((one) => one !== ''),
  )
  const words = steps.flat()
  if (steps.length < 2 || words.length > 20) return undefined
  if (words.some((word) => !isState(word)) || words[0] === 'back') return undefined
  return decidedTogether(steps.map((step) => step.map((word) => toName(word.split(/[\s-]+/)))))
}

const isYes = (state: string): boolean => consents.test(state) || /^(?:passed|won)$/.test(state)
const isNo = (state: string): boolean => refusals.test(state) || /^(?:turned_down|failed|lost)$/.test(state)

/** "Submitted, accepted, rejected": what was accepted is not rejected afterwards, it is one or the other. */
const decidedTogether = (steps: readonly string[][]): string[][] => {
  const done: string[][] = []
  for (const step of steps) {
    const [before, ...more] = done.at(-1) ?? []
    const [word, ...others] = step
    const alone = done.length > 1 && before && word && more.length === 0 && others.length === 0
    if (alone && ((isYes(before) && isNo(word)) || (isNo(before) && isYes(word)))) done.at(-1)!.push(word)
    else done.push([...step])
  }
  return done
}

/** "Approved or turned down by the head": the steps to these are taken by them. */
export const takersIn = (sentence: string): { who: string; states: string[] }[] =>
  sentence.split(/\s*[,;]\s*(?:and )?(?:then )?|\s+(?:and then|then|and)\s+/i).flatMap((part) => {
    const found = /^(?<states>.+?) by (?<who>(?:(?:the|an?|one of the) )?[\p{L}-]+(?: [\p{L}-]+)?)$/iu.exec(
      part,
    )?.groups
    const states = (found?.states ?? '').split(/\s+or\s+/i).map((one) =>
      one
        .replace(/^.*\b(?:is|are|gets?|becomes?|to|then|be)\s+/i, '')
        .replace(lead, '')
        .trim(),
    )
    return found && states.every(isState)
      ? [{ who: found.who!, states: states.map((one) => toName(one.split(/[\s-]+/))) }]
      : []
  })

const noState =
  /\b(?:a|an|the|of|has|have|which|that|who|with|by|their|his|her|its|can|may|must|no|not|each|every|when|if|for|or|and)\b/i

/** Whether words can be the name of a state: one to three words, no clause. */
export const isState = (words: string): boolean =>
  /^[\p{L}][\p{L}-]*(?: [\p{L}-]+){0,2}$/u.test(words) &&
  !noState.test(words.replace(/^(?:on the way|(?:up|out|ready|waiting|open|due) for \w+)$/i, 'ready'))
