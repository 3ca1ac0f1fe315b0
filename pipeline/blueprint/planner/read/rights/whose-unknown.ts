import { asksWhoComes } from '../../language/who-comes.ts'
import { nounOf } from '../noun.ts'
import { roleOf } from '../people.ts'
import type { Reader } from '../reader.ts'

const ofChildren =
  /^(?:the |all )?(?<who>[\p{L}-]+s) (?:can |may )?(?:only )?(?:see|view|read)s? (?:only )?(?:the |all |all the )?(?<what>[\p{L}-]+(?: [\p{L}-]+)?) of their (?:own )?(?:children|child|kids?|sons?|daughters?)$/iu

const whoDoes =
  /^(?:the |all )?[\p{L}-]+ (?:can |may )?(?:sees?|views?|knows?) who (?!can\b|may\b|they\b|is\b|has\b|are\b|was\b)[\p{Ll}]+s(?: (?:where|what|when|which|how)\b.*)?$/iu

/**
 * "Parents see the loans of their children", "everybody sees who comes": whose rows these are is nothing that is stored. It
 * is named, and nobody gets to see all of them for it.
 */
export const readWhoseUnknown = (text: string, reader: Reader): boolean => {
  const { who = '', what = '' } = ofChildren.exec(text)?.groups ?? {}
  const role = who ? roleOf(who) : undefined
  const noun = what ? nounOf(what) : undefined
  if (role && noun)
    reader.facts.push({
      kind: 'access',
      who: [role],
      only: false,
      not: true,
      ops: ['list', 'read'],
      object: what,
      noun,
      scope: 'all',
    })
  else if (!asksWhoComes(text) && !whoDoes.test(text)) return false
  reader.facts.push({ kind: 'unread', text })
  return true
}
