import { sentence } from '../words.ts'
import { article, many, sentenceOf, thingBefore, thingWords } from './things.ts'
import type { Told } from './told.ts'

const whom = '(?<whom>the public|everyone|everybody|anyone|anybody|all|others|other people|(?:all |the )?[\\p{L}-]+s)'
const seen = `(?:(?:are|is|become|becomes) (?:only )?(?:(?:publicly )?visible(?: (?:to|for) ${whom})?|public|(?:shown|open) to ${whom.replace('whom', 'others')}))`
const done = '(?<done>published|approved|released|confirmed|accepted|final)'
const once = new RegExp(
  `^(?:${article}${thingWords}|(?<it>they|it))(?<has> (?:has|have) .+?,? and)? ${seen} (?:only )?(?:once|when|as soon as|after|if) (?:(?:they|it) (?:is|are|has been|have been|was|were) )?${done}$`,
  'iu',
)

const whose = /^(?:the public|everyone|everybody|anyone|anybody|all)$/i

/** "Openings have a title, and are visible to the public once they are published". */
export const seenOnceDone: Told = (text, before, all) => {
  const found = once.exec(text)?.groups
  const thing = found && (found.thing ?? thingBefore(before))
  if (!found || !thing) return undefined
  const state = found.done!.toLowerCase()
  const people = found.whom ?? found.others ?? 'everyone'
  const told = new RegExp(`\\b(?:states?|status|goes?|moves?|starts?)\\b[^.]*\\b${state}\\b`, 'i').test(
    all.replace(text, ''),
  )
  return [
    ...(found.has ? [`${sentenceOf(thing)}${found.has.replace(/,? and$/i, '').replace(/^ have /i, ' has ')}`] : []),
    ...(told ? [] : [`${sentenceOf(thing)} goes draft, ${state}`]),
    `${state.replace(/^./, (first) => first.toUpperCase())} ${many(thing)} are visible to ${whose.test(people) ? 'everyone' : people}`,
  ]
}

const draftly = new RegExp(
  `^${article}${thingWords} (?:(?:is|are) (?:always |only |first )?(?:an? )?drafts? (?:at first|first|initially|in the beginning|until (?:it is|they are) ${done})|(?:starts?|begins?)(?: out| off)? as (?:an? )?drafts?(?: until (?:it is|they are) ${done.replace('done', 'end')})?)$`,
  'iu',
)

