import type { Field, Operation, RpcPort } from '../../../../../schemas/generated/architecture.ts'
import { plural, sentence } from '../../language/words.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { durationPattern, secondsOf } from '../terms/durations.ts'

const shorten = [
  /\b(?:url|link) ?shortener\b/i,
  /\bshort(?:en(?:s|ed|ing)?)?[ -]?(?:urls?|links?|codes?)\b.*\bredirect/i,
  /\bredirect(?:s|ed|ing)?\b.*\b(?:to|code|short|link|url|target|original|long)\b/i,
  /\b(?:whoever|anyone|everybody|everyone|who) (?:opens|visits|clicks|follows|calls|goes to) (?:a |the |it|that )?(?:short )?(?:link|url|code|address)?.*\b(?:redirected|sent|taken|lands?|ends up|forwarded)\b/i,
  /\b(?:anyone|anybody|everybody|everyone|visitors?|people|whoever|users?|guests?) (?:who )?(?:open|visit|click|follow|call|go)(?:s|ing|ed)?(?: (?:to|on))? .*\b(?:gets?|is|are|will be) (?:then )?(?:redirected|sent on|taken|forwarded)\b/i,
  /\bshorten (?:a |any |their |long )?(?:urls?|links?)\b/i,
]
/** "/r/code", "/r/{code}", "/go/:slug": the folder in which codes are opened. */
const place =
  /(?<![\w/])(\/[a-z0-9][\w-]*)\/(?:\{\w+\}|:\w+|(?:the[_-])?(?:short[_-]?)?(?:code|slug|alias|key|id|link|xyz|abc\w*))(?![\w/])/i
const countedLast =
  /\b(?:clicks?|visits?|hits?|opens?|openings|calls?|uses?|redirects?) (?:are|is|get|gets|should be|must be) (?:counted|tracked|recorded|logged)\b/i
const counting =
  /\b(?:count(?:s|ed|ing|er)?|number of|how (?:often|many)|track(?:s|ed|ing)?)\b.*\b(?:click|visit|hit|call|use|opened|clicked|visited|redirect)/i

/** "A link has a code; who opens it is redirected to the URL and clicks are counted": short links. */
export const readShortLinks: Read = (said) => {
  if (/\b(?:log(?:ged)? ?in|sign(?:ed)? ?in|login page|oauth)\b/i.test(said)) return undefined
  const redirect = shorten.some((pattern) => pattern.test(said))
  const clicks =
    /^(?:(?:and |also )*(?:please )?(?:count|track|record|show|keep track of|see)|(?:the )?clicks (?:are|should be|must be)|(?:each|every) (?:click|redirect) (?:is|are|should be) |it (?:should )?counts?|we (?:want|need) to (?:count|know|see)).{0,60}\b(?:clicks?|visits?|hits|opens|openings|redirects?|clicked|(?:links?|codes?|urls?) (?:is|are|was|were|has been|have been) (?:opened|visited|used|followed|called))\b/i.test(
      said,
    ) || /^(?:the )?clicks? (?:are|is|should be|must be|get) (?:counted|tracked|recorded)$/i.test(said)
  if (!redirect && !clicks) return undefined
  const headline = /^(?:(?:please )?(?:build|create|make|i need|we need|i want|we want)\b)|\bshortener\b/i.test(said)
  return {
    said,
    rest: headline ? [said] : [],
    apply: (draft) =>
      applyShortLinks(
        draft,
        redirect,
        counting.test(said) || countedLast.test(said) || clicks,
        place.exec(said)?.[1]?.toLowerCase(),
      ),
  }
}

/** The model of links: one with a code, or whose name says so, that holds an address. */
const linkModel = (draft: BehaviourDraft): { model: Found; url: string } | undefined => {
  const urlOf = (model: Found): string | undefined =>
    Object.entries(model.model.fields).find(([, field]) => field.type === 'url')?.[0] ??
    Object.keys(model.model.fields).find((name) => /(?:^|_)(?:url|target|destination|link|address)$/.test(name))
  const models = draft.models().filter((model) => urlOf(model) !== undefined)
  const model = models.find(({ key }) => /link|url|code|redirect/.test(key)) ?? models[0]
  return model && { model, url: urlOf(model)! }
}

const applyShortLinks = (draft: BehaviourDraft, redirect: boolean, count: boolean, at: string | undefined): Outcome => {
  const found = linkModel(draft)
  if (!found) return { unresolved: 'There is no model with an address to go to.' }
  const { model, url } = found
  const code = ensureCode(draft, model)
  const clicks =
    Object.keys(model.model.fields).find((name) =>
      /^(?:clicks?|visits?|hits?|click_count|visit_count|visit_counter|times_used|number_of_clicks)$/.test(name),
    ) ?? (count ? draft.ensureField(model, 'clicks', { type: 'int', min: 0, default: 0 }) : undefined)
  const shape = clicks ? model.model.fields[clicks] : undefined
  if (clicks && shape) {
    shape.default = 0
    delete shape.optional
  }
  const there = openedAt(draft, model)
  if (!redirect && !there) return { unresolved: 'Nothing is opened that could be counted.' }
  if (!draft.changing && model.model.fields[url]!.type === 'string') {
    const { optional } = model.model.fields[url]!
    model.model.fields[url] = { type: 'url', ...(optional ? { optional } : {}) }
  }
  const steps = clicks ? [{ set: { of: 'link', values: { [clicks]: `link.${clicks} + 1` } } }] : []
  const open: Operation = {
    ...there?.ops?.open,
    public: true,
    method: 'GET',
    path: there && !at ? there.ops!.open!.path! : at ? '/{code}' : '/go/{code}',
    find: { link: { model: model.name, where: `link.${code} == code` } },
    ...(steps.length > 0 ? { do: steps } : {}),
    answer: { redirect: `link.${url}` },
  }
  const host = at ? portAt(draft, model, at) : (there ?? model.api)
  if (there && there !== host) delete there.ops!.open
  host.ops = { ...host.ops, open }
  const full = addressOf(draft, model)
  const target = url.replaceAll('_', ' ')
  open.description = `${full} sends whoever calls, signed in or not, on to the ${target}${clicks ? ', and counts it' : ''}`
  return {
    understood: [
      `Each ${model.words} has a random ${code.replaceAll('_', ' ')}; ${full} redirects to its ${target}, for everybody${clicks ? `, and ${clicks.replaceAll('_', ' ')} counts how often` : ''}.`,
    ],
  }
}

