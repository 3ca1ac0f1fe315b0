import { toName } from '../../language/words.ts'
import { meansMaker } from '../makers.ts'
import { isPeople, withoutLead } from './doers.ts'
import { readGoesBack } from './goes-back.ts'
import { isState } from './read-sequence.ts'
import type { Lock, Step } from './spec.ts'
import { articles, withPlainSubject } from './subject.ts'

const thing = `${articles('an?|the|each|every|all|our|any|such')}(?<thing>[\\p{L}][\\p{L}'-]*(?: [\\p{L}'-]+){0,2}?)`
const state = '(?<state>[\\p{L}-]+(?: [\\p{L}-]+){0,2}?)'
const done = '(?<done>[\\p{L}-]+(?: (?:in|out|up|off|over|back|away|as [\\p{L}-]+))?)'
const can = '(?:can|may|must|should|could|are allowed to|is allowed to)'
const cannot =
  "(?:cannot|can ?not|can't|can never|may not|must not|mustn't|should not|can no longer|may no longer|must no longer|can never again)"
const isNow = '(?:it is|they are|it has been|they have been|it was|they were|it gets|they get|it|they|being)'

const only: readonly RegExp[] = [
  // only paid orders can be shipped
  `^only ${state} ${thing} ${can} (?:ever )?be ${done}$`,
  `^${thing} ${can} only be ${done} (?:once|when|if|after|as soon as|while|as long as) (?:${isNow} )?(?:already |have |has |been |fully |first )*${state}$`,
  `^${thing} ${cannot} be ${done} (?:before|until|unless|without) (?:${isNow} )?(?:already |have |has |been |fully |first )*${state}$`,
  `^${thing} (?:must|has to|have to|needs? to) be ${state} before (?:it|they) (?:can|may|is|are|gets?|get)(?: be)? ${done}$`,
  `^(?:before|until) ${thing} (?:is|are|has been|have been) ${state},? (?:it|they) ${cannot} be ${done}$`,
].map((source) => new RegExp(source, 'iu'))

const before: readonly RegExp[] = [
  // orders can be cancelled any time before shipping
  `^${thing} ${can}(?: still)? be ${done}(?: (?:at )?any ?time| always| freely)? (?:before|until|up to|as long as ${isNow} not(?: yet)?|while ${isNow} not(?: yet)?|if ${isNow} not(?: yet)?|unless|so long as ${isNow} not(?: yet)?) (?:the )?(?:${isNow} )?(?:already |been )*${state}$`,
  `^(?<who>[\\p{L}-]+(?: [\\p{L}-]+)?) ${can}(?: still)? (?<verb>cancel|withdraw|void|reject|decline|retract|revoke) (?:their (?:own )?|an? |the |it |any )?(?<thing>[\\p{L}'-]+(?: [\\p{L}'-]+){0,1}?)?(?: (?:at )?any ?time)? ?(?:before|until|as long as ${isNow} not(?: yet)?|unless|while ${isNow} not(?: yet)?) (?:the )?(?:${isNow} )?(?:already |been )*${state}$`,
].map((source) => new RegExp(source, 'iu'))

const whileIn = new RegExp(
  `^${thing} ${can}(?: only)? be ${done} (?:while|as long as|only while|only when|only if|when|if) (?:${isNow} )?(?:either |still )?(?<states>[\\p{L}-]+(?: [\\p{L}-]+)??(?:(?:, | or |, or )[\\p{L}-]+(?: [\\p{L}-]+)??)*)$`,
  'iu',
)
/** "The person who reported it can withdraw it while it is open": who, the step, and from where. */
const byWhile = new RegExp(
  `^(?:only )?(?<who>(?:(?:an?|the|any) )*[\\p{L}-]+(?: [\\p{L}-]+){0,4}?) (?:can|may)(?: still| only)? (?<verb>cancel|withdraw|void|reject|decline|retract|revoke|reopen|archive|close|return) (?:their (?:own )?|an? |the |any )?(?<thing>[\\p{L}'-]+) (?:only )?(?:while|as long as|only when|only if|if|when|once|after|as soon as) ${isNow}(?: still| already)? ${state}$`,
  'iu',
)
const anywhere = new RegExp(
  `^${thing} ${can} be (?<done>cancell?ed|rejected|voided|withdrawn|put on hold|archived|suspended|escalated|reopened|aborted)(?: (?:at )?(?:any ?time|any point|any state|all times)| always)?$`,
  'iu',
)
/** "A room can be set back to dirty": from wherever it is. */
const setBack = new RegExp(`^${thing} ${can} be set back to (?<back>[\\p{L}-]+(?: [\\p{L}-]+){0,2})$`, 'iu')
const isIn = '(?<state>[\\p{L}]+(?:ed|wn|ld|id|ost|one|pt|osen)|sent|lent|open|draft|final|ready)'
const back = new RegExp(
  `^(?:(?:(?:an?|the|any) )?${isIn} )?${thing} ${can} (?:also )?be (?<verb>reopened|resubmitted|restarted|resumed|reactivated|restored|unpublished|unlocked|revived)(?: again)?(?:,? (?:and|which|then)?(?: it| they)? ?(?:goes?|go|is|are|moves?|puts? (?:it|them))? ?(?:back )?(?:to|into|as) (?:the (?:state|status) )?(?<back>[\\p{L}-]+(?: [\\p{L}-]+)?)(?: again)?)?$`,
  'iu',
)

