import { singular } from '../../language/words.ts'
import { baseVerb, operationsOf } from '../../lexicon/verbs.ts'
import { roleOf } from '../../read/people.ts'

/** "Only members of a committee may read its minutes". */
export type GroupRight = {
  only: boolean
  /** member, chair ... in their group. */
  people: string[]
  /** The group in words; absent where it was not named: "chairs can invite members". */
  group?: string
  ops: string[]
  /** What it is about; "it" and "them" are the group. */
  object: string
  said: string
}

const can =
  '(?:can|may|should|must|are allowed to|is allowed to|are able to|should be able to|have the right to)(?: also)?(?: only)?'
const word = "[\\p{L}'-]+"
const np = `(?:${word} ){0,2}${word}`
const acts =
  '(?:read|see|view|list|look at|access|write|add|create|post|edit|change|update|delete|remove|manage|upload|use|open|browse|find|publish|approve|enter|invite|administer|moderate|run)'
const actList = `${acts}(?:(?:, | and | or |, and |/)${acts})*`
const group = `(?:an?|the|its|their|each|every|that|this|any|one)(?: same)? (${np}?)`
const patterns: readonly {
  pattern: RegExp
  read: (f: RegExpExecArray) => Omit<GroupRight, 'said' | 'ops'> & { verbs: string }
}[] = [
  {
    pattern: new RegExp(
      `^(only |just )?(?:the )?(${word}(?: (?:and|or) ${word})?) (?:of|in|on) ${group} ${can} (${actList}) (?:all )?(?:(?:its|their|the|that ${word}'s|any|new|other|an?) )?(${np}?)(?: of (?:it|that ${word}|their ${word}|the ${word}|this ${word}))?$`,
      'iu',
    ),
    read: (f) => ({ only: f[1] !== undefined, people: peopleIn(f[2]!), group: f[3]!, verbs: f[4]!, object: f[5]! }),
  },
  {
    pattern: new RegExp(
      `^(only |just )?(?:the )?(${word}(?: (?:and|or) ${word})?) (?:of|in|on) ${group} (${actList}) (?:(?:all|new) )?(?:(?:its|their|the) )?(${np})$`,
      'iu',
    ),
    read: (f) => ({ only: f[1] !== undefined, people: peopleIn(f[2]!), group: f[3]!, verbs: f[4]!, object: f[5]! }),
  },
  {
    pattern: new RegExp(
      `^(?:the )?(${np}?)(?: (?:of|in) ${group})? (?:can|may|should|must|are|is)(?: only)?(?: be)? (?:(only) )?(read|seen|viewed|edited|changed|written|visible|readable|accessible|deleted|managed|shown|open)(?: only)?(?: (?:by|to|for)) (only )?(?:the |its |their )?(${word}(?: (?:and|or) ${word})?)(?: of (?:the|that|its|their|this|an?)(?: same)? (${np}))?$`,
      'iu',
    ),
    read: (f) => ({
      only: /\bonly\b/i.test(f[0]),
      people: peopleIn(f[6]!),
      ...((f[7] ?? f[2]) ? { group: (f[7] ?? f[2])! } : {}),
      verbs: verbOf(f[4]!),
      object: f[1]!,
    }),
  },
  {
    pattern: new RegExp(
      `^(only |just )?(?:the )?(members|chairs?|captains?|leaders?|organi[sz]ers?|coach(?:es)?|conductors?|hosts?|participants|group admins?|team leads?|chair ?(?:persons?|people)) ${can} (invite|add|remove|invite and remove|add and remove|manage|accept|approve) (?:new |other |its |their |the )?(members|people|users|participants|players)(?: (?:to|from|of|in) (?:an?|the|their|its|that|his or her)(?: own)? (${np}))?$`,
      'iu',
    ),
    read: (f) => ({
      only: f[1] !== undefined,
      people: peopleIn(f[2]!),
      ...(f[5] ? { group: f[5] } : {}),
      verbs: 'manage',
      object: 'members',
    }),
  },
  {
    pattern: new RegExp(
      `^let (chairs?|captains?|leaders?|organi[sz]ers?|coach(?:es)?|hosts?) (invite|add|remove|manage) (?:new |other )?(members|people|users)(?: (?:to|from|of|in) (?:an?|the|their|its) (${np}))?$`,
      'iu',
    ),
    read: (f) => ({
      only: false,
      people: peopleIn(f[1]!),
      ...(f[4] ? { group: f[4] } : {}),
      verbs: 'manage',
      object: 'members',
    }),
  },
  {
    pattern: new RegExp(
      `^(?:the )?(${np}) are private(?: to (?:their|its) members)?(?:[:,;]? (?:and |so )?only (?:their |its |the )?members (?:can |may )?(?:see|read|access|view) (?:them|it))?$`,
      'iu',
    ),
    read: (f) => ({ only: true, people: ['member'], group: f[1]!, verbs: 'read', object: 'it' }),
  },
  {
    pattern: new RegExp(
      `^only (?:their |its |the )?(members) ${can} (see|read|view|access|find) (?:an? |the |private )?(${np})$`,
      'iu',
    ),
    read: (f) => ({ only: true, people: peopleIn(f[1]!), verbs: f[2]!, object: f[3]! }),
  },
]

