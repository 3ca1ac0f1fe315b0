import { joinWords } from '../../../pipeline/blueprint/words.ts'
import { isLocal, type Platform } from '../../chat/adapter.ts'
import { oneLine } from '../../chat/plain.ts'

const examples = [
  'team: only approvers may approve',
  'team: two people must approve',
  'team: nobody may approve their own requests',
  'team: quiet hours 22:00 to 07:00 Europe/Berlin',
  'team: at most 5 systems may run',
]

/** Returns the answer to a sentence that speaks to the team like no rule. */
export const noRuleWords = (words: string): string =>
  [
    words.trim() === ''
      ? 'After “team:” comes a rule of the team, such as:'
      : `I know no such rule of the team: “${oneLine(words, 120)}”. Nothing was changed. Rules are said like this:`,
    ...examples.map((example) => `• ${example}`),
    '“roles” shows the rules that hold now.',
  ].join('\n')

/** Returns the answer to a sentence that gives something to people whom nobody here knows, and how they become known. */
export const strangerWords = (names: readonly string[], platform: Platform): string => {
  const shown = names.slice(0, 5).map((name) => oneLine(name, 60))
  const who = `I do not know ${joinWords(shown, 'or')} here${isLocal(platform) ? ' yet' : ''}. Nothing was done.`
  if (!isLocal(platform))
    return `${who} Mention people with @ and choose them from the list that opens, so that I know who is meant.`
  const name = /^[\p{L}\p{N}][\p{L}\p{N}.’-]*$/u.test(shown[0] ?? '') ? shown[0] : 'NAME'
  return `${who} Whoever writes here once is known. This prints an address that lets somebody into the web chat: npm run -s chat -- --invite ${name}`
}