/** These lead back to where it was before, and are no states of their own. */
const isBack = /^(?:reopened|resubmitted|restarted|resumed|reactivated|restored|unpublished|unlocked|revived)$/i
const backVerb = (done: string): string =>
  done
    .toLowerCase()
    .replace(/^(reopen|restart|unlock)ed$/, '$1')
    .replace(/tted$/, 't')
    .replace(/ed$/, 'e')
    .replace(/^unpublishe$/, 'unpublish')

const nameOf = (words: string): string => toName(words.trim().split(/[\s-]+/))

/** Longer sentences are not read: these patterns try every way to cut them. */
const longest = 200
const modal = /\b(?:can|may|must|should|could|cannot|can't|allowed to|has to|have to|needs? to)\b/i

/** Reads a step that comes beside or within a sequence, or what a step needs. */
export const readStep = (sentence: string): Step | undefined => {
  if (sentence.length > longest) return undefined
  const goesBack = readGoesBack(sentence)
  if (goesBack || !modal.test(sentence)) return goesBack
  const said = withPlainSubject(sentence)
  for (const pattern of only) {
    const groups = pattern.exec(said)?.groups
    if (groups && isWord(groups.state!) && isPassive(groups.done!))
      return { thing: groups.thing!, to: nameOf(groups.done!), from: { only: [gerund(groups.state!)] } }
  }
  const inside = whileIn.exec(said)?.groups
  const within = (inside?.states ?? '').split(/,? or |, /i)
  if (inside && within.every(isWord) && isPassive(inside.done!) && !isEdit(inside.done!)) {
    const from = { only: within.map(gerund) }
    return isBack.test(inside.done!)
      ? { thing: inside.thing!, verb: backVerb(inside.done!), from }
      : { thing: inside.thing!, to: nameOf(inside.done!), from }
  }
  const theirs = byWhile.exec(said)?.groups
  if (
    theirs &&
    isWord(theirs.state!) &&
    !/^not\b/i.test(theirs.state!) &&
    (isPeople(theirs.who!) || meansMaker(withoutLead(theirs.who!)))
  )
    return {
      thing: theirs.thing!,
      ...(/^reopen$/i.test(theirs.verb!) ? { verb: 'reopen' } : { to: participle(theirs.verb!) }),
      from: { only: [gerund(theirs.state!)] },
      who: theirs.who!,
    }
  for (const pattern of before) {
    const groups = pattern.exec(said)?.groups
    if (!groups || !isWord(groups.state!)) continue
    if (groups.verb)
      return { thing: groups.thing ?? 'it', to: participle(groups.verb), from: { before: gerund(groups.state!) } }
    if (isPassive(groups.done!) && !isEdit(groups.done!))
      return { thing: groups.thing!, to: nameOf(groups.done!), from: { before: gerund(groups.state!) } }
  }
  const free = anywhere.exec(said)?.groups
  if (free && !/^reopened/i.test(free.done!)) return { thing: free.thing!, to: nameOf(free.done!), from: 'anywhere' }
  const undone = setBack.exec(said)?.groups
  if (undone && isWord(undone.back!)) return { thing: undone.thing!, to: nameOf(undone.back!), from: { not: [] } }
  const again = back.exec(said)?.groups
  if (again)
    return {
      thing: again.thing!,
      verb: backVerb(again.verb!),
      from: again.state && isWord(again.state) ? { only: [nameOf(again.state)] } : 'anywhere',
      ...(again.back ? { back: nameOf(again.back) } : {}),
    }
  return undefined
}

const locks: readonly RegExp[] = [
  `^(?:once|when|after|as soon as|if) (?:an? |the |it |they )?(?:(?<thing>[\\p{L}'-]+(?: [\\p{L}'-]+)?) )?(?:is |are |has been |have been )?(?<state>[\\p{L}-]+),? (?:it|they|(?:the |an? )?[\\p{L}'-]+(?: [\\p{L}'-]+)?) ${cannot} be (?<ops>(?:edited|changed|updated|modified|altered|deleted|removed)(?:(?:,| or| and)+ (?:edited|changed|updated|modified|altered|deleted|removed))*)(?: any ?more| anymore| again| by any(?:one|body)(?: at all)?| any longer)?$`,
  `^(?:an? |the |all )?(?<state>[\\p{L}-]+) ${thing} ${cannot} be (?<ops>(?:edited|changed|updated|modified|altered|deleted|removed)(?:(?:,| or| and)+ (?:edited|changed|updated|modified|altered|deleted|removed))*)(?: any ?more| anymore| again| by any(?:one|body)(?: at all)?| any longer)?$`,
  `^${thing} ${cannot} be (?<ops>(?:edited|changed|updated|modified|altered|deleted|removed)(?:(?:,| or| and)+ (?:edited|changed|updated|modified|altered|deleted|removed))*)(?: any ?more| anymore| again| by any(?:one|body))? (?:once|when|after|as soon as|if) (?:${isNow} )(?<state>[\\p{L}-]+)$`,
].map((source) => new RegExp(source, 'iu'))
const opens: readonly RegExp[] = [
  `^only (?<state>[\\p{L}-]+) ${thing} ${can} be (?<ops>(?:edited|changed|updated|modified|altered|deleted|removed)(?:(?:,| or| and)+ (?:edited|changed|updated|modified|altered|deleted|removed))*)$`,
  `^${thing} ${can} only be (?<ops>(?:edited|changed|updated|modified|altered|deleted|removed)(?:(?:,| or| and)+ (?:edited|changed|updated|modified|altered|deleted|removed))*) (?:while|as long as|when|if|until) ${isNow}(?: still)? (?<state>[\\p{L}-]+)$`,
].map((source) => new RegExp(source, 'iu'))

/** Reads in which states something cannot be changed or deleted any more. */
export const readLock = (sentence: string): Lock | undefined => {
  if (sentence.length > longest || !/\b(?:edit|chang|updat|modif|alter|delet|remov)/i.test(sentence)) return undefined
  for (const [patterns, isOnly] of [
    [locks, false],
    [opens, true],
  ] as const)
    for (const pattern of patterns) {
      const groups = pattern.exec(sentence.trim())?.groups
      if (!groups || !isWord(groups.state!)) continue
      const ops: Lock['ops'] = []
      if (/edited|changed|updated|modified|altered/i.test(groups.ops!)) ops.push('update')
      if (/deleted|removed/i.test(groups.ops!)) ops.push('delete')
      return { thing: groups.thing ?? 'it', ops, states: [nameOf(groups.state!)], only: isOnly }
    }
  return undefined
}

const isEdit = (word: string): boolean =>
  /^(?:edited|changed|updated|modified|altered|deleted|removed|seen|read|viewed|added|created|booked|made|used)$/i.test(
    word.trim(),
  )
const isPassive = (word: string): boolean => /(?:ed|en|wn|id|nt|ld|lt|de|pt|ut)\b/i.test(word) && !isEdit(word)
const isWord = (words: string): boolean =>
  isState(words.trim()) &&
  !/^(?:their|his|her|its|own|signed-in|logged-in|one|two|all|the|registered users?)$/i.test(words.trim())

/** "shipping" -> shipped, "payment" -> paid, "ships" -> shipped. */
const gerund = (words: string): string => {
  const name = nameOf(words)
  const known: { readonly [word: string]: string } = {
    shipping: 'shipped',
    shipment: 'shipped',
    ships: 'shipped',
    payment: 'paid',
    paying: 'paid',
    delivery: 'delivered',
    approval: 'approved',
    confirmation: 'confirmed',
    publication: 'published',
    publishing: 'published',
    printing: 'printed',
    start: 'started',
    starts: 'started',
    departure: 'departed',
    dispatch: 'dispatched',
  }
  return known[name] ?? (/[a-z]{3}ing$/.test(name) ? `${name.replace(/(.)\1ing$/, '$1ing').slice(0, -3)}ed` : name)
}

const participle = (verb: string): string =>
  /^cancel$/i.test(verb)
    ? 'cancelled'
    : /^withdraw$/i.test(verb)
      ? 'withdrawn'
      : /e$/i.test(verb)
        ? `${verb.toLowerCase()}d`
        : `${verb.toLowerCase()}ed`
