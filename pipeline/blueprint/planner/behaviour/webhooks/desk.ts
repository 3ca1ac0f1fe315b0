import type { Step } from '../../../../../schemas/generated/architecture.ts'
import { eventPorts, externalPorts, webhooksOf } from '../../../background.ts'
import { sentence } from '../../language/words.ts'
import { roleOf } from '../../read/people.ts'
import type { Outcome, Wish } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import { addSecret } from './apply-outbound.ts'

const who =
  '(?:(?:let|allow) (?<who>(?:the |all )?[\\p{L}-]+)(?: to)? |(?<may>(?:the |all |only )?[\\p{L}-]+) (?:can|may|should|must be able to|should be able to|want to|need to) )?'
const verb =
  '(?:show|list|see|view|find|log|record|keep|store|track|retry|resend|re-?send|replay|repeat|redeliver|re-?run|try again|inspect|monitor|look at|look up)'
const calls =
  '(?:(?:failed|failing|undelivered|unsuccessful|dead|lost|stuck|broken|rejected|missed|all|the|our|every|each|incoming|inbound|outgoing|outbound|received|past|old|of the) )*(?:(?:web ?hook|event|callback|http) )?(?:deliver(?:y|ies)|calls|web ?hooks?|web ?hook (?:calls?|events?|attempts?|log)|callbacks?|dead[- ]?letters?(?: queue)?|messages that failed|events that failed|calls that failed|dlq)(?: that (?:failed|did not arrive|were rejected))?(?: (?:again|manually|by hand|later|log|queue|list))?'

const desk = [
  new RegExp(`^(?:please )?${who}${verb}(?: and ${verb})* ${calls}(?: (?:and|or) ${verb} (?:them|it))?$`, 'iu'),
  new RegExp(
    `^${calls} (?:can|should|must|may|have to) be (?:shown|listed|seen|retried|re-?sent|replayed|repeated|redelivered|logged|recorded|kept|tracked)(?: (?:and|or) (?:retried|replayed|re-?sent))?(?: (?:by .+|again|by hand|manually))?$`,
    'iu',
  ),
  /^(?:(?:add|support|have|with|we (?:want|need)) )?(?:an? )?(?:(?:web ?hook|delivery) (?:log|retries|history|dashboard)|dead[- ]letters? queue|dlq|retries for (?:failed )?web ?hooks?)$/iu,
]
const often = new RegExp(
  `^(?:please )?(?:retry|repeat|resend|try) (?:${calls}|them|it)(?: again)?,? (?:up to |at most |only )?(?:\\d+|two|three|five|ten|once|twice)(?: times| attempts)?(?:.{0,60})?$|^(?:retry|repeat|resend) (?:${calls}) (?:every|after|for|with exponential).{0,60}$|^(?:web ?hooks?|calls|deliveries) (?:are|should be|must be) retried (?:every|after|for|with|up to|at most|\\d|three|five).{0,60}$`,
  'iu',
)
const signing = [
  /^(?:only |just )?(?:accept|take|allow|process|handle)s? (?:only )?(?:incoming |inbound |the |all )*(?:web ?hooks?|calls|posts)(?: (?:of|from) (?:the )?[\p{L} -]{2,30}?)? (?:only )?(?:that|which|if they|when they|if) (?:are|is|carry|have|come with) (?:correctly |properly |validly )?(?:an? )?(?:valid )?(?:signed|signatures?)(?: (?:with|by) (?:an? |the |our )?(?:shared )?(?:secret|key|hmac))?$/iu,
  /^(?:only )?(?:accept|take|allow) (?:only )?signed (?:web ?hooks?|calls)$/iu,
  /^(?:the |all |our |every |incoming |inbound |outgoing )*(?:web ?hooks?|web ?hook calls)(?: (?:of|from|to) (?:the )?[\p{L} -]{2,30}?)? (?:must|should|have to|need to|are|is|has to) (?:always )?(?:be )?(?:signed|verified|authenticated|secured|checked)(?: (?:with|by) (?:an? |the |our )?(?:shared |hmac )?(?:secrets?|keys?|hmac|signatures?))?$/iu,
  /^(?:please )?(?:verify|check|validate|require|demand|expect|use|add|support) (?:the |an? |valid |all )*(?:[\p{L}-]+ )?(?:web ?hook )?signatures?(?: (?:of|on|for|from|in) (?:the |all |our |incoming |inbound )*(?:web ?hooks?|calls)(?: (?:of|from) (?:the )?[\p{L} -]{2,30}?)?)?$/iu,
  /^(?:please )?(?:sign|secure) (?:the |all |our |outgoing |outbound |incoming )*(?:web ?hooks?|calls|callbacks)(?: (?:of|from|to) (?:the )?[\p{L} -]{2,30}?)?(?: (?:with|by) (?:an? |the |our )?(?:shared |hmac )?(?:secrets?|keys?|hmac|signatures?))?$/iu,
  /^signed(?: web ?hooks?)?(?: please)?$/iu,
]
const aboutWhat =
  /^(?:the |our |all )?([\p{L}-]+(?: [\p{L}-]+)?) (?:posts?|sends?|calls?|pushes|talks?)(?: (?:to|us|in|it|data|something|things|to us|to it|us data))*(?: (?:by|via|through|as) (?:an? )?web ?hooks?)?,? (?:(?:and|which|that)(?: is| are)? )?(?:signed|secured|with a signature)(?: (?:with|by) (?:an? |the |our )?(?:shared )?(?:secret|key|hmac|signature))?$/iu