/** "Issues are drafts until they are published", "a post starts as a draft". */
export const draftAtFirst: Told = (text, _before, all) => {
  const found = draftly.exec(text)?.groups
  if (!found) return undefined
  const state = (found.done ?? found.end ?? 'published').toLowerCase()
  const told = /\b(?:status|states?) (?:is|are|of|can be|\()|\bgo(?:es)? (?:from )?draft\b/i.test(all)
  return told ? undefined : [`${sentenceOf(found.thing!)} goes draft, ${state}`]
}

const hiddenDrafts = [
  /^(?:the )?(?:drafts|unpublished (?<named>[\p{L}]+s)|(?<not>[\p{L}]+s) that (?:are not|aren't|have not been) published(?: yet)?|draft (?<draft>[\p{L}]+s)) (?:are|can be|may be) (?:only )?(?:visible|shown|accessible|open|seen)(?: only)? (?:to|for|by) (?:only )?(?:the |their |its )?(?<who>[\p{L}-]+)$/iu,
  /^only (?:the |their )?(?<who>[\p{L}-]+) (?:(?:can|may) )?(?:see|view|read)s? (?:the )?(?:drafts|unpublished (?<named>[\p{L}]+s)|draft (?<draft>[\p{L}]+s)|(?<not>[\p{L}]+s) that (?:are not|aren't) published(?: yet)?)$/iu,
]
const publishers =
  /\b(?<who>[\p{L}-]+s) (?:can |may )?(?:[\p{L}]+ and )?publish (?:the |their )?(?<things>[\p{L}]+s)\b/iu

/** "Organisers publish talks; drafts are only visible to organisers": what is published is for whoever may see such things. */
export const draftsHidden: Told = (text, _before, all) => {
  const found = hiddenDrafts.map((one) => one.exec(text)?.groups).find(Boolean)
  const things = found?.named ?? found?.not ?? found?.draft ?? (found && publishers.exec(all)?.groups?.things)
  // Of those who made them others know.
  if (!found || !things || /^(?:authors?|owners?|creators?|writers?|makers?|them|themselves)$/i.test(found.who!))
    return undefined
  const rest = all.replace(text, '')
  const told = /\b(?:status|states?) (?:is|are|of|can be|\()|\bgo(?:es)? (?:from )?draft\b|\bdrafts? until\b/i.test(
    rest,
  )
  const readers = new RegExp(
    `\\b(?<readers>[\\p{L}-]+s|everyone|everybody|anyone) (?:(?:can|may) )?(?:only )?(?:see|read|view|browse)s? (?:only )?(?:the |all |published )*${things}\\b`,
    'iu',
  ).exec(rest)?.groups?.readers
  const writers = publishers.exec(all)?.groups?.who
  const written = new RegExp(
    `\\b(?:write|add|create|submit|manage|make|enter|prepare)s? (?:the |an? |new |their )*${things}\\b`,
    'iu',
  )
  return [
    ...(told ? [] : [`${sentenceOf(things)} goes draft, published`]),
    ...(writers && !written.test(all) ? [`${sentence(writers)} can add and change ${many(things)}`] : []),
    `${readers && readers.toLowerCase() !== found.who!.toLowerCase() ? sentence(readers) : 'Users'} see only published ${many(things)}`,
  ]
}

const seesPublished =
  /^(?:anyone|anybody|everyone|everybody|all|visitors|guests|the public|readers|[\p{L}]+s) (?:(?:can|may|should) )?(?:only )?(?:see|read|view|browse|list)s? (?:only )?(?:the |all )?published (?<things>[\p{L}]+s)(?<open> without (?:signing in|logging in|an account|a login))?$/iu

/** "Anyone can read published notes", where nothing else says that they are published, or when. */
export const publishedOnes: Told = (text, _before, all) => {
  const { things, open } = seesPublished.exec(text)?.groups ?? {}
  if (
    !things ||
    /\b(?:drafts?|publish(?:es|ing)?|publication|status|states?|published (?!\w+$))\b|\b(?:is|are|be|been|whether|until|once|and|or|,) published\b/i.test(
      // Who publishes them says no more than that it is done.
      all
        .replace(text, '')
        .replace(publishers, '')
        .replace(/\b(?:until|till|before) (?:they|it) (?:are|is) published\b/gi, ''),
    )
  )
    return undefined
  // In a running system it is there, or is said.
  return all.trim() === text
    ? undefined
    : [`${sentenceOf(things)} goes draft, published`, open ? `Anyone can see published ${many(things)}` : text]
}

const approves = new RegExp(
  `^(?:(?<head>[^,]{8,120}),? (?:and |but )?(?=(?:the|an?) ))?(?<who>(?:the |an? )?[\\p{L}-]+(?: [\\p{L}-]+)?) (?:have to|has to|must|need to|needs to|should) (?<verb>approve|confirm|check|review|accept|release|sign) ${article}${thingWords},? before (?:it|they) (?:(?:is|are|can be|gets?|goes?) )?(?<then>published|public|sent|sent out|shipped|paid|printed|live|started)$`,
  'iu',
)
const participles: Readonly<Record<string, string>> = {
  approve: 'approved',
  confirm: 'confirmed',
  check: 'checked',
  review: 'reviewed',
  accept: 'accepted',
  release: 'released',
  sign: 'signed',
}

/** "Department heads have to approve an opening before it is published". */
export const approvedBefore: Told = (text, _before, all) => {
  const found = approves.exec(text)?.groups
  if (!found) return undefined
  const then = found.then!.toLowerCase().replace(/^(?:public|live)$/, 'published')
  const done = participles[found.verb!.toLowerCase()]!
  const alone = all.trim() === text
  return [
    ...(found.head ? [found.head] : []),
    // A running system has states, or is told of them.
    ...(alone || then !== 'published' ? [] : [`${sentenceOf(found.thing!)} goes draft, ${done}, ${then}`]),
    `${sentenceOf(found.thing!)} can only be ${then} once it is ${done}`,
    `Only ${found
      .who!.replace(/^an? /i, 'the ')
      .replace(/^The /, 'the ')
      .replace(/^[A-Z](?=[a-z])/, (first) =>
        first.toLowerCase(),
      )} can ${found.verb!.toLowerCase()} ${many(found.thing!)}`,
  ]
}
