import { toName } from '../../language/words.ts'
import { baseVerb } from '../../lexicon/verbs.ts'
import { isPeople } from './doers.ts'
import type { Step } from './spec.ts'

const thing = "(?<thing>[\\p{L}'-]+(?: [\\p{L}'-]+)?)"
const it = '(?:it|they|the [\\p{L}-]+|(?:its|the) (?:status|state))'
const back = `(?:then |again )?(?:(?:goes|go|is|are|comes|moves?|gets?|falls?|is set|is put|is sent|changes|returns?|becomes?|jumps|switches) )(?:back )?(?:to |as |into )?(?:the (?:state|status) )?(?:be )?(?<back>[\\p{L}-]+(?: (?!again)[\\p{L}-]+)?)(?: again)?`
const again = /\b(?:back|again|returns?)\b|\breopen/i

const patterns = [
  // "if a tenant reopens a defect, it goes back to open"
  `^(?:if|when|once|whenever|as soon as) (?:an?|the|any|its) (?<who>[\\p{L}-]+(?: [\\p{L}-]+)?) (?<verb>[\\p{L}-]+s) (?:an?|the|their|any|his|her) ${thing}(?: again)?,? ${it} ${back}$`,
  // "when a defect is reopened, it is open again", "a reopened defect is open again"
  `^(?:if|when|once|whenever|as soon as) (?:an?|the|any) ${thing} (?:is|was|gets) (?<done>reopened|reactivated|restarted|resubmitted|unpublished|resumed)(?: again)?(?: by (?:an?|the|its) (?<who>[\\p{L}-]+(?: [\\p{L}-]+)?))?,? ${it} ${back}$`,
  `^(?:an?|any|the|all) (?<done>reopened|reactivated|restarted|resumed) ${thing} ${back}$`,
].map((source) => new RegExp(source, 'iu'))

/** What somebody does brings a thing back to a state: "if a teacher returns an essay, it goes back to draft" is a step of theirs. */
export const readGoesBack = (sentence: string): Step | undefined => {
  const found = patterns.map((one) => one.exec(sentence.trim())?.groups).find(Boolean)
  if (!found || !again.test(sentence) || (found.who && !isPeople(found.who))) return undefined
  const verb = found.verb ? plainVerb(found.verb.toLowerCase()) : verbOf(found.done!.toLowerCase())
  return {
    thing: found.thing!,
    verb,
    back: toName(
      found
        .back!.trim()
        .toLowerCase()
        .split(/[\s-]+/),
    ),
    from: verb === 'reopen' ? 'anywhere' : { not: [] },
    ...(found.who ? { who: found.who } : {}),
  }
}

const plainVerb = (said: string): string => {
  const base = baseVerb(said)
  return base === said ? said.replace(/(?<=ss|sh|ch|x)es$|(?<!s)s$/, '') : base
}

const verbOf = (done: string): string =>
  done
    .replace(/^(reopen|restart|unpublish)ed$/, '$1')
    .replace(/tted$/, 't')
    .replace(/ed$/, 'e')
