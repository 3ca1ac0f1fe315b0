import { set } from './word-set.ts'
/** Verbs that ask for a system. */
export const buildVerbs = set(
  'build create make generate develop write design code implement set give prepare scaffold spin whip produce craft get provide deliver',
)
/** Verbs whose object is what the system stores. */
export const trackVerbs = set(
  'track tracks tracking manage manages managing store stores storing keep keeps keeping record records recording log logs logging organize organizes organise organises organizing organising catalog catalogue cataloging cataloguing catalogs register collect collecting save saving maintain maintaining remember remembering administer handle handling monitor monitoring document documenting list listing inventory hold holds holding plan planning schedule scheduling share sharing sell selling archive archiving count counting',
)
/** What a verb does to a thing: the standard operations. */
export const operationsOf: ReadonlyMap<string, readonly Operation[]> = new Map(
  (
    [
      [
        'see view read browse look listen access watch check consult inspect open list search find filter query get fetch retrieve download explore discover review lookup sort',
        ['list', 'read'],
      ],
      [
        'create add form found make post write submit enter register log record publish book order upload place open report file start propose request donate rate enroll enrol apply answer insert send leave raise save store track reserve borrow rent buy purchase bid vote suggest share offer sell plan schedule host comment reply note keep contribute capture draft issue invite introduce upload put file ask request-for jot take',
        ['create'],
      ],
      [
        'edit update change modify correct fix rename adjust amend alter revise complete finish close mark approve reject refuse grant accept decline assign confirm resolve tick toggle activate deactivate archive return move set triage extend pause prioritize prioritise check-in check-out reassign escalate flag lock unlock verify reopen grade pin hide star answer process review-all adjust',
        ['update'],
      ],
      ['delete remove erase destroy drop withdraw discard cancel revoke retract', ['delete']],
      ['touch', ['create', 'update', 'delete']],
      [
        'manage administer maintain handle control organize organise curate run own',
        ['create', 'list', 'read', 'update', 'delete'],
      ],
      ['publish', ['create', 'update']],
      ['moderate', ['list', 'read', 'update', 'delete']],
      ['do', ['create', 'list', 'read', 'update', 'delete']],
    ] as const
  ).flatMap(([words, ops]) => words.split(' ').map((word) => [word, ops] as const)),
)
export type Operation = 'create' | 'list' | 'read' | 'update' | 'delete'
export const allOperations: readonly Operation[] = ['create', 'list', 'read', 'update', 'delete']
export const isReading = (op: Operation): boolean => op === 'list' || op === 'read'

/** Verbs by which people take back what is theirs: one step or a deletion, never a change of whatever it holds. */
export const takesBack: ReadonlySet<string> = set('cancel withdraw revoke retract call_off take_back')

/** Whether the words for what is taken back leave its owner open: "bookings", not "any booking", "all of them". */
export const leavesOwnerOpen = (object: string): boolean =>
  !/\b(?:any|all|every|each|everything|anything|everyone|everybody|anyone|anybody|others?|whoever|whichever|assigned)\b|'s\b|s'(?= )/i.test(
    object,
  )

/** Verbs that join two things many to many, with the noun of the thing between them. */
export const linkNouns: ReadonlyMap<string, string> = new Map(
  Object.entries({
    enroll: 'enrollment',
    enrol: 'enrolment',
    attend: 'attendance',
    book: 'booking',
    borrow: 'loan',
    rent: 'rental',
    hire: 'rental',
    join: 'membership',
    reserve: 'reservation',
    order: 'order',
    buy: 'purchase',
    purchase: 'purchase',
    subscribe: 'subscription',
    register: 'registration',
    'sign up': 'signup',
    apply: 'application',
    rate: 'rating',
    review: 'review',
    vote: 'vote',
    like: 'like',
    follow: 'follow',
    donate: 'donation',
    bid: 'bid',
    lend: 'loan',
    lease: 'lease',
    visit: 'visit',
    adopt: 'adoption',
    sponsor: 'sponsorship',
    participate: 'participation',
    favorite: 'favorite',
    favourite: 'favourite',
    bookmark: 'bookmark',
    teach: 'assignment',
    invite: 'invitation',
    play: 'appearance',
    perform: 'performance',
    volunteer: 'signup',
    rsvp: 'rsvp',
    loan: 'loan',
    watch: 'viewing',
    prescribe: 'prescription',
    star: 'star',
    respond: 'response',
  }),
)

/** Gerund or third person -> base form, for verbs of these lists. */
export const baseVerb = (word: string): string => {
  const candidates = [word]
  if (/ies$/.test(word)) candidates.push(`${word.slice(0, -3)}y`)
  if (/es$/.test(word)) candidates.push(word.slice(0, -2))
  if (/s$/.test(word)) candidates.push(word.slice(0, -1))
  if (/ing$/.test(word)) {
    const stem = word.slice(0, -3)
    candidates.push(stem, `${stem}e`)
    if (/(.)\1$/.test(stem)) candidates.push(stem.slice(0, -1))
  }
  if (/ied$/.test(word)) candidates.push(`${word.slice(0, -3)}y`)
  if (/ed$/.test(word)) {
    const stem = word.slice(0, -2)
    candidates.push(word.slice(0, -1), stem)
    if (/(.)\1$/.test(stem)) candidates.push(stem.slice(0, -1))
  }
  const irregular = irregularVerbs.get(word)
  if (irregular) candidates.push(irregular)
  return (
    candidates.find(
      (candidate) => operationsOf.has(candidate) || linkNouns.has(candidate) || otherVerbs.has(candidate),
    ) ?? word
  )
}

const irregularVerbs = new Map(
  Object.entries({
    written: 'write',
    wrote: 'write',
    made: 'make',
    seen: 'see',
    sold: 'sell',
    bought: 'buy',
    kept: 'keep',
    taught: 'teach',
    sent: 'send',
    read: 'read',
    left: 'leave',
    found: 'find',
    lent: 'lend',
    held: 'hold',
    run: 'run',
    done: 'do',
  }),
)

/** Whether a verb in its plain form does something with what is stored, leaves something behind, or tracks it. */
export const isKnownVerb = (base: string): boolean =>
  operationsOf.has(base) || linkNouns.has(base) || trackVerbs.has(base)

/** Verbs that tie one thing to another without being an operation. */
export const otherVerbs = set(
  'belong contain include assign attach link relate tie associate connect refer reference work live lead head supervise own use treat prescribe',
)

/** Returns what those who do something may be called after the verb: borrower, visitor, attendee, applicant. */
export const doersOf = (verb: string): string[] => [
  `${verb}er`,
  `${verb}r`,
  `${verb}or`,
  `${verb}ee`,
  `${verb.replace(/y$/, 'i')}er`,
  `${verb.replace(/y$/, 'i')}cant`,
]