const shared =
  /^((?:only |just )?(?:the )?(?:chairs?|captains?|leaders?|organi[sz]ers?|coach(?:es)?|hosts?|team leads?) (?:can|may|should|must)(?: also)?) (.+)$/i

/** "Chairs can invite members and write minutes": what the leaders of a group may do, part by part. */
export const readGroupRights = (sentence: string): GroupRight[] => {
  const whole = readGroupRight(sentence)
  if (whole) return [whole]
  const found = shared.exec(sentence.trim())
  if (!found) return []
  const parts = found[2]!.split(
    /\s*,\s*(?:and\s+)?|\s+and\s+(?=(?:read|see|view|write|add|create|post|edit|change|update|delete|remove|manage|invite)\b)/i,
  )
  const rights = parts.map((part) => readGroupRight(`${found[1]!} ${part}`) ?? ofLeaders(found[1]!, part, sentence))
  return rights.length > 1 && rights.every((one) => one !== undefined) ? rights : []
}

const ofLeaders = (lead: string, part: string, said: string): GroupRight | undefined => {
  const found = new RegExp(`^(${actList}) (?:(?:its|their|the|new|any) )?(${np})$`, 'iu').exec(part)
  const people = peopleIn(
    lead.replace(/^(?:only |just )?(?:the )?/i, '').replace(/ (?:can|may|should|must)(?: also)?$/i, ''),
  )
  const ops = found ? opsOf(found[1]!) : []
  return found && people.length > 0 && ops.length > 0
    ? { only: /^(?:only|just) /i.test(lead), people, ops, object: found[2]!, said }
    : undefined
}

/** Who made a thing is no group that others belong to. */
const makers = /^(?:author|creator|writer|poster|uploader|submitter)$/

/** "Todos are private" says nothing of members; of a group it goes without saying. */
const alone = /^(?:the )?[\p{L}' -]+ are private$/iu
const groups =
  /(?:^| )(?:groups?|committees?|clubs?|teams?|boards?|channels?|rooms?|workspaces?|circles?|societ(?:y|ies)|communit(?:y|ies)|spaces?|councils?|crews?|squads?|chats?|forums?|households?|famil(?:y|ies)|projects?)$/i

/** Returns the right of a group's people that a sentence gives, or undefined. */
const readGroupRight = (sentence: string): GroupRight | undefined => {
  const said = sentence.trim()
  for (const { pattern, read } of patterns) {
    const found = pattern.exec(said)
    if (!found) continue
    const { verbs, ...right } = read(found)
    if (
      right.people.length === 0 ||
      right.people.some((one) => makers.test(one)) ||
      (alone.test(said) && !groups.test(right.group ?? '')) ||
      /^(?:their|its|his|her)? ?own\b/i.test(right.object)
    )
      continue
    const ops = opsOf(verbs)
    if (ops.length === 0) continue
    return { ...right, ops, said }
  }
  return undefined
}

const peopleIn = (text: string): string[] => {
  const names = text
    .toLowerCase()
    .split(/ (?:and|or) /)
    .map((one) => singular(one))
  return names.every(
    (name) =>
      /^(?:member|chair|chairperson|participant|leader|captain|collaborator)$/.test(name) || roleOf(name) !== undefined,
  )
    ? names.map((name) =>
        /^(?:user|person|people|participant)$/.test(name) ? 'member' : name.replace(/[^a-z0-9]+/g, '_'),
      )
    : []
}

const verbOf = (participle: string): string =>
  ({
    seen: 'see',
    written: 'write',
    read: 'read',
    visible: 'read',
    readable: 'read',
    accessible: 'read',
    shown: 'read',
    open: 'read',
  })[participle.toLowerCase()] ??
  participle
    .toLowerCase()
    .replace(/ied$/, 'y')
    .replace(/(ed)$/, (found) => (/^(?:manag|delet|chang)/.test(participle) ? 'e' : found.slice(2)))

const opsOf = (verbs: string): string[] => {
  const ops = verbs
    .toLowerCase()
    .split(/, and |, | and | or |\//)
    .flatMap((verb) => {
      if (/^(?:write)$/.test(verb)) return ['create', 'update']
      if (/^(?:invite|enter)$/.test(verb)) return ['create']
      if (/^(?:access|use|open|look at)$/.test(verb)) return ['list', 'read']
      return [...(operationsOf.get(baseVerb(verb)) ?? [])]
    })
  return [...new Set<string>(ops)]
}