/** What administrators may do with calls that went out and came in, how often they are tried, and that they are signed. */
export const readHookDesk = (said: string): Wish | undefined => {
  const text = said.trim()
  const wish = (apply: Wish['apply']): Wish => ({ said, rest: [], apart: true, apply })
  if (signing.some((pattern) => pattern.test(text))) return { ...wish((draft) => sign(draft, text)), sure: true }
  const caller = aboutWhat.exec(text)
  if (caller)
    return {
      ...wish(() => ({
        unresolved: `It does not say what the calls are about: say “${caller[1]!.toLowerCase()}s tell us by webhook when an order is shipped, signed with a secret”.`,
      })),
      sure: true,
    }
  if (often.test(text))
    return wish((draft) =>
      isTheirs(draft, text)
        ? { unresolved: '' }
        : {
            unresolved:
              'Calls that fail are made again after 1, 5 and 25 seconds, then every hour for a day, in no other way.',
          },
    )
  const found = desk.map((pattern) => pattern.exec(text)).find((one) => one)
  return found
    ? { ...wish((draft) => atDesk(draft, text, found.groups?.who ?? found.groups?.may)), maybe: true, sure: true }
    : undefined
}

/** Whether people keep things of that name themselves. */
const isTheirs = (draft: BehaviourDraft, said: string): boolean =>
  !/hook|letter|callback/i.test(said) &&
  ['delivery', 'call'].some((key) => draft.exactModel(key) && new RegExp(`\\b${key.slice(0, -1)}`, 'i').test(said))

const atDesk = (draft: BehaviourDraft, said: string, people: string | undefined): Outcome => {
  const { architecture } = draft
  // Their own deliveries are what they keep, not calls.
  if (isTheirs(draft, said)) return { unresolved: '' }
  const [out, inward, heard] = [externalPorts(architecture), webhooksOf(architecture), eventPorts(architecture)].map(
    ({ length }) => length > 0,
  )
  const lines = [
    ...(out
      ? [
          'calls to others are listed at GET /v1/admin/deliveries (?status=failed) and made again with POST /v1/admin/deliveries/{id}/retry, and are tried again for a day by themselves',
        ]
      : []),
    ...(inward
      ? ['calls from others are listed at GET /v1/admin/webhooks and run again with POST /v1/admin/webhooks/{id}/retry']
      : []),
    ...(heard
      ? [
          'dead letters are listed at GET /v1/admin/dead-letters and replayed with POST /v1/admin/dead-letters/{id}/replay',
        ]
      : []),
  ]
  if (lines.length === 0)
    return {
      unresolved:
        'Nothing calls or is called here yet; say “POST to https://... when an order is paid” or “carriers send us status updates by webhook”. What fails is then listed for administrators and can be tried again.',
    }
  const role = people ? roleOf(people.replace(/^only /i, '')) : undefined
  const forAdmins = `for administrators, ${lines.join('; ')}`
  return role && !/^(?:admin|we|user)$/.test(role)
    ? { unresolved: `This is for administrators alone: ${lines.join('; ')}.` }
    : { holds: `It is so already: ${forAdmins}.` }
}

/** Every call that comes in is signed with a secret of its sender, every call to who subscribed with theirs. */
const sign = (draft: BehaviourDraft, said: string): Outcome => {
  const inward =
    /\b(?:outgoing|outbound|our|sign (?:the |all )?(?:calls|web))\b/i.test(said) &&
    !/\b(?:accept|incoming|inbound|verify|check)\b/i.test(said)
      ? []
      : webhooksOf(draft.architecture)
  const named = inward.filter(({ op }) =>
    new RegExp(`\\b${op.replace(/_webhook$/, '').replaceAll('_', ' ')}`, 'i').test(said),
  )
  const meant = named.length > 0 ? named : inward
  const open = meant.filter(({ shape }) => shape.webhook!.secret === undefined)
  const understood: string[] = []
  for (const { op, shape } of open) {
    const sender = op.replace(/_webhook$/, '')
    shape.webhook = { ...shape.webhook, secret: sender }
    if (shape.description) shape.description = shape.description.replace('(not signed)', '(signed)')
    understood.push(
      `Calls of ${sentence(sender.replaceAll('_', ' '))} are only accepted where they are signed with the secret “${sender}” of the deployment.`,
    )
  }
  if (!/\b(?:accept|incoming|inbound|verify|check)\b/i.test(said)) understood.push(...signCalls(draft))
  if (understood.length > 0) return { understood, breaks: draft.changing, unsays: /\bare not signed\b/ }
  if (meant.length > 0)
    return { holds: 'It is so already: calls from others are signed, and refused where they are not.' }
  return externalPorts(draft.architecture).length > 0
    ? { unresolved: 'Calls are signed where those who subscribe leave a secret; to a fixed address they are not.' }
    : { unresolved: 'Nothing calls here yet; say “carriers send us status updates by webhook, signed with a secret”.' }
}

/** Signs the calls to those who subscribed. */
const signCalls = (draft: BehaviourDraft): string[] => {
  const told = new Set<string>()
  const visit = (steps: readonly Step[] = []): void => {
    for (const { each } of steps) {
      const subscribed = each && draft.portOf(each.model)
      if (!each || !subscribed) continue
      for (const { call } of each.do)
        if (call && call.secret === undefined && call.url.startsWith(`${each.as}.`)) {
          addSecret(draft, subscribed)
          call.secret = `${each.as}.secret`
          told.add(`Calls are signed with the secret of the ${subscribed.words}.`)
        }
    }
  }
  for (const { on, states } of Object.values(draft.architecture.models)) {
    for (const hook of Object.values(on ?? {})) visit(hook?.do)
    for (const step of Object.values(states?.transitions ?? {})) visit(step.do)
  }
  return [...told]
}