/** The port at which codes are opened, where there is one already. */
const openedAt = (draft: BehaviourDraft, model: Found): RpcPort | undefined =>
  Object.values(draft.architecture.components[model.component]!.ports).find(
    (one): one is RpcPort => one.kind === 'rpc' && (one as RpcPort).ops?.open?.answer?.redirect !== undefined,
  )

/** A port of its own for codes: short addresses stand beside those of things. */
const portAt = (draft: BehaviourDraft, model: Found, at: string): RpcPort => {
  const { ports } = draft.architecture.components[model.component]!
  const { data, ...others } = ports
  const port = (ports.codes as RpcPort | undefined) ?? { dir: 'in', kind: 'rpc', ops: {} }
  draft.architecture.components[model.component]!.ports = { ...others, codes: port, ...(data ? { data } : {}) }
  const endpoint = `${model.component}.codes`
  draft.architecture.expose = [
    ...draft.architecture.expose.filter((one) => one.port !== endpoint),
    { port: endpoint, path: at },
  ]
  return port
}

/** Where a code is opened, as callers write it. */
const addressOf = (draft: BehaviourDraft, model: Found): string => {
  const own = draft.architecture.expose.find(({ port }) => port === `${model.component}.codes`)
  return own ? `${own.path}/{code}` : `${model.path}/go/{code}`
}

const asked = new RegExp(
  `^(?:the |all |short )*(links?|urls?|short ?links?|codes?|short urls?|they|redirects?) (?:expires?|lapses?|(?:are|is) (?:only )?(?:valid|good)|works?|should expire|must expire|ends?|stop working|last|can be opened) ?(?:after|for|within|in)? (${durationPattern})$`,
  'iu',
)
const gone =
  /^(?:an? |the |all )?(?:expired|outdated|old|dead) (?:short )?(?:links?|urls?|codes?) (?:(?:must|should|can|may|do|does|are|is|will|shall) )?(?:not |no longer |never )?(?:be )?(?:redirect(?:s|ed)?|open(?:s|ed)?|work(?:s|ing)?|answers?|returns?|gives?|get)(?: .{0,40})?$/i
const endField =
  /^(?:expires?(?:_(?:at|on))?|expir(?:y|ation)(?:_(?:date|time|at|on))?|valid_(?:until|till|to)|ends?_(?:at|on)|expired)$/

/** "Links expire after 30 days": an expired one is not opened any more. */
export const readOpeningEnds: Read = (said) => {
  const lasting = asked.exec(said.trim())
  const seconds = lasting ? secondsOf(lasting[2]!) : undefined
  if (seconds === undefined && !gone.test(said.trim())) return undefined
  return {
    said,
    rest: [],
    maybe: true,
    after: 6,
    apply: (draft) => {
      const [opened] = draft.models().flatMap((one) => {
        const port = openedAt(draft, one)
        return port ? [{ model: one, open: port.ops!.open! }] : []
      })
      if (!opened) return { unresolved: '' }
      const { model, open } = opened
      const field = Object.keys(model.model.fields).find((name) => endField.test(name))
      const type = field && model.model.fields[field]!.type
      const days =
        seconds !== undefined && seconds % 86_400 === 0
          ? `days(${seconds / 86_400})`
          : `minutes(${Math.max(1, Math.round((seconds ?? 0) / 60))})`
      const check =
        seconds !== undefined
          ? `now < link.created_at + ${days}`
          : type === 'bool'
            ? `!link.${field}`
            : type === 'datetime'
              ? `link.${field} == null || now < link.${field}`
              : type === 'date'
                ? `link.${field} == null || today() <= link.${field}`
                : undefined
      if (check === undefined)
        return {
          unresolved: `It is not said when ${plural(model.words)} expire; say “${plural(model.words)} expire after 30 days”.`,
        }
      const message = `${sentence(plural(model.words))} are not opened any more ${seconds !== undefined ? `${lasting![2]!.toLowerCase()} after they were made` : 'once they are expired'}.`
      open.require = [...(open.require ?? []).filter((one) => one.check !== check), { check, message, status: 404 }]
      open.description = `${(open.description ?? '').replace(/; .*$/, '')}; ${message.charAt(0).toLowerCase()}${message.slice(1, -1)}: then it is 404`
      return { understood: [`${message.slice(0, -1)}: the answer is 404 then.`], breaks: draft.changing }
    },
  }
}

/** The field by which a row is found from outside: random and unique. */
const ensureCode = (draft: BehaviourDraft, model: Found): string => {
  const name = Object.keys(model.model.fields).find((field) =>
    /(?:^|_)(?:code|short|slug|key|token|alias)$/.test(field),
  )
  if (name && /^(?:slug|code)$/.test(model.model.fields[name]!.type)) return name
  const field: Field = { type: 'code', length: 8, unique: true }
  if (!name) {
    draft.ensureField(model, 'code', field)
    model.model.fields.code = field
    return 'code'
  }
  if (!draft.changing) model.model.fields[name] = field
  return name
}
