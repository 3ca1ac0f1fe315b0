import { durationPattern } from '../terms/durations.ts'
import { numberOf, numberPattern } from '../terms/numbers.ts'
import { takeWhen, type When } from './when.ts'

/** What a timer does to rows: one of the kinds below, with the rows in words. */
export type Deed =
  | { kind: 'set'; rows: string; to: string }
  | { kind: 'assign'; rows: string; field: string; value: string }
  | { kind: 'delete'; rows: string }
  /** `amount`: what each of them is of, where it is said. */
  | { kind: 'create'; what: string; each: string; amount?: number }
  | { kind: 'tell'; who: string; rows: string }

export type TimerSpec = { when?: When; deed: Deed; said: string }

const passive =
  /^(?:all |any |every |each |the )*(.+?) (?:is|are|get|gets|should be|must be|shall be|will be|has to be|have to be|become|becomes|turn|turns|go|goes)(?: then| automatically| all)? (?:automatically |then )?(?:marked(?: as)?|flagged as|set to|moved to|put to|changed to|declared|considered|to)?\s*["']?(given (?:away )?to [\p{L}-]+|[\p{L}-]+(?: [\p{L}-]+)?)["']?(?: automatically)?(?:,? ((?:if|when|once|after|unless|as soon as|that|which|when|because|whose|where|for|older)\b.+))?$/iu
/** With a relative clause in it, what is said of the rows comes last. */
const passiveLast =
  /^(?:all |any |every |each |the )*(.+) (?:is|are|get|gets|should be|must be|shall be|will be|has to be|have to be|become|becomes|turn|turns|go|goes)(?: then| automatically| all)? (?:automatically |then )?(?:marked(?: as)?|flagged as|set to|moved to|put to|changed to|declared|considered|to)?\s*["']?(given (?:away )?to [\p{L}-]+|[\p{L}-]+(?: [\p{L}-]+)?)["']?(?: automatically)?(?:,? ((?:if|when|once|after|unless|as soon as|that|which|when|because|whose|where|for|older)\b.+))?$/iu
const marking =
  /^(?:automatically )?(?:mark|set|flag|put|move|change|switch|turn)s? (?:all |any |every |each |the )*(.+?) (?:as|to|into) (?:being )?["']?([\p{L}-]+(?: [\p{L}-]+)?)["']?(?: automatically)?(?:,? ((?:if|when|once|after|unless|as soon as|whose|for)\b.+))?$/iu
const verbs: Readonly<Record<string, string>> = {
  flag: 'flagged',
  close: 'closed',
  cancel: 'cancelled',
  archive: 'archived',
  expire: 'expired',
  deactivate: 'inactive',
  disable: 'disabled',
  lock: 'locked',
  suspend: 'suspended',
  release: 'released',
  complete: 'completed',
  finish: 'finished',
  escalate: 'escalated',
  publish: 'published',
  unpublish: 'unpublished',
  hide: 'hidden',
  reject: 'rejected',
  decline: 'declined',
  refuse: 'refused',
  approve: 'approved',
  accept: 'accepted',
  confirm: 'confirmed',
  block: 'blocked',
  void: 'void',
  reopen: 'open',
  activate: 'active',
  withdraw: 'withdrawn',
  end: 'ended',
  resolve: 'resolved',
}
const active = new RegExp(
  `^(?:automatically )?(${Object.keys(verbs).join('|')})s? (?:off |down )?(?:all |any |every |each |the )*(.+)$`,
  'i',
)
const expiring = new RegExp(
  `^(?:all |any |every |each |an? |the )*(.+?) (?:expires?|lapses?|is closed|are closed|ends?|times? out)(?: automatically)? (after ${durationPattern}(?: .+)?|(?:if|when|unless|once) .+)$`,
  'i',
)
const deleting =
  /^(?:automatically )?(?:delete|remove|purge|erase|clean up|clear out|clear|drop|throw away|wipe)s? (?:all |any |every |the )*(.+)$/i
const deleted =
  /^(?:all |any |every |the |an? )*(.+?) (?:is|are|get|gets|should be|must be|will be) (?:automatically )?(?:deleted|removed|purged|erased|cleaned up|cleared|wiped)(?: automatically)?(?: ((?:if|when|once|after|unless|that|which|whose|as soon as)\b.+))?$/i
const gone = new RegExp(
  `^(?:all |any |every |the |an? )*(.+?) (?:disappears?|vanish(?:es)?) (after ${durationPattern}.*)$`,
  'i',
)
const euros = '(?:€|\\$|£|euros?|eur|dollars?|usd|pounds?|gbp|francs?|chf)'
const noun = '([\\p{L}-]+(?: (?!of\\b|over\\b|with\\b|for\\b|is\\b)[\\p{L}-]+)?)'
const sum = `(?: (?:of|over|for|with an amount of) (?:${euros} ?)?(${numberPattern})(?: ?${euros})?(?: each)?)?`
const creating = new RegExp(
  `^(?:automatically )?(?:create|generate|make|add|issue|write|prepare|open|draft|raise)s? (?:an? |one |the |new |a new )*${noun}${sum} for (?:each |every |all )(?:the )?(?:of the )?(.+)$`,
  'iu',
)
const created = new RegExp(
  `^(?:an? |one |the |new |a new )*${noun}${sum} (?:is|are|gets?|should be|must be|will be) (?:automatically )?(?:created|generated|made|added|issued|prepared|opened|drafted|raised)(?: automatically)? for (?:each |every |all )(?:the )?(?:of the )?(.+)$`,
  'iu',
)
const gets = new RegExp(
  `^(?:each|every) (.+?) (?:gets|is given|receives|is sent|owes|is charged|is billed) (?:an? |one |a new )${noun}${sum}$`,
  'iu',
)
const resetting =
  /^(?:reset|set) (?:the |all )*(.+?) of (?:all |every |each |the )*(.+?) to (-?\d+(?:\.\d+)?|zero|true|false)$/i
const people = '((?:the |all |every |each )*[\\p{L}-]+(?: [\\p{L}-]+)?)'
const telling = [
  new RegExp(`^${people} (?:is|are) (?:told|reminded) (?:of|about) (?:all |any |their )*(.+)$`, 'iu'),
  new RegExp(
    `^(?:automatically )?(?:remind|notify|alert|tell|inform)s? ${people} (?:of|about|with|that they have|who have|with) (?:all |any |their |the |his or her )*(.+)$`,
    'iu',
  ),
  new RegExp(
    `^${people} (?:is|are|gets?|should be|receives?|should get) (?:an? |automatically )*(?:reminded|notified|told|alerted|informed|reminders?|notifications?) (?:of|about|for) (?:all |any |their |the )*(.+)$`,
    'iu',
  ),
  new RegExp(
    `^(?:send|give)s? ${people} (?:an? )?(?:reminder|notification|notice) (?:of|about|for) (?:all |any |their |the )*(.+)$`,
    'iu',
  ),
]

/** Reads a sentence about what happens by itself at a time, or returns undefined. */
export const readTimer = (sentence: string): TimerSpec | undefined => {
  const said = sentence.trim()
  const { when, text } = takeWhen(said)
  const deed = readDeed(
    text.replace(/^(?:the system|it|the api) (?:should |must |will )?(?:automatically )?/i, ''),
    when !== undefined,
  )
  return deed && { ...(when ? { when } : {}), deed, said }
}

const amountOf = (said: string | undefined): { amount?: number } => {
  const amount = said === undefined ? undefined : numberOf(said)
  return amount === undefined ? {} : { amount }
}

const afterSoLong = new RegExp(`^([\\p{L}-]+(?: [\\p{L}-]+)?) (?:for good )?after (${durationPattern})$`, 'iu')
/** "Logs after 90 days": those that are as old as that. */
const aged = (rows: string): string => rows.replace(afterSoLong, '$1 older than $2')

const lasting = new RegExp(
  `\\b(?:within|after|older than|for (?:more than|over|at least)|more than|in|for) (?:${durationPattern})\\b`,
  'i',
)

/** Without a time of its own a sentence must say how long something lasts, or that a day has come. */
const readDeed = (text: string, timed: boolean): Deed | undefined => {
  const own =
    timed ||
    lasting.test(text) ||
    /\bautomatically\b/i.test(text) ||
    /\b(?:when|once|as soon as|if|that|which) .*\b(?:pass(?:es|ed)|over|expire[sd]?|reached|overdue|ended|gone)\b/i.test(
      text,
    )
  if (!own) return undefined
  if (timed) {
    const reset = resetting.exec(text)
    if (reset)
      return {
        kind: 'assign',
        rows: reset[2]!,
        field: reset[1]!,
        value: reset[3]!.toLowerCase() === 'zero' ? '0' : reset[3]!.toLowerCase(),
      }
    const made = creating.exec(text) ?? created.exec(text)
    if (made) return { kind: 'create', what: made[1]!, each: made[3]!, ...amountOf(made[2]) }
    const given = gets.exec(text)
    if (given && !/^(?:reminder|notification|notice|message|email|mail)$/i.test(given[2]!))
      return { kind: 'create', what: given[2]!, each: given[1]!, ...amountOf(given[3]) }
    for (const pattern of telling) {
      const found = pattern.exec(text)
      if (found) return { kind: 'tell', who: found[1]!, rows: found[2]! }
    }
  }
  const joined = (rows: string, more: string | undefined): string => (more ? `${rows} ${more}` : rows)
  const old = deleting.exec(text)
  if (old) return { kind: 'delete', rows: aged(old[1]!) }
  const removed = deleted.exec(text) ?? gone.exec(text)
  if (removed) return { kind: 'delete', rows: aged(joined(removed[1]!, removed[2])) }
  const marked = marking.exec(text)
  if (marked) return { kind: 'set', rows: joined(marked[1]!, marked[3]), to: marked[2]!.toLowerCase() }
  const done = active.exec(text)
  if (done) return { kind: 'set', rows: done[2]!, to: verbs[done[1]!.toLowerCase()]! }
  const ended = expiring.exec(text)
  if (ended) return { kind: 'set', rows: `${ended[1]!} ${ended[2]!}`, to: /clos/i.test(text) ? 'closed' : 'expired' }
  const state = (
    /\b(?:that|which|who|whose)\b/i.test(text.split(/\s(?:if|when|once|after|unless)\s/i)[0]!) ? passiveLast : passive
  ).exec(text)
  if (
    state &&
    !/^(?:an? )?(?:e-?mail )?(?:reminders?|notifications?|messages?|notices?|warnings?)$/i.test(state[2]!) &&
    !/^(?:there|it|this|that|we|they)$/i.test(state[1]!) &&
    !/^(?:able|allowed|required|possible|shown|listed|visible|stored|sent|sorted|ordered|only|counted)\b/i.test(
      state[2]!,
    )
  )
    return {
      kind: 'set',
      rows: joined(state[1]!, state[3]),
      to: state[2]!
        .toLowerCase()
        .replace(/ automatically$/, '')
        .replace(/^canceled$/, 'cancelled'),
    }
  return undefined
}
