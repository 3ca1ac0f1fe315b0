import { readWho } from '../people.ts'
import { gerund, needsLogin, noLoginFor } from './login.ts'
import { isPassiveRight } from './passive.ts'
import { beginsActive } from './subjects.ts'
import { readEntry } from './table.ts'
import { plainWording } from './wordings.ts'

/** True for a line such as "Homework: students hand in ...", "editors: create and update articles" or "visitors: read only". */
export const isRightsTable = (text: string): boolean => {
  const titled = /^[^:(]{2,40}:\s+(.+)$/s.exec(text)
  if (titled && beginsActive(titled[1]!)) return true
  const found = /^([^:(]{2,30}):\s*([^:]{2,80})$/.exec(text)
  if (!found || !readWho(found[1]!)) return false
  return readEntry(text) !== undefined || isDeed(found[2]!)
}

/** "create and update articles", "can see all", "everything". */
export const isDeed = (text: string): boolean =>
  /^(?:(?:can|may)\s|(?:see|view|read|create|add|edit|update|change|delete|remove|manage|approve|write|publish|post|submit)s?\s(?!at\b|on\b|by\b|date\b)\S)/i.test(
    text,
  )

/** True for a whole clause that is a right and looks like something else: "deleting is for admins", "to post one must log in". */
export const isPlainRight = (text: string): boolean =>
  text.length < 300 &&
  mayBeRight.test(text) &&
  (/^(?:the |our )?lists? of .{2,40} (?:is|are|should be) (?:open|public|visible|private|readable)\b/i.test(text) ||
    isPassiveRight(text) ||
    described.test(text) ||
    gerund.test(text) ||
    needsLogin.test(text) ||
    noLoginFor.test(text) ||
    plainWording(text) !== text)

/** "courses with a name and a price are public". */
const described = /^[\p{L}-]+ with .{3,120} (?:is|are) (?:public|private|secret|confidential)$/iu

const mayBeRight = /\b(?:log|sign|account|registr|regist|login|be|only|is|are|needs?|requires?|one)\w*\b/i

/** True for a line of its own that says who may do what, among lines that name fields. */
export const isRight = (text: string): boolean =>
  text.length < 300 && (beginsActive(text) || isNotice(text) || isPlainRight(text) || isRightsTable(text))

/** True where a text begins with rights said in nouns, for the middle of a sentence. */
export const isNotice = (text: string): boolean =>
  /^(?:public(?:ly)? (?:to (?:read|view|see)|read|readable|visible)|open (?:to|for) (?:everyone|all|reading)|(?:no )?(?:log-?in|login|account|sign-?in|sign-?up|registration|auth(?:entication)?)s? (?:is |are )?(?:needed|required|necessary|for)|read(?:ing)?(?:-| )?(?:only|access)? (?:for|by|to) |write access|(?:staff|members?|admins?|team|users?|employees|internal use) only\b|private (?:to|for)|private by default|private$|only for |(?:visible|readable|editable|writable|viewable) (?:only )?(?:to|by|for) |(?:deleting|editing|writing|posting|changing|adding|creating|reading|deletion) (?:needs|requires|is |only|for))/i.test(
    text,
  )
