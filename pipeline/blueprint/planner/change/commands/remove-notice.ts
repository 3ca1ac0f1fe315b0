import { type Draft, note } from '../draft.ts'
import { noticesThere } from '../notices-there.ts'
import { type RuleThere, rulesThere } from '../rules-there.ts'
import { problem } from './command.ts'
import { bestOf, chosen } from './remove-rule.ts'

const notes = '(?:notifications?|messages?|e-?mails?|mails?|alerts?|reminders?|notices?|pings?|heads-ups?)'
const telling = '(?:telling|notifying|informing|alerting|messaging|e-?mailing|mailing|pinging|reminding)'
const tell = '(?:tell|notify|inform|alert|message|e-?mail|mail|ping|remind)'
const told = '(?:told|notified|informed|alerted|messaged|e-?mailed|pinged|reminded)'
const away =
  '(?:please )?(?:remove|delete|drop|get rid of|scrap|lose|take (?:away|out)|turn off|switch off|disable|stop|cancel|(?:we |i )?(?:do not|no longer) (?:need|want)|no more|no)'
const again = '(?: any ?more| any longer| from now on| please)*'

/** What can be meant by nothing else; where nothing fits, that is said. */
const sure: readonly RegExp[] = [
  `^(?:please )?(?:stop|quit|cease|end) (?:${telling}|sending (?:an? |any |the |out )*${notes} to) (?<said>.+?)${again}$`,
  `^${away} (?:sending )?(?:the |all |any |our |that |this |these |more )*${notes} (?:to|for|of|about|when|that|which|on|if|once|where) (?<said>.+?)${again}$`,
  `^${away} (?:the |all |any |our |that |this )*(?<said>[\\p{L}'-]+(?: [\\p{L}'-]+){0,3}?) ${notes}(?<more> (?:to|for|of|about|when|on|if|once) .+?)?${again}$`,
].map((text) => new RegExp(text, 'iu'))
/** These may say something else too: "never tell authors who reviewed". */
const likely: readonly RegExp[] = [
  `^(?:please )?(?:do not|never|no longer) ${tell} (?<said>.+?)${again}$`,
  `^(?<said>.+?) (?:is|are|need|needs|should|shall|must|does|do|will|has|have|want|wants)(?: (?:no longer|not|never|be|to|need|have|want|any longer))+ ${told}${again}(?<more> (?:when|once|if|about|of|on|as soon as) .+?)?${again}$`,
].map((text) => new RegExp(text, 'iu'))

const empty =
  /\b(?:when(?:ever)?|once|if|about|as soon as|told|tell|notif\w+|messages?|e-?mails?|alerts?|reminders?|anymore|more|longer|something|is|are|was|been|gets?|becomes?)\b/gi

const all = new RegExp(`^${away} (?:sending )?(?:the |all |any |our |of |these )*${notes}${again}$`, 'iu')
const ofSomething = /\b(?:when(?:ever)?|once|if|as soon as|about|any ?more|any longer|no longer)\b/i

/**
 * "Stop telling the front desk when a job is printed", "remove the notification when a job is printed": takes away that
 * somebody is told. Of several that fit equally it asks which. Returns false for other sentences.
 */
export const removeNotice = (sentence: string, draft: Draft): boolean => {
  const plain = sentence.trim().replace(/[.!]+$/, '')
  const notices = noticesThere(draft.architecture)
  const reminders = remindersIn(draft)
  const meant = /reminder/i.test(plain) && reminders.length > 0 ? reminders : [...notices, ...reminders]
  if (meant.length > 0 && all.test(plain)) {
    for (const notice of meant) takeAway(draft, notice)
    return true
  }
  const isSure = sure.some((pattern) => pattern.test(plain))
  if (!isSure && !ofSomething.test(plain)) return false
  const groups = [...sure, ...likely].map((pattern) => pattern.exec(plain)?.groups).find(Boolean)
  if (!groups) return false
  const said = `${groups.said}${groups.more ?? ''}`.trim()
  const wanted = said.replace(empty, ' ').trim()
  const fitting = wanted === '' ? [] : ofDeed(bestOf([...notices, ...reminders], wanted), said)
  const notice = fitting.length > 1 ? chosen(draft, fitting, 'Who shall no longer be told?') : fitting[0]
  if (notice) takeAway(draft, notice)
  if (notice || draft.questions.length > 0) return true
  if (!isSure) return false
  return problem(draft, {
    text: `Nobody is told of “${said}” in this system.`,
    help:
      notices.length > 0
        ? `This is told: ${notices.map(({ text }) => text).join(' ')}`
        : 'Nobody is told of anything yet.',
  })
}

const takeAway = (draft: Draft, { text, remove }: RuleThere): void => {
  remove()
  note(draft, `No longer so: ${text}`)
}

/** Of those that fit equally, those for which what happens was said: "printed" is not the print job itself. */
const ofDeed = (fitting: readonly RuleThere[], said: string): readonly RuleThere[] => {
  const words = new Set(said.toLowerCase().match(/[\p{L}]+/gu) ?? [])
  const exact = fitting.filter(
    (one) =>
      'deed' in one &&
      String(one.deed)
        .split(' ')
        .some((word) => words.has(word)),
  )
  return exact.length > 0 ? exact : fitting
}

/** What is told at a time rather than when something happens. */
const remindersIn = (draft: Draft): RuleThere[] =>
  rulesThere(draft.architecture).filter(
    ({ words }) => / timer$/.test(words) && /\b(?:told|tell|notif\w+|remind\w*)\b/i.test(words),
  )
