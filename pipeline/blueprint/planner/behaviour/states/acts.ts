import { baseVerb, operationsOf } from '../../lexicon/verbs.ts'
import type { Actors } from './spec.ts'
import { processVerbs, saidVerb } from './verbs.ts'

export const separators = /\s*,\s*(?:and |or |then )?|\s+(?:and then|and|or|then)\s+|\s*\/\s*/i
const particles = '(?:in|out|up|off|over|back|on|down)'
export const marking =
  /^(?:marks?|sets?|flags?|moves?|puts?|chang(?:e|es)|switch(?:es)?)\s+(?<object>.+?)\s+(?:as|to|into)\s+(?<state>[\p{L} -]+)$/iu
const acting = new RegExp(`^(?<verb>[\\p{L}-]+(?: ${particles})?)(?:\\s+(?<object>.+))?$`, 'iu')

const lending = /^(gives?|takes?|brings?|hands?|gets?|lends?) ((?:[\p{L}-]+ ){0,2}?[\p{L}-]+) (back|out)$/iu
const split = /^([\p{L}]+) ((?:[\p{L}-]+ ){0,2}?[\p{L}-]+) (over|up|in|off|down)$/iu
const lendingVerb = (verb: string, particle: string): string => plainStep(`${saidVerb(verb)}_${particle.toLowerCase()}`)

/** What is lent goes out and comes back by these steps, whatever people call them. */
const plainStep = (verb: string): string =>
  /^(?:take|give|bring|hand|get)_back$/.test(verb)
    ? 'return'
    : /^(?:hand|give|lend)_out$/.test(verb)
      ? 'hand_out'
      : verb

/** "approve and reject them, see all claims" -> the steps, the rest, and what they are done to; undefined where a part is no act. */
export const actsOf = (text: string): { acts: Actors['acts']; others: string[]; objects: string[] } | undefined => {
  const pieces = text
    .split(separators)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
  const acts: { verb: string; thing: string }[] = []
  const others: string[] = []
  const objects: string[] = []
  let waiting: string[] = []
  for (const piece of pieces) {
    const marked = marking.exec(piece)?.groups
    const groups = marked ?? acting.exec(piece)?.groups
    if (!groups) return undefined
    const verb = marked ? saidVerb(piece) : plainStep(saidVerb(groups.verb!))
    const single = saidVerb(groups.verb?.split(' ')[0] ?? '')
    const isStep = marked !== undefined || processVerbs.has(verb) || processVerbs.has(single)
    if (!isStep) {
      // "Hand them over": the verb goes on behind what it is done to.
      const apart = groups.object && split.exec(`${groups.verb} ${groups.object}`)
      const whole = apart ? `${saidVerb(apart[1]!)}_${apart[3]!.toLowerCase()}` : ''
      if (apart && processVerbs.has(whole)) {
        const thing = thingOf(apart[2]!)
        if (!thing) return undefined
        objects.push(apart[2]!)
        for (const one of [...waiting, whole]) acts.push({ verb: one, thing })
        waiting = []
        continue
      }
      // "Take tools back": never a thing called back.
      const handed = groups.object && lending.exec(`${groups.verb} ${groups.object}`)
      if (handed) {
        const thing = thingOf(handed[2]!)
        if (!thing) return undefined
        objects.push(handed[2]!)
        for (const one of [...waiting, lendingVerb(handed[1]!, handed[3]!)]) acts.push({ verb: one, thing })
        waiting = []
        continue
      }
      if (!operationsOf.has(baseVerb(groups.verb!.split(' ')[0]!.toLowerCase()))) return undefined
      others.push(piece)
      continue
    }
    const name = marked || processVerbs.has(verb) ? verb : single
    const object = marked || processVerbs.has(verb) ? groups.object : piece.slice(piece.indexOf(' ') + 1)
    if (!object || object === piece) {
      waiting.push(name)
      continue
    }
    const thing = thingOf(name === 'decide' ? object.replace(/^(?:on|about|over) /i, '') : object)
    if (!thing) return undefined
    objects.push(object)
    for (const one of [...waiting, name]) acts.push({ verb: one, thing })
    waiting = []
  }
  // "Managers approve and reject": on what was spoken of.
  for (const verb of waiting) acts.push({ verb, thing: acts[0]?.thing ?? 'it' })
  return acts.length > 0 ? { acts, others, objects } : undefined
}

/** The noun of an object: "their own jobs" -> jobs; undefined for what is no plain noun. */
const thingOf = (object: string): string | undefined => {
  // How often is said of no step.
  if (/\b(?:once|twice|thrice|times)$/i.test(object)) return undefined
  const words = object
    .replace(
      /\s+(?:assigned to (?:them|him|her)|of (?:others|other people|everyone|everybody|all customers)|again|themselves|later|afterwards|when .+|once .+|if .+|after .+|before .+|with .+|in time|(?:at )?any ?time|at any (?:point|time|moment|stage)|whenever (?:they|he|she) (?:want|like|wants|likes)(?: to)?)$/i,
      '',
    )
    .replace(
      /^(?:(?:all|any|every|each|the|an?|their|his|her|its|my|our|own|such|these|those|other people's|submitted|pending|open|new)\s+)+/i,
      '',
    )
    .trim()
  if (/^(?:up|in|out|on|off|over|back|to|for|with|by|at|from|of|about|into|as|when|if|it so)\b/i.test(words))
    return undefined
  return /^[\p{L}'-]+(?: [\p{L}'-]+){0,2}$/u.test(words) ? words : undefined
}

/** approved -> approve, signed off -> sign_off. */
export const baseOf = (participle: string): string => {
  const [head = '', ...rest] = participle.trim().toLowerCase().split(/\s+/)
  const candidates = [
    head.replace(/ied$/, 'y'),
    head.replace(/ed$/, ''),
    head.replace(/d$/, ''),
    head.replace(/(.)\1ed$/, '$1'),
    irregular[head] ?? head,
  ]
  const base = candidates.find((one) => processVerbs.has([one, ...rest].join('_'))) ?? head
  return [base, ...rest].join('_')
}

const irregular: { readonly [participle: string]: string } = {
  paid: 'pay',
  sent: 'send',
  sold: 'sell',
  taken: 'take',
  written: 'write',
  withdrawn: 'withdraw',
  upheld: 'uphold',
  held: 'hold',
}
